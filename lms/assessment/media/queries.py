"""Read uploads, which only their owner may, files of evidence, and the sizes an authority takes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from lms.assessment.media.labels import IN_IT, KINDS, length_of
from lms.assessment.media.models import EvidenceFile, MediaLimits, Upload
from lms.assessment.media.rules import FileKind, InIt, Limits, in_short, is_track
from lms.core.db import Db
from lms.core.files import size_of
from lms.core.words import NotFound, Say


@dataclass(frozen=True)
class UploadView:
    """Somebody's own upload. `name` is the file's name on their phone; `called` what they want it to be called here."""

    id: UUID
    authority_id: UUID
    length: int
    offset: int
    kind_said: FileKind
    name: str
    fingerprint: str
    in_it: InIt
    called: str
    captions: str
    expires_at: datetime
    done: bool
    looked: bool
    refused: str | None
    refused_most: int | None
    kind: FileKind | None
    media_type: str | None
    size: int | None
    seconds: int | None
    has_thumbnail: bool

    @property
    def ready(self) -> bool:
        """Whether it was looked at and may be used."""
        return self.media_type is not None

    @property
    def percent(self) -> int:
        """How much of it is here, in whole percent."""
        return self.offset * 100 // self.length


@dataclass(frozen=True)
class FileView:
    """A file of a piece of evidence. `name` is empty where its giver gave it none; `size` are bytes."""

    evidence_id: UUID
    position: int
    upload_id: UUID
    sha256: str
    kind: FileKind
    media_type: str
    name: str
    captions: str
    people_in_it: InIt
    agreed: bool
    thumbnail: str | None
    seconds: int | None
    added_at: datetime

    @property
    def has_thumbnail(self) -> bool:
        """Whether there is a small picture of it."""
        return self.thumbnail is not None

    @property
    def plain_words(self) -> str:
        """What is said or shown in it, without times."""
        return in_short(self.captions)

    @property
    def has_track(self) -> bool:
        """Whether a player can show what is said while it is said."""
        return is_track(self.captions)

    @property
    def plays(self) -> str:
        """How long it plays, as players write it."""
        return length_of(self.seconds or 0)

    def kind_words(self, say: Say) -> str:
        """What kind of file it is, in the reader's language."""
        return say(KINDS[self.kind])

    def people_words(self, say: Say) -> str:
        """Who is in it and whether they agreed, in the reader's language."""
        return say(IN_IT[self.people_in_it])


def own_upload(db: Db, upload_id: UUID, person_id: UUID, *, now: datetime) -> UploadView:
    """An upload of somebody's own that has not expired. Raises NotFound for every other."""
    row = db.get(Upload, upload_id, populate_existing=True)
    if row is None or row.person_id != person_id or row.expires_at <= now:
        raise NotFound("upload")
    return _upload(row)


def own_uploads(
    db: Db, person_id: UUID, authority_id: UUID, *, now: datetime, ids: Collection[UUID] | None = None
) -> list[UploadView]:
    """Somebody's uploads for an authority that belong to no evidence yet, the oldest first; refused ones left out."""
    used = select(EvidenceFile.upload_id).where(EvidenceFile.upload_id == Upload.id)
    wanted = select(Upload).where(
        Upload.person_id == person_id,
        Upload.authority_id == authority_id,
        Upload.expires_at > now,
        Upload.refused.is_(None),
        ~used.exists(),
    )
    if ids is not None:
        wanted = wanted.where(Upload.id.in_(ids))
    return [_upload(row) for row in db.scalars(wanted.order_by(Upload.made_at, Upload.id))]


def sent_within_a_day(db: Db, person_id: UUID, authority_id: UUID, *, now: datetime) -> int:
    """Bytes of all that somebody began to send to an authority within a day."""
    sent = select(func.coalesce(func.sum(Upload.length), 0)).where(
        Upload.person_id == person_id, Upload.authority_id == authority_id, Upload.made_at > now - timedelta(days=1)
    )
    return int(db.scalar(sent) or 0)


def files_of(db: Db, evidence_ids: Collection[UUID]) -> Mapping[UUID, tuple[FileView, ...]]:
    """The files of pieces of evidence, in their order; pieces without files are left out. One query."""
    if not evidence_ids:
        return {}
    wanted = select(EvidenceFile).where(EvidenceFile.evidence_id.in_(evidence_ids))
    found: dict[UUID, tuple[FileView, ...]] = {}
    for row in db.scalars(wanted.order_by(EvidenceFile.evidence_id, EvidenceFile.position)):
        found[row.evidence_id] = (*found.get(row.evidence_id, ()), _file(row))
    return found


def count_files(db: Db, evidence_ids: Collection[UUID]) -> Mapping[UUID, int]:
    """How many files each of these pieces has; those without are left out. One query."""
    if not evidence_ids:
        return {}
    counted = select(EvidenceFile.evidence_id, func.count()).where(EvidenceFile.evidence_id.in_(evidence_ids))
    return {row[0]: row[1] for row in db.execute(counted.group_by(EvidenceFile.evidence_id))}


def file_at(db: Db, evidence_id: UUID, position: int) -> FileView:
    """One file of a piece. Whether somebody may see it, the caller has to have asked. Raises NotFound."""
    row = db.get(EvidenceFile, (evidence_id, position))
    if row is None:
        raise NotFound("file")
    return _file(row)


def bytes_of(db: Db, file: FileView) -> int:
    """How many bytes a file has."""
    return size_of(db, file.sha256)


def limits_of(db: Db, authority_id: UUID) -> Limits:
    """What an authority takes: what it set last, or what holds where nothing was set."""
    latest = (
        select(MediaLimits)
        .where(MediaLimits.authority_id == authority_id)
        .order_by(MediaLimits.set_at.desc(), MediaLimits.id)
        .limit(1)
    )
    row = db.scalar(latest)
    return Limits(row.photo, row.voice, row.video, row.document, row.a_day) if row else Limits()


def _upload(row: Upload) -> UploadView:
    return UploadView(
        id=row.id,
        authority_id=row.authority_id,
        length=row.length,
        offset=row.offset,
        kind_said=row.kind_said,
        name=row.name,
        fingerprint=row.fingerprint,
        in_it=row.in_it,
        called=row.called,
        captions=row.captions,
        expires_at=row.expires_at,
        done=row.done_at is not None,
        looked=row.looked_at is not None,
        refused=row.refused,
        refused_most=row.refused_most,
        kind=row.kind,
        media_type=row.media_type,
        size=row.size,
        seconds=row.seconds,
        has_thumbnail=row.has_thumbnail,
    )


def _file(row: Any) -> FileView:
    return FileView(
        evidence_id=row.evidence_id,
        position=row.position,
        upload_id=row.upload_id,
        sha256=row.sha256,
        kind=row.kind,
        media_type=row.media_type,
        name=row.name,
        captions=row.captions,
        people_in_it=row.in_it,
        agreed=row.agreed,
        thumbnail=row.thumbnail,
        seconds=row.seconds,
        added_at=row.added_at,
    )
