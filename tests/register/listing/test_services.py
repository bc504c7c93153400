"""Moving listings on a real database: who may, when, once, and what is kept of it."""

from datetime import datetime
from uuid import uuid4

from lms.core.db import Db
from lms.register.kinds import ListingState
from lms.register.listing import queries, services
from tests.world import World

State = ListingState


def _apply(db: Db, world: World, now: datetime) -> None:
    services.apply(db, once=uuid4(), person_id=world.pa, authority_id=world.authority, now=now)


def _state(db: Db, world: World) -> ListingState | None:
    found = queries.listing_of(db, world.pa, world.authority)
    return found.state if found else None


def test_a_pa_applies_and_an_officer_takes_it_up(db: Db, world: World, now: datetime) -> None:
    assert _state(db, world) is None
    _apply(db, world, now)
    assert _state(db, world) is State.SUBMITTED
    services.move(
        db,
        once=uuid4(),
        person_id=world.pa,
        authority_id=world.authority,
        to=State.CHECKING,
        reason=None,
        by=world.register_officer,
        now=now,
    )
    found = queries.listing_of(db, world.pa, world.authority)
    assert found is not None
    assert found.state is State.CHECKING
    moves = queries.moves_of(db, found.id)
    assert [one.state for one in moves] == [State.CHECKING, State.SUBMITTED, State.DRAFT]
