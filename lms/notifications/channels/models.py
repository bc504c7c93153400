"""Table: addresses that messages came back from. Nothing more is sent to one until it is changed or tried again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import UtcDateTime


class AddressTrouble(Base):
    """An address does not work: e-mail, or tel: and a number. `why` is a code; `person_id` whose it was then."""

    __tablename__ = "lms_address_trouble"
    __table_args__ = (Index("ix_lms_address_trouble_of", "person_id"),)

    address: Mapped[str] = mapped_column(String(254), primary_key=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    why: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
