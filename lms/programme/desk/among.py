"""Where given enrolments stand: for other parts of the programme that keep lists of their own."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from lms.core.db import Db, columns
from lms.programme.desk.lists import LINES, Line
from lms.programme.desk.models import DeskStanding
from lms.programme.desk.rules import State, Who


class Stood(NamedTuple):
    """Where one enrolment stands; `since` is the day since which it waits."""

    state: State
    waits_for: Who | None
    since: date | None


def stands_among(db: Db, authority_id: UUID, among: Select[UUID]) -> dict[UUID, Stood]:
    """Where the enrolments stand that a question gives, those of one authority. One query."""
    asked = _STANDS.where(DeskStanding.enrolment_id.in_(among))
    return {row.enrolment_id: Stood(*row[1:]) for row in columns(db, asked, {"authority_id": authority_id})}


def lines_of(db: Db, authority_id: UUID, enrolment_ids: Collection[UUID]) -> dict[UUID, Line]:
    """These enrolments as lines of a list, by id; those of another authority are left out. One query."""
    values = {"authority_id": authority_id, "ids": list(enrolment_ids)}
    return {row.enrolment_id: Line(*row) for row in columns(db, _LINES_OF, values)} if enrolment_ids else {}


_HERE = DeskStanding.authority_id == bindparam("authority_id")
_STANDS: Select[*tuple[Any, ...]] = select(
    DeskStanding.enrolment_id, DeskStanding.state, DeskStanding.waits_for, DeskStanding.since
).where(_HERE)
_LINES_OF = LINES.where(_HERE, DeskStanding.enrolment_id.in_(bindparam("ids", expanding=True)))
