"""Tables of how sure learners feel. Rows are added, never changed: what was felt before stays beside it."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.assessment.confidence.rules import Sure
from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime


class SelfAssessment(Base):
    """How sure a learner felt of one standard of an edition, at a moment. It counts for nothing; nobody judges it."""

    __tablename__ = "lms_self_assessment"
    __table_args__ = (Index("ix_lms_self_assessment_latest", "learner_id", "framework", "edition", "said_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    framework: Mapped[str] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(20))
    unit: Mapped[str] = mapped_column(String(40))
    sure: Mapped[Sure] = mapped_column(Coded(Sure))
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)
