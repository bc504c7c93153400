"""Read how the register team of an authority is reached."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.core.db import Db, columns
from lms.register.reaching.models import RegisterContact


@dataclass(frozen=True)
class Contact:
    """What the team is called and how it is reached: an e-mail address or a telephone number, or both; and when."""

    team: str
    email: str
    phone: str
    hours: str


_NEWEST = (
    select(RegisterContact.team, RegisterContact.email, RegisterContact.phone, RegisterContact.hours)
    .where(RegisterContact.authority_id == bindparam("authority_id"))
    .order_by(RegisterContact.number.desc())
    .limit(1)
)


def contact_of(db: Db, authority_id: UUID) -> Contact | None:
    """How the register team of an authority is reached; None while nobody has written it. One query."""
    found = columns(db, _NEWEST, {"authority_id": authority_id}).first()
    return Contact(*found) if found else None
