"""What waits for a register team, put together from every part of the register, with the day it should be done by."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from lms.core.db import Db
from lms.register.checks import queries as checks
from lms.register.listing import waiting as listing
from lms.register.merging import queries as merging
from lms.register.vacancies import waiting as vacancies
from lms.register.waits import Group, Waiting
from lms.register.working_days import working_days_after

MOST = 20
"""Rows of one kind that are looked at, and rows that are shown."""

_NO_TARGET = frozenset({"suspended", "likely_double"})
"""What takes the time it takes."""

_SINCE_IS_DUE = frozenset({"notice_running", "waiver_ending"})


@dataclass(frozen=True)
class Item:
    """One thing that waits, as the desk shows it. `due` is its last day in time; None: it has none."""

    kind: str
    person_id: UUID | None
    since: date
    due: date | None
    late: bool
    endpoint: str
    args: Mapping[str, Any]


@dataclass(frozen=True)
class Agenda:
    """How much waits of each kind, and what is due first."""

    totals: Mapping[str, int]
    items: Sequence[Item]

    @property
    def total(self) -> int:
        """All that waits."""
        return sum(self.totals.values())


Source = Callable[[Db, UUID, date], Sequence[Group]]


def _checks(db: Db, authority_id: UUID, on: date) -> list[Group]:
    """What waits about checks: two queries."""
    totals = checks.count_waiting(db, authority_id, on)
    oldest = checks.waiting(db, authority_id, on, limit=MOST) if totals else []
    return [
        Group(
            kind=f"check_{what.value}",
            total=total,
            oldest=[
                Waiting(
                    person_id=each.person_id,
                    since=each.since,
                    due=each.due,
                    endpoint="lms.checks.person",
                    args={"authority_id": authority_id, "person_id": each.person_id},
                )
                for each in oldest
                if each.what is what
            ],
        )
        for what, total in totals.items()
    ]


SOURCES: Sequence[Source] = (listing.waiting, _checks, vacancies.waiting, merging.waiting)
"""Who is asked, in a constant number of queries each."""


def agenda(db: Db, authority_id: UUID, on: date, *, target_days: int, nation: str) -> Agenda:
    """What waits on a day. `target_days` are the working days in which the authority means to deal with something."""
    groups = [group for source in SOURCES for group in source(db, authority_id, on)]
    items = [item for group in groups for item in _items(group, on, target_days, nation)]
    items.sort(key=lambda each: (each.due is None, each.due or each.since, each.since, str(each.person_id)))
    return Agenda({group.kind: group.total for group in groups if group.total}, items[:MOST])


def _items(group: Group, on: date, target_days: int, nation: str) -> Iterator[Item]:
    for each in group.oldest:
        due = _due(group.kind, each, target_days, nation)
        late = due is not None and due < on
        yield Item(group.kind, each.person_id, each.since, due, late, each.endpoint, each.args)


def _due(kind: str, each: Waiting, target_days: int, nation: str) -> date | None:
    if each.due is not None:
        return each.due
    if kind in _SINCE_IS_DUE:
        return each.since
    return None if kind in _NO_TARGET else working_days_after(each.since, target_days, nation)
