"""The tables of what holders share, and of what they let strangers see."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.certification.holder.rules import NameShown
from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime


class Share(Base):
    """A link by which whoever has it sees one certificate, up to a last day or until its holder ends it.

    Only the digest of the link's secret is kept. `for_whom` is what the holder calls them, for their own list.
    """

    __tablename__ = "lms_share"
    __table_args__ = (
        Index("ix_lms_share_certificate_id", "certificate_id", "made_at"),
        CheckConstraint("for_whom <> ''", name="says_for_whom"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("lms_certificate.id"))
    secret_digest: Mapped[str] = mapped_column(String(64), unique=True)
    for_whom: Mapped[str] = mapped_column(String(120))
    name_shown: Mapped[NameShown] = mapped_column(Coded(NameShown))
    until: Mapped[date] = mapped_column(Date)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ShareLook(Base):
    """How often a link was opened on a day; not by whom, nor from where. Opened again soon after is not counted."""

    __tablename__ = "lms_share_look"

    share_id: Mapped[UUID] = mapped_column(ForeignKey("lms_share.id"), primary_key=True)
    on: Mapped[date] = mapped_column(Date, primary_key=True)
    times: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)


class HolderChoice(Base):
    """What a holder lets strangers see; rows are added, and the latest one counts.

    `stays_checkable`: whether their certificates can be checked after the account is closed.
    """

    __tablename__ = "lms_holder_choice"
    __table_args__ = (Index("ix_lms_holder_choice_holder_id", "holder_id", "made_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    holder_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    name_shown: Mapped[NameShown] = mapped_column(Coded(NameShown))
    stays_checkable: Mapped[bool]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
