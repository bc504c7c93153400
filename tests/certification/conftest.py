"""What tests of certification share: a house with the rooms a certificate needs, and a PA who has earned one."""

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
from lms.core.events import Reactions
from lms.core.house import House
from lms.core.work import Workers
from lms.learning import content as learning_content
from lms.learning.events import LearnerEnrolled, ModuleStudied
from tests.certification import steps
from tests.prepared import Wiring
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


@pytest.fixture(scope="session")
def wiring() -> Wiring:
    """Nobody listens to a certificate: what other rooms make of it is their own tests'."""
    return Wiring({"reactions": REACTIONS}, WORKERS)


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
