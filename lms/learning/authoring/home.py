"""What authoring puts on somebody's home page."""

from datetime import datetime

from lms.core.cards import Card
from lms.core.db import Db
from lms.core.words import N_
from lms.learning.authoring import queries
from lms.people.rules import Role
from lms.people.viewer import Viewer


def cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:  # noqa: ARG001  every room's cards are asked alike
    """For an author what learners report, or the way to the content when nothing is new."""
    authorities = sorted(viewer.authorities(Role.ADMIN))
    if not authorities:
        return []
    _first, waiting = queries.reports(db, authorities[0], limit=1)
    if waiting:
        return [
            Card(
                weight=20,
                title=N_("Learners say that something is wrong"),
                body=N_("Reports without an answer: %(waiting)s."),
                action=N_("Read them"),
                endpoint="lms.authoring.report_list",
                values={"waiting": waiting},
            )
        ]
    return [
        Card(
            weight=40,
            title=N_("Training content"),
            body=N_("See how each lesson and question does, and put a wrong key right."),
            action=N_("Look at the content"),
            endpoint="lms.authoring.content",
        )
    ]
