"""Records that look like the same person, for the desk of a register team."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import bindparam

from lms.register.merging.models import LikelyDouble
from lms.register.waits import FIRST, SECOND, Asked, Row, asking


def _leads(authority_id: UUID, row: Row) -> tuple[str, Mapping[str, UUID]]:
    return "lms.merging.compare", {"authority_id": authority_id, "first_id": row[FIRST], "second_id": row[SECOND]}


_DOUBLES = asking(
    "likely_double",
    person=LikelyDouble.first_id,
    since=LikelyDouble.found_at,
    first=LikelyDouble.first_id,
    second=LikelyDouble.second_id,
).where(LikelyDouble.authority_id == bindparam("authority_id"), LikelyDouble.settled_at.is_(None))

WAITS: Sequence[Asked] = (Asked(_DOUBLES, _leads),)
