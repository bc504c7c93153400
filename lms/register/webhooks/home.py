"""What notifications put on a home page: a system that does not answer any more."""

from datetime import datetime

from lms.core.cards import Card
from lms.core.db import Db
from lms.core.words import N_
from lms.people.viewer import Viewer
from lms.register.webhooks import queries
from lms.register.webhooks.services import STAFF


def cards(db: Db, viewer: Viewer, _now: datetime) -> list[Card]:
    """For a register manager or administrator: a card for each system that gave up listening. One query."""
    authorities = viewer.authorities(*STAFF)
    return [
        Card(
            weight=22,
            title=N_("A system is not told of your register any more"),
            body=N_("Nothing is sent to %(name)s. What is new waits until somebody has looked after it."),
            values={"name": each.name},
            action=N_("See what came back"),
            endpoint="lms.webhooks.one",
            args={"webhook_id": each.id},
        )
        for each in (queries.stopped_in(db, authorities) if authorities else ())
    ]
