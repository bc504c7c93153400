"""Phones that keep modules, for tests with no signal: started, killed, and what is seen of them on the server."""

import contextlib
import os
import signal
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import psutil
from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect
from sqlalchemy import select

from lms.learning import checks
from lms.learning.models import Answer, Attempt
from tests.browser.site import PATIENCE, QUIET, Site, press, sign_in
from tests.chromium import chromium_path

STRIP = "#palms-phone [data-phone-said]"
"""What stands on every page about what waits on the phone."""


class Phone:
    """A browser with a folder of its own, that can be killed and started again with what it kept."""

    def __init__(self, playwright: Playwright, folder: Path, site: Site, width: int = 360) -> None:
        self._playwright, self.folder, self.site, self._width = playwright, folder, site, width
        self.context: BrowserContext | None = None
        self._killed = False

    def start(self) -> Page:
        self.context = self._playwright.chromium.launch_persistent_context(
            self.folder,
            executable_path=chromium_path(),
            args=QUIET,
            viewport={"width": self._width, "height": 800},
            base_url=self.site.address,
        )
        self.context.set_default_timeout(PATIENCE)
        if self._killed:
            # Chromium writes cookies down every half a minute. Whether it had is chance; here it never has.
            self.context.clear_cookies()
            self._killed = False
        return self.context.pages[0]

    def kill(self) -> None:
        """As when the battery dies: no process gets to say goodbye."""
        for process in psutil.process_iter(["cmdline"]):
            if any(str(self.folder) in part for part in process.info["cmdline"] or ()):
                os.kill(process.pid, signal.SIGKILL)
        with contextlib.suppress(Error):
            self.stop()
        self.context, self._killed = None, True

    def stop(self) -> None:
        if self.context is not None:
            self.context.close()
            self.context = None


def keep(page: Page, enrolment: UUID, module: str = "PAI-1") -> None:
    sign_in(page, "pat.morgan@example.com")
    page.goto(f"/learning/{enrolment}/{module}")
    page.get_by_role("button", name="Keep this module on my phone").click()
    expect(page.locator("[data-keep-said]")).to_have_text("The module is on this phone now.")


def attempt_of(site: Site) -> UUID:
    with site.house.database.reading() as db:
        return db.scalars(select(Attempt.id)).one()


def choice_in(site: Site, attempt: UUID) -> str:
    """The address of a question of an attempt that is answered by choosing one thing: which are drawn is chance."""
    with site.house.database.reading() as db:
        drawn = checks.own_attempt(db, attempt, site.world.pa).questions
    number = next(n for n, each in enumerate(drawn, start=1) if each.kind == "one_answer")
    return f"/learning/checks/{attempt}/questions/{number}"


def answers(site: Site) -> dict[str, list[Answer]]:
    found: dict[str, list[Answer]] = {}
    with site.house.database.reading() as db:
        for row in db.scalars(select(Answer).order_by(Answer.number)):
            found.setdefault(row.question, []).append(row)
    return found


def answer_somehow(page: Page) -> None:
    """Answer whatever kind of question the page shows."""
    form = page.locator("form.palms-question")
    for _line, select_ in enumerate(form.locator("select.palms-match").all(), start=1):
        select_.select_option(index=_line)
    if form.locator("input[type=radio], input[type=checkbox]").count():
        form.locator("input[type=radio], input[type=checkbox]").first.check()
    for field in form.locator("input[type=text], textarea").all():
        field.fill("I would ask first, and write down what was said.")


def answer_and_go_on(page: Page) -> None:
    number = page.locator(".palms-question__count").inner_text()
    answer_somehow(page)
    press(page, "Save and continue")  # the next page whole: what is not there yet cannot be answered
    expect(page.locator("body")).not_to_contain_text(number)


def until(page: Page, script: str) -> None:
    """Wait until a script of the page, which may be asynchronous, gives something."""
    scripted(page)
    until_so(page, lambda: page.evaluate(script), script)


def scripted(page: Page) -> None:
    """Wait until all scripts of the page are there: they come one after the other, also after the page itself."""
    until_so(page, lambda: page.evaluate("Boolean(self.palmsPhoneReady)"), "the page has its scripts")
    page.evaluate("self.palmsPhoneReady")


def until_so(page: Page, look: Callable[[], object], what: str) -> None:
    """Wait, while the page goes on, until something is so."""
    for _look in range(400):
        if look():
            return
        page.wait_for_timeout(50)
    raise AssertionError(what)


def send(page: Page) -> None:
    """Press "Send now", unless it is gone: the phone tries by its own clock too, and may have been quicker."""

    def pressed() -> bool:
        button = page.get_by_role("button", name="Send now")
        if not button.count():
            return to_send(page) == 0
        with contextlib.suppress(Error):
            button.last.click(timeout=1000)
            return True
        return False

    until_so(page, pressed, "what waits is sent")


def to_send(page: Page) -> int:
    """How many things wait on the phone, looked up where they are kept."""
    scripted(page)
    return int(page.evaluate("self.palmsPhone.allWaiting().then((all) => all.length)"))
