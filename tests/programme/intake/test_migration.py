"""An upgrade to lists keeps what a database holds, and can be taken back."""

from sqlalchemy import inspect, text

from lms.core import migrate
from lms.core.db import Database
from tests.programme.contacts.test_migration import old_rows


def test_people_of_the_version_before_stay(url: str) -> None:
    database = Database(url)
    migrate.bring_up(database, "0056")
    with database.writing() as db:
        old_rows(db)
        before = db.execute(text("SELECT count(*) FROM lms_person")).scalar_one()
    migrate.bring_up(database, "0057")
    with database.reading() as db:
        assert db.execute(text("SELECT count(*) FROM lms_person")).scalar_one() == before
        assert db.execute(text("SELECT count(*) FROM lms_intake_batch")).scalar_one() == 0
        assert {"lms_intake_line", "lms_claimed_certificate"} <= set(inspect(db.connection()).get_table_names())
    database.close()
