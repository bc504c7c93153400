"""What a PA's home page says of a change of rules they were told of."""

from collections.abc import Mapping
from datetime import date, datetime

from lms.core import i18n
from lms.core.cards import Card, Rarely
from lms.core.clock import london_day
from lms.core.content import Words
from lms.core.db import Db
from lms.core.words import N_
from lms.people.rules import Role
from lms.people.viewer import Viewer
from lms.register.changing import queries
from lms.register.changing.queries import ToldView
from lms.register.changing.rules import Effect

_BODY = {
    Effect.LOSES: N_("From %(day)s more is asked for. As things stand, it would change your place on the register."),
    Effect.MORE: N_("From %(day)s more is asked for. As things stand, something more would be missing for you."),
    Effect.GAINS: N_("From %(day)s other rules hold. As things stand, less would be missing for you."),
}


def _cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:
    """A card for each change to come that this PA was told of. One query."""
    if not viewer.has(Role.PA):
        return []
    known = viewer.authorities(Role.PA)
    return [_card(one) for one in queries.told_to(db, viewer.person_id, london_day(now)) if one.authority_id in known]


def _card(one: ToldView) -> Card:
    return Card(
        weight=40 if one.effect is Effect.GAINS else 18,
        title=N_("The rules of the register change"),
        body=_BODY[one.effect],
        values={"day": _both(one.valid_from)},
        action=N_("See what changes for you"),
        endpoint="lms.changing.mine",
        args={"authority_id": one.authority_id, "edition": one.edition, "day": one.valid_from.isoformat()},
    )


def _both(value: date) -> Words:
    return Words(en=i18n.day(value, "en"), cy=i18n.day(value, "cy"))


def _asks(viewer: Viewer, _now: datetime) -> Mapping[str, object] | None:
    return {"changes_for": viewer.person_id} if viewer.has(Role.PA) else None


cards = Rarely(_cards, (queries.ANY_TOLD,), _asks)
