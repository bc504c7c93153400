"""The first PA on the small induction and on the course of knowledge beside it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from lms.brought import ACROSS, LOADERS
from lms.core import shelves
from lms.core.db import Db
from lms.core.house import House
from lms.learning import checks, services
from lms.learning.catalogue import Courses
from lms.learning.questions.samples import sample_answer
from tests.learning.packs import Pack
from tests.learning.shown.knowing import write_knowing
from tests.world import World


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> shelves.Shelves:
    """The built-in shelves with the two small courses."""
    folder = tmp_path_factory.mktemp("knowing")
    write_knowing(Pack(folder / "modules"))
    return shelves.load(LOADERS, [folder], across=ACROSS)


@pytest.fixture
def taught(house: House) -> Courses:
    """What is taught."""
    found = house.shelves[Courses]
    assert isinstance(found, Courses)
    return found


class Learner:
    """A PA who does things, a minute after each other."""

    def __init__(self, db: Db, person: UUID, authority: UUID, now: datetime) -> None:
        self.db, self.person, self.authority, self.now = db, person, authority, now
        self.on: dict[str, UUID] = {}

    def who(self) -> dict[str, Any]:
        self.now += timedelta(minutes=1)
        return {"by": self.person, "now": self.now}

    def enrol(self, course: str) -> UUID:
        who = self.who()
        self.on[course] = services.enrol(
            self.db, learner_id=self.person, authority_id=self.authority, course=course, **who
        )
        return self.on[course]

    def read(self, course: str, lesson: str, module: str | None = None) -> None:
        services.study_lesson(self.db, enrolment_id=self.on[course], lesson=lesson, module=module, **self.who())

    def start(self, module: str, course: str = "KNOW", only: tuple[str, ...] = ()) -> UUID:
        return services.start_or_resume_attempt(
            self.db, enrolment_id=self.on[course], module=module, only=only, **self.who()
        )

    def asked(self, attempt: UUID) -> dict[str, str]:
        """Outcome and question of what an attempt asks."""
        return {q.outcome: q.code for q in checks.own_attempt(self.db, attempt, self.person).questions}

    def answer(self, attempt: UUID, *, wrong: tuple[str, ...] = ()) -> UUID:
        """Answer all, wrongly for the outcomes named, and hand in."""
        for question in checks.own_attempt(self.db, attempt, self.person).questions:
            given = sample_answer(question, right=question.outcome not in wrong)
            services.give_answer(self.db, attempt_id=attempt, question=question.code, options=given, **self.who())
        services.hand_in(self.db, attempt_id=attempt, **self.who())
        return attempt

    def go(self, module: str, course: str = "KNOW", *, wrong: tuple[str, ...] = ()) -> UUID:
        """One whole go at a check."""
        return self.answer(self.start(module, course), wrong=wrong)

    def write(self, text: str = "My own work") -> None:
        services.write_activity(self.db, enrolment_id=self.on["KNOW"], activity="KNOW-1-A1", text=text, **self.who())


@pytest.fixture
def learner(db: Db, world: World, now: datetime) -> Learner:
    """The first PA, on the course of knowledge, in one unit of work."""
    made = Learner(db, world.pa, world.authority, now)
    made.enrol("KNOW")
    return made
