"""A phone with no signal: a clock that runs, and a learner on the induction."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest

from lms.learning import services
from tests.browser.site import Site


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that runs: what is told apart here is by seconds of the phone's own clock."""
    return lambda: datetime.now(UTC)


@pytest.fixture
def enrolment(site: Site) -> UUID:
    """Pat is on the induction since now."""
    with site.house.database.writing() as db:
        world = site.world
        return services.enrol(
            db, learner_id=world.pa, authority_id=world.authority, course="PAI", by=world.pa, now=site.clock()
        )
