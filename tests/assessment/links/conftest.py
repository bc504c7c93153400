"""A learner whose employer or a witness is asked by link, and somebody who answers in a browser."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from lms.assessment.evidence import queries as evidence
from lms.assessment.links import services
from lms.assessment.links.services import WITNESS, Whom
from lms.core.db import Db
from lms.core.events import whispered
from lms.core.house import House
from lms.core.models import EventRow
from lms.learning.models import Enrolment
from lms.people.rules import Role
from tests.assessment.conftest import CRITERION, UNIT, Course
from tests.conftest import StandingClock
from tests.world import World

NURSE = Whom(key=WITNESS, name="Nia Nurse", relation="district nurse", email="nia@nhs.example")
PLACE = "0" * 64


@dataclass(frozen=True)
class Links:
    """Asking about the first learner, and answering."""

    course: Course
    world: World
    house: House
    clock: StandingClock

    def amina(self, role: Role = Role.EMPLOYER) -> Whom:
        """The employer whom the learner works for, who has an account and an address on record."""
        person = self.world.employer_person if role is Role.EMPLOYER else self.world.representative
        return Whom(key=f"{role}.{self.world.employer}.{person}")

    def ask(self, db: Db, whom: Whom | None = None, **given: Any) -> tuple[UUID, str]:
        """Ask; gives the link and its secret."""
        asked: dict[str, Any] = {
            "id": uuid4(),
            "enrolment_id": self.course.enrolment,
            "unit": UNIT,
            "lines": [CRITERION],
            "by": self.world.pa,
            "now": self.clock(),
        }
        made = services.ask(db, whom=whom or self.amina(), **{**asked, **given})
        return made, whispered(db, made) or ""

    def asked(self, whom: Whom | None = None, **given: Any) -> tuple[UUID, str]:
        """The same, committed."""
        with self.house.database.writing() as db:
            return self.ask(db, whom, **given)


@pytest.fixture
def links(course: Course, world: World, house: House, clock: StandingClock) -> Links:
    """Everybody enrolled; nobody asked yet."""
    return Links(course, world, house, clock)


class Answering:
    """Somebody who follows a link in a browser of their own and answers page after page."""

    def __init__(self, browser: Any, secret: str) -> None:
        self.browser, self.home = browser, f"/said/{secret}"

    def page(self, path: str = "") -> Any:
        return self.browser.get(self.home + path)

    def text(self, path: str = "") -> str:
        return str(self.page(path).get_data(as_text=True))

    def send(self, path: str = "", data: Mapping[str, str] | None = None) -> Any:
        """Press the button of a page."""
        return self.browser.submit(self.home + path, dict(data or {}))

    def go(self, given: Mapping[str, Mapping[str, str]]) -> Any:
        """From the first page to the look-over, giving these answers."""
        answer = self.send()
        for _page in range(30):
            where = str(answer.location).removeprefix(self.home + "/")
            if where == "check":
                return answer
            kind = re.sub(r"-\d+$", "", where)
            answer = self.send(f"/{where}", given.get(where, given.get(kind, {})))
            assert answer.status_code == 302, (where, answer.get_data(as_text=True))
        raise AssertionError("it never comes to the look-over")


SEEN: dict[str, dict[str, str]] = {
    "saw": {"answer": "yes"},
    "day": {"answer": "yesterday"},
    "what": {"answer": "P. asked me before moving the boxes."},
    "real": {"answer": "real"},
    "close": {"answer": "no"},
    "met": {"answer": "yes"},
    "next": {"answer": "Ask before the chair as well."},
    "sign": {"answer": "no"},
}


@pytest.fixture
def answering(browser_for: Callable[..., Any]) -> Callable[[str], Answering]:
    """Gives somebody with a browser of their own who follows a link."""
    return lambda secret: Answering(browser_for(), secret)


def pieces(db: Db, links: Links) -> tuple[Any, ...]:
    return tuple(evidence.evidence_of(db, links.course.enrolment))


def facts(db: Db, kind: str) -> list[EventRow]:
    return list(db.scalars(select(EventRow).where(EventRow.kind == kind)))


def left(db: Db, links: Links) -> None:
    """The learner has left the course."""
    db.execute(update(Enrolment).where(Enrolment.id == links.course.enrolment).values(ended_at=links.clock()))
