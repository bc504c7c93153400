"""Keep where each enrolment stands: worked out with every fact, when a day comes that changes it, and by a recount."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from lms.core.clock import london_day
from lms.core.db import Db, columns, is_duplicate
from lms.core.house import House
from lms.core.telling import Tell
from lms.learning import under_way as learning
from lms.programme.desk import facts
from lms.programme.desk.models import DeskStanding
from lms.programme.desk.rules import Stand, stand
from lms.programme.desk.touching import take

AT_ONCE = 500
"""Learners worked out in one go."""

MANY = 100
"""Learners touched in one unit of work from which on new ones are worked out a moment later, by the sweep."""

_STAND = tuple(each.name for each in fields(Stand))
_KEPT = ("learner_id", "authority_id", "course", *_STAND)
Row = dict[str, Any]


def settle(db: Db) -> None:
    """Work out again whomever a fact of this unit of work touched: once, just before its commit."""
    touched = take(db)
    if touched is None:
        return
    ids, now = touched
    every = sorted(ids if len(ids) <= MANY else _with_rows(db, ids))
    for start in range(0, len(every), AT_ONCE):
        work_out(db, every[start : start + AT_ONCE], london_day(now))


def _with_rows(db: Db, ids: Collection[UUID]) -> set[UUID]:
    """Of so many those whom the desk counts already: the others the sweep finds within a minute."""
    every, found = list(ids), set[UUID]()
    for start in range(0, len(every), AT_ONCE):
        found.update(row[0] for row in columns(db, _COUNTED, {"ids": every[start : start + AT_ONCE]}))
    return found


@dataclass(frozen=True)
class Difference:
    """What was kept of an enrolment and what a recount gives; None: there is no such row."""

    enrolment_id: UUID
    kept: Row | None
    counted: Row | None


def work_out(db: Db, learner_ids: Sequence[UUID], on: date) -> list[Difference]:
    """Write where these learners' enrolments stand on a day; gives what was otherwise before."""
    # Held before anything is read: of two facts arriving at once, the second to be worked out sees both.
    kept = _kept(db, learner_ids, _HELD)
    found = differences(db, learner_ids, on, kept)
    connection = db.connection()
    gone = [each.enrolment_id for each in found if each.counted is None]
    if gone:
        connection.execute(_GONE, {"ids": gone})
    changed = [{"key": one.enrolment_id, **_new(one.counted)} for one in found if one.kept and one.counted]
    if changed:
        connection.execute(_CHANGE, changed)
    added = [{"enrolment_id": one.enrolment_id, **one.counted} for one in found if one.counted and not one.kept]
    if added and not _added(db, added):
        return work_out(db, learner_ids, on)  # another writer was first by a moment: now their rows are held as well
    return found


def _added(db: Db, rows: Sequence[Row]) -> bool:
    """Whether these rows are there now by us; False when one of them was there already, and none was added."""
    try:
        with db.begin_nested():
            db.connection().execute(insert(DeskStanding), rows)
    except IntegrityError as error:
        if not is_duplicate(error):
            raise
        return False
    return True


def differences(db: Db, learner_ids: Sequence[UUID], on: date, kept: dict[UUID, Row] | None = None) -> list[Difference]:
    """Where what is kept of these learners is not what a recount over the facts gives; nothing is written."""
    if kept is None:
        kept = _kept(db, learner_ids, _READ)
    counted = {each.id: _row(each, on) for each in facts.of_learners(db, learner_ids)}
    return [
        Difference(id, kept.get(id), counted.get(id))
        for id in sorted({*kept, *counted})
        if kept.get(id) != counted.get(id)
    ]


def _row(each: facts.Enrolled, on: date) -> Row:
    same = {"learner_id": each.learner_id, "authority_id": each.authority_id, "course": each.course}
    return {**same, **vars(stand(each.known, on))}


def _new(row: Row) -> Row:
    return {f"new_{name}": value for name, value in row.items()}


def _kept(db: Db, learner_ids: Collection[UUID], wanted: Any) -> dict[UUID, Row]:
    rows = columns(db, wanted, {"ids": list(learner_ids)})
    return {row.enrolment_id: {name: getattr(row, name) for name in _KEPT} for row in rows}


_IDS: Any = bindparam("ids", type_=Uuid(), expanding=True)
_READ = select(DeskStanding.enrolment_id, *(getattr(DeskStanding, name) for name in _KEPT)).where(
    DeskStanding.learner_id.in_(_IDS)
)
_COUNTED = select(DeskStanding.learner_id).where(DeskStanding.learner_id.in_(_IDS)).distinct()
_HELD = _READ.order_by(DeskStanding.enrolment_id).with_for_update()
_GONE = delete(DeskStanding).where(DeskStanding.enrolment_id.in_(_IDS))
_CHANGE = (
    update(DeskStanding)
    .where(DeskStanding.enrolment_id == bindparam("key"))
    .values({name: bindparam(f"new_{name}") for name in _KEPT})
    .execution_options(synchronize_session=False)
)


def sweep(house: House, now: datetime) -> None:
    """Each minute: those never worked out, as after an upgrade, and those a day has come for."""
    on = london_day(now)
    for some in _due(house, on):
        with house.database.writing() as db:
            work_out(db, some, on)


def _due(house: House, on: date) -> Iterator[list[UUID]]:
    """Learners to work out, some at a time, until there are none; the same ones twice would go on for ever."""
    done: set[UUID] = set()
    while True:
        with house.database.reading() as db:
            some = learning.learners_without(db, DeskStanding.enrolment_id.expression, limit=AT_ONCE)
            some = some or [row[0] for row in columns(db, _COME, {"on": on, "limit": AT_ONCE})]
        fresh = sorted(set(some) - done)
        if not fresh:
            return
        done.update(fresh)
        yield fresh


_COME = (
    select(DeskStanding.learner_id)
    .where(DeskStanding.holds_until <= bindparam("on"))
    .distinct()
    .limit(bindparam("limit"))
)


def recount(house: House, now: datetime, *, check: bool = False, tell: Tell | None = None) -> Iterator[Difference]:
    """Count everybody again over the facts, and give every row that was otherwise; `check`: mend nothing.

    Rows of people who have no enrolment any more are found as well.
    """
    on, after, done = london_day(now), None, 0
    with house.database.reading() as db:
        total = learning.count_learners(db)
    while some := _next(house, after):
        if check:
            with house.database.reading() as db:
                found = differences(db, some, on)
        else:
            with house.database.writing() as db:
                found = work_out(db, some, on)
        yield from found
        after, done = some[-1], done + len(some)
        if tell:
            tell(min(done, total), total)


def _next(house: House, after: UUID | None) -> list[UUID]:
    """Those who come next: with an enrolment, or with a row."""
    with house.database.reading() as db:
        enrolled = learning.learners_after(db, after, limit=AT_ONCE)
        rows = columns(db, _ROWS_AFTER, {"after": after or UUID(int=0), "limit": AT_ONCE})
        return sorted({*enrolled, *(row[0] for row in rows)})[:AT_ONCE]


_ROWS_AFTER = (
    select(DeskStanding.learner_id)
    .where(DeskStanding.learner_id > bindparam("after", type_=Uuid()))
    .distinct()
    .order_by(DeskStanding.learner_id)
    .limit(bindparam("limit"))
)
