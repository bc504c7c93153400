"""What an authority decides about schemes reaches pages at once, and prospects by the next sweep."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.core.db import Db
from lms.core.house import House
from lms.funding.authoring import deciding, queries, services
from lms.funding.prospects import rereading
from lms.funding.prospects.models import ProspectStanding
from lms.funding.scheme import Covered
from lms.funding.standing import standings
from lms.funding.trainings import choices_for
from lms.learning import services as learning
from tests.world import World

PLACES = "RIVERMERE-PLACES-2026-27"
KEY = "items.CLASS"


def enrolled(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        learning.enrol(
            db, learner_id=world.pa, authority_id=world.authority, course="PAI", by=world.coordinator, now=now
        )


def published(db: Db, world: World, now: datetime, *, first: datetime) -> UUID:
    by: dict[str, Any] = {"authority_id": world.authority, "by": world.coordinator, "now": now}
    draft_id = services.start_draft(db, once=uuid4(), based_on=PLACES, year_later=True, **by)
    version = queries.draft(db, draft_id, [world.authority]).version
    return services.publish(db, once=uuid4(), draft_id=draft_id, version=version, valid_from=first.date(), **by).id


def confirmed(db: Db, world: World, now: datetime) -> UUID:
    found = queries.schemes_for(db, world.authority, on=now.date(), as_written=True).by_code[PLACES]
    shown = next(s.values for s in standings(found) if s.key == KEY)
    once = uuid4()
    deciding.confirm(
        db, once=once, authority_id=world.authority, scheme=PLACES, key=KEY, shown=shown, source="A letter",
        until=None, by=world.coordinator, now=now,
    )  # fmt: skip
    return once


def counted(db: Db, world: World, now: datetime) -> None:
    deciding.count(
        db, once=uuid4(), authority_id=world.authority, scheme=PLACES, covers=[Covered(training="PAI-5", item="CLASS")],
        note="", by=world.coordinator, now=now,
    )  # fmt: skip


def test_a_training_counted_in_the_browser_can_be_asked_about(house: House, world: World, now: datetime) -> None:
    enrolled(house, world, now)
    with house.database.writing() as db:
        counted(db, world, now)
    with house.database.reading() as db:
        found = {each.code for each in choices_for(db, world.pa, [world.authority], on=now.date())}
    assert "PAI-5" in found
    assert "PAI-6" not in found  # what was counted before it is counted no more


def test_each_decision_has_the_learners_of_its_authority_read_again(house: House, world: World, now: datetime) -> None:
    enrolled(house, world, now)
    made: dict[str, UUID] = {}

    def due(at: datetime) -> int:
        with house.database.reading() as db:
            return rereading.count_due(db, world.authority, at.date())

    def decide(what: Callable[[Db], Any]) -> None:
        with house.database.writing() as db:
            what(db)

    later = now + timedelta(days=3)
    steps: tuple[tuple[Callable[[Db], Any], datetime], ...] = (
        (lambda db: made.update(edition=published(db, world, now, first=later)), later),
        (lambda db: counted(db, world, now), now),
        (lambda db: made.update(figure=confirmed(db, world, now)), now),
        (
            lambda db: deciding.take_confirmation_back(
                db, confirmed_id=made["figure"], authority_id=world.authority, reason="It was last year's",
                by=world.coordinator, now=now,
            ),
            now,
        ),
    )  # fmt: skip
    for what, holds in steps:
        assert due(now) == 0
        decide(what)
        assert due(holds) == 1
        assert (due(now) == 1) is (holds == now)  # an edition of a later day changes nothing before it
        rereading.sweep(house, now)
    decide(
        lambda db: services.take_back(
            db, edition_id=made["edition"], authority_id=world.authority, by=world.coordinator, now=now
        )
    )
    rereading.sweep(house, later)
    with house.database.reading() as db:
        assert db.scalar(select(ProspectStanding.worked_out_at)) != later  # taken back before its day: nothing is due
