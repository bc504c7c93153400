"""The guard of ways in for systems: a token that is good today, with the scope, of the authority asked for."""

from collections.abc import Callable
from functools import wraps
from math import ceil
from typing import Any, TypeVar, cast
from uuid import UUID

from flask import g, request

from lms.core.web.api import Problem, nothing_here
from lms.core.web.place import place
from lms.core.web.state import house, now, today, unit
from lms.core.words import NotFound
from lms.people import queries as people
from lms.people.guards import PUBLIC
from lms.people.tokens import queries, services
from lms.people.tokens.queries import TokenView
from lms.people.tokens.rules import Scope

View = TypeVar("View", bound=Callable[..., Any])
LONGEST = 200
"""Letters of an Authorization header; a longer one holds no token of ours."""


def opened_by(scope: Scope) -> Callable[[View], View]:
    """Only a system with this scope may enter, and only where its own authority is asked for, by its code.

    The view is called with `authority_id` in place of `authority`.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, authority: str, **kwargs: Any) -> Any:
            g.lms_token = _token(scope)
            return view(*args, authority_id=_own(authority), **kwargs)

        guarded.roles = PUBLIC  # type: ignore[attr-defined]  # nobody is signed in here
        guarded.scope = scope  # type: ignore[attr-defined]
        return cast(View, guarded)

    return guard


def token() -> TokenView:
    """The token of this request; only behind the guard."""
    found: TokenView = g.lms_token
    return found


def _token(scope: Scope) -> TokenView:
    sent = request.headers.get("Authorization", "")
    kind, _space, secret = sent.partition(" ")
    if len(sent) > LONGEST or kind.lower() != "bearer" or not secret.strip():
        raise _unknown("Send your token as “Authorization: Bearer …”.", 'Bearer realm="palms"')
    found = queries.token_with(unit(), secret.strip(), today())
    if found is None:
        _slow_down()
        raise _unknown(
            "This token opens nothing: it is wrong, was ended, or its last day has gone by.",
            'Bearer realm="palms", error="invalid_token"',
        )
    if scope not in found.scopes:
        why = f'Bearer realm="palms", error="insufficient_scope", scope="{scope}"'
        raise Problem(403, "scope", f"This token may not do that. It needs {scope}.", headers={"WWW-Authenticate": why})
    if found.last_used_on != today():
        with house().database.writing() as db:
            services.used(db, token_id=found.id, on=today())
    return found


def _own(code: str) -> UUID:
    """The token's own authority, when it is the one asked for; every other answers as if it were not there."""
    try:
        asked = people.authority_by_code(unit(), code).id
    except NotFound:
        asked = None
    if asked != token().authority_id:
        raise nothing_here()
    return token().authority_id


def _unknown(detail: str, challenge: str) -> Problem:
    return Problem(401, "token", detail, headers={"WWW-Authenticate": challenge})


def _slow_down() -> None:
    """Count a wrong token; too many from one place are refused without being looked at further.

    Good tokens from there go on opening: a token is too long to be guessed, and a system beside a broken one works.
    """
    here = place("token")
    wait = queries.wait_here(unit(), here, now())
    if not wait:
        with house().database.writing() as db:
            wait = services.count_wrong(db, place=here, now=now())
    if wait:
        seconds = str(ceil(wait.total_seconds()))
        raise Problem(
            429,
            "too-many",
            "Many wrong tokens came from here. Wait, then use a good one.",
            headers={"Retry-After": seconds},
        )
