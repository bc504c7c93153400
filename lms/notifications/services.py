"""Write notices, and send them afterwards."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import update

from lms.core.db import Db, write_rows
from lms.core.house import House
from lms.core.i18n import say_in
from lms.core.work import later
from lms.notifications import mail, texting
from lms.notifications.models import Notice
from lms.notifications.texts import Written, write
from lms.people.queries import PersonView

SEND = "notifications.send"


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

    An address is one of e-mail, or tel: and a number for kinds that have a short text.
    """
    row = Notice(
        id=uuid4(),
        person_id=person_id,
        address=address,
        name=name,
        language=language,
        kind=kind,
        values=values,
        secret=secret,
        made_at=now,
    )
    write_rows(db, [row])
    if address is not None:
        later(db, SEND, str(row.id), now=now)
    return row.id


def tell_person(
    db: Db, kind: str, someone: PersonView, now: datetime, *, secret: str | None = None, **values: str
) -> UUID:
    """Write a notice for somebody we know, in their language, to their own address where they have one."""
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


def send(house: House, key: str, now: datetime) -> None:
    """Send one notice; one that was sent already is left alone. The link's secret is wiped with the sending."""
    with house.database.reading() as db:
        row = db.get(Notice, UUID(key))
        if row is None or row.sent_at is not None or row.address is None:
            return
        values = {**row.values, "name": row.name, "secret": row.secret or ""}
        written = write(row.kind, values, house.settings.base_url, say_in(row.language))
        hand_on = _as_text if texting.is_number(row.address) else _as_mail
        go = hand_on(house, row, written, now)
    go()
    with house.database.writing() as db:
        db.execute(update(Notice).where(Notice.id == UUID(key)).values(sent_at=now, secret=None))


def _as_mail(house: House, row: Notice, written: Written, now: datetime) -> Callable[[], None]:
    assert row.address is not None
    notice = str(row.id)
    message = mail.compose(
        house.settings,
        to=row.address,
        subject=written.subject,
        text=f"{written.body}\n\n{written.link}\n",
        language=row.language,
        notice=notice,
        now=now,
    )
    return lambda: mail.send(house.settings, message, notice=notice)


def _as_text(house: House, row: Notice, written: Written, now: datetime) -> Callable[[], None]:
    assert row.address is not None
    to, notice, language = row.address, str(row.id), row.language
    said = f"{written.short or written.subject} {written.link}"
    return lambda: texting.send(house.settings, to=to, text=said, language=language, notice=notice, now=now)
