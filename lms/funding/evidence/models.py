"""Tables of the evidence of claims: files, what was read off them, learners' numbers, and packs."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, Counter, PenceColumn, UtcDateTime
from lms.funding.evidence.vocabulary import NumberKind, PaidShown
from lms.funding.vocabulary import EvidenceKind

LONGEST_NAME = 80
LONGEST_FACT = 160


class ClaimFile(Base):
    """A file that was handed in with a claim, as it will be sent to the payer.

    `line_id` NULL: it is for the whole claim, such as an invoice for several learners. `came_sha256` is the digest of
    what was handed in, before a picture was made smaller: by it the same file is known again. `origin_id` is the file
    it was copied from into a claim that asks anew, else its own id. Added, never changed but for the claim that its
    line goes into; taken out before the claim is sent in it keeps its row and shows nothing.
    """

    __tablename__ = "lms_claim_file"
    __table_args__ = (
        CheckConstraint("(out_at IS NULL) = (out_by IS NULL)", name="out_whole"),
        CheckConstraint("size > 0", name="has_bytes"),
        Index("ix_lms_claim_file_of", "claim_id", "line_id"),
        Index("ix_lms_claim_file_came", "came_sha256"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    origin_id: Mapped[UUID]
    claim_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim.id"))
    line_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_claim_line.id"), index=True)
    kind: Mapped[EvidenceKind] = mapped_column(Coded(EvidenceKind))
    sha256: Mapped[str] = mapped_column(ForeignKey("lms_file.sha256"), index=True)
    came_sha256: Mapped[str] = mapped_column(String(64))
    media_type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int]
    smaller: Mapped[bool]
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    out_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    out_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ClaimFileRead(Base):
    """What somebody read off an invoice or a receipt. Added, never changed; the latest counts."""

    __tablename__ = "lms_claim_file_read"
    __table_args__ = (
        CheckConstraint("amount_pence > 0", name="amount_is_something"),
        CheckConstraint("learners > 0", name="for_somebody"),
        Index("ix_lms_claim_file_read_of", "file_id", "turn"),
    )

    turn: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim_file.id"))
    payer: Mapped[str] = mapped_column(String(LONGEST_FACT))
    payee: Mapped[str] = mapped_column(String(LONGEST_FACT))
    course: Mapped[str] = mapped_column(String(LONGEST_FACT))
    amount_pence: Mapped[PenceColumn]
    invoiced_on: Mapped[date] = mapped_column(Date)
    paid_on: Mapped[date | None] = mapped_column(Date)
    learners: Mapped[int]
    paid_shown: Mapped[PaidShown] = mapped_column(Coded(PaidShown))
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class LearnerNumber(Base):
    """A number by which payers know a learner, sealed: without LMS_SECRET_KEY nobody reads it.

    `digest` is made with the same key, so that equal numbers are found without opening any. When a number is replaced
    or deleted, both go and `gone_at` says when; that there was one stays. One of a kind counts in an authority.
    """

    __tablename__ = "lms_learner_number"
    __table_args__ = (
        CheckConstraint("(sealed IS NULL) = (gone_at IS NOT NULL)", name="kept_or_gone"),
        CheckConstraint("(digest IS NULL) = (gone_at IS NOT NULL)", name="known_or_gone"),
        Index(
            "uq_lms_learner_number_counts",
            "learner_id",
            "authority_id",
            "kind",
            unique=True,
            sqlite_where=text("gone_at IS NULL"),
            postgresql_where=text("gone_at IS NULL"),
        ),
        Index("ix_lms_learner_number_same", "digest"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    kind: Mapped[NumberKind] = mapped_column(Coded(NumberKind))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    digest: Mapped[str | None] = mapped_column(String(64))
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    gone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ClaimPack(Base):
    """A ZIP of all evidence of a claim: asked for on a draft, or made by itself when the claim was sent in.

    `contents` is everything that goes into it, by digests, as it stood at that moment: the same pack can be made again
    and has the same bytes. `sha256` is there once the worker has made it.
    """

    __tablename__ = "lms_claim_pack"
    __table_args__ = (
        UniqueConstraint("submission_id"),
        CheckConstraint("(sha256 IS NULL) = (made_at IS NULL)", name="made_whole"),
        Index("ix_lms_claim_pack_of", "claim_id", "asked_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    claim_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim.id"))
    submission_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_claim_submission.id"))
    language: Mapped[str] = mapped_column(String(5))
    contents: Mapped[dict[str, Any]] = mapped_column(JSON)
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sha256: Mapped[str | None] = mapped_column(ForeignKey("lms_file.sha256"), index=True)
    size: Mapped[int | None]
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
