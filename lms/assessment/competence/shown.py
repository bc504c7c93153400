"""Read what pages show of one assessor: each standard with what is on record, training, marks and ties."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from lms.assessment.competence.models import (
    CompetenceEnd,
    CompetenceRow,
    MarkEnd,
    MarkRow,
    RelationEnd,
    RelationRow,
    TrainingEnd,
    TrainingRow,
)
from lms.assessment.competence.rules import Basis, Mark, Relation, Span, Training, runs_out_soon, shortened
from lms.core.db import Db
from lms.core.words import NotFound
from lms.people import queries as people

MOST = 1000


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing on record of an assessor, and how it ended. `holds` and `soon` are as of the day asked about."""

    id: UUID
    words: str
    since: date
    until: date | None
    by: UUID
    by_name: str
    reason: str
    holds: bool
    soon: bool
    ended_by_hand: bool


@dataclass(frozen=True, kw_only=True)
class CompetenceEntry(Entry):
    """Competence in one unit."""

    framework: str
    unit: str
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class TrainingEntry(Entry):
    """Training to assess; `since` is the day it was done."""

    kind: Training


@dataclass(frozen=True, kw_only=True)
class MarkEntry(Entry):
    """Something said of an assessor as a whole."""

    mark: Mark


def _span(since: date, until: date | None, last_day: date | None) -> Span:
    """As pages show it: what ended before it began has the day it ended as its last one."""
    return shortened(since, until, last_day) or Span(since, last_day)


def competence_entries(
    db: Db, person_id: UUID, authority_ids: Collection[UUID], on: date
) -> Mapping[UUID, Sequence[CompetenceEntry]]:
    """Everything on record of somebody's competence, by authority, the newest first. Two queries."""
    wanted: Select[Any, Any] = (
        select(CompetenceRow, CompetenceEnd)
        .outerjoin(CompetenceEnd, CompetenceEnd.competence_id == CompetenceRow.id)
        .where(CompetenceRow.person_id == person_id, CompetenceRow.authority_id.in_(authority_ids))
        .order_by(CompetenceRow.since.desc(), CompetenceRow.recorded_at.desc(), CompetenceRow.id)
        .limit(MOST)
    )
    rows = db.execute(wanted).all()
    names = people.persons(db, {row.recorded_by for row, _end in rows})
    found: dict[UUID, list[CompetenceEntry]] = {authority: [] for authority in authority_ids}
    for row, end in rows:
        span = _span(row.since, row.until, end.last_day if end else None)
        entry = CompetenceEntry(
            id=row.id,
            words=row.words,
            since=row.since,
            until=span.until,
            by=row.recorded_by,
            by_name=names[row.recorded_by].name,
            reason=end.reason if end else "",
            holds=span.holds(on),
            soon=span.holds(on) and runs_out_soon(span.until, on),
            ended_by_hand=end is not None,
            framework=row.framework,
            unit=row.unit,
            basis=row.basis,
        )
        found[row.authority_id].append(entry)
    return found


def training_entries(db: Db, person_id: UUID, authority_id: UUID, on: date) -> Sequence[TrainingEntry]:
    """Everything on record of somebody's training to assess, the newest first. Two queries."""
    wanted: Select[Any, Any] = (
        select(TrainingRow, TrainingEnd)
        .outerjoin(TrainingEnd, TrainingEnd.training_id == TrainingRow.id)
        .where(TrainingRow.person_id == person_id, TrainingRow.authority_id == authority_id)
        .order_by(TrainingRow.done_on.desc(), TrainingRow.id)
        .limit(MOST)
    )
    rows = db.execute(wanted).all()
    names = people.persons(db, {row.recorded_by for row, _end in rows})
    found = []
    for row, end in rows:
        span = _span(row.done_on, row.until, end.last_day if end else None)
        found.append(
            TrainingEntry(
                id=row.id,
                words=row.words,
                since=row.done_on,
                until=span.until,
                by=row.recorded_by,
                by_name=names[row.recorded_by].name,
                reason=end.reason if end else "",
                holds=span.holds(on),
                soon=span.holds(on) and runs_out_soon(span.until, on),
                ended_by_hand=end is not None,
                kind=row.kind,
            )
        )
    return found


def mark_entries(db: Db, person_id: UUID, authority_id: UUID, on: date) -> Sequence[MarkEntry]:
    """What was said of an assessor as a whole and holds, the newest first. Two queries."""
    wanted: Select[Any, Any] = (
        select(MarkRow, MarkEnd)
        .outerjoin(MarkEnd, MarkEnd.mark_id == MarkRow.id)
        .where(MarkRow.person_id == person_id, MarkRow.authority_id == authority_id)
        .order_by(MarkRow.said_at.desc(), MarkRow.id)
        .limit(MOST)
    )
    rows = db.execute(wanted).all()
    names = people.persons(db, {row.said_by for row, _end in rows})
    found = []
    for row, end in rows:
        span = shortened(row.since, row.until, end.last_day if end else None)
        if span is not None and span.holds(on):
            found.append(
                MarkEntry(
                    id=row.id,
                    words=row.reason,
                    since=row.since,
                    until=span.until,
                    by=row.said_by,
                    by_name=names[row.said_by].name,
                    reason="",
                    holds=True,
                    soon=False,
                    ended_by_hand=False,
                    mark=row.mark,
                )
            )
    return found


@dataclass(frozen=True, kw_only=True)
class TieEntry:
    """What was said about two people. `by_name`: who said it; `over_on`: the last day, once it is over."""

    id: UUID
    person_id: UUID
    person_name: str
    relation: Relation
    since: date | None
    until: date | None
    by: UUID
    by_name: str
    said_at: datetime
    holds: bool
    reason: str


def tie_entries(
    db: Db, learner_id: UUID, on: date, *, person_ids: Collection[UUID] | None = None
) -> Sequence[TieEntry]:
    """What was said about ties to a learner, the newest first; of these people only, where given. Two queries."""
    wanted: Select[Any, Any] = (
        select(RelationRow, RelationEnd)
        .outerjoin(RelationEnd, RelationEnd.relation_id == RelationRow.id)
        .where(RelationRow.learner_id == learner_id)
        .order_by(RelationRow.said_at.desc(), RelationRow.id)
        .limit(MOST)
    )
    if person_ids is not None:
        wanted = wanted.where(RelationRow.person_id.in_(person_ids))
    rows = db.execute(wanted).all()
    names = people.persons(db, {row.person_id for row, _end in rows} | {row.said_by for row, _end in rows})
    found = []
    for row, end in rows:
        span = shortened(row.since or date.min, row.until, end.last_day if end else None)
        found.append(
            TieEntry(
                id=row.id,
                person_id=row.person_id,
                person_name=names[row.person_id].name,
                relation=row.relation,
                since=row.since,
                until=span.until if span else (end.last_day if end else row.until),
                by=row.said_by,
                by_name=names[row.said_by].name,
                said_at=row.said_at,
                holds=span is not None and span.holds(on),
                reason=end.reason if end else "",
            )
        )
    return found


def recorded_for(db: Db, person_id: UUID) -> Sequence[UUID]:
    """The authorities that have anything on record of what somebody may assess. One query."""
    wanted = select(CompetenceRow.authority_id).where(CompetenceRow.person_id == person_id)
    return sorted(db.scalars(wanted.distinct()))


def counts_in(db: Db, person_ids: Collection[UUID], authority_id: UUID, framework: str, on: date) -> Mapping[UUID, int]:
    """In how many units of a framework each of these people is competent on a day. One query."""
    ended = select(CompetenceEnd.competence_id).where(
        CompetenceEnd.competence_id == CompetenceRow.id, CompetenceEnd.last_day < on
    )
    rows = db.execute(
        select(CompetenceRow.person_id, func.count(CompetenceRow.unit.distinct()))
        .where(
            CompetenceRow.person_id.in_(person_ids),
            CompetenceRow.authority_id == authority_id,
            CompetenceRow.framework == framework,
            people.current(CompetenceRow, on),
            ~ended.exists(),
        )
        .group_by(CompetenceRow.person_id)
    )
    return dict(rows.all())


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """Whose record something is, and in which authority; of competence also the framework and unit."""

    person_id: UUID
    authority_id: UUID
    words: str
    framework: str = ""
    unit: str = ""


def competence_at(db: Db, competence_id: UUID) -> Recorded:
    """One record of competence. Raises NotFound."""
    row = db.get(CompetenceRow, competence_id)
    if row is None:
        raise NotFound("competence")
    return Recorded(
        person_id=row.person_id,
        authority_id=row.authority_id,
        words=row.words,
        framework=row.framework,
        unit=row.unit,
    )


def training_at(db: Db, training_id: UUID) -> Recorded:
    """One record of training. Raises NotFound."""
    row = db.get(TrainingRow, training_id)
    if row is None:
        raise NotFound("training")
    return Recorded(person_id=row.person_id, authority_id=row.authority_id, words=row.words)
