"""Read policies and plans. What the pages of a plan show costs the same however much was decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, inspect, select

from lms.assessment.content import Frameworks, Placed
from lms.assessment.quality.models import Sample, SamplingPlan, SamplingPolicy, SamplingWork
from lms.assessment.quality.planning.rules import Chosen, ShareStand, Work
from lms.assessment.quality.planning.work import words_of
from lms.assessment.quality.rules import DEFAULT, Period, Policy, Share, Stage, Weighed
from lms.assessment.quality.samples.rules import LOOKED
from lms.core.db import Db, columns
from lms.core.shelves import shelf
from lms.core.words import NotFound
from lms.people import queries as people

_OF_AUTHORITY = SamplingPolicy.authority_id == bindparam("authority_id")
_ORDER = (SamplingPolicy.set_at.desc(), SamplingPolicy.id)
_NEWEST = select(SamplingPolicy).where(_OF_AUTHORITY).order_by(*_ORDER)
# Columns, since an entity costs twice as much and whoever decides asks it.
_POLICY: Select[Any] = select(*inspect(SamplingPolicy).columns).where(_OF_AUTHORITY).order_by(*_ORDER).limit(1)
SHOWN = 50
"""Policies of an authority that a page lists, the newest first."""


@dataclass(frozen=True)
class PolicyView:
    """A policy with who set it and when."""

    id: UUID
    policy: Policy
    set_by: UUID
    set_at: datetime


@dataclass(frozen=True)
class PlanView:
    """Where a plan stands, as it was worked out last. `fresh`: nothing was decided since."""

    period: Period
    stands: tuple[ShareStand, ...]
    pieces: int
    decisions: int
    made_at: datetime | None
    fresh: bool

    @property
    def met(self) -> bool:
        """Whether every share is met."""
        return all(stand.met for stand in self.stands)


def policy_of(db: Db, authority_id: UUID) -> Policy:
    """What an authority asks for now; the default until it has said so. One query."""
    row = columns(db, _POLICY, {"authority_id": authority_id}).one_or_none()
    return _policy(row) if row else DEFAULT


def policies_of(db: Db, authority_id: UUID) -> tuple[PolicyView, ...]:
    """Every policy an authority set, the newest first."""
    rows = db.scalars(_NEWEST.limit(SHOWN), {"authority_id": authority_id})
    return tuple(PolicyView(row.id, _policy(row), row.set_by, row.set_at) for row in rows)


def _policy(row: Any) -> Policy:
    return Policy(
        shares={share: getattr(row, f"share_{share.value}") for share in Share},
        weights={risk: getattr(row, f"weight_{risk.value}") for risk in Weighed},
        fast_hours=row.fast_hours,
        uniform_from=row.uniform_from,
        waits=row.waits,
        waits_in=frozenset(row.waits_in),
        wait_days=row.wait_days,
        answer_days=row.answer_days,
        appeal_days=row.appeal_days,
        appeal_answer_days=row.appeal_answer_days,
    )


def plan_of(db: Db, authority_id: UUID, period: Period) -> PlanView:
    """Where an authority's plan for a quarter stands. Two queries."""
    row = columns(db, _PLAN, {"authority_id": authority_id, "period": period.code}).one_or_none()
    fresh = not is_stale(db, authority_id, period)
    if row is None:
        return PlanView(period, (), 0, 0, None, fresh)
    stands = tuple(ShareStand(**{**stand, "share": Share(stand["share"])}) for stand in row.stands)
    return PlanView(period, stands, row.pieces, row.decisions, row.made_at, fresh)


def is_stale(db: Db, authority_id: UUID, period: Period) -> bool:
    """Whether something was decided that no plan has seen yet."""
    return columns(db, _STALE, {"authority_id": authority_id, "period": period.code}).first() is not None


# Put together once, and of columns: a plan is looked at often.
_PLAN = select(SamplingPlan.stands, SamplingPlan.pieces, SamplingPlan.decisions, SamplingPlan.made_at).where(
    SamplingPlan.authority_id == bindparam("authority_id"), SamplingPlan.period == bindparam("period")
)
_STALE = (
    select(SamplingWork.id)
    .where(
        SamplingWork.authority_id == bindparam("authority_id"),
        SamplingWork.period == bindparam("period"),
        SamplingWork.planned.is_(False),
    )
    .limit(1)
)


def stale_plans(db: Db) -> list[tuple[UUID, str]]:
    """The authorities and quarters in which something was decided that no plan has seen yet."""
    wanted = select(SamplingWork.authority_id, SamplingWork.period).where(SamplingWork.planned.is_(False)).distinct()
    return [(authority, period) for authority, period in db.execute(wanted)]


@dataclass(frozen=True)
class Pool:
    """What a plan is made from: the work of a quarter by key, the rows behind it, and what is chosen already."""

    work: tuple[Work, ...]
    rows: Mapping[str, Any]
    chosen: tuple[Chosen, ...]
    last_looked: Mapping[str, str]


_WORK = select(
    SamplingWork.id,
    SamplingWork.authority_id,
    SamplingWork.period,
    SamplingWork.enrolment_id,
    SamplingWork.unit,
    SamplingWork.framework,
    SamplingWork.edition,
    SamplingWork.learner_id,
    SamplingWork.assessor_id,
    SamplingWork.kinds,
    SamplingWork.risks,
    SamplingWork.stage,
    SamplingWork.decisions,
    SamplingWork.changed_at,
    SamplingWork.planned,
).where(SamplingWork.authority_id == bindparam("authority_id"), SamplingWork.period == bindparam("period"))
_CHOSEN = select(Sample.work_id, Sample.stage, Sample.state).where(
    Sample.authority_id == bindparam("authority_id"), Sample.period == bindparam("period")
)
_BEFORE = (
    select(Sample.framework, Sample.unit, Sample.kinds, func.max(Sample.period).label("last"))
    .where(Sample.authority_id == bindparam("authority_id"), Sample.period < bindparam("period"))
    .group_by(Sample.framework, Sample.unit, Sample.kinds)
)


def pool_of(db: Db, authority_id: UUID, period: Period) -> Pool:
    """Everything the plan of a quarter is made from. Three queries."""
    asked = {"authority_id": authority_id, "period": period.code}
    rows = {key_of(row): row for row in columns(db, _WORK, asked)}
    by_id = {row.id: key for key, row in rows.items()}
    chosen = tuple(
        Chosen(by_id[row.work_id], row.stage, row.state in LOOKED)
        for row in columns(db, _CHOSEN, asked)
        if row.work_id in by_id
    )
    last: dict[str, str] = {}
    for row in columns(db, _BEFORE, asked):
        for group in (standard(row.framework, row.unit), *words_of(row.kinds)):
            last[group] = max(last.get(group, ""), row.last)
    return Pool(tuple(_work(key, row) for key, row in rows.items()), rows, chosen, last)


def key_of(row: Any) -> str:
    """What a piece of work is known by in the draw: nothing that anybody could choose anew."""
    return f"{row.enrolment_id}/{row.unit}/{row.assessor_id}"


def standard(framework: str, unit: str) -> str:
    """A unit of an edition in one word."""
    return f"{framework}:{unit}"


def _work(key: str, row: Any) -> Work:
    return Work(
        key,
        learner=str(row.learner_id),
        unit=standard(row.framework, row.unit),
        assessor=str(row.assessor_id),
        framework=row.framework,
        kinds=frozenset(words_of(row.kinds)),
        risks=frozenset(Weighed(risk) for risk in words_of(row.risks)),
        stage=row.stage,
    )


@dataclass(frozen=True)
class WorkView:
    """A piece of work a plan can choose, with whose it is; `chosen` says that it is in the plan at this stage."""

    id: UUID
    learner_name: str
    assessor_name: str
    placed: Placed | None
    unit: str
    stage: Stage
    decisions: int
    risks: tuple[Weighed, ...]
    last_at: datetime
    chosen: bool


def work_in(db: Db, authority_id: UUID, period: Period, *, offset: int, limit: int) -> tuple[list[WorkView], int]:
    """A page of what was decided in a quarter, the newest first, and how many pieces. Four queries."""
    here = (SamplingWork.authority_id == authority_id) & (SamplingWork.period == period.code)
    total = db.scalar(select(func.count()).select_from(SamplingWork).where(here)) or 0
    newest = select(SamplingWork).where(here).order_by(SamplingWork.last_at.desc(), SamplingWork.id)
    rows = db.scalars(newest.offset(offset).limit(limit)).all()
    names = people.persons(db, {id for row in rows for id in (row.learner_id, row.assessor_id)})
    chosen = db.execute(select(Sample.work_id, Sample.stage).where(Sample.work_id.in_([row.id for row in rows])))
    there = {(row.work_id, row.stage) for row in chosen}
    frameworks = shelf(db, Frameworks)
    found = [
        WorkView(
            row.id,
            names[row.learner_id].name,
            names[row.assessor_id].name,
            frameworks.placed(row.framework, row.edition, row.unit),
            row.unit,
            row.stage,
            row.decisions,
            tuple(Weighed(word) for word in words_of(row.risks)),
            row.last_at,
            (row.id, row.stage) in there,
        )
        for row in rows
    ]
    return found, total


def wall_of(db: Db, work_id: UUID) -> UUID:
    """The authority a piece of work belongs to. Raises NotFound."""
    found = db.scalar(select(SamplingWork.authority_id).where(SamplingWork.id == work_id))
    if found is None:
        raise NotFound("work")
    return found
