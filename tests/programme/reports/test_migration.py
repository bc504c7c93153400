"""An upgrade to reports keeps what a database holds, publishes nothing, and can be taken back."""

from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import MetaData, Table, insert, select, text

from lms.core import migrate
from lms.core.db import Database
from lms.programme.reports import services
from lms.programme.reports.models import Report

AUTHORITY = uuid4()


def test_who_upgrades_keeps_everything_and_begins_with_no_report(url: str) -> None:
    database = Database(url)
    migrate.bring_up(database, "0060")
    with database.writing() as db:
        places = Table("lms_organisation", MetaData(), autoload_with=db.connection())
        id = AUTHORITY.hex if db.connection().dialect.name == "sqlite" else AUTHORITY
        moment = datetime(2026, 11, 2, tzinfo=UTC)
        place = {"kind": "authority", "name": "Rivermere", "nation": "england", "user_led": False}
        db.execute(insert(places).values(id=id, created_at=moment, **place))
    migrate.bring_up(database)
    with database.reading() as db:
        assert db.scalar(text("SELECT name FROM lms_organisation")) == "Rivermere"
        assert db.scalars(select(Report)).all() == []
        assert services.setting_of(db, AUTHORITY) == services.Setting(threshold=5, keep_years=7, published_id=None)
    database.close()
