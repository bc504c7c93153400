"""Tables of study on paper: which sheets of a learner were recorded, by whom. Rows are added, never changed."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import UtcDateTime


class PaperRecord(Base):
    """Somebody recorded a learner's answers from paper, and kept the paper itself. The id is the form's number."""

    __tablename__ = "lms_paper_record"
    __table_args__ = (CheckConstraint("recorded_by <> learner_id", name="somebody_else_records"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("lms_attempt.id"), index=True)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    paper: Mapped[str] = mapped_column(ForeignKey("lms_file.sha256"))
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    behalf: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
