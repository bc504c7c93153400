"""Read groups: those of an authority with how far each is, one with its members, and in which somebody is."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select

from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.people.by_name import IDS_NAMED, as_part, name_of
from lms.programme.desk.among import Stood, lines_of, stands_among
from lms.programme.desk.lists import Line
from lms.programme.desk.rules import Limits
from lms.programme.groups.models import Group, GroupMember
from lms.programme.groups.rules import HowFar, Member, Standing, how_far, stands_so


@dataclass(frozen=True)
class GroupView:
    """A group. `course` None: whatever its members learn."""

    id: UUID
    authority_id: UUID
    name: str
    course: str | None
    since: date
    until: date | None


@dataclass(frozen=True)
class MemberView:
    """Somebody who is or was in a group, with where they stand; None where nothing is known of them yet."""

    id: UUID
    enrolment_id: UUID
    person_id: UUID
    name: str
    since: date
    until: date | None
    line: Line | None


_GROUPS = select(Group.id, Group.authority_id, Group.name, Group.course, Group.since, Group.until)
_HERE = Group.authority_id == bindparam("authority_id")
_ONE = _GROUPS.where(Group.id == bindparam("group_id"))
_OF_AUTHORITY = _GROUPS.where(_HERE).order_by(Group.since.desc(), Group.name, Group.id)
_COUNT = select(func.count()).select_from(Group).where(_HERE)


def groups_in(
    db: Db, authority_id: UUID, limits: Limits, on: date, *, offset: int = 0, limit: int | None = None
) -> tuple[list[tuple[GroupView, HowFar]], int]:
    """Some groups of an authority, the newest first, with how far they are, and how many there are. Four queries."""
    found = [
        GroupView(*row)
        for row in columns(db, _OF_AUTHORITY.offset(offset).limit(limit), {"authority_id": authority_id})
    ]
    total = columns(db, _COUNT, {"authority_id": authority_id}).scalar_one()
    ids = [each.id for each in found]
    inside = select(GroupMember.group_id, GroupMember.enrolment_id).where(_now_in(ids, on))
    members: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for group_id, enrolment_id in db.execute(inside) if ids else ():
        members[group_id].append(enrolment_id)
    among = select(GroupMember.enrolment_id).where(_now_in(ids, on))
    stood = stands_among(db, authority_id, among) if ids else {}
    return [(each, how_far(_member(stood.get(id), limits, on) for id in members[each.id])) for each in found], total


def _member(one: Stood | None, limits: Limits, on: date) -> Member:
    if one is None:
        return Member(None)
    stuck = one.waits_for is not None and one.since is not None and one.since <= limits.stuck_since(one.waits_for, on)
    return Member(one.state.value, stuck)


def standing_so(db: Db, of: GroupView, standing: Standing, limits: Limits, on: date) -> list[UUID]:
    """Those in a group on a day whom a number of `groups_in` counts, by the ids of their being in it. Two queries."""
    inside = _now_in([of.id], on)
    stood = stands_among(db, of.authority_id, select(GroupMember.enrolment_id).where(inside))
    rows = db.execute(select(GroupMember.id, GroupMember.enrolment_id).where(inside))
    return [row.id for row in rows if stands_so(_member(stood.get(row.enrolment_id), limits, on), standing)]


def _now_in(group_ids: Collection[UUID], on: date) -> ColumnElement[bool]:
    """The condition of being in one of these groups on a day."""
    return and_(
        GroupMember.group_id.in_(group_ids),
        GroupMember.since <= on,
        or_(GroupMember.until.is_(None), GroupMember.until >= on),
    )


def group(db: Db, group_id: UUID, authorities: Collection[UUID]) -> GroupView:
    """One group of one of these authorities. Raises NotFound for any other, as for one that is not there."""
    row = columns(db, _ONE, {"group_id": group_id}).one_or_none()
    if row is None or row.authority_id not in authorities:
        raise NotFound("group")
    return GroupView(*row)


def members(
    db: Db,
    of: GroupView,
    *,
    name: str = "",
    past: bool = False,
    only: Collection[UUID] | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> tuple[list[MemberView], int]:
    """Who is in a group by name, or who was in the past, and how many. Three queries.

    `only`: these, by the ids of their being in it, whether that has its last day or not (see `standing_so`).
    """
    still = GroupMember.ended_at.is_not(None) if past else _STILL
    wanted = [GroupMember.group_id == of.id, still if only is None else GroupMember.id.in_(only)]
    values = {"name": as_part(name)} if name else {}
    if name:
        wanted.append(GroupMember.person_id.in_(IDS_NAMED))
    total = columns(db, select(func.count()).select_from(GroupMember).where(*wanted), values).scalar_one()
    called = name_of(GroupMember.person_id)
    asked = (
        select(
            GroupMember.id,
            GroupMember.enrolment_id,
            GroupMember.person_id,
            called.label("called"),
            GroupMember.since,
            GroupMember.until,
        )
        .where(*wanted)
        .order_by(called, GroupMember.id)
        .offset(offset)
        .limit(limit)
    )
    rows = columns(db, asked, values).all()
    known = lines_of(db, of.authority_id, [row.enrolment_id for row in rows])
    return [MemberView(*row, known.get(row.enrolment_id)) for row in rows], total


_STILL = GroupMember.ended_at.is_(None)


def enrolments_in(db: Db, group_id: UUID) -> frozenset[UUID]:
    """The enrolments that are in a group. One query."""
    return frozenset(db.scalars(select(GroupMember.enrolment_id).where(GroupMember.group_id == group_id, _STILL)))


def people_in(db: Db, group_id: UUID) -> frozenset[UUID]:
    """Who is in a group. One query."""
    return frozenset(db.scalars(select(GroupMember.person_id).where(GroupMember.group_id == group_id, _STILL)))


def groups_of(db: Db, person_id: UUID) -> frozenset[UUID]:
    """The groups somebody is in. One query."""
    return frozenset(row[0] for row in columns(db, _GROUPS_OF, {"person_id": person_id}))


_GROUPS_OF = select(GroupMember.group_id).where(GroupMember.person_id == bindparam("person_id"), _STILL).distinct()


def names_in(db: Db, authority_id: UUID) -> list[tuple[UUID, str]]:
    """The groups of an authority by name, for choosing one. One query."""
    asked = select(Group.id, Group.name).where(_HERE).order_by(Group.name, Group.id)
    return [(row.id, row.name) for row in columns(db, asked, {"authority_id": authority_id})]


def open_among(db: Db, group_id: UUID, enrolment_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Those of these enrolments that are in a group, with the id of their being in it. One query."""
    asked = select(GroupMember.enrolment_id, GroupMember.id).where(
        GroupMember.group_id == group_id, GroupMember.enrolment_id.in_(enrolment_ids), _STILL
    )
    return {row.enrolment_id: row.id for row in columns(db, asked, {})} if enrolment_ids else {}
