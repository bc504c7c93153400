"""What a PA's home page says of their listing: only what they have to act on, or have to know."""

from datetime import date, datetime, timedelta

from lms.core import i18n
from lms.core.cards import Card
from lms.core.clock import london_day
from lms.core.content import Words
from lms.core.db import Db
from lms.core.words import N_
from lms.people.rules import Role
from lms.people.viewer import Viewer
from lms.register.kinds import ListingState
from lms.register.listing import queries
from lms.register.listing.queries import ListingView

State = ListingState
EARLY = timedelta(days=60)
"""How long before something runs out the home page speaks of it."""

_HIDDEN = {
    State.LAPSED: (
        N_("You are not shown on the register"),
        N_("Something ran out. Renew it, and you come back by yourself."),
    ),
    State.SUSPENDED: (
        N_("You are hidden on the register for now"),
        N_("The register team is looking into something. Nothing is decided."),
    ),
}


def cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:
    """A card for each register on which something ends soon, has ended, or was decided: two queries for a PA."""
    if not viewer.has(Role.PA):
        return []
    known = viewer.authorities(Role.PA)
    mine = [each for each in queries.listings_of(db, viewer.person_id) if each.authority_id in known]
    notices = queries.open_notices(db, [each.id for each in mine]) if mine else {}
    made = (_card(each, notices.get(each.id), london_day(now)) for each in mine)
    return [card for card in made if card is not None]


def _card(one: ListingView, removed_on: date | None, on: date) -> Card | None:
    if removed_on is not None:
        title, body = N_("Your place on the register ends on %(day)s"), N_("See why, and ask for a review if you want.")
        return _made(one, 6, title, body, removed_on)
    if one.state in _HIDDEN:
        title, body = _HIDDEN[one.state]
        return _made(one, 8, title, body)
    if one.runs_out_on is None or one.lapses_on is None or one.runs_out_on - EARLY > on:
        return None
    if one.runs_out_on <= on:
        body = N_("Renew it now: you stay on the register until %(day)s.")
        last = one.lapses_on - timedelta(days=1)
        return _made(one, 4, N_("Something for the register has run out"), body, last)
    body = N_("It counts until %(day)s. Renew it in time, and you stay on the register.")
    weight = 9 if one.runs_out_on - timedelta(days=7) <= on else 25
    return _made(one, weight, N_("Something for the register runs out"), body, one.runs_out_on - timedelta(days=1))


def _made(one: ListingView, weight: int, title: str, body: str, when: date | None = None) -> Card:
    return Card(
        weight=weight,
        title=title,
        body=body,
        values={"day": Words(en=i18n.day(when, "en"), cy=i18n.day(when, "cy"))} if when else {},
        action=N_("See your place on the register"),
        endpoint="lms.register.mine",
        args={"authority": one.authority_id},
    )
