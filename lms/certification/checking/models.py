"""Tables of checking: how often somebody looked, and tries that are counted for an hour. Neither says who."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.certification.checking.rules import Tried, Way
from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime


class Look(Base):
    """How often a certificate was looked at in one way on one day. Who looked, and from where, is not kept."""

    __tablename__ = "lms_look"
    __table_args__ = (CheckConstraint("times > 0", name="counted"),)

    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("lms_certificate.id"), primary_key=True)
    on: Mapped[date] = mapped_column(Date, primary_key=True)
    way: Mapped[Way] = mapped_column(Coded(Way), primary_key=True)
    times: Mapped[int]


class CheckTry(Base):
    """One try that did not fit, forgotten after an hour.

    `place` is a keyed digest of where it came from, which nobody can turn back into an address; `about` is the
    certificate whose holder's name was tried.
    """

    __tablename__ = "lms_check_try"
    __table_args__ = (
        Index("ix_lms_check_try_place_tried_at", "place", "tried", "at"),
        Index("ix_lms_check_try_tried_at", "tried", "about", "at"),
        Index("ix_lms_check_try_at", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    tried: Mapped[Tried] = mapped_column(Coded(Tried))
    place: Mapped[str] = mapped_column(String(64))
    about: Mapped[UUID | None]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
