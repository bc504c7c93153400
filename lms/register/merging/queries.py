"""Read which records an authority reads as one person."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, or_, select

from lms.core.db import Db, columns
from lms.register.merging.models import SamePerson

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
