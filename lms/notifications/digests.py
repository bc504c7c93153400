"""The worker's part: one mail a day with what somebody was told since the last: its subjects and one link."""

from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from uuid import UUID

from sqlalchemy import bindparam, select, update

from lms.core.db import Db
from lms.core.house import House
from lms.core.i18n import say_in
from lms.core.words import N_
from lms.notifications import mail
from lms.notifications.channels import queries as channels
from lms.notifications.channels import services as troubles
from lms.notifications.models import Notice
from lms.notifications.sending import GIVEN_UP, REFUSED, unsubscribe_link
from lms.notifications.texts import write

MOST_LINES = 40
"""Subjects that are named; the rest is counted."""

_SUBJECT = N_("What is new in PALMS: %(count)s")
_HELLO = N_("Hello %(name)s,\n\nthis is new since your last mail. Nothing else is in this mail; sign in to read it.")
_MORE = N_("… and %(count)s more")
_END = N_("You asked for one mail a day. You can change that on the same page.")

_WAITING = (
    select(Notice)
    .where(
        Notice.person_id == bindparam("person_id"),
        Notice.digest,
        Notice.sent_at.is_(None),
        Notice.outcome.is_(None),
        Notice.due_at <= bindparam("now"),
    )
    .order_by(Notice.made_at, Notice.id)
)


def send(house: House, key: str, now: datetime) -> None:
    """Send the mail of one person and day; `key` is both. Without anything to tell there is none."""
    with house.database.reading() as db:
        rows = _waiting(db, UUID(key.split(maxsplit=1)[0]), now)
        address = rows[-1].address if rows else None
        dead = bool(address and channels.broken(db, [address]))
    if not rows or address is None:
        return
    outcome, why = GIVEN_UP if dead else None, ""
    if not dead:
        try:
            mail.send(house.settings, composed(house, rows, address, now), notice=str(rows[-1].id))
        except mail.NoSuchAddress as refusal:
            outcome, why = REFUSED, refusal.why
    with house.database.writing() as db:
        values = {"sent_at": now} if outcome is None else {"outcome": outcome}
        db.execute(update(Notice).where(Notice.id.in_([row.id for row in rows])).values(**values))
        if outcome == REFUSED:
            troubles.mark(db, address=address, person_id=rows[-1].person_id, why=why, now=now)


def _waiting(db: Db, person_id: UUID, now: datetime) -> Sequence[Notice]:
    return db.scalars(_WAITING, {"person_id": person_id, "now": now}).all()


def composed(house: House, rows: Sequence[Notice], address: str, now: datetime) -> EmailMessage:
    """The one mail, in the language of the latest notice."""
    last = rows[-1]
    say = say_in(last.language)
    told = [write(row.kind, {**row.values, "name": row.name, "secret": ""}, "", say).subject for row in rows]
    lines = [f"- {' '.join(subject.split())}" for subject in told[:MOST_LINES]]
    if len(told) > MOST_LINES:
        lines.append(say(_MORE) % {"count": len(told) - MOST_LINES})
    parts = [say(_HELLO) % {"name": last.name}, "\n".join(lines), say(_END), f"{house.settings.base_url}/messages"]
    return mail.compose(
        house.settings,
        to=address,
        subject=say(_SUBJECT) % {"count": len(rows)},
        text="\n\n".join(parts) + "\n",
        language=last.language,
        notice=str(last.id),
        now=now,
        unsubscribe=unsubscribe_link(house, last),
    )
