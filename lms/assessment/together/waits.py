"""Sittings that were begun and not finished, for the one queue of the assessor who began them."""

from datetime import date

from lms.assessment.queues.makers import Rarely
from lms.assessment.queues.rules import Waiting, Waits
from lms.assessment.together import queries
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import N_
from lms.people.rules import Role
from lms.people.viewer import Viewer


def _waits_for(db: Db, viewer: Viewer, on: date) -> list[Waiting]:
    """The sittings of earlier days that somebody has open. Two queries."""
    return [
        Waiting(
            kind=Waits.OTHER,
            key=f"together:{each.id}",
            since=each.last.at,
            title=N_("Your sitting with %(name)s is not finished"),
            step=N_("Finish it, or drop it"),
            endpoint="lms.together.sitting",
            args={"together_id": each.id},
            about=each.learner_id,
            authority_id=each.authority_id,
            open_to_others=False,
        )
        for each in queries.open_of(db, viewer.person_id)
        if london_day(each.started_at) < on
    ]


waits_for = Rarely(_waits_for, frozenset({Role.ASSESSOR}), queries.OPEN)
"""Sittings that were not finished, for whoever began them."""
