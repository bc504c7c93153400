"""What the lines desk puts on an administrator's home page."""

from datetime import datetime

from lms.assessment.lines.queries import frameworks_for
from lms.assessment.lines.rules import counts
from lms.core.cards import Card
from lms.core.db import Db
from lms.core.words import N_
from lms.people.rules import Role
from lms.people.viewer import Viewer


def cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:  # noqa: ARG001  every room's cards are asked alike
    """For an administrator how many lines of the newest edition are still to be looked up."""
    authorities = sorted(viewer.authorities(Role.ADMIN))
    standards = frameworks_for(db, authorities[0]).standards() if authorities else ()
    if not standards:
        return []
    left = counts(standards[0].lines.values()).to_look_up
    return [
        Card(
            weight=45,
            title=N_("Lines to look up before going live"),
            body=N_("%(title)s: %(left)s lines are not certain yet. Confirm or correct them by the official document.")
            if left
            else N_("%(title)s: every line was looked up."),
            action=N_("Look at the frameworks"),
            endpoint="lms.lines.frameworks",
            values={"title": standards[0].title, "left": left},
        )
    ]
