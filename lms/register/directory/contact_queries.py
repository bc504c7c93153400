"""Read contacts: who writes to whom, what was written, which details passed, and who blocked whom."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, func, or_, select

from lms.core.db import Db, columns
from lms.register.directory.models import Block, Contact, ContactMessage, DetailsPassed
from lms.register.directory.words import Side, Way


@dataclass(frozen=True)
class ContactView:
    """A contact of a household with a PA. `agreed` is the PA's answer to an introduction by the team, None before."""

    id: UUID
    authority_id: UUID
    pa_id: UUID
    employer_id: UUID
    way: Way
    called: str
    pa_called: str
    opened_at: datetime
    last_at: datetime
    last_side: Side
    agreed: bool | None

    @property
    def open_to_household(self) -> bool:
        """Whether the household knows of it: an introduction only once the PA said yes."""
        return self.way is not Way.TEAM or self.agreed is True


@dataclass(frozen=True)
class MessageView:
    """One message."""

    side: Side
    by: UUID
    text: str
    at: datetime


@dataclass(frozen=True)
class DetailsView:
    """The details a PA passed to a household."""

    phone: str
    email: str
    at: datetime


_VIEW = (
    Contact.id,
    Contact.authority_id,
    Contact.pa_id,
    Contact.employer_id,
    Contact.way,
    Contact.called,
    Contact.pa_called,
    Contact.opened_at,
    Contact.last_at,
    Contact.last_side,
    Contact.agreed,
)
_ONE = select(*_VIEW).where(Contact.id == bindparam("id"))
_PAIR = select(*_VIEW).where(
    Contact.pa_id == bindparam("pa_id"),
    Contact.employer_id == bindparam("employer_id"),
    Contact.authority_id == bindparam("authority_id"),
)
_KNOWN_TO_HOUSEHOLD = or_(Contact.way != Way.TEAM, Contact.agreed.is_(True))
_PAS = and_(Contact.pa_id == bindparam("pa_id"), Contact.last_side != Side.PA, Contact.agreed.is_not(False))
_HOUSEHOLDS = and_(
    Contact.employer_id.in_(bindparam("employer_ids", expanding=True)),
    _KNOWN_TO_HOUSEHOLD,
    Contact.last_side == Side.PA,
)
_HOW_MANY = select(func.count()).select_from(Contact)
_FOR_PA, _FOR_HOUSEHOLD, _FOR_BOTH = (_HOW_MANY.where(each) for each in (_PAS, _HOUSEHOLDS, or_(_PAS, _HOUSEHOLDS)))
"""Put together once: home pages ask them."""


def contact(db: Db, contact_id: UUID) -> ContactView | None:
    """One contact, whoever asks; None when there is none."""
    return _first(db, _ONE, {"id": contact_id})


def contacts_by_id(db: Db, ids: Collection[UUID]) -> dict[UUID, ContactView]:
    """Several contacts by id, whoever asks. One query."""
    rows: Iterable[Any] = columns(db, select(*_VIEW).where(Contact.id.in_(ids)), {})
    return {found.id: found for found in (ContactView(*row) for row in rows)}


def contact_between(db: Db, pa_id: UUID, employer_id: UUID, authority_id: UUID) -> ContactView | None:
    """The contact of a pair."""
    return _first(db, _PAIR, {"pa_id": pa_id, "employer_id": employer_id, "authority_id": authority_id})


def contacts_of_pa(db: Db, pa_id: UUID, *, offset: int, limit: int) -> tuple[list[ContactView], int]:
    """A PA's contacts, what came last first, and how many there are. Two queries."""
    return _part(db, Contact.pa_id == pa_id, offset, limit)


def contacts_of_household(
    db: Db, employer_ids: Collection[UUID], *, offset: int, limit: int
) -> tuple[list[ContactView], int]:
    """The contacts of these households, what came last first, and how many there are. Two queries."""
    return _part(db, Contact.employer_id.in_(employer_ids) & _KNOWN_TO_HOUSEHOLD, offset, limit)


def waiting_for(db: Db, *, pa_id: UUID | None, employer_ids: Collection[UUID]) -> int:
    """In how many contacts the other side wrote last. One query."""
    if pa_id is None:
        return columns(db, _FOR_HOUSEHOLD, {"employer_ids": list(employer_ids)}).scalar_one()
    if not employer_ids:
        return columns(db, _FOR_PA, {"pa_id": pa_id}).scalar_one()
    return columns(db, _FOR_BOTH, {"pa_id": pa_id, "employer_ids": list(employer_ids)}).scalar_one()


def messages_of(db: Db, contact_id: UUID) -> list[MessageView]:
    """Every message of a contact in order, the last 200 of them."""
    wanted = (
        select(ContactMessage.side, ContactMessage.by, ContactMessage.text, ContactMessage.at)
        .where(ContactMessage.contact_id == contact_id)
        .order_by(ContactMessage.number.desc())
        .limit(200)
    )
    return [MessageView(*row) for row in columns(db, wanted, {})][::-1]


def details_of(db: Db, contact_id: UUID) -> DetailsView | None:
    """The details the PA passed to the household and did not take back."""
    wanted = select(DetailsPassed.passed, DetailsPassed.phone, DetailsPassed.email, DetailsPassed.at).where(
        DetailsPassed.contact_id == contact_id
    )
    found = columns(db, wanted.order_by(DetailsPassed.number.desc()).limit(1), {}).first()
    return DetailsView(found.phone, found.email, found.at) if found and found.passed else None


def blocked_by(db: Db, pa_id: UUID, employer_id: UUID) -> frozenset[Side]:
    """Which sides of a pair do not want to hear from the other. One query."""
    rows = columns(db, _BLOCKS, {"pa_id": pa_id, "employer_id": employer_id})
    newest: dict[Side, bool] = dict(rows.all())
    return frozenset(side for side, blocked in newest.items() if blocked)


_BLOCKS = (
    select(Block.side, Block.blocked)
    .where(Block.pa_id == bindparam("pa_id"), Block.employer_id == bindparam("employer_id"))
    .order_by(Block.number)
)


def _part(db: Db, mine: Any, offset: int, limit: int) -> tuple[list[ContactView], int]:
    total = columns(db, select(func.count()).select_from(Contact).where(mine), {}).scalar_one()
    wanted = select(*_VIEW).where(mine).order_by(Contact.last_at.desc(), Contact.id).offset(offset).limit(limit)
    return [ContactView(*row) for row in columns(db, wanted, {})], total


def _first(db: Db, wanted: Select[*tuple[Any, ...]], values: dict[str, Any]) -> ContactView | None:
    found: Sequence[Any] | None = columns(db, wanted, values).first()
    return ContactView(*found) if found else None
