"""Links nobody answered, for the one queue of whoever asked: to ask again, or somebody else."""

from datetime import UTC, date, datetime, time, timedelta

from lms.assessment.caseload import caseload
from lms.assessment.links import queries
from lms.assessment.queues.makers import Rarely
from lms.assessment.queues.rules import Waiting, Waits
from lms.core.db import Db
from lms.core.words import N_
from lms.people.rules import Role
from lms.people.viewer import Viewer

SHOWN_FOR = timedelta(days=30)
"""How long a link that ran out stands in the queue: who has not asked again by then does not mean to."""


def _waits_for(db: Db, viewer: Viewer, on: date) -> list[Waiting]:
    """The links somebody asked by and that ran out, or that somebody else opened. Two queries.

    What was asked anew since of the same learner's unit waits no longer; nor do links about learners who are no longer
    theirs to look at.
    """
    found = queries.unanswered_by(db, viewer.person_id, **_when(viewer, on))
    mine, walls = caseload(db, viewer, on), viewer.authorities(Role.COORDINATOR)
    return [
        Waiting(
            kind=Waits.LINK,
            key=f"link:{each.id}",
            since=each.ended_at or each.expires_at,
            title=N_("%(name)s: nobody answered the link you sent"),
            step=N_("Ask again, or ask somebody else"),
            endpoint="lms.links.asked",
            args={"enrolment_id": each.enrolment_id},
            about=each.learner_id,
            authority_id=each.authority_id,
            open_to_others=False,
        )
        for each in found
        if each.authority_id in walls or mine.may_see(each.enrolment_id, each.unit)
    ]


def _when(_viewer: Viewer, on: date) -> dict[str, datetime]:
    midnight = datetime.combine(on, time.min, tzinfo=UTC)
    return {"since": midnight - SHOWN_FOR, "now": midnight}


waits_for = Rarely(_waits_for, frozenset({Role.ASSESSOR, Role.COORDINATOR}), queries.UNANSWERED, _when)
"""Links without an answer, for whoever asked."""
