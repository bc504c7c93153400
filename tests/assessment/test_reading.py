"""Who reads whose texts: access follows the tie to the learner, and a wall is a wall."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy import text as sql

from lms.assessment import allocating
from lms.assessment.reading import services
from lms.assessment.reading.queries import scope_of
from lms.assessment.reading.rules import As, reads_as
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import NotFound
from lms.learning import services as learning
from lms.learning.states import Judged
from lms.learning.writing import queries as writing
from lms.learning.writing import waiting
from lms.learning.writing.models import Reading
from lms.people import queries as people
from lms.people import services as people_services
from lms.people.rules import Role
from tests.assessment.conftest import Course
from tests.world import World

on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

NOBODYS = (
    "pa",
    "second_pa",
    "employer_person",
    "second_employer_person",
    "representative",
    "quality_assurer",
    "register_officer",
    "register_manager",
    "funding_officer",
    "admin",
    "other_pa",
    "other_coordinator",
    "other_assessor",
    "other_employer_person",
)
ids = st.sets(st.integers(1, 4).map(lambda n: UUID(int=n)))


@pytest.fixture
def text(house: House, course: Course, world: World, now: datetime) -> UUID:
    """The first PA has finished the activity of PAI-1, committed."""
    return _write(house, course.enrolment, world.pa, now)


def _write(house: House, enrolment: UUID, by: UUID, now: datetime, words: str = "I asked A. first.") -> UUID:
    with house.database.writing() as db:
        learning.write_activity(db, enrolment_id=enrolment, activity="PAI-1-A1", text=words, by=by, now=now)
    with house.database.reading() as db:
        piece = writing.activity_piece(db, enrolment, "PAI-1-A1")
    assert piece is not None
    return piece.id


def waits_for(db: Db, person: UUID, now: datetime) -> list[UUID]:
    viewer = people.viewer_of(db, person, london_day(now))
    assert viewer is not None
    return [one.work_id for one in waiting.waiting(db, scope_of(db, viewer, london_day(now)), now=now)]


def judge(db: Db, work_id: UUID, by: UUID, now: datetime) -> None:
    services.judge_text(db, id=uuid4(), work_id=work_id, version=1, judged=Judged.MET, comment="", by=by, now=now)


def acts_on(work_id: UUID, by: UUID, now: datetime) -> tuple[Callable[[Db], object], ...]:
    """Everything a reader can do with one text."""
    return (
        lambda db: services.open_text(db, work_id=work_id, by=by, now=now),
        lambda db: services.put_back(db, work_id=work_id, by=by, now=now),
        lambda db: services.keep_draft(db, work_id=work_id, version=1, judged=None, comment="Hm", by=by, now=now),
        lambda db: judge(db, work_id, by, now),
    )


@given(reader=st.integers(1, 4), learner=st.integers(1, 4), places=ids, walls=ids, wall=st.integers(1, 4))
def test_who_reads_in_general(*, reader: int, learner: int, places: set[UUID], walls: set[UUID], wall: int) -> None:
    found = reads_as(
        reader=UUID(int=reader),
        learner=UUID(int=learner),
        assesses_for=places,
        coordinates=walls,
        authority=UUID(int=wall),
    )
    allowed = reader != learner and (bool(places) or UUID(int=wall) in walls)
    assert (found is not None) == allowed
    if found is not None:
        part, behalf = found
        assert behalf in (places if part is As.ASSESSOR else {UUID(int=wall)})


@on_sqlite
def test_an_assessor_reads_their_learners_and_a_coordinator_everybody_of_theirs(
    house: House, course: Course, world: World, text: UUID, now: datetime
) -> None:
    later = now + timedelta(hours=1)
    second = _write(house, course.second, world.second_pa, later)
    other = _write(house, course.other, world.other_pa, later)
    with house.database.reading() as db:
        assert waits_for(db, world.assessor, later) == [text]
        assert waits_for(db, world.coordinator, later) == [text, second]
        assert waits_for(db, world.other_coordinator, later) == [other]


@on_sqlite
@pytest.mark.parametrize("who", NOBODYS)
def test_for_everybody_else_there_is_no_such_text(
    house: House, world: World, text: UUID, now: datetime, who: str
) -> None:
    with house.database.writing() as db:
        assert waits_for(db, getattr(world, who), now) == []
        assert services.read_next(db, by=getattr(world, who), now=now) is None
        for act in acts_on(text, getattr(world, who), now):
            with pytest.raises(NotFound):
                act(db)


@on_sqlite
def test_the_day_after_the_allocation_the_texts_are_closed(
    house: House, course: Course, world: World, text: UUID, now: datetime
) -> None:
    with house.database.writing() as db:
        allocating.end_allocation(db, allocation_id=course.allocation, by=world.coordinator, now=now)
        services.open_text(db, work_id=text, by=world.assessor, now=now)
        tomorrow = now + timedelta(days=1)
        assert waits_for(db, world.assessor, tomorrow) == []
        for act in acts_on(text, world.assessor, tomorrow):
            with pytest.raises(NotFound):
                act(db)


@on_sqlite
def test_a_coordinator_who_is_a_learner_too_does_not_read_their_own(
    house: House, world: World, text: UUID, now: datetime
) -> None:
    with house.database.writing() as db:
        people_services.give_role(
            db, person_id=world.pa, organisation_id=world.authority, role=Role.COORDINATOR, by=None, now=now
        )
        assert waits_for(db, world.pa, now) == []
        for act in acts_on(text, world.pa, now):
            with pytest.raises(NotFound):
                act(db)


@on_sqlite
@pytest.mark.parametrize(("who", "behalf"), [("assessor", "college"), ("coordinator", "authority")])
def test_a_reading_is_for_the_organisation_its_reader_reads_for(
    house: House, world: World, text: UUID, now: datetime, *, who: str, behalf: str
) -> None:
    with house.database.writing() as db:
        judge(db, text, getattr(world, who), now)
        row = db.scalars(select(Reading)).one()
        assert (row.reader_id, row.behalf) == (getattr(world, who), getattr(world, behalf))


@on_sqlite
def test_a_learner_who_left_is_in_nobodys_list(
    house: House, course: Course, world: World, text: UUID, now: datetime
) -> None:
    with house.database.writing() as db:
        db.execute(sql("UPDATE lms_enrolment SET ended_at = enrolled_at"))
        assert waits_for(db, world.assessor, now) == waits_for(db, world.coordinator, now) == []
