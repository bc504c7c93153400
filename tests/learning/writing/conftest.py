"""A small course whose activity and whose last question have to be read before they count."""

from datetime import datetime
from uuid import UUID

import pytest

from lms.brought import ACROSS, LOADERS
from lms.core import shelves
from lms.core.house import House
from lms.learning import services
from lms.learning.catalogue import Courses
from tests.learning.packs import MODULE, QUESTIONS, Pack
from tests.learning.writing.acts import Acts
from tests.world import World

WRITTEN = """\
  - code: Q4
    outcome: SMALL-1.2
    kind: written
    text: {en: "What did you do?"}
    look_for: [{en: Your own practice}, {en: What you would do again}]
    read: needed
"""


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> shelves.Shelves:
    """The built-in shelves with the small course."""
    folder = tmp_path_factory.mktemp("needed")
    pack = Pack(folder / "modules")
    needed = MODULE.replace("  minutes: 4\n", "  minutes: 4\n  read: needed\n").replace("draw: 2", "draw: 3")
    pack.write("SMALL-1/module.yaml", needed)
    pack.write("SMALL-1/questions.yaml", QUESTIONS + WRITTEN)
    return shelves.load(LOADERS, [folder], across=ACROSS)


@pytest.fixture
def enrolment(house: House, world: World, now: datetime) -> UUID:
    """The first PA's enrolment on the small course, committed."""
    with house.database.writing() as db:
        return services.enrol(
            db, learner_id=world.pa, authority_id=world.authority, course="SMALL", by=world.coordinator, now=now
        )


@pytest.fixture
def acts(house: House, world: World, enrolment: UUID, now: datetime) -> Acts:
    """Somebody who studies, and somebody who reads."""
    courses = house.shelves[Courses]
    assert isinstance(courses, Courses)
    return Acts(world, enrolment, courses.modules["SMALL-1"], now)
