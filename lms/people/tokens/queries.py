"""Read tokens of systems: for whoever looks after them, and for the door that a token opens."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from lms.core.db import Db, columns
from lms.people.models import SignInTry
from lms.people.rules import REMEMBERED, Try, wait_before_next_try
from lms.people.secrets import digest
from lms.people.tokens.models import SystemToken
from lms.people.tokens.rules import Scope, open_on

ASKED = "token"
"""Marks tries of tokens among tries to sign in."""


@dataclass(frozen=True)
class TokenView:
    """One token; its secret is known to nobody but the system."""

    id: UUID
    authority_id: UUID
    system: str
    scopes: frozenset[Scope]
    made_by: UUID
    made_at: datetime
    ends_on: date
    ended_at: datetime | None
    last_used_on: date | None

    def open_on(self, day: date) -> bool:
        """Whether it opens anything on a day."""
        return open_on(day, ends_on=self.ends_on, ended=self.ended_at is not None)


def token_with(db: Db, secret: str, on: date) -> TokenView | None:
    """The token with a secret, if it opens anything on a day. One query."""
    found = _views(db, _BY_DIGEST, {"digest": digest(secret)})
    return found[0] if found and found[0].open_on(on) else None


def token(db: Db, token_id: UUID) -> TokenView | None:
    """One token; None when there is no such."""
    return next(iter(_views(db, _BY_IDS, {"ids": [token_id]})), None)


def tokens(db: Db, ids: Collection[UUID]) -> dict[UUID, TokenView]:
    """Several tokens by id, in one query; also those that ended."""
    return {one.id: one for one in _views(db, _BY_IDS, {"ids": list(ids)})} if ids else {}


def tokens_of(db: Db, authority_id: UUID, *, limit: int = 200) -> list[TokenView]:
    """An authority's tokens, the newest first, also those that ended. One query."""
    return _views(db, _OF, {"authority_id": authority_id, "n": limit})


def that_have_any(db: Db, authority_ids: Collection[UUID], on: date) -> frozenset[UUID]:
    """Which of these authorities have a token that opens something on a day. One query."""
    return frozenset(row[0] for row in columns(db, _HAVE_ANY, {"ids": list(authority_ids), "on": on}))


def wait_here(db: Db, place: str, now: datetime) -> timedelta:
    """How long a place that sent wrong tokens has to wait until the next wrong one is looked at."""
    values = {"named": digest(f"{ASKED}:{place}"), "where": digest(ASKED), "since": now - REMEMBERED}
    return wait_before_next_try([Try(at, succeeded) for at, succeeded in columns(db, _TRIES, values)], now)


def _views(db: Db, wanted: Select[*tuple[Any, ...]], values: Mapping[str, object]) -> list[TokenView]:
    return [_view(*row) for row in columns(db, wanted, values)]


def _view(id: UUID, authority_id: UUID, system: str, scopes: Collection[str], *rest: Any) -> TokenView:
    known = {scope.value for scope in Scope}
    return TokenView(id, authority_id, system, frozenset(Scope(each) for each in scopes if each in known), *rest)


_VIEW = select(
    SystemToken.id,
    SystemToken.authority_id,
    SystemToken.system,
    SystemToken.scopes,
    SystemToken.made_by,
    SystemToken.made_at,
    SystemToken.ends_on,
    SystemToken.ended_at,
    SystemToken.last_used_on,
)
_BY_DIGEST = _VIEW.where(SystemToken.secret_digest == bindparam("digest"))
_BY_IDS = _VIEW.where(SystemToken.id.in_(bindparam("ids", expanding=True)))
_OF = (
    _VIEW.where(SystemToken.authority_id == bindparam("authority_id"))
    .order_by(SystemToken.made_at.desc(), SystemToken.id)
    .limit(bindparam("n"))
)
_HAVE_ANY = (
    select(SystemToken.authority_id)
    .where(
        SystemToken.authority_id.in_(bindparam("ids", expanding=True)),
        SystemToken.ended_at.is_(None),
        SystemToken.ends_on >= bindparam("on"),
    )
    .distinct()
)
_TRIES = select(SignInTry.at, SignInTry.succeeded).where(
    SignInTry.account_digest == bindparam("named"),
    SignInTry.place_digest == bindparam("where"),
    SignInTry.at > bindparam("since"),
)
