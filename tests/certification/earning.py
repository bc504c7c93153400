"""Short ways to earn certificates in tests: the records are written straight, their facts recorded as the rooms do."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.assessment import places_opening
from lms.assessment.content import Frameworks
from lms.assessment.events import UnitSignedOff
from lms.assessment.models import LearnerUnit
from lms.assessment.rules import Capacity
from lms.assessment.signing.models import SignOff
from lms.assessment.signing.rules import How
from lms.core.db import Db
from lms.core.events import record
from lms.core.shelves import shelf
from lms.learning import leaving
from lms.learning import services as learning
from lms.learning.catalogue import Courses
from lms.learning.events import ModuleStudied
from lms.learning.models import Enrolment, ModuleDone
from lms.learning.shown import services as shown
from lms.people.rules import Nation
from lms.register import services as register
from tests.world import World

SEVEN = tuple(f"PAI-{number}" for number in range(1, 8))
CODE_VERSION = "2026-1"


def enrol(db: Db, world: World, now: datetime, *, course: str = "PAI", learner: UUID | None = None) -> UUID:
    """Somebody on a course, the world's PA unless told."""
    who = learner or world.pa
    return learning.enrol(
        db, learner_id=who, authority_id=world.authority, course=course, by=world.coordinator, now=now
    )


def leave(db: Db, enrolment_id: UUID, now: datetime) -> None:
    """The enrolment ends."""
    leaving.leave(db, enrolment_id=enrolment_id, by=db.get_one(Enrolment, enrolment_id).learner_id, now=now)


def study(db: Db, enrolment_id: UUID, modules: Iterable[str], now: datetime, *, prior: tuple[str, ...] = ()) -> None:
    """All the learning of modules."""
    learner = db.get_one(Enrolment, enrolment_id).learner_id
    for code in modules:
        edition = shelf(db, Courses).edition(code).edition
        db.add(
            ModuleDone(
                enrolment_id=enrolment_id, module=code, edition=edition, studied_at=now, prior=list(prior) or None
            )
        )
        db.flush()
        fact = ModuleStudied(about=learner, enrolment_id=enrolment_id, module=code, edition=edition, prior=prior)
        record(db, fact, by=learner, now=now)


def accept_code(db: Db, world: World, now: datetime, *, learner: UUID | None = None) -> None:
    """The code of conduct of Rivermere, as it is today."""
    register.accept_code(
        db,
        once=uuid4(),
        person_id=learner or world.pa,
        authority_id=world.authority,
        version=CODE_VERSION,
        now=now,
    )


def know(db: Db, enrolment_id: UUID, world: World, now: datetime, *, but: frozenset[str] = frozenset()) -> None:
    """All that the knowledge course teaches, heard by the coordinator; of the modules in `but` nothing."""
    for module in shelf(db, Courses).modules_of("CCK"):
        if module.code not in but:
            shown.show_in_conversation(
                db,
                enrolment_id=enrolment_id,
                module=module.code,
                outcomes=module.outcomes_in(Nation.ENGLAND),
                source_id=uuid4(),
                by=world.coordinator,
                now=now,
            )


def open_standards(db: Db, enrolment_id: UUID, world: World, framework: str, now: datetime) -> tuple[str, ...]:
    """Begin to show practice; the codes of the standards."""
    places_opening.open_standards(db, enrolment_id=enrolment_id, framework=framework, by=world.coordinator, now=now)
    return tuple(unit.code for unit in shelf(db, Frameworks).framework(framework).units)


def sign(db: Db, enrolment_id: UUID, units: Iterable[str], world: World, now: datetime, *, turn: int = 1) -> list[UUID]:
    """Sign units off: the assessor of the college."""
    made = []
    for unit in units:
        here = select(LearnerUnit).where(LearnerUnit.enrolment_id == enrolment_id, LearnerUnit.unit == unit)
        row = db.scalars(here).one()
        end = SignOff(
            id=uuid4(),
            enrolment_id=enrolment_id,
            unit=unit,
            turn=turn,
            framework=row.framework,
            edition=row.edition,
            learner_id=row.learner_id,
            signed_by=world.assessor,
            capacity=Capacity.ASSESSOR,
            behalf=world.college,
            name="Hannah Cole",
            role="assessor",
            how=How.TYPED,
            supporter="",
            consent="",
            heard_by="",
            statement="Each one is met.",
            copy=None,
            copy_digest=None,
            at=now,
        )
        db.add(end)
        db.flush()
        fact = UnitSignedOff(about=row.learner_id, enrolment_id=enrolment_id, unit=unit, sign_off_id=end.id)
        record(db, fact, by=world.assessor, now=now)
        made.append(end.id)
    return made
