"""A list that a coordinator takes in, and the worker that does what it has to."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

import pytest

from lms.core import work
from lms.core.house import House
from lms.programme.intake import services
from lms.programme.intake.models import IntakeBatch
from lms.programme.intake.rules import guessed
from lms.programme.intake.words import DayOrder
from tests.world import World

LIST = (
    "Name,E-mail,Language,Employer,Start date,Course,Certificate,Certificate date\n"
    "Nia Bowen,Nia.Bowen@example.com,cy,Amina Yusuf,13/10/2026,PAI,First aid,14/02/2025\n"
    "Tom Brook,tom.brook@example.com,en,Olive Stone,21/10/2026,PAI,,\n"
    "Ali Khan,,en,Olive Stone,22/10/2026,,,\n"
)

Take = Callable[..., UUID]


@pytest.fixture
def take(house: House, world: World, now: datetime) -> Take:
    """Take a list in, say its columns as they are guessed, and have the worker look at it."""

    def taken(text: str | bytes, *, order: DayOrder | None = DayOrder.DAY_FIRST, by: UUID | None = None) -> UUID:
        data, once, who = text.encode() if isinstance(text, str) else text, uuid4(), by or world.coordinator
        with house.database.writing() as db:
            here = world.authority if by is None else world.other_authority
            services.upload(db, house.files, once=once, authority_id=here, data=data, name="pas.csv", by=who, now=now)
            headings = db.get_one(IntakeBatch, once).headings
            services.set_columns(db, batch_id=once, columns=guessed(headings), order=order, by=who, now=now)
        work.do_all(house, now=now)
        return once

    return taken


@pytest.fixture
def carry(house: House, world: World, now: datetime) -> Callable[[UUID], IntakeBatch]:
    """Bring the people of a list in; gives how the batch stands then."""

    def carried(batch: UUID, *, course: str | None = None, invite: bool = False) -> IntakeBatch:
        with house.database.writing() as db:
            services.start(
                db,
                batch_id=batch,
                course=course,
                courses=frozenset({"PAI"}),
                invite=invite,
                by=world.coordinator,
                now=now,
            )
        work.do_all(house, now=now)
        return batch_of(house, batch)

    return carried


def batch_of(house: House, batch: UUID) -> IntakeBatch:
    """How a batch stands."""
    with house.database.reading() as db:
        return db.get_one(IntakeBatch, batch)


def undo(house: House, world: World, batch: UUID, now: datetime) -> IntakeBatch:
    """Take a batch back; gives how it stands then."""
    with house.database.writing() as db:
        services.undo(db, batch_id=batch, by=world.coordinator, now=now)
    work.do_all(house, now=now)
    return batch_of(house, batch)
