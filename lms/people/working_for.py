"""Read for whom PAs work, many at once, with the days: also what is over and what is to come."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.core.db import Db, columns
from lms.people.models import Employment, Organisation


class Work(NamedTuple):
    """A PA works for an employer behind an authority's wall, from a day, up to and including another."""

    pa_id: UUID
    employer_id: UUID
    authority_id: UUID | None
    since: date
    until: date | None


def every_work_of(db: Db, pa_ids: Collection[UUID]) -> list[Work]:
    """For whom these PAs work, worked or will work. One query."""
    return [Work(*row) for row in columns(db, _WORK, {"ids": list(pa_ids)})]


_IDS: Any = bindparam("ids", expanding=True)
_WORK = (
    select(Employment.pa_id, Employment.employer_id, Organisation.authority_id, Employment.since, Employment.until)
    .join(Organisation, Organisation.id == Employment.employer_id)
    .where(Employment.pa_id.in_(_IDS))
)
