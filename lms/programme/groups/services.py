"""Make groups and say who is in them. Members come and go by a day; what was stays."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, func, select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record, record_all
from lms.core.spelling import visible
from lms.core.words import N_, NotFound, Refused
from lms.learning import queries as learning
from lms.people import queries as people
from lms.people.rules import Role
from lms.programme.groups.events import GroupJoined, GroupLeft, GroupSet
from lms.programme.groups.models import Group, GroupMember
from lms.programme.groups.rules import MOST_MEMBERS

LONGEST_NAME = 80


@dataclass(frozen=True)
class About:
    """What a group is: its name, a course or whatever they learn, and from when to when."""

    name: str
    course: str | None
    since: date
    until: date | None = None


def make_group(db: Db, *, once: UUID, authority_id: UUID, about: About, by: UUID, now: datetime) -> None:
    """Make a group; the same form again makes one. Refused without a name and when it ends before it begins."""
    _coordinates(db, authority_id, by, now)
    row = Group(id=once, authority_id=authority_id, **_checked(about), made_by=by, made_at=now)
    if add_once(db, row):
        record(db, GroupSet(about=by, authority_id=authority_id, group_id=once), by=by, now=now, behalf=authority_id)


def change_group(db: Db, *, group_id: UUID, about: About, by: UUID, now: datetime) -> None:
    """Say anew what a group is. Refused when its course changes while somebody is in it."""
    row = own_group(db, group_id, by, now)
    there = select(func.count()).select_from(GroupMember).where(_open(group_id))
    if about.course and about.course != row.course and db.scalar(there):
        raise Refused(N_("People are in this group already, so its course stays. Make a new group."))
    for name, value in _checked(about).items():
        setattr(row, name, value)
    db.flush()
    fact = GroupSet(about=by, authority_id=row.authority_id, group_id=row.id)
    record(db, fact, by=by, now=now, behalf=row.authority_id)


def add_members(
    db: Db, *, group_id: UUID, enrolment_ids: Collection[UUID], since: date, by: UUID, now: datetime
) -> tuple[UUID, ...]:
    """Put enrolments into a group from a day on; returns those that are new. One that is in it stays in it once.

    Raises NotFound for an enrolment of another authority; Refused for one on another course than the group's, a day
    before the group begins or after it ends, and more people than a group has.
    """
    row = own_group(db, group_id, by, now)
    if since < row.since or (row.until is not None and since > row.until):
        raise Refused(N_("Choose a day on which the group is there."))
    there = set(db.scalars(select(GroupMember.enrolment_id).where(_open(group_id))))
    facts, added = [], []
    for id in sorted(set(enrolment_ids) - there):
        known = learning.enrolment(db, id)
        if known.authority_id != row.authority_id:
            raise NotFound("enrolment")
        if known.ended or (row.course is not None and known.course != row.course):
            raise Refused(N_("Choose people who are on the group’s course."))
        member = GroupMember(
            id=uuid4(),
            group_id=group_id,
            enrolment_id=id,
            person_id=known.learner_id,
            since=since,
            added_by=by,
            added_at=now,
        )
        if add_once(db, member):
            added.append(id)
            facts.append(
                GroupJoined(
                    about=known.learner_id,
                    authority_id=row.authority_id,
                    group_id=group_id,
                    enrolment_id=id,
                    since=since,
                )
            )
    if len(there) + len(added) > MOST_MEMBERS:
        raise Refused(N_("A group has at most %(most)s people. Make a second one."), most=MOST_MEMBERS)
    record_all(db, facts, by=by, now=now, behalf=row.authority_id)
    return tuple(added)


def end_member(db: Db, *, group_id: UUID, member_id: UUID, until: date, by: UUID, now: datetime) -> None:
    """Let somebody be in a group until a day, which still counts. One who left already stays as they are.

    Refused for a day before they came, and for a day to come.
    """
    group = own_group(db, group_id, by, now)
    row = db.get(GroupMember, member_id, with_for_update=True)
    if row is None or row.group_id != group_id:
        raise NotFound("member")
    if row.ended_at is not None:
        return
    if not row.since <= until <= max(row.since, london_day(now)):
        raise Refused(N_("Choose their last day in the group: from the day they came, up to today."))
    row.until, row.ended_by, row.ended_at = until, by, now
    db.flush()
    fact = GroupLeft(
        about=row.person_id,
        authority_id=group.authority_id,
        group_id=group_id,
        enrolment_id=row.enrolment_id,
        until=until,
    )
    record(db, fact, by=by, now=now, behalf=group.authority_id)


def own_group(db: Db, group_id: UUID, by: UUID, now: datetime) -> Group:
    """A group of an authority this person coordinates, held until the end. Raises NotFound for any other."""
    row = db.get(Group, group_id, with_for_update=True)
    if row is None:
        raise NotFound("group")
    _coordinates(db, row.authority_id, by, now)
    return row


def _open(group_id: UUID) -> ColumnElement[bool]:
    return (GroupMember.group_id == group_id) & GroupMember.ended_at.is_(None)


def _checked(about: About) -> dict[str, object]:
    name = " ".join(visible(about.name, keep="\t\n").split())
    if not name or len(name) > LONGEST_NAME:
        raise Refused(N_("Give the group a name of at most %(most)s characters."), most=LONGEST_NAME)
    if about.until is not None and about.until < about.since:
        raise Refused(N_("The last day has to be on or after the first."))
    return {"name": name, "course": about.course or None, "since": about.since, "until": about.until}


def _coordinates(db: Db, authority_id: UUID, by: UUID, now: datetime) -> None:
    if not people.holds(db, by, Role.COORDINATOR, [authority_id], london_day(now)):
        raise NotFound("authority")
