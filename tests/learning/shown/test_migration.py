"""An upgrade keeps the lessons that were read, and nothing is shown that nobody showed."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from sqlalchemy import MetaData, Table, func, insert, select

from lms.core import migrate
from lms.core.db import Database, Db
from lms.learning.models import LessonDone
from lms.learning.queries import studied
from lms.learning.shown.models import ShownStep
from lms.learning.shown.queries import shown_in

LEARNER, ENROLMENT, AUTHORITY, LESSON = uuid4(), uuid4(), uuid4(), uuid4()
MOMENT = datetime(2026, 10, 1, 9, tzinfo=UTC)


def add(db: Db, table: str, **values: object) -> None:
    """A row as the version before wrote it."""
    columns = Table(table, MetaData(), autoload_with=db.connection())
    sqlite = db.connection().dialect.name == "sqlite"
    kept = {name: value.hex if sqlite and isinstance(value, UUID) else value for name, value in values.items()}
    db.execute(insert(columns).values(**kept))


def old_rows(db: Db) -> None:
    place = {"kind": "authority", "name": "Rivermere", "nation": "england", "user_led": False}
    add(db, "lms_organisation", id=AUTHORITY, created_at=MOMENT, **place)
    add(db, "lms_person", id=LEARNER, name="Pat", language="en", access_needs="", created_at=MOMENT)
    course = {"course": "PAI", "edition": "2026.1", "enrolled_at": MOMENT, "enrolled_by": LEARNER}
    add(db, "lms_enrolment", id=ENROLMENT, learner_id=LEARNER, authority_id=AUTHORITY, **course)
    lesson = {"module": "PAI-1", "edition": "2026.1", "lesson": "PAI-1-L1", "studied_at": MOMENT}
    add(db, "lms_lesson_studied", id=LESSON, enrolment_id=ENROLMENT, **lesson)


def test_lessons_stay_and_nothing_is_shown_yet(url: str) -> None:
    database = Database(url)
    migrate.bring_up(database, "0014")
    with database.writing() as db:
        old_rows(db)
    migrate.bring_up(database)
    with database.reading() as db:
        (row,) = db.scalars(select(LessonDone))
        assert (row.id, row.lesson, row.studied_at, row.carried_from) == (LESSON, "PAI-1-L1", MOMENT, None)
        assert studied(db, ENROLMENT).lessons == {"PAI-1-L1"}
        assert shown_in(db, ENROLMENT) == {}
        assert db.scalar(select(func.count()).select_from(ShownStep)) == 0
    database.close()
