"""An employer's page of the standards: a witness's words unless the authority lets employers decide."""

from uuid import uuid4

from lms.assessment import places
from lms.assessment.competence.rules import Employers, Policy
from lms.assessment.competence.services import set_policy
from lms.assessment.deciding.models import Decision
from lms.assessment.deciding.queries import decisions_of
from lms.assessment.evidence.models import Evidence
from lms.assessment.evidence.queries import evidence_of
from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.rules import Judgement
from lms.core.house import House
from lms.learning import queries as learning
from tests.assessment.doings import BrowserFor, count, text
from tests.assessment.practising import Practice
from tests.world import World

TOLD = {"which_day": "yesterday", "what_was_seen": "She did it my way."}
WITHOUT_CODE = "5.3~assessing"
DECIDED = {**TOLD, "judgement": "met", "sure": "y", "feedback": ""}


def page(practice: Practice, line: str = "1.1c") -> str:
    return f"/my-pas/{practice.enrolment}/{line}"


def allow_employers(house: House, world: World, how: Employers = Employers.COUNTERSIGNED) -> None:
    with house.database.writing() as db:
        policy = Policy(employers=how)
        set_policy(db, authority_id=world.authority, policy=policy, by=world.coordinator, now=house.clock())


def test_a_household_that_decides_finds_the_way_to_sign_off_and_nothing_of_what_others_said(
    browser_for: BrowserFor, house: House, practice: Practice, world: World
) -> None:
    listing = f"/my-pas/{practice.enrolment}"
    browser = browser_for(world.employer_person)
    assert "Sign a standard off" not in text(browser.get(listing)), "they may not decide here"
    with house.database.writing() as db:
        allowed = Policy(employers=Employers.COUNTERSIGNED)
        set_policy(db, authority_id=world.authority, policy=allowed, by=world.coordinator, now=practice.now)
        piece = practice.offer(db, world.assessor, ("5.4a",))
        practice.decide(db, world.assessor, piece, ("5.4a",), Judgement.NOT_YET_MET, feedback="For Pat alone.")
    found = browser.get(listing).get_data(as_text=True)
    sign = f"/sign-off/{practice.enrolment}/CC5"
    assert f'href="{sign}"' in found
    page = text(browser.get(sign))
    assert "cannot be signed off yet" in page
    assert "5.4a" not in page, "how far they are is theirs to tell"
    assert "Not yet" not in page
    assert "5.4a" in text(browser_for(world.assessor).get(sign))


def test_who_signs_at_home_is_told_that_their_name_is_shown(
    browser_for: BrowserFor, house: House, practice: Practice, world: World
) -> None:
    allow_employers(house, world)
    with house.database.writing() as db:
        placed = places.unit_of(db, learning.enrolment(db, practice.enrolment), "CC12")
        lines = tuple(line.key for line in placed.unit.lines)
        piece = practice.offer(db, world.assessor, lines)
        practice.decide(db, world.assessor, piece, lines, Judgement.MET, reason="Seen at work.")
    for person, said in (
        (world.employer_person, "that you signed as an individual employer. Pat Morgan may show it to others."),
        (world.representative, "The person you act for is not named."),
    ):
        asked = text(browser_for(person).get(f"/sign-off/{practice.enrolment}/CC12"))
        assert "Your name will stand on the Care Certificate of Pat Morgan" in asked
        assert said in asked


def test_words_are_kept_as_a_witnesss_where_employers_do_not_decide(
    browser_for: BrowserFor, house: House, practice: Practice, world: World
) -> None:
    browser = browser_for(world.employer_person)
    assert "Care Certificate: what they do at work" in text(browser.get("/my-pas"))
    listed = text(browser.get(f"/my-pas/{practice.enrolment}"))
    assert "Your words count as what a witness saw." in listed
    assert "Works in the ways agreed with the employer" in listed
    assert "points met" not in listed, "where the PA stands is theirs to share"
    asked = text(browser.get(page(practice)))
    assert "an assessor decides on the standards" in asked
    assert "Did Pat Morgan do it?" not in asked
    once = str(uuid4())
    for _ in range(2):
        assert browser.post(page(practice), {**TOLD, "once": once}).status_code == 302
    with house.database.reading() as db:
        (piece,) = evidence_of(db, practice.enrolment)
    assert (piece.kind, piece.carries) == (EvidenceKind.WITNESS_TESTIMONY, False)
    assert count(house, Decision) == 0
    assert "She did it my way." in text(browser.get(f"/my-pas/{practice.enrolment}"))


def test_where_the_authority_allows_it_the_employer_decides_with_one_plain_tick(
    browser_for: BrowserFor, house: House, practice: Practice, world: World
) -> None:
    allow_employers(house, world)
    browser = browser_for(world.employer_person)
    assert "it was Pat Morgan's own work" in text(browser.get(page(practice))).replace("’", "'")
    without = browser.submit(page(practice), {**DECIDED, "sure": ""})
    assert "Tick this if you can say it." in text(without)
    assert "She did it my way." in text(without)
    assert browser.submit(page(practice), DECIDED).status_code == 302
    with house.database.reading() as db:
        (made,) = decisions_of(db, practice.enrolment)
    assert made.five is not None
    assert made.five.whole
    assert {str(flag) for flag in made.flags} >= {"employer_as_assessor"}


def test_a_line_without_a_code_can_be_spoken_to(
    browser_for: BrowserFor, house: House, practice: Practice, world: World
) -> None:
    browser = browser_for(world.employer_person)
    assert browser.get(page(practice, WITHOUT_CODE)).status_code == 200
    assert browser.submit(page(practice, WITHOUT_CODE), TOLD).status_code == 302
    assert count(house, Evidence) == 1


def test_what_is_amiss_is_said_and_nothing_is_lost(
    browser_for: BrowserFor, house: House, practice: Practice, world: World
) -> None:
    answer = browser_for(world.employer_person).submit(page(practice), {**TOLD, "which_day": ""})
    assert "Choose the day." in text(answer)
    assert "She did it my way." in text(answer)
    assert count(house, Evidence) == 0


def test_other_households_and_learners_are_not_found(browser_for: BrowserFor, practice: Practice, world: World) -> None:
    for who in ("other_employer_person",):
        for path in (page(practice), f"/my-pas/{practice.enrolment}"):
            assert browser_for(getattr(world, who)).get(path).status_code == 404, path
    assert browser_for(world.employer_person).get(f"/my-pas/{practice.second}/1.1c").status_code == 404
    assert browser_for(world.employer_person).get(page(practice, "9.9z")).status_code == 404
