"""Signing in and out. A session lives on the server: ended here, it is dead in every copy of the cookie."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, delete, or_, select, text, update

from lms.core.db import Db
from lms.core.events import record, whisper
from lms.core.house import House
from lms.core.words import N_, NotFound, Refused
from lms.people import queries
from lms.people.events import PasswordSet, SignedIn, SignedOut, SignInLinkAsked
from lms.people.models import Person, SignedInSession, SignInLink, SignInTry
from lms.people.rules import (
    LONGEST_PASSWORD,
    REMEMBERED,
    SHORTEST_PASSWORD,
    SIGN_IN_LINK_LASTS,
    SIGNED_IN_FOR,
    Try,
    wait_before_next_try,
)
from lms.people.secrets import digest, hash_password, new_secret, verify
from lms.people.viewer import Viewer


@dataclass(frozen=True)
class Account:
    """What signing in needs to know of somebody; `person_id` is None for an address nobody has."""

    person_id: UUID | None
    password_hash: str | None


def account(db: Db, identifier: str) -> Account:
    """The account behind an e-mail address or username; nobody's account looks the same from outside."""
    name = identifier.strip().lower()
    row = db.execute(
        select(Person.id, Person.password_hash).where(
            or_(Person.email == name, Person.username == name), Person.closed_at.is_(None)
        )
    ).first()
    return Account(row[0], row[1]) if row else Account(None, None)


def account_of(db: Db, person_id: UUID) -> Account:
    """The account of somebody known, for a page on which they confirm something by their own secret."""
    row = db.execute(
        select(Person.id, Person.password_hash).where(Person.id == person_id, Person.closed_at.is_(None))
    ).first()
    return Account(row[0], row[1]) if row else Account(None, None)


def has_secret(db: Db, person_id: UUID) -> bool:
    """Whether somebody has a password or passphrase of their own."""
    return account_of(db, person_id).password_hash is not None


def begin_try(db: Db, *, identifier: str, place: str, now: datetime) -> tuple[UUID | None, timedelta]:
    """Count one attempt before the password is looked at, so that guesses sent all at once are counted too.

    `place` names the kind of place: one browser known to this person, or "strangers". Returns the try's id and no
    wait, or None and how long to wait.
    """
    named, where = digest(identifier.strip().lower()), digest(place)
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(hashtext(:named))"), {"named": named})
    earlier = db.execute(
        select(SignInTry.at, SignInTry.succeeded).where(
            SignInTry.account_digest == named, SignInTry.place_digest == where, SignInTry.at > now - REMEMBERED
        )
    )
    wait = wait_before_next_try([Try(at, succeeded) for at, succeeded in earlier], now)
    if wait:
        return None, wait
    row = SignInTry(account_digest=named, place_digest=where, at=now, succeeded=False)
    db.add(row)
    db.flush()
    return row.id, timedelta()


def fits(found: Account, password: str) -> bool:
    """Whether the password is this account's. Slow on purpose; call it outside of a writing unit of work."""
    return verify(found.password_hash, password[:LONGEST_PASSWORD])


def start(db: Db, *, person_id: UUID, way: str, now: datetime, on: date, tried: UUID | None = None) -> str:
    """Begin a session; returns its secret. Staff stay signed in for a working day only."""
    viewer = queries.viewer_of(db, person_id, on)
    if viewer is None:
        raise NotFound("person")
    secret, ends = new_secret(), now + SIGNED_IN_FOR[viewer.is_staff]
    db.add(SignedInSession(secret_digest=digest(secret), person_id=person_id, started_at=now, expires_at=ends))
    if tried is not None:
        password_was_right(db, tried)
    record(db, SignedIn(about=person_id, way=way), by=person_id, now=now)
    return secret


def password_was_right(db: Db, tried: UUID) -> None:
    """Mark an attempt as one that succeeded: it wipes the slate of earlier failures from the same place."""
    db.execute(update(SignInTry).where(SignInTry.id == tried).values(succeeded=True))


def viewer_of_session(db: Db, secret: str, *, now: datetime, on: date) -> Viewer | None:
    """Who is signed in with a session's secret; None when it ended, expired or the account is closed."""
    key = digest(secret)
    return queries.viewer_in(db, _BY_SESSION, {"key": key, "now": now}, on, session=key)


_ALIVE = select(SignedInSession.person_id).where(
    SignedInSession.secret_digest == bindparam("key"),
    SignedInSession.ended_at.is_(None),
    SignedInSession.expires_at > bindparam("now"),
)
_BY_SESSION = queries.viewer_statement(Person.id == _ALIVE.scalar_subquery())


def sign_out(db: Db, *, viewer: Viewer, now: datetime, everywhere: bool = False) -> None:
    """End this browser's session, or all of this person's."""
    ending = update(SignedInSession).where(
        SignedInSession.person_id == viewer.person_id, SignedInSession.ended_at.is_(None)
    )
    if not everywhere:
        ending = ending.where(SignedInSession.secret_digest == viewer.session)
    db.execute(ending.values(ended_at=now))
    record(db, SignedOut(about=viewer.person_id, everywhere=everywhere), by=viewer.person_id, now=now)


def set_password(
    db: Db,
    *,
    person_id: UUID,
    password: str,
    by: UUID,
    now: datetime,
    keep_session: str | None = None,
    hashed: str | None = None,
) -> None:
    """Set a password or passphrase and sign every other browser out. Refused when it is too short or too long.

    `hashed` is the password's hash where many people are given the same one at once; hashing is slow on purpose.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Refused(N_("Choose a password of at least %(least)s characters."), least=SHORTEST_PASSWORD)
    row = db.get_one(Person, person_id)
    if password.lower() in _easily_guessed(row):
        raise Refused(N_("Choose a password that is not your name, e-mail address or username."))
    row.password_hash = hashed or hash_password(password)
    others = update(SignedInSession).where(SignedInSession.person_id == person_id, SignedInSession.ended_at.is_(None))
    if keep_session is not None:
        others = others.where(SignedInSession.secret_digest != keep_session)
    db.execute(others.values(ended_at=now))
    record(db, PasswordSet(about=person_id), by=by, now=now)


def _easily_guessed(row: Person) -> Sequence[str]:
    return [known.lower() for known in (row.name, row.email, row.username) if known]


def ask_for_link(db: Db, *, identifier: str, now: datetime) -> None:
    """Have a one-time sign-in link sent to an e-mail address; for a stranger's nothing happens and nothing is said."""
    found = account(db, identifier)
    if found.person_id is None or queries.person(db, found.person_id).email is None:
        return
    secret = new_secret()
    db.add(
        SignInLink(
            secret_digest=digest(secret),
            person_id=found.person_id,
            made_at=now,
            expires_at=now + SIGN_IN_LINK_LASTS,
        )
    )
    whisper(db, found.person_id, secret)
    record(db, SignInLinkAsked(about=found.person_id), by=None, now=now)


def use_link(db: Db, secret: str, *, now: datetime) -> UUID:
    """The person a one-time link signs in. Refused when it is unknown, old or used: all three look the same."""
    used = db.execute(
        update(SignInLink)
        .where(SignInLink.secret_digest == digest(secret), SignInLink.used_at.is_(None), SignInLink.expires_at > now)
        .values(used_at=now)
        .returning(SignInLink.person_id)
    ).first()
    if used is None:
        raise Refused(N_("This link does not work any more. Ask for a new one below."))
    person_id: UUID = used[0]
    return person_id


def forget_old(house: House, now: datetime) -> None:
    """Delete what has no use any more: counted attempts after an hour, links and sessions a day after their end."""
    a_day_ago = now - timedelta(days=1)
    with house.database.writing() as db:
        db.execute(delete(SignInTry).where(SignInTry.at < now - REMEMBERED))
        db.execute(delete(SignInLink).where(SignInLink.expires_at < a_day_ago))
        over = or_(SignedInSession.expires_at < a_day_ago, SignedInSession.ended_at < a_day_ago)
        db.execute(delete(SignedInSession).where(over))
