"""What of the checks waits for the register team, for its desk: of PAs whom the authority knows that day."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import String, and_, bindparam, literal, or_, type_coerce

from lms.register.checks.models import CheckWaits
from lms.register.models import Standing
from lms.register.waits import PERSON, Asked, Row, asking


def _leads(authority_id: UUID, row: Row) -> tuple[str, Mapping[str, UUID]]:
    return "lms.checks.person", {"authority_id": authority_id, "person_id": row[PERSON]}


_THEIRS = and_(Standing.person_id == CheckWaits.person_id, Standing.authority_id == CheckWaits.authority_id)
_WAITING = (
    asking(
        literal("check_", String).concat(type_coerce(CheckWaits.what, String)),
        person=CheckWaits.person_id,
        since=CheckWaits.since,
        due=CheckWaits.due,
    )
    .join_from(CheckWaits, Standing, _THEIRS)
    .where(
        CheckWaits.authority_id == bindparam("authority_id"),
        CheckWaits.since <= bindparam("on"),
        or_(Standing.ended_on.is_(None), Standing.ended_on >= bindparam("on")),
    )
)

WAITS: Sequence[Asked] = (Asked(_WAITING, _leads),)
