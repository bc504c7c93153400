"""Read files of letters, and the letters in one."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.notifications.letters.models import LetterFile
from lms.notifications.models import Notice
from lms.notifications.preferences.rules import Way
from lms.notifications.writing.models import BulkMessageTo


class FileView(NamedTuple):
    """A file of letters; `sha256` is None until the worker has printed it."""

    part: int
    language: str
    letters: int
    sha256: str | None
    printed_at: datetime | None


_FILES = (
    select(LetterFile.part, LetterFile.language, LetterFile.letters, LetterFile.sha256, LetterFile.printed_at)
    .where(LetterFile.message_id == bindparam("message_id"))
    .order_by(LetterFile.part)
)


def files_of(db: Db, message_id: UUID) -> list[FileView]:
    """The files of a message, in their order. One query."""
    return [FileView(*row) for row in columns(db, _FILES, {"message_id": message_id})]


def file_of(db: Db, message_id: UUID, part: int) -> FileView:
    """One file. Raises NotFound."""
    found = next((each for each in files_of(db, message_id) if each.part == part), None)
    if found is None:
        raise NotFound("letters")
    return found


_LETTERS = (
    select(Notice)
    .join(BulkMessageTo, BulkMessageTo.notice_id == Notice.id)
    .where(
        BulkMessageTo.message_id == bindparam("message_id"),
        BulkMessageTo.way == Way.LETTER,
        BulkMessageTo.language == bindparam("language"),
        Notice.reference.is_(None),
    )
    .order_by(BulkMessageTo.place)
    .offset(bindparam("first"))
    .limit(bindparam("letters"))
)


def letters_in(db: Db, file: LetterFile) -> list[Notice]:
    """The letters of a file, in their order. One query."""
    values = {
        "message_id": file.message_id,
        "language": file.language,
        "first": file.first,
        "letters": file.letters,
    }
    return list(db.scalars(_LETTERS, values))
