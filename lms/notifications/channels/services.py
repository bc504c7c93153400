"""Mark addresses that do not work, and have one tried again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import NotFound
from lms.notifications.channels.events import AddressNotWorking, AddressTriedAgain
from lms.notifications.channels.models import AddressTrouble


def mark(db: Db, *, address: str, person_id: UUID | None, why: str, now: datetime) -> None:
    """Note that messages to an address come back for good. Nothing is sent there until it is changed."""
    row = AddressTrouble(address=address, person_id=person_id, why=why[:40], at=now)
    if add_once(db, row) and person_id is not None:
        record(db, AddressNotWorking(about=person_id, way=_way(address), why=why[:40]), by=None, now=now)


def try_again(db: Db, *, person_id: UUID, way: str, by: UUID, behalf: UUID, now: datetime) -> None:
    """An address of somebody is used again from now on. NotFound when none of that way is marked."""
    found = [row for row in db.query(AddressTrouble).filter_by(person_id=person_id) if _way(row.address) == way]
    if not found:
        raise NotFound("address")
    db.execute(delete(AddressTrouble).where(AddressTrouble.address.in_([row.address for row in found])))
    record(db, AddressTriedAgain(about=person_id, way=way), by=by, now=now, behalf=behalf)


def forget(db: Db, address: str) -> None:
    """An address that somebody has just shown to work is used again."""
    db.execute(delete(AddressTrouble).where(AddressTrouble.address == address))


def _way(address: str) -> str:
    return "text" if address.startswith("tel:") else "email"
