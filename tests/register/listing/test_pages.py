"""The pages of a listing: the PA's own and the team's, with what each may see and do."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from lms.core.house import House
from lms.register.kinds import ListingState
from lms.register.listing import queries
from tests.world import World

BrowserFor = Callable[..., Any]


@pytest.fixture
def state(house: House, world: World) -> Callable[[], ListingState | None]:
    """Where the PA's listing stands now."""

    def now() -> ListingState | None:
        with house.database.reading() as db:
            found = queries.listing_of(db, world.pa, world.authority)
            return found.state if found else None

    return now


def _once() -> dict[str, str]:
    return {"once": str(uuid4())}


def test_a_pa_applies_and_the_team_takes_it_up(
    browser_for: BrowserFor, world: World, state: Callable[[], ListingState | None]
) -> None:
    pa = browser_for(world.pa)
    page = pa.get("/register").get_data(as_text=True)
    assert "You have not applied yet" in page
    pa.get(f"/register/{world.authority}/apply")
    answer = pa.post(f"/register/{world.authority}/apply", data=_once())
    assert answer.status_code == 302
    assert state() is ListingState.SUBMITTED
    assert "Your application is sent" in pa.get("/register").get_data(as_text=True)
    officer = browser_for(world.register_officer)
    place = f"/register/people/{world.authority}/{world.pa}/listing"
    assert "Take up the application" in officer.get(place).get_data(as_text=True)
    assert officer.post(f"{place}/take-up", data=_once()).status_code == 302
    assert state() is ListingState.CHECKING
