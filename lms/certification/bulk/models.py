"""The tables of batches: what was asked for, one line for each learner, and the parts of a download."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.certification.bulk.rules import Line, State
from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime

_OPEN = text("state IN ('looking', 'ready', 'running', 'stopped')")


class Batch(Base):
    """Certificates of one kind for a cohort. `about` is the course, or the workshop's id; `code` what is earned.

    `listed`: its lines were given, as a workshop's are, and are not looked for among those who study.
    `run` counts how often the worker was set to work: what an earlier run left behind finds that it is over.
    There is one open batch for the same thing, so that two coordinators who begin it are shown the same one.
    """

    __tablename__ = "lms_certificate_batch"
    __table_args__ = (
        Index(
            "uq_lms_certificate_batch_open",
            "authority_id",
            "kind",
            "code",
            "about",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_lms_certificate_batch_of", "authority_id", "asked_at"),
        CheckConstraint("state <> 'running' OR started_by IS NOT NULL", name="somebody_started"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    kind: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    listed: Mapped[bool] = mapped_column(default=False)
    state: Mapped[State] = mapped_column(Coded(State))
    run: Mapped[int] = mapped_column(default=0)
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    looked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    started_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class BatchLine(Base):
    """One learner of a batch. `why` are the sentences of what is missing: message ids with their values."""

    __tablename__ = "lms_certificate_batch_line"
    __table_args__ = (
        UniqueConstraint("batch_id", "source_id"),
        Index("ix_lms_certificate_batch_line_state", "batch_id", "state", "place"),
    )

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("lms_certificate_batch.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    state: Mapped[Line] = mapped_column(Coded(Line))
    why: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    certificate_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_certificate.id"))
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Download(Base):
    """All certificates of a batch were asked for as files; `next_place` is how far the worker is."""

    __tablename__ = "lms_certificate_download"
    __table_args__ = (Index("ix_lms_certificate_download_of", "batch_id", "asked_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    batch_id: Mapped[UUID] = mapped_column(ForeignKey("lms_certificate_batch.id"))
    next_place: Mapped[int] = mapped_column(default=0)
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DownloadPart(Base):
    """One ZIP of a download, with its own list of what is in it. `left_out` counts lines named there without a file."""

    __tablename__ = "lms_certificate_download_part"

    download_id: Mapped[UUID] = mapped_column(ForeignKey("lms_certificate_download.id"), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str] = mapped_column(ForeignKey("lms_file.sha256"))
    size: Mapped[int]
    files: Mapped[int]
    left_out: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
