"""Where several people stand with their latest course, for a message that says what comes next. One query."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.core.db import Db, columns
from lms.programme.desk.models import DeskStanding
from lms.programme.desk.rules import State, Who, Why


class Latest(NamedTuple):
    """The course somebody began last and did not leave, whom it waits for and why."""

    course: str
    waits_for: Who | None
    why: Why | None


_LATEST = (
    select(DeskStanding.learner_id, DeskStanding.course, DeskStanding.waits_for, DeskStanding.why)
    .where(
        DeskStanding.authority_id == bindparam("authority_id"),
        DeskStanding.learner_id.in_(bindparam("ids", expanding=True)),
        DeskStanding.state != State.LEFT,
    )
    .order_by(DeskStanding.state == State.WORKING, DeskStanding.started_on, DeskStanding.enrolment_id)
)


def latest(db: Db, authority_id: UUID, learner_ids: Collection[UUID]) -> dict[UUID, Latest]:
    """By learner; one they still work towards before one that is completed. Whoever has none is left out."""
    if not learner_ids:
        return {}
    rows = columns(db, _LATEST, {"authority_id": authority_id, "ids": list(learner_ids)})
    return {row.learner_id: Latest(row.course, row.waits_for, row.why) for row in rows}
