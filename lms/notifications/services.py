"""Write notices: which way each goes and when is decided as it is written. Sending them is in `sending`."""

from datetime import datetime
from uuid import UUID, uuid4

from lms.core.clock import london_day
from lms.core.db import Db, write_rows
from lms.core.work import later
from lms.notifications.models import Notice
from lms.notifications.preferences import queries as preferences
from lms.notifications.preferences.rules import Purpose, Route, Wishes, due, in_digest, route
from lms.notifications.purposes import purpose_of
from lms.people.queries import PersonView

SEND = "notifications.send"
DIGEST = "notifications.digest"


def tell(
    db: Db,
    *,
    kind: str,
    name: str,
    address: str | None,
    language: str,
    now: datetime,
    person_id: UUID | None = None,
    secret: str | None = None,
    **values: str,
) -> UUID:
    """Write a notice of a kind (see texts.KINDS); with an address it goes out once this is committed.

    An address is one of e-mail, or tel: and a number for kinds that have a short text. For people we know see
    `tell_person`, which goes the way they chose.
    """
    row = _notice(kind=kind, name=name, address=address, language=language, now=now, person_id=person_id)
    row.secret, row.values = secret, values
    write_rows(db, [row])
    if address is not None:
        later(db, SEND, str(row.id), now=now)
    return row.id


def tell_person(
    db: Db, kind: str, someone: PersonView, now: datetime, *, secret: str | None = None, **values: str
) -> UUID:
    """Write a notice for somebody we know, in their language, the way and at the time they chose.

    What is for their safety, such as a link to sign in, goes to their own address at once, whatever they chose.
    """
    purpose = purpose_of(kind)
    chosen = None if purpose is Purpose.SAFETY and someone.email else preferences.of(db, someone)
    if chosen is None:
        return tell(
            db,
            kind=kind,
            person_id=someone.id,
            name=someone.name,
            address=someone.email,
            language=someone.language,
            secret=secret,
            now=now,
            **values,
        )
    goes = route(purpose, chosen.wishes, chosen.reach)
    row = placed(kind, someone, chosen.wishes, goes, now)
    row.secret, row.values = secret, values
    write_rows(db, [row])
    if row.address is not None:
        assert row.due_at is not None
        later(db, *work_of(row), now=now, due=row.due_at)
    return row.id


def placed(kind: str, someone: PersonView, wishes: Wishes, goes: Route, now: datetime) -> Notice:
    """A notice with its way, its address and the time from which on it may go; it is not written yet."""
    purpose = purpose_of(kind)
    row = _notice(
        kind=kind, name=someone.name, address=goes.address, language=someone.language, now=now, person_id=someone.id
    )
    row.way, row.due_at = goes.way.value, due(purpose, wishes, goes.way, now)
    row.digest = goes.address is not None and in_digest(purpose, wishes, goes.way)
    return row


def work_of(row: Notice) -> tuple[str, str]:
    """What sends a notice: the kind of work and its key. One mail a day is one piece of work."""
    if not row.digest:
        return SEND, str(row.id)
    assert row.due_at is not None
    return DIGEST, f"{row.person_id} {london_day(row.due_at).isoformat()}"


def _notice(
    *, kind: str, name: str, address: str | None, language: str, now: datetime, person_id: UUID | None
) -> Notice:
    return Notice(
        id=uuid4(),
        person_id=person_id,
        address=address,
        name=name,
        language=language,
        kind=kind,
        values={},
        secret=None,
        made_at=now,
        digest=False,
        asked=0,
    )
