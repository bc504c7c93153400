"""Read the facts of one person's record as a page tells them: the one place from which a story reads the event log."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

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
