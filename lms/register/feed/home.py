"""What the feed puts on a PA's home page: the question whether other systems may be told of them."""

from datetime import datetime

from lms.core.cards import Card
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import N_
from lms.people.rules import Role
from lms.people.tokens import queries as tokens
from lms.people.viewer import Viewer
from lms.register.feed import queries
from lms.register.kinds import ListingState
from lms.register.listing import queries as listing

_OVER = frozenset({ListingState.DRAFT, ListingState.REMOVED, ListingState.REFUSED})


def cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:
    """A card for each authority that has systems, lists the PA or looks at them, and never got an answer."""
    if not viewer.has(Role.PA):
        return []
    here = [one.authority_id for one in listing.listings_of(db, viewer.person_id) if one.state not in _OVER]
    asked = tokens.that_have_any(db, here, london_day(now)) if here else frozenset()
    answered = queries.answered_by(db, viewer.person_id) if asked else frozenset()
    return [
        Card(
            weight=45,
            title=N_("May other systems be told about you?"),
            body=N_("For example the council’s website. You see exactly what, and you can say no."),
            action=N_("Read and choose"),
            endpoint="lms.feed.mine",
            args={"authority_id": authority_id},
        )
        for authority_id in sorted(asked - answered)
    ]
