"""A decision of a new assessor waits for a second one: who may say so, and what they see meanwhile."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from lms.assessment import allocating
from lms.assessment.competence import countersigning, reviews, services
from lms.assessment.competence.rules import Mark
from lms.assessment.deciding.models import Decision
from lms.assessment.deciding.rules import ReviewOutcome
from lms.assessment.evidence.queries import evidence_of, may_see, piece
from lms.assessment.rules import Judgement
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people import services as people_services
from lms.people.rules import Role
from tests.assessment.competence.usual import policy, record
from tests.assessment.practising import Practice, say_not_close, second_assessor
from tests.world import World

LINE = "5.2b"


def decided_by_a_new_one(db: Db, world: World, practice: Practice, now: datetime) -> UUID:
    policy(db, world, now, first=5)
    offered = practice.offer(db, world.assessor, (LINE,))
    practice.decide(db, world.assessor, offered, (LINE,), Judgement.NOT_YET_MET, feedback="Look again.")
    return db.scalars(select(Decision.id)).one()


def viewer(db: Db, person: UUID, now: datetime) -> people.Viewer:
    found = people.viewer_of(db, person, london_day(now))
    assert found is not None
    return found


def waiting(db: Db, person: UUID, now: datetime) -> list[UUID]:
    return [one.decision_id for one in countersigning.waiting_for(db, viewer(db, person, now), london_day(now))]


def agree(db: Db, decision: UUID, by: UUID, now: datetime, **given: object) -> None:
    usual: dict[str, object] = {"outcome": ReviewOutcome.AGREED, "word": "", "action": "", "due_on": None}
    reviews.countersign(db, decision_id=decision, by=by, now=now, **usual | given)  # type: ignore[arg-type]


def test_a_second_competent_assessor_countersigns_and_nobody_else(
    db: Db, world: World, practice: Practice, now: datetime
) -> None:
    second = second_assessor(db, practice, world)
    decision = decided_by_a_new_one(db, world, practice, now)
    assert waiting(db, world.assessor, now) == []  # their own
    assert waiting(db, world.other_assessor, now) == []
    assert waiting(db, second, now) == []  # as new as the first
    services.mark(
        db,
        person_id=second,
        authority_id=world.authority,
        mark=Mark.EXPERIENCED,
        reason="Years of it.",
        by=world.coordinator,
        now=now,
    )
    assert waiting(db, second, now) == [decision]
    for stranger in (world.assessor, world.other_assessor, world.coordinator, world.employer_person):
        with pytest.raises((NotFound, Refused)):
            agree(db, decision, stranger, now)
    agree(db, decision, second, now)
    assert waiting(db, second, now) == []
    agree(db, decision, second, now)  # a double tap
    with pytest.raises(Refused):
        agree(db, decision, second, now, outcome=ReviewOutcome.SENT_BACK)


def test_who_shares_a_learner_countersigns_only_in_their_own_standards(
    db: Db, world: World, practice: Practice, now: datetime
) -> None:
    person, day = world.quality_assurer, london_day(now)
    people_services.give_role(db, person_id=person, organisation_id=world.college, role=Role.ASSESSOR, by=None, now=now)
    record(db, world, now, person_id=person, units=["CC5", "CC7"])
    place = {"person_id": person, "authority_id": world.authority, "mark": Mark.EXPERIENCED}
    services.mark(db, **place, reason="Years of it.", by=world.coordinator, now=now)  # type: ignore[arg-type]
    allocating.allocate_assessor(
        db,
        enrolment_id=practice.enrolment,
        assessor_id=person,
        since=day,
        units=("CC7",),
        by=world.coordinator,
        now=now,
    )
    decided_by_a_new_one(db, world, practice, now)
    offered = practice.offer(db, world.assessor, ("7.2a",))
    practice.decide(db, world.assessor, offered, ("7.2a",), Judgement.MET)
    own = db.scalars(select(Decision.id).where(Decision.unit == "CC7")).all()
    assert waiting(db, person, now) == own


def test_sending_back_says_what_to_do_and_until_when(db: Db, world: World, practice: Practice, now: datetime) -> None:
    second = second_assessor(db, practice, world)
    decision = decided_by_a_new_one(db, world, practice, now)
    services.mark(
        db,
        person_id=second,
        authority_id=world.authority,
        mark=Mark.EXPERIENCED,
        reason="Years of it.",
        by=world.coordinator,
        now=now,
    )
    with pytest.raises(Refused):
        agree(db, decision, second, now, outcome=ReviewOutcome.SENT_BACK)
    due = london_day(now) + timedelta(days=7)
    agree(db, decision, second, now, outcome=ReviewOutcome.SENT_BACK, action="See it once more.", due_on=due)
    assert waiting(db, second, now) == []


def test_a_countersigner_sees_the_learner_only_while_something_waits(
    db: Db, world: World, practice: Practice, now: datetime
) -> None:
    person, day = world.quality_assurer, london_day(now)
    people_services.give_role(db, person_id=person, organisation_id=world.college, role=Role.ASSESSOR, by=None, now=now)
    record(db, world, now, person_id=person, units=["CC5"])
    decision = decided_by_a_new_one(db, world, practice, now)
    for mark in (Mark.EXPERIENCED, Mark.COUNTERSIGNS):
        assert waiting(db, person, now) == []  # of a college, not of the learner, and not named yet
        services.mark(
            db,
            person_id=person,
            authority_id=world.authority,
            mark=mark,
            reason="Years of it.",
            by=world.coordinator,
            now=now,
        )
    assert waiting(db, person, now) == [decision]
    assert countersigning.may_see_for_countersigning(db, viewer(db, person, now), practice.enrolment, day)
    assert not countersigning.may_see_for_countersigning(db, viewer(db, person, now), practice.second, day)
    resting = next(one for one in evidence_of(db, practice.enrolment) if LINE in one.lines)
    other = piece(db, practice.offer(db, world.assessor, ("1.1c",)))
    assert may_see(db, viewer(db, person, now), resting, day)
    college = viewer(db, person, now)
    college = replace(college, roles=tuple(one for one in college.roles if one.role is Role.ASSESSOR))
    assert may_see(db, college, resting, day)
    assert not may_see(db, college, other, day)
    with pytest.raises(Refused, match="First say whether you are close"):
        agree(db, decision, person, now)
    say_not_close(db, person, world.pa, now)
    agree(db, decision, person, now)
    assert not may_see(db, college, resting, day)
    assert not countersigning.may_see_for_countersigning(db, viewer(db, person, now), practice.enrolment, day)
