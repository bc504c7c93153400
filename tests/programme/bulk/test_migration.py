"""An upgrade to works on many keeps what a database holds, and a work can be written in it afterwards."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from sqlalchemy import MetaData, Table, insert, inspect, select, text

from lms.core import migrate
from lms.core.db import Database, Db
from lms.programme.bulk.models import BulkLine, BulkWork
from lms.programme.bulk.words import Fate, State, What

AUTHORITY, PERSON = uuid4(), uuid4()
MOMENT = datetime(2026, 11, 2, 9, tzinfo=UTC)


def add(db: Db, table: str, **values: object) -> None:
    """Add a row to a table as it was then."""
    columns = Table(table, MetaData(), autoload_with=db.connection())
    if db.connection().dialect.name == "sqlite":
        values = {name: value.hex if isinstance(value, UUID) else value for name, value in values.items()}
    db.execute(insert(columns).values(**values))


def test_who_was_there_stays_and_a_work_can_be_written(url: str) -> None:
    database = Database(url)
    migrate.bring_up(database, "0057")
    assert "lms_bulk_work" not in inspect(database.engine).get_table_names()
    with database.writing() as db:
        place = {"nation": "england", "user_led": False, "created_at": MOMENT}
        add(db, "lms_organisation", id=AUTHORITY, kind="authority", name="Rivermere", **place)
        add(db, "lms_person", id=PERSON, name="Pat", language="en", access_needs="", created_at=MOMENT)
    migrate.bring_up(database, "0058")
    with database.writing() as db:
        assert db.scalar(text("SELECT count(*) FROM lms_person")) == 1
        work = BulkWork(
            id=uuid4(),
            authority_id=AUTHORITY,
            what=What.ENROL,
            details={"course": "PAI"},
            title="Enrol",
            chosen={},
            left_out=0,
            state=State.READY,
            run=0,
            asked_by=PERSON,
            asked_at=MOMENT,
        )
        db.add(work)
        db.flush()
        db.add(BulkLine(work_id=work.id, place=1, person_id=PERSON, state=Fate.WONT, why="", filled={"day": "x"}))
    with database.reading() as db:
        assert db.scalars(select(BulkLine.filled)).one() == {"day": "x"}
    database.close()
