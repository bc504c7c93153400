"""The learners who show practice in the standards, for every test here, and an activity that was seen."""

from uuid import UUID

import pytest

from lms.core.house import House
from tests.assessment import practising
from tests.assessment.practising import Practice
from tests.world import World

practice = practising.practice


@pytest.fixture
def seen(house: House, practice: Practice, world: World) -> UUID:
    """The activity, written down by the assessor."""
    with house.database.writing() as db:
        return practice.offer(db, world.assessor, ("1.1c", "5.2b"))
