"""Requests for an assessor, for the one queue."""

from datetime import date

from lms.assessment.asking import queries
from lms.assessment.queues.rules import Waiting, Waits
from lms.core.db import Db
from lms.core.words import N_
from lms.people.rules import Role
from lms.people.viewer import Viewer

MOST = 200


def waits_for(db: Db, viewer: Viewer, on: date) -> list[Waiting]:  # noqa: ARG001  every room is asked about a day
    """The open requests of a coordinator's authorities, who waits longest first."""
    authorities = viewer.authorities(Role.COORDINATOR)
    if not authorities:
        return []
    return [
        Waiting(
            kind=Waits.ASSESSOR,
            key=f"request:{each.id}",
            since=each.asked_at,
            title=N_("%(name)s needs an assessor"),
            step=N_("Choose an assessor"),
            endpoint="lms.asking.request_page",
            args={"request_id": each.id},
            about=each.learner_id,
            authority_id=each.authority_id,
        )
        for each in queries.waiting_rows(db, authorities, limit=MOST * len(authorities))
    ]
