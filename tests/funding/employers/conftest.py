"""An invented grant beside the built-in ones, which needs no papers, and what an employer answers."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from lms.brought import ACROSS, LOADERS
from lms.core import shelves
from lms.core.clock import london_day
from lms.core.db import Db
from lms.funding.employers import services
from lms.funding.employers.answers import Booked, ForWhom, Lives, Step, Wages
from lms.funding.permissions import services as permissions
from lms.funding.permissions.rules import Action, GivenHow
from lms.learning import services as learning
from tests.world import World

PACK = Path(__file__).parent / "pack"
ASK = "ASK-2026-27"


@lru_cache(maxsize=1)
def _loaded() -> shelves.Shelves:
    return shelves.load(LOADERS, [PACK], across=ACROSS)


@pytest.fixture(scope="session")
def loaded() -> shelves.Shelves:
    """The built-in shelves with the invented grant."""
    return _loaded()


def answers_about(pa_id: UUID) -> dict[Step, Mapping[str, Any]]:
    """Six ordinary answers: first aid for a PA, not booked, £150.00 and £12.00 of travel."""
    return {
        Step.COURSE: {"pa_id": pa_id, "training": None, "course_name": "First aid at work"},
        Step.WAGES: {"wages": Wages.DIRECT_PAYMENT},
        Step.HOME: {"lives": Lives.ENGLAND},
        Step.FOR_WHOM: {"for_whom": ForWhom.MYSELF},
        Step.BOOKED: {"booked": Booked.NO, "starts_on": date(2027, 1, 15)},
        Step.COSTS: {"course": 15000, "travel": 1200, "cover": None},
    }


def answered(db: Db, world: World, now: datetime, *, by: UUID | None = None) -> UUID:
    """An enquiry of Amina's household about Pat with all six answers; returns its id."""
    who, enquiry = by or world.employer_person, uuid4()
    services.begin(db, once=enquiry, employer_id=world.employer, by=who, now=now)
    for step, given in answers_about(world.pa).items():
        services.answer(db, enquiry_id=enquiry, step=step, given=given, by=who, now=now)
    return enquiry


def enrol(db: Db, world: World, now: datetime) -> UUID:
    """Pat has a course here."""
    return learning.enrol(
        db, learner_id=world.pa, authority_id=world.authority, course="PAI", by=world.coordinator, now=now
    )


def let_act_for_the_grant(db: Db, world: World, now: datetime) -> UUID:
    """The same for the invented grant that is built in."""
    return let_act(db, world, now, scheme="RIVERMERE-GRANT-2026-27")


def let_act(
    db: Db, world: World, now: datetime, *, actions: tuple[Action, ...] = tuple(Action), scheme: str = ASK
) -> UUID:
    """Amina lets Rivermere Independent Living act about Pat; returns the permission."""
    permission_id = uuid4()
    permissions.give(
        db,
        once=permission_id,
        employer_id=world.employer,
        delegate_id=world.support,
        schemes=[scheme],
        workers=[world.pa],
        actions=actions,
        ends_on=london_day(now) + timedelta(days=100),
        given_how=GivenHow.IN_PALMS,
        by=world.employer_person,
        now=now,
    )
    return permission_id
