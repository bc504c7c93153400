"""What the register puts on home pages: what is still missing for a PA, and who waits for the register team."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from lms.core.cards import Card
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import N_
from lms.people.rules import Role
from lms.people.viewer import Viewer
from lms.register import queries
from lms.register.checks import queries as checks
from lms.register.kinds import ListingState
from lms.register.listing import queries as listings
from lms.register.queries import StandingView

TEAM = (Role.REGISTER_OFFICER, Role.REGISTER_MANAGER)


def cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:
    """Cards about the register for this viewer: one query for a PA; two for the team, and one for each authority."""
    shown: list[Card] = []
    if viewer.has(Role.PA):
        shown += [_standing(each) for each in queries.standings_of(db, viewer.person_id, london_day(now))]
    if authorities := viewer.authorities(*TEAM):
        shown.append(_desk(db, authorities, now))
    return shown


def _desk(db: Db, authorities: Collection[UUID], now: datetime) -> Card:
    """The way to the desk: in front of what else the team could read, as soon as an application or a check waits."""
    listed = listings.count_by_state(db, authorities)
    applications = listed.get(ListingState.SUBMITTED, 0) + listed.get(ListingState.CHECKING, 0)
    waiting = sum(sum(checks.count_waiting(db, each, london_day(now)).values()) for each in authorities)
    if applications or waiting:
        return Card(
            weight=7,
            title=N_("Work waits on your desk"),
            body=N_("Applications: %(applications)s. Checks: %(checks)s. What is due first stands first."),
            values={"applications": applications, "checks": waiting},
            action=N_("Go to your desk"),
            endpoint="lms.register.desk_page",
        )
    counts = queries.count_by_state(db, authorities, london_day(now))
    return Card(
        weight=20,
        title=N_("PAs on your register"),
        body=N_("Nothing missing: %(ready)s. Something missing: %(others)s."),
        values={
            "ready": counts.get(ListingState.LISTED, 0),
            "others": sum(n for state, n in counts.items() if state is not ListingState.LISTED),
        },
        action=N_("Go to your desk"),
        endpoint="lms.register.desk_page",
    )


def _standing(one: StandingView) -> Card:
    if not one.missing:
        return Card(
            weight=60,
            title=N_("The register"),
            body=N_("Nothing is missing. See until when that holds."),
            action=N_("See your requirements"),
            endpoint="lms.register.mine",
            args={"authority": one.authority_id},
        )
    return Card(
        weight=30,
        title=N_("What is still missing for the register"),
        body=N_("Still missing: %(number)s. One step at a time."),
        values={"number": one.missing},
        action=N_("See what comes next"),
        endpoint="lms.register.mine",
        args={"authority": one.authority_id},
    )
