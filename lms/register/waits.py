"""What waits for a register team, in one shape for every part of the register that has something to bring."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    Select,
    SQLColumnExpression,
    String,
    cast,
    func,
    literal_column,
    null,
    select,
    union_all,
)

from lms.core.clock import london_day
from lms.core.types import Id, UtcDateTime

LOOKED_AT = 20
"""Rows of one part that are looked at."""

Leads = Callable[[UUID, "Row"], tuple[str, Mapping[str, UUID]]]
"""From the authority and a row to the page where it is dealt with: its endpoint and what its address needs."""


@dataclass(frozen=True)
class Asked:
    """How one part asks for what waits of it: `wanted` is made by `asking`, `leads` says where its rows lead."""

    wanted: Select[*tuple[Any, ...]]
    leads: Leads


_MOST: Any = literal_column(str(LOOKED_AT), Integer)

Row = Sequence[Any]
"""A kind; whom it is about (None: no PA); since when, as a day or as a moment; the last day in time where its part
knows that day; two ids its page is found by; the number of its part.
"""

KIND, PERSON, DAY, MOMENT, DUE, FIRST, SECOND, PART = range(8)


def asking(
    kind: str | ColumnElement[Any],
    *,
    since: Any,
    person: SQLColumnExpression[Any] | None = None,
    due: SQLColumnExpression[Any] | None = None,
    first: SQLColumnExpression[Any] | None = None,
    second: SQLColumnExpression[Any] | None = None,
) -> Select[*tuple[Any, ...]]:
    """Selects rows in the shape of a `Row`, the oldest first; where they come from is the caller's to add.

    It may be asked with the values `authority_id`, `on` and `soon`.
    """
    named = kind if isinstance(kind, ColumnElement) else literal_column(f"'{kind}'", String)  # no value to bind
    a_day = not isinstance(since.type, UtcDateTime)
    return select(
        named.label("kind"),
        _or_none(person, Id).label("person"),
        _or_none(since if a_day else None, Date).label("day"),
        _or_none(None if a_day else since, UtcDateTime).label("moment"),
        _or_none(due, Date).label("due"),
        _or_none(first, Id).label("first"),
        _or_none(second, Id).label("second"),
    ).order_by(since)


def _or_none(column: SQLColumnExpression[Any] | None, kind: Any) -> Any:
    return cast(null(), kind) if column is None else column


def oldest(asked: Sequence[Asked]) -> CompoundSelect[*tuple[Any, ...]]:
    """One statement for the oldest of every part."""
    parts = (
        part.wanted.add_columns(literal_column(str(number), Integer).label("part"))
        .limit(_MOST)
        .subquery(f"part_{number}")
        for number, part in enumerate(asked)
    )
    return union_all(*(select(part) for part in parts))


def totals(asked: Sequence[Asked]) -> CompoundSelect[str, int]:
    """One statement for how many of each kind wait; kinds of which nothing does are left out."""
    parts = (part.wanted.order_by(None).subquery(f"part_{number}") for number, part in enumerate(asked))
    return union_all(*(select(part.c.kind, func.count()).group_by(part.c.kind) for part in parts))


def day_of(row: Sequence[Any]) -> date:
    """The day a row began to wait."""
    found: date = row[DAY] or london_day(row[MOMENT])
    return found
