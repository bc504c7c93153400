"""Read checks: what waits for a register team, and what is held about one PA's checks."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, bindparam, or_, select

from lms.core.db import Db, columns
from lms.register.checks.kinds import Waits
from lms.register.checks.models import CheckWaits
from lms.register.models import Standing


@dataclass(frozen=True)
class Waiting:
    """Something that waits for the register team. `due` is the last day in time; None: as soon as the team can.

    `disclosure_id` names the record it is about and `code` the requirement it was recorded for.
    """

    person_id: UUID
    what: Waits
    since: date
    due: date | None
    disclosure_id: UUID
    code: str


_WAITING = (
    select(
        CheckWaits.person_id,
        CheckWaits.what,
        CheckWaits.since,
        CheckWaits.due,
        CheckWaits.disclosure_id,
        CheckWaits.code,
    )
    .join(
        Standing,
        and_(Standing.person_id == CheckWaits.person_id, Standing.authority_id == CheckWaits.authority_id),
    )
    .where(
        CheckWaits.authority_id == bindparam("authority_id"),
        CheckWaits.since <= bindparam("on"),
        or_(Standing.ended_on.is_(None), Standing.ended_on >= bindparam("on")),
    )
    .order_by(CheckWaits.since, CheckWaits.number)
)


def waiting(db: Db, authority_id: UUID, on: date) -> list[Waiting]:
    """What waits on a day, the longest first; of PAs whom the authority knows that day. One query."""
    return [Waiting(*row) for row in columns(db, _WAITING, {"authority_id": authority_id, "on": on})]
