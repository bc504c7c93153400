"""What waits for a register team, put together from every part of the register, with the day it should be done by."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect

from lms.core.db import Db, columns
from lms.register.checks import waiting as checks
from lms.register.listing import waiting as listing
from lms.register.merging import waiting as merging
from lms.register.vacancies import waiting as vacancies
from lms.register.waits import DUE, KIND, LOOKED_AT, PART, PERSON, Asked, day_of, oldest, totals
from lms.register.working_days import working_days_after

MOST = 20
"""Rows that are shown."""

_NO_TARGET = frozenset({"suspended", "likely_double"})
"""What takes the time it takes."""

SINCE_IS_DUE = frozenset({"notice_running", "waiver_ending"})
"""Of these the day is not when they began but when they end."""

PARTS: Sequence[Asked] = (*listing.WAITS, *checks.WAITS, *vacancies.WAITS, *merging.WAITS)
"""Who is asked, all at once."""

_OLDEST = oldest(PARTS)


@dataclass(frozen=True)
class Item:
    """One thing that waits, as the desk shows it. `due` is its last day in time; None: it has none."""

    kind: str
    person_id: UUID | None
    since: date
    due: date | None
    late: bool
    endpoint: str
    args: Mapping[str, UUID]


@dataclass(frozen=True)
class Agenda:
    """How much waits of each kind, and what is due first."""

    totals: Mapping[str, int]
    items: Sequence[Item]

    @property
    def total(self) -> int:
        """All that waits."""
        return sum(self.totals.values())


def agenda(db: Db, authority_id: UUID, on: date, *, target_days: int, nation: str) -> Agenda:
    """What waits on a day. `target_days` are the working days in which the authority means to deal with something.

    One query, and a second one to count the parts of which more waits than is looked at.
    """
    asked = {"authority_id": authority_id, "on": on, "soon": on + listing.WAIVER_SOON}
    rows = columns(db, _OLDEST, asked).all()
    known = []
    for row in rows:
        since = day_of(row)
        known.append((row, since, _due(row, since, target_days, nation)))
    known.sort(key=_order)
    return Agenda(_totals(db, rows, asked), [_item(*each, authority_id, on) for each in known[:MOST]])


def _totals(db: Db, rows: Sequence[Any], asked: Mapping[str, object]) -> dict[str, int]:
    """How much of each kind waits: counted here where all of it was looked at."""
    looked = Counter(row[PART] for row in rows)
    more = tuple(part for part in looked if looked[part] == LOOKED_AT)
    counted: dict[str, int] = Counter(row[KIND] for row in rows if row[PART] not in more)
    return counted | (dict(columns(db, _counting(more), asked).all()) if more else {})


@lru_cache(maxsize=128)
def _counting(parts: tuple[int, ...]) -> CompoundSelect[str, int]:
    return totals([PARTS[part] for part in parts])


def _order(found: tuple[Any, date, date | None]) -> tuple[bool, date, date, int]:
    row, since, due = found
    return due is None, due or since, since, row[PERSON].int if row[PERSON] else -1


def _item(row: Any, since: date, due: date | None, authority_id: UUID, on: date) -> Item:
    endpoint, args = PARTS[row[PART]].leads(authority_id, row)
    return Item(row[KIND], row[PERSON], since, due, due is not None and due < on, endpoint, args)


def _due(row: Any, since: date, target_days: int, nation: str) -> date | None:
    if row[DUE] is not None:
        known: date = row[DUE]
        return known
    return None if row[KIND] in _NO_TARGET else working_days_after(since, target_days, nation)
