"""Tables of one-time links. What was asked, how it ended and what was said are facts: added, never changed.

Only the answers of somebody who has not finished may change. Of a link's secret the digest alone is kept.
"""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.assessment.evidence.rules import Part
from lms.assessment.links.rules import Asks, End
from lms.assessment.models import of_learner_unit
from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime


class Link(Base):
    """Somebody is asked what they saw. The id is the form's once-only number.

    `person_id` is the known person who is asked, `household_id` the individual employer they answer for. `relation`
    says of a witness what they have to do with the work. Where it was sent is kept here alone.
    """

    __tablename__ = "lms_link"
    __table_args__: tuple[Any, ...] = (
        of_learner_unit(),
        CheckConstraint("person_id IS NULL OR person_id <> learner_id", name="asks_somebody_else"),
        CheckConstraint("(email IS NULL) <> (phone IS NULL)", name="sent_one_way"),
        CheckConstraint("name <> ''", name="asks_somebody"),
        CheckConstraint("expires_at > asked_at", name="lasts"),
        Index("ix_lms_link_of", "enrolment_id", "asked_at"),
        Index("ix_lms_link_asked_by", "asked_by", "asked_at"),
        Index("ix_lms_link_to_remind", "remind_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[UUID]
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    framework: Mapped[str] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(20))
    unit: Mapped[str] = mapped_column(String(40))
    lines: Mapped[list[str]] = mapped_column(JSON)
    part: Mapped[Part] = mapped_column(Coded(Part))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"), index=True)
    household_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_organisation.id"))
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(20))
    relation: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(5))
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    asked_as: Mapped[Asks] = mapped_column(Coded(Asks))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    remind_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LinkSecret(Base):
    """One sending of a link: each carries a secret of its own, and all of them open the same questions.

    A reminder cannot repeat the first secret, since nobody knows it any more.
    """

    __tablename__ = "lms_link_secret"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    link_id: Mapped[UUID] = mapped_column(ForeignKey("lms_link.id"), index=True)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reminder: Mapped[bool]


class LinkReminded(Base):
    """The one reminder of a link was sent."""

    __tablename__ = "lms_link_reminded"

    link_id: Mapped[UUID] = mapped_column(ForeignKey("lms_link.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class LinkAnswer(Base):
    """One answer of somebody who has not finished. `shown` is the question as it was read, `said` the answer in words.

    It may be given again until the answers are handed in; then a copy of all of them stands in the proof.
    """

    __tablename__ = "lms_link_answer"

    link_id: Mapped[UUID] = mapped_column(ForeignKey("lms_link.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    shown: Mapped[str] = mapped_column(Text)
    said: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(5))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class LinkEnd(Base):
    """A link asks no more: answered, cancelled by who asked, or opened by somebody else. Once, whichever came first."""

    __tablename__ = "lms_link_end"

    link_id: Mapped[UUID] = mapped_column(ForeignKey("lms_link.id"), primary_key=True)
    why: Mapped[End] = mapped_column(Coded(End))
    by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class LinkProof(Base):
    """What proves later who was asked, what stood before them, and what they said.

    `record` holds all of it as it was, `digest` is the SHA-256 over salt and record in one spelling; the same digest
    stands in the fact that the link was answered, and so in the chain of facts. `evidence_id` is None where nothing
    was seen, or nothing could be added any more; `kept_out` then says why.
    """

    __tablename__ = "lms_link_proof"
    __table_args__ = (CheckConstraint("digest <> ''", name="is_sealed"),)

    link_id: Mapped[UUID] = mapped_column(ForeignKey("lms_link.id"), primary_key=True)
    evidence_id: Mapped[UUID | None]
    kept_out: Mapped[str] = mapped_column(String(300))
    record: Mapped[dict[str, Any]] = mapped_column(JSON)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class LinkNote(Base):
    """Somebody said afterwards that their answer was not right. It stands beside what they said and changes nothing."""

    __tablename__ = "lms_link_note"
    __table_args__ = (CheckConstraint("text <> ''", name="says_something"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    link_id: Mapped[UUID] = mapped_column(ForeignKey("lms_link.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class LinkDays(Base):
    """How many days links of an authority work; the latest row counts."""

    __tablename__ = "lms_link_days"
    __table_args__ = (CheckConstraint("days BETWEEN 2 AND 60", name="can_be_answered_in_time"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), index=True)
    days: Mapped[int]
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
