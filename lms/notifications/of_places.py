"""Whom to tell about subsidised places: the PA, of what somebody else or the calendar did."""

from datetime import datetime

from lms.core import i18n
from lms.core.db import Db
from lms.funding.places import queries
from lms.funding.places.events import PlaceMoved
from lms.funding.places.words import PlaceState
from lms.notifications import services
from lms.people import queries as people

_KINDS = {
    PlaceState.OFFERED: "place_offered",
    PlaceState.LAPSED: "place_lapsed",
    PlaceState.ASKED: "place_proof",
    PlaceState.REFUSED: "place_refused",
    PlaceState.CANCELLED: "place_called_off",
}


def tell_of_place(db: Db, fact: PlaceMoved, now: datetime) -> None:
    """The PA hears of an offer, of its end, of something to show, of a no, and that a course is off.

    Of papers they hear only when what they showed counts no longer: on asking the page itself says so.
    """
    went_to = PlaceState(fact.went_to)
    kind = _KINDS.get(went_to)
    if kind is None or (went_to is PlaceState.ASKED and fact.why is None):
        return
    run = queries.runs_by_id(db, [fact.run_id])[fact.run_id]
    someone = people.person(db, fact.about)
    own = queries.ask_on(db, fact.run_id, fact.about)
    services.tell_person(
        db,
        kind,
        someone,
        now,
        authority=people.organisation(db, fact.authority_id).called(someone.language),
        course=run.title.text(someone.language),
        day=i18n.day(own.offered_until, someone.language) if own and own.offered_until else "",
        run=str(fact.run_id),
    )
