"""What an employer lets somebody do about training money, and when that holds. Plain Python, Europe/London days.

Sources: `delegation` of the reference data. That only the employer can agree to the conditions of a grant is official
for individual employer funding; the rest of that block is a proposed design, and so are the words here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from lms.funding.vocabulary import DelegateAction, NeverDelegable
from lms.people.rules import OrganisationKind

DELEGATES = frozenset(
    {OrganisationKind.SUPPORT_ORGANISATION, OrganisationKind.TRAINING_PROVIDER, OrganisationKind.COLLEGE}
)
"""The kinds of organisation that can be let act for an individual employer."""

LONGEST_MONTHS = 24
"""A permission ends by itself after two years at the latest, so that nobody acts under one that was forgotten."""


Action = DelegateAction
"""What can be allowed, by the name it has on these pages."""


class GivenHow(StrEnum):
    """How an employer said yes."""

    IN_PALMS = "in_palms"
    ON_PAPER = "on_paper"
    BY_PHONE = "by_phone"
    IN_PERSON = "in_person"
    BY_EMAIL = "by_email"
    BY_INTERPRETER = "by_interpreter"


class Why(StrEnum):
    """Why somebody may not do something for an employer."""

    NOT_DELEGABLE = "not_delegable"
    NOBODY_ALLOWED = "nobody_allowed"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    NO_AGREEMENT = "no_agreement"
    NOT_BEGUN = "not_begun"
    OTHER_SCHEME = "other_scheme"
    OTHER_WORKER = "other_worker"
    OTHER_ACTION = "other_action"


@dataclass(frozen=True, kw_only=True)
class Permission:
    """One permission as the reference data ask for it. The first and the last day both count; so does no time of day.

    Once withdrawn it opens nothing any more, also not for the rest of that day. `agreed` says when the organisation
    works with the authority of the employer; outside of that the permission opens nothing. None: it was not looked up.
    """

    employer_id: UUID
    delegate_id: UUID
    schemes: frozenset[str]
    workers: frozenset[UUID]
    actions: frozenset[Action]
    given_on: date
    given_how: GivenHow
    ends_on: date
    withdrawn_on: date | None = None
    agreed: tuple[tuple[date, date | None], ...] | None = None

    def agreed_on(self, on: date) -> bool:
        """Whether the organisation works with the employer's authority on a day."""
        spans = self.agreed
        return spans is None or any(since <= on and (until is None or on <= until) for since, until in spans)

    def holds_on(self, on: date) -> bool:
        """Whether it opens anything on a day."""
        return self.withdrawn_on is None and self.given_on <= on <= self.ends_on and self.agreed_on(on)


def why_not(
    permission: Permission,
    *,
    action: Action | NeverDelegable,
    scheme: str | None,
    workers: Collection[UUID],
    on: date,
) -> Why | None:
    """Why a permission does not cover an action on a day; None when it does.

    `scheme` None asks about no scheme in particular, as when a training record is read. Every worker has to be
    covered: half a claim is not prepared.
    """
    stops = (
        (isinstance(action, NeverDelegable), Why.NOT_DELEGABLE),
        (permission.withdrawn_on is not None, Why.WITHDRAWN),
        (on < permission.given_on, Why.NOT_BEGUN),
        (on > permission.ends_on, Why.ENDED),
        (not permission.agreed_on(on), Why.NO_AGREEMENT),
        (action not in permission.actions, Why.OTHER_ACTION),
        (scheme is not None and scheme not in permission.schemes, Why.OTHER_SCHEME),
        (not set(workers) <= permission.workers, Why.OTHER_WORKER),
    )
    return next((why for stopped, why in stops if stopped), None)


_NEAREST = (
    Why.OTHER_WORKER,
    Why.OTHER_SCHEME,
    Why.OTHER_ACTION,
    Why.WITHDRAWN,
    Why.NO_AGREEMENT,
    Why.ENDED,
    Why.NOT_BEGUN,
    Why.NOT_DELEGABLE,
)


def nearest(reasons: Collection[Why]) -> Why:
    """Of several permissions that do not cover something, the reason of the one that came nearest to it."""
    return next((why for why in _NEAREST if why in reasons), Why.NOBODY_ALLOWED)


def last_day(given_on: date, wanted: date) -> date:
    """The last day of a permission: as wanted, at most two years after it was given."""
    year, month = divmod(given_on.month - 1 + LONGEST_MONTHS, 12)
    day = given_on.day if (given_on.month, given_on.day) != (2, 29) else 28
    return min(wanted, date(given_on.year + year, month + 1, day))
