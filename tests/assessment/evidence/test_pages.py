"""Pages of evidence: begin, offer, read a piece, take it back; who finds what, and that nothing typed is lost."""

from uuid import UUID, uuid4

import pytest

from lms.assessment import places
from lms.assessment.evidence.models import Evidence, EvidenceWithdrawn
from lms.assessment.evidence.queries import evidence_of
from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.knowledge import services as knowledge
from lms.assessment.knowledge.mapping import COURSE
from lms.assessment.rules import Judgement
from lms.core.house import House
from lms.learning import queries as learning
from tests.assessment.doings import BrowserFor, count, text
from tests.assessment.practising import FRAMEWORK, Practice
from tests.world import World

OWN = {
    "lines": ["1.1a", "5.2b"],
    "kind": "reflective_account",
    "on": ["20", "11", "2026"],
    "setting": "own_home",
    "in_presence_of": "A.",
    "text": "A. wanted to try the new bus. I looked it up with her, and she chose the way.",
}


def offer_page(practice: Practice, unit: str = "") -> str:
    return f"/practice/{practice.enrolment}/offer" + (f"?unit={unit}" if unit else "")


def only_piece(house: House, enrolment: UUID) -> UUID:
    with house.database.reading() as db:
        (found,) = evidence_of(db, enrolment)
    return found.id


def test_a_learner_begins_with_the_standards_once(browser_for: BrowserFor, house: House, world: World) -> None:
    browser = browser_for(world.pa)
    assert "Begin with the standards" in text(browser.get("/practice"))
    page = text(browser.get("/practice/begin"))
    assert "16 standards" in page
    assert "15 standards" in page
    assert "Choose the edition." in text(browser.submit("/practice/begin", {"framework": ""}))
    for _ in range(2):
        assert browser.submit("/practice/begin", {"framework": FRAMEWORK}).status_code == 302
    begun = text(browser.get("/practice"))
    assert "Begin with the standards" not in begun
    assert "1. Understand your role" in begun
    assert "0 of 18 points met" in begun
    assert "0 of 1 point met" in begun


def test_whoever_has_no_assessor_is_led_to_ask_for_one(browser_for: BrowserFor, house: House, world: World) -> None:
    browser = browser_for(world.pa)
    browser.submit("/practice/begin", {"framework": FRAMEWORK})
    assert "Nobody assesses you in these standards yet." in text(browser.get("/practice"))
    with house.database.reading() as db:
        (enrolment,) = [each for each in learning.enrolments_of(db, world.pa) if each.course == COURSE]
    assert "/practice/assessor" in browser.get(f"/practice/{enrolment.id}/CC5").get_data(as_text=True)
    browser.submit("/practice/assessor", {"units": ["CC5"], "place": "BS3"})
    asked = text(browser.get("/practice"))
    assert "Your training coordinator looks for an assessor" in asked
    assert "Nobody assesses you in these standards yet." not in asked


def test_whoever_has_an_assessor_is_not_told_to_ask(browser_for: BrowserFor, practice: Practice, world: World) -> None:
    page = text(browser_for(world.pa).get("/practice"))
    assert "Offer evidence of your own" in page
    assert "Nobody assesses you in these standards yet." not in page


def test_a_coordinator_begins_for_a_learner(browser_for: BrowserFor, world: World) -> None:
    browser, page = browser_for(world.coordinator), f"/learners/{world.pa}/practice"
    assert "Begin with practice" in text(browser.get(page))
    assert browser.submit(f"{page}/begin", {"framework": "cc-2015"}).status_code == 302
    after = text(browser.get(page))
    assert "Care Certificate standards, 2015 edition" in after
    assert "Begin with practice" not in after


def test_a_learner_offers_evidence_and_reads_it(
    browser_for: BrowserFor, house: House, practice: Practice, world: World
) -> None:
    browser = browser_for(world.pa)
    page = text(browser.get(offer_page(practice, "CC5")))
    assert "never names" not in page
    assert "Never write names or addresses" in page
    saved = browser.submit(offer_page(practice), OWN)
    assert saved.status_code == 302
    piece = text(browser.get(saved.headers["Location"]))
    for said in ("Your evidence is there.", "Reflective account", "A. wanted to try the new bus.", "1.1a", "5.2b"):
        assert said in piece
    assert "Nobody has decided on this piece yet." in piece
    assert "Reflective account, 20 November 2026" in text(browser.get("/practice"))
    assert "Offered, not decided" in text(browser.get(f"/practice/{practice.enrolment}/CC5"))
    assert text(browser_for(world.assessor).get(saved.headers["Location"])).count("Decide, point by point") == 1


def test_a_double_tap_offers_once(browser_for: BrowserFor, house: House, practice: Practice, world: World) -> None:
    browser, once = browser_for(world.pa), str(uuid4())
    for _ in range(2):
        assert browser.post(offer_page(practice), {**OWN, "once": once}).status_code == 302
    assert count(house, Evidence) == 1
    other = browser.post(offer_page(practice), {**OWN, "once": once, "text": "Something else."})
    assert "Open the page anew" in text(other)
    assert "Something else." in text(other)


@pytest.mark.parametrize(
    ("amiss", "says"),
    [
        ({"lines": []}, "Choose at least one point"),
        ({"lines": ["9.9z"]}, "not a valid choice"),
        ({"kind": ""}, "Choose what it is."),
        ({"kind": "direct_observation"}, "Not a valid choice"),
        ({"on": ["", "", ""]}, "Enter a date."),
        ({"on": ["22", "11", "2026"]}, "This day has not come yet"),
        ({"on": ["1", "10", "2026"]}, "before you joined"),
        ({"text": ""}, "Write what it shows."),
        ({"text": "x" * 4001}, "at most 4000 characters"),
        ({"in_presence_of": "x" * 201}, "at most 200 characters"),
    ],
)
def test_what_is_amiss_stands_beside_the_field_and_nothing_is_lost(
    browser_for: BrowserFor, house: House, practice: Practice, world: World, *, amiss: dict[str, object], says: str
) -> None:
    answer = browser_for(world.pa).submit(offer_page(practice), {**OWN, **amiss})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "Error:" in text(answer)
    assert text(answer).count(says) == 2, "in the summary and beside the field"
    assert str({**OWN, **amiss}["text"])[:100] in html
    if amiss.get("lines") is None:
        assert 'value="5.2b" checked' in html
    assert count(house, Evidence) == 0


def test_something_learned_before_may_be_older_than_the_course(
    browser_for: BrowserFor, house: House, practice: Practice, world: World
) -> None:
    older = {**OWN, "kind": "prior_learning", "on": ["1", "6", "2019"], "setting": ""}
    assert browser_for(world.pa).submit(offer_page(practice), older).status_code == 302


def test_find_keeps_what_was_typed_and_ticked(
    browser_for: BrowserFor, house: House, practice: Practice, world: World
) -> None:
    answer = browser_for(world.pa).submit(offer_page(practice), {**OWN, "find": "whistle", "look": "find"})
    html = answer.get_data(as_text=True)
    assert "Error:" not in text(answer)
    assert "I looked it up with her" in html
    assert 'value="5.2b" checked' in html, "what is ticked stays, found or not"
    assert html.count('name="lines"') < 12
    assert count(house, Evidence) == 0
    nothing = browser_for(world.pa).submit(offer_page(practice), {"find": "zebra", "look": "find"})
    assert "No point has these words." in text(nothing)


def test_more_lines_than_a_piece_can_carry_are_refused(
    browser_for: BrowserFor, house: House, practice: Practice, world: World
) -> None:
    with house.database.reading() as db:
        units = places.units_of(db, learning.enrolment(db, practice.enrolment))
    many = [line.key for placed in units for line in placed.unit.lines][:61]
    assert "Choose at most 60 points" in text(
        browser_for(world.pa).submit(offer_page(practice), {**OWN, "lines": many})
    )


def test_taking_back_says_why_and_stays_on_record(
    browser_for: BrowserFor, house: House, practice: Practice, world: World
) -> None:
    browser = browser_for(world.pa)
    browser.submit(offer_page(practice), OWN)
    piece = f"/evidence/{only_piece(house, practice.enrolment)}"
    assert "Write why" in text(browser.submit(f"{piece}/take-back", {"reason": " "}))
    for _ in range(2):
        assert browser.post(f"{piece}/take-back", {"reason": "It was another day."}).status_code == 302
    assert count(house, EvidenceWithdrawn) == 1
    assert "This was taken back." in text(browser.get(piece))
    assert browser_for(world.assessor).post(f"{piece}/take-back", {"reason": "No."}).status_code == 404


def test_what_a_decision_rests_on_cannot_be_taken_back(
    browser_for: BrowserFor, house: House, practice: Practice, world: World
) -> None:
    with house.database.writing() as db:
        piece = practice.offer(db, world.pa, ("5.2b",), kind=EvidenceKind.REFLECTIVE_ACCOUNT)
        practice.decide(db, world.assessor, piece, ("5.2b",), Judgement.MET)
    browser = browser_for(world.pa)
    page = text(browser.get(f"/evidence/{piece}"))
    assert "so it cannot be taken back" in page
    assert "Met" in page
    refused = browser.submit(f"/evidence/{piece}/take-back", {"reason": "I changed my mind."})
    assert refused.status_code == 200
    assert "I changed my mind." in text(refused)
    assert count(house, EvidenceWithdrawn) == 0


WHO_MAY = {
    "pa": 200,
    "assessor": 200,
    "coordinator": 200,
    "quality_assurer": 200,
    "second_pa": 404,
    "employer_person": 404,
    "representative": 404,
    "second_employer_person": 404,
    "other_pa": 404,
    "other_assessor": 404,
    "other_coordinator": 404,
    "register_officer": 404,
    "funding_officer": 404,
    "admin": 404,
}


def test_who_may_see_a_learners_own_piece(
    browser_for: BrowserFor, house: House, practice: Practice, world: World
) -> None:
    with house.database.writing() as db:
        piece = practice.offer(db, world.pa, ("5.2b",), kind=EvidenceKind.REFLECTIVE_ACCOUNT)
    found = {who: browser_for(getattr(world, who)).get(f"/evidence/{piece}").status_code for who in WHO_MAY}
    assert found == WHO_MAY
    assert browser_for(world.pa).get(f"/evidence/{uuid4()}").status_code == 404
    assert browser_for(None).get(f"/evidence/{piece}").status_code == 302


def test_a_household_reads_its_own_words_only(
    browser_for: BrowserFor, house: House, practice: Practice, world: World
) -> None:
    with house.database.writing() as db:
        piece = practice.offer(
            db, world.employer_person, ("1.1c",), kind=EvidenceKind.WITNESS_TESTIMONY, text="She asks me first."
        )
    for who, code in {"employer_person": 200, "representative": 200, "second_employer_person": 404}.items():
        assert browser_for(getattr(world, who)).get(f"/evidence/{piece}").status_code == code, who
    assert "She asks me first." in text(browser_for(world.pa).get(f"/evidence/{piece}"))


@pytest.mark.parametrize("who", ["second_pa", "other_pa"])
def test_another_learners_pages_are_not_found(
    browser_for: BrowserFor, practice: Practice, world: World, who: str
) -> None:
    browser = browser_for(getattr(world, who))
    for path in (offer_page(practice), f"/practice/{practice.enrolment}/CC5"):
        assert browser.get(path).status_code == 404, path
    assert browser.post(offer_page(practice), OWN).status_code == 404


def test_a_unit_that_is_not_theirs_is_not_found(browser_for: BrowserFor, practice: Practice, world: World) -> None:
    assert browser_for(world.pa).get(f"/practice/{practice.enrolment}/CC99").status_code == 404
    assert browser_for(world.employer_person).get(offer_page(practice)).status_code == 403


def test_without_the_standards_there_is_nothing_to_offer(browser_for: BrowserFor, house: House, world: World) -> None:
    with house.database.writing() as db:
        mine = knowledge.start(db, learner_id=world.pa, authority_id=world.authority, now=house.clock())
    assert browser_for(world.pa).get(f"/practice/{mine}/offer").status_code == 404
