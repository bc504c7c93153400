"""An upgrade to teams and mentors keeps what a database holds, and takes it back again."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, Table, inspect, select, text

from lms.core import migrate
from lms.core.db import Database, Db
from lms.core.shelves import builtin
from lms.programme.mentors.models import Mentor
from lms.programme.teams.models import Team
from tests.programme.contacts.test_migration import add

MOMENT = datetime(2026, 11, 2, 9, tzinfo=UTC)
AUTHORITY, LEARNER = uuid4(), uuid4()
TABLES = {
    "lms_team", "lms_team_member", "lms_team_invitation", "lms_mentor", "lms_mentor_request", "lms_mentor_match",
    "lms_mentor_contact", "lms_mentors_apart",
}  # fmt: skip


def old_rows(db: Db) -> UUID:
    """A PA of the version before, on a course."""
    place = {"nation": "england", "user_led": False, "created_at": MOMENT}
    add(db, "lms_organisation", id=AUTHORITY, kind="authority", name="Rivermere", **place)
    add(db, "lms_person", id=LEARNER, name="Pat", language="en", access_needs="", created_at=MOMENT)
    enrolment = uuid4()
    on = {"course": "PAI", "edition": "2026.1", "enrolled_at": MOMENT, "enrolled_by": LEARNER}
    add(db, "lms_enrolment", id=enrolment, learner_id=LEARNER, authority_id=AUTHORITY, **on)
    return enrolment


def test_an_older_database_is_brought_up_and_keeps_its_learners(url: str) -> None:
    database = Database(url)
    migrate.bring_up(database, "0056")
    with database.writing() as db:
        enrolment = old_rows(db)
    migrate.bring_up(database)
    with database.writing() as db:
        assert set(inspect(db.connection()).get_table_names()) >= TABLES
        table = Table("lms_enrolment", MetaData(), autoload_with=db.connection())
        kept = db.execute(select(table.c.id, table.c.course)).one()
        assert (UUID(str(kept.id)), kept.course) == (enrolment, "PAI")
        one = {"authority_id": AUTHORITY, "made_by": LEARNER, "made_at": MOMENT, "whom": "staff", "target": 80}
        db.add(Team(id=uuid4(), name="Front door", **one))
        db.flush()
        assert db.scalars(select(Team.name)).all() == ["Front door"]
        assert db.scalars(select(Mentor)).all() == []
    database.close()


def test_it_can_be_taken_back(url: str) -> None:
    database = Database(url)
    migrate.bring_up(database, "0063")
    with database.writing() as db:
        enrolment = old_rows(db)
    config = Config()
    config.set_main_option("script_location", str(builtin("migrations")))
    config.attributes["engine"] = database.engine
    command.downgrade(config, "0062")
    with database.reading() as db:
        assert set(inspect(db.connection()).get_table_names()).isdisjoint(TABLES)
        assert db.scalar(text("SELECT count(*) FROM lms_enrolment")) == 1
    assert enrolment
    database.close()
