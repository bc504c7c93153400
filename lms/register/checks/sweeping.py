"""Delete numbers of certificates when their day has come, and leave nothing of them in the database's files."""

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.events import record
from lms.core.house import House
from lms.register.checks.events import DisclosureNumberDeleted
from lms.register.checks.models import DisclosureNumber
from lms.register.models import RequirementRecord

AT_ONCE = 200
"""Numbers deleted in one unit of work, so that nobody waits long for the writer."""


def delete_numbers(house: House, now: datetime) -> int:
    """Delete each number whose day has come; returns how many. The worker asks each minute; twice is harmless."""
    deleted = 0
    while due := _due(house, now):
        with house.database.writing() as db:
            deleted += sum(_delete(db, id, now) for id in due)
    if deleted:
        wipe(house)
    return deleted


def _due(house: House, now: datetime) -> Sequence[UUID]:
    wanted = select(DisclosureNumber.disclosure_id).where(
        DisclosureNumber.deleted_at.is_(None), DisclosureNumber.delete_on <= london_day(now)
    )
    with house.database.reading() as db:
        return db.scalars(wanted.order_by(DisclosureNumber.delete_on).limit(AT_ONCE)).all()


def _delete(db: Db, disclosure_id: UUID, now: datetime) -> bool:
    row = db.get(DisclosureNumber, disclosure_id, with_for_update=True)
    about = db.execute(
        select(RequirementRecord.person_id, RequirementRecord.authority_id).where(RequirementRecord.id == disclosure_id)
    ).one()
    if row is None or row.deleted_at is not None:
        return False
    row.number, row.deleted_at = None, now
    db.flush()
    fact = DisclosureNumberDeleted(about=about.person_id, authority_id=about.authority_id, record_id=disclosure_id)
    record(db, fact, by=None, now=now, behalf=about.authority_id)
    return True


def wipe(house: House) -> None:
    """Leave nothing of a deleted number, or of a decision that was cleared, where the database kept it.

    SQLite overwrites what is deleted (secure_delete, see core.db), and its log is written back and emptied here.
    PostgreSQL leaves an old row in its page until that is written over: the table is small, so it is written anew.
    """
    engine = house.database.engine
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"VACUUM FULL {DisclosureNumber.__tablename__}"))
        return
    with closing(engine.raw_connection()) as raw:  # outside of any transaction, where alone this can be done
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
