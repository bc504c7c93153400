"""What tests of assessment pages send, where they send it, and what they look at afterwards."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import event, func, select

from lms.assessment import queries
from lms.assessment.rules import UnitState
from lms.core.db import Base
from lms.core.house import House
from tests.assessment.conftest import CRITERION, UNIT, Course
from tests.clients import Browser

BrowserFor = Callable[..., Browser]

OBSERVED = {
    "seen_on": ["20", "11", "2026"],
    "setting": "out_and_about",
    "what_was_seen": "Pat asked A. before ringing the bank.",
    "judgement": "met",
    "feedback": "",
}
SEEN = {"which_day": "today", "what_was_seen": "Pat asked me first.", "judgement": "met", "sure": "y", "signed": "y"}


def count(house: House, table: type[Base]) -> int:
    with house.database.reading() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0


def state_of(house: House, enrolment: UUID) -> UnitState:
    with house.database.reading() as db:
        return queries.practice_of(db, enrolment)[0].state


def assessors_page(course: Course) -> str:
    return f"/assess/{course.enrolment}/{UNIT}"


def household_page(course: Course) -> str:
    return f"/my-pas/{course.enrolment}/{CRITERION}"


def text(answer: object) -> str:
    """What stands on a page, as one line."""
    html = answer.get_data(as_text=True)  # type: ignore[attr-defined]
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&#39;", "'").split())


@contextmanager
def counted(house: House) -> Iterator[list[str]]:
    """The statements sent to the database meanwhile."""
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            sent.append(statement)

    event.listen(house.database.engine, "before_cursor_execute", note)
    yield sent
    event.remove(house.database.engine, "before_cursor_execute", note)
