"""Read standings again whose day has come or whose rules have changed: all of a register's, after a change of rules.

Verdicts are worked out beside the writer, many at once in a unit of work that only reads, and then written in short
turns. A standing about which a fact came in between has another `turn` by then: whoever recorded the fact has worked it
out already, and it is left as it is. What was done is seen from the standings themselves, so that whoever is cut off
anywhere just goes on.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import bindparam, func, select, update

from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.core.garbage import looked_for_less_often
from lms.core.house import House
from lms.register.authoring import queries as authoring
from lms.register.content import Edition
from lms.register.models import Reread, Standing
from lms.register.queries import edition_for
from lms.register.standings import keep, locked, news, overdue_in
from lms.register.stored import rules_digest
from lms.register.working_out import Worked, work_out

SLICE = 1000
"""PAs worked out at once. Nobody waits for that."""

TURN = 0.08
"""Seconds one turn of the writer should take: whoever signs in or answers meanwhile waits no longer than that."""

BREATH = 0.02
"""Seconds between two turns that follow each other at once, so that those who wait for the writer get it."""

WORTH_A_ROW = 500
"""From so many standings on, how far it is can be looked at."""

Tell = Callable[[int, int], None]
"""Told after each turn: how many are done, of how many."""


@looked_for_less_often()
def reread(house: House, *, now: datetime, authority_id: UUID | None = None, tell: Tell | None = None) -> int:
    """Work out again every standing that time or rules have overtaken, of one authority or all; how many it was."""
    with house.database.reading() as db:
        ids = [authority_id] if authority_id else list(authoring.authorities_with_rules(db))
        due = {each: _count(db, each, now) for each in ids}
    done, total = 0, sum(due.values())
    for each, number in due.items():
        if number:
            for some in _authority(house, each, number, now):
                done += some
                if tell:
                    tell(done, total)
    return done


def ask_for_all(house: House, authority_id: UUID, *, now: datetime) -> None:
    """Have every standing of an authority read again, as when what PALMS itself makes of rules has changed."""
    after = UUID(int=0)
    while True:
        with house.database.writing() as db:
            wanted = select(Standing.person_id).where(
                Standing.authority_id == authority_id, Standing.person_id > after, Standing.worked_out_at <= now
            )
            ids = list(db.scalars(wanted.order_by(Standing.person_id).limit(5 * SLICE)))
            theirs = Standing.authority_id == authority_id, Standing.person_id > after
            if not ids:
                return
            db.execute(update(Standing).where(*theirs, Standing.person_id <= ids[-1]).values(rules=""))
            after = ids[-1]


@dataclass
class _Pace:
    """How many are written in one turn, so that a turn takes as long as it should."""

    size: int = 200
    least: int = 5
    most: int = SLICE

    def learn(self, written: int, seconds: float) -> None:
        """The next turn takes its size from how long this one took."""
        wanted = int(written * TURN / max(seconds, 0.001))
        self.size = max(self.least, min(self.most, wanted, 2 * self.size))


@dataclass
class _Slice:
    """What was worked out in one go: the rows as they were, and the verdicts of those still to be written."""

    edition: Edition
    rows: Mapping[UUID, Any]
    worked: Sequence[Worked]
    quiet: list[Worked] = field(init=False)
    loud: list[Worked] = field(init=False)

    def __post_init__(self) -> None:
        self.loud = [each for each in self.worked if news(self.rows[each.person_id], each)]
        known = {each.person_id for each in self.loud}
        self.quiet = [each for each in self.worked if each.person_id not in known]


def _count(db: Db, authority_id: UUID, now: datetime) -> int:
    due = overdue_in(db, authority_id, london_day(now))
    return 0 if due is None else columns(db, select(func.count()).select_from(due.subquery()), {}).scalar_one()


def _authority(house: House, authority_id: UUID, number: int, now: datetime) -> Iterator[int]:
    """One authority's, a slice at a time; gives how many each turn wrote. It ends when a slice finds nothing to do."""
    going = _Going(house, authority_id, now, _begin(house, authority_id, number, now))
    quiet, loud = _Pace(), _Pace(size=20)
    while True:
        found, wrote = _work_out(going), 0
        if found is None:
            break
        for pace, several in ((quiet, found.quiet), (loud, found.loud)):
            for written in _write(going, found, several, pace):
                wrote += written
                yield written
        if not wrote:
            break
    _end(house, going.row, now)


@dataclass(frozen=True)
class _Going:
    """What goes on: whose standings are read again, and the row that says how far it is, if there is one."""

    house: House
    authority_id: UUID
    now: datetime
    row: UUID | None


def _work_out(going: _Going) -> _Slice | None:
    today, authority_id = london_day(going.now), going.authority_id
    with going.house.database.reading() as db:
        edition, due = edition_for(db, authority_id, today), overdue_in(db, authority_id, today)
        if edition is None or due is None:
            return None
        ids = [row.person_id for row in columns(db, due.limit(SLICE), {})]
        # The turn is read before the facts: a fact that comes between is in a later turn, and then this is not written.
        rows = {row.person_id: row for row in columns(db, _ROWS, {"authority_id": authority_id, "ids": ids})}
        return _Slice(edition, rows, work_out(db, edition, authority_id, list(rows), on=today))


_ROWS = select(Standing.person_id, Standing.id, Standing.state, Standing.verdict, Standing.turn).where(
    Standing.authority_id == bindparam("authority_id"), Standing.person_id.in_(bindparam("ids", expanding=True))
)


def _write(going: _Going, found: _Slice, several: Sequence[Worked], pace: _Pace) -> Iterator[int]:
    start = 0
    while start < len(several):
        some = several[start : start + pace.size]
        start += len(some)
        with going.house.database.writing() as db:
            began = time.perf_counter()  # what the writer's turn takes, and not the wait for it
            written = _keep(db, going, found, some)
        pace.learn(len(some), time.perf_counter() - began)
        yield written
        if start < len(several):
            time.sleep(BREATH)


def _keep(db: Db, going: _Going, found: _Slice, some: Sequence[Worked]) -> int:
    current = edition_for(db, going.authority_id, london_day(going.now))
    if current is None or rules_digest(current.rules) != rules_digest(found.edition.rules):
        return 0  # published meanwhile: these are worked out once more
    rows = locked(db, going.authority_id, [each.person_id for each in some])
    same = [e for e in some if e.person_id in rows and rows[e.person_id].turn == found.rows[e.person_id].turn]
    keep(db, found.edition, going.authority_id, same, rows=rows, now=going.now)
    if going.row is not None:
        far = update(Reread).where(Reread.id == going.row)
        db.execute(far.values(done=Reread.done + len(some), last_at=going.now))
    return len(same)


def _begin(house: House, authority_id: UUID, number: int, now: datetime) -> UUID | None:
    """A row to look at, when it is worth one: the open one, when somebody was cut off before."""
    if number < WORTH_A_ROW:
        return None
    with house.database.writing() as db:
        open_one = db.scalar(select(Reread).where(Reread.authority_id == authority_id, Reread.ended_at.is_(None)))
        if open_one is None:
            open_one = Reread(id=uuid4(), authority_id=authority_id, total=number, done=0, began_at=now, last_at=now)
            db.add(open_one)
        else:
            open_one.total = open_one.done + number
        return open_one.id


def _end(house: House, row: UUID | None, now: datetime) -> None:
    if row is not None:
        with house.database.writing() as db:
            db.execute(update(Reread).where(Reread.id == row).values(ended_at=now))
