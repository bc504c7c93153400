"""The ways in for systems to a register: the list, what changed, and one PA's verdict. Nothing here can be written."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import Response, request

from lms.core.db import Db
from lms.core.web import api
from lms.core.web.api import Problem
from lms.core.web.openapi import Described, Parameter, described
from lms.core.web.state import house, now, today, unit
from lms.people.tokens.bearer import opened_by, token
from lms.people.tokens.rules import Scope
from lms.register import queries as register
from lms.register.feed import queries, services
from lms.register.feed.answers import ChangesAnswer, ListingsAnswer, VerdictAnswer
from lms.register.feed.queries import MOST, Entry, Head
from lms.register.feed.rows import CHANGES_HEAD, LISTINGS_HEAD, change_row, listing_row
from lms.register.feed.rules import Told, Way
from lms.register.stored import as_data

pages = api.api_room("register_api", __name__)

USUAL = 500
EARLIEST, LATEST = date(2020, 1, 1), date(2099, 12, 31)

_AUTHORITY = Parameter("authority", "path", "Code of the authority the token is of.", {"type": "string"}, "RIVERMERE")
_AFTER = Parameter(
    "after",
    "query",
    "The last number you have; 0 to begin.",
    {"type": "integer", "minimum": 0, "maximum": api.HIGHEST, "default": 0},
)
_LIMIT = Parameter(
    "limit", "query", "At most so many.", {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
)
_BEGUN = Parameter(
    "begun",
    "query",
    "Stands in `next` of whoever began at 0, so that they come to the head.",
    {"type": "integer", "minimum": 0, "maximum": api.HIGHEST},
)
_TAG = Parameter("If-None-Match", "header", "The ETag of the answer you have.", {"type": "string"})

_LISTINGS = Described(
    "Everybody who is told of now",
    "In pages, in the order in which they were told of last. Keep the `head` of the first page and ask for the "
    "changes after it when you have read the last page. As CSV with `Accept: text/csv` or at listings.csv.",
    ListingsAnswer,
    scope=Scope.LISTINGS,
    parameters=(_AUTHORITY, _AFTER, _LIMIT, _TAG),
    problems=(400, 406, 409),
    also_csv=True,
    tagged=True,
)
_CHANGES = Described(
    "What changed after a number",
    "In order, each number once, as often as you ask. Whoever starts at 0 and follows to the head has the list. "
    "As CSV with `Accept: text/csv` or at changes.csv.",
    ChangesAnswer,
    scope=Scope.LISTINGS,
    parameters=(_AUTHORITY, _AFTER, _LIMIT, _BEGUN, _TAG),
    problems=(400, 406, 409, 410),
    also_csv=True,
    tagged=True,
)
_VERDICT = Described(
    "What the rules say of one PA",
    "The same answer as on the PA's own page and by `lms register explain`. Only for PAs who agreed to it.",
    VerdictAnswer,
    scope=Scope.VERDICTS,
    parameters=(
        _AUTHORITY,
        Parameter(
            "person_id", "path", "The PA's number, as `person` in the list.", {"type": "string", "format": "uuid"}
        ),
        Parameter(
            "on",
            "query",
            "The day asked about; today if left out.",
            {"type": "string", "format": "date", "pattern": "^20[2-9][0-9]-"},
        ),
    ),
    problems=(400,),
)


@pages.get("/register/<authority>/listings")
@pages.get("/register/<authority>/listings.csv")
@opened_by(Scope.LISTINGS)
@described(_LISTINGS)
def listings(authority_id: UUID) -> Response:
    """A page of the list."""
    db, as_csv = unit(), api.wants_csv()
    head, after, limit = _asked(db, authority_id)

    def make() -> Response:
        page = queries.listed(db, authority_id, after, limit + 1)
        shown, more = page[:limit], len(page) > limit
        _received(Way.LISTINGS, authority_id, after, shown, head)
        following = api.next_page({"after": shown[-1].seq, "limit": limit}) if more else None
        if as_csv:
            return api.linked(api.as_csv(LISTINGS_HEAD, map(listing_row, shown)), following)
        listed = [{"person": str(one.person), "seq": one.seq, "listing": one.data} for one in shown]
        return api.linked(api.as_json({"head": head.last, "listings": listed, "next": following}), following)

    return api.tagged(_tag(authority_id, head, after, limit, as_csv=as_csv), make)


@pages.get("/register/<authority>/changes")
@pages.get("/register/<authority>/changes.csv")
@opened_by(Scope.LISTINGS)
@described(_CHANGES)
def changes(authority_id: UUID) -> Response:
    """What changed after a number."""
    db, as_csv = unit(), api.wants_csv()
    head, after, limit = _asked(db, authority_id)
    begun = api.number("begun", default=0, lowest=0)
    if 0 < after < head.floor and begun != head.floor:
        raise Problem(
            410,
            "too-far-back",
            "Entries after this number are no longer all kept. Start with the list, then follow its head.",
            head=head.last,
        )

    def make() -> Response:
        shown = queries.changes(db, authority_id, after, limit)
        _received(Way.CHANGES, authority_id, after, shown, head)
        following = _following(shown, head, limit)
        if as_csv:
            return api.linked(api.as_csv(CHANGES_HEAD, map(change_row, shown)), following)
        entries = [_entry(one) for one in shown]
        return api.linked(api.as_json({"head": head.last, "entries": entries, "next": following}), following)

    return api.tagged(_tag(authority_id, head, after, limit, as_csv=as_csv), make)


@pages.get("/register/<authority>/people/<uuid:person_id>/verdict")
@opened_by(Scope.VERDICTS)
@described(_VERDICT)
def verdict(authority_id: UUID, person_id: UUID) -> Response:
    """What the rules say of one PA who agreed that systems may ask."""
    on = api.day("on", default=today(), earliest=EARLIEST, latest=LATEST)
    agreed = queries.agreed_of_many(unit(), [person_id], authority_id).get(person_id, ())
    known = Told.VERDICT in agreed and register.knows(unit(), authority_id, person_id, today())
    judged = register.verdict_of(unit(), person_id, authority_id, on) if known else None
    if judged is None:
        raise api.nothing_here()
    if request.method != "HEAD":
        with house().database.writing() as db:
            services.note_received(
                db, token_id=token().id, authority_id=authority_id, way=Way.VERDICT, now=now(), person_id=person_id
            )
    return api.as_json({"person": str(person_id), "on": on.isoformat(), **as_data(judged.verdict)})


def _asked(db: Db, authority_id: UUID) -> tuple[Head, int, int]:
    """Where the feed stands, and which part is asked for. A problem for whoever is ahead of the feed."""
    after = api.number("after", default=0, lowest=0)
    limit = api.number("limit", default=USUAL, lowest=1, highest=MOST)
    head = queries.head(db, authority_id)
    if after > head.last:
        raise Problem(
            409,
            "ahead-of-feed",
            f"The feed stands at {head.last}, before the number you ask from. Start with the list, then follow its "
            "head.",
            head=head.last,
        )
    return head, after, limit


def _following(shown: Sequence[Entry], head: Head, limit: int) -> str | None:
    """The address of the next page of changes, if there is one.

    Below the floor only who began at 0, and under this same floor, goes on: they never had what was forgotten there.
    """
    if not shown or shown[-1].seq >= head.last:
        return None
    last = shown[-1].seq
    begun = {"begun": head.floor} if last < head.floor else {}
    return api.next_page({"after": last, "limit": limit, **begun})


def _tag(authority_id: UUID, head: Head, after: int, limit: int, *, as_csv: bool) -> str:
    """Stands for an answer: nothing is told differently as long as the feed stands where it stood."""
    form = "csv" if as_csv else "json"
    return f"{authority_id.hex[:8]}-{head.last}-{head.floor}-{after}-{limit}-{form}"


def _received(way: Way, authority_id: UUID, after: int, shown: Sequence[Entry], head: Head) -> None:
    """Keep who receives these entries, before the first byte of them leaves."""
    if not shown or request.method == "HEAD":
        return
    with house().database.writing() as db:
        services.note_received(
            db,
            token_id=token().id,
            authority_id=authority_id,
            way=way,
            now=now(),
            after=after,
            last=shown[-1].seq,
            head=head.last,
        )


def _entry(one: Entry) -> dict[str, Any]:
    return {
        "seq": one.seq,
        "kind": "replaced" if one.replaced else one.kind.value,
        "at": one.at.isoformat(timespec="seconds"),
        "person": str(one.person) if one.person else None,
        "listing": one.data,
    }
