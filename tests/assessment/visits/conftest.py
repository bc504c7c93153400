"""An assessor who took a learner along, and what their phone sends."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from lms.assessment.visits import packing, services
from lms.assessment.visits.services import Outcome
from lms.assessment.visits.things import Draft, Observation
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import N_
from lms.people import queries as people
from tests.assessment.conftest import CRITERION, Course
from tests.assessment.practising import practice
from tests.world import World

__all__ = ["practice"]


def milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


@dataclass
class Phone:
    """An assessor's phone with one learner on it."""

    by: UUID
    taken: UUID
    pack: dict[str, Any]
    now: datetime
    id: str = field(default_factory=lambda: str(uuid4()))
    told: int = 0

    def at(self) -> int:
        self.told += 1
        return milliseconds(self.now - timedelta(minutes=60)) + self.told

    def observation(self, **given: Any) -> Observation:
        said = {
            "id": uuid4(), "kind": "observation", "at": self.at(), "taken": self.taken, "phone": self.id,
            "days_ago": 0, "setting": "own_home", "in_presence_of": "A. Y.", "clock": "10:30",
            "text": "Pat asked A. before moving the boxes.", "lines": (CRITERION,),
        }  # fmt: skip
        return Observation(**{**said, **given})

    def draft(self, observation: UUID, **given: Any) -> Draft:
        stand = self.stand(given.get("line", CRITERION))
        said = {
            "id": uuid4(), "kind": "draft", "at": self.at(), "taken": self.taken, "phone": self.id,
            "line": CRITERION, "judgement": "met", "five": (True,) * 5, "observation": observation,
            "saw": stand.get("decision"), "knew": stand.get("draft", {}).get("mark"),
        }  # fmt: skip
        return Draft(**{**said, **given})

    def stand(self, line: str) -> dict[str, Any]:
        found = [unit["stands"].get(line, {}) for each in self.pack["learners"] for unit in each["units"]]
        return next((each for each in found if each), {})

    def send(self, db: Db, *things: Observation | Draft, now: datetime | None = None) -> list[Outcome]:
        moment = now or self.now
        return services.take(db, things, by=self.by, now=moment, phone_now=moment)


@pytest.fixture
def take(world: World, course: Course) -> Callable[..., Phone]:
    """Takes a learner along: `take(db)`, or `take(db, by=…, enrolment=…)`."""

    def taken(db: Db, by: UUID | None = None, enrolment: UUID | None = None) -> Phone:
        who = by or world.assessor
        viewer = people.viewer_of(db, who, london_day(course.now))
        assert viewer is not None
        before = course.now - timedelta(hours=3)
        pack = packing.take_along(
            db, enrolment_ids=[enrolment or course.enrolment], viewer=viewer, language="en", say=N_, now=before
        )
        return Phone(who, UUID(pack["learners"][0]["taken"]), pack, course.now)

    return taken
