"""Somebody who left a course is in no list of learners to assess, and nobody assesses them on it any more."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from lms.assessment import allocated, allocating
from lms.assessment.models import Allocation
from lms.core.clock import london_day
from lms.core.house import House
from lms.core.models import EventRow
from lms.learning import leaving
from lms.learning import services as learning
from lms.learning.models import Enrolment
from tests.world import World


@pytest.fixture
def enrolment(house: House, world: World, clock: Any) -> UUID:
    """The PA is on the course and has an assessor without a last day."""
    with house.database.writing() as db:
        id = learning.enrol(
            db, learner_id=world.pa, authority_id=world.authority, course="PAI", by=world.coordinator, now=clock()
        )
        allocating.allocate_assessor(
            db, enrolment_id=id, assessor_id=world.assessor, since=london_day(clock()), by=world.coordinator,
            now=clock(),
        )  # fmt: skip
    return id


def _listed(house: House, world: World, clock: Any) -> tuple[int, int]:
    """How many stand in the list of learners to assess, and how many are counted without an assessor."""
    with house.database.reading() as db:
        on = london_day(clock())
        found = allocated.learners_to_allocate(db, world.authority, on)
        assert found.total == len(found.found)
        return found.total, allocated.count_without_assessor(db, [world.authority], on)


def _until(house: House) -> list[Any]:
    with house.database.reading() as db:
        return list(db.scalars(select(Allocation.until)))


def test_leaving_ends_the_allocation_and_takes_them_off_the_list(
    house: House, world: World, clock: Any, enrolment: UUID
) -> None:
    assert _listed(house, world, clock) == (1, 0)
    clock.on(days=3)
    with house.database.writing() as db:
        leaving.leave(db, enrolment_id=enrolment, by=world.pa, now=clock())
    assert _until(house) == [london_day(clock())]
    clock.on(days=1)
    assert _listed(house, world, clock) == (0, 0)
    with house.database.reading() as db:
        ended = select(func.count()).select_from(EventRow).where(EventRow.kind == "AllocationEnded")
        assert db.scalar(ended) == 1


def test_an_earlier_last_day_stays(house: House, world: World, clock: Any, enrolment: UUID) -> None:
    with house.database.writing() as db:
        earlier = london_day(clock()) + timedelta(days=1)
        db.execute(update(Allocation).values(until=earlier))
    clock.on(days=5)
    with house.database.writing() as db:
        leaving.leave(db, enrolment_id=enrolment, by=world.pa, now=clock())
    assert _until(house) == [earlier]


def test_who_left_before_the_upgrade_is_taken_along_by_the_worker(
    house: House, world: World, clock: Any, enrolment: UUID
) -> None:
    with house.database.writing() as db:
        db.execute(update(Enrolment).values(ended_at=clock()))
    clock.on(days=2)
    for _twice in range(2):
        allocating.end_with_enrolments(house, clock())
        assert _until(house) == [london_day(clock())]
    assert _listed(house, world, clock) == (0, 0)


def test_every_line_of_the_list_leads_somewhere(
    house: House, world: World, clock: Any, enrolment: UUID, browser_for: Any
) -> None:
    with house.database.writing() as db:
        leaving.leave(db, enrolment_id=enrolment, by=world.pa, now=clock())
    page = browser_for(world.coordinator).get("/learners").get_data(as_text=True)
    assert f"enrolment={enrolment}" not in page
