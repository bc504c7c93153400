"""What events put on home pages: the next one somebody has a place at."""

from datetime import datetime

from lms.core.cards import Card
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import N_
from lms.people.viewer import Viewer
from lms.programme.gatherings import queries
from lms.programme.gatherings.knowing import COMES
from lms.programme.gatherings.rules import clock_of


def cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:
    """One query for whoever comes to events, none for anybody else."""
    if not viewer.has(*COMES):
        return []
    found = queries.next_of(db, viewer.person_id, now)
    if found is None:
        return [
            Card(
                weight=62,
                title=N_("Workshops and peer groups"),
                body=N_("See what there is, and sign up if you like."),
                action=N_("See the events"),
                endpoint="lms.gatherings.mine",
            )
        ]
    id, title, starts = found
    today = london_day(starts) == london_day(now)
    return [
        Card(
            weight=5 if today else 33,
            title=N_("Today: %(event)s") if today else N_("You have a place: %(event)s"),
            body=N_("At %(clock)s. The page says where it is.") if today else N_("%(on)s at %(clock)s."),
            values={"event": title, "clock": clock_of(starts), "on": london_day(starts)},
            action=N_("See the event"),
            endpoint="lms.gatherings.event",
            args={"gathering_id": id},
        )
    ]
