"""Read links between two records, and the pairs that may need one, for the register team's pages."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, or_, select

from lms.core.db import Db, columns
from lms.core.types import Id
from lms.core.words import NotFound
from lms.register.merging.models import DoubleLook, LikelyDouble, SamePerson
from lms.register.merging.reasons import Likeness, LinkReason, UndoReason


@dataclass(frozen=True)
class LinkView:
    """A link with its whole trail; `ended_at` None while the two are read as one."""

    id: UUID
    authority_id: UUID
    kept_id: UUID
    other_id: UUID
    reason: LinkReason
    linked_by: UUID
    linked_at: datetime
    end_reason: UndoReason | None
    ended_by: UUID | None
    ended_at: datetime | None


@dataclass(frozen=True)
class PairView:
    """Two records that look alike, and what makes them so."""

    first_id: UUID
    second_id: UUID
    likeness: Likeness
    found_at: datetime


def link(db: Db, link_id: UUID, authority_ids: Collection[UUID]) -> LinkView:
    """One link of one of these authorities. Raises NotFound, also for another authority's."""
    row = db.scalar(select(SamePerson).where(SamePerson.id == link_id, SamePerson.authority_id.in_(authority_ids)))
    if row is None:
        raise NotFound("link")
    return _view(row)


def links_of(db: Db, person_id: UUID, authority_id: UUID) -> list[LinkView]:
    """Every link a record is or was part of, the newest first. One query."""
    rows: Iterable[Any] = columns(db, _LINKS_OF, {"person_id": person_id, "authority_id": authority_id})
    return [LinkView(*row) for row in rows]


_ID = bindparam("person_id", type_=Id())
_LINKS_OF = (
    select(
        SamePerson.id,
        SamePerson.authority_id,
        SamePerson.kept_id,
        SamePerson.other_id,
        SamePerson.reason,
        SamePerson.linked_by,
        SamePerson.linked_at,
        SamePerson.end_reason,
        SamePerson.ended_by,
        SamePerson.ended_at,
    )
    .where(
        SamePerson.authority_id == bindparam("authority_id"), or_(SamePerson.kept_id == _ID, SamePerson.other_id == _ID)
    )
    .order_by(SamePerson.linked_at.desc())
)


def links_in(db: Db, authority_id: UUID, *, limit: int) -> Sequence[LinkView]:
    """An authority's newest links, open and ended. One query."""
    wanted = select(SamePerson).where(SamePerson.authority_id == authority_id)
    return [_view(row) for row in db.scalars(wanted.order_by(SamePerson.linked_at.desc()).limit(limit))]


def pairs_in(db: Db, authority_id: UUID, *, offset: int, limit: int) -> tuple[list[PairView], int]:
    """The pairs nobody has settled, the longest known first, and how many. Two queries."""
    wanted: Select[Any] = select(LikelyDouble).where(
        LikelyDouble.authority_id == authority_id, LikelyDouble.settled_at.is_(None)
    )
    total = db.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = db.scalars(wanted.order_by(LikelyDouble.found_at, LikelyDouble.id).offset(offset).limit(limit))
    return [PairView(row.first_id, row.second_id, row.likeness, row.found_at) for row in rows], total


def looked_at(db: Db, authority_id: UUID) -> datetime | None:
    """When an authority's records were last compared."""
    return db.scalar(select(DoubleLook.looked_at).where(DoubleLook.authority_id == authority_id))


def _view(row: SamePerson) -> LinkView:
    return LinkView(
        row.id,
        row.authority_id,
        row.kept_id,
        row.other_id,
        row.reason,
        row.linked_by,
        row.linked_at,
        row.end_reason,
        row.ended_by,
        row.ended_at,
    )
