"""What batches put on a coordinator's home page: what is ready for them, what runs, and what is through."""

from collections.abc import Mapping
from datetime import datetime

from lms.certification.bulk import queries
from lms.certification.bulk.queries import BatchView
from lms.certification.bulk.rules import Line, State
from lms.core.cards import Card, Count, Rarely
from lms.core.db import Db
from lms.core.words import N_
from lms.people.rules import Role
from lms.people.viewer import Viewer

_TITLES: Mapping[State, tuple[int, str]] = {
    State.READY: (25, N_("Who would get a certificate: the list is ready")),
    State.LOOKING: (45, N_("Who would get a certificate is being found out")),
    State.RUNNING: (40, N_("Certificates are being issued")),
    State.STOPPED: (25, N_("Issuing certificates is stopped")),
    State.DONE: (45, N_("Certificates are issued")),
}


def _cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:
    """For a coordinator: the newest batch of each state. Two queries, one while there is none."""
    authorities = viewer.authorities(Role.COORDINATOR)
    if not authorities:
        return []
    newest_last = reversed(queries.news_in(db, authorities, now))
    return [_card(each) for each in {each.state: each for each in newest_last}.values()]


def _card(batch: BatchView) -> Card:
    weight, title = _TITLES[batch.state]
    issues = batch.state in {State.RUNNING, State.STOPPED, State.DONE}
    failed = batch.tally[Line.FAILED]
    return Card(
        weight=20 if failed and batch.state is State.DONE else weight,
        title=title,
        body=N_("%(title)s. %(issued)s.") if issues else N_("%(title)s. %(would)s."),
        values={
            "title": batch.title,
            "issued": Count(N_("%(num)s is issued"), N_("%(num)s are issued"), batch.tally[Line.ISSUED]),
            "would": Count(N_("%(num)s would be issued"), N_("%(num)s would be issued"), batch.tally[Line.WILL]),
        },
        action=N_("Open it"),
        endpoint="lms.bulk.batch",
        args={"batch_id": batch.id},
    )


def _asks(viewer: Viewer, now: datetime) -> Mapping[str, object] | None:
    authorities = viewer.authorities(Role.COORDINATOR)
    return {"batches_of": list(authorities), "batches_after": now - queries.NEWS_FOR} if authorities else None


cards = Rarely(_cards, (queries.ANY_NEWS,), _asks)
