"""Tables of learning. Everything but the end of an enrolment and the handing in of a check is added, never changed."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, Counter, UtcDateTime
from lms.learning.states import Why, WorkKind, WorkState

_NOT_ENDED = text("ended_at IS NULL")
_ENDED = text("ended_at IS NOT NULL")
_CARRIED = text("carried_from IS NOT NULL")
_NOT_HANDED_IN = text("finished_at IS NULL")


def _as_of(receipt: str) -> Callable[[Any], datetime]:
    """Given when it was received: the case of everything that did not wait on a phone."""
    return lambda context: context.get_current_parameters()[receipt]


class Enrolment(Base):
    """A learner studies a course, in the edition of the day, for the authority that knows them as a PA.

    `editions` keeps, by module code, the edition in which each module was begun, so that content that changes does not
    change under a learner. A module that is not in it has not been begun.
    """

    __tablename__ = "lms_enrolment"
    __table_args__ = (
        Index(
            "uq_lms_enrolment_running",
            "learner_id",
            "course",
            "authority_id",
            unique=True,
            sqlite_where=_NOT_ENDED,
            postgresql_where=_NOT_ENDED,
        ),
        # Lists of other rooms leave out those who left, who are few.
        Index("ix_lms_enrolment_left", "id", sqlite_where=_ENDED, postgresql_where=_ENDED),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), index=True)
    course: Mapped[str] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(40))
    enrolled_at: Mapped[datetime] = mapped_column(UtcDateTime)
    enrolled_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    editions: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))


class LessonDone(Base):
    """A lesson that a learner said they finished, here or, with `carried_from`, in another course of theirs."""

    __tablename__ = "lms_lesson_studied"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "lesson"),
        Index("ix_lms_lesson_studied_carried", "carried_from", sqlite_where=_CARRIED, postgresql_where=_CARRIED),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("lms_enrolment.id"))
    module: Mapped[str] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(40))
    lesson: Mapped[str] = mapped_column(String(40))
    studied_at: Mapped[datetime] = mapped_column(UtcDateTime)
    carried_from: Mapped[UUID | None] = mapped_column(ForeignKey("lms_enrolment.id"))


class ActivityText(Base):
    """One saving of what a learner wrote; the one given last is the text. `finished` when it may be read.

    `saved_at` is our receipt; `given_id`, `claimed_at` and `given_at` are as in Answer.
    """

    __tablename__ = "lms_activity_text"
    __table_args__ = (
        Index("ix_lms_activity_text_of", "enrolment_id", "activity"),
        Index("uq_lms_activity_text_given", "given_id", unique=True),
    )

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("lms_enrolment.id"))
    module: Mapped[str] = mapped_column(String(40))
    activity: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    finished: Mapped[bool]
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    given_id: Mapped[UUID] = mapped_column(default=uuid4, nullable=True)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    given_at: Mapped[datetime] = mapped_column(UtcDateTime, default=_as_of("saved_at"), nullable=True)


class Attempt(Base):
    """One go at a module's check. Its questions are frozen at the start, its marks when it is handed in, once.

    `counted` has the answers that were handed in, by question; any other answer is kept and does not count.
    """

    __tablename__ = "lms_attempt"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "module", "number"),
        Index(
            "uq_lms_attempt_open",
            "enrolment_id",
            "module",
            unique=True,
            sqlite_where=_NOT_HANDED_IN,
            postgresql_where=_NOT_HANDED_IN,
        ),
        CheckConstraint(
            "(finished_at IS NULL AND percent IS NULL AND passed IS NULL)"
            " OR (finished_at IS NOT NULL AND percent IS NOT NULL AND passed IS NOT NULL)",
            name="handed_in_whole",
        ),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent_range"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("lms_enrolment.id"))
    module: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    edition: Mapped[str] = mapped_column(String(40))
    seed: Mapped[str] = mapped_column(String(40))
    questions: Mapped[list[str]] = mapped_column(JSON)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    percent: Mapped[int | None]
    passed: Mapped[bool | None]
    marks: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    counted: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))


class Answer(Base):
    """One answer given; for each question the latest by (given_at, given_id) counts. No options: it was taken back.

    `given_id` is the answer's own number wherever it was given, so that what is sent twice is there once. `claimed_at`
    is when a phone says it was given, `given_at` when it was as far as we can tell, `answered_at` our receipt.
    Columns that came later may be empty only in rows an older version wrote while the upgrade ran.
    """

    __tablename__ = "lms_answer"
    __table_args__ = (
        Index("ix_lms_answer_of", "attempt_id", "question"),
        Index("uq_lms_answer_given", "given_id", unique=True),
    )

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("lms_attempt.id"))
    question: Mapped[str] = mapped_column(String(40))
    options: Mapped[list[str]] = mapped_column(JSON)
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    given_id: Mapped[UUID] = mapped_column(default=uuid4, nullable=True)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    given_at: Mapped[datetime] = mapped_column(UtcDateTime, default=_as_of("answered_at"), nullable=True)


class KeyCorrection(Base):
    """An authority's authors put right what makes an answer right; of one question and edition the latest holds."""

    __tablename__ = "lms_key_correction"
    __table_args__ = (
        Index("ix_lms_key_correction_of", "authority_id", "module", "edition"),
        CheckConstraint("reason <> ''", name="says_why"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    module: Mapped[str] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(40))
    question: Mapped[str] = mapped_column(String(40))
    key: Mapped[list[str]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ModuleDone(Base):
    """A module whose learning is all done. It stays, with day and edition, whatever is added to the module later.

    `prior` has the outcomes that were not studied but accepted as prior learning, when there were any.
    """

    __tablename__ = "lms_module_studied"
    __table_args__ = (UniqueConstraint("enrolment_id", "module"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("lms_enrolment.id"))
    module: Mapped[str] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(40))
    studied_at: Mapped[datetime] = mapped_column(UtcDateTime)
    prior: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))


class Marking(Base):
    """One marking of an attempt: what came of it, who or what brought it about, and when. The latest one counts."""

    __tablename__ = "lms_attempt_marking"
    __table_args__ = (
        UniqueConstraint("attempt_id", "number"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent_range"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("lms_attempt.id"))
    number: Mapped[int]
    percent: Mapped[int]
    passed: Mapped[bool]
    marks: Mapped[dict[str, str]] = mapped_column(JSON)
    why: Mapped[Why] = mapped_column(Coded(Why))
    by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class WrittenWork(Base):
    """A standing: a piece of writing that somebody reads, and where it is. What was written and said of it are facts
    in the tables of writing; this row is what pages of study and the readers' list look at, and what is held meanwhile.

    `needed`: the step counts only once it is met. `version` is the text that is read now; `since` is from when.
    """

    __tablename__ = "lms_written_work"
    __table_args__ = (
        UniqueConstraint("id", "learner_id"),
        UniqueConstraint("attempt_id", "code"),
        Index(
            "uq_lms_written_work_activity",
            "enrolment_id",
            "code",
            unique=True,
            sqlite_where=text("attempt_id IS NULL"),
            postgresql_where=text("attempt_id IS NULL"),
        ),
        Index("ix_lms_written_work_of", "enrolment_id", "state"),
        Index("ix_lms_written_work_behind_wall", "authority_id", "state", "since"),
        CheckConstraint("(kind = 'question') = (attempt_id IS NOT NULL)", name="answer_has_attempt"),
        CheckConstraint("state <> 'met' OR met_at IS NOT NULL", name="met_says_when"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("lms_enrolment.id"))
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    module: Mapped[str] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(40))
    kind: Mapped[WorkKind] = mapped_column(Coded(WorkKind))
    code: Mapped[str] = mapped_column(String(40))
    attempt_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_attempt.id"))
    needed: Mapped[bool]
    state: Mapped[WorkState] = mapped_column(Coded(WorkState))
    version: Mapped[int]
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    met_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ReadingPlace(Base):
    """The section of a lesson that a learner reached last, so that they go on there, on another device too.

    It is no fact but a bookmark: it moves, it is gone when the lesson is finished, and nobody else is shown it.
    `section` counts the headings of the lesson's text from 1, in the edition that was read.
    """

    __tablename__ = "lms_reading_place"
    __table_args__ = (CheckConstraint("section > 0", name="section_counts"),)

    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("lms_enrolment.id"), primary_key=True)
    lesson: Mapped[str] = mapped_column(String(40), primary_key=True)
    edition: Mapped[str] = mapped_column(String(40))
    section: Mapped[int]
    reached_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PriorOutcome(Base):
    """An outcome that somebody decided was learned before. It stands beside study and is never counted as study.

    With the code of a module instead, it says that this holds for all that the module asks in the learner's nation.
    """

    __tablename__ = "lms_prior_outcome"

    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("lms_enrolment.id"), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(40), primary_key=True)
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("lms_prior_decision.id"))
    accepted_at: Mapped[datetime] = mapped_column(UtcDateTime)
