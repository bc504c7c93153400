"""Tables of files of evidence: what is on its way, what belongs to a piece of evidence, and how large it may be."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.assessment.media.rules import LONGEST_NAME, FileKind, InIt
from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime


class Upload(Base):
    """A file on its way, which only its owner sees. Its bytes lie in the data folder, not yet among the stored files.

    `offset` is how many bytes are safely here. `done_at`: all are. `looked_at`: somebody looked what it is; then either
    `media_type` and what goes with it is there, or `refused` says why it is not taken. The row goes when it expires.
    """

    __tablename__ = "lms_upload"
    __table_args__ = (
        CheckConstraint("length > 0", name="has_bytes"),
        CheckConstraint('"offset" >= 0 AND "offset" <= length', name="offset_is_inside"),
        CheckConstraint("in_it IN ('nobody', 'agreed')", name="everybody_agreed"),
        CheckConstraint('done_at IS NULL OR "offset" = length', name="done_is_whole"),
        CheckConstraint("media_type IS NULL OR refused IS NULL", name="taken_or_refused"),
        Index("ix_lms_upload_of_person", "person_id", "made_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    length: Mapped[int] = mapped_column(BigInteger)
    offset: Mapped[int] = mapped_column(BigInteger, default=0)
    kind_said: Mapped[FileKind] = mapped_column(Coded(FileKind))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    fingerprint: Mapped[str] = mapped_column(String(80), default="")
    in_it: Mapped[InIt] = mapped_column(Coded(InIt))
    called: Mapped[str] = mapped_column(String(LONGEST_NAME), default="")
    captions: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    looked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refused: Mapped[str | None] = mapped_column(Text)
    refused_most: Mapped[int | None]
    kind: Mapped[FileKind | None] = mapped_column(Coded(FileKind))
    media_type: Mapped[str | None] = mapped_column(String(60))
    size: Mapped[int | None] = mapped_column(BigInteger)
    seconds: Mapped[int | None]
    has_thumbnail: Mapped[bool] = mapped_column(default=False)


class EvidenceFile(Base):
    """A file of a piece of evidence, under its SHA-256. Added, never changed.

    `name` and `captions` are what its giver wrote; neither is the name of the file on their phone.
    """

    __tablename__ = "lms_evidence_file"
    __table_args__ = (
        CheckConstraint("in_it = 'nobody' OR agreed", name="everybody_agreed"),
        CheckConstraint("in_it IN ('nobody', 'agreed')", name="in_it_is_known"),
    )

    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("lms_evidence.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    upload_id: Mapped[UUID] = mapped_column(unique=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("lms_file.sha256"), index=True)
    kind: Mapped[FileKind] = mapped_column(Coded(FileKind))
    media_type: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    captions: Mapped[str] = mapped_column(Text)
    in_it: Mapped[InIt] = mapped_column(Coded(InIt))
    agreed: Mapped[bool]
    thumbnail: Mapped[str | None] = mapped_column(ForeignKey("lms_file.sha256"), index=True)
    seconds: Mapped[int | None]
    added_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MediaLimits(Base):
    """What an authority takes from a moment on, in megabytes; the latest holds. Added, never changed."""

    __tablename__ = "lms_media_limits"
    __table_args__ = (
        CheckConstraint("photo > 0 AND voice > 0 AND video > 0 AND document > 0 AND a_day > 0", name="takes_something"),
        Index("ix_lms_media_limits_latest", "authority_id", "set_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    photo: Mapped[int]
    voice: Mapped[int]
    video: Mapped[int]
    document: Mapped[int]
    a_day: Mapped[int]
    set_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
