"""What tests of assessment read out of the tables, and an allocation made in one line."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from lms.assessment import allocating, queries
from lms.assessment.rules import UnitState
from lms.core.clock import london_day
from lms.core.db import Base, Db
from lms.core.models import EventRow
from tests.assessment.conftest import Course
from tests.world import World


def count(db: Db, table: type[Base]) -> int:
    return db.scalar(select(func.count()).select_from(table)) or 0


def facts(db: Db, kind: str) -> list[EventRow]:
    return list(db.scalars(select(EventRow).where(EventRow.kind == kind).order_by(EventRow.id)))


def where_it_stands(db: Db, course: Course) -> UnitState:
    return queries.practice_of(db, course.enrolment)[0].state


def allocate(db: Db, course: Course, world: World, now: datetime, **given: object) -> UUID:
    asked: dict[str, object] = {
        "enrolment_id": course.second,
        "assessor_id": world.assessor,
        "since": london_day(now),
        "by": world.coordinator,
        "now": now,
    }
    return allocating.allocate_assessor(db, **(asked | given))  # type: ignore[arg-type]
