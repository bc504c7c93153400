"""What tests of learning share: a PA of the test world who is enrolled, and quick ways through a module."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from lms.core.db import Db
from lms.core.house import House
from lms.learning import checks, services
from lms.learning.catalogue import Courses, Module
from lms.learning.questions.samples import sample_answer
from tests.learning.packs import Pack
from tests.world import World


@pytest.fixture
def courses(house: House) -> Courses:
    """What is really taught."""
    shelf = house.shelves[Courses]
    assert isinstance(shelf, Courses)
    return shelf


@pytest.fixture
def module(courses: Courses) -> Module:
    """The first module of the induction."""
    return courses.modules["PAI-1"]


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """A small pack on disk: a course, a module of two lessons, an activity and three questions."""
    return Pack(tmp_path / "pack" / "modules")


@pytest.fixture
def enrolment(house: House, world: World, now: datetime) -> UUID:
    """The first PA's enrolment on the induction, committed."""
    with house.database.writing() as db:
        return services.enrol(
            db, learner_id=world.pa, authority_id=world.authority, course="PAI", by=world.coordinator, now=now
        )


@pytest.fixture
def statements(house: House) -> Callable[[], Any]:
    """Gives what is sent to the database inside `with statements() as sent`, without BEGIN and PRAGMA."""

    @contextmanager
    def watching() -> Iterator[list[str]]:
        sent: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
                sent.append(statement)

        event.listen(house.database.engine, "before_cursor_execute", note)
        yield sent
        event.remove(house.database.engine, "before_cursor_execute", note)

    return watching


Answering = Callable[..., UUID]


@pytest.fixture
def answer_all(world: World, enrolment: UUID, now: datetime) -> Answering:
    """Start a check and answer everything, all right or all wrong; returns the attempt, not handed in."""

    def answered(db: Db, *, right: bool = True) -> UUID:
        who = {"by": world.pa, "now": now}
        attempt_id = services.start_or_resume_attempt(db, enrolment_id=enrolment, module="PAI-1", **who)
        for question in checks.own_attempt(db, attempt_id, world.pa).questions:
            options = sample_answer(question, right=right)
            services.give_answer(db, attempt_id=attempt_id, question=question.code, options=options, **who)
        return attempt_id

    return answered
