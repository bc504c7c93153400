"""Plan the files of letters that are printed here, print them, and note that somebody printed and posted them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update

from lms.core.db import Db
from lms.core.files import keep
from lms.core.house import House
from lms.core.pdf import printed
from lms.core.uploads import PDF
from lms.core.words import N_, NotFound, Refused
from lms.core.work import later
from lms.notifications.letters import queries
from lms.notifications.letters.models import LetterFile
from lms.notifications.letters.page import Letter, page_of
from lms.notifications.models import Notice
from lms.notifications.preferences import queries as preferences
from lms.notifications.preferences.rules import Way
from lms.notifications.writing.models import BulkMessage, BulkMessageTo
from lms.people import queries as people

PRINT = "messages.letters"
IN_ONE_FILE = 50
"""Letters in a file: as many as somebody folds and posts in one go, and printed in a moment."""
PRINTED = "printed"
BY_HAND = "by_hand"
"""What came of a letter that GOV.UK Notify does not post: somebody prints it here."""


def plan(db: Db, message_id: UUID, now: datetime) -> None:
    """Ask for the files of the letters of a message that nobody else posts; without any there is none."""
    wanted = (
        select(BulkMessageTo.language, func.count())
        .join(Notice, Notice.id == BulkMessageTo.notice_id)
        .where(Notice.reference.is_(None))
        .where(BulkMessageTo.message_id == message_id, BulkMessageTo.way == Way.LETTER, BulkMessageTo.at.is_not(None))
        .group_by(BulkMessageTo.language)
        .order_by(BulkMessageTo.language)
    )
    part = 0
    for language, many in db.execute(wanted).all():
        for first in range(0, many, IN_ONE_FILE):
            part += 1
            letters = min(IN_ONE_FILE, many - first)
            db.add(LetterFile(message_id=message_id, part=part, language=language, first=first, letters=letters))
            later(db, PRINT, f"{message_id} {part}", now=now)


def print_file(house: House, key: str, now: datetime) -> None:
    """Print the letters of one file into a PDF. Done twice, the first one stays. Printing holds no transaction."""
    message, part = key.split()
    with house.database.reading() as db:
        file = db.get(LetterFile, (UUID(message), int(part)))
        if file is None or file.sha256 is not None:
            return
        letters = _letters(db, file)
        language = file.language
    made = printed(page_of(letters, language), title=f"{part}", language=language, at=now)
    with house.database.writing() as db:
        current = db.get_one(LetterFile, (UUID(message), int(part)))
        current.sha256 = current.sha256 or keep(db, house.files, made, PDF, now=now)
        current.made_at = current.made_at or now


def _letters(db: Db, file: LetterFile) -> list[Letter]:
    return letters_of(db, db.get_one(BulkMessage, file.message_id), file.language, queries.letters_in(db, file))


def letters_of(db: Db, message: BulkMessage, language: str, notices: Sequence[Notice]) -> list[Letter]:
    """These notices of a message as letters, each with the address its person wrote. Three queries."""
    authority = people.organisation(db, message.authority_id).called(language)
    there = people.persons(db, [each.person_id for each in notices if each.person_id])
    chosen = preferences.chosen(db, there.values())
    return [
        Letter(
            authority=authority,
            name=each.name,
            address=chosen[each.person_id].postal if each.person_id in chosen else "",
            on=message.sent_off_at or message.prepared_at,
            subject=str(each.values["subject"]),
            body=str(each.values["body"]),
        )
        for each in notices
    ]


def mark_printed(db: Db, *, message_id: UUID, part: int, by: UUID, now: datetime) -> None:
    """Somebody printed and posted the letters of a file. Said twice it is once. Refused while there is no file yet."""
    file = db.get(LetterFile, (message_id, part))
    if file is None:
        raise NotFound("letters")
    if file.sha256 is None:
        raise Refused(N_("The letters are not made yet. Open this page again in a moment."))
    if file.printed_at is not None:
        return
    file.printed_at, file.printed_by = now, by
    ids = [each.id for each in queries.letters_in(db, file)]
    db.execute(update(Notice).where(Notice.id.in_(ids)).values(sent_at=now, outcome=PRINTED))
