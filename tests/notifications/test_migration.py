"""An upgrade to messages keeps the notices a database holds, sent or waiting."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from sqlalchemy import MetaData, Table, insert, select, text

from lms.core import migrate
from lms.core.db import Database, Db
from lms.notifications.models import Notice

MOMENT = datetime(2026, 11, 2, 9, tzinfo=UTC)
SENT, WAITS = uuid4(), uuid4()


def add(db: Db, table: str, **values: object) -> None:
    """Add a row to a table as it was then."""
    there = Table(table, MetaData(), autoload_with=db.connection())
    if db.connection().dialect.name == "sqlite":
        values = {name: value.hex if isinstance(value, UUID) else value for name, value in values.items()}
    db.execute(insert(there).values(**values))


def test_notices_stay_as_they_were(url: str) -> None:
    database = Database(url)
    migrate.bring_up(database, "0059")
    common = {
        "address": "pat@example.com",
        "name": "Pat",
        "language": "en",
        "kind": "text_read",
        "values": {"work": "x"},
    }
    with database.writing() as db:
        add(db, "lms_notice", id=SENT, made_at=MOMENT, sent_at=MOMENT, **common)
        add(db, "lms_notice", id=WAITS, made_at=MOMENT, **common)
    migrate.bring_up(database, "0060")
    with database.reading() as db:
        rows = {row.id: row for row in db.scalars(select(Notice))}
        assert rows[SENT].sent_at == MOMENT
        assert rows[WAITS].sent_at is None
        assert {(row.way, row.digest, row.outcome, row.asked) for row in rows.values()} == {(None, False, None, 0)}
        assert db.scalar(text("SELECT count(*) FROM lms_bulk_message")) == 0
    database.close()
