"""What places put on home pages: an offer that waits for an answer, and papers that wait for the team."""

from collections.abc import Mapping
from datetime import datetime

from lms.core import i18n
from lms.core.cards import Card, Rarely
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import N_
from lms.funding.places import queries
from lms.funding.places.words import TEAM, PlaceState
from lms.people.rules import Role
from lms.people.viewer import Viewer


def _cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:
    """A PA's offers, one card each, and one card for a team: a query for each part, and one more with an offer."""
    found: list[Card] = []
    if viewer.has(Role.PA):
        found += _offers(db, viewer)
    authorities = viewer.authorities(*TEAM)
    waiting = queries.to_see(db, authorities, london_day(now)) if authorities else 0
    if waiting:
        found.append(
            Card(
                weight=28,
                title=N_("PAs who show where they work: %(count)s"),
                body=N_("They asked for a subsidised place. Look at what they show, so that they can be offered one."),
                values={"count": waiting},
                action=N_("Look at the courses"),
                endpoint="lms.places.team",
            )
        )
    return found


def _offers(db: Db, viewer: Viewer) -> list[Card]:
    offered = [each for each in queries.asks_of(db, viewer.person_id) if each.state is PlaceState.OFFERED]
    runs = queries.runs_by_id(db, [each.run_id for each in offered])
    return [
        Card(
            weight=4,
            title=N_("A place is yours if you take it"),
            body=N_("%(course)s. Answer by %(day)s."),
            values={
                "course": runs[each.run_id].title,
                "day": i18n.day(each.offered_until, viewer.language) if each.offered_until else "",
            },
            action=N_("Answer"),
            endpoint="lms.places.one",
            args={"run_id": each.run_id},
        )
        for each in offered
    ]


def _asks(viewer: Viewer, _now: datetime) -> Mapping[str, object] | None:
    authorities = viewer.authorities(*TEAM)
    if not authorities and not viewer.has(Role.PA):
        return None
    return {"places_of": viewer.person_id, "places_in": list(authorities)}


cards = Rarely(_cards, queries.ANY, _asks)
