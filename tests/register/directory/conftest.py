"""Towns with a simple register each."""

import pytest

from lms.core.house import House
from lms.register.kinds import ContactModel
from tests.conftest import StandingClock
from tests.register.town import Town, listed, make_town, switch


@pytest.fixture
def town(house: House, clock: StandingClock) -> Town:
    """Harbourgate with messages through the site; one PA is listed, the other has nothing."""
    with house.database.writing() as db:
        made = make_town(db, "HARBOURGATE", clock.now)
        switch(db, made, ContactModel.MASKED, clock.now)
        listed(db, made, made.pa, clock.now)
    return made


@pytest.fixture
def far(house: House, clock: StandingClock) -> Town:
    """Another authority that uses the register in the same way."""
    with house.database.writing() as db:
        made = make_town(db, "DYFFRYN", clock.now)
        switch(db, made, ContactModel.MASKED, clock.now)
        listed(db, made, made.pa, clock.now)
    return made
