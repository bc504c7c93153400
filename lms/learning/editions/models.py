"""Table of editions: the trail of learners who moved to a newer one. Rows are added, never changed."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import UtcDateTime


class EditionMove(Base):
    """A learner moved, in one module, from the edition they began to another."""

    __tablename__ = "lms_edition_move"
    __table_args__ = (CheckConstraint("from_edition <> to_edition", name="goes_somewhere"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("lms_enrolment.id"), index=True)
    module: Mapped[str] = mapped_column(String(40))
    from_edition: Mapped[str] = mapped_column(String(40))
    to_edition: Mapped[str] = mapped_column(String(40))
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    moved_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
