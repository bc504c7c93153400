"""The tables of keys: only what everybody may see. What signs lies in a file and never comes into the database."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.certification.keys.rules import Purpose
from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime


class KeyRow(Base):
    """The public half of a key of an authority. It stays for ever, so that what it signed can be checked for ever.

    `turn` counts the keys of one purpose; `fingerprint` is the SHA-256 of the public key as DER. `certificate_pem` is
    the X.509 certificate of a seal, its issuers after it.
    """

    __tablename__ = "lms_key"
    __table_args__ = (UniqueConstraint("authority_id", "purpose", "turn"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    purpose: Mapped[Purpose] = mapped_column(Coded(Purpose))
    turn: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    public_pem: Mapped[str] = mapped_column(Text)
    certificate_pem: Mapped[str | None] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RetiredKey(Base):
    """A key was retired, once and for good: it signs nothing more. `by` is empty when it was done at the terminal."""

    __tablename__ = "lms_key_retired"

    key_id: Mapped[UUID] = mapped_column(ForeignKey("lms_key.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
