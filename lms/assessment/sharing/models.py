"""Tables of agreements to be seen. Rows are added, never changed: giving is one fact, and its end another."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.assessment.sharing.rules import Party, What, Why
from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime


class KnowledgeShare(Base):
    """A learner agreed that an organisation, or an assessor, sees something. `words` are those they agreed to.

    The id is the form's once-only number. An employer and a coordinator's authority are organisations, since people
    come and go in them; an assessor is one person.
    """

    __tablename__ = "lms_knowledge_share"
    __table_args__ = (
        CheckConstraint("(organisation_id IS NULL) <> (person_id IS NULL)", name="with_one"),
        CheckConstraint("(party = 'assessor') = (person_id IS NOT NULL)", name="assessor_is_a_person"),
        CheckConstraint("person_id <> learner_id", name="with_somebody_else"),
        CheckConstraint("words <> ''", name="words_were_agreed_to"),
        UniqueConstraint("id", "learner_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    what: Mapped[What] = mapped_column(Coded(What))
    party: Mapped[Party] = mapped_column(Coded(Party))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_organisation.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    agreed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class KnowledgeShareEnd(Base):
    """An agreement has ended: withdrawn by the learner and nobody else, or with the tie it was made for.

    It may be both: a job ends on a day to come, and before that day the learner takes the agreement back.
    """

    __tablename__ = "lms_knowledge_share_end"
    __table_args__ = (
        ForeignKeyConstraint(
            ["share_id", "withdrawn_by"], ["lms_knowledge_share.id", "lms_knowledge_share.learner_id"]
        ),
        CheckConstraint("(why = 'withdrawn') = (withdrawn_by IS NOT NULL)", name="withdrawn_by_the_learner"),
        CheckConstraint("(why = 'withdrawn') = (last_day IS NULL)", name="withdrawn_at_once"),
    )

    share_id: Mapped[UUID] = mapped_column(ForeignKey("lms_knowledge_share.id"), primary_key=True)
    why: Mapped[Why] = mapped_column(Coded(Why), primary_key=True)
    withdrawn_by: Mapped[UUID | None]
    last_day: Mapped[date | None] = mapped_column(Date)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
