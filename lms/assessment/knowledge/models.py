"""Tables of knowledge shown of the lines of a framework. Rows are added, never changed.

The database itself keeps study away from practice. A row of what was shown says the kind of its line, may only say
“knowledge”, and points with that word at the line as it is written down for the authority: so no row can stand on a
practice line, on a line nobody wrote down, or go on standing on one whose kind is changed.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column

from lms.assessment.reading.rules import As
from lms.assessment.rules import Kind
from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime
from lms.learning.shown.rules import HowShown
from lms.learning.states import Judged

_LINE = ("authority_id", "framework", "edition", "line")


class FrameworkLine(Base):
    """A line of an edition that something hangs on, as an authority has it: written when it is first needed."""

    __tablename__ = "lms_criterion"
    __table_args__ = (
        Unique(*_LINE, "kind"),
        CheckConstraint("kind IN ('knowledge', 'practice')", name="known_kind"),
    )

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), primary_key=True)
    framework: Mapped[str] = mapped_column(String(40), primary_key=True)
    edition: Mapped[str] = mapped_column(String(20), primary_key=True)
    line: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[Kind] = mapped_column(Coded(Kind))


class KnowledgeShown(Base):
    """A learner showed what a knowledge line asks, by an outcome of a module that teaches it.

    Of a line that several outcomes teach together there are rows only once all of them are shown, one for each.
    """

    __tablename__ = "lms_knowledge_shown"
    __table_args__: tuple[Any, ...] = (
        CheckConstraint("kind = 'knowledge'", name="never_practice"),
        CheckConstraint("judged_by <> learner_id", name="somebody_else_judged"),
        ForeignKeyConstraint([*_LINE, "kind"], [f"lms_criterion.{name}" for name in (*_LINE, "kind")]),
        Index("ix_lms_knowledge_shown_line", *_LINE),
    )

    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), primary_key=True)
    framework: Mapped[str] = mapped_column(String(40), primary_key=True)
    edition: Mapped[str] = mapped_column(String(20), primary_key=True)
    line: Mapped[str] = mapped_column(String(80), primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[Kind] = mapped_column(Coded(Kind))
    module: Mapped[str] = mapped_column(String(40))
    enrolment_id: Mapped[UUID]
    how: Mapped[HowShown] = mapped_column(Coded(HowShown))
    source_id: Mapped[UUID | None]
    judged_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Conversation(Base):
    """A learner said to somebody what they know. The id is the form's once-only number; `said` is in note form."""

    __tablename__ = "lms_conversation"
    __table_args__ = (
        CheckConstraint("heard_by <> learner_id", name="somebody_else_listens"),
        CheckConstraint("asked <> '' AND said <> ''", name="was_noted"),
        CheckConstraint("judged = 'met' OR word <> ''", name="not_yet_says_why"),
        Index("ix_lms_conversation_of", "learner_id", "authority_id", "recorded_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[UUID]
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    module: Mapped[str] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(40))
    outcomes: Mapped[list[str]] = mapped_column(JSON)
    held_on: Mapped[date] = mapped_column(Date)
    asked: Mapped[str] = mapped_column(Text)
    said: Mapped[str] = mapped_column(Text)
    judged: Mapped[Judged] = mapped_column(Coded(Judged))
    word: Mapped[str] = mapped_column(Text)
    heard_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    capacity: Mapped[As] = mapped_column(Coded(As))
    behalf: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MappingRead(Base):
    """How far older facts were looked through by a mapping of outcomes to lines, named by its digest.

    `after` is the last enrolment that was looked at; None before the first.
    """

    __tablename__ = "lms_mapping_read"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    after: Mapped[UUID | None]
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LogPrint(Base):
    """A progress log that somebody wants as a PDF, under the digest of its page. `pdf` is the file, when it is made."""

    __tablename__ = "lms_log_print"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    html: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(String(300))
    language: Mapped[str] = mapped_column(String(2))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    pdf: Mapped[str | None] = mapped_column(ForeignKey("lms_file.sha256"))
