"""What people put on home pages: a coordinator's way to invite, and the second step staff should turn on."""

from datetime import datetime

from lms.core.cards import Card
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import N_
from lms.people import queries
from lms.people.rules import Role
from lms.people.viewer import Viewer


def cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:
    """Cards about people for this viewer."""
    shown: list[Card] = []
    authorities = viewer.authorities(Role.COORDINATOR)
    if authorities:
        count = sum(queries.count_people_in(db, a, Role.PA, london_day(now)) for a in authorities)
        shown.append(
            Card(
                weight=40,
                title=N_("Your people"),
                body=N_("%(count)s personal assistants are with you. Invite the next one."),
                values={"count": count},
                action=N_("See people"),
                endpoint="lms.desk.people",
            )
        )
    if viewer.is_staff and viewer.session and not viewer.second_step:
        shown.append(
            Card(
                weight=45,
                title=N_("Make your account safer"),
                body=N_("Staff sign in with a second step. It takes two minutes and your phone."),
                action=N_("Turn on the second step"),
                endpoint="lms.people.second_step",
            )
        )
    return shown
