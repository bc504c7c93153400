"""Tables: how somebody wants to be told, the code that confirms a number, and who wants messages to go through whom."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import UtcDateTime


class MessagePreference(Base):
    """What somebody chose; whoever has no row chose nothing.

    `ways` is a way by purpose. Hours of rest are minutes after midnight in London. `mobile` is a confirmed number as
    +447…; `postal` is where letters go, as the person wrote it.
    """

    __tablename__ = "lms_message_preference"
    __table_args__ = (
        CheckConstraint("quiet_from BETWEEN 0 AND 1439 AND quiet_until BETWEEN 0 AND 1439", name="hours_of_a_day"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), primary_key=True)
    ways: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[bool]
    quiet: Mapped[bool]
    quiet_from: Mapped[int] = mapped_column(SmallInteger)
    quiet_until: Mapped[int] = mapped_column(SmallInteger)
    sundays: Mapped[bool]
    mobile: Mapped[str | None] = mapped_column(String(20))
    postal: Mapped[str] = mapped_column(String(500), default="")
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MobileCode(Base):
    """A code was sent to a number, to see that it is theirs. Only its digest is kept, until it is used or too old.

    `asked` counts the codes of the day that began at `since`; `tries` the wrong ones typed for this code.
    """

    __tablename__ = "lms_mobile_code"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), primary_key=True)
    number: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tries: Mapped[int]
    asked: Mapped[int]
    since: Mapped[datetime] = mapped_column(UtcDateTime)


class ThroughEmployer(Base):
    """An employer wishes that messages about work go through them, and whether their PA agreed (None: not yet said)."""

    __tablename__ = "lms_through_employer"

    pa_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), primary_key=True)
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), primary_key=True)
    wished: Mapped[bool]
    agreed: Mapped[bool | None]
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
