"""Write batches: a list is taken in, its columns are said, who is who is answered, and it is carried out or undone.

The worker does what takes long (see working.py). A coordinator sees the batches of their authority and no other.
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, exists, select, update

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.dropping import drop_unless_needed
from lms.core.files import Files, keep
from lms.core.spelling import visible
from lms.core.words import N_, NotFound, Refused
from lms.core.work import later
from lms.people import queries as people
from lms.people.rules import Role
from lms.programme.intake import reading, rules, tables
from lms.programme.intake.models import IntakeBatch, IntakeColumns, IntakeMistake, IntakeQuestion
from lms.programme.intake.words import BUSY, MOVES, NEW_ANSWER, OPEN, OUT_ANSWER, DayOrder, Field, State

LOOK = "intake.look"
"""The kind of waiting work that reads a list and says what would come of it."""
CARRY = "intake.carry"
UNDO = "intake.undo"

_OTHER_RUNS = N_("Another list is being brought in or taken back. Wait until it is done, then try again.")
_NOT_NOW = N_("This cannot be done with the list as it stands now. Look at it again.")
_NOT_READY = N_("Mend what is wrong first, and answer the questions.")
_LARGE = N_("The file is larger than %(most)s MB. Split it.")
_NO_COURSE = N_("Choose a course that is for PAs.")


def upload(
    db: Db, files: Files, *, once: UUID, authority_id: UUID, data: bytes, name: str, by: UUID, now: datetime
) -> UUID:
    """Take a list in; returns the batch. The columns of a list with the same headings are remembered.

    Refused, with how to mend it, for what is no list. The same form sent twice is one batch.
    """
    coordinates(db, by, authority_id, now)
    if db.get(IntakeBatch, once) is not None:
        return own(db, once, by, now).id
    if len(data) > reading.LARGEST:
        raise Refused(_LARGE, most=reading.LARGEST // 1_000_000)
    table, _shown = tables.first_rows(data, 1)
    remembered = db.get(IntakeColumns, (authority_id, table.shape))
    guess = {each.value: place for each, place in rules.guessed(table.headings).items()}
    row = IntakeBatch(
        id=once,
        authority_id=authority_id,
        name=_file_name(name),
        digest=sha256(data).hexdigest(),
        sha256=keep(db, files, data, "application/octet-stream", now=now),
        size=len(data),
        headings=list(table.headings),
        shape=table.shape,
        columns=remembered.columns if remembered else guess,
        day_order=remembered.day_order if remembered else None,
        state=State.LOOKING if remembered else State.COLUMNS,
        tally={},
        uploaded_by=by,
        uploaded_at=now,
    )
    if add_once(db, row) and remembered:
        later(db, LOOK, f"{once}:0", now=now)
    return once


def _file_name(name: str) -> str:
    """What the file was called, without the folders it lay in."""
    last = visible(name.replace("\\", "/").rsplit("/", 1)[-1]).strip()
    return last[-120:] or "list"


def set_columns(
    db: Db, *, batch_id: UUID, columns: Mapping[Field, int], order: DayOrder | None, by: UUID, now: datetime
) -> None:
    """Say which column says what; it is remembered for lists with the same headings, and the list is looked at."""
    row = own(db, batch_id, by, now, held=True)
    trouble = rules.trouble_with_columns(columns, len(row.headings))
    if trouble:
        raise Refused(trouble)
    row.columns, row.day_order = {each.value: place for each, place in columns.items()}, order
    kept = db.get(IntakeColumns, (row.authority_id, row.shape))
    if kept is None:
        kept = IntakeColumns(authority_id=row.authority_id, shape=row.shape)
        db.add(kept)
    kept.columns, kept.day_order, kept.by, kept.at = row.columns, order, by, now
    _look(db, row, now)


def look_again(db: Db, *, batch_id: UUID, by: UUID, now: datetime) -> None:
    """Have the list looked at once more, since people came or went meanwhile."""
    _look(db, own(db, batch_id, by, now, held=True), now)


def _look(db: Db, row: IntakeBatch, now: datetime) -> None:
    _move(row, State.LOOKING)
    row.run, row.done, row.stopped = row.run + 1, 0, None
    db.flush()
    later(db, LOOK, f"{row.id}:{row.run}", now=now)


def answer(db: Db, *, batch_id: UUID, row: int, said: str, by: UUID, now: datetime) -> None:
    """Say who somebody in a row is: one of those who are here, somebody new, or nobody to bring in."""
    batch = own(db, batch_id, by, now, held=True)
    if batch.state is not State.LOOKED_AT:
        raise Refused(_NOT_NOW)
    question = db.get(IntakeQuestion, (batch_id, row))
    if question is None:
        raise NotFound("question")
    if said not in {NEW_ANSWER, OUT_ANSWER, *question.maybe}:
        raise Refused(N_("Choose one."))
    question.answer, question.answered_by, question.answered_at = said, by, now
    db.flush()


def start(
    db: Db, *, batch_id: UUID, course: str | None, courses: frozenset[str], invite: bool, by: UUID, now: datetime
) -> None:
    """Bring the people of a list in. `courses` are those for PAs, `course` the one for rows that name none.

    Refused while anything is wrong or unclear, and while another list of the authority is being worked on.
    """
    row = own(db, batch_id, by, now, held=True)
    if row.state in {State.RUNNING, State.DONE}:
        return
    if course is not None and course not in courses:
        raise Refused(_NO_COURSE)
    open_question = exists().where(IntakeQuestion.batch_id == batch_id, IntakeQuestion.answer.is_(None))
    if row.state is not State.LOOKED_AT or row.tally.get("wrong") or db.scalar(select(open_question)):
        raise Refused(_NOT_READY)
    _refuse_while_busy(db, row)
    _move(row, State.RUNNING)
    row.course, row.invite, row.started_by, row.stopped = course, invite, by, None
    row.run, row.done, row.total = row.run + 1, 0, row.tally.get("rows", 0)
    db.flush()
    later(db, CARRY, f"{row.id}:{row.run}", now=now)


def undo(db: Db, *, batch_id: UUID, by: UUID, now: datetime) -> None:
    """Take everything back that came of a list. The worker refuses, with a list, when something was built on it."""
    row = own(db, batch_id, by, now, held=True)
    if row.state in {State.UNDOING, State.UNDONE}:
        return
    if row.state is not State.DONE:
        raise Refused(_NOT_NOW)
    _refuse_while_busy(db, row)
    _move(row, State.UNDOING)
    row.run, row.done, row.undone_by, row.stopped = row.run + 1, 0, by, None
    db.flush()
    later(db, UNDO, f"{row.id}:{row.run}", now=now)


def close(db: Db, files: Files, *, batch_id: UUID, by: UUID, now: datetime) -> None:
    """Put a list away that is not to be brought in; its file goes at once."""
    row = own(db, batch_id, by, now, held=True)
    if row.state is State.CLOSED:
        return
    if row.state not in OPEN:
        raise Refused(_NOT_NOW)
    _move(row, State.CLOSED)
    row.ended_at = now
    let_go(db, files, row, now)


def let_go(db: Db, files: Files, row: IntakeBatch, now: datetime) -> None:
    """Delete a list's file and what was found in it; what came of it stays."""
    digest, row.sha256 = row.sha256, None
    db.flush()
    for table in (IntakeMistake, IntakeQuestion):
        db.execute(delete(table).where(table.batch_id == row.id))
    if digest is not None:
        drop_unless_needed(db, files, digest, now=now)


def _move(row: IntakeBatch, to: State) -> None:
    if to not in MOVES[row.state]:
        raise Refused(_NOT_NOW)
    row.state = to


def _refuse_while_busy(db: Db, row: IntakeBatch) -> None:
    others = IntakeBatch.authority_id == row.authority_id, IntakeBatch.id != row.id
    if db.scalar(select(IntakeBatch.id).where(*others, IntakeBatch.state.in_(BUSY)).limit(1)) is not None:
        raise Refused(_OTHER_RUNS)


def own(db: Db, batch_id: UUID, by: UUID, now: datetime, *, held: bool = False) -> IntakeBatch:
    """A batch of an authority this person coordinates. Raises NotFound for any other."""
    row = db.get(IntakeBatch, batch_id, with_for_update=held, populate_existing=held)
    if row is None:
        raise NotFound("batch")
    coordinates(db, by, row.authority_id, now)
    return row


def coordinates(db: Db, by: UUID, authority_id: UUID, now: datetime) -> None:
    """Raises NotFound unless somebody coordinates an authority today."""
    if not people.holds(db, by, Role.COORDINATOR, [authority_id], london_day(now)):
        raise NotFound("authority")


def progress(db: Db, batch_id: UUID, run: int, done: int, total: int) -> None:
    """Keep how far the worker is; nothing once a later run began."""
    mine = update(IntakeBatch).where(IntakeBatch.id == batch_id, IntakeBatch.run == run)
    db.execute(mine.values(done=done, total=total))


def begin(db: Db, batch_id: UUID, run: int, now: datetime) -> None:
    """Keep the moment of which all is that comes of a list, before any of it is written."""
    db.execute(update(IntakeBatch).where(IntakeBatch.id == batch_id, IntakeBatch.run == run).values(carried_at=now))
