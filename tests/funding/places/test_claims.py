"""A place that was attended can be claimed: one line, once, with its attendance, gone when that is corrected."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from lms.core.db import Db
from lms.funding.claims import queries as claims
from lms.funding.claims.models import Claim, ClaimLine, ClaimLook
from lms.funding.claims.queries import ClaimView
from lms.funding.evidence import packs
from lms.funding.places import attending
from lms.funding.vocabulary import ClaimantKind, ClaimState, EvidenceKind
from lms.learning import services as learning
from tests.funding.places.conftest import Town


@pytest.fixture
def attended(town: Town) -> tuple[UUID, UUID, datetime]:
    """A course that leads to PAI-6, a PA who has a place on it and studies here, and a day after it."""
    run, (pa,) = town.open(training="PAI-6"), town.pas(1)
    with town.house.database.writing() as db:
        learning.enrol(db, learner_id=pa, authority_id=town.world.authority, course="PAI", by=pa, now=town.now)
    ask = town.ask(run, pa)
    town.accept(ask, pa)
    return run, ask, town.now + timedelta(days=19)


def note(town: Town, attended: tuple[UUID, UUID, datetime], *, there: bool) -> None:
    run, ask, later = attended
    with town.house.database.writing() as db:
        attending.note(db, run_id=run, there=[ask] if there else [], by=town.world.coordinator, now=later)


def standing(db: Db, town: Town) -> list[ClaimView]:
    found = [claims.claim(db, id, within=[town.world.authority]) for id in db.scalars(select(Claim.id))]
    return [each for each in found if each.state is not ClaimState.WITHDRAWN]


def test_a_place_that_was_attended_opens_one_line(town: Town, attended: tuple[UUID, UUID, datetime]) -> None:
    for _ in range(2):
        note(town, attended, there=True)
    with town.house.database.reading() as db:
        (claim,) = standing(db, town)
        (line,) = claim.lines
        (proof,) = claims.to_prove(db, claim.id)
    assert (claim.scheme, claim.claimant_kind) == ("RIVERMERE-PLACES-2026-27", ClaimantKind.PERSONAL_ASSISTANT)
    assert (line.item, line.training, line.payable_pence, line.certificate_id) == ("CLASS", "PAI-6", 5000, None)
    assert (proof.completed_on, proof.cost_pence) == (date(2026, 12, 10), 6000)
    assert proof.also == {EvidenceKind.ATTENDANCE_RECORD}


def test_its_attendance_is_in_the_pack_and_stands_in_the_way_of_nothing(
    town: Town, attended: tuple[UUID, UUID, datetime]
) -> None:
    note(town, attended, there=True)
    with town.house.database.reading() as db:
        (claim,) = standing(db, town)
        contents = packs.gather(db, claim, on=attended[2].date(), submission=None, language="en")
    (line,) = contents.lines
    assert (line.attendance, line.missing) == ("line-001/record-of-attendance.pdf", ())
    assert [(each.title, each.on) for each in line.workshops] == [("Classroom day", date(2026, 12, 10))]


def test_it_is_taken_back_when_attendance_is_corrected_and_opened_again(
    town: Town, attended: tuple[UUID, UUID, datetime]
) -> None:
    note(town, attended, there=True)
    note(town, attended, there=False)
    with town.house.database.reading() as db:
        assert standing(db, town) == []
    note(town, attended, there=True)
    with town.house.database.reading() as db:
        assert [len(each.lines) for each in standing(db, town)] == [1]


def test_what_was_sent_in_is_looked_at_when_attendance_is_corrected(
    town: Town, attended: tuple[UUID, UUID, datetime]
) -> None:
    note(town, attended, there=True)
    with town.house.database.writing() as db:
        db.scalars(select(Claim)).one().state = ClaimState.SUBMITTED
    for there, is_open in ((False, [True]), (True, [False]), (False, [True])):
        note(town, attended, there=there)
        with town.house.database.reading() as db:
            assert [each.looked_at is None for each in db.scalars(select(ClaimLook))] == is_open
            assert db.scalars(select(ClaimLine)).one().taken_out_at is None


def test_a_second_place_joins_the_draft_of_the_first(town: Town, attended: tuple[UUID, UUID, datetime]) -> None:
    note(town, attended, there=True)
    run = town.open(training="PAI-4")
    with town.house.database.reading() as db:
        pa = db.scalars(select(ClaimLine.learner_id)).one()
    ask = town.ask(run, pa)
    town.accept(ask, pa)
    second = (run, ask, attended[2])
    note(town, second, there=True)
    with town.house.database.reading() as db:
        assert [sorted(line.training for line in each.lines) for each in standing(db, town)] == [["PAI-4", "PAI-6"]]
    note(town, attended, there=False)
    with town.house.database.reading() as db:
        assert [sorted(line.training for line in each.lines) for each in standing(db, town)] == [["PAI-4"]]


def test_a_course_that_leads_to_no_training_opens_nothing(town: Town) -> None:
    run, (pa,) = town.open(), town.pas(1)
    ask = town.ask(run, pa)
    town.accept(ask, pa)
    note(town, (run, ask, town.now + timedelta(days=19)), there=True)
    with town.house.database.reading() as db:
        assert standing(db, town) == []
