"""Study with no signal, in a real Chromium: the server goes, the browser is killed, and nothing is lost or doubled."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import psutil
import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect
from sqlalchemy import select

from lms.learning import services
from lms.learning.models import Answer, Attempt
from tests.browser.conftest import QUIET
from tests.browser.site import Site, press, sign_in
from tests.chromium import chromium_path

STRIP = "#palms-phone [data-phone-said]"


@pytest.fixture
def url(sqlite_with_tables: Path, tmp_path: Path) -> str:
    """What a browser does is the same on either database; one is enough here."""
    return f"sqlite:///{shutil.copy(sqlite_with_tables, tmp_path / 'palms.db')}"


class Phone:
    """A browser with a folder of its own, that can be killed and started again with what it kept."""

    def __init__(self, playwright: Playwright, folder: Path, site: Site, width: int = 360) -> None:
        self._playwright, self.folder, self.site, self._width = playwright, folder, site, width
        self.context: BrowserContext | None = None

    def start(self) -> Page:
        self.context = self._playwright.chromium.launch_persistent_context(
            self.folder,
            executable_path=chromium_path(),
            args=QUIET,
            viewport={"width": self._width, "height": 800},
            base_url=self.site.address,
        )
        self.context.set_default_timeout(10_000)
        return self.context.pages[0]

    def kill(self) -> None:
        """As when the battery dies: no process gets to say goodbye."""
        for process in psutil.process_iter(["cmdline"]):
            if any(str(self.folder) in part for part in process.info["cmdline"] or ()):
                os.kill(process.pid, signal.SIGKILL)
        self.stop()

    def stop(self) -> None:
        if self.context is not None:
            self.context.close()
            self.context = None


@pytest.fixture
def phone(playwright: Playwright, site: Site, tmp_path: Path) -> Iterator[Callable[..., Phone]]:
    made: list[Phone] = []

    def new(**options: Any) -> Phone:
        made.append(Phone(playwright, tmp_path / f"phone-{len(made)}", site, **options))
        return made[-1]

    yield new
    for each in made:
        each.stop()


@pytest.fixture
def enrolment(site: Site) -> UUID:
    with site.house.database.writing() as db:
        world = site.world
        return services.enrol(
            db, learner_id=world.pa, authority_id=world.authority, course="PAI", by=world.pa, now=site.clock()
        )


def keep(page: Page, enrolment: UUID) -> None:
    sign_in(page, "pat.morgan@example.com")
    page.goto(f"/learning/{enrolment}/PAI-1")
    page.get_by_role("button", name="Keep this module on my phone").click()
    expect(page.locator("[data-keep-said]")).to_have_text("The module is on this phone now.")


def attempt_of(site: Site) -> UUID:
    with site.house.database.reading() as db:
        return db.scalars(select(Attempt.id)).one()


def answers(site: Site) -> dict[str, list[Answer]]:
    found: dict[str, list[Answer]] = {}
    with site.house.database.reading() as db:
        for row in db.scalars(select(Answer).order_by(Answer.number)):
            found.setdefault(row.question, []).append(row)
    return found


def test_an_answer_given_with_no_signal_is_on_the_server_once(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    mine = phone()
    page = mine.start()
    keep(page, enrolment)
    attempt = attempt_of(site)
    site.line.down()
    page.goto(f"/learning/checks/{attempt}/questions/1")
    expect(page.locator(STRIP)).to_contain_text("No signal. You read the copy on this phone")
    page.locator("input[type=radio], input[type=checkbox]").first.check()
    press(page, "Save and continue")
    expect(page.locator(".palms-question__count")).to_have_text("Question 2 of 12")
    expect(page.locator(STRIP)).to_contain_text("1 answer is on this phone and not sent yet.")
    site.line.up()
    page.locator("[data-phone-send]").click()
    expect(page.locator(STRIP)).to_contain_text("Everything on this phone is sent.")
    ((row,),) = answers(site).values()
    assert row.claimed_at is not None
