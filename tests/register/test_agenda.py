"""What waits for a register team, asked of all parts at once: nothing is left out, what is due first comes first."""

from datetime import datetime, timedelta
from uuid import uuid4

from lms.core.db import Db
from lms.people import services as people
from lms.register.agenda import agenda
from lms.register.kinds import ListingState
from lms.register.listing.models import Listing
from lms.register.waits import LOOKED_AT
from tests.world import World


def _listings(db: Db, world: World, now: datetime, state: ListingState, count: int) -> None:
    """So many listings in one state, each a day older than the one before; of people of its own each."""
    for number in range(count):
        since = now.date() - timedelta(days=number)
        pa = people.add_person(db, name=f"PA {number}", email=f"{uuid4()}@example.com", by=None, now=now)
        row = Listing(person_id=pa, authority_id=world.authority, state=state, since=since, turn=1, withheld=False)
        db.add(row)
    db.flush()


def test_all_of_it_is_counted_also_what_is_not_looked_at(db: Db, world: World, now: datetime) -> None:
    _listings(db, world, now, ListingState.SUBMITTED, LOOKED_AT + 3)
    _listings(db, world, now, ListingState.SUSPENDED, 2)
    found = agenda(db, world.authority, now.date(), target_days=10, nation="england")
    assert found.totals == {"application_sent": LOOKED_AT + 3, "suspended": 2}
    assert found.total == LOOKED_AT + 5
    assert len(found.items) == LOOKED_AT


def test_the_oldest_with_a_target_comes_first_and_what_has_none_last(db: Db, world: World, now: datetime) -> None:
    _listings(db, world, now, ListingState.SUSPENDED, 2)
    _listings(db, world, now, ListingState.CHECKING, 3)
    found = agenda(db, world.authority, now.date(), target_days=1, nation="england")
    assert [each.kind for each in found.items] == ["application_checked"] * 3 + ["suspended"] * 2
    begun = [each.since for each in found.items[:3]]
    assert begun == sorted(begun)
    assert found.items[-1].due is None
    assert {each.endpoint for each in found.items} == {"lms.listing.one"}


def test_what_waits_for_another_authority_does_not_wait_here(db: Db, world: World, now: datetime) -> None:
    _listings(db, world, now, ListingState.SUBMITTED, 1)
    found = agenda(db, world.other_authority, now.date(), target_days=10, nation="england")
    assert (found.total, list(found.items)) == (0, [])
