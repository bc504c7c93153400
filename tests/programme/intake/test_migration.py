"""An upgrade to lists keeps what a database holds, and can be taken back."""

from uuid import uuid4

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, text

from lms.core import migrate
from lms.core.db import Database
from lms.core.shelves import builtin
from tests.programme.contacts.test_migration import add, old_rows
from tests.programme.teams import test_migration as teams


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


def test_what_names_an_enrolment_is_found_by_an_index_and_stays(url: str) -> None:
    database = Database(url)
    migrate.bring_up(database, "0064")
    with database.writing() as db:
        enrolment = teams.old_rows(db)
        studied = {"module": "PAI-1", "edition": "2026.1", "lesson": "PAI-1-L1", "studied_at": teams.MOMENT}
        add(db, "lms_lesson_studied", id=uuid4(), enrolment_id=enrolment, carried_from=enrolment, **studied)
    migrate.bring_up(database, "0065")

    def there() -> set[str | None]:
        with database.reading() as db:
            assert db.scalar(text("SELECT count(*) FROM lms_lesson_studied WHERE carried_from IS NOT NULL")) == 1
            look = inspect(db.connection())
            return {each["name"] for name in ("lms_lesson_studied", "lms_place_ask") for each in look.get_indexes(name)}

    new = {"ix_lms_lesson_studied_carried", "ix_lms_place_ask_enrolment"}
    assert new <= there()
    config = Config()
    config.set_main_option("script_location", str(builtin("migrations")))
    config.attributes["engine"] = database.engine
    command.downgrade(config, "0064")
    assert new.isdisjoint(there())
    database.close()
