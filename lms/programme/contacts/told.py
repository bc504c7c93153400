"""What contacts tell of a PA in the story of their time here: notes, for those who may read them, and call-backs.

Nothing of what was answered, and no alert: whoever reads a story sees that somebody was called, and how that ended.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Uuid, bindparam, exists, select
from sqlalchemy.orm import aliased

from lms.core.db import Db, columns
from lms.people import households
from lms.programme.contacts.models import CallBack, ContactNote
from lms.programme.contacts.words import CallEnd, Way, Whom, WithWhom


class NoteTold(NamedTuple):
    """A note that nobody corrected since."""

    at: datetime
    by: UUID
    way: Way
    with_whom: WithWhom
    said: str


class CallTold(NamedTuple):
    """A call-back that came to its end."""

    at: datetime
    by: UUID | None
    whom: Whom
    ended: CallEnd


def notes_on(db: Db, authority_id: UUID, pa_id: UUID, *, reader: UUID) -> list[NoteTold]:
    """An authority's notes on a PA, for one of its coordinators; nobody reads those about themselves. One query."""
    if reader == pa_id:
        return []
    return [NoteTold(*row) for row in columns(db, _NOTES, {"authority_id": authority_id, "pa_id": pa_id})]


def calls_about(db: Db, authority_id: UUID, pa_id: UUID, *, reader: UUID) -> list[CallTold]:
    """Call-backs that ended and are about a PA; none about a household of whoever reads. Two queries."""
    if reader == pa_id:
        return []
    rows: Sequence[Any] = columns(db, _CALLS, {"authority_id": authority_id, "pa_id": pa_id}).all()
    own: Any = households.ever_at(db, reader) if rows else frozenset()
    return [CallTold(*row[1:]) for row in rows if row.employer_id not in own]


_later = aliased(ContactNote)
_HERE = bindparam("authority_id", type_=Uuid())
_PA = bindparam("pa_id", type_=Uuid())
_NOTES = select(ContactNote.at, ContactNote.by, ContactNote.way, ContactNote.with_whom, ContactNote.said).where(
    ContactNote.authority_id == _HERE, ContactNote.pa_id == _PA, ~exists().where(_later.corrects == ContactNote.id)
)
_CALLS = select(CallBack.employer_id, CallBack.ended_at, CallBack.ended_by, CallBack.whom, CallBack.ended).where(
    CallBack.authority_id == _HERE,
    CallBack.pa_id == _PA,
    CallBack.ended_at.is_not(None),
    CallBack.forgotten_at.is_(None),
)
