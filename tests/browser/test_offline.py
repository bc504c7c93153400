"""Study with no signal, in a real Chromium: the server goes, the browser is killed, and nothing is lost or doubled."""

import contextlib
import os
import re
import shutil
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import psutil
import pytest
from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect
from sqlalchemy import func, select

from lms.core.models import EventRow
from lms.learning import checks, queries, services
from lms.learning.models import Answer, Attempt, LessonDone
from lms.learning.questions.samples import sample_answer
from tests.browser.conftest import QUIET
from tests.browser.site import Site, press, sign_in
from tests.browser.test_pages import faults, scrolls_sideways
from tests.chromium import chromium_path

expect.set_options(timeout=20_000)  # a busy machine starts browsers slowly
STRIP = "#palms-phone [data-phone-said]"


@pytest.fixture
def url(sqlite_with_tables: Path, tmp_path: Path) -> str:
    """What a browser does is the same on either database; one is enough here."""
    return f"sqlite:///{shutil.copy(sqlite_with_tables, tmp_path / 'palms.db')}"


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that runs: what is told apart here is by seconds of the phone's own clock."""
    return lambda: datetime.now(UTC)


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
        self.context.set_default_timeout(20_000)
        return self.context.pages[0]

    def kill(self) -> None:
        """As when the battery dies: no process gets to say goodbye."""
        for process in psutil.process_iter(["cmdline"]):
            if any(str(self.folder) in part for part in process.info["cmdline"] or ()):
                os.kill(process.pid, signal.SIGKILL)
        with contextlib.suppress(Error):
            self.stop()
        self.context = None

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
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator("body")).not_to_contain_text(number)


def until(page: Page, script: str) -> None:
    """Wait until a script of the page, which may be asynchronous, gives something."""
    for _look in range(400):
        if page.evaluate(script):
            return
        page.wait_for_timeout(50)
    raise AssertionError(script)


def to_send(page: Page) -> int:
    """How many things wait on the phone, looked up where they are kept."""
    return int(page.evaluate("self.palmsPhone.allWaiting().then((all) => all.length)"))


def test_a_check_is_answered_with_no_signal_the_browser_killed_and_all_is_on_the_server_once(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    mine = phone()
    page = mine.start()
    keep(page, enrolment, "PAI-2")
    site.line.down()
    page.goto(f"/learning/{enrolment}/PAI-2")
    expect(page.locator(STRIP)).to_contain_text("No signal. You read the copy on this phone")
    page.locator(".govuk-task-list__link").first.click()
    page.get_by_role("button", name="I have finished this lesson").click()
    expect(page.locator(".govuk-caption-l")).to_contain_text("Lesson 2 of")
    expect(page.locator(STRIP)).to_contain_text("1 thing you did is on this phone and not sent yet.")
    page.goto(f"/learning/{enrolment}/PAI-2/check")
    press(page, "Go on with question 1")
    for _question in range(4):
        answer_and_go_on(page)
    mine.kill()

    page = mine.start()
    page.goto(f"/learning/{enrolment}/PAI-2/check")
    expect(page.locator("[data-check-begun]")).to_contain_text("4 of 12 questions are answered")
    press(page, "Go on with question 5")
    for _question in range(8):
        answer_and_go_on(page)
    expect(page.locator("h1")).to_have_text("Check your answers")
    expect(page.get_by_role("main")).not_to_contain_text("Not answered yet")
    page.get_by_role("button", name="Hand in my answers").click()
    expect(page.locator("h1")).to_have_text("The person leads")
    expect(page.locator(STRIP)).to_contain_text("not sent yet")
    assert answers(site) == {}
    mine.kill()

    site.line.up()
    page = mine.start()
    sign_in(page, "pat.morgan@example.com")  # the browser was killed before it had written down its cookie
    expect(page.locator(STRIP)).to_contain_text("Everything on this phone is sent.")
    page.get_by_role("link", name="See how your check went").click()
    expect(page.locator("h1")).to_contain_text(re.compile("percent"))
    given = answers(site)
    assert [len(rows) for rows in given.values()] == [1] * 12
    with site.house.database.reading() as db:
        attempt = db.scalars(select(Attempt)).one()
        assert attempt.finished_at is not None
        assert attempt.counted == {question: str(rows[0].given_id) for question, rows in given.items()}
        assert list(db.scalars(select(LessonDone.lesson))) == ["PAI-2-L1"]
        assert db.scalar(select(func.count()).where(EventRow.kind == "CheckMarked")) == 1


def test_a_closed_tab_is_no_loss_and_the_browser_sends_by_itself(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    mine = phone()
    page = mine.start()
    keep(page, enrolment)
    attempt = attempt_of(site)
    site.line.down()
    page.goto(choice_in(site, attempt))
    answer_somehow(page)
    expect(page.locator(".palms-saved")).to_have_text("Saved on this phone.")
    site.line.up()
    bare = mine.context.new_page()
    bare.goto("/healthz")
    page.close()
    # What a browser does by itself once there is a network: here it is told to, since it never lost the network.
    devtools = mine.context.new_cdp_session(bare)
    found: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(each["registrationId"] for each in told["registrations"] if not each["isDeleted"]),
    )
    devtools.send("ServiceWorker.enable")
    for _look in range(100):
        if found:
            break
        bare.wait_for_timeout(50)
    sync = {"origin": site.address, "registrationId": found[0], "tag": "palms-phone", "lastChance": False}
    devtools.send("ServiceWorker.dispatchSyncEvent", sync)
    for _look in range(100):
        if answers(site):
            break
        bare.wait_for_timeout(50)
    ((_row,),) = answers(site).values()


def test_the_later_of_two_devices_counts_and_both_are_in_the_record(
    site: Site, phone: Callable[..., Phone], enrolment: UUID, new_page: Callable[..., Page]
) -> None:
    mine = phone()
    page, tablet = mine.start(), new_page()
    keep(page, enrolment)
    attempt = attempt_of(site)
    question = choice_in(site, attempt)
    site.line.down()
    page.goto(question)
    page.locator("form.palms-question input[name=answer]").nth(0).check()
    expect(page.locator(".palms-saved")).to_have_text("Saved on this phone.")
    mine.stop()
    site.line.up()
    sign_in(tablet, "pat.morgan@example.com")  # takes longer than what the phone sends is on its way
    tablet.goto(question)
    tablet.locator("form.palms-question input[name=answer]").nth(1).check()
    expect(tablet.locator(".palms-saved")).to_have_text("Saved.")
    page = mine.start()
    page.goto(f"/learning/{enrolment}")
    expect(page.locator(STRIP)).to_contain_text("Everything on this phone is sent.")
    (rows,) = answers(site).values()
    assert len(rows) == 2
    with site.house.database.reading() as db:
        view = checks.own_attempt(db, attempt, site.world.pa)
    by_tablet = next(row for row in rows if row.claimed_at is None)
    assert view.answers == {by_tablet.question: tuple(by_tablet.options)}
    expect(page.locator(STRIP)).to_contain_text("See “On this phone”")
    page.goto("/learning/phone")
    expect(page.locator("[data-refused-list]")).to_contain_text("You gave a later one on another device.")
    page.get_by_role("button", name="I have read this").click()
    expect(page.locator("[data-refused]")).to_be_hidden()


def test_what_waits_survives_signing_out_and_nobody_else_sees_or_sends_it(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    mine = phone()
    page = mine.start()
    keep(page, enrolment)
    attempt = attempt_of(site)
    site.line.down()
    page.goto(choice_in(site, attempt))
    answer_somehow(page)
    expect(page.locator(".palms-saved")).to_have_text("Saved on this phone.")
    page.route("**/learning/sending", lambda route: route.abort())  # signal for a page, and none for more
    site.line.up()
    page.goto("/sign-out")
    expect(page.locator(STRIP)).to_contain_text("1 answer is on this phone and not sent yet.")
    expect(page.locator(STRIP)).to_contain_text("They stay on this phone, and only you can send them")
    assert faults(page) == []
    page.get_by_role("main").get_by_role("button", name="Sign out", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Sign in")
    expect(page.locator(STRIP)).to_contain_text("1 answer is on this phone and not sent yet.")
    expect(page.locator("#palms-phone")).to_contain_text("Sign in to send")
    assert page.evaluate("caches.keys()") == []
    assert faults(page) == []

    page.unroute("**/learning/sending")
    sign_in(page, "sam.okoro@example.com")
    page.goto("/learning/phone")
    expect(page.locator("[data-none-waiting]")).to_be_visible()
    expect(page.locator("#palms-phone")).to_be_hidden()
    assert to_send(page) == 1
    assert answers(site) == {}
    page.goto("/sign-out")
    page.get_by_role("main").get_by_role("button", name="Sign out", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Sign in")

    sign_in(page, "pat.morgan@example.com")
    expect(page.locator(STRIP)).to_contain_text("Everything on this phone is sent.")
    ((_row,),) = answers(site).values()


def test_another_persons_sign_in_takes_kept_pages_off_the_phone(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    mine = phone()
    page = mine.start()
    keep(page, enrolment)
    assert len(page.evaluate("caches.keys()")) == 1
    mine.context.clear_cookies()  # the session ended: pages stay for their owner
    page.goto("/sign-in")
    page.wait_for_timeout(200)
    assert len(page.evaluate("caches.keys()")) == 1
    sign_in(page, "sam.okoro@example.com")
    until(page, "caches.keys().then((names) => names.length === 0)")


def test_a_session_that_ended_keeps_everything_and_asks_to_sign_in(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    mine = phone()
    page = mine.start()
    keep(page, enrolment)
    page.goto(choice_in(site, attempt_of(site)))
    mine.context.clear_cookies()
    answer_somehow(page)
    expect(page.locator(STRIP)).to_contain_text("1 answer is on this phone and not sent yet. Sign in to send")
    assert to_send(page) == 1
    sign_in(page, "pat.morgan@example.com")
    expect(page.locator(STRIP)).to_contain_text("Everything on this phone is sent.")
    ((_row,),) = answers(site).values()


def test_writing_for_the_activity_survives_a_dead_battery_and_is_sent(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    mine = phone()
    page = mine.start()
    keep(page, enrolment)
    site.line.down()
    address = f"/learning/{enrolment}/PAI-1/activity"
    page.goto(address)
    page.get_by_role("textbox").press_sequentially("My first words")
    draft = f"{enrolment}/PAI-1/PAI-1-A1"
    kept_whole = ".then((kept) => JSON.stringify(kept ?? '').includes('My first words'))"
    until(page, f"palmsPhone.note(`draft:${{palmsPhone.person}}:{draft}`){kept_whole}")
    mine.kill()
    page = mine.start()
    page.goto(address)
    expect(page.get_by_role("textbox")).to_have_value("My first words")
    page.get_by_role("textbox").fill("My first words, and more")
    page.get_by_role("button", name="Save and go on later").click()
    expect(page.locator(".palms-saved[role=status]")).to_have_text("Saved on this phone.")
    site.line.up()
    page.locator("[data-phone-send]").click()
    expect(page.locator(STRIP)).to_contain_text("Sign in to send")  # the cookie went with the browser
    sign_in(page, "pat.morgan@example.com")
    expect(page.locator(STRIP)).to_contain_text("Everything on this phone is sent.")
    with site.house.database.reading() as db:
        kept = queries.activity_text(db, enrolment, "PAI-1-A1")
    assert kept is not None
    assert (kept.text, kept.finished) == ("My first words, and more", False)


def test_what_was_handed_in_can_be_tried_again_and_the_new_questions_are_kept_by_themselves(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    mine = phone()
    page = mine.start()
    keep(page, enrolment)
    first = attempt_of(site)
    with site.house.database.writing() as db:
        for question in checks.own_attempt(db, first, site.world.pa).questions:
            services.give_answer(
                db, attempt_id=first, question=question.code, options=sample_answer(question, right=False),
                by=site.world.pa, now=site.clock(),
            )  # fmt: skip
        services.hand_in(db, attempt_id=first, by=site.world.pa, now=site.clock())
    page.goto(f"/learning/{enrolment}/PAI-1/check")
    press(page, "Try again")
    until(page, "palmsPhone.kept(palmsPhone.person).then(([each]) => each.urls.includes(location.pathname))")
    site.line.down()
    page.reload()
    answer_and_go_on(page)
    expect(page.locator(STRIP)).to_contain_text("1 answer is on this phone and not sent yet.")


def test_pages_with_no_signal_have_no_fault_and_fit_a_small_phone(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    mine = phone(width=320)
    page = mine.start()
    keep(page, enrolment)
    attempt = attempt_of(site)

    def look(name: str) -> None:
        assert faults(page) == [], name
        assert not scrolls_sideways(page), name
        if folder := os.environ.get("LMS_TEST_PICTURES"):
            page.screenshot(path=f"{folder}/{name}.png", full_page=True)

    look("kept")
    site.line.down()
    for name, path in (
        ("module", f"/learning/{enrolment}/PAI-1"),
        ("lesson", f"/learning/{enrolment}/PAI-1/lessons/PAI-1-L1"),
        ("activity", f"/learning/{enrolment}/PAI-1/activity"),
        ("check", f"/learning/{enrolment}/PAI-1/check"),
        ("question", f"/learning/checks/{attempt}/questions/1"),
    ):
        page.goto(path)
        expect(page.locator(STRIP)).to_contain_text("No signal.")
        look(name)
    answer_and_go_on(page)
    expect(page.locator(STRIP)).to_contain_text("1 answer is on this phone and not sent yet.")
    look("next-question")
    page.goto(f"/learning/checks/{attempt}/answers")
    page.get_by_role("button", name="Hand in my answers").click()
    expect(page.locator("[data-open-count]")).to_contain_text("Without a full answer yet: question 2, 3, 4")
    look("answers")
    page.goto("/people")
    expect(page.locator("[data-lost]")).to_contain_text("the page you wanted is not on this phone")
    look("list")
    page.get_by_role("button", name="Send now").last.click()
    expect(page.locator("[data-send-said]")).to_have_text("No signal yet. It is sent by itself when there is.")
    page.get_by_role("button", name=re.compile("Take off this phone")).click()
    expect(page.locator("[data-none-kept]")).to_be_visible()


def test_a_browser_that_cannot_keep_pages_says_so_and_everything_else_works(
    site: Site, enrolment: UUID, new_page: Callable[..., Page]
) -> None:
    page = new_page(width=360)
    page.add_init_script("delete Navigator.prototype.serviceWorker")
    sign_in(page, "pat.morgan@example.com")
    page.goto(f"/learning/{enrolment}/PAI-1")
    expect(page.locator("[data-keep]")).to_contain_text("This browser cannot keep pages for later")
    assert faults(page) == []
    press(page, "Start")
    press(page, "I have finished this lesson")
    expect(page.locator(".govuk-caption-l")).to_contain_text("Lesson 2 of")


def test_a_full_phone_says_so_and_keeps_nothing_by_half(
    site: Site, enrolment: UUID, new_page: Callable[..., Page]
) -> None:
    page = new_page(width=360)
    page.add_init_script("""Cache.prototype.put = async () => {
        throw new DOMException("full", "QuotaExceededError"); };""")
    sign_in(page, "pat.morgan@example.com")
    page.goto(f"/learning/{enrolment}/PAI-1")
    page.get_by_role("button", name="Keep this module on my phone").click()
    expect(page.locator("[data-keep]")).to_contain_text("There is not enough room on this phone")
    assert page.evaluate("caches.keys()") == []
    assert faults(page) == []


def test_without_scripts_nothing_speaks_of_keeping(site: Site, enrolment: UUID, new_page: Callable[..., Page]) -> None:
    page = new_page(width=360, scripts=False)
    sign_in(page, "pat.morgan@example.com")
    page.goto(f"/learning/{enrolment}/PAI-1")
    expect(page.get_by_text("Study with no signal")).to_be_hidden()
    page.goto("/learning/phone")
    expect(page.get_by_role("main")).to_contain_text("This page needs JavaScript")
