"""Read which records an authority reads as one person."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, func, or_, select

from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.register.merging.models import LikelyDouble, SamePerson
from lms.register.waits import Group, Waiting

_IDS: BindParameter[list[UUID]] = bindparam("ids", expanding=True)
_TOUCHING = select(SamePerson.kept_id, SamePerson.other_id).where(
    SamePerson.authority_id == bindparam("authority_id"),
    SamePerson.ended_at.is_(None),
)
_KEPT_OF = _TOUCHING.where(or_(SamePerson.kept_id.in_(_IDS), SamePerson.other_id.in_(_IDS)))


def same_as(db: Db, person_ids: Collection[UUID], authority_id: UUID) -> dict[UUID, tuple[UUID, ...]]:
    """Whose records count for each of these people besides their own, in the eyes of one authority.

    Both sides of a link see the same; people without a link are left out. At most two queries. Ask for no more than
    2,000 at a time.
    """
    ids = list(person_ids)
    touching = columns(db, _KEPT_OF, {"authority_id": authority_id, "ids": ids}).all()
    if not touching:
        return {}
    kept = list({row.kept_id for row in touching})
    groups: dict[UUID, set[UUID]] = defaultdict(set)
    for row in columns(db, _TOUCHING.where(SamePerson.kept_id.in_(_IDS)), {"authority_id": authority_id, "ids": kept}):
        groups[row.kept_id] |= {row.kept_id, row.other_id}
    wanted = set(ids)
    return {one: tuple(sorted(group - {one})) for group in groups.values() for one in group if one in wanted}


def read_as_another(db: Db, person_id: UUID, authority_id: UUID) -> bool:
    """Whether a record is read under another one now, which alone stands on the lists."""
    asked = {"authority_id": authority_id, "other_id": person_id}
    return columns(db, _TOUCHING.where(SamePerson.other_id == bindparam("other_id")), asked).first() is not None


_OPEN_DOUBLES = (
    select(LikelyDouble.first_id, LikelyDouble.second_id, LikelyDouble.found_at)
    .where(LikelyDouble.authority_id == bindparam("authority_id"), LikelyDouble.settled_at.is_(None))
    .order_by(LikelyDouble.found_at, LikelyDouble.id)
)
_COUNT_DOUBLES = _OPEN_DOUBLES.with_only_columns(func.count()).order_by(None)


def waiting(db: Db, authority_id: UUID, on: date) -> list[Group]:  # noqa: ARG001  every part is asked for a day
    """Records that look like the same person: how many pairs, and the first few. Two queries."""
    total = columns(db, _COUNT_DOUBLES, {"authority_id": authority_id}).scalar_one()
    if not total:
        return []
    rows = columns(db, _OPEN_DOUBLES.limit(20), {"authority_id": authority_id})
    oldest = [
        Waiting(
            person_id=row.first_id,
            since=london_day(row.found_at),
            endpoint="lms.merging.compare",
            args={"authority_id": authority_id, "first_id": row.first_id, "second_id": row.second_id},
        )
        for row in rows
    ]
    return [Group(kind="likely_double", total=total, oldest=oldest)]
