"""Tables of credentials: what was signed, word for word, and the lists that say which of them count no longer."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.certification.credentials.rules import SIZE, Mark
from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime


class StatusList(Base):
    """A list of places for the credentials of one authority. `issuer` and `address` are how it was signed and where it
    is read: they stay as they were when the list was opened, since credentials name them."""

    __tablename__ = "lms_status_list"
    __table_args__ = (Index("ix_lms_status_list_issuer", "issuer", "opened_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    issuer: Mapped[str] = mapped_column(String(400))
    address: Mapped[str] = mapped_column(String(400))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StatusDocument(Base):
    """What a list says now, signed: one for each mark. It is worked out from facts and made anew when they change.

    `marked` is the digest of the places that are marked, `document` its JSON with a proof, `token` the same as JWT.
    """

    __tablename__ = "lms_status_document"

    list_id: Mapped[UUID] = mapped_column(ForeignKey("lms_status_list.id"), primary_key=True)
    mark: Mapped[Mark] = mapped_column(Coded(Mark), primary_key=True)
    marked: Mapped[str] = mapped_column(String(64))
    document: Mapped[str] = mapped_column(Text)
    token: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Credential(Base):
    """A certificate as a credential, signed once. What somebody downloads years later is this, letter for letter.

    `id` is the credential's own name (urn:uuid:…), `place` its place in the status list, drawn at random so that
    neighbours in the list tell nothing. `document` is the JSON with its proof, `token` the JWT.
    """

    __tablename__ = "lms_credential"
    __table_args__ = (
        UniqueConstraint("list_id", "place"),
        CheckConstraint(f"place >= 0 AND place < {SIZE}", name="place_in_list"),
    )

    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("lms_certificate.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    list_id: Mapped[UUID] = mapped_column(ForeignKey("lms_status_list.id"))
    place: Mapped[int]
    key_id: Mapped[UUID] = mapped_column(ForeignKey("lms_key.id"))
    document: Mapped[str] = mapped_column(Text)
    token: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
