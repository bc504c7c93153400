"""Tables of the core: event rows and their seals, work that waits, and files by their digest."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Counter, UtcDateTime


class EventRow(Base):
    """One fact. Added, never changed; only erasure of personal data empties `data` and `salt`.

    `digest` is taken over salt and content when the row is written, so that after erasure the chain still holds.
    `about` is the person the fact concerns, `by` who did it, `behalf` the organisation it was done for.
    """

    __tablename__ = "lms_event"

    id: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(60), index=True)
    about: Mapped[UUID | None] = mapped_column(index=True)
    by: Mapped[UUID | None]
    behalf: Mapped[UUID | None]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    digest: Mapped[str] = mapped_column(String(64))


class SealRow(Base):
    """One link of the chain: the event's place in it and the hash over everything up to here."""

    __tablename__ = "lms_seal"

    position: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(Counter, unique=True)
    chain: Mapped[str] = mapped_column(String(64))
    sealed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class WorkRow(Base):
    """Slow or outside work, written with the fact that asks for it and done afterwards; doing it twice is harmless."""

    __tablename__ = "lms_work"
    __table_args__ = (
        UniqueConstraint("kind", "key"),
        Index("ix_lms_work_waiting", "done_at", "not_before"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str] = mapped_column(String(60))
    key: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    not_before: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str | None] = mapped_column(Text)


class FileRow(Base):
    """A stored file, named by the SHA-256 of its bytes; the bytes stay outside the database."""

    __tablename__ = "lms_file"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(Counter)
    media_type: Mapped[str] = mapped_column(String(80))
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)
