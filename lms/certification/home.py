"""What certification puts on somebody's home page: a new certificate, while it is news, and the way to all of them."""

from collections.abc import Mapping
from datetime import datetime

from lms.certification import queries
from lms.core.cards import Card, Rarely
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import N_
from lms.people.rules import Role
from lms.people.viewer import Viewer


def _cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:
    """For a PA: each certificate issued in the last two weeks. At most one query."""
    if not viewer.has(Role.PA):
        return []
    return [
        Card(
            weight=15,
            title=N_("Well done: you have a new certificate"),
            body=N_("%(title)s. Anybody you give its number to can check it."),
            values={"title": issued.title},
            action=N_("See your certificate"),
            endpoint="lms.holder.certificate",
            args={"certificate_id": issued.id},
        )
        for issued in queries.new_certificates_of(db, viewer.person_id, london_day(now))
    ]


def _asks(viewer: Viewer, _now: datetime) -> Mapping[str, object] | None:
    return {"certificates_of": viewer.person_id} if viewer.has(Role.PA) else None


cards = Rarely(_cards, (queries.ANY_HELD,), _asks)
