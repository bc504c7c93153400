"""The upgrade to areas leaves people and employers as they were, without an area, and can be undone."""

from uuid import uuid4

from sqlalchemy import text

from lms.core import migrate
from lms.core.db import Database
from lms.people.areas import queries
from tests.programme.contacts.test_migration import AUTHORITY, old_rows


def test_nobody_has_an_area_after_the_upgrade(url: str) -> None:
    database = Database(url)
    migrate.bring_up(database, "0056")
    with database.writing() as db:
        old_rows(db)
    migrate.bring_up(database)
    with database.writing() as db:
        assert queries.areas_of(db, AUTHORITY) == []
        assert queries.area_of_people(db, AUTHORITY) == queries.area_of_employers(db, AUTHORITY) == {}
        assert queries.people_in_areas(db, uuid4()) == {}
        assert db.scalar(text("SELECT count(*) FROM lms_employment")) == 4
    database.close()
