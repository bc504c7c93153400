"""Answers from before they had numbers and moments of their own keep their order and their place in the record."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import text

from lms.core import migrate
from lms.core.db import Database

MOMENT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
ATTEMPT = UUID(int=1)


def test_what_stands_already_was_given_when_it_was_received(url: str) -> None:
    database = Database(url)
    migrate.bring_up(database, "0008")
    sqlite = database.engine.dialect.name == "sqlite"
    raw = database.engine.raw_connection()
    cursor = raw.cursor()
    # The rows around an answer do not matter here.
    cursor.execute("PRAGMA foreign_keys=OFF" if sqlite else "SET session_replication_role = replica")
    at, attempt = ("2026-11-01 09:00:00.000000", ATTEMPT.hex) if sqlite else (MOMENT.isoformat(), str(ATTEMPT))
    mark = "?" if sqlite else "%s"
    columns = "attempt_id, question, options, answered_at"
    adding = f"INSERT INTO lms_answer ({columns}) VALUES ({mark}, 'Q', '[]', {mark})"  # noqa: S608  names of this test
    for _answer in range(2):
        cursor.execute(adding, (attempt, at))
    raw.commit()
    raw.close()
    database.engine.dispose()
    migrate.bring_up(database, "0009")
    with database.reading() as db:
        found = db.execute(
            text("SELECT number, given_id, given_at, claimed_at FROM lms_answer ORDER BY given_at, given_id")
        ).all()
    assert [row.number for row in found] == [1, 2]
    assert [UUID(str(row.given_id)) for row in found] == [UUID(int=1), UUID(int=2)]
    assert {str(row.given_at)[:19] for row in found} == {"2026-11-01 09:00:00"}
    assert {row.claimed_at for row in found} == {None}
    database.close()
