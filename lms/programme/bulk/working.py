"""The worker's part of a work on many: who is affected, and then carrying it out, in turns that can be cut off.

The lines of a turn are carried out in one transaction, each behind a savepoint of its own: what was done and what the
line says of it are committed together, so that a worker that is killed leaves lines that are done and lines that are
not, and nothing between. Doing a piece twice finds nothing left to do. Each line is judged once more when its turn
comes; one that goes wrong says so, and the others go on.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.exc import InterfaceError, OperationalError

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.events import record
from lms.core.house import House
from lms.core.words import N_, NotFound, Refused
from lms.core.work import later
from lms.people import queries as people
from lms.people.rules import Role
from lms.programme.bulk.acting.common import Asked, Came, OneLine
from lms.programme.bulk.acting.table import ACTIONS
from lms.programme.bulk.choosing import Draft, Gathered, gather
from lms.programme.bulk.events import DoneAmongMany
from lms.programme.bulk.models import BulkLine, BulkWork
from lms.programme.bulk.rules import LOOKS, SLICE, TURN, Judged, when_judged_again, when_looked
from lms.programme.bulk.services import DO, LOOK, halt, key_of, read_key
from lms.programme.bulk.words import OF_PEOPLE, Fate, State, What

log = structlog.get_logger(__name__)

_NO_FAULT_OF_A_RECORD = (OperationalError, InterfaceError)
"""The database is away, locked or full: the piece is tried again, and no line is blamed for it."""

_GONE = N_("There is nothing here any more that this could be done for.")
_WRONG = N_("Something is wrong with this record (%(what)s), so it was left out and the others went on. Try it again.")


def look_some(house: House, key: str, now: datetime) -> None:
    """Find out of the next lines whether they are affected; then ask for the next piece."""
    work_id, run, step = read_key(key)
    with house.database.writing() as db:
        work = _at_work(db, work_id, run, State.LOOKING)
        if work is None:
            return
        if step == 0:
            _gather(db, work, now)
    with house.database.reading() as db:
        work = db.get(BulkWork, work_id)
        if work is None:
            return
        lines = _next_lines(db, work_id, Fate.NEW, LOOKS)
        judged = ACTIONS[work.what].judge(db, _asked(work, now), lines) if lines else {}
    with house.database.writing() as db:
        work = _at_work(db, work_id, run, State.LOOKING)
        if work is None:
            return
        if not lines:
            work.state, work.looked_at = State.READY, now
            return
        _note_looked(db, work_id, judged, now)
        later(db, LOOK, key_of(work_id, run, step + 1), now=now)


def do_some(house: House, key: str, now: datetime) -> None:
    """Carry out the next lines, a few in each transaction; then ask for the next piece."""
    work_id, run, step = read_key(key)
    for _turn in range(SLICE // TURN):
        if not do_next(house, work_id, run, now):
            return
    with house.database.writing() as db:
        later(db, DO, key_of(work_id, run, step + 1), now=now)


def do_next(house: House, work_id: UUID, run: int, now: datetime) -> bool:
    """Carry out one turn; False when this run is over: stopped, begun anew, or through.

    It stops by itself when whoever started it does not coordinate the authority any more.
    """
    with house.database.writing() as db:
        work = _at_work(db, work_id, run, State.RUNNING)
        if work is None or work.started_by is None:
            return False
        if not people.holds(db, work.started_by, Role.COORDINATOR, [work.authority_id], london_day(now)):
            halt(db, work, by=work.started_by, now=now)
            return False
        lines = _next_lines(db, work_id, Fate.WILL, TURN)
        if not lines:
            work.state, work.ended_at = State.DONE, now
            return False
        for line in lines:
            _do_one(db, work, line, work.started_by, now)
    return True


def _do_one(db: Db, work: BulkWork, line: OneLine, by: UUID, now: datetime) -> None:
    asked, action, came = _asked(work, now), ACTIONS[work.what], Came()
    try:
        with db.begin_nested():
            judged = action.judge(db, asked, [line])[line.place]
            fate = when_judged_again(judged)
            if fate is None:
                fate, came = Fate.DONE, action.do(db, asked, line, judged, by)
                _tell(db, work, line, by, now)
            said: dict[str, Any] = {"state": fate, "why": judged.why, "filled": dict(judged.values)}
    except _NO_FAULT_OF_A_RECORD:
        raise
    except Refused as refusal:
        values = {name: str(value) for name, value in refusal.values.items()}
        said = {"state": Fate.CHANGED, "why": refusal.message, "filled": values}
    except NotFound:
        said = {"state": Fate.CHANGED, "why": _GONE, "filled": {}}
    except Exception as trouble:  # noqa: BLE001  whatever is wrong with one record; its name says nothing of anybody
        log.warning("bulk_line_failed", work=str(work.id), trouble=type(trouble).__name__)
        said = {"state": Fate.FAILED, "why": _WRONG, "filled": {"what": type(trouble).__name__}}
    here = (BulkLine.work_id == work.id) & (BulkLine.place == line.place) & (BulkLine.state == Fate.WILL)
    said |= {"result_id": came.result_id, "before_id": came.before_id or line.before_id, "at": now}
    db.execute(update(BulkLine).where(here).values(**said).execution_options(synchronize_session=False))


def _tell(db: Db, work: BulkWork, line: OneLine, by: UUID, now: datetime) -> None:
    if line.person_id is not None:
        fact = DoneAmongMany(
            about=line.person_id, authority_id=work.authority_id, work_id=work.id, what=work.what.value
        )
        record(db, fact, by=by, now=now, behalf=work.authority_id)


def _asked(work: BulkWork, now: datetime) -> Asked:
    return Asked(work.authority_id, work.id, work.details, london_day(now), now)


def _gather(db: Db, work: BulkWork, now: datetime) -> None:
    """Make the lines, once; then what said who they are is forgotten, but for a list and what it was narrowed to."""
    if db.scalar(select(BulkLine.place).where(BulkLine.work_id == work.id).limit(1)) is not None:
        return
    try:
        found = _found(db, work, now)
    except Refused as refusal:
        work.chosen = {"refused": refusal.message, "values": {k: str(v) for k, v in refusal.values.items()}}
        return
    work.left_out = found.left_out
    if "list" not in work.chosen:
        work.chosen = {}
    rows: list[dict[str, Any]] = [
        {
            "work_id": work.id,
            "place": place,
            "person_id": each.person_id,
            "enrolment_id": each.enrolment_id,
            "given": each.given,
            "helper_id": each.helper_id,
            "before_id": each.before_id,
            "state": Fate.NEW,
            "why": "",
            "filled": {},
        }
        for place, each in enumerate(found.lines, 1)
    ]
    if rows:
        db.execute(insert(BulkLine), rows)


def _found(db: Db, work: BulkWork, now: datetime) -> Gathered:
    if work.what is not What.TAKE_BACK:
        return gather(
            db,
            work.authority_id,
            work.chosen,
            london_day(now),
            of_people=work.what in OF_PEOPLE,
            course=work.details.get("of_course"),
        )
    done = select(BulkLine).where(BulkLine.work_id == work.undoes, BulkLine.state == Fate.DONE).order_by(BulkLine.place)
    return Gathered(
        [
            Draft(each.person_id, each.enrolment_id, each.given, each.result_id, each.before_id)
            for each in db.scalars(done)
            if each.result_id
        ],
        0,
    )


def _at_work(db: Db, work_id: UUID, run: int, state: State) -> BulkWork | None:
    """The work, held until the end, while this run of it goes on. A stop waits for it, and it for a stop."""
    work = db.get(BulkWork, work_id, with_for_update=True)
    return work if work is not None and (work.state, work.run) == (state, run) else None


def _next_lines(db: Db, work_id: UUID, fate: Fate, limit: int) -> list[OneLine]:
    found = db.execute(_NEXT.limit(limit), {"work_id": work_id, "fate": fate})
    return [OneLine(*row) for row in found]


def _note_looked(db: Db, work_id: UUID, judged: Mapping[int, Judged], now: datetime) -> None:
    """Write down what came of looking, unless somebody did meanwhile."""
    rows: Sequence[dict[str, Any]] = [
        {
            "of": work_id,
            "at_place": place,
            "to": when_looked(each),
            "said": each.why,
            "filling": dict(each.values),
            "helper": each.helper,
            "moment": now,
        }
        for place, each in judged.items()
    ]
    db.connection().execute(_LOOKED, rows)


_NEXT = (
    select(
        BulkLine.place,
        BulkLine.person_id,
        BulkLine.enrolment_id,
        BulkLine.given,
        BulkLine.helper_id,
        BulkLine.before_id,
    )
    .where(
        BulkLine.work_id == bindparam("work_id"),
        BulkLine.state == bindparam("fate", type_=BulkLine.state.type),
    )
    .order_by(BulkLine.place)
)
_LINE: Any = BulkLine.__table__
_HELPER = func.coalesce(bindparam("helper", type_=_LINE.c.helper_id.type), _LINE.c.helper_id)
_LOOKED = (
    update(_LINE)
    .where(
        _LINE.c.work_id == bindparam("of", type_=_LINE.c.work_id.type),
        _LINE.c.place == bindparam("at_place"),
        _LINE.c.state == Fate.NEW,
    )
    .values(
        state=bindparam("to", type_=_LINE.c.state.type),
        why=bindparam("said"),
        filled=bindparam("filling", type_=_LINE.c.filled.type),
        helper_id=_HELPER,
        at=bindparam("moment", type_=_LINE.c.at.type),
    )
)
