"""Read works on many: an authority's, and one with its numbers and lines. Bounded everywhere."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select

from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.people import queries as people
from lms.programme.bulk.choosing import names_of
from lms.programme.bulk.models import BulkLine, BulkWork
from lms.programme.bulk.rules import Tally
from lms.programme.bulk.words import CAN_BE_TAKEN_BACK, Fate, State, What


@dataclass(frozen=True)
class WorkView:
    """A work on many as its page shows it. `undone_by` is the newest work that takes it back, None: there is none."""

    id: UUID
    authority_id: UUID
    what: What
    title: str
    details: Mapping[str, Any]
    chosen: Mapping[str, Any]
    left_out: int
    undoes: UUID | None
    state: State
    asked_by: UUID
    asked_at: datetime
    looked_at: datetime | None
    started_by: UUID | None
    started_at: datetime | None
    ended_at: datetime | None
    tally: Tally
    undone_by: UUID | None = None

    @property
    def may_be_taken_back(self) -> bool:
        """Whether there is a way back, and something was done."""
        return (
            self.what in CAN_BE_TAKEN_BACK
            and self.state in {State.DONE, State.STOPPED, State.CLOSED}
            and self.tally[Fate.DONE] > 0
        )


@dataclass(frozen=True)
class LineView:
    """One of those chosen, by name; `person_id` None: a word that was pasted in. `helper` is an assessor's name."""

    place: int
    person_id: UUID | None
    enrolment_id: UUID | None
    name: str
    state: Fate
    why: str
    filled: Mapping[str, Any]
    helper: str


_WORK = (
    BulkWork.id,
    BulkWork.authority_id,
    BulkWork.what,
    BulkWork.title,
    BulkWork.details,
    BulkWork.chosen,
    BulkWork.left_out,
    BulkWork.undoes,
    BulkWork.state,
    BulkWork.asked_by,
    BulkWork.asked_at,
    BulkWork.looked_at,
    BulkWork.started_by,
    BulkWork.started_at,
    BulkWork.ended_at,
)
_WORKS = (
    select(*_WORK)
    .where(BulkWork.authority_id == bindparam("authority_id"))
    .order_by(BulkWork.asked_at.desc(), BulkWork.id)
)
_HOW_MANY = select(func.count()).select_from(BulkWork).where(BulkWork.authority_id == bindparam("authority_id"))
_ONE = select(*_WORK).where(BulkWork.id == bindparam("work_id"))
_UNDONE = select(BulkWork.id).where(BulkWork.undoes == bindparam("work_id")).order_by(BulkWork.asked_at.desc()).limit(1)
_COUNTED = (
    select(BulkLine.work_id, BulkLine.state, func.count())
    .where(BulkLine.work_id.in_(bindparam("ids", expanding=True)))
    .group_by(BulkLine.work_id, BulkLine.state)
)
_LINES = (
    select(
        BulkLine.place,
        BulkLine.person_id,
        BulkLine.enrolment_id,
        BulkLine.given,
        BulkLine.state,
        BulkLine.why,
        BulkLine.filled,
        BulkLine.helper_id,
    )
    .where(BulkLine.work_id == bindparam("work_id"))
    .order_by(BulkLine.place)
)
_LINES_IN = _LINES.where(BulkLine.state.in_(bindparam("fates", expanding=True, type_=BulkLine.state.type)))


def works_in(db: Db, authority_id: UUID, *, offset: int = 0, limit: int) -> tuple[list[WorkView], int]:
    """Some works of an authority, the newest first, and how many there are. Three queries."""
    values = {"authority_id": authority_id}
    rows = columns(db, _WORKS.offset(offset).limit(limit), values).all()
    tallies = _tallies(db, [row.id for row in rows])
    return [_view(row, tallies[row.id]) for row in rows], columns(db, _HOW_MANY, values).scalar_one()


def work(db: Db, work_id: UUID, authorities: Collection[UUID]) -> WorkView:
    """One work of one of these authorities. Raises NotFound for any other, as for one that is not there."""
    row = columns(db, _ONE, {"work_id": work_id}).one_or_none()
    if row is None or row.authority_id not in authorities:
        raise NotFound("work")
    undone = columns(db, _UNDONE, {"work_id": work_id}).scalar_one_or_none()
    return _view(row, _tallies(db, [row.id])[row.id], undone)


def _view(row: Any, tally: Tally, undone_by: UUID | None = None) -> WorkView:
    every: tuple[Any, ...] = (*row, tally, undone_by)
    return WorkView(*every)


def _tallies(db: Db, ids: Sequence[UUID]) -> dict[UUID, Tally]:
    found: dict[UUID, dict[Fate, int]] = {id: {} for id in ids}
    for work_id, state, number in columns(db, _COUNTED, {"ids": list(ids)}) if ids else ():
        found[work_id][state] = number
    return {id: Tally(of) for id, of in found.items()}


def lines(
    db: Db, of: WorkView, fates: Collection[Fate] = (), *, offset: int = 0, limit: int | None = None
) -> list[LineView]:
    """The lines of a work in the order of names, all or those in some states. Two queries, more in a file of many."""
    wanted, values = (_LINES_IN, {"work_id": of.id, "fates": list(fates)}) if fates else (_LINES, {"work_id": of.id})
    rows = columns(db, wanted.offset(offset).limit(limit), values).all()
    helpers = {row.helper_id for row in rows if row.helper_id} if of.what is What.ALLOCATE else set()
    names = names_of(db, {row.person_id for row in rows if row.person_id} | helpers)
    return [
        LineView(
            row.place,
            row.person_id,
            row.enrolment_id,
            names.get(row.person_id, "") if row.person_id else row.given or "",
            row.state,
            row.why,
            row.filled or {},
            names.get(row.helper_id, "") if row.helper_id in helpers else "",
        )
        for row in rows
    ]


def known_by_name(db: Db, ids: Collection[UUID | None]) -> dict[UUID, str]:
    """Who asked for a work and who started it. One query."""
    return {id: each.name for id, each in people.persons(db, {each for each in ids if each}).items()}
