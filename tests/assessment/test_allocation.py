"""Giving learners an assessor, and ending it."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from lms.assessment import allocating
from lms.assessment.models import Allocation
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import NotFound, Refused
from lms.people import services as people
from lms.people.rules import Role
from tests.assessment.conftest import DAYS_AGO, Course
from tests.assessment.reading import allocate, facts
from tests.world import World


def test_a_coordinator_allocates_once_and_ends(db: Db, course: Course, world: World, now: datetime) -> None:
    allocation = allocate(db, course, world, now)
    assert allocate(db, course, world, now) == allocation
    (fact,) = [f for f in facts(db, "AssessorAllocated") if f.about == world.second_pa]
    assert (fact.by, fact.behalf, fact.data["assessor_id"]) == (
        world.coordinator,
        world.authority,
        str(world.assessor),
    )
    for _ in range(2):
        allocating.end_allocation(db, allocation_id=allocation, by=world.coordinator, now=now)
    assert len(facts(db, "AllocationEnded")) == 1
    course.look(db, world.assessor, enrolment_id=course.second, days_ago=0)
    with pytest.raises(NotFound):
        course.look(db, world.assessor, enrolment_id=course.second, now=now + timedelta(days=1))
    assert allocate(db, course, world, now + timedelta(days=1)) != allocation
    assert db.get_one(Allocation, allocation).until == london_day(now)


def test_allocation_keeps_to_its_walls(db: Db, course: Course, world: World, now: datetime) -> None:
    for stranger in (world.other_coordinator, world.assessor, world.second_pa, world.admin):
        with pytest.raises(NotFound):
            allocate(db, course, world, now, by=stranger)
        with pytest.raises(NotFound):
            allocating.end_allocation(db, allocation_id=course.allocation, by=stranger, now=now)
    with pytest.raises(NotFound):
        allocating.end_allocation(db, allocation_id=uuid4(), by=world.coordinator, now=now)
    for nobody in (world.other_assessor, world.quality_assurer, uuid4()):
        with pytest.raises(Refused, match="Choose an assessor of your authority"):
            allocate(db, course, world, now, assessor_id=nobody)
    with pytest.raises(Refused, match="Choose today or an earlier day"):
        allocate(db, course, world, now, since=london_day(now) + timedelta(days=1))
    with pytest.raises(Refused, match="before they joined"):
        allocate(db, course, world, now, since=london_day(now) - timedelta(days=DAYS_AGO + 1))


def test_when_a_pa_leaves_nobody_there_assesses_them_any_more(
    db: Db, course: Course, world: World, now: datetime
) -> None:
    allocation, today = allocate(db, course, world, now), london_day(now)
    role = {"person_id": world.second_pa, "organisation_id": world.authority, "role": Role.PA}
    people.end_role(db, **role, by=world.coordinator, now=now, until=today)  # type: ignore[arg-type]
    assert db.get_one(Allocation, allocation).until == today
    assert db.get_one(Allocation, course.allocation).until is None
    (fact,) = facts(db, "AllocationEnded")
    assert (fact.about, fact.data["allocation_id"], fact.behalf) == (
        world.second_pa,
        str(allocation),
        world.authority,
    )
    with pytest.raises(NotFound):
        course.look(db, world.assessor, enrolment_id=course.second, now=now + timedelta(days=1))


def test_another_role_or_authority_ends_no_allocation(db: Db, course: Course, world: World, now: datetime) -> None:
    allocation, today = allocate(db, course, world, now), london_day(now)
    allocating.end_allocations_of(
        db, learner_id=world.second_pa, authority_id=world.other_authority, until=today, now=now
    )
    people.end_role(
        db,
        person_id=world.coordinator,
        organisation_id=world.authority,
        role=Role.COORDINATOR,
        by=world.admin,
        now=now,
        until=today,
    )
    assert db.get_one(Allocation, allocation).until is None
