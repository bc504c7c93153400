"""The card of those who read: how many texts wait for them."""

from datetime import datetime

from lms.assessment.reading.queries import scope_of
from lms.core.cards import Card
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import N_
from lms.learning.writing import waiting
from lms.people.rules import Role
from lms.people.viewer import Viewer

MANY = 100
"""From here on the card does not count: whoever has so many to read does not need the number."""


def cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:
    """One card for an assessor or a coordinator; for others none."""
    if not viewer.has(Role.ASSESSOR, Role.COORDINATOR):
        return []
    count = waiting.some_waiting(db, scope_of(db, viewer, london_day(now)), most=MANY)
    return [
        Card(
            weight=9 if count else 61,
            title=_title(count),
            body=N_("Learners wait for a word on what they wrote.") if count else N_("Nothing waits to be read."),
            values={"count": count},
            action=N_("Read the texts"),
            endpoint="lms.reading.queue",
        )
    ]


def _title(count: int) -> str:
    if count >= MANY:
        return N_("Texts to read: %(count)s or more")
    return N_("Texts to read: %(count)s") if count else N_("Texts to read")
