"""Write uploads and files of evidence. What a file has in it is made harmless before it belongs to anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select, text, update

from lms.assessment.evidence import queries as evidence
from lms.assessment.media import queries, rules
from lms.assessment.media.events import FilesAttached
from lms.assessment.media.halves import Halves
from lms.assessment.media.models import EvidenceFile, MediaLimits, Upload
from lms.assessment.media.rules import MB, FileKind, InIt, Limits
from lms.core.db import Db, add_once, on_commit
from lms.core.events import record
from lms.core.files import Files, list_file
from lms.core.house import House
from lms.core.spelling import clean_text
from lms.core.words import NotFound, Refused

THUMBNAIL_TYPE = "image/jpeg"


@dataclass(frozen=True)
class Keeping:
    """Where files lie before they belong to something, and where they are stored for good."""

    files: Files
    halves: Halves

    @classmethod
    def of(cls, house: House) -> "Keeping":
        """A house's own."""
        return cls(house.files, Halves.within(house.settings.data))


def begin_upload(
    db: Db,
    *,
    person_id: UUID,
    authority_id: UUID,
    length: int,
    kind: FileKind | None,
    name: str,
    fingerprint: str,
    in_it: InIt | None,
    allowed: bool,
    now: datetime,
    id: UUID | None = None,
) -> UUID:
    """Begin to take a file; returns the upload's id. Whether they may hand something in there, the caller has asked.

    Refused before a byte has come: too large for its kind or for the day, nobody said who is in it, somebody in it has
    not agreed, nobody looked whether it may be handed in at all.
    """
    if length <= 0:
        raise Refused(rules.EMPTY)
    if kind is None:
        raise Refused(rules.NOT_TAKEN)
    if trouble := rules.trouble_with_people(in_it):
        raise Refused(trouble)
    if not allowed:
        raise Refused(rules.SAY_ALLOWED)
    _alone(db, person_id)
    limits = queries.limits_of(db, authority_id)
    if too_big := rules.trouble_with_size(kind, length, limits):
        raise Refused(too_big[0], most=too_big[1])
    if queries.sent_within_a_day(db, person_id, authority_id, now=now) + length > limits.a_day * MB:
        raise Refused(rules.TOO_MUCH_TODAY, most=limits.a_day)
    if _waiting(db, person_id, now) >= rules.MOST_WAITING:
        raise Refused(rules.TOO_MANY_WAITING, most=rules.MOST_WAITING)
    row = Upload(
        id=id or uuid4(),
        person_id=person_id,
        authority_id=authority_id,
        length=length,
        offset=0,
        kind_said=kind,
        name=" ".join(clean_text(name, rules.LONGEST_NAME).split()),
        fingerprint=fingerprint[:80],
        in_it=in_it,
        made_at=now,
        expires_at=now + rules.KEPT_FOR,
        has_thumbnail=False,
    )
    db.add(row)
    db.flush()
    return row.id


def _alone(db: Db, person_id: UUID) -> None:
    """Let one person's beginnings wait for each other, so that many at once pass no limit. SQLite has one writer."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(hashtext(:key))"), {"key": f"lms-uploads-{person_id}"})


def _waiting(db: Db, person_id: UUID, now: datetime) -> int:
    used = select(EvidenceFile.upload_id).where(EvidenceFile.upload_id == Upload.id)
    open_ = select(func.count()).where(
        Upload.person_id == person_id, Upload.expires_at > now, Upload.refused.is_(None), ~used.exists()
    )
    return db.scalar(open_) or 0


def note_offset(db: Db, *, upload_id: UUID, before: int, offset: int, now: datetime) -> None:
    """Write down how many bytes are safely here. NotFound when the upload went meanwhile."""
    moved = (
        update(Upload)
        .where(Upload.id == upload_id, Upload.offset == before)
        .values(offset=offset, done_at=None)
        .returning(Upload.length)
    )
    length = db.scalar(moved)
    if length is None:
        raise NotFound("upload")
    if offset == length:
        db.execute(update(Upload).where(Upload.id == upload_id).values(done_at=now))


def cancel_upload(db: Db, *, upload_id: UUID, by: UUID, halves: Halves, now: datetime) -> None:
    """Throw one's own upload away, with all its bytes. NotFound for anybody else's, and once evidence has it."""
    queries.own_upload(db, upload_id, by, now=now)
    if db.scalar(select(EvidenceFile.position).where(EvidenceFile.upload_id == upload_id)) is not None:
        raise NotFound("upload")
    db.execute(delete(Upload).where(Upload.id == upload_id))
    on_commit(db, lambda: halves.drop(upload_id))


def write_words(db: Db, *, upload_id: UUID, by: UUID, called: str, captions: str, now: datetime) -> None:
    """What a file is to be called and what can be heard or seen in it. NotFound for anybody else's upload."""
    queries.own_upload(db, upload_id, by, now=now)
    words = {
        "called": " ".join(clean_text(called, rules.LONGEST_NAME).split()),
        "captions": clean_text(captions, rules.LONGEST_CAPTIONS),
    }
    db.execute(update(Upload).where(Upload.id == upload_id).values(**words))


def attach(db: Db, *, evidence_id: UUID, upload_ids: Sequence[UUID], by: UUID, now: datetime, keeping: Keeping) -> None:
    """Make uploads the files of a piece of evidence, in the transaction in which it is offered; again changes nothing.

    Refused with how to mend it: not ready, gone, used elsewhere, too many, or the piece stood before. NotFound for a
    piece that somebody else offered. The bytes are stored before the rows that name them.
    """
    wanted = list(dict.fromkeys(upload_ids))
    if not wanted:
        return
    piece = evidence.piece(db, evidence_id)
    if by not in (piece.by, piece.learner_id):
        raise NotFound("evidence")
    found = select(EvidenceFile.upload_id, EvidenceFile.evidence_id).where(EvidenceFile.upload_id.in_(wanted))
    held = {row[0]: row[1] for row in db.execute(found)}
    if any(where != evidence_id for where in held.values()):
        raise Refused(rules.USED_ALREADY)
    new = [upload_id for upload_id in wanted if upload_id not in held]
    if not new:
        return
    if piece.offered_at != now:
        raise Refused(rules.ONLY_AT_ONCE)
    if len(wanted) > rules.MOST_FILES:
        raise Refused(rules.TOO_MANY_FILES, most=rules.MOST_FILES)
    made = [_own_ready(db, upload_id, by, piece.authority_id, now) for upload_id in new]
    rows = [_keep(db, upload, keeping, now) for upload in made]
    for position, row in enumerate(rows, len(held) + 1):
        row.evidence_id, row.position, row.added_by = evidence_id, position, by
        if not add_once(db, row):
            raise Refused(rules.USED_ALREADY)
    fact = FilesAttached(
        about=piece.learner_id,
        enrolment_id=piece.enrolment_id,
        evidence_id=evidence_id,
        digests=tuple(row.sha256 for row in rows),
        file_kinds=tuple(row.kind.value for row in rows),
    )
    record(db, fact, by=by, now=now, behalf=piece.behalf)
    for upload in made:
        on_commit(db, partial(keeping.halves.drop, upload.id))


def _own_ready(db: Db, upload_id: UUID, by: UUID, authority_id: UUID, now: datetime) -> queries.UploadView:
    try:
        upload = queries.own_upload(db, upload_id, by, now=now)
    except NotFound:
        raise Refused(rules.GONE) from None
    if upload.authority_id != authority_id:
        raise Refused(rules.OTHER_PLACE)
    if not upload.ready:
        raise Refused(upload.refused or rules.NOT_READY, most=upload.refused_most)
    return upload


def _keep(db: Db, upload: queries.UploadView, keeping: Keeping, now: datetime) -> EvidenceFile:
    """Store the bytes of an upload that is ready; the row is not added yet. Refused when they are gone."""
    assert upload.kind is not None
    assert upload.media_type is not None
    try:
        digest = keeping.files.put_file(keeping.halves.made(upload.id))
        thumbnail = keeping.files.put_file(keeping.halves.thumbnail(upload.id)) if upload.has_thumbnail else None
        small = keeping.halves.thumbnail(upload.id).stat().st_size if thumbnail else 0
    except FileNotFoundError as gone:
        raise Refused(rules.GONE) from gone
    list_file(db, digest, size=upload.size or 0, media_type=upload.media_type, now=now)
    if thumbnail is not None:
        list_file(db, thumbnail, size=small, media_type=THUMBNAIL_TYPE, now=now)
    return EvidenceFile(
        upload_id=upload.id,
        sha256=digest,
        kind=upload.kind,
        media_type=upload.media_type,
        name=upload.called,
        captions=upload.captions,
        in_it=upload.in_it,
        agreed=upload.in_it is InIt.AGREED,
        thumbnail=thumbnail,
        seconds=upload.seconds,
        added_at=now,
    )


def set_limits(db: Db, *, id: UUID, authority_id: UUID, limits: Limits, by: UUID, now: datetime) -> None:
    """Say what an authority takes from now on; the same `id` again changes nothing. Refused with how to mend it."""
    if trouble := rules.trouble_with_limits(limits):
        raise Refused(trouble)
    if queries.limits_of(db, authority_id) != limits:
        add_once(db, MediaLimits(id=id, authority_id=authority_id, set_by=by, set_at=now, **vars(limits)))
