"""What assessment writes when other rooms record facts."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update

from lms.assessment import allocating
from lms.assessment.models import LearnerUnit
from lms.assessment.places import open_units, open_units_of_many, take_back_units
from lms.assessment.standing_rows import refresh_learner
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.events import together
from lms.learning import queries as learning
from lms.learning.events import EnrolmentTakenBack, LearnerEnrolled, LearnerLeft, ModuleStudied
from lms.learning.shown.events import OutcomesShown
from lms.people.events import RoleEnded
from lms.people.rules import Role


def _open_on_enrolments(db: Db, facts: Sequence[LearnerEnrolled], now: datetime) -> None:
    open_units_of_many(db, learning.enrolments(db, [fact.enrolment_id for fact in facts]), now=now)


@together(_open_on_enrolments)
def open_on_enrolment(db: Db, fact: LearnerEnrolled, now: datetime) -> None:
    """Somebody enrolled: write down the units they have to show at work."""
    open_units(db, learning.enrolment(db, fact.enrolment_id), now=now)


def _take_back_units(db: Db, facts: Sequence[EnrolmentTakenBack], _now: datetime) -> None:
    take_back_units(db, [fact.enrolment_id for fact in facts])


@together(_take_back_units)
def take_back_with_enrolment(db: Db, fact: EnrolmentTakenBack, now: datetime) -> None:
    """The enrolment was never to be: there are no units to show for it."""
    _take_back_units(db, [fact], now)


def ready_when_studied(db: Db, fact: ModuleStudied, now: datetime) -> None:
    """The learning of a module is done: its unit waits to be seen. What was seen before counts all the same."""
    open_units(db, learning.enrolment(db, fact.enrolment_id), now=now)
    db.execute(
        update(LearnerUnit)
        .where(
            LearnerUnit.enrolment_id == fact.enrolment_id,
            LearnerUnit.module == fact.module,
            LearnerUnit.ready_at.is_(None),
        )
        .values(ready_at=now)
    )


def count_what_is_shown(db: Db, fact: OutcomesShown, now: datetime) -> None:
    """Outcomes were shown, and lines with them: where the learner's units stand counts them from now on.

    What is shown on one course counts in another of the same learner behind the same wall.
    """
    authority_id = learning.enrolment(db, fact.enrolment_id).authority_id
    refresh_learner(db, learner_id=fact.about, authority_id=authority_id, now=now)


def end_allocations_with_enrolment(db: Db, fact: LearnerLeft, now: datetime) -> None:
    """Somebody left a course: today is the last day on which anybody assesses them on it."""
    allocating.end_allocations_on(db, fact.enrolment_id, until=london_day(now), now=now)


def end_allocations_with_role(db: Db, fact: RoleEnded, now: datetime) -> None:
    """Somebody is no PA of an authority any more: from then on nobody there assesses them, or reads what they wrote."""
    if fact.role is Role.PA:
        allocating.end_allocations_of(
            db, learner_id=fact.about, authority_id=fact.organisation_id, until=fact.until, now=now
        )
