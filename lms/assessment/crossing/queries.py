"""Read awards that learners say they hold, and who saw the proof."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, select

from lms.assessment.crossing.models import HeldAward, HeldAwardSeen, HeldAwardTakenBack
from lms.core.db import Db
from lms.people import queries as people

MOST = 50
"""Awards of one person that are read; nobody has so many."""


@dataclass(frozen=True)
class Seen:
    """Who saw the proof of an award, for which organisation, and when."""

    by_name: str
    behalf: UUID
    at: datetime


@dataclass(frozen=True)
class Award:
    """An award as its holder told of it: never knowledge shown here, and never a certificate of ours.

    Where only the month is known, `awarded_on` is the first of it."""

    id: UUID
    framework: str
    awarded_on: date
    day_known: bool
    signed_by: str
    proof: str
    said_at: datetime
    seen: Seen | None


def awards_of(db: Db, learner_id: UUID) -> tuple[Award, ...]:
    """The awards somebody says they hold, without those taken back, the latest award first. At most two queries."""
    rows: Sequence[Any] = db.execute(_HELD, {"learner_id": learner_id}).all()
    names = people.persons(db, {seen.seen_by for _row, seen in rows if seen is not None})
    return tuple(_award(row, seen, names) for row, seen in rows)


# Put together once, since the gap list asks it and is opened often.
_HELD = (
    select(HeldAward, HeldAwardSeen)
    .outerjoin(HeldAwardTakenBack, HeldAwardTakenBack.award_id == HeldAward.id)
    .outerjoin(HeldAwardSeen, HeldAwardSeen.award_id == HeldAward.id)
    .where(HeldAward.learner_id == bindparam("learner_id", type_=Uuid()), HeldAwardTakenBack.award_id.is_(None))
    .order_by(HeldAward.awarded_on.desc(), HeldAward.id)
    .limit(MOST)
)


def _award(row: HeldAward, seen: HeldAwardSeen | None, names: dict[UUID, people.PersonView]) -> Award:
    return Award(
        id=row.id,
        framework=row.framework,
        awarded_on=row.awarded_on,
        day_known=row.day_known,
        signed_by=row.signed_by,
        proof=row.proof,
        said_at=row.said_at,
        seen=Seen(names[seen.seen_by].name, seen.behalf, seen.at) if seen is not None else None,
    )


def count_since(db: Db, learner_id: UUID, since: datetime) -> int:
    """How many awards somebody has told of since a moment."""
    of_learner = (HeldAward.learner_id == learner_id) & (HeldAward.said_at > since)
    return db.scalar(select(func.count()).select_from(HeldAward).where(of_learner)) or 0
