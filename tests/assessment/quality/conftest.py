"""Learners with decided work, quality assurers, and shorthands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.assessment.quality.models import Sample
from lms.assessment.quality.planning import services
from lms.assessment.quality.planning.rules import Plan
from lms.assessment.quality.rules import DEFAULT_SHARES, Policy, Share, period_of
from lms.assessment.quality.samples import queries as reading
from lms.assessment.quality.samples import services as samples
from lms.assessment.quality.samples.rules import Found, State
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.people import services as people
from lms.people.rules import Role
from tests.assessment import practising
from tests.assessment.conftest import CRITERION, UNIT, Course
from tests.prepared import stage
from tests.world import World

__all__ = ["CRITERION", "UNIT", "practice"]

practice = practising.practice


@dataclass(frozen=True)
class Quality:
    """The induction's learners, two quality assurers of their authority, and what one does with samples."""

    course: Course
    world: World
    now: datetime
    second: UUID
    far: UUID

    def policy(self, db: Db, **given: object) -> None:
        """Set a policy; shares by name, the rest as in Policy."""
        shares = dict(DEFAULT_SHARES) | {Share(n): p for n, p in dict(given.pop("shares", {})).items()}  # type: ignore[call-overload]
        policy = Policy(shares=shares, **given)  # type: ignore[arg-type]
        services.set_policy(
            db,
            id=uuid4(),
            authority_id=self.world.authority,
            policy=policy,
            by=self.world.quality_assurer,
            now=self.now,
        )

    def plan(self, db: Db) -> Plan:
        """Make the plan of this quarter."""
        return services.replan(db, self.world.authority, period_of(london_day(self.now)), self.now)

    def samples(self, db: Db) -> list[Sample]:
        """Every sample there is."""
        return list(db.scalars(select(Sample).order_by(Sample.chosen_at, Sample.id)))

    def take(self, db: Db, by: UUID | None = None) -> Sample:
        """Take the first sample."""
        self.plan(db)
        sample = self.samples(db)[0]
        samples.take(db, sample_id=sample.id, by=by or self.world.quality_assurer, now=self.now)
        db.refresh(sample)
        return sample

    def say(self, db: Db, sample: Sample, *, agreed: bool, by: UUID | None = None, **given: object) -> State:
        """Say the same of every decision of a sample."""
        view = reading.views(db, [sample])[0]
        found = Found(agreed=agreed, action="" if agreed else "Say what A. chose.")
        due = None if agreed else london_day(self.now) + timedelta(days=14)
        asked = {"due_on": due, "now": self.now, "by": by or self.world.quality_assurer} | given
        ids = [each.id for each in reading.to_look_at(db, view)]
        return samples.say(db, sample_id=sample.id, found=dict.fromkeys(ids, found), **asked)  # type: ignore[arg-type]


def _quality(house: House, world: World, course: Course, now: datetime) -> Quality:
    """A second quality assurer here and one elsewhere, committed."""
    with house.database.writing() as db:

        def assurer(name: str, where: UUID) -> UUID:
            email = f"{name.lower().replace(' ', '.')}@example.com"
            person = people.add_person(db, name=name, email=email, by=None, now=now)
            since = london_day(now) - timedelta(days=60)
            people.give_role(
                db, person_id=person, organisation_id=where, role=Role.QUALITY_ASSURER, by=None, now=now, since=since
            )
            return person

        second, far = assurer("Quiet Second", world.authority), assurer("Far Assurer", world.other_authority)
    return Quality(course, world, now, second, far)


quality = stage(_quality, after="course")
