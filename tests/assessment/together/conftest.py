"""An assessor and a learner with a password each, and a sitting begun."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.rules import Setting
from lms.assessment.together import services
from lms.assessment.together.services import Part
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.people import sessions
from tests.assessment.conftest import CRITERION, UNIT, Course
from tests.conftest import StandingClock
from tests.world import World

HERS, HIS = "pat keeps three owls", "dai walks four dogs"


@dataclass(frozen=True)
class Sitters:
    """The learner Pat and the assessor Dai."""

    course: Course
    world: World
    house: House
    clock: StandingClock

    def part(self, **given: Any) -> Part:
        """Something that was talked about yesterday."""
        content: dict[str, Any] = {
            "kind": EvidenceKind.PROFESSIONAL_DISCUSSION,
            "on": london_day(self.clock()) - timedelta(days=1),
            "text": "Pat said that she asks A. before she moves anything.",
            "asked": "How do you know what A. wants?",
            "setting": Setting.OWN_HOME,
            "lines": (CRITERION,),
        }
        return Part(**{**content, **given})

    def start(self, db: Db, **given: Any) -> UUID:
        """Begin a sitting."""
        asked: dict[str, Any] = {
            "id": uuid4(),
            "enrolment_id": self.course.enrolment,
            "unit": UNIT,
            "part": self.part(),
            "by": self.world.assessor,
            "now": self.clock(),
        }
        return services.start(db, **{**asked, **given})

    def started(self, **given: Any) -> UUID:
        """The same, committed."""
        with self.house.database.writing() as db:
            return self.start(db, **given)


@pytest.fixture
def sitters(course: Course, world: World, house: House, clock: StandingClock) -> Sitters:
    """Both have a password of their own."""
    with house.database.writing() as db:
        for person_id, password in ((world.pa, HERS), (world.assessor, HIS)):
            sessions.set_password(db, person_id=person_id, password=password, by=person_id, now=clock())
    return Sitters(course, world, house, clock)


class Phone:
    """The assessor's phone."""

    def __init__(self, browser: Any, together_id: UUID) -> None:
        self.browser, self.id = browser, together_id

    def hand_over(self) -> Any:
        return self.browser.post(f"/together/{self.id}/hand-over")

    def text(self, path: str = "/together/phone") -> str:
        return str(self.browser.get(path, follow_redirects=True).get_data(as_text=True))

    def says(self, right: str = "yes", password: str = HERS, text: str = "") -> Any:
        """The learner fills in their part."""
        return self.browser.submit("/together/phone", {"right": right, "password": password, "text": text})

    def back(self, password: str = HIS) -> Any:
        """The assessor takes the phone back."""
        return self.browser.submit("/together/phone/back", {"password": password})


@pytest.fixture
def phone(browser_for: Callable[..., Any], sitters: Sitters) -> Callable[..., Phone]:
    """Gives the assessor's phone with a sitting begun, and handed over."""

    def make(*, handed: bool = True, **given: Any) -> Phone:
        made = Phone(browser_for(sitters.world.assessor), sitters.started(**given))
        if handed:
            assert made.hand_over().location == "/together/phone"
        return made

    return make
