"""Read named contacts and contact notes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select

from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.people import queries as people
from lms.people.beginnings import still_holding
from lms.programme.contacts.models import ContactNote, NamedContact
from lms.programme.contacts.staff import STAFF_HERE
from lms.programme.contacts.words import Way, Whom, WithWhom

_COLUMN: dict[Whom, Any] = {Whom.PA: NamedContact.pa_id, Whom.EMPLOYER: NamedContact.employer_id}
_NOTE_COLUMN: dict[Whom, Any] = {Whom.PA: ContactNote.pa_id, Whom.EMPLOYER: ContactNote.employer_id}


@dataclass(frozen=True)
class ContactView:
    """Whom somebody turns to in an authority, and how they are reached."""

    authority_id: UUID
    of: UUID
    contact_id: UUID
    name: str
    email: str
    phone: str
    at: datetime


def newest_contacts(whom: Whom) -> Select[*tuple[Any, ...]]:
    """The number of the newest row for each PA or employer among `ids`, in each authority."""
    column = _COLUMN[whom]
    return (
        select(func.max(NamedContact.number))
        .where(column.in_(bindparam("ids", expanding=True)))
        .group_by(column, NamedContact.authority_id)
    )


_NEWEST = {
    whom: select(
        NamedContact.authority_id,
        column.label("of"),
        NamedContact.contact_id,
        NamedContact.email,
        NamedContact.phone,
        NamedContact.at,
    ).where(NamedContact.number.in_(newest_contacts(whom)), NamedContact.contact_id.is_not(None))
    for whom, column in _COLUMN.items()
}


def contacts_of(db: Db, whom: Whom, ids: Collection[UUID]) -> list[ContactView]:
    """The named contacts of several PAs or employers, in each authority that named one. Two queries."""
    rows = columns(db, _NEWEST[whom], {"ids": list(ids)}).all() if ids else []
    names = people.persons(db, {row.contact_id for row in rows})
    return [
        ContactView(row.authority_id, row.of, row.contact_id, names[row.contact_id].name, row.email, row.phone, row.at)
        for row in rows
    ]


def reached(db: Db, whom: Whom, ids: Collection[UUID], on: date) -> list[ContactView]:
    """The same without contacts who are not of the authority's staff on a day. Three queries."""
    found = contacts_of(db, whom, ids)
    here = still_holding(db, {each.contact_id for each in found}, STAFF_HERE, on)
    return [each for each in found if (each.contact_id, each.authority_id) in here]


def contact_of(db: Db, authority_id: UUID, whom: Whom, id: UUID) -> ContactView | None:
    """The named contact of one PA or employer in an authority."""
    return next((each for each in contacts_of(db, whom, [id]) if each.authority_id == authority_id), None)


@dataclass(frozen=True)
class NoteView:
    """A contact note. `corrected_by` is the note that took its place."""

    id: UUID
    authority_id: UUID
    of: UUID
    whom: Whom
    on: date
    way: Way
    with_whom: WithWhom
    said: str
    corrects: UUID | None
    corrected_by: UUID | None
    by: UUID
    at: datetime


def notes_of(
    db: Db, authority_id: UUID, whom: Whom, id: UUID, *, offset: int = 0, limit: int | None = None
) -> tuple[list[NoteView], int]:
    """An authority's notes on one PA or employer, the newest first, and how many. Three queries."""
    mine = (ContactNote.authority_id == authority_id, _NOTE_COLUMN[whom] == id)
    total = db.scalar(select(func.count()).select_from(ContactNote).where(*mine)) or 0
    wanted = select(ContactNote).where(*mine).order_by(ContactNote.at.desc(), ContactNote.id)
    rows = list(db.scalars(wanted.offset(offset).limit(limit)))
    later = dict(
        columns(
            db,
            select(ContactNote.corrects, ContactNote.id).where(ContactNote.corrects.in_([row.id for row in rows])),
            {},
        ).all()
    )
    return [_view(row, later.get(row.id)) for row in rows], total


def note(db: Db, authority_id: UUID, whom: Whom, id: UUID, note_id: UUID) -> NoteView:
    """One note on one PA or employer. Raises NotFound for any other."""
    row = db.get(ContactNote, note_id)
    if row is None or row.authority_id != authority_id or id != (row.pa_id if whom is Whom.PA else row.employer_id):
        raise NotFound("note")
    return _view(row, db.scalar(select(ContactNote.id).where(ContactNote.corrects == note_id)))


def _view(row: ContactNote, corrected_by: UUID | None) -> NoteView:
    whom = Whom.PA if row.pa_id else Whom.EMPLOYER
    of = row.pa_id or row.employer_id
    assert of is not None
    return NoteView(
        row.id,
        row.authority_id,
        of,
        whom,
        row.on,
        row.way,
        row.with_whom,
        row.said,
        row.corrects,
        corrected_by,
        row.by,
        row.at,
    )
