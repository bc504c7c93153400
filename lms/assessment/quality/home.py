"""What quality assurance puts on somebody's home page."""

from datetime import date, datetime

from lms.assessment.quality.access import running
from lms.assessment.quality.samples import queries as samples
from lms.core.cards import Card
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import N_
from lms.people.rules import Role
from lms.people.viewer import Viewer


def cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:
    """What waits for a quality assurer and a verifier. What was sent back, and appeals, stand in the queue."""
    on = london_day(now)
    found: list[Card] = []
    if viewer.authorities(Role.QUALITY_ASSURER):
        found += _for_assurer(db, viewer)
    if viewer.has(Role.VERIFIER):
        found += _for_verifier(db, viewer, on)
    return found


def _for_assurer(db: Db, viewer: Viewer) -> list[Card]:
    free, mine = samples.count_waiting(db, viewer)
    if not free and not mine:
        return [
            Card(
                weight=30,
                title=N_("Quality assurance"),
                action=N_("See the plan"),
                endpoint="lms.quality.plan",
                body=N_("No sample waits for you. The plan fills itself as people decide."),
            )
        ]
    return [
        Card(
            weight=5,
            title=N_("Work to look at again: %(count)s"),
            action=N_("See the plan"),
            endpoint="lms.quality.plan",
            body=N_("%(mine)s of them wait for you, %(free)s for anybody."),
            values={"count": free + mine, "mine": mine, "free": free},
        )
    ]


def _for_verifier(db: Db, viewer: Viewer, on: date) -> list[Card]:
    open_now = any(running(db, viewer.person_id, wall, on) for wall in sorted(viewer.authorities(Role.VERIFIER)))
    return [
        Card(
            weight=5 if open_now else 40,
            title=N_("Records to verify"),
            action=N_("Open the list"),
            endpoint="lms.quality.to_verify",
            body=N_("You can read what was opened to you.") if open_now else N_("Nothing is open to you today."),
        )
    ]
