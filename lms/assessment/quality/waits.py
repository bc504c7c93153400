"""What quality assurance puts into the one queue: samples for a quality assurer, appeals for whoever has to act."""

from datetime import date

from lms.assessment.quality.appeals import queries as appeals
from lms.assessment.quality.samples import queries as samples
from lms.assessment.quality.samples.rules import State
from lms.assessment.queues.makers import Rarely
from lms.assessment.queues.rules import Waiting, Waits
from lms.core.db import Db
from lms.core.words import N_
from lms.people.rules import Role
from lms.people.viewer import Viewer

_STEPS = {
    State.OPEN: N_("Look at this sample"),
    State.TAKEN: N_("Go on looking"),
    State.ANSWERED: N_("Look at the answer"),
}


def sampled(db: Db, viewer: Viewer, on: date) -> list[Waiting]:
    """Samples to look at. None without the roles."""
    return [
        Waiting(
            kind=Waits.SAMPLE,
            key=f"sample:{each.id}",
            since=each.since,
            title=N_("A sample of the work of %(name)s"),
            step=_STEPS[each.state],
            endpoint=each.endpoint,
            args=each.args,
            about=each.learner_id,
            authority_id=each.authority_id,
            open_to_others=each.state is State.OPEN,
        )
        for each in samples.waiting_for(db, viewer, on)
    ]


def _appealed(db: Db, viewer: Viewer, _on: date) -> list[Waiting]:
    """Second looks somebody has to answer. One query."""
    return [
        Waiting(
            kind=Waits.APPEAL,
            key=f"appeal:{each.id}",
            since=each.changed_at,
            title=N_("%(name)s asks for a second look at a decision"),
            step=N_("Answer them"),
            endpoint="lms.quality.appeal",
            args={"appeal_id": each.id},
            about=each.learner_id,
            authority_id=each.authority_id,
            due_on=each.due_on,
            open_to_others=each.second_id != viewer.person_id,
        )
        for each in appeals.waiting_rows(db, viewer)
    ]


def _walls(viewer: Viewer, _on: date) -> dict[str, object]:
    return {"authorities": list(viewer.authorities(*appeals.STAFF))}


appealed = Rarely(_appealed, frozenset({*appeals.STAFF, Role.ASSESSOR}), appeals.ANY, _walls)
"""Appeals, for whoever has to act."""
