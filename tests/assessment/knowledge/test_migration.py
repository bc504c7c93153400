"""Tables of knowledge come to a database in which people have studied for long, and take nothing from it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from lms.core import migrate
from lms.core.db import Database

MOMENT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
TABLES = {"lms_criterion", "lms_knowledge_shown", "lms_conversation", "lms_mapping_read", "lms_log_print"}


@pytest.fixture
def older(url: str) -> Iterator[Database]:
    """A database as it was before, with somebody enrolled who has read a lesson; what is around them is left out."""
    database = Database(url)
    migrate.bring_up(database, "0016")
    sqlite = database.engine.dialect.name == "sqlite"
    raw = database.engine.raw_connection()
    cursor = raw.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF" if sqlite else "SET session_replication_role = replica")
    for table, row in ROWS.items():
        values = [_stored(value, sqlite=sqlite) for value in row.values()]
        marks = ", ".join(["?" if sqlite else "%s"] * len(row))
        cursor.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", values)  # noqa: S608
    raw.commit()
    raw.close()
    database.engine.dispose()
    yield database
    database.close()


def _stored(value: object, *, sqlite: bool) -> object:
    if isinstance(value, UUID):
        return value.hex if sqlite else str(value)
    if isinstance(value, datetime):
        return "2026-11-01 09:00:00.000000" if sqlite else value.isoformat()
    return value


ROWS: dict[str, dict[str, object]] = {
    "lms_enrolment": {
        "id": UUID(int=1),
        "learner_id": UUID(int=2),
        "authority_id": UUID(int=3),
        "course": "PAI",
        "edition": "2026.1",
        "enrolled_at": MOMENT,
        "enrolled_by": UUID(int=2),
    },
    "lms_lesson_studied": {
        "id": UUID(int=4),
        "enrolment_id": UUID(int=1),
        "module": "PAI-1",
        "edition": "2026.1",
        "lesson": "PAI-1-L1",
        "studied_at": MOMENT,
    },
}


def test_what_was_there_stays_and_the_tables_guard_from_the_first_row(older: Database) -> None:
    migrate.bring_up(older, "0017")
    assert set(inspect(older.engine).get_table_names()) >= TABLES
    with older.reading() as db:
        assert db.scalar(text("SELECT count(*) FROM lms_lesson_studied")) == 1
        assert db.scalar(text("SELECT count(*) FROM lms_knowledge_shown")) == 0
    row = (
        "INSERT INTO lms_knowledge_shown (learner_id, framework, edition, line, authority_id, outcome, kind, module, "
        "enrolment_id, how, at) SELECT learner_id, 'cc-2025', '2025', '1.1c', authority_id, 'CCK-1-K1', 'practice', "
        "'CCK-1', id, 'check', enrolled_at FROM lms_enrolment"
    )
    for spoiled, says in ((row, "never_practice"), (row.replace("'practice'", "'knowledge'"), "(?i)foreign key")):
        with pytest.raises(IntegrityError, match=says), older.writing() as db:
            db.execute(text(spoiled))


def test_going_up_to_the_newest_takes_nothing_either(older: Database) -> None:
    migrate.bring_up(older)
    assert migrate.standing(older) == migrate.newest()
    with older.reading() as db:
        assert db.scalar(text("SELECT count(*) FROM lms_lesson_studied")) == 1
