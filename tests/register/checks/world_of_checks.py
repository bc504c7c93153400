"""What tests of checks share: certificates recorded and steps taken, said shortly."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.core.db import Db
from lms.core.models import EventRow
from lms.register.checks import services, steps
from lms.register.checks.kinds import Waits
from lms.register.checks.queries import disclosure_behind, waiting
from lms.register.disclosures import Decision, Factor, FollowUp
from tests.world import World

SEEN = {"level": "enhanced_adults_list", "workforce": "adult", "issue_date": "2026-10-01", "result": "no_content"}
CONTENT = {**SEEN, "result": "has_content"}
NUMBER = "001987654321"


def certificate(db: Db, world: World, now: datetime, *, on: date | None = None, number: str = "", **data: str) -> UUID:
    once = uuid4()
    services.record_certificate(
        db,
        once=once,
        person_id=world.pa,
        authority_id=world.authority,
        code="RM-DBS",
        on=on or now.date(),
        data={**SEEN, **data},
        number=number,
        by=world.register_officer,
        now=now,
    )
    return once


def step(db: Db, world: World, now: datetime, record_id: UUID, what: FollowUp, **more: Any) -> None:
    given: dict[str, Any] = {
        "by": world.register_officer,
        "authority_id": world.authority,
        "once": uuid4(),
        "on": now.date(),
        "place": "Tuesday at ten, Town Hall" if what is FollowUp.INVITED else "",
        "factors": [Factor.RELEVANCE] if what is FollowUp.CONSIDERED else [],
    }
    steps.take_step(db, record_id=record_id, step=what, now=now, **{**given, **more})


def decided(db: Db, world: World, now: datetime, decision: Decision, **data: str) -> UUID:
    """A certificate with content, talked about and decided, with a second person where one is needed."""
    seen = certificate(db, world, now, result="has_content", **data)
    for what in (FollowUp.INVITED, FollowUp.DISCUSSED, FollowUp.CONSIDERED):
        step(db, world, now, seen, what)
    step(db, world, now, seen, FollowUp.DECIDED, decision=decision)
    if decision.needs_second_person:
        step(db, world, now, seen, FollowUp.AGREED, by=world.register_manager)
    return seen


def consent(db: Db, world: World, now: datetime, *, given: bool = True) -> None:
    services.say_consent(db, once=uuid4(), person_id=world.pa, authority_id=world.authority, given=given, now=now)


def waits(db: Db, world: World, on: date) -> list[Waits]:
    return [each.what for each in waiting(db, world.authority, on)]


def steps_of(db: Db, world: World, record_id: UUID) -> list[FollowUp]:
    return [each.step for each in disclosure_behind(db, record_id, [world.authority]).steps]


def facts(db: Db, kind: str, person_id: UUID) -> list[EventRow]:
    return list(db.scalars(select(EventRow).where(EventRow.kind == kind, EventRow.about == person_id)))
