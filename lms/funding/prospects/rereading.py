"""Read prospects again that the calendar or a change of the schemes has overtaken: of one authority, or of all.

As with verdicts of the register: worked out beside the writer, a thousand learners at a time in a unit of work that
only reads, and then written in short turns. A learner about whom a fact came in between has another turn by then and
is left as they are: whoever recorded the fact has worked it out. What was done is seen from the standings themselves,
so that whoever is cut off anywhere just goes on, also in another process and after a restart.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, bindparam, func, or_, select, update

from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.core.garbage import looked_for_less_often
from lms.core.house import House
from lms.funding.prospects import schemes
from lms.funding.prospects.models import ProspectStanding
from lms.funding.prospects.rules import Reading
from lms.funding.prospects.services import Worked, digest_of, keep, locked, reading_of, work_out

SLICE = 1000
"""Learners worked out at once. Nobody waits for that."""

TURN = 0.05
"""Seconds one turn of the writer should take: whoever signs in meanwhile waits little longer than that."""

BREATH = 0.01
"""Seconds between two turns that follow each other at once, so that those who wait for the writer get it."""

Tell = Callable[[int, int], None]
"""Told after each turn: how many are done, of how many."""


@looked_for_less_often()
def reread(house: House, *, now: datetime, authority_id: UUID | None = None, tell: Tell | None = None) -> int:
    """Work out again what time or schemes have overtaken, of one authority or all; how many learners it was."""
    with house.database.reading() as db:
        ids = [authority_id] if authority_id else list(db.scalars(_AUTHORITIES))
        due = {each: count_due(db, each, london_day(now)) for each in ids}
    done, total = 0, sum(due.values())
    for each, number in due.items():
        if number:
            for some in _authority(house, each, now):
                done += some
                if tell:
                    tell(done, max(done, total))
    return done


def ask_for_all(house: House, *, now: datetime, authority_id: UUID | None = None) -> None:
    """Have every learner of an authority, or of all, read again by whoever reads next."""
    with house.database.reading() as db:
        ids = [authority_id] if authority_id else list(db.scalars(_AUTHORITIES))
    for each in ids:
        after = UUID(int=0)
        while True:
            with house.database.writing() as db:
                theirs = ProspectStanding.authority_id == each, ProspectStanding.learner_id > after
                wanted = select(ProspectStanding.learner_id).where(*theirs, ProspectStanding.worked_out_at <= now)
                some = list(db.scalars(wanted.order_by(ProspectStanding.learner_id).limit(5 * SLICE)))
                if not some:
                    break
                last = ProspectStanding.learner_id <= some[-1]
                db.execute(update(ProspectStanding).where(*theirs, last).values(rules=""))
                after = some[-1]


def count_due(db: Db, authority_id: UUID, on: date) -> int:
    """How many learners of an authority still have to be read again: how far a reading is."""
    due = _due(db, authority_id, on).subquery()
    return columns(db, select(func.count()).select_from(due), {}).scalar_one()


_AUTHORITIES = select(ProspectStanding.authority_id).distinct().order_by(ProspectStanding.authority_id)


def _due(db: Db, authority_id: UUID, on: date) -> Select[UUID]:
    digest = digest_of(db, authority_id, on)
    other = or_(ProspectStanding.rules < digest, ProspectStanding.rules > digest)  # “not equal” uses no index
    wanted = select(ProspectStanding.learner_id).where(ProspectStanding.authority_id == authority_id)
    return wanted.where(or_(ProspectStanding.holds_until <= on, other))


@dataclass
class _Pace:
    """How many are written in one turn, so that a turn takes as long as it should; it begins with few."""

    size: int = 50
    least: int = 5
    most: int = SLICE

    def learn(self, written: int, seconds: float) -> None:
        """The next turn takes its size from how long this one took."""
        wanted = int(written * TURN / max(seconds, 0.001))
        self.size = max(self.least, min(self.most, wanted, 2 * self.size))


@dataclass(frozen=True)
class _Slice:
    """What was worked out in one go, by which schemes, and the turns it was read at."""

    digest: str
    turns: dict[UUID, int]
    worked: Sequence[Worked]


def _authority(house: House, authority_id: UUID, now: datetime) -> Iterator[int]:
    """One authority's, a slice at a time; gives how many each turn wrote. It ends when a slice finds nothing to do."""
    pace, reading = _Pace(), None
    while True:
        with house.database.reading() as db:
            reading = _reading(db, authority_id, now, reading)
            found = _work_out(db, reading, authority_id, now)
        if not found.worked:
            return
        wrote = 0
        for written in _write(house, authority_id, found, pace, now):
            wrote += written
            yield written
        if not wrote:
            return


def _reading(db: Db, authority_id: UUID, now: datetime, before: Reading | None) -> Reading:
    """The same reading goes on while the schemes are the same, with all it has worked out already."""
    current = schemes.schemes_of(db, authority_id, london_day(now))
    same = before is not None and schemes.digest(before.schemes) == schemes.digest(current)
    return before if before is not None and same else reading_of(db, authority_id, london_day(now))


def _work_out(db: Db, reading: Reading, authority_id: UUID, now: datetime) -> _Slice:
    ids = [row[0] for row in columns(db, _due(db, authority_id, london_day(now)).limit(SLICE), {})]
    # Turns before facts: a fact that comes between is in a later turn, and then this is not written.
    turns = {row[0]: row[1] for row in columns(db, _TURNS, {"authority_id": authority_id, "ids": ids})}
    return _Slice(schemes.digest(reading.schemes), turns, work_out(db, reading, ids) if ids else ())


_TURNS = select(ProspectStanding.learner_id, ProspectStanding.turn).where(
    ProspectStanding.authority_id == bindparam("authority_id"),
    ProspectStanding.learner_id.in_(bindparam("ids", expanding=True)),
)


def _write(house: House, authority_id: UUID, found: _Slice, pace: _Pace, now: datetime) -> Iterator[int]:
    start = 0
    while start < len(found.worked):
        some = found.worked[start : start + pace.size]
        start += len(some)
        with house.database.writing() as db:
            began = time.perf_counter()  # what the writer's turn takes, and not the wait for it
            written = _keep(db, authority_id, found, some, now)
        pace.learn(len(some), time.perf_counter() - began)
        yield written
        if start < len(found.worked):
            time.sleep(BREATH)


def _keep(db: Db, authority_id: UUID, found: _Slice, some: Sequence[Worked], now: datetime) -> int:
    if digest_of(db, authority_id, london_day(now)) != found.digest:
        return 0  # published meanwhile: these are worked out once more
    turns = locked(db, authority_id, [each.learner_id for each in some])
    same = [each for each in some if turns.get(each.learner_id) == found.turns[each.learner_id]]
    keep(db, authority_id, same, turns=turns, digest=found.digest, now=now)
    return len(same)


def sweep(house: House, now: datetime) -> None:
    """Each minute: read those whose day has come or whose schemes have changed."""
    reread(house, now=now)
