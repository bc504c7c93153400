"""What waits for a countersignature, for the one queue."""

from datetime import date

from lms.assessment.competence.countersigning import waiting_for
from lms.assessment.queues.rules import Waiting, Waits
from lms.core.db import Db
from lms.core.words import N_
from lms.people.rules import Role
from lms.people.viewer import Viewer


def waits_for(db: Db, viewer: Viewer, on: date) -> list[Waiting]:
    """The decisions of others that wait for a second look of this assessor."""
    if not viewer.has(Role.ASSESSOR):
        return []
    return [
        Waiting(
            kind=Waits.COUNTERSIGN,
            key=f"countersign:{each.decision_id}",
            since=each.at,
            title=N_("A decision about %(name)s waits to be countersigned"),
            step=N_("Read it and answer"),
            endpoint="lms.competence.countersign",
            args={"decision_id": each.decision_id},
            about=each.learner_id,
            authority_id=each.authority_id,
        )
        for each in waiting_for(db, viewer, on)
    ]
