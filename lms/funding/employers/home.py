"""What the employers' side puts on home pages."""

from collections.abc import Iterator
from datetime import datetime

from lms.core.cards import Card
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import N_
from lms.funding.claims.queries import Wanted, claims_in, states_of
from lms.funding.permissions import queries as permissions
from lms.funding.permissions.services import HOUSEHOLD
from lms.funding.vocabulary import ClaimState
from lms.people.rules import Role
from lms.people.viewer import Viewer

_WAITING = (
    (
        ClaimState.NEEDS_ACTION,
        N_("Something is asked about your application for training money"),
        N_("%(what)s: see what they want to know, and send it again."),
    ),
    (
        ClaimState.DRAFT,
        N_("An application for training money is not sent yet"),
        N_("%(what)s: read it, accept the terms, and send it in."),
    ),
)
"""What waits for a household: what somebody asks first, then what was never sent."""


def cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:
    """For a household: an application that waits, else that training can be paid. For advisers: whom they act for."""
    return [*_household(db, viewer), *_adviser(db, viewer, now)]


def _household(db: Db, viewer: Viewer) -> Iterator[Card]:
    homes = viewer.organisations(*HOUSEHOLD)
    if not homes:
        return
    authorities = viewer.authorities(*HOUSEHOLD)
    there = states_of(db, authorities, homes)
    for home in sorted(homes):
        for state, title, body in (each for each in _WAITING if (home, each[0]) in there):
            for row in claims_in(db, authorities, wanted=Wanted(state=state, claimant=home), limit=1):
                yield Card(
                    weight=7,
                    title=title,
                    body=body,
                    values={"what": f"{row.learner_name}, {row.reference}" if row.learner_name else row.reference},
                    action=N_("Read it"),
                    endpoint="lms.training_paid.application_page",
                    args={"claim_id": row.id},
                )
                return
    yield Card(
        weight=53,
        title=N_("Get training paid"),
        body=N_("Six short questions show which money fits your PA's course, and what to do first."),
        action=N_("See which money fits"),
        endpoint="lms.training_paid.home",
    )


def _adviser(db: Db, viewer: Viewer, now: datetime) -> Iterator[Card]:
    mine = viewer.organisations(Role.ADVISER)
    if mine:
        yield Card(
            weight=20,
            title=N_("Employers you act for"),
            body=N_("Permissions of employers that hold today: %(count)s."),
            values={"count": permissions.count_holding(db, mine, london_day(now))},
            action=N_("See whom you act for"),
            endpoint="lms.permissions.acting_for",
        )
