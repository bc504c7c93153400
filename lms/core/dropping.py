"""Delete stored bytes that nothing points to any more: the row first, the bytes once that is safely committed.

The same bytes can belong to several rooms, since files are stored under their digest. So nobody deletes by themselves:
every foreign key to `lms_file` is asked first.
"""

from datetime import datetime

from sqlalchemy import delete, select

from lms.core.db import Base, Db
from lms.core.files import Files
from lms.core.house import House
from lms.core.models import FileRow
from lms.core.work import later

DROP = "files.drop"


def drop_unless_needed(db: Db, files: Files, digest: str, *, now: datetime) -> bool:
    """Give up a file unless any room still points to it; its bytes go after the commit. False when it stays."""
    if needed(db, digest) or db.get(FileRow, digest) is None:
        return False
    db.execute(delete(FileRow).where(FileRow.sha256 == digest))
    db.flush()
    stamp = files.stamp(digest)
    if stamp is not None:
        later(db, DROP, f"{digest}:{stamp:x}", now=now)
    return True


def needed(db: Db, digest: str) -> bool:
    """Whether any table points to these bytes."""
    columns = (
        column
        for table in Base.metadata.tables.values()
        for column in table.columns
        if any(key.column.table is FileRow.__table__ for key in column.foreign_keys)
    )
    return any(db.execute(select(column).where(column == digest).limit(1)).first() is not None for column in columns)


def drop(house: House, key: str, now: datetime) -> None:  # noqa: ARG001  every worker is given the moment
    """Delete the bytes of one digest, unless they were stored again meanwhile. Twice is harmless."""
    digest, _, stamp = key.partition(":")
    with house.database.reading() as db:
        if db.get(FileRow, digest) is not None:
            return
    house.files.drop(digest, int(stamp, 16))
