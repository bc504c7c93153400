"""An upgrade to groups and events keeps what a database holds, and going back takes only them away."""

from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import inspect, select, text

from lms.core import migrate
from lms.core.db import Database, add_once
from lms.programme.gatherings.models import CalendarAddress, Gathering
from lms.programme.gatherings.words import Kind, Where
from tests.programme.contacts.test_migration import AUTHORITY, HOME, LATELY, old_rows

MOMENT = datetime(2026, 11, 2, 9, tzinfo=UTC)


def test_what_was_there_stays_and_events_can_be_kept(url: str) -> None:
    database = Database(url)
    migrate.bring_up(database, "0058")
    with database.writing() as db:
        old_rows(db)
    migrate.bring_up(database)
    row = {
        "authority_id": AUTHORITY,
        "kind": Kind.PEER_GROUP,
        "title": "Tea",
        "about": "",
        "led_by": "",
        "starts_at": MOMENT,
        "ends_at": MOMENT.replace(hour=11),
        "link": "",
        "access": [],
        "access_notes": "",
        "paid": False,
        "paid_by": "",
        "open_to": [],
        "walk_ins": False,
        "remind": [7, 1],
        "made_by": LATELY,
        "made_at": MOMENT,
        "changed_at": MOMENT,
    }
    with database.writing() as db:
        assert db.scalar(text("SELECT count(*) FROM lms_employment")) == 4
        db.add(Gathering(id=uuid4(), where=Where.HOME, place="", employer_id=HOME, **row))
        db.flush()
        for new in (True, False):
            once = CalendarAddress(id=uuid4(), person_id=LATELY, digest=str(uuid4()), made_at=MOMENT)
            assert add_once(db, once) is new
    with database.reading() as db:
        assert db.scalars(select(Gathering.remind)).all() == [[7, 1]]
    tables = inspect(database.engine).get_table_names()
    assert {"lms_group", "lms_group_member", "lms_gathering_place", "lms_gathering_code"} <= set(tables)
    database.close()


def test_the_database_itself_keeps_no_address_of_a_home(url: str) -> None:
    database = Database(url)
    migrate.bring_up(database)
    checks = {str(each["name"]) for each in inspect(database.engine).get_check_constraints("lms_gathering")}
    assert "ck_lms_gathering_no_address_of_a_home" in checks
    database.close()
