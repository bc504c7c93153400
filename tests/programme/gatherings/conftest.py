"""Events of the small world, with people who come."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.core.db import Db
from lms.notifications.models import Notice
from lms.people import services as people
from lms.people.rules import Role
from lms.programme.gatherings import planning
from lms.programme.gatherings.planning import Plan
from lms.programme.gatherings.words import Kind, Open
from tests.world import World


def plan_of(now: datetime, **more: Any) -> Plan:
    """A workshop in ten days, open to all PAs."""
    starts = more.pop("starts_at", now + timedelta(days=10))
    values: dict[str, Any] = {
        "kind": Kind.WORKSHOP,
        "title": "Moving and handling",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "place": "Rivermere Library, High Street",
        "open_to": frozenset({Open.PAS}),
    }
    return Plan(**(values | more))


def planned(db: Db, world: World, now: datetime, **more: Any) -> UUID:
    """The same, planned."""
    once = uuid4()
    planning.plan(db, once=once, authority_id=world.authority, plan=plan_of(now, **more), by=world.coordinator, now=now)
    return once


def more_pas(db: Db, world: World, now: datetime, many: int) -> list[UUID]:
    """PAs of the authority."""
    found = []
    for number in range(many):
        id = people.add_person(db, name=f"Guest {number}", email=f"guest{number}@example.com", by=None, now=now)
        people.give_role(
            db,
            person_id=id,
            organisation_id=world.authority,
            role=Role.PA,
            by=None,
            now=now,
            since=now.date() - timedelta(days=9),
        )
        found.append(id)
    return found


def told(db: Db, kind: str) -> list[UUID | None]:
    """Whom a kind of notice went to, in order."""
    return list(db.scalars(select(Notice.person_id).where(Notice.kind == kind).order_by(Notice.made_at)))
