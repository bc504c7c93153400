"""Make and end tokens of systems, and keep the day on which each was used last."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.people import sessions
from lms.people.secrets import digest, new_secret
from lms.people.tokens.events import TokenEnded, TokenMade
from lms.people.tokens.models import SystemToken
from lms.people.tokens.queries import ASKED
from lms.people.tokens.rules import LONGEST, PREFIX, Scope

SHOWN_AGAIN = timedelta(minutes=10)


def make(
    db: Db,
    *,
    once: UUID,
    authority_id: UUID,
    system: str,
    scopes: Collection[Scope],
    ends_on: date,
    by: UUID,
    now: datetime,
) -> str:
    """Make a token for a system and give its secret, which can be read this one time only.

    The same form sent twice makes one token: the second time gives it a new secret, since what the first tap showed
    was never seen. Refused when nothing is chosen, and for a last day that has gone by or is too far away.
    """
    if not scopes:
        raise Refused(N_("Choose what the system may ask for."))
    today = london_day(now)
    if not today <= ends_on <= today + LONGEST:
        raise Refused(N_("Choose a last day from today up to 400 days from now."))
    secret = PREFIX + new_secret()
    row = SystemToken(
        id=once,
        authority_id=authority_id,
        system=system.strip(),
        secret_digest=digest(secret),
        scopes=sorted(scope.value for scope in scopes),
        made_by=by,
        made_at=now,
        ends_on=ends_on,
    )
    if not add_once(db, row):
        _give_new_secret(db, row, now)
        return secret
    fact = TokenMade(about=by, authority_id=authority_id, token_id=once, scopes=tuple(row.scopes), ends_on=ends_on)
    record(db, fact, by=by, now=now, behalf=authority_id)
    return secret


def end(db: Db, *, token_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> None:
    """End a token at once. Ending it twice is quiet. NotFound for another authority's."""
    row = _locked(db, token_id)
    if row is None or row.authority_id != authority_id:
        raise NotFound("token")
    if row.ended_at is None:
        row.ended_at, row.ended_by = now, by
        db.flush()
        record(
            db, TokenEnded(about=by, authority_id=authority_id, token_id=token_id), by=by, now=now, behalf=authority_id
        )


def used(db: Db, *, token_id: UUID, on: date) -> None:
    """Keep that a token was used on a day."""
    db.execute(update(SystemToken).where(SystemToken.id == token_id).values(last_used_on=on))


def count_wrong(db: Db, *, place: str, now: datetime) -> timedelta:
    """Count a wrong token from a place; how long it had to wait, nothing when it came in time."""
    _tried, wait = sessions.begin_try(db, identifier=f"{ASKED}:{place}", place=ASKED, now=now)
    return wait


def _give_new_secret(db: Db, asked: SystemToken, now: datetime) -> None:
    row = _locked(db, asked.id)
    same = row is not None and (row.made_by, row.authority_id) == (asked.made_by, asked.authority_id)
    if row is None or not same:
        raise NotFound("token")
    if row.ended_at is not None or row.last_used_on is not None or now - row.made_at > SHOWN_AGAIN:
        raise Refused(N_("This token was made before, and nobody can read it any more. Make another one."))
    row.secret_digest = asked.secret_digest
    db.flush()


def _locked(db: Db, token_id: UUID) -> SystemToken | None:
    wanted = select(SystemToken).where(SystemToken.id == token_id).with_for_update()
    return db.scalar(wanted.execution_options(populate_existing=True))
