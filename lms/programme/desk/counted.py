"""Every enrolment of an authority with its days, for a report: what the standings of the desk say, nothing else."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from lms.core.db import Db, columns
from lms.programme.desk.models import DeskStanding


class Days(NamedTuple):
    """The days of one enrolment; None: it has not come to that."""

    learner_id: UUID
    course: str
    started_on: date
    completed_on: date | None
    left_on: date | None


def days_of_all(db: Db, authority_id: UUID, until: date) -> list[Days]:
    """Every enrolment that had begun by the end of a day. One query."""
    return [Days(*row) for row in columns(db, _DAYS, {"authority_id": authority_id, "until": until})]


_S = DeskStanding
_DAYS: Select[*tuple[Any, ...]] = (
    select(_S.learner_id, _S.course, _S.started_on, _S.completed_on, _S.left_on)
    .where(_S.authority_id == bindparam("authority_id"), _S.started_on <= bindparam("until"))
    .order_by(_S.enrolment_id)
)
