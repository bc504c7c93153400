"""Taking an upload piece by piece, and looking at it once it is whole. Slow parts hold no lock on the database."""

from dataclasses import dataclass
from datetime import datetime
from typing import IO
from uuid import UUID

from sqlalchemy import delete, select, update

from lms.assessment.media import queries, rules, services
from lms.assessment.media.halves import Halves
from lms.assessment.media.making.made import Made, make
from lms.assessment.media.models import Upload
from lms.assessment.media.queries import UploadView
from lms.assessment.media.rules import Limits
from lms.assessment.media.tus import Checksum
from lms.core.house import House
from lms.core.words import NotFound, Refused

STRAY_FOR = 24 * 3600
"""Seconds that a file without a row may lie in the folder before it is thrown away."""

BATCH = 500


class WrongOffset(Exception):  # noqa: N818  says what is the matter
    """What was sent does not begin where what is here ends."""


def halves_of(house: House) -> Halves:
    """Where a house keeps uploads."""
    return Halves.within(house.settings.data)


def receive(
    house: House,
    *,
    upload_id: UUID,
    by: UUID,
    offset: int,
    stream: IO[bytes],
    checksum: Checksum | None,
    now: datetime,
) -> UploadView:
    """Take a piece of somebody's own upload; gives it as it is then.

    Raises WrongOffset; NotFound for an upload that is not theirs, has expired or lost its bytes; and what
    `Halves.receive` does: Taken, NoRoom, ChecksumWrong.
    """
    halves = halves_of(house)
    _own(house, upload_id, by, now)
    with halves.alone(upload_id):
        before = _own(house, upload_id, by, now)  # as it is now that nobody else writes it
        if before.offset != offset:
            raise WrongOffset
        if not before.done:
            reached = halves.receive(upload_id, offset, before.length, stream, checksum)
            if reached != offset:
                with house.database.writing() as db:
                    services.note_offset(db, upload_id=upload_id, before=offset, offset=reached, now=now)
    return _own(house, upload_id, by, now)


def look(house: House, *, upload_id: UUID, by: UUID, now: datetime, guess: bool = False) -> UploadView:
    """Look what a whole upload is and make it harmless, once; gives it as it is then.

    `guess`: nobody said of what kind it is, so its bytes alone say it. What is refused is thrown away at once, and the
    sentence stays with the upload. Raises NotFound; Refused while it is not whole; Taken; Busy.
    """
    halves = halves_of(house)
    upload = _own(house, upload_id, by, now)
    if upload.looked:
        return upload
    if not upload.done:
        raise Refused(rules.NOT_READY)
    with halves.alone(upload_id):
        upload = _own(house, upload_id, by, now)
        if not upload.looked:
            _look(house, halves, upload, now, guess=guess)
    return _own(house, upload_id, by, now)


def _look(house: House, halves: Halves, upload: UploadView, now: datetime, *, guess: bool) -> None:
    part, made_at, small = halves.part(upload.id), halves.made(upload.id), halves.thumbnail(upload.id)
    if not part.exists():
        raise NotFound("upload")
    with house.database.reading() as db:
        limits = queries.limits_of(db, upload.authority_id)
    try:
        made = make(part, made_at, small, said=None if guess else upload.kind_said)
        _check_size(made, upload.length, limits)
    except Refused as refusal:
        _note(house, upload.id, now, refused=refusal.message, refused_most=refusal.values.get("most"))
        halves.drop(upload.id)
        return
    _note(house, upload.id, now, **_said_of(made))
    halves.drop(upload.id, source_only=True)  # as it was sent it says where and by whom: it goes first


def _check_size(made: Made, length: int, limits: Limits) -> None:
    if too_big := rules.trouble_with_size(made.kind, length, limits):
        raise Refused(too_big[0], most=too_big[1])


def _said_of(made: Made) -> dict[str, object]:
    return {
        "kind": made.kind,
        "media_type": made.media_type,
        "size": made.size,
        "seconds": made.seconds,
        "has_thumbnail": made.has_thumbnail,
    }


def _note(house: House, upload_id: UUID, now: datetime, **values: object) -> None:
    with house.database.writing() as db:
        db.execute(update(Upload).where(Upload.id == upload_id).values(looked_at=now, **values))


def _own(house: House, upload_id: UUID, by: UUID, now: datetime) -> UploadView:
    with house.database.reading() as db:
        return queries.own_upload(db, upload_id, by, now=now)


@dataclass(frozen=True)
class Swept:
    """What was thrown away: rows that expired, and files that belonged to none."""

    expired: int
    stray: int


def sweep(house: House, now: datetime) -> Swept:
    """Throw away what waited too long. Each minute; harmless when done twice."""
    halves = halves_of(house)
    with house.database.reading() as db:
        old = list(db.scalars(select(Upload.id).where(Upload.expires_at <= now).limit(BATCH)))
    if old:
        with house.database.writing() as db:
            db.execute(delete(Upload).where(Upload.id.in_(old)))
        for upload_id in old:
            halves.drop(upload_id)
    stray = _strays(house, halves, now)
    for upload_id in stray:
        halves.drop(upload_id)
    return Swept(len(old), len(stray))


def _strays(house: House, halves: Halves, now: datetime) -> set[UUID]:
    lying = {each for each, written in halves.lying_here() if written < now.timestamp() - STRAY_FOR}
    if not lying:
        return set()
    with house.database.reading() as db:
        return lying - set(db.scalars(select(Upload.id)))
