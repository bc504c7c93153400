"""What claims put on home pages: drafts, what payers want, and claims that somebody has to look at."""

from datetime import datetime

from lms.core.cards import Card
from lms.core.db import Db
from lms.core.words import N_
from lms.funding.claims import queries
from lms.funding.vocabulary import ClaimState
from lms.people.rules import Role
from lms.people.viewer import Viewer

DESK = (Role.COORDINATOR, Role.FUNDING_OFFICER)
"""Who works on claims."""


def cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:  # noqa: ARG001  every room is given the moment
    """The claims behind this viewer's walls that wait for somebody; nothing for anybody else. Two queries."""
    authorities = viewer.authorities(*DESK)
    if not authorities:
        return []
    counts = queries.count_by_state(db, authorities)
    looks = queries.count_looks(db, authorities)
    return [*_look(looks), *_action(counts.get(ClaimState.NEEDS_ACTION, 0)), *_drafts(counts.get(ClaimState.DRAFT, 0))]


def _look(count: int) -> list[Card]:
    if not count:
        return []
    return [
        Card(
            weight=60,
            title=N_("Claims to look at: %(count)s"),
            body=N_("A certificate fell after the claim was sent in. Say what you found or did."),
            values={"count": count},
            action=N_("Look at these claims"),
            endpoint="lms.funding.claims",
            args={"look": "yes"},
        )
    ]


def _action(count: int) -> list[Card]:
    if not count:
        return []
    return [
        Card(
            weight=50,
            title=N_("Claims that need action: %(count)s"),
            body=N_("The payer wants something more before it decides."),
            values={"count": count},
            action=N_("See what is wanted"),
            endpoint="lms.funding.claims",
            args={"state": ClaimState.NEEDS_ACTION.value},
        )
    ]


def _drafts(count: int) -> list[Card]:
    if not count:
        return []
    return [
        Card(
            weight=30,
            title=N_("Draft claims: %(count)s"),
            body=N_("A certificate opened them. Record what the training cost, so that it can be claimed."),
            values={"count": count},
            action=N_("Look at the drafts"),
            endpoint="lms.funding.claims",
            args={"state": ClaimState.DRAFT.value},
        )
    ]
