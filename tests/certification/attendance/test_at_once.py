"""While the certificates of a workshop are asked for, nobody else changes its list or what is recorded of it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlalchemy import select, text

from lms.certification.attendance import services
from lms.certification.attendance.models import Attendance, Workshop
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import Refused
from tests.certification.attendance.test_services import attended, held, recorded
from tests.world import World

WAITS = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


@pytest.mark.parametrize("what", ["take_back", "correct"])
def test_what_is_changed_while_it_is_settled_is_refused(house: House, world: World, now: datetime, what: str) -> None:
    if house.database.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    by = world.coordinator
    with house.database.writing() as db:
        workshop = recorded(db, world, now)
        attended(db, workshop, world, now, world.pa)
        line = db.scalars(select(Attendance.id)).one()

    def take_back(db: Db) -> None:
        services.take_back(db, workshop_id=workshop, attendance_id=line, by=by, now=now)

    def correct(db: Db) -> None:
        services.correct_workshop(db, workshop_id=workshop, held=held(now, title="Another"), by=by, now=now)

    def change(act: Callable[[Db], None]) -> None:
        with house.database.writing() as db:
            act(db)

    with ThreadPoolExecutor(1) as beside:
        with house.database.writing() as db:
            services.settle(db, workshop_id=workshop, by=by, now=now)
            other = beside.submit(change, take_back if what == "take_back" else correct)
            while not other.done():
                with house.database.reading() as looking:
                    if looking.scalar(WAITS):
                        break
        with pytest.raises(Refused):
            other.result(20)
    with house.database.reading() as db:
        assert db.get(Attendance, line) is not None
        assert db.get_one(Workshop, workshop).title == "Moving well"
