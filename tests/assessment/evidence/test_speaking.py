"""Further points for a piece, what a witness told an assessor, and how much of a piece its readers see."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from lms.assessment import allocating
from lms.assessment.deciding.queries import spoken_in
from lms.assessment.evidence.models import Evidence, EvidenceLine
from lms.assessment.evidence.queries import evidence_in, evidence_of, piece
from lms.assessment.evidence.rules import EvidenceKind, Part
from lms.assessment.evidence.services import withdraw_evidence
from lms.assessment.models import Allocation
from lms.assessment.quality.models import VerifierLook
from lms.assessment.quality.verifiers import services as verifiers
from lms.assessment.quality.verifiers.rules import Access
from lms.assessment.rules import Judgement
from lms.core.clock import london_day
from lms.core.house import House
from lms.people import services as people
from lms.people.rules import Role
from tests.assessment.doings import BrowserFor, count, text
from tests.assessment.practising import Practice, second_assessor
from tests.world import World

TWO = ("1.1c", "5.1a", "12.1a")


@pytest.fixture
def offered(house: House, practice: Practice, world: World) -> UUID:
    with house.database.writing() as db:
        return practice.offer(db, world.assessor, ("1.1c",))


def page_of(piece_id: UUID) -> str:
    return f"/evidence/{piece_id}/speaks-to"


def lines_in(house: House, piece_id: UUID) -> set[str]:
    with house.database.reading() as db:
        return set(piece(db, piece_id).lines)


def test_pieces_read_with_what_they_speak_to_say_the_same_as_a_question_of_its_own(
    house: House, practice: Practice, world: World
) -> None:
    with house.database.writing() as db:
        lines = ("1.1c", "7.1a", "12.1a")
        first, second, third = (practice.offer(db, world.assessor, lines[:many]) for many in (3, 2, 1))
        withdraw_evidence(db, evidence_id=second, reason="Not mine.", by=world.assessor, now=practice.now)
        read, asked = evidence_in(db, [practice.enrolment]), spoken_in(db, [practice.enrolment])
    assert read.spoken == asked
    assert set(read.spoken[practice.enrolment]["1.1c"]) == {first, third}
    assert [each.id for each in read.pieces[practice.enrolment] if each.withdrawn] == [second]


def test_an_assessor_says_what_else_a_piece_speaks_to(
    house: House, offered: UUID, world: World, browser_for: BrowserFor
) -> None:
    browser, page = browser_for(world.assessor), page_of(offered)
    assert page in browser.get(f"/evidence/{offered}").get_data(as_text=True)
    shown = browser.get(page).get_data(as_text=True)
    assert 'value="12.1a"' in shown
    assert 'value="1.1c"' not in shown
    assert "Choose at least one point" in text(browser.submit(page, {"lines": []}))
    for _ in range(2):
        assert browser.submit(page, {"lines": ["12.1a", "7.1a"]}).status_code == 302
    assert lines_in(house, offered) == {"1.1c", "12.1a", "7.1a"}
    assert count(house, EvidenceLine) == 3


def test_a_word_finds_a_point_and_saves_nothing(
    house: House, offered: UUID, world: World, browser_for: BrowserFor
) -> None:
    found = browser_for(world.assessor).submit(page_of(offered), {"find": "12.1a", "look": "find", "lines": []})
    assert found.status_code == 200
    assert 'value="12.1a"' in found.get_data(as_text=True)
    assert 'value="7.1a"' not in found.get_data(as_text=True)
    assert lines_in(house, offered) == {"1.1c"}


def test_whoever_offered_it_may_and_strangers_find_nothing(
    house: House, practice: Practice, offered: UUID, world: World, browser_for: BrowserFor
) -> None:
    with house.database.writing() as db:
        own = practice.offer(db, world.pa, ("5.2b",), kind=EvidenceKind.REFLECTIVE_ACCOUNT)
        told = practice.offer(db, world.employer_person, ("1.1c",), kind=EvidenceKind.WITNESS_TESTIMONY)
    assert browser_for(world.pa).submit(page_of(own), {"lines": ["12.1a"]}).status_code == 302
    assert lines_in(house, own) == {"5.2b", "12.1a"}
    at_home = browser_for(world.employer_person)
    assert "not yet met" not in text(at_home.get(page_of(told))).lower()
    assert at_home.submit(page_of(told), {"lines": ["12.1a"]}).status_code == 302
    for person in (world.pa, world.coordinator, world.second_pa, world.employer_person, world.verifier):
        assert browser_for(person).get(page_of(offered)).status_code == 404
        assert browser_for(person).post(page_of(offered), {"lines": "7.1a"}).status_code in {302, 404}
    assert lines_in(house, offered) == {"1.1c"}


def test_an_assessor_of_one_standard_adds_no_other(
    house: House, practice: Practice, offered: UUID, world: World, browser_for: BrowserFor
) -> None:
    with house.database.writing() as db:
        other = narrow(db, practice, world, "CC1")
    browser = browser_for(other)
    assert 'value="12.1a"' not in browser.get(page_of(offered)).get_data(as_text=True)
    assert browser.submit(page_of(offered), {"lines": ["12.1a"]}).status_code == 200
    assert lines_in(house, offered) == {"1.1c"}


def narrow(db: object, practice: Practice, world: World, unit: str) -> UUID:
    other, day = world.quality_assurer, london_day(practice.now)
    people.give_role(
        db,  # type: ignore[arg-type]
        person_id=other,
        organisation_id=world.authority,
        role=Role.ASSESSOR,
        by=None,
        now=practice.now,
        since=day,
    )
    allocating.allocate_assessor(
        db,  # type: ignore[arg-type]
        enrolment_id=practice.enrolment,
        assessor_id=other,
        since=day,
        by=world.coordinator,
        now=practice.now,
        units=(unit,),
    )
    return other


def test_what_is_taken_back_speaks_to_nothing_more(offered: UUID, world: World, browser_for: BrowserFor) -> None:
    browser = browser_for(world.assessor)
    browser.submit(f"/evidence/{offered}/take-back", {"reason": "Written for somebody else."})
    assert browser.get(page_of(offered)).status_code == 404


@pytest.fixture
def broad(house: House, practice: Practice, world: World) -> UUID:
    """A piece on points of three standards, with a decision on each."""
    with house.database.writing() as db:
        made = practice.offer(db, world.assessor, ("1.1c", "7.1a", "12.1a"))
        for line, word in (("1.1c", "First standard."), ("7.1a", "Seventh standard."), ("12.1a", "Twelfth standard.")):
            practice.decide(db, world.assessor, made, (line,), Judgement.NOT_YET_MET, feedback=word)
    return made


def test_a_verifier_of_one_standard_reads_nothing_of_the_others(
    house: House, practice: Practice, broad: UUID, world: World, browser_for: BrowserFor
) -> None:
    day = london_day(practice.now)
    browser = browser_for(world.verifier)
    assert browser.get(f"/evidence/{broad}").status_code == 404
    with house.database.writing() as db:
        verifiers.give(
            db,
            id=uuid4(),
            access=Access(
                unit="CC12", work_from=day - timedelta(days=3), work_until=day, since=day, until=day + timedelta(days=7)
            ),
            framework="cc-2025",
            authority_id=world.authority,
            verifier_id=world.verifier,
            by=world.quality_assurer,
            now=practice.now,
        )
    read = text(browser.get(f"/evidence/{broad}"))
    assert "Twelfth standard." in read
    assert "First standard." not in read
    assert "Seventh standard." not in read
    assert "1.1c" not in read
    grid = text(browser.get(f"/grid/{practice.enrolment}"))
    assert "12.1a" in grid
    assert "1.1c" not in grid
    with house.database.reading() as db:
        assert set(db.scalars(select(VerifierLook.unit))) == {"CC12"}


def test_who_offered_a_piece_and_left_reads_their_own_decisions(
    house: House, practice: Practice, broad: UUID, world: World, browser_for: BrowserFor
) -> None:
    with house.database.writing() as db:
        other = second_assessor(db, practice, world)
        practice.decide(db, other, broad, ("1.1c",), Judgement.NOT_YET_MET, feedback="Said by the second.")
        for row in db.scalars(select(Allocation).where(Allocation.assessor_id == world.assessor)):
            row.until = row.since
    read = text(browser_for(world.assessor).get(f"/evidence/{broad}"))
    assert "First standard." in read
    assert "Said by the second." not in read


def test_an_assessor_writes_down_what_a_witness_told(
    house: House, practice: Practice, world: World, browser_for: BrowserFor
) -> None:
    browser, page = browser_for(world.assessor), f"/assess/{practice.enrolment}/record"
    sent = {
        "lines": ["1.1c"],
        "kind": "witness_testimony",
        "on": ["20", "11", "2026"],
        "setting": "",
        "text": "She asked A. first, every time.",
    }
    assert "Say who told you" in text(browser.submit(page, sent))
    assert browser.submit(page, sent | {"told_by": "neighbour"}).status_code == 302
    with house.database.reading() as db:
        (found,) = evidence_of(db, practice.enrolment)
    assert (found.kind, found.part) == (EvidenceKind.WITNESS_TESTIMONY, Part.ASSESSOR)
    assert found.text == "Told by: neighbour\n\nShe asked A. first, every time."
    assert count(house, Evidence) == 1
    decide = browser.submit(
        f"/assess/{practice.enrolment}/decide/{found.id}",
        {"judgement-1.1c": "met", "five": ["valid", "authentic", "reliable", "current", "sufficient"]},
    )
    assert decide.status_code == 200
    assert "Error:" in text(decide)
