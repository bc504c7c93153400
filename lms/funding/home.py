"""What funding puts on home pages: claims that wait for somebody."""

from datetime import datetime

from lms.core.cards import Card
from lms.core.db import Db
from lms.core.words import N_
from lms.funding import queries
from lms.funding.vocabulary import ClaimState
from lms.people.rules import Role
from lms.people.viewer import Viewer

DESK = (Role.COORDINATOR, Role.FUNDING_OFFICER)
"""Who works on claims."""


def cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:  # noqa: ARG001  every room is given the moment
    """The draft claims behind this viewer's walls; nothing for anybody else. One query."""
    authorities = viewer.authorities(*DESK)
    if not authorities:
        return []
    drafts = queries.count_claims_in(db, authorities, state=ClaimState.DRAFT)
    if not drafts:
        return []
    return [
        Card(
            weight=30,
            title=N_("Draft claims: %(count)s"),
            body=N_("A certificate opened them. Record what the training cost, so that it can be claimed."),
            values={"count": drafts},
            action=N_("Look at the drafts"),
            endpoint="lms.funding.claims",
            args={"state": ClaimState.DRAFT.value},
        )
    ]
