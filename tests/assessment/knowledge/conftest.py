"""A PA on a small course CCK, and shorthands for showing what they know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from lms.assessment.content import Framework
from lms.assessment.knowledge import services
from lms.assessment.lines.queries import frameworks_for
from lms.core import shelves
from lms.core.db import Db
from lms.core.house import House
from lms.core.shelves import shelf
from lms.learning import queries as learning
from lms.learning.catalogue import Courses, Module
from lms.learning.shown.services import show_in_conversation
from tests.assessment.knowledge import cck
from tests.world import World


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> shelves.Shelves:
    """The built-in shelves with a small course CCK: standards 1, 4, 5 and 12."""
    return cck.load(tmp_path_factory.mktemp("pack"))


@dataclass(frozen=True)
class Knower:
    """A PA on the course; `there` is where they enrolled."""

    learner: UUID
    there: UUID
    enrolment: UUID
    judge: UUID
    now: datetime

    def framework(self, db: Db, code: str = "cc-2025") -> Framework:
        return frameworks_for(db, self.there).framework(code)

    def module(self, db: Db, code: str) -> Module:
        return shelf(db, Courses).module_in("CCK", code)

    def show(self, db: Db, module: str, outcomes: Iterable[str] | None = None, *, by: UUID | None = None) -> None:
        """Show outcomes of a module (all of them unless named) in a conversation."""
        codes = tuple(outcomes or (outcome.code for outcome in self.module(db, module).outcomes))
        show_in_conversation(
            db,
            enrolment_id=self.enrolment,
            module=module,
            outcomes=codes,
            source_id=uuid4(),
            by=by or self.judge,
            now=self.now,
        )


@pytest.fixture
def knower(house: House, world: World, now: datetime) -> Knower:
    """The first PA has begun with the course, 20 days before now; committed."""
    then = now - timedelta(days=20)
    with house.database.writing() as db:
        enrolment = services.start(db, learner_id=world.pa, authority_id=world.authority, now=then)
        assert learning.learner_of(db, enrolment) == world.pa
    return Knower(world.pa, world.authority, enrolment, world.coordinator, now)
