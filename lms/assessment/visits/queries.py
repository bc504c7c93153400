"""Read what came from visits: what an assessor sent, where two versions meet, and what a coordinator has to read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, func, select

from lms.assessment import places
from lms.assessment.content import Line
from lms.assessment.visits import rules
from lms.assessment.visits.models import VisitSettled, VisitThing
from lms.assessment.visits.rules import Came
from lms.assessment.visits.things import Draft, Observation
from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.learning import queries as learning
from lms.people import queries as people

MOST_SENT = 30
"""Things shown of what was sent last."""

day = london_day


@dataclass(frozen=True)
class AboutVisit:
    """When something was written on a visit: the time of day as it was given, our reckoning, and when it reached us."""

    clock: str
    recorded_at: datetime
    received_at: datetime


@dataclass(frozen=True)
class Sent:
    """Something an assessor sent from a phone, and what became of it."""

    row: VisitThing
    learner: str
    line: Line | None
    settled: VisitSettled | None


@dataclass(frozen=True)
class Received:
    """Something kept and not filed, with the drafts that rest on it; `lines` are those the learner still works to."""

    row: VisitThing
    learner: str
    by_name: str
    lines: tuple[Line, ...]
    gone: tuple[str, ...]
    drafts: tuple[VisitThing, ...]
    every: Mapping[str, Line]
    settled: VisitSettled | None
    settled_by: str


def about(db: Db, evidence_ids: Collection[UUID]) -> dict[UUID, AboutVisit]:
    """When pieces of evidence were written on a visit, by piece; those from elsewhere are left out. One query."""
    rows = db.scalars(select(VisitThing).where(VisitThing.evidence_id.in_(evidence_ids))) if evidence_ids else ()
    return {row.id: AboutVisit(row.clock, row.recorded_at, row.received_at) for row in rows}


def sent_by(db: Db, person_id: UUID) -> list[Sent]:
    """What somebody sent last, the newest first."""
    wanted = (
        _with_settled()
        .where(VisitThing.person_id == person_id)
        .order_by(VisitThing.received_at.desc(), VisitThing.at.desc(), VisitThing.id)
        .limit(MOST_SENT)
    )
    return _sent(db, db.execute(wanted).all())


def meetings_of(db: Db, person_id: UUID) -> list[Sent]:
    """The drafts of somebody that met another version and are not settled; of a line only the newest from a phone."""
    return _sent(db, [(row, None) for row in meeting_rows(db, person_id)])


def meeting_rows(db: Db, person_id: UUID) -> list[VisitThing]:
    """The same, lean. Two queries."""
    rows = db.scalars(MEETING, {"person_id": person_id}).all()
    if not rows:
        return []
    of = (VisitThing.person_id == person_id, VisitThing.line.in_({row.line for row in rows}))
    every = db.scalars(select(VisitThing).where(*of)).all()
    return [row for row in rows if _is_newest(row, every)]


# Put together once: every queue of an assessor asks it, and mostly there is nothing.
MEETING = (
    select(VisitThing)
    .where(
        VisitThing.person_id == bindparam("person_id"),
        VisitThing.came == Came.MEETS,
        ~select(VisitSettled.thing_id).where(VisitSettled.thing_id == VisitThing.id).exists(),
    )
    .order_by(VisitThing.received_at, VisitThing.at, VisitThing.id)
    .limit(200)
)


def _is_newest(row: VisitThing, every: Sequence[VisitThing]) -> bool:
    same = (row.enrolment_id, row.line, row.phone)
    return rules.is_newest(row, [each for each in every if (each.enrolment_id, each.line, each.phone) == same])


def count_meetings(db: Db, person_id: UUID) -> int:
    """How many there are."""
    return len(meeting_rows(db, person_id))


def meeting(db: Db, thing_id: UUID, person_id: UUID) -> Sent:
    """One of somebody's own, also when it is settled. Raises NotFound."""
    found = db.execute(_with_settled().where(VisitThing.id == thing_id)).one_or_none()
    if found is None or found[0].person_id != person_id or found[0].came is not Came.MEETS:
        raise NotFound("visit")
    return _sent(db, [found])[0]


def _with_settled() -> Select[VisitThing, VisitSettled]:
    return select(VisitThing, VisitSettled).outerjoin(VisitSettled, VisitSettled.thing_id == VisitThing.id)


def _sent(db: Db, rows: Sequence[Any]) -> list[Sent]:
    names = people.persons(db, {row.learner_id for row, _ in rows})
    lines = {each: _lines(db, each) for each in {row.enrolment_id for row, _ in rows}}
    return [
        Sent(row, names[row.learner_id].name, lines[row.enrolment_id].get(row.line or ""), settled)
        for row, settled in rows
    ]


def _lines(db: Db, enrolment_id: UUID) -> dict[str, Line]:
    try:
        enrolment = learning.enrolment(db, enrolment_id)
    except NotFound:  # erased since
        return {}
    return {line.key: line for placed in places.units_of(db, enrolment) for line in placed.unit.lines}


@dataclass(frozen=True)
class Kept:
    """A row of the coordinator's list."""

    row: VisitThing
    learner: str
    by_name: str


def kept_in(
    db: Db, authorities: Collection[UUID], *, offset: int = 0, limit: int | None = None
) -> tuple[list[Kept], int]:
    """What authorities' coordinators have to read, the oldest first, and how many there are. Three queries."""
    total = count_kept(db, authorities)
    rows = kept_rows(db, authorities, offset=offset, limit=limit)
    names = people.persons(db, {row.learner_id for row in rows} | {row.person_id for row in rows})
    return [Kept(row, names[row.learner_id].name, names[row.person_id].name) for row in rows], total


def kept_rows(
    db: Db, authorities: Collection[UUID], *, offset: int = 0, limit: int | None = None
) -> Sequence[VisitThing]:
    """The same, lean. One query."""
    in_order = _waiting(authorities).order_by(VisitThing.received_at, VisitThing.id)
    return db.scalars(in_order.offset(offset).limit(limit)).all()


class KeptRow(NamedTuple):
    """Something kept, as much of it as a queue shows."""

    id: UUID
    learner_id: UUID
    authority_id: UUID
    received_at: datetime


def kept_in_short(db: Db, authorities: Collection[UUID], *, limit: int) -> list[KeptRow]:
    """The oldest of what coordinators have to read. One query."""
    return [KeptRow(*row) for row in columns(db, _KEPT, {"authorities": list(authorities), "most": limit})]


def count_kept(db: Db, authorities: Collection[UUID]) -> int:
    """How many there are."""
    return db.scalar(select(func.count()).select_from(_waiting(authorities).subquery())) or 0 if authorities else 0


def _waiting(authorities: Collection[UUID] | BindParameter[Any]) -> Select[VisitThing]:
    """Kept and not settled; drafts that were kept only because their observation was stand with it."""
    settled = select(VisitSettled.thing_id).where(VisitSettled.thing_id == VisitThing.id)
    return select(VisitThing).where(
        VisitThing.authority_id.in_(authorities),
        VisitThing.came == Came.KEPT,
        ~settled.exists(),
        VisitThing.why != rules.Why.NOT_FILED,
    )


_KEPT = (  # put together once: every queue of a coordinator asks it
    _waiting(bindparam("authorities", expanding=True))
    .with_only_columns(VisitThing.id, VisitThing.learner_id, VisitThing.authority_id, VisitThing.received_at)
    .order_by(VisitThing.received_at, VisitThing.id)
    .limit(bindparam("most"))
)


def received(db: Db, thing_id: UUID) -> Received:
    """One thing that was kept. Raises NotFound."""
    found = db.execute(_with_settled().where(VisitThing.id == thing_id)).one_or_none()
    if found is None or found[0].came is not Came.KEPT:
        raise NotFound("visit")
    row = found[0]
    settled: VisitSettled | None = found[1]  # an outer join
    every = _lines(db, row.enrolment_id)
    keys = observation_in(row).lines if row.kind == "observation" else (row.line or "",)
    names = people.persons(db, {row.learner_id, row.person_id} | ({settled.by} if settled is not None else set()))
    with_it: ColumnElement[bool] = VisitThing.observation_id == row.id
    drafts = db.scalars(select(VisitThing).where(with_it, VisitThing.came == Came.KEPT).order_by(VisitThing.at))
    return Received(
        row=row,
        learner=names[row.learner_id].name,
        by_name=names[row.person_id].name,
        lines=tuple(every[key] for key in keys if key in every),
        gone=tuple(key for key in keys if key not in every),
        drafts=tuple(drafts) if row.kind == "observation" else (),
        every=every,
        settled=settled,
        settled_by=names[settled.by].name if settled is not None else "",
    )


def day_seen(row: VisitThing) -> date:
    """The day of an observation that was kept, as its writer gave it."""
    said = observation_in(row)
    return rules.day_of(on=said.on, days_ago=said.days_ago, written_on=london_day(row.recorded_at))


def observation_in(row: VisitThing) -> Observation:
    """The observation whose words a row keeps."""
    return Observation.model_validate(_whole(row))


def draft_in(row: VisitThing) -> Draft:
    """The draft whose words a row keeps."""
    return Draft.model_validate(_whole(row))


def _whole(row: VisitThing) -> dict[str, Any]:
    of = {"id": row.id, "at": row.at, "taken": row.taken_id, "phone": row.phone, "kind": row.kind}
    return {**row.content, **of}
