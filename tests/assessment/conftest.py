"""Learners on the induction with practice to show, an assessor allocated to the first, and shorthands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from lms.assessment import allocating, services
from lms.assessment.rules import Judgement, Setting
from lms.assessment.services import Seen
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.learning import services as learning
from tests.prepared import stage
from tests.world import World

UNIT = "PAI-1-P"
CRITERION = "PAI-1-P.1"
DAYS_AGO = 20


@dataclass(frozen=True)
class Course:
    """Enrolments made 20 days before now; the assessor of the college is allocated to the first since then."""

    enrolment: UUID
    second: UUID
    other: UUID
    allocation: UUID
    now: datetime

    def look(self, db: Db, by: UUID, *, days_ago: int = 1, **given: object) -> UUID:
        """Record and judge with believable content; anything can be given otherwise."""
        content: dict[str, object] = {
            "on": london_day(self.now) - timedelta(days=days_ago),
            "text": "Pat asked A. before moving the boxes.",
            "judgement": Judgement.MET,
            "feedback": "",
            "setting": Setting.OWN_HOME,
        }
        content |= {name: given.pop(name) for name in list(given) if name in content}
        asked = {"id": uuid4(), "enrolment_id": self.enrolment, "criterion": CRITERION, "now": self.now} | given
        return services.record_observation_and_judge(db, by=by, seen=Seen(**content), **asked)  # type: ignore[arg-type]

    def sign(self, db: Db, by: UUID, **given: object) -> UUID:
        """Sign the first learner's unit off."""
        asked = {"id": uuid4(), "enrolment_id": self.enrolment, "unit": UNIT, "now": self.now} | given
        return services.sign_off(db, by=by, **asked)  # type: ignore[arg-type]


def _course(house: House, world: World, now: datetime) -> Course:
    """Everybody enrolled, committed."""
    then = now - timedelta(days=DAYS_AGO)
    with house.database.writing() as db:

        def enrol(pa: UUID, authority: UUID) -> UUID:
            return learning.enrol(db, learner_id=pa, authority_id=authority, course="PAI", by=pa, now=then)

        first = enrol(world.pa, world.authority)
        allocation = allocating.allocate_assessor(
            db,
            enrolment_id=first,
            assessor_id=world.assessor,
            since=london_day(then),
            by=world.coordinator,
            now=then,
        )
        second = enrol(world.second_pa, world.authority)
        other = enrol(world.other_pa, world.other_authority)
    return Course(first, second, other, allocation, now)


course = stage(_course)
