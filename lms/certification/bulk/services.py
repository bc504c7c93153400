"""Write batches: begun, started, stopped, gone on with. The worker does the rest; twice is harmless everywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, select, update

from lms.certification.bulk.events import BatchStarted, BatchStopped, CertificatesPacked
from lms.certification.bulk.models import Batch, BatchLine, Download
from lms.certification.bulk.rules import MOST, OPEN, Line, State, may_move
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.core.work import later
from lms.people import queries as people
from lms.people.rules import Role

LOOK = "certification.look"
"""The kind of waiting work that finds out who will get a certificate."""

ISSUE = "certification.issue"
"""The kind of waiting work that issues those of a batch."""

PACK = "certification.pack"
"""The kind of waiting work that packs a part of a download."""


@dataclass(frozen=True)
class Wanted:
    """What a batch issues: a kind, what is earned, and for whom (`about`: a course, a workshop)."""

    kind: str
    code: str
    about: str
    title: str


def key_of(thing: UUID, run: int, step: int) -> str:
    """The key of one piece of work of a batch or a download: each is a row of its own, so that none is lost."""
    return f"{thing}:{run}:{step}"


def read_key(key: str) -> tuple[UUID, int, int]:
    """The three parts of such a key."""
    thing, run, step = key.split(":")
    return UUID(thing), int(run), int(step)


def begin(db: Db, *, id: UUID, authority_id: UUID, wanted: Wanted, by: UUID, now: datetime) -> UUID:
    """Have the worker find out who would get a certificate; returns the batch.

    When one for the same thing is open already, whoever began it, it is that one: two coordinators meet there.
    """
    _is_coordinator(db, authority_id, by, now)
    row = _new(id, authority_id, wanted, by, now, listed=False)
    if not add_once(db, row):
        return _open_one(db, authority_id, wanted) or id
    later(db, LOOK, key_of(id, 0, 0), now=now)
    return id


def begin_with(
    db: Db, *, id: UUID, authority_id: UUID, wanted: Wanted, lines: Sequence[tuple[UUID, UUID]], by: UUID, now: datetime
) -> UUID:
    """Issue to people who are known already, each as source and person, such as a workshop's list; returns the batch.

    Joins the batch for the same thing that is open, if there is one.
    """
    _is_coordinator(db, authority_id, by, now)
    if not add_once(db, _new(id, authority_id, wanted, by, now, listed=True)):
        id = _open_one(db, authority_id, wanted) or id
    add_lines(db, id, lines, Line.WILL)
    start(db, batch_id=id, by=by, now=now)
    return id


def _new(id: UUID, authority_id: UUID, wanted: Wanted, by: UUID, now: datetime, *, listed: bool) -> Batch:
    return Batch(
        id=id,
        authority_id=authority_id,
        kind=wanted.kind,
        code=wanted.code,
        about=wanted.about,
        title=wanted.title[:200],
        listed=listed,
        state=State.READY if listed else State.LOOKING,
        asked_by=by,
        asked_at=now,
    )


def _open_one(db: Db, authority_id: UUID, wanted: Wanted) -> UUID | None:
    return db.scalar(
        select(Batch.id).where(
            Batch.authority_id == authority_id,
            Batch.kind == wanted.kind,
            Batch.code == wanted.code,
            Batch.about == wanted.about,
            Batch.state.in_(OPEN),
        )
    )


def add_lines(db: Db, batch_id: UUID, lines: Sequence[tuple[UUID, UUID]], state: Line) -> int:
    """Add lines below those that are there, each as source and person; one that is there stays. Returns how many came.

    Whoever calls holds the batch, so that nobody adds at the same moment.
    """
    there = set(db.scalars(select(BatchLine.source_id).where(BatchLine.batch_id == batch_id)))
    last = db.scalar(select(func.max(BatchLine.place)).where(BatchLine.batch_id == batch_id)) or 0
    new = [(source, person) for source, person in dict(lines).items() if source not in there]
    rows: list[Mapping[str, object]] = [
        {"batch_id": batch_id, "place": last + i, "source_id": source, "person_id": person, "state": state, "why": []}
        for i, (source, person) in enumerate(new[: MOST - len(there)], 1)
    ]
    if rows:
        db.execute(insert(BatchLine), rows)
    return len(rows)


def look_again(db: Db, *, batch_id: UUID, by: UUID, now: datetime) -> None:
    """Find out anew who would get one; lines that were issued stay. While it is being done, nothing changes."""
    row = _own(db, batch_id, by, now)
    if row.state is State.LOOKING:
        return
    if row.listed or not may_move(row.state, State.LOOKING):
        raise Refused(N_("This is over. Begin again, and you see how it stands today."))
    row.state, row.run = State.LOOKING, row.run + 1
    _set_lines(db, batch_id, (Line.WILL, Line.MISSING, Line.WAITS, Line.HELD, Line.FAILED), Line.NEW)
    later(db, LOOK, key_of(batch_id, row.run, 0), now=now)


def start(db: Db, *, batch_id: UUID, by: UUID, now: datetime) -> None:
    """Issue, or go on after a stop. Started already, by whomever, it just goes on. Refused with nobody to issue to."""
    row = _own(db, batch_id, by, now)
    left = _left(db, batch_id)
    if row.state is State.RUNNING or (row.state is State.DONE and not left):
        return
    if not may_move(row.state, State.RUNNING):
        raise Refused(_NOT_NOW[row.state])
    if not left:
        raise Refused(N_("There is nobody here to whom a certificate can be issued now."))
    _run(db, row, by=by, now=now)


def try_again(db: Db, *, batch_id: UUID, by: UUID, now: datetime) -> None:
    """Try the lines again that went wrong. When there are none, nothing changes."""
    row = _own(db, batch_id, by, now)
    if row.state not in {State.STOPPED, State.DONE}:
        return
    other = _open_one(db, row.authority_id, Wanted(row.kind, row.code, row.about, row.title))
    if other not in {None, batch_id}:
        raise Refused(N_("A newer one for the same people is open. Go on there."))
    if _set_lines(db, batch_id, (Line.FAILED,), Line.WILL):
        _run(db, row, by=by, now=now)


def _run(db: Db, row: Batch, *, by: UUID, now: datetime) -> None:
    row.state, row.run, row.ended_at = State.RUNNING, row.run + 1, None
    row.started_by, row.started_at = by, now
    db.flush()
    later(db, ISSUE, key_of(row.id, row.run, 0), now=now)
    fact = BatchStarted(
        about=by, authority_id=row.authority_id, batch_id=row.id, kind=row.kind, code=row.code, run=row.run
    )
    record(db, fact, by=by, now=now, behalf=row.authority_id)


def stop(db: Db, *, batch_id: UUID, by: UUID, now: datetime) -> None:
    """Stop after the certificate that is being issued; what is issued stays. When it does not run, nothing changes."""
    row = _own(db, batch_id, by, now)
    if row.state is State.RUNNING:
        row.state = State.STOPPED
        db.flush()
        fact = BatchStopped(about=by, authority_id=row.authority_id, batch_id=batch_id)
        record(db, fact, by=by, now=now, behalf=row.authority_id)


def close(db: Db, *, batch_id: UUID, by: UUID, now: datetime) -> None:
    """Put a batch away without issuing more. Refused while it is being issued."""
    row = _own(db, batch_id, by, now)
    if row.state is State.RUNNING:
        raise Refused(N_("Stop it first."))
    if may_move(row.state, State.CLOSED):
        row.state, row.ended_at, row.run = State.CLOSED, now, row.run + 1
        db.flush()


def ask_for_files(db: Db, *, id: UUID, batch_id: UUID, by: UUID, now: datetime) -> UUID:
    """Have all certificates of a batch packed; returns the download. While one is being packed, it is that one."""
    row = _own(db, batch_id, by, now)
    under_way = select(Download.id).where(Download.batch_id == batch_id, Download.done_at.is_(None))
    there = db.scalar(under_way.limit(1))
    if there is not None:
        return there
    has_some = select(BatchLine.place).where(BatchLine.batch_id == batch_id, BatchLine.certificate_id.is_not(None))
    if db.scalar(has_some.limit(1)) is None:
        raise Refused(N_("There is no certificate here yet."))
    if add_once(db, Download(id=id, batch_id=batch_id, next_place=0, asked_by=by, asked_at=now)):
        later(db, PACK, key_of(id, 0, 1), now=now)
        fact = CertificatesPacked(about=by, authority_id=row.authority_id, batch_id=batch_id, download_id=id)
        record(db, fact, by=by, now=now, behalf=row.authority_id)
    return id


_NOT_NOW = {
    State.LOOKING: N_("Wait until it is known who would get one."),
    State.CLOSED: N_("This is over. Begin again, and you see how it stands today."),
}


def _left(db: Db, batch_id: UUID) -> bool:
    wanted = select(BatchLine.place).where(BatchLine.batch_id == batch_id, BatchLine.state == Line.WILL)
    return db.scalar(wanted.limit(1)) is not None


def _set_lines(db: Db, batch_id: UUID, before: Sequence[Line], after: Line) -> bool:
    """Put lines into another state; whether there were any."""
    moved = update(BatchLine).where(BatchLine.batch_id == batch_id, BatchLine.state.in_(before))
    found = db.scalars(moved.values(state=after, why=[], at=None).returning(BatchLine.place)).first()
    db.expire_all()
    return found is not None


def _own(db: Db, batch_id: UUID, by: UUID, now: datetime) -> Batch:
    """A batch of an authority this person coordinates, held until the end. Raises NotFound for any other."""
    row = db.get(Batch, batch_id, with_for_update=True)
    if row is None:
        raise NotFound("batch")
    _is_coordinator(db, row.authority_id, by, now)
    return row


def _is_coordinator(db: Db, authority_id: UUID, by: UUID, now: datetime) -> None:
    if not people.holds(db, by, Role.COORDINATOR, [authority_id], london_day(now)):
        raise NotFound("authority")
