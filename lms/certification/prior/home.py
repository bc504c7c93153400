"""What prior learning puts on home pages: something waits for an assessor; something was decided for a learner."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from lms.assessment.reading.queries import scope_of
from lms.core.cards import Card, Rarely
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import N_
from lms.learning.prior import queries
from lms.learning.prior.queries import OfferView
from lms.learning.prior.rules import OfferState
from lms.people.rules import Role
from lms.people.viewer import Viewer

NEWS_FOR = timedelta(days=14)
"""How long a decision is news."""


def _cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:
    """For an assessor or coordinator how many offers wait; for a PA what was decided lately."""
    found = []
    if viewer.has(Role.ASSESSOR, Role.COORDINATOR):
        waits = queries.count_waiting(db, scope_of(db, viewer, london_day(now)))
        found += [_waiting(waits)] if waits else []
    if viewer.has(Role.PA):
        found += [_decided(each) for each in queries.decided_since(db, viewer.person_id, now - NEWS_FOR)]
    return found


def _waiting(waits: int) -> Card:
    return Card(
        weight=22,
        title=N_("Prior learning to decide"),
        body=N_("Waiting: %(count)s. Learners show what they learned elsewhere."),
        action=N_("See what they learned"),
        endpoint="lms.prior_desk.waiting",
        values={"count": waits},
    )


def _decided(offer: OfferView) -> Card:
    accepted = offer.state is OfferState.ACCEPTED
    return Card(
        weight=51,
        title=N_("What you learned before: %(title)s"),
        body=N_("An assessor accepted what you showed. It stands in your record as prior learning.")
        if accepted
        else N_("An assessor looked at it and did not accept it. Read why, and go on studying."),
        action=N_("Read what they said"),
        endpoint="lms.prior.mine",
        values={"title": offer.title},
    )


def _asks(viewer: Viewer, _now: datetime) -> Mapping[str, object] | None:
    if not viewer.has(Role.ASSESSOR, Role.COORDINATOR, Role.PA):
        return None
    return {
        "prior_of": viewer.person_id,
        "prior_in": list(viewer.authorities(Role.COORDINATOR)),
        "prior_anywhere": viewer.has(Role.ASSESSOR),
    }


cards = Rarely(_cards, (queries.ANY,), _asks)
