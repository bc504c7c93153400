"""What budgets and payments put on the home page of whoever works on an authority's money."""

from collections.abc import Mapping
from datetime import datetime

from lms.core.cards import Card, Count, Rarely
from lms.core.db import Db
from lms.core.words import N_
from lms.funding.budgets import queries
from lms.funding.paying import listing
from lms.people.rules import Role
from lms.people.viewer import Viewer

DESK = (Role.COORDINATOR, Role.FUNDING_OFFICER)


def _cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:  # noqa: ARG001  every room is given the moment
    """Pots and deadlines that run out, and payers' lists that wait to be confirmed; two small queries."""
    here, writes = viewer.authorities(*DESK), viewer.authorities(Role.FUNDING_OFFICER)
    found = []
    if here and (alerts := queries.count_alerts(db, here)):
        found.append(
            Card(
                weight=12,
                title=N_("Money that runs out: %(count)s"),
                body=N_("%(things)s, so that nothing is lost."),
                values={
                    "count": alerts,
                    "things": Count(
                        N_("Look at %(num)s pot or deadline"), N_("Look at %(num)s pots or deadlines"), alerts
                    ),
                },
                action=N_("Look at the budgets"),
                endpoint="lms.budgets.budgets",
            )
        )
    if writes and (lists := listing.count_open(db, writes)):
        found.append(
            Card(
                weight=25,
                title=N_("Payers' lists to confirm: %(count)s"),
                body=N_("Nothing of a list is written down before you confirm it."),
                values={"count": lists},
                action=N_("Look at the payments"),
                endpoint="lms.payments.remittances",
            )
        )
    return found


def _asks(viewer: Viewer, _now: datetime) -> Mapping[str, object] | None:
    here = viewer.authorities(*DESK)
    if not here:
        return None
    return {"budgets_of": list(here), "lists_of": list(viewer.authorities(Role.FUNDING_OFFICER))}


cards = Rarely(_cards, (queries.ANY_ALERT, listing.ANY_OPEN), _asks)
