"""Read which addresses do not work."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.core.db import Db, columns
from lms.notifications.channels.models import AddressTrouble


class Trouble(NamedTuple):
    """An address that does not work, whose it is, why (a code) and since when."""

    address: str
    person_id: UUID | None
    why: str
    at: datetime


_BROKEN = select(AddressTrouble.address).where(AddressTrouble.address.in_(bindparam("addresses", expanding=True)))
_OF = (
    select(AddressTrouble.address, AddressTrouble.person_id, AddressTrouble.why, AddressTrouble.at)
    .where(AddressTrouble.person_id.in_(bindparam("ids", expanding=True)))
    .order_by(AddressTrouble.at.desc(), AddressTrouble.address)
)
_EVERY = (
    select(AddressTrouble.address, AddressTrouble.person_id, AddressTrouble.why, AddressTrouble.at)
    .where(AddressTrouble.person_id.is_not(None))
    .order_by(AddressTrouble.at.desc(), AddressTrouble.address)
)


def broken(db: Db, addresses: Collection[str]) -> frozenset[str]:
    """Which of these addresses do not work. One query."""
    return (
        frozenset(row.address for row in columns(db, _BROKEN, {"addresses": list(addresses)})) if addresses else _NONE
    )


_NONE: frozenset[str] = frozenset()


def of_people(db: Db, ids: Collection[UUID]) -> list[Trouble]:
    """The addresses of these people that do not work, the newest first. One query."""
    return [Trouble(*row) for row in columns(db, _OF, {"ids": list(ids)})] if ids else []


def every(db: Db) -> Sequence[Trouble]:
    """Every address of somebody that does not work, the newest first: there are few."""
    return [Trouble(*row) for row in columns(db, _EVERY, {})]
