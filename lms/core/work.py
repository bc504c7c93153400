"""Work that waits for its transaction: written as a row with the fact, done afterwards, harmless when done twice."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import structlog
from sqlalchemy import CursorResult, bindparam, select, update

from lms.core.db import Db, columns, on_commit, write_once, write_rows
from lms.core.models import WorkRow

if TYPE_CHECKING:
    from lms.core.house import House

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=6)
MOST_DOUBLINGS = 10

Worker = Callable[["House", str, datetime], None]
"""Does one piece of work: house, key, now. Opens its own units of work, so that slow parts hold no lock."""

Workers = Mapping[str, Worker]


def later(db: Db, kind: str, key: str, *, now: datetime, due: datetime | None = None) -> None:
    """Ask for work of a kind on the thing named by `key`, once this unit of work is committed, or at a time to come.

    Asking again while it waits changes nothing; asking again after it was done has it done again.
    """
    first = max(now, due or now)
    row = WorkRow(id=uuid4(), kind=kind, key=key, created_at=now, not_before=first)
    there = columns(db, _THERE, {"kind": kind, "key": key}).first()  # an insert that fails costs ten times as much
    if there is not None and there.done_at is None:
        return
    if there is None and write_once(db, row):
        if first == now:
            _ring(db, row.id)
        return
    again = (
        update(WorkRow)
        .where(WorkRow.kind == kind, WorkRow.key == key, WorkRow.done_at.is_not(None))
        .values(done_at=None, not_before=first, attempts=0)
        .returning(WorkRow.id)
    )
    for work_id in db.scalars(again).all():
        if first == now:
            _ring(db, work_id)


def later_all(db: Db, kind: str, keys: Sequence[tuple[str, datetime]], *, now: datetime) -> None:
    """The same for many things nobody asked for before, each with the time from which on; one statement for all."""
    rows = [WorkRow(id=uuid4(), kind=kind, key=key, created_at=now, not_before=max(now, due)) for key, due in keys]
    write_rows(db, rows)
    for row in rows:
        if row.not_before == now:
            _ring(db, row.id)


_THERE = select(WorkRow.id, WorkRow.done_at).where(WorkRow.kind == bindparam("kind"), WorkRow.key == bindparam("key"))


def _ring(db: Db, work_id: UUID) -> None:
    bell: Callable[[UUID], None] | None = db.info.get("bell")
    if bell is not None:
        on_commit(db, lambda: bell(work_id))


def waiting(db: Db, *, now: datetime, limit: int = 500) -> list[UUID]:
    """Work that may be tried now, oldest first."""
    ready = select(WorkRow.id).where(WorkRow.done_at.is_(None), WorkRow.not_before <= now)
    return list(db.scalars(ready.order_by(WorkRow.created_at).limit(limit)))


def do(house: "House", work_id: UUID, *, now: datetime) -> bool:
    """Do one piece of work; False when somebody else has it, it is done, or it failed and waits for another try."""
    taken = _take(house, work_id, now)
    if taken is None:
        return False
    kind, key, attempts = taken
    try:
        house.workers[kind](house, key, now)
    except Exception as trouble:  # noqa: BLE001  whatever went wrong, the row keeps it and the next try comes by itself
        log.warning("work_failed", kind=kind, work=str(work_id), attempts=attempts, trouble=type(trouble).__name__)
        wait = min(timedelta(minutes=2 ** min(attempts, MOST_DOUBLINGS)), LONGEST_WAIT)
        _put(house, work_id, trouble=f"{type(trouble).__name__}: {trouble}"[:500], not_before=now + wait)
        return False
    _put(house, work_id, done_at=now, trouble=None)
    return True


def do_all(house: "House", *, now: datetime) -> int:
    """Do everything that may be tried now; returns how many were done. For the minute's sweep, the demo and tests."""
    done = 0
    while ids := _waiting_ids(house, now):  # each try moves a row on in time, so this ends even when everything fails
        done += sum(do(house, work_id, now=now) for work_id in ids)
    return done


def _waiting_ids(house: "House", now: datetime) -> list[UUID]:
    with house.database.reading() as db:
        return waiting(db, now=now)


def _take(house: "House", work_id: UUID, now: datetime) -> tuple[str, str, int] | None:
    with house.database.writing() as db:
        # One statement decides who has it: moving `not_before` on is the lease.
        taken: CursorResult[Any] = db.execute(  # type: ignore[assignment]  # an UPDATE gives a cursor result
            update(WorkRow)
            .where(WorkRow.id == work_id, WorkRow.done_at.is_(None), WorkRow.not_before <= now)
            .values(not_before=now + LEASE, attempts=WorkRow.attempts + 1)
        )
        if not taken.rowcount:
            return None
        row = db.get_one(WorkRow, work_id)
        return row.kind, row.key, row.attempts


def _put(house: "House", work_id: UUID, **values: object) -> None:
    with house.database.writing() as db:
        db.execute(update(WorkRow).where(WorkRow.id == work_id).values(**values))
