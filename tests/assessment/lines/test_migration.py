"""An upgrade keeps what was there, nothing is looked up by it, and the desk works on the upgraded database."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from sqlalchemy import MetaData, Table, func, insert, select

from lms.assessment.lines import services
from lms.assessment.lines.models import LineCheckRow
from lms.assessment.lines.queries import frameworks_for
from lms.core import migrate
from lms.core.db import Database, Db
from lms.core.models import EventRow
from lms.core.shelves import Shelves
from lms.people import queries as people
from tests.assessment.lines.conftest import WHERE

ADMIN, AUTHORITY = uuid4(), uuid4()
MOMENT = datetime(2026, 10, 1, 9, tzinfo=UTC)


def add(db: Db, table: str, **values: object) -> None:
    """A row as the version before wrote it."""
    columns = Table(table, MetaData(), autoload_with=db.connection())
    sqlite = db.connection().dialect.name == "sqlite"
    kept = {name: value.hex if sqlite and isinstance(value, UUID) else value for name, value in values.items()}
    db.execute(insert(columns).values(**kept))


def test_an_older_database_comes_along(url: str, loaded: Shelves) -> None:
    database = Database(url, info={"shelves": loaded})
    migrate.bring_up(database, "0015")
    with database.writing() as db:
        place = {"kind": "authority", "name": "Rivermere", "nation": "england", "user_led": False}
        add(db, "lms_organisation", id=AUTHORITY, created_at=MOMENT, **place)
        add(db, "lms_person", id=ADMIN, name="Ada", language="en", access_needs="", created_at=MOMENT)
    migrate.bring_up(database)
    with database.writing() as db:
        assert people.organisation(db, AUTHORITY).name == "Rivermere"
        assert db.scalar(select(func.count()).select_from(LineCheckRow)) == 0
        assert not frameworks_for(db, AUTHORITY).framework("cc-2025").line("13.7a").standing
        desk = {"authority_id": AUTHORITY, "framework": "cc-2025", "key": "13.7a", "place": WHERE}
        services.confirm_line(db, check_id=uuid4(), by=ADMIN, now=MOMENT, **desk)  # type: ignore[arg-type]
    with database.reading() as db:
        assert frameworks_for(db, AUTHORITY).framework("cc-2025").line("13.7a").standing.by_name == "Ada"
        assert db.scalar(select(EventRow.kind)) == "LineConfirmed"
    database.close()
