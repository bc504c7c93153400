"""Tables of quality assurance.

What somebody said or did is a row that is added. Three tables are standings, rewritten with what they stand for: what
an assessor decided of a standard in a quarter, the numbers of a plan, and where a sample or an appeal has got to; the
steps that led there are rows of their own.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.assessment.models import of_learner_unit
from lms.assessment.quality.appeals.rules import Outcome
from lms.assessment.quality.appeals.rules import Stage as AppealStage
from lms.assessment.quality.rules import Stage, Waits
from lms.assessment.quality.samples.rules import State
from lms.assessment.rules import Capacity
from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime

_PERSON = "lms_person.id"
_ORGANISATION = "lms_organisation.id"


class SamplingPolicy(Base):
    """What an authority asks for from a moment on. The newest row counts; the older ones say what counted before."""

    __tablename__ = "lms_sampling_policy"
    __table_args__ = (
        CheckConstraint(
            "weight_employer_as_assessor >= 1 AND weight_relative_declared >= 1", name="close_to_the_work_weighs"
        ),
        CheckConstraint("share_final + share_interim > 0", name="asks_for_something"),
        Index("ix_lms_sampling_policy_newest", "authority_id", "set_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey(_ORGANISATION))
    share_final: Mapped[int]
    share_interim: Mapped[int]
    share_learners: Mapped[int]
    share_standards: Mapped[int]
    share_kinds: Mapped[int]
    share_assessors: Mapped[int]
    weight_new_assessor: Mapped[int]
    weight_employer_as_assessor: Mapped[int]
    weight_relative_declared: Mapped[int]
    weight_fast: Mapped[int]
    weight_uniform: Mapped[int]
    fast_hours: Mapped[int]
    uniform_from: Mapped[int]
    waits: Mapped[Waits] = mapped_column(Coded(Waits))
    waits_in: Mapped[list[str]] = mapped_column(JSON)
    wait_days: Mapped[int]
    answer_days: Mapped[int]
    appeal_days: Mapped[int]
    appeal_answer_days: Mapped[int]
    set_by: Mapped[UUID] = mapped_column(ForeignKey(_PERSON))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SamplingWork(Base):
    """What one assessor decided of one learner's standard in one quarter: what a plan chooses from. A standing.

    `planned` is False from the moment something changed until a plan was made with it. `kinds` and `risks` are lists
    of words with commas.
    """

    __tablename__ = "lms_sampling_work"
    __table_args__: tuple[Any, ...] = (
        CheckConstraint("assessor_id <> learner_id", name="nobody_decides_own_work"),
        UniqueConstraint("enrolment_id", "unit", "assessor_id", "period"),
        of_learner_unit(),
        Index("ix_lms_sampling_work_period", "authority_id", "period", "planned"),
        Index("ix_lms_sampling_work_unit", "authority_id", "framework", "unit", "last_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey(_ORGANISATION))
    period: Mapped[str] = mapped_column(String(7))
    enrolment_id: Mapped[UUID]
    unit: Mapped[str] = mapped_column(String(40))
    framework: Mapped[str] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(20))
    learner_id: Mapped[UUID]
    assessor_id: Mapped[UUID] = mapped_column(ForeignKey(_PERSON))
    capacity: Mapped[Capacity] = mapped_column(Coded(Capacity))
    stage: Mapped[Stage] = mapped_column(Coded(Stage))
    kinds: Mapped[str] = mapped_column(String(300))
    risks: Mapped[str] = mapped_column(String(200))
    decisions: Mapped[int]
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    planned: Mapped[bool]


class SamplingPlan(Base):
    """Where the plan of an authority for a quarter stands: its numbers, as the rule gave them. A standing."""

    __tablename__ = "lms_sampling_plan"

    authority_id: Mapped[UUID] = mapped_column(ForeignKey(_ORGANISATION), primary_key=True)
    period: Mapped[str] = mapped_column(String(7), primary_key=True)
    stands: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    pieces: Mapped[int]
    decisions: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Sample(Base):
    """A piece of work that was chosen to be looked at again, and where that has got to. `due_on`: an answer is due."""

    __tablename__ = "lms_sample"
    __table_args__: tuple[Any, ...] = (
        UniqueConstraint("work_id", "stage"),
        CheckConstraint("taken_by IS NULL OR (taken_by <> learner_id AND taken_by <> assessor_id)", name="never_own"),
        CheckConstraint("state = 'open' OR taken_by IS NOT NULL", name="somebody_has_it"),
        CheckConstraint("state <> 'sent_back' OR due_on IS NOT NULL", name="sent_back_says_when"),
        Index("ix_lms_sample_period", "authority_id", "period", "state"),
        Index("ix_lms_sample_unit", "enrolment_id", "unit"),
        Index("ix_lms_sample_assessor", "assessor_id", "state"),
        Index("ix_lms_sample_taken_by", "taken_by", "state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    work_id: Mapped[UUID] = mapped_column(ForeignKey("lms_sampling_work.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey(_ORGANISATION))
    period: Mapped[str] = mapped_column(String(7))
    enrolment_id: Mapped[UUID]
    unit: Mapped[str] = mapped_column(String(40))
    framework: Mapped[str] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(20))
    learner_id: Mapped[UUID] = mapped_column(ForeignKey(_PERSON), index=True)
    assessor_id: Mapped[UUID] = mapped_column(ForeignKey(_PERSON))
    stage: Mapped[Stage] = mapped_column(Coded(Stage))
    why: Mapped[str] = mapped_column(String(200))
    risks: Mapped[str] = mapped_column(String(200))
    kinds: Mapped[str] = mapped_column(String(300))
    chosen_by: Mapped[UUID | None] = mapped_column(ForeignKey(_PERSON))
    chosen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[State] = mapped_column(Coded(State))
    taken_by: Mapped[UUID | None] = mapped_column(ForeignKey(_PERSON))
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_on: Mapped[date | None] = mapped_column(Date)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SampleStep(Base):
    """What happened to a sample: one row for each move, with who made it."""

    __tablename__ = "lms_sample_step"
    __table_args__ = (Index("ix_lms_sample_step_of", "sample_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    sample_id: Mapped[UUID] = mapped_column(ForeignKey("lms_sample.id"))
    state: Mapped[State] = mapped_column(Coded(State))
    word: Mapped[str] = mapped_column(Text)
    by: Mapped[UUID | None] = mapped_column(ForeignKey(_PERSON))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class QualityActivity(Base):
    """A quality assurer watched an assessor at work, or talked with a learner about how they are assessed."""

    __tablename__ = "lms_quality_activity"
    __table_args__ = (
        CheckConstraint('"by" <> about_id', name="about_somebody_else"),
        CheckConstraint("said <> ''", name="says_what"),
        Index("ix_lms_quality_activity_newest", "authority_id", "on_day"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey(_ORGANISATION))
    kind: Mapped[str] = mapped_column(String(40))
    about_id: Mapped[UUID] = mapped_column(ForeignKey(_PERSON), index=True)
    on_day: Mapped[date] = mapped_column(Date)
    said: Mapped[str] = mapped_column(Text)
    by: Mapped[UUID] = mapped_column(ForeignKey(_PERSON))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class VerifierAccess(Base):
    """Somebody from outside may read a learner's record of a course, or one standard of everybody, for a period."""

    __tablename__ = "lms_verifier_access"
    __table_args__ = (
        CheckConstraint('"until" >= since', name="until_after_since"),
        CheckConstraint("(enrolment_id IS NULL) <> (unit IS NULL)", name="one_or_the_other"),
        CheckConstraint("(unit IS NULL) = (framework IS NULL)", name="unit_of_a_framework"),
        CheckConstraint(
            "unit IS NULL OR (work_from IS NOT NULL AND work_until >= work_from)", name="unit_says_which_work"
        ),
        CheckConstraint("given_by <> verifier_id", name="given_by_somebody_else"),
        Index("ix_lms_verifier_access_of", "verifier_id", "until"),
        Index("ix_lms_verifier_access_behind_wall", "authority_id", "until"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey(_ORGANISATION))
    verifier_id: Mapped[UUID] = mapped_column(ForeignKey(_PERSON))
    enrolment_id: Mapped[UUID | None] = mapped_column(index=True)
    framework: Mapped[str | None] = mapped_column(String(40))
    unit: Mapped[str | None] = mapped_column(String(40))
    work_from: Mapped[date | None] = mapped_column(Date)
    work_until: Mapped[date | None] = mapped_column(Date)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date] = mapped_column(Date)
    given_by: Mapped[UUID] = mapped_column(ForeignKey(_PERSON))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)


class VerifierAccessEnd(Base):
    """An access was ended before its last day."""

    __tablename__ = "lms_verifier_access_end"

    access_id: Mapped[UUID] = mapped_column(ForeignKey("lms_verifier_access.id"), primary_key=True)
    by: Mapped[UUID] = mapped_column(ForeignKey(_PERSON))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class VerifierLook(Base):
    """A verifier opened a learner's unit, or (`what`) a piece or a file of it."""

    __tablename__ = "lms_verifier_look"
    __table_args__ = (
        Index("ix_lms_verifier_look_behind_wall", "authority_id", "at"),
        Index("ix_lms_verifier_look_by", "verifier_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey(_ORGANISATION))
    verifier_id: Mapped[UUID] = mapped_column(ForeignKey(_PERSON))
    enrolment_id: Mapped[UUID]
    learner_id: Mapped[UUID] = mapped_column(ForeignKey(_PERSON), index=True)
    unit: Mapped[str] = mapped_column(String(40))
    what: Mapped[str] = mapped_column(String(40))
    what_id: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Meeting(Base):
    """Assessors come together to agree on what is enough. The id is the form's once-only number."""

    __tablename__ = "lms_standardisation_meeting"
    __table_args__ = (Index("ix_lms_standardisation_meeting_newest", "authority_id", "on_day"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey(_ORGANISATION))
    on_day: Mapped[date] = mapped_column(Date)
    at_time: Mapped[str] = mapped_column(String(5))
    place: Mapped[str] = mapped_column(String(300))
    link: Mapped[str] = mapped_column(String(500))
    units: Mapped[list[str]] = mapped_column(JSON)
    asked_by: Mapped[UUID] = mapped_column(ForeignKey(_PERSON))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MeetingAsked(Base):
    """Somebody was asked to come."""

    __tablename__ = "lms_standardisation_asked"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("lms_standardisation_meeting.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(_PERSON), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class MeetingAttended(Base):
    """Somebody was there, as recorded by whoever held the meeting."""

    __tablename__ = "lms_standardisation_attended"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("lms_standardisation_meeting.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(_PERSON), primary_key=True, index=True)
    by: Mapped[UUID] = mapped_column(ForeignKey(_PERSON))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class MeetingAgreed(Base):
    """What was agreed in a meeting; the newest row is what stands."""

    __tablename__ = "lms_standardisation_agreed"
    __table_args__ = (Index("ix_lms_standardisation_agreed_newest", "meeting_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("lms_standardisation_meeting.id"))
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[UUID] = mapped_column(ForeignKey(_PERSON))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Appeal(Base):
    """Somebody asks that a decision is looked at again, and where that has got to. The id is the form's number."""

    __tablename__ = "lms_appeal"
    __table_args__: tuple[Any, ...] = (
        UniqueConstraint("decision_id"),
        CheckConstraint("why <> ''", name="says_why"),
        CheckConstraint("second_id IS NULL OR (second_id <> decided_by AND second_id <> learner_id)", name="another"),
        Index("ix_lms_appeal_stage", "authority_id", "stage", "asked_at"),
        Index("ix_lms_appeal_second", "second_id", "stage"),
        Index("ix_lms_appeal_line", "enrolment_id", "line"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("lms_decision.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey(_ORGANISATION))
    enrolment_id: Mapped[UUID]
    unit: Mapped[str] = mapped_column(String(40))
    line: Mapped[str] = mapped_column(String(80))
    learner_id: Mapped[UUID] = mapped_column(ForeignKey(_PERSON), index=True)
    decided_by: Mapped[UUID] = mapped_column(ForeignKey(_PERSON))
    asked_by: Mapped[UUID] = mapped_column(ForeignKey(_PERSON))
    why: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stage: Mapped[AppealStage] = mapped_column(Coded(AppealStage))
    due_on: Mapped[date | None] = mapped_column(Date)
    second_id: Mapped[UUID | None] = mapped_column(ForeignKey(_PERSON))
    outcome: Mapped[Outcome | None] = mapped_column(Coded(Outcome))
    new_decision_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_decision.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AppealStep(Base):
    """What happened to an appeal: one row for each step, with its words for the learner. `person_id`: who was asked."""

    __tablename__ = "lms_appeal_step"
    __table_args__ = (Index("ix_lms_appeal_step_of", "appeal_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    appeal_id: Mapped[UUID] = mapped_column(ForeignKey("lms_appeal.id"))
    stage: Mapped[AppealStage] = mapped_column(Coded(AppealStage))
    outcome: Mapped[Outcome | None] = mapped_column(Coded(Outcome))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey(_PERSON))
    word: Mapped[str] = mapped_column(Text)
    by: Mapped[UUID | None] = mapped_column(ForeignKey(_PERSON))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
