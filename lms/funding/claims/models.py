"""Tables: claims and applications, their lines, and what happened to them. Private to this room."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, PenceColumn, UtcDateTime
from lms.funding.reasons import Act
from lms.funding.vocabulary import ClaimantKind, ClaimShape, ClaimState, Part, Provenance


class Claim(Base):
    """What one claimant asks of one scheme: paid first and claimed back, or asked first (`shape`).

    `claimant_id` is an organisation, `claimant_person_id` a PA who claims in person; one of the two. `state` repeats
    the last move, so that lists are quick and a move can be made only once. `version` counts every change of a draft:
    what was accepted for one version is not accepted for the next. `held_elsewhere` names kinds of evidence that
    another room keeps, such as bank details. `resubmits_id` is the rejected claim it follows.
    """

    __tablename__ = "lms_claim"
    __table_args__ = (
        Index("ix_lms_claim_listed", "authority_id", "state", "drafted_at"),
        Index("ix_lms_claim_newest", "authority_id", "drafted_at", "id"),
        Index("ix_lms_claim_scheme", "authority_id", "scheme", "drafted_at"),
        Index("ix_lms_claim_asking", "authority_id", "claimant_id", "drafted_at"),
        Index("ix_lms_claim_claimant", "claimant_id", "scheme"),
        CheckConstraint("claimant_id IS NOT NULL OR claimant_person_id IS NOT NULL", name="has_claimant"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    reference: Mapped[str] = mapped_column(String(60), unique=True)
    shape: Mapped[ClaimShape] = mapped_column(Coded(ClaimShape))
    scheme: Mapped[str] = mapped_column(String(40))
    scheme_edition: Mapped[str] = mapped_column(String(20))
    scheme_title: Mapped[dict[str, Any]] = mapped_column(JSON)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    claimant_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_organisation.id"))
    claimant_person_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    claimant_kind: Mapped[ClaimantKind] = mapped_column(Coded(ClaimantKind))
    state: Mapped[ClaimState] = mapped_column(Coded(ClaimState), default=ClaimState.DRAFT)
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state_since: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    resubmits_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_claim.id"), index=True)
    justification: Mapped[str] = mapped_column(Text, default="")
    held_elsewhere: Mapped[list[str]] = mapped_column(JSON, default=list)
    version: Mapped[int] = mapped_column(Integer, default=1)


class ClaimNumber(Base):
    """The last number that an authority gave to a claim in a year."""

    __tablename__ = "lms_claim_number"

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer)


class ClaimLine(Base):
    """One learner, one item, one part.

    `first_line_id` is the first part that a second one follows, `follows_line_id` the line of the rejected claim that
    is asked for anew. `opened_as` is a digest of what the line is for (see `claims.once`): the same thing opens once.
    `terms` is the scheme with this item as it stood, `asked` the facts, `verdict` what came of them; they change while
    the claim is a draft, never after. `payable_pence` is what the latest verdict allows for this part,
    "at most" while no cost is known, and `last_day` the last day to act that it names; `amount_at_most_pence` is what
    the first verdict allowed; `counts_pence` is what counts against yearly limits: of a first part the whole item, of a
    second part nothing more. `approved_pence`, `paid_pence` and `recovered_pence` repeat the decisions, payments and
    recoveries recorded elsewhere, so that sums are quick. Amounts are whole pence, `days` plain digits.
    """

    __tablename__ = "lms_claim_line"
    __table_args__ = (
        Index("ix_lms_claim_line_claim", "claim_id", "taken_out_at", "added_at"),
        Index("ix_lms_claim_line_learner", "learner_id", "scheme"),
        CheckConstraint("amount_at_most_pence >= 0", name="amount_not_negative"),
        CheckConstraint("rate_pence >= 0", name="rate_not_negative"),
        CheckConstraint("payable_pence >= 0", name="payable_not_negative"),
        CheckConstraint("approved_pence IS NULL OR approved_pence >= 0", name="approved_not_negative"),
        CheckConstraint("paid_pence >= 0", name="paid_not_negative"),
        CheckConstraint("recovered_pence >= 0 AND recovered_pence <= paid_pence", name="recovered_was_paid"),
        CheckConstraint("(part = 'second') = (first_line_id IS NOT NULL)", name="second_has_first"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    claim_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim.id"))
    opened_as: Mapped[str] = mapped_column(String(64), unique=True)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    scheme: Mapped[str] = mapped_column(String(40))
    training: Mapped[str] = mapped_column(String(40))
    item: Mapped[str] = mapped_column(String(40))
    item_title: Mapped[dict[str, Any]] = mapped_column(JSON)
    part: Mapped[Part] = mapped_column(Coded(Part), default=Part.FULL)
    enrolment_id: Mapped[UUID]
    certificate_id: Mapped[UUID | None] = mapped_column(index=True)
    first_line_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_claim_line.id"), index=True)
    follows_line_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_claim_line.id"), index=True)
    rate_pence: Mapped[PenceColumn]
    rate_standing: Mapped[Provenance] = mapped_column(Coded(Provenance))
    amount_at_most_pence: Mapped[PenceColumn]
    payable_pence: Mapped[PenceColumn]
    counts_pence: Mapped[PenceColumn]
    cost_known: Mapped[bool] = mapped_column(Boolean, default=False)
    approved_pence: Mapped[PenceColumn | None]
    paid_pence: Mapped[PenceColumn] = mapped_column(default=0)
    recovered_pence: Mapped[PenceColumn] = mapped_column(default=0)
    last_day: Mapped[date | None] = mapped_column(Date)
    last_act: Mapped[Act | None] = mapped_column(Coded(Act))
    credits: Mapped[int | None] = mapped_column(Integer)
    days: Mapped[str | None] = mapped_column(String(8))
    terms: Mapped[dict[str, Any]] = mapped_column(JSON)
    asked: Mapped[dict[str, Any]] = mapped_column(JSON)
    verdict: Mapped[dict[str, Any]] = mapped_column(JSON)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    taken_out_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    taken_out_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))


class ClaimCost(Base):
    """What one thing about a training really cost, as somebody recorded it. The latest of its kind (`what`) counts."""

    __tablename__ = "lms_claim_cost"
    __table_args__ = (
        CheckConstraint("cost_pence > 0", name="cost_is_something"),
        CheckConstraint("payable_pence >= 0", name="payable_not_negative"),
        Index("ix_lms_claim_cost_latest", "line_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    line_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim_line.id"))
    what: Mapped[str] = mapped_column(String(40), default="course")
    cost_pence: Mapped[PenceColumn]
    paid_on: Mapped[date | None] = mapped_column(Date)
    payable_pence: Mapped[PenceColumn]
    verdict: Mapped[dict[str, Any]] = mapped_column(JSON)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ClaimMove(Base):
    """A claim went from one state to another. Added, never changed; the first move comes from nowhere."""

    __tablename__ = "lms_claim_move"
    __table_args__ = (CheckConstraint("came_from IS NULL OR came_from <> went_to", name="goes_somewhere"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    claim_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim.id"), index=True)
    came_from: Mapped[ClaimState | None] = mapped_column(Coded(ClaimState))
    went_to: Mapped[ClaimState] = mapped_column(Coded(ClaimState))
    reason: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ClaimAcceptance(Base):
    """Somebody accepted the scheme's terms and said that all is true, for one version of a claim. Never changed."""

    __tablename__ = "lms_claim_acceptance"
    __table_args__ = (UniqueConstraint("claim_id", "version", "by"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    claim_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim.id"))
    version: Mapped[int] = mapped_column(Integer)
    total_pence: Mapped[PenceColumn]
    capacity: Mapped[str] = mapped_column(String(40))
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ClaimChoice(Base):
    """The scheme changed while the claim was a draft, and somebody chose: its `digest`, and whether it was taken up."""

    __tablename__ = "lms_claim_choice"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    claim_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    taken_up: Mapped[bool] = mapped_column(Boolean)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ClaimSubmission(Base):
    """A claim was sent in. Added once, never changed. `behalf_id` is the organisation acted for."""

    __tablename__ = "lms_claim_submission"
    __table_args__ = (UniqueConstraint("claim_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    claim_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim.id"))
    number: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    on_day: Mapped[date] = mapped_column(Date)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    behalf_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_organisation.id"))
    acceptance_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_claim_acceptance.id"))
    permission_id: Mapped[UUID | None]
    total_pence: Mapped[PenceColumn]
    justification: Mapped[str] = mapped_column(Text, default="")


class ClaimReliedOn(Base):
    """What one line of a submission rested on, frozen: rate, terms, facts, verdict, digests of the evidence."""

    __tablename__ = "lms_claim_relied_on"
    __table_args__ = (
        UniqueConstraint("submission_id", "line_id"),
        CheckConstraint("payable_pence >= 0", name="payable_not_negative"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim_submission.id"))
    line_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim_line.id"), index=True)
    rate_pence: Mapped[PenceColumn]
    payable_pence: Mapped[PenceColumn]
    terms: Mapped[dict[str, Any]] = mapped_column(JSON)
    asked: Mapped[dict[str, Any]] = mapped_column(JSON)
    verdict: Mapped[dict[str, Any]] = mapped_column(JSON)
    evidence: Mapped[list[Any]] = mapped_column(JSON)


class ClaimTaken(Base):
    """A submitted line holds what the duplicate rule names. Gone when the claim is rejected or withdrawn.

    The database lets only one line hold a key, whoever claims: of two sent in at once, one is refused.
    """

    __tablename__ = "lms_claim_taken"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    line_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim_line.id"), index=True)


class ClaimLearner(Base):
    """A learner who is named in a claim; the row is locked while duplicates and limits are judged for them."""

    __tablename__ = "lms_claim_learner"

    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), primary_key=True)


class ClaimLineDecision(Base):
    """What the payer decided about a line of a submission; the latest counts. Nothing approved is a refusal."""

    __tablename__ = "lms_claim_line_decision"
    __table_args__ = (
        CheckConstraint("approved_pence >= 0", name="approved_not_negative"),
        Index("ix_lms_claim_line_decision_latest", "line_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    line_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim_line.id"))
    submission_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_claim_submission.id"))
    approved_pence: Mapped[PenceColumn]
    reason: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ClaimRecovery(Base):
    """The payer takes money back that was paid for a line. Added, never changed; `reason` says why."""

    __tablename__ = "lms_claim_recovery"
    __table_args__ = (CheckConstraint("pence > 0", name="is_something"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    line_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim_line.id"), index=True)
    pence: Mapped[PenceColumn]
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ClaimLook(Base):
    """Something happened to what a claim rests on after it was sent in; somebody at the desk has to look."""

    __tablename__ = "lms_claim_look"
    __table_args__ = (
        UniqueConstraint("line_id", "what", "about_id"),
        Index("ix_lms_claim_look_open", "authority_id", "looked_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    line_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim_line.id"), index=True)
    what: Mapped[str] = mapped_column(String(40))
    about_id: Mapped[UUID]
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    looked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    looked_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    note: Mapped[str] = mapped_column(Text, default="")
