"""Choose which systems are notified: add one, stop it, let it go on, make its secret anew, send again, end it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.settings import Settings
from lms.core.spelling import visible
from lms.core.words import N_, NotFound, Refused
from lms.core.work import later
from lms.people import queries as people
from lms.people.rules import Role
from lms.register.feed import queries as feed
from lms.register.webhooks import signing
from lms.register.webhooks.events import WebhookChanged, WebhookMade
from lms.register.webhooks.models import Webhook, WebhookDelivery
from lms.register.webhooks.rules import LONGEST_NAME, MOST, OVERLAP, Slip, Stopped, networks, slip_in

NOTIFY = "register.notify"
"""The worker's part; its key is the system's id."""

STAFF = (Role.REGISTER_MANAGER, Role.ADMIN)
"""Who chooses where messages go."""

TEAM = (Role.REGISTER_OFFICER, *STAFF)
"""Who sees what was sent, and sends it again: the whole register team."""

SHOWN_AGAIN = timedelta(minutes=10)
"""A form sent twice, as by a double tap, shows the secret twice; after that nobody sees it again."""

SLIPS = {
    Slip.TOO_LONG: N_("This address is too long."),
    Slip.NOT_HTTPS: N_("The address has to begin with https://, so that nobody reads along on the way."),
    Slip.NO_HOST: N_("This is no web address. It looks like https://register.example.gov.uk/palms."),
    Slip.SIGN_IN: N_("Leave the user name and password out of the address. Each message is signed instead."),
    Slip.FRAGMENT: N_("Leave out what stands after the # sign."),
    Slip.PORT: N_("This port is not used for the web. Ask who runs the system."),
    Slip.INNER: N_("This address leads into a network of ours. Whoever runs PALMS can allow it, see the manual."),
}


def add(
    db: Db, settings: Settings, *, once: UUID, authority_id: UUID, name: str, url: str, by: UUID, now: datetime
) -> str:
    """Notify a system of what is new from now on; what it shares with us as a secret, which is shown this once.

    The same form again, within minutes, adds it once. Raises NotFound for who may not; Refused for an address nothing
    may be sent to, a name that is used, and where too many systems are notified already.
    """
    _holds_one(db, authority_id, by, now, STAFF)
    said = signing.secret(_key(settings), once, 1)
    if (there := db.get(Webhook, once)) is not None:
        _check_same_tap(there, authority_id, by, said, now)
        return said
    url, name = url.strip(), " ".join(visible(name).split())
    if slip := slip_in(url, networks(settings.webhook_networks)):
        raise Refused(SLIPS[slip])
    _check_name(db, authority_id, name)
    row = Webhook(
        id=once,
        authority_id=authority_id,
        name=name,
        url=url,
        fingerprint=signing.fingerprint(said),
        told_seq=feed.head(db, authority_id).last,
        made_by=by,
        made_at=now,
    )
    if add_once(db, row):
        record(
            db, WebhookMade(about=by, authority_id=authority_id, webhook_id=once), by=by, now=now, behalf=authority_id
        )
    return said


def stop(db: Db, *, webhook_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> None:
    """Send nothing for now. What is new meanwhile is not lost: the system asks for it, or is told when it goes on."""
    row = _own(db, webhook_id, authority_id, by, now)
    if row.stopped is None:
        row.stopped, row.stopped_at, row.next_at = Stopped.BY_TEAM, now, None
        _note(db, row, "stopped", by, now)


def go_on(db: Db, *, settings: Settings, webhook_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> None:
    """Send again, beginning with what has come meanwhile. Refused while its secret cannot be made any more."""
    row = _own(db, webhook_id, authority_id, by, now)
    if not signing.still_counts(settings.secret_key, row.id, row.turn, row.fingerprint):
        raise Refused(N_("Its secret has to be made anew first."))
    if row.stopped is not None:
        _wake_up(db, row, now)
        _note(db, row, "let_go_on", by, now)


def renew_secret(
    db: Db, *, settings: Settings, webhook_id: UUID, authority_id: UUID, turn: int, by: UUID, now: datetime
) -> str:
    """Make the secret anew; it is shown this once. The one of before signs along for a day, if it can still be made.

    `turn` is the one the page was made from: the same form again, within minutes, makes no third secret.
    """
    row, key = _own(db, webhook_id, authority_id, by, now), _key(settings)
    if row.turn == turn:
        counts = signing.still_counts(key, row.id, row.turn, row.fingerprint)
        row.turn, row.overlap_until = turn + 1, now + OVERLAP if counts else None
        row.fingerprint = signing.fingerprint(signing.secret(key, row.id, row.turn))
        if row.stopped is Stopped.KEY_CHANGED:
            _wake_up(db, row, now)
        _note(db, row, "secret_made_anew", by, now)
    elif row.turn != turn + 1 or row.overlap_until is None or now > row.overlap_until - OVERLAP + SHOWN_AGAIN:
        raise Refused(N_("The secret was made anew already. Open the page again."))
    return signing.secret(key, row.id, row.turn)


def test(db: Db, *, once: UUID, webhook_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> None:
    """Send a message that says nothing is new, to try the way out."""
    row = _own(db, webhook_id, authority_id, by, now)
    if row.stopped is not None:
        raise Refused(N_("Nothing is sent to this system for now. Let it go on first."))
    if add_once(
        db, WebhookDelivery(id=once, webhook_id=row.id, after_seq=row.told_seq, head=row.told_seq, made_at=now)
    ):
        _wake(db, row, "tested", by, now)


def send_again(db: Db, *, webhook_id: UUID, delivery_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> None:
    """Send one more time what was sent before, under its old id."""
    row = _own(db, webhook_id, authority_id, by, now, roles=TEAM)
    delivery = db.get(WebhookDelivery, delivery_id)
    if delivery is None or delivery.webhook_id != row.id:
        raise NotFound("delivery")
    if row.stopped is not None:
        raise Refused(N_("Nothing is sent to this system for now. Let it go on first."))
    if delivery.came is not None:
        delivery.came, delivery.status = None, None
        _wake(db, row, "sent_again", by, now)


def end(db: Db, *, webhook_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> None:
    """Never send to this system again. What was sent stays to be looked up for its days."""
    row = _own(db, webhook_id, authority_id, by, now)
    row.ended_at, row.ended_by, row.next_at = now, by, None
    _note(db, row, "ended", by, now)


def ring(db: Db, authority_id: UUID, now: datetime) -> None:
    """Something is new in an authority's feed: ask the worker to tell its systems. The feed rings this in its unit."""
    waiting = select(Webhook.id).where(
        Webhook.authority_id == authority_id,
        Webhook.ended_at.is_(None),
        Webhook.stopped.is_(None),
        Webhook.next_at.is_(None),
    )
    for webhook_id in db.scalars(waiting):
        later(db, NOTIFY, str(webhook_id), now=now)


def _wake(db: Db, row: Webhook, what: str, by: UUID, now: datetime) -> None:
    """Somebody waits in front of the screen: the pause after a failure is over."""
    row.next_at = None
    _note(db, row, what, by, now)
    later(db, NOTIFY, str(row.id), now=now)


def _wake_up(db: Db, row: Webhook, now: datetime) -> None:
    row.stopped, row.stopped_at, row.next_at, row.tries = None, None, None, 0
    later(db, NOTIFY, str(row.id), now=now)


def _check_same_tap(row: Webhook, authority_id: UUID, by: UUID, said: str, now: datetime) -> None:
    """Only who just added it sees its secret again: the number of the form stands in the address of the page."""
    if row.authority_id != authority_id or row.ended_at is not None:
        raise NotFound("webhook")
    same = row.made_by == by and row.fingerprint == signing.fingerprint(said)
    if not same or now > row.made_at + SHOWN_AGAIN:
        raise Refused(N_("This system was added before. Its secret was shown then; if it is lost, make it anew."))


def _check_name(db: Db, authority_id: UUID, name: str) -> None:
    if not name or len(name) > LONGEST_NAME:
        raise Refused(N_("Give the system a name of at most %(most)s characters."), most=LONGEST_NAME)
    here = (Webhook.authority_id == authority_id) & Webhook.ended_at.is_(None)
    if db.scalar(select(func.count()).select_from(Webhook).where(here, Webhook.name == name)):
        raise Refused(N_("Another system has this name. Choose one that tells them apart."))
    if (db.scalar(select(func.count()).select_from(Webhook).where(here)) or 0) >= MOST:
        raise Refused(N_("%(most)s systems are notified already. End one that is not used any more."), most=MOST)


def _own(
    db: Db, webhook_id: UUID, authority_id: UUID, by: UUID, now: datetime, *, roles: Sequence[Role] = STAFF
) -> Webhook:
    """A system of an authority the person looks after, held until the end of the unit."""
    _holds_one(db, authority_id, by, now, roles)
    row = db.get(Webhook, webhook_id, with_for_update=True)
    if row is None or row.authority_id != authority_id or row.ended_at is not None:
        raise NotFound("webhook")
    return row


def _note(db: Db, row: Webhook, what: str, by: UUID, now: datetime) -> None:
    db.flush()
    fact = WebhookChanged(about=by, authority_id=row.authority_id, webhook_id=row.id, what=what)
    record(db, fact, by=by, now=now, behalf=row.authority_id)


def _holds_one(db: Db, authority_id: UUID, by: UUID, now: datetime, roles: Sequence[Role]) -> None:
    if not any(people.holds(db, by, role, [authority_id], london_day(now)) for role in roles):
        raise NotFound("authority")


def _key(settings: Settings) -> str:
    if not settings.secret_key:
        raise Refused(N_("PALMS has no key of its own yet (LMS_SECRET_KEY). Whoever runs it has to set one first."))
    return settings.secret_key


__all__ = ["NOTIFY", "STAFF", "TEAM", "add", "end", "go_on", "renew_secret", "ring", "send_again", "stop", "test"]
