"""A visit with no signal, in a real Chromium: take along, write, lose the browser, come back, send, make it final."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select, text

from lms.assessment import allocating
from lms.assessment.deciding import services as deciding
from lms.assessment.deciding.models import Decision, DecisionDraft
from lms.assessment.deciding.rules import ALL_FIVE
from lms.assessment.deciding.services import Deciding
from lms.assessment.evidence.rules import EvidenceKind, Way
from lms.assessment.evidence.services import Offer, offer_evidence
from lms.assessment.rules import Judgement, Setting
from lms.assessment.visits import queries
from lms.core.clock import london_day
from lms.learning import services as learning
from tests.browser.phones import STRIP, Phone, send, to_send, until
from tests.browser.practice.visiting import (
    DAI,
    LINE,
    SEEN,
    decide,
    finish,
    look,
    no_signal,
    pieces,
    take_along,
    waiting,
    write,
)
from tests.browser.site import Site, press, sign_in

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
"""What a browser does is the same on either database; one is enough here."""


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that runs: a phone's own clock does too."""
    return lambda: datetime.now(UTC)


@pytest.fixture
def enrolment(site: Site) -> UUID:
    """Pat is on the induction for some days, and Dai is the assessor."""
    then = site.clock() - timedelta(days=9)
    with site.house.database.writing() as db:
        world = site.world
        made = learning.enrol(
            db, learner_id=world.pa, authority_id=world.authority, course="PAI", by=world.pa, now=then
        )
        allocating.allocate_assessor(
            db, enrolment_id=made, assessor_id=world.assessor, since=london_day(then), by=world.coordinator, now=then
        )
    return made


def test_a_visit_is_written_with_no_signal_survives_the_browser_and_is_made_final_on_line(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    mine = phone()
    page = mine.start()
    take_along(page)
    look(page, "list")
    no_signal(site, page)
    expect(page.locator(STRIP)).to_contain_text("No signal.")
    write(page)
    decide(page, reason="Asked, then waited.", feedback="Well asked.")
    look(page, "observe")
    expect(page.locator("[data-told]")).to_have_text("Saved on this phone.")
    written = "one?.text.includes('boxes') && Object.values(one.lines)[0].feedback === 'Well asked.'"
    until(page, f"self.palmsPhone.visits.begun().then(([one]) => {written})")
    mine.kill()

    page = mine.start()
    page.goto("/visits/phone")
    page.locator("[data-begun-list] a").click()
    expect(page.get_by_label("What did you see?")).to_have_value(SEEN)
    expect(page.locator(f"[data-line='{LINE}']").get_by_label("Feedback for them")).to_have_value("Well asked.")
    expect(page.locator("[data-five] input").first).to_be_checked()
    finish(page)
    expect(page.locator(STRIP)).to_contain_text("2 things you did are on this phone and not sent yet.")
    write(page, "Pat asked A. what to cook.")
    finish(page)
    expect(page.locator(STRIP)).to_contain_text("3 things you did are on this phone and not sent yet.")
    look(page, "waiting")
    assert pieces(site, enrolment) == ()

    site.line.up()
    send(page)
    expect(page.locator(STRIP)).to_contain_text("Sign in to send")  # the cookie went with the browser
    sign_in(page, DAI)
    expect(page.locator(STRIP)).to_contain_text("Everything on this phone is sent.")
    assert {(piece.text, piece.way, piece.carries) for piece in pieces(site, enrolment)} == {
        (SEEN, Way.VISIT, True), ("Pat asked A. what to cook.", Way.VISIT, True),
    }  # fmt: skip
    page.goto("/visits/sent")
    look(page, "sent")
    with site.house.database.reading() as db:
        (draft,) = db.scalars(select(DecisionDraft)).all()
        assert (draft.way, draft.reason, draft.valid) == (Way.VISIT, "Asked, then waited.", True)
        assert db.scalars(select(Decision)).all() == []
    page.get_by_role("link", name="Look over drafts and make them final").first.click()
    press(page, "Make 1 decision final")
    with site.house.database.reading() as db:
        (decision,) = db.scalars(select(Decision)).all()
    assert (decision.line, decision.judgement, decision.by) == (LINE, Judgement.MET, site.world.assessor)


def test_what_waits_can_be_changed_and_what_is_missing_is_said(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    mine = phone()
    page = mine.start()
    take_along(page)
    no_signal(site, page)
    page.get_by_role("link", name="Pat M.").first.click()
    expect(page.locator("h1")).to_have_text("Pat M.")
    look(page, "learner")
    page.get_by_role("button", name="Record what you see").click()
    page.get_by_role("button", name="Done: send when there is signal").click()
    summary = page.locator("[data-mistakes]")
    expect(summary).to_contain_text("Choose the day on which you saw it.")
    expect(summary).to_contain_text("Choose at least one point that this speaks to.")
    assert page.title().startswith("Error:")
    look(page, "mistakes")
    summary.get_by_role("link", name="Write what you saw").click()
    expect(page.get_by_label("What did you see?")).to_be_focused()
    write(page)
    decide(page, "Not yet")
    page.get_by_role("button", name="Done: send when there is signal").click()
    expect(summary).to_contain_text("Write feedback for them")
    decide(page, "Not yet", feedback="Ask before you begin.")
    finish(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Change").click()
    expect(page.get_by_label("What did you see?")).to_have_value(SEEN)
    assert to_send(page) == 0
    page.get_by_label("What did you see?").fill("Something else.")
    finish(page)
    site.line.up()
    send(page)
    expect(page.locator(STRIP)).to_contain_text("Everything on this phone is sent.")
    (piece,) = pieces(site, enrolment)
    assert piece.text == "Something else."


def test_a_press_counts_although_the_list_is_told_meanwhile_that_something_may_be_new(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    page = phone().start()
    waiting(site, page)
    page.get_by_role("button", name="Change").hover()
    page.mouse.down()
    page.evaluate(
        """async () => {
            document.dispatchEvent(new CustomEvent("palms-phone-sent", { detail: {} }));
            const { taken, begun, mine } = self.palmsPhone.visits;  // what the list reads, once more behind it
            for (const read of [taken, begun, mine, mine]) await read();
        }"""
    )
    with page.expect_navigation():
        page.mouse.up()
    expect(page.get_by_label("What did you see?")).to_have_value(SEEN)


def test_what_is_taken_back_when_it_is_just_about_to_go_is_not_sent(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    page = phone().start()
    waiting(site, page)
    page.evaluate(
        """() => {  // "Change" is pressed at the very moment after it was looked up what goes
            const { waiting, takeBack } = self.palmsPhone;
            self.palmsPhone.waiting = async (person) => {
                const found = await waiting(person);
                self.taken ??= await takeBack(found.map((item) => item.id), "visit:changed", found[0].begun);
                return found;
            };
        }"""
    )
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.method)
        route.fulfill(json={"person": str(site.world.assessor), "token": "of no use", "items": []})

    page.route("**/visits/sending", answer)
    send(page)
    until(page, "self.taken")
    expect(page.locator("[data-none-waiting]")).to_be_visible()
    expect(page.locator("[data-send-said]")).not_to_have_text("Sending…")
    assert asked == ["GET"]


def test_a_draft_made_on_line_meanwhile_meets_and_both_are_shown(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    mine = phone()
    page = mine.start()
    take_along(page)
    no_signal(site, page)
    write(page)
    decide(page, "Not yet", feedback="From the visit.")
    finish(page)
    with site.house.database.writing() as db:
        offer = Offer(EvidenceKind.DIRECT_OBSERVATION, london_day(site.clock()), "On line.", (LINE,), Setting.OWN_HOME)
        who = {"enrolment_id": enrolment, "by": site.world.assessor, "now": site.clock()}
        piece = offer_evidence(db, id=uuid4(), offer=offer, **who)  # type: ignore[arg-type]
        said = Deciding(LINE, Judgement.MET, "From the desk.", "", piece, (), ALL_FIVE)
        deciding.draft(db, deciding=said, **who)  # type: ignore[arg-type]
    site.line.up()
    send(page)
    expect(page.locator(STRIP)).to_contain_text("Some of it needs a look from you.")
    page.get_by_role("link", name="See what came of it").click()
    page.get_by_role("link", name="Look at both and choose").first.click()
    expect(page.get_by_role("main")).to_contain_text("From the visit.")
    expect(page.get_by_role("main")).to_contain_text("From the desk.")
    look(page, "meet")
    page.get_by_label("The draft from my visit").check()
    press(page, "Use this one")
    expect(page.get_by_role("main")).to_contain_text("Nothing to choose")
    with site.house.database.reading() as db:
        (draft,) = db.scalars(select(DecisionDraft)).all()
    assert (draft.judgement, draft.feedback) == (Judgement.NOT_YET_MET, "From the visit.")


def test_an_assessor_whose_part_ended_meanwhile_hands_over_a_record_and_no_decision(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    mine = phone()
    page = mine.start()
    take_along(page)
    no_signal(site, page)
    write(page)
    page.get_by_label("Yesterday").check()
    decide(page)
    finish(page)
    with site.house.database.writing() as db:
        last = london_day(site.clock()) - timedelta(days=1)
        for table in ("lms_allocation", "lms_role"):
            column = "assessor_id" if table == "lms_allocation" else "person_id"
            db.execute(
                text(f"UPDATE {table} SET until = :last WHERE {column} = :who"),  # noqa: S608  two names of ours
                {"last": last.isoformat(), "who": site.world.assessor.hex},
            )
    site.line.up()
    send(page)
    expect(page.locator(STRIP)).to_contain_text("Some of it needs a look from you.")
    (piece,) = pieces(site, enrolment)
    assert (piece.text, piece.carries) == (SEEN, False)
    with site.house.database.reading() as db:
        assert db.scalars(select(DecisionDraft)).all() == []
        assert queries.count_kept(db, [site.world.authority]) == 1
    page.get_by_role("link", name="See what came of it").click()
    expect(page.get_by_role("main")).to_contain_text("Kept, not filed")
    look(page, "ended")


def test_signing_out_takes_the_people_off_and_somebody_else_sees_nothing(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    mine = phone()
    page = mine.start()
    take_along(page)
    no_signal(site, page)
    write(page)
    finish(page)
    site.line.up(but="/visits/sending")
    page.goto("/sign-out")
    expect(page.locator(STRIP)).to_contain_text("1 thing you did is on this phone and not sent yet.")
    page.get_by_role("main").get_by_role("button", name="Sign out", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Sign in")
    expect(page.locator(STRIP)).to_contain_text("1 thing you did is on this phone and not sent yet.")
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("self.palmsPhone.allKept()") == []
    site.line.up()
    sign_in(page, "other.assessor@example.com")
    page.goto("/visits/phone")
    expect(page.locator("[data-none-along]")).to_be_visible()
    expect(page.locator("[data-none-waiting]")).to_be_visible()
    assert to_send(page) == 1
    page.goto("/sign-out")
    page.get_by_role("main").get_by_role("button", name="Sign out", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Sign in")
    sign_in(page, DAI)
    expect(page.locator(STRIP)).to_contain_text("Everything on this phone is sent.")
    assert len(pieces(site, enrolment)) == 1


def test_what_was_taken_along_ends_and_can_be_removed_and_two_tabs_do_not_write_over_each_other(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    mine = phone()
    page = mine.start()
    take_along(page)
    write(page)
    expect(page.locator("[data-told]")).to_have_text("Saved on this phone.")
    assert mine.context is not None
    second = mine.context.new_page()
    second.goto(page.url)
    expect(second.locator("[data-elsewhere]")).to_be_visible()
    expect(second.locator("[data-observe]")).to_be_hidden()
    page.goto("/visits/phone")
    expect(second.get_by_label("What did you see?")).to_have_value(SEEN)  # it goes on where the first one let go
    expect(second.locator("[data-elsewhere]")).to_be_hidden()
    second.close()
    page.get_by_role("button", name="Remove from this phone").click()
    expect(page.locator("[data-none-along]")).to_be_visible()
    assert page.evaluate("caches.keys()") == []
    page.locator("[data-begun-list] a").click()  # what was begun is still here, and can be finished
    expect(page.get_by_label("What did you see?")).to_have_value(SEEN)
    finish(page)
    expect(page.locator("[data-sent-list]")).to_contain_text("Pat M.")
    assert len(pieces(site, enrolment)) == 1

    page.goto("/visits")
    page.get_by_role("button", name="Take along on this phone").click()
    expect(page.locator("[data-along-list]")).to_contain_text("Pat M.")
    page.evaluate("self.palmsPhone.setNote('clock', Date.now() + 8 * 24 * 3600 * 1000)")
    page.goto("/visits/phone")
    expect(page.locator("[data-none-along]")).to_be_visible()
    until(page, "caches.keys().then((names) => names.length === 0)")


def test_a_full_phone_says_so(site: Site, enrolment: UUID, new_page: Callable[..., Page]) -> None:
    page = new_page(width=360)
    page.add_init_script("""Cache.prototype.put = async () => {
        throw new DOMException("full", "QuotaExceededError"); };""")
    sign_in(page, DAI)
    page.goto("/visits")
    page.get_by_role("button", name="Take along on this phone").click()
    expect(page.locator("[data-told]")).to_contain_text("There is not enough room on this phone")
    assert page.evaluate("caches.keys()") == []
    look(page, "full")


def test_without_scripts_the_sheet_is_offered(site: Site, enrolment: UUID, new_page: Callable[..., Page]) -> None:
    page = new_page(width=360, scripts=False)
    sign_in(page, DAI)
    page.goto("/visits")
    expect(page.get_by_role("main")).to_contain_text("needs JavaScript")
    press(page, "Observation sheet for Pat Morgan")
    expect(page.locator("h1")).to_have_text("Observation sheet for Pat M.")
    expect(page.get_by_text(LINE)).to_be_visible()
    page.goto("/visits/phone")
    expect(page.get_by_role("main")).to_contain_text("This page needs JavaScript")
