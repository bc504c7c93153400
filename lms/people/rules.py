"""Roles, kinds of organisation, and how guessing is slowed. Plain Python."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What somebody may do in an organisation, for a period."""

    PA = "pa"
    EMPLOYER = "employer"
    REPRESENTATIVE = "representative"
    ASSESSOR = "assessor"
    QUALITY_ASSURER = "quality_assurer"
    VERIFIER = "verifier"
    COORDINATOR = "coordinator"
    REGISTER_OFFICER = "register_officer"
    REGISTER_MANAGER = "register_manager"
    FUNDING_OFFICER = "funding_officer"
    ADMIN = "admin"
    ADVISER = "adviser"
    LEARNER = "learner"


class OrganisationKind(StrEnum):
    """The kinds of organisation there are. An individual employer is an organisation of one household."""

    AUTHORITY = "authority"
    COLLEGE = "college"
    TRAINING_PROVIDER = "training_provider"
    SUPPORT_ORGANISATION = "support_organisation"
    HOME_CARE_AGENCY = "home_care_agency"
    INDIVIDUAL_EMPLOYER = "individual_employer"


class Nation(StrEnum):
    """Whose law and whose words apply."""

    ENGLAND = "england"
    WALES = "wales"


STAFF = frozenset(
    {
        Role.QUALITY_ASSURER,
        Role.VERIFIER,
        Role.COORDINATOR,
        Role.REGISTER_OFFICER,
        Role.REGISTER_MANAGER,
        Role.FUNDING_OFFICER,
        Role.ADMIN,
        Role.ADVISER,
    }
)

_AUTHORITY_ROLES = STAFF - {Role.ADVISER} | {Role.PA, Role.ASSESSOR, Role.LEARNER}
_TEACHING_ROLES = frozenset({Role.ASSESSOR, Role.QUALITY_ASSURER, Role.ADVISER})
ROLES_IN: dict[OrganisationKind, frozenset[Role]] = {
    OrganisationKind.AUTHORITY: frozenset(_AUTHORITY_ROLES),
    OrganisationKind.COLLEGE: _TEACHING_ROLES,
    OrganisationKind.TRAINING_PROVIDER: _TEACHING_ROLES,
    OrganisationKind.SUPPORT_ORGANISATION: _TEACHING_ROLES,
    OrganisationKind.HOME_CARE_AGENCY: frozenset({Role.ASSESSOR}),
    OrganisationKind.INDIVIDUAL_EMPLOYER: frozenset({Role.EMPLOYER, Role.REPRESENTATIVE}),
}
"""Which roles can be held in which kind of organisation. A PA's role is held in the authority that knows the PA.

An adviser helps individual employers with training money, under permissions that these give; nothing else opens to
the role, so an assessor of the same organisation does not see anybody's money. A learner is one of the council's people
who studies a course for staff; nothing opens to the role but their own study.
"""

SIGNED_IN_FOR = {True: timedelta(hours=10), False: timedelta(days=14)}
"""How long somebody stays signed in: staff (True) a working day, everybody else two weeks on their own phone."""

INVITATION_LASTS = timedelta(days=28)
SIGN_IN_LINK_LASTS = timedelta(minutes=30)
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200


@dataclass(frozen=True)
class Try:
    """One attempt to sign in."""

    at: datetime
    succeeded: bool


TRIES_BEFORE_SLOWING = 5
LONGEST_WAIT = timedelta(minutes=15)
REMEMBERED = timedelta(hours=1)


def wait_before_next_try(tries: Sequence[Try], now: datetime) -> timedelta:
    """How long to wait before the next try counts, given earlier ones from the same kind of place.

    Five failures are free; from then on the wait doubles from half a minute up to fifteen. A success wipes the
    slate, an hour does too. Tries from a browser that this person has signed in with before are counted apart from
    strangers' tries, so that somebody guessing cannot lock the real person out.
    """
    recent = sorted((t for t in tries if now - t.at < REMEMBERED), key=lambda t: t.at)
    failures: list[Try] = []
    for attempt in recent:
        failures = [] if attempt.succeeded else [*failures, attempt]
    if len(failures) < TRIES_BEFORE_SLOWING:
        return timedelta()
    doubled = timedelta(seconds=30 * 2 ** min(len(failures) - TRIES_BEFORE_SLOWING, 10))
    return max(timedelta(), min(doubled, LONGEST_WAIT) - (now - failures[-1].at))


def told_apart(people: Iterable[tuple[UUID, str, str | None]]) -> list[tuple[UUID, str]]:
    """People of one list by id, each with name and address, as they are called there, in the same order.

    Whoever shares a name with somebody else on the list has their e-mail address or username behind it.
    """
    every = list(people)
    often = Counter(" ".join(name.casefold().split()) for _id, name, _address in every)
    return [
        (id, f"{name} ({address})" if address and often[" ".join(name.casefold().split())] > 1 else name)
        for id, name, address in every
    ]
