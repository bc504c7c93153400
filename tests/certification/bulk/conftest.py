"""A house in which certificates are earned and nobody has issued them: issuing to many is what is tried here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event

from lms.assessment import reactions as assessment
from lms.brought import CARDS, WORKERS
from lms.certification.bulk import services
from lms.certification.bulk.services import Wanted
from lms.core import work
from lms.core.house import House
from lms.learning.events import LearnerEnrolled, ModuleStudied
from lms.people import services as people
from lms.people.rules import Role
from tests.certification import steps
from tests.prepared import Wiring
from tests.world import World

WANTED = Wanted("module", "PAI-1", "PAI", "Module certificate: PAI-1")


@pytest.fixture(scope="session")
def wiring() -> Wiring:
    """Without the reactions that issue at once."""
    reactions = {LearnerEnrolled: [assessment.open_on_enrolment], ModuleStudied: [assessment.ready_when_studied]}
    return Wiring({"reactions": reactions}, WORKERS, CARDS)


@dataclass(frozen=True)
class Cohort:
    """Four on the course: two who earned the certificate, one who only studied, one who did nothing."""

    earned: UUID
    earned_too: UUID
    studied: UUID
    idle: UUID


@pytest.fixture
def cohort(house: House, world: World, now: datetime) -> Cohort:
    """Four PAs of the authority on the induction."""
    with house.database.writing() as db:
        steps.earns(db, world, now)
        steps.earns(db, world, now, learner=world.second_pa, employer=world.second_employer_person)
        studied, idle = (another(db, world, name, now) for name in ("Ŵyn Ŷates", "Zed Idle"))
        steps.studies(db, steps.enrolled(db, world, now, learner=studied), studied, now)
        steps.enrolled(db, world, now, learner=idle)
    return Cohort(world.pa, world.second_pa, studied, idle)


def another(db: Any, world: World, name: str, now: datetime) -> UUID:
    """One more PA of the authority."""
    person = people.add_person(db, name=name, email=f"{uuid4().hex}@example.com", by=None, now=now)
    people.give_role(db, person_id=person, organisation_id=world.authority, role=Role.PA, by=None, now=now)
    return person


def looked(house: House, world: World, now: datetime) -> UUID:
    """A batch of which is known who would get one."""
    with house.database.writing() as db:
        batch = services.begin(
            db, id=uuid4(), authority_id=world.authority, wanted=WANTED, by=world.coordinator, now=now
        )
    work.do_all(house, now=now)
    return batch


@pytest.fixture
def statements(house: House) -> Iterator[list[str]]:
    """Every statement that is sent meanwhile."""
    said: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN")):
            said.append(statement)

    event.listen(house.database.engine, "before_cursor_execute", note)
    yield said
    event.remove(house.database.engine, "before_cursor_execute", note)
