"""Read how sure somebody feels. Whoever asks has seen to it that the viewer is the learner, or whom they chose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, bindparam, func, select

from lms.assessment.confidence.models import SelfAssessment
from lms.assessment.confidence.rules import Sure
from lms.assessment.content import Framework
from lms.core.db import Db

MOST_EARLIER = 200
"""Earlier answers that are read."""


@dataclass(frozen=True)
class Said:
    """What a learner said of one standard, and when (aware UTC)."""

    id: UUID
    unit: str
    sure: Sure
    at: datetime


def latest(db: Db, learner_id: UUID, framework: Framework) -> Mapping[str, Said]:
    """What somebody said last of each standard, by its code. One query."""
    rows = db.scalars(_LATEST, _named(learner_id, framework))
    return {row.unit: _said(row) for row in rows}


def earlier(db: Db, learner_id: UUID, framework: Framework) -> Mapping[str, tuple[Said, ...]]:
    """What they said of each standard before that, the newest first. One query."""
    found: dict[str, list[Said]] = {}
    for row in db.scalars(_ALL, _named(learner_id, framework)):
        found.setdefault(row.unit, []).append(_said(row))
    return {unit: tuple(each[1:]) for unit, each in found.items() if each[1:]}


def count_since(db: Db, learner_id: UUID, since: datetime) -> int:
    """How often somebody has said how sure they feel since a moment."""
    of_learner = (SelfAssessment.learner_id == learner_id) & (SelfAssessment.said_at > since)
    return db.scalar(select(func.count()).select_from(SelfAssessment).where(of_learner)) or 0


_OF = and_(
    SelfAssessment.learner_id == bindparam("learner_id"),
    SelfAssessment.framework == bindparam("framework"),
    SelfAssessment.edition == bindparam("edition"),
)
_LAST = (
    select(SelfAssessment.unit, func.max(SelfAssessment.said_at).label("said_at"))
    .where(_OF)
    .group_by(SelfAssessment.unit)
    .subquery()
)
_LATEST = (
    select(SelfAssessment)
    .join(_LAST, and_(_LAST.c.unit == SelfAssessment.unit, _LAST.c.said_at == SelfAssessment.said_at))
    .where(_OF)
    .order_by(SelfAssessment.id)
)
_ALL = (
    select(SelfAssessment)
    .where(_OF)
    .order_by(SelfAssessment.said_at.desc(), SelfAssessment.id.desc())
    .limit(MOST_EARLIER)
)


def _named(learner_id: UUID, framework: Framework) -> dict[str, object]:
    return {"learner_id": learner_id, "framework": framework.code, "edition": framework.edition}


def _said(row: SelfAssessment) -> Said:
    return Said(row.id, row.unit, row.sure, row.said_at)
