"""What visits put into the one queue: two versions to choose from, and for a coordinator what could not be filed."""

from datetime import date

from lms.assessment.queues.makers import Rarely
from lms.assessment.queues.rules import Waiting, Waits
from lms.assessment.visits import queries
from lms.core.db import Db
from lms.core.words import N_
from lms.people.rules import Role
from lms.people.viewer import Viewer

MOST = 100
"""Things of each kind in the queue; there are more on their own pages."""


def _versions(db: Db, viewer: Viewer, _on: date) -> list[Waiting]:
    """Drafts that meet with another version. Two queries."""
    return [
        Waiting(
            kind=Waits.TWO_VERSIONS,
            key=f"visit:{row.id}",
            since=row.received_at,
            title=N_("Two versions of your draft for %(name)s meet"),
            step=N_("Look at both and choose"),
            endpoint="lms.visits.meet",
            args={"thing_id": row.id},
            about=row.learner_id,
            authority_id=row.authority_id,
            open_to_others=False,
        )
        for row in queries.meeting_rows(db, viewer.person_id)[:MOST]
    ]


two_versions = Rarely(_versions, frozenset({Role.ASSESSOR}), queries.MEETING)
"""Two versions of a draft, for whoever wrote them."""


def received(db: Db, viewer: Viewer, on: date) -> list[Waiting]:  # noqa: ARG001  the same on every day
    """What could not be filed, for a coordinator. One query, none without the role."""
    authorities = viewer.authorities(Role.COORDINATOR)
    if not authorities:
        return []
    return [
        Waiting(
            kind=Waits.OTHER,
            key=f"visit:{row.id}",
            since=row.received_at,
            title=N_("From a visit to %(name)s: not filed"),
            step=N_("Read it, and file or close it"),
            endpoint="lms.visits.received_one",
            args={"thing_id": row.id},
            about=row.learner_id,
            authority_id=row.authority_id,
        )
        for row in queries.kept_in_short(db, authorities, limit=MOST)
    ]
