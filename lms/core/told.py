"""Read the facts of one person's record as a page tells them: the one place from which a story reads the event log."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select

from lms.core.db import Db, columns
from lms.core.models import EventRow


@dataclass(frozen=True)
class Happened:
    """One fact of somebody's record, as a page tells it: who did it (None: the system), and what it tells."""

    number: int
    kind: str
    at: datetime
    by: UUID | None
    data: Mapping[str, Any]


def happened_to(db: Db, about: UUID, kinds: Collection[str]) -> list[Happened]:
    """Every fact of these kinds about a person, the newest first; those that were erased are left out. One query."""
    wanted = columns(db, _HAPPENED, {"about": about, "kinds": list(kinds)})
    return [Happened(*row) for row in wanted]


_HAPPENED = (
    select(EventRow.id, EventRow.kind, EventRow.at, EventRow.by, EventRow.data)
    .where(
        EventRow.about == bindparam("about"),
        EventRow.kind.in_(bindparam("kinds", expanding=True)),
        EventRow.salt.is_not(None),
    )
    .order_by(EventRow.id.desc())
)


def newest(db: Db) -> int | None:
    """The number of the newest fact of all; None when there is none. One query."""
    return db.scalar(select(func.max(EventRow.id)))


def told_since(
    db: Db, about: Any, *, after: int, beside: Collection[str], never: Collection[str], limit: int
) -> list[tuple[UUID | None, str]]:
    """Whom of these (a statement of ids) a fact is about, with its kind: newer than a number, or of a kind not in
    `beside`; those of the kinds in `never` do not count. One query."""
    later = (EventRow.id > after) | EventRow.kind.not_in(beside)
    wanted = select(EventRow.about, EventRow.kind).where(EventRow.about.in_(about), EventRow.kind.not_in(never), later)
    return [(row.about, row.kind) for row in db.execute(wanted.limit(limit))]
