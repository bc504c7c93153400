"""Tables of outcomes that were shown. Rows are added, never changed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime
from lms.learning.shown.rules import HowShown


class ShownOutcome(Base):
    """An outcome of a module that a learner showed, the first time. `question` is the one answered right, if any.

    Nobody judges their own; PALMS itself only marks checks.
    """

    __tablename__ = "lms_outcome_shown"
    __table_args__ = (
        CheckConstraint("judged_by <> learner_id", name="somebody_else_judged"),
        CheckConstraint("(how = 'check') = (judged_by IS NULL)", name="says_who_judged"),
    )

    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("lms_enrolment.id"), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(40), primary_key=True)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    module: Mapped[str] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(40))
    how: Mapped[HowShown] = mapped_column(Coded(HowShown))
    question: Mapped[str | None] = mapped_column(String(40))
    source_id: Mapped[UUID | None]
    judged_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ShownStep(Base):
    """A step of a module that asks for nothing any more, because all it asks for is shown, in this edition.

    `step` is the module's code for its check, the activity's code for its activity. It stays, as a pass does, whatever
    is added to the module later.
    """

    __tablename__ = "lms_step_shown"

    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("lms_enrolment.id"), primary_key=True)
    step: Mapped[str] = mapped_column(String(40), primary_key=True)
    edition: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
