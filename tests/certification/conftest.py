"""What tests of certification share: a house with the rooms a certificate needs, and a PA who has earned one."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from lms.assessment import content as assessment_content
from lms.assessment import reactions as assessment
from lms.assessment.events import UnitSignedOff
from lms.certification import content, queries, reactions
from lms.certification.printing import rendering
from lms.certification.queries import CertificateView
from lms.core import shelves
from lms.core.clock import Clock
from lms.core.db import Base, Database
from lms.core.events import Reactions
from lms.core.files import Files
from lms.core.house import House
from lms.core.settings import Settings
from lms.core.work import Workers
from lms.learning import content as learning_content
from lms.learning.events import LearnerEnrolled, ModuleStudied
from tests.certification import steps
from tests.world import World

REACTIONS: Reactions = {
    LearnerEnrolled: [assessment.open_on_enrolment],
    ModuleStudied: [assessment.ready_when_studied, reactions.issue_when_complete],
    UnitSignedOff: [reactions.issue_when_complete],
}
WORKERS: Workers = {"certification.render": rendering.render}


@pytest.fixture(scope="session")
def loaded() -> shelves.Shelves:
    """The shelves a certificate needs."""
    return shelves.load(
        {
            "modules": [learning_content.load],
            "assessments": [assessment_content.load],
            "certificates": [content.load],
        }
    )


@pytest.fixture
def house(settings: Settings, loaded: shelves.Shelves, clock: Clock) -> Iterator[House]:
    """A house in which nobody listens to a certificate: what other rooms make of it is their own tests'."""
    database = Database(settings.database_url, info={"reactions": REACTIONS, "shelves": loaded})
    Base.metadata.create_all(database.engine)
    yield House(
        settings=settings,
        database=database,
        shelves=loaded,
        files=Files(settings.files_url),
        workers=WORKERS,
        clock=clock,
    )
    database.close()


@pytest.fixture
def issued(house: House, world: World, now: datetime) -> CertificateView:
    """The certificate of the world's PA, committed, its PDF not made yet."""
    with house.database.writing() as db:
        steps.earns(db, world, now)
    with house.database.reading() as db:
        return queries.certificates_of(db, world.pa)[0]


@pytest.fixture
def open_as(browser_for: Any) -> Any:
    """Opens a page as somebody: `open_as(world.pa, "/certificates")`; nobody: `open_as(None, "/verify")`."""
    return lambda person_id, path: browser_for(person_id).get(path)
