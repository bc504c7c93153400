"""Write works on many: begun, started, stopped, gone on with, taken back. The worker does the rest."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.core.work import later
from lms.people import queries as people
from lms.people.rules import Role
from lms.programme.bulk.choosing import LONGEST, members_of, pasted_lines, too_many
from lms.programme.bulk.events import ManyStarted, ManyStopped
from lms.programme.bulk.models import BulkLine, BulkWork
from lms.programme.bulk.rules import MOST, may_move
from lms.programme.bulk.words import CAN_BE_TAKEN_BACK, Fate, State, What

LOOK = "programme.look_at_many"
"""The kind of waiting work that finds out who is affected."""

DO = "programme.do_for_many"
"""The kind of waiting work that carries it out."""


@dataclass(frozen=True)
class Wish:
    """What is to be done: `details` by the kind of work, as JSON carries them; `title` in the words of whoever asks."""

    what: What
    title: str
    details: Mapping[str, Any] = field(default_factory=dict)


def key_of(work_id: UUID, run: int, step: int) -> str:
    """The key of one piece of a work: each is a row of its own, so that none is lost."""
    return f"{work_id}:{run}:{step}"


def read_key(key: str) -> tuple[UUID, int, int]:
    """The three parts of such a key."""
    work, run, step = key.split(":")
    return UUID(work), int(run), int(step)


def begin(
    db: Db, *, id: UUID, authority_id: UUID, wish: Wish, chosen: Mapping[str, Any], by: UUID, now: datetime
) -> UUID:
    """Have the worker find out who of those chosen is affected; returns the work. Nothing is done for anybody by that.

    `chosen` is one of `{"list": …}`, `{"people": ids}`, `{"enrolments": ids}`, `{"of_group": id}`, `{"named": part of a
    name}` and `{"pasted": text}`, see `choosing`. The same form again is the same work. Raises NotFound unless `by`
    coordinates the authority; Refused when nobody is chosen, or too many.
    """
    _is_coordinator(db, authority_id, by, now)
    _refuse_nobody(db, authority_id, chosen)
    row = BulkWork(
        id=id,
        authority_id=authority_id,
        what=wish.what,
        details=dict(wish.details),
        title=wish.title[:200],
        chosen=dict(chosen),
        left_out=0,
        state=State.LOOKING,
        run=0,
        asked_by=by,
        asked_at=now,
    )
    if add_once(db, row):
        later(db, LOOK, key_of(id, 0, 0), now=now)
    elif _own(db, id, by, now).authority_id != authority_id:
        raise NotFound("work")
    return id


def begin_for_people(
    db: Db, *, id: UUID, authority_id: UUID, wish: Wish, person_ids: Collection[UUID], by: UUID, now: datetime
) -> UUID:
    """The same for people who are known by id, such as those in a group."""
    chosen = {"people": [str(each) for each in person_ids]}
    return begin(db, id=id, authority_id=authority_id, wish=wish, chosen=chosen, by=by, now=now)


def _refuse_nobody(db: Db, authority_id: UUID, chosen: Mapping[str, Any]) -> None:
    match chosen:
        case {"of_group": str(group_id)} if ids := members_of(db, authority_id, group_id):
            many = len(ids)
        case {"pasted": str(text)} if len(text) > LONGEST:
            raise too_many(text.count("\n") + 1)
        case {"pasted": str(text)} if pasted_lines(text):
            many = len(pasted_lines(text))
        case {"people": list(ids)} | {"enrolments": list(ids)} if ids:
            many = len(ids)
        case {"list": dict()} | {"named": str()}:
            many = 1
        case _:
            raise Refused(N_("Choose at least one person."))
    if many > MOST:
        raise too_many(many)


def look_again(db: Db, *, work_id: UUID, by: UUID, now: datetime) -> None:
    """Find out anew who is affected; lines that were carried out stay. While it is being done, nothing changes."""
    row = _own(db, work_id, by, now)
    if row.state is State.LOOKING:
        return
    if not may_move(row.state, State.LOOKING):
        raise Refused(N_("This is over. Begin again, and you see how it stands today."))
    row.state, row.run = State.LOOKING, row.run + 1
    again: dict[str, Any] = {"state": Fate.NEW, "why": "", "filled": {}, "at": None}
    if row.what is not What.TAKE_BACK:  # there it is what is taken back
        again["helper_id"] = None
    _set_lines(db, work_id, (Fate.WILL, Fate.WONT, Fate.CHANGED, Fate.FAILED), again)
    later(db, LOOK, key_of(work_id, row.run, 1), now=now)


def start(db: Db, *, work_id: UUID, by: UUID, now: datetime) -> None:
    """Carry it out, or go on after a stop. Started already, by whomever, it just goes on. Refused with nobody left."""
    row = _own(db, work_id, by, now)
    left = _left(db, work_id)
    if row.state is State.RUNNING or (row.state is State.DONE and not left):
        return
    if not may_move(row.state, State.RUNNING):
        raise Refused(_NOT_NOW[row.state])
    if not left:
        raise Refused(N_("There is nobody here who would be affected now."))
    _run(db, row, by=by, now=now)


def try_again(db: Db, *, work_id: UUID, by: UUID, now: datetime) -> None:
    """Try the lines again that went wrong. When there are none, nothing changes."""
    row = _own(db, work_id, by, now)
    again: dict[str, Any] = {"state": Fate.WILL, "why": "", "filled": {}, "at": None}
    if row.state in {State.STOPPED, State.DONE} and _set_lines(db, work_id, (Fate.FAILED,), again):
        _run(db, row, by=by, now=now)


def _run(db: Db, row: BulkWork, *, by: UUID, now: datetime) -> None:
    row.state, row.run, row.ended_at = State.RUNNING, row.run + 1, None
    row.started_by, row.started_at = by, now
    db.flush()
    later(db, DO, key_of(row.id, row.run, 0), now=now)
    fact = ManyStarted(about=by, authority_id=row.authority_id, work_id=row.id, what=row.what.value, run=row.run)
    record(db, fact, by=by, now=now, behalf=row.authority_id)


def stop(db: Db, *, work_id: UUID, by: UUID, now: datetime) -> None:
    """Stop after those whose turn it is; what is done stays done. When it does not run, nothing changes."""
    row = _own(db, work_id, by, now)
    if row.state is State.RUNNING:
        halt(db, row, by=by, now=now)


def halt(db: Db, row: BulkWork, *, by: UUID, now: datetime) -> None:
    """The stop itself, for callers who have seen to it that it runs and is theirs."""
    row.state = State.STOPPED
    db.flush()
    fact = ManyStopped(about=by, authority_id=row.authority_id, work_id=row.id)
    record(db, fact, by=by, now=now, behalf=row.authority_id)


def close(db: Db, *, work_id: UUID, by: UUID, now: datetime) -> None:
    """Put a work away without doing more. Refused while it is being carried out."""
    row = _own(db, work_id, by, now)
    if row.state is State.RUNNING:
        raise Refused(N_("Stop it first."))
    if may_move(row.state, State.CLOSED):
        row.state, row.ended_at, row.run = State.CLOSED, now, row.run + 1
        row.chosen = {}
        db.flush()


def take_back(db: Db, *, id: UUID, work_id: UUID, title: str, by: UUID, now: datetime) -> UUID:
    """Begin to take back what a work did: who is affected is looked at first, as with any other. Returns the new work.

    Refused while it runs, when it is of a kind that has no way back, and when nothing was done.
    """
    row = _own(db, work_id, by, now)
    if row.what not in CAN_BE_TAKEN_BACK:
        raise Refused(N_("This cannot be taken back for many. Open the person’s page instead."))
    if row.state not in {State.DONE, State.STOPPED, State.CLOSED}:
        raise Refused(N_("Stop it first."))
    if db.scalar(select(BulkLine.place).where(*_of(work_id, (Fate.DONE,))).limit(1)) is None:
        raise Refused(N_("Nothing was done here that could be taken back."))
    details = {**row.details, "what": row.what.value}
    new = BulkWork(
        id=id,
        authority_id=row.authority_id,
        what=What.TAKE_BACK,
        details=details,
        title=title[:200],
        chosen={"work": str(work_id)},
        left_out=0,
        undoes=work_id,
        state=State.LOOKING,
        run=0,
        asked_by=by,
        asked_at=now,
    )
    if add_once(db, new):
        later(db, LOOK, key_of(id, 0, 0), now=now)
    return id


_NOT_NOW = {
    State.LOOKING: N_("Wait until it is known who would be affected."),
    State.CLOSED: N_("This is over. Begin again, and you see how it stands today."),
}


def _of(work_id: UUID, fates: Collection[Fate]) -> tuple[Any, ...]:
    return BulkLine.work_id == work_id, BulkLine.state.in_(fates)


def _left(db: Db, work_id: UUID) -> bool:
    return db.scalar(select(BulkLine.place).where(*_of(work_id, (Fate.WILL,))).limit(1)) is not None


def _set_lines(db: Db, work_id: UUID, before: Sequence[Fate], values: Mapping[str, Any]) -> bool:
    """Put lines into another state; whether there were any."""
    moved = update(BulkLine).where(*_of(work_id, before)).values(**values).returning(BulkLine.place)
    found = db.scalars(moved.execution_options(synchronize_session=False)).all()
    db.expire_all()
    return bool(found)


def _own(db: Db, work_id: UUID, by: UUID, now: datetime) -> BulkWork:
    """A work of an authority this person coordinates, held until the end. Raises NotFound for any other."""
    row = db.get(BulkWork, work_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("work")
    _is_coordinator(db, row.authority_id, by, now)
    return row


def _is_coordinator(db: Db, authority_id: UUID, by: UUID, now: datetime) -> None:
    if not people.holds(db, by, Role.COORDINATOR, [authority_id], london_day(now)):
        raise NotFound("authority")
