"""Name contacts and write down what was spoken: rows are added, and the newest counts."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_email, clean_text
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people
from lms.programme.contacts import queries
from lms.programme.contacts.events import ContactNoted, ContactNotesExported, NamedContactSet
from lms.programme.contacts.models import ContactNote, NamedContact
from lms.programme.contacts.staff import about, coordinates, staff_in, who
from lms.programme.contacts.words import Way, Whom, WithWhom
from lms.register.directory.profile import clean_phone
from lms.register.unsaid import refuse_offences

LONGEST_NOTE = 1000
_EARLIEST = date(2015, 1, 1)


@dataclass(frozen=True)
class Whose:
    """A PA or an individual employer, as an authority knows them."""

    authority_id: UUID
    whom: Whom
    id: UUID


@dataclass(frozen=True)
class Spoken:
    """What a note says: the day, how, with whom, and what in short."""

    on: date
    way: Way
    with_whom: WithWhom
    said: str


def coordinators_own(db: Db, whose: Whose, *, by: UUID, on: date) -> str:
    """The name of a PA or employer a coordinator may see here. Raises NotFound for anybody else, and for oneself."""
    if not coordinates(db, by, whose.authority_id, on) or by in about(db, whose.whom, whose.id):
        raise NotFound("person")
    try:
        return who(db, whose.authority_id, whose.whom, whose.id, on)
    except NotFound:
        # Who has left may still ask what is written about them, and have it corrected.
        if whose.whom is Whom.PA and queries.notes_of(db, whose.authority_id, whose.whom, whose.id, limit=0)[1]:
            return people.person(db, whose.id).name
        raise


def name_contact(
    db: Db, whose: Whose, *, once: UUID, contact_id: UUID | None, email: str, phone: str, by: UUID, now: datetime
) -> None:
    """Say whom a PA or employer turns to; None: to nobody in particular. The same as before is not written again.

    Refused for somebody who is not of the authority's staff, who is the PA, or who could not be reached.
    """
    on = london_day(now)
    coordinators_own(db, whose, by=by, on=on)
    known = queries.contact_of(db, whose.authority_id, whose.whom, whose.id)
    if contact_id is None:
        email, phone = "", ""
    else:
        if contact_id not in staff_in(db, whose.authority_id, on) or contact_id in about(db, whose.whom, whose.id):
            raise Refused(N_("Choose somebody of your council’s staff."))
        email, phone = clean_email(email) if email.strip() else "", clean_phone(phone)
        if not (email or phone):
            raise Refused(N_("Give an e-mail address or a telephone number by which they are reached."))
    before = (known.contact_id, known.email, known.phone) if known else (None, "", "")
    if before == (contact_id, email, phone):
        return
    row = NamedContact(
        id=once,
        authority_id=whose.authority_id,
        **_columns(whose),
        contact_id=contact_id,
        email=email,
        phone=phone,
        by=by,
        at=now,
    )
    if add_once(db, row):
        person = whose.id if whose.whom is Whom.PA else by
        fact = NamedContactSet(about=person, authority_id=whose.authority_id, named_id=once)
        record(db, fact, by=by, now=now, behalf=whose.authority_id)


def write_note(
    db: Db, whose: Whose, spoken: Spoken, *, once: UUID, by: UUID, now: datetime, corrects: UUID | None = None
) -> None:
    """Write down that somebody was spoken to; a note that corrects another one stands beside it, and both stay.

    Refused without words, with words about an offence, with a day to come, and when the note was corrected already.
    """
    on = london_day(now)
    coordinators_own(db, whose, by=by, on=on)
    if db.get(ContactNote, once) is not None:
        return
    said = refuse_offences(clean_text(spoken.said, LONGEST_NOTE))
    if not said:
        raise Refused(N_("Write in short what you spoke about."))
    if not _EARLIEST <= spoken.on <= on:
        raise Refused(N_("Give the day on which you spoke: today, or a day before."))
    if corrects is not None:
        queries.note(db, whose.authority_id, whose.whom, whose.id, corrects)
    row = ContactNote(
        id=once,
        authority_id=whose.authority_id,
        **_columns(whose),
        on=spoken.on,
        way=spoken.way,
        with_whom=spoken.with_whom,
        said=said,
        corrects=corrects,
        by=by,
        at=now,
    )
    if add_once(db, row):
        fact = ContactNoted(about=by, authority_id=whose.authority_id, note_id=once)
        record(db, fact, by=by, now=now, behalf=whose.authority_id)
    elif db.get(ContactNote, once) is None:
        raise Refused(N_("Somebody has corrected this note already. Correct the newer one."))


def exported(db: Db, whose: Whose, *, by: UUID, now: datetime) -> list[queries.NoteView]:
    """Everything that is written about somebody, oldest first, for the person who asked for it; that it was is kept."""
    coordinators_own(db, whose, by=by, on=london_day(now))
    record(db, ContactNotesExported(about=by, authority_id=whose.authority_id), by=by, now=now)
    return queries.notes_of(db, whose.authority_id, whose.whom, whose.id)[0][::-1]


def _columns(whose: Whose) -> dict[str, UUID | None]:
    of_pa = whose.whom is Whom.PA
    return {"pa_id": whose.id if of_pa else None, "employer_id": None if of_pa else whose.id}
