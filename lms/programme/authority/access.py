"""Who can see what, and why: worked out from the roles that the doors themselves ask for, and from who is named.

A role opens a kind of information when it opens at least one door of that kind. Behind the door the room narrows
further, to one's own PAs for example; `scope` says how far a role reaches.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from lms.assessment.allocated import assessors_of
from lms.core.db import Db
from lms.core.words import N_
from lms.funding.permissions.queries import given_by
from lms.learning.queries import enrolments_of
from lms.people import holding, households
from lms.people import queries as people
from lms.people.rules import Role
from lms.people.tokens.queries import tokens_of
from lms.programme.authority.kinds import ABOUT_PEOPLE, Kind, kind_of
from lms.programme.authority.terms import HELD
from lms.programme.contacts import guarding
from lms.programme.contacts.queries import reached
from lms.programme.contacts.words import Whom

Opened = Mapping[Kind, frozenset[Role]]

BY_NAMING: Mapping[Kind, frozenset[Role]] = {
    Kind.ALERTS: frozenset(),
    Kind.CALLS: frozenset({Role.COORDINATOR}),
}
"""Kinds whose doors let in more than they show: only these roles see all, everybody else what they are named for."""

SCOPES: Mapping[Role, str] = {
    Role.ASSESSOR: N_("of the people they assess"),
    Role.VERIFIER: N_("of the records the quality assurers opened for them"),
    Role.EMPLOYER: N_("of the PAs who work for them"),
    Role.REPRESENTATIVE: N_("of the PAs who work for the person they act for"),
    Role.ADVISER: N_("as far as an employer gave them permission"),
}
EVERYBODY_HERE = N_("of everybody at this authority")


def opened(doors: Mapping[str, Callable[..., Any]]) -> Opened:
    """Which roles open each kind of information, by the views of the site."""
    found: dict[Kind, set[Role]] = {kind: set() for kind in ABOUT_PEOPLE}
    for endpoint, view in doors.items():
        kind = kind_of(endpoint)
        roles: frozenset[Role] = getattr(view, "roles", frozenset())
        if kind in found and len(roles) < len(Role):  # what everybody may ask for judges each thing itself
            found[kind] |= roles
    return {kind: BY_NAMING.get(kind, frozenset(roles)) for kind, roles in found.items()}


@dataclass(frozen=True)
class Reason:
    """Why somebody sees something: a role or a naming, how far it reaches, and its time."""

    role: Role | None
    naming: str
    scope: str
    since: date | None
    until: date | None


@dataclass(frozen=True)
class Answer:
    """Whether somebody sees a kind of information today; why, where they do. `later`: from a day to come."""

    kind: Kind
    reasons: tuple[Reason, ...]
    later: tuple[Reason, ...] = ()


def seen_by(db: Db, person_id: UUID, authority_id: UUID, doors: Opened, on: date) -> list[Answer]:
    """What somebody of an authority's staff sees there, kind by kind. A constant number of queries."""
    held = [each for each in holding.of_person(db, person_id, authority_id) if each.role in HELD]
    answers = []
    named = [each for each in guarding.named_in(db, authority_id, on) if each.person_id == person_id]
    for kind in ABOUT_PEOPLE:
        roles = [each for each in held if each.role in doors[kind]]
        now = [_by_role(each) for each in roles if each.counts(on)]
        later = [_by_role(each) for each in roles if each.since > on]
        if kind is Kind.ALERTS:
            now = [_named(each.since, each.until) for each in named if each.counts]
            later = [_named(each.since, each.until) for each in named if each.since > on]
        answers.append(Answer(kind, tuple(now), tuple(later)))
    return answers


def _by_role(held: holding.Holding) -> Reason:
    return Reason(held.role, "", SCOPES.get(held.role, EVERYBODY_HERE), held.since, held.until)


def _named(since: date, until: date | None) -> Reason:
    return Reason(None, N_("Named for alerts"), N_("of alerts raised since they were named"), since, until)


@dataclass(frozen=True)
class Seer:
    """Somebody who sees something about a PA. `people` are their names; a `team` is shown to the PA without them.

    `why` is a message with its `values`; `kinds` is what they see.
    """

    title: str
    people: tuple[str, ...]
    why: str
    values: Mapping[str, object]
    kinds: tuple[Kind, ...]
    since: date | None = None
    until: date | None = None
    role: Role | None = None
    team: bool = False


_TEAMS = (
    Role.COORDINATOR,
    Role.REGISTER_OFFICER,
    Role.REGISTER_MANAGER,
    Role.FUNDING_OFFICER,
    Role.QUALITY_ASSURER,
    Role.VERIFIER,
    Role.ADMIN,
)
_SYSTEM = (Kind.REGISTER,)


def seers_of(db: Db, pa_id: UUID, authority_id: UUID, doors: Opened, on: date) -> list[Seer]:
    """Who can see what about a PA of an authority on a day, and why. A constant number of queries for each employer."""
    return [
        *_assessors(db, pa_id, authority_id, doors, on),
        *_employers(db, pa_id, authority_id, doors, on),
        *_contact(db, pa_id, authority_id, on),
        *_teams(db, authority_id, doors, on),
        *_alerts(db, authority_id, on),
        *_systems(db, authority_id, on),
    ]


def _kinds(doors: Opened, roles: Collection[Role]) -> tuple[Kind, ...]:
    return tuple(kind for kind in ABOUT_PEOPLE if doors[kind].intersection(roles))


def _assessors(db: Db, pa_id: UUID, authority_id: UUID, doors: Opened, on: date) -> Iterable[Seer]:
    ours = [each.id for each in enrolments_of(db, pa_id) if each.authority_id == authority_id]
    kinds, told = _kinds(doors, {Role.ASSESSOR}), set()
    for each in assessors_of(db, ours, on):
        if each.assessor_id not in told:
            told.add(each.assessor_id)
            why = N_("Looks at this PA’s work")
            yield Seer("", (each.assessor_name,), why, {}, kinds, each.since, each.until, Role.ASSESSOR)


def _employers(db: Db, pa_id: UUID, authority_id: UUID, doors: Opened, on: date) -> Iterable[Seer]:
    since = people.employed_since(db, pa_id, on)
    homes = [each for each in people.employers_of(db, pa_id, on) if each.authority_id == authority_id]
    for home in homes:
        for member in households.members_of(db, home.id, on):
            acting = member.role is Role.REPRESENTATIVE
            why = N_("Acts for %(home)s, where this PA works") if acting else N_("This PA works for them")
            kinds = _kinds(doors, {member.role})
            yield Seer("", (member.name,), why, {"home": home.name}, kinds, since[home.id], None, member.role)
    for given in given_by(db, [home.id for home in homes]):
        if given.holds_on(on):
            names = tuple(given.worker_names.values()) or (given.delegate_name,)
            values = {"home": given.employer_name, "place": given.delegate_name}
            why = N_("%(home)s lets %(place)s help with training money")
            yield Seer("", names, why, values, _kinds(doors, {Role.ADVISER}), None, None, Role.ADVISER)


def _contact(db: Db, pa_id: UUID, authority_id: UUID, on: date) -> Iterable[Seer]:
    for each in reached(db, Whom.PA, [pa_id], on):
        if each.authority_id == authority_id:
            yield Seer(N_("Contact at the council"), (each.name,), N_("Named as contact"), {}, (Kind.CALLS,))


def _teams(db: Db, authority_id: UUID, doors: Opened, on: date) -> Iterable[Seer]:
    every = holding.held_in(db, authority_id, _TEAMS, on, limit=500)
    for role in _TEAMS:
        names = tuple(each.name for each in every if each.role is role and each.counts(on))
        kinds = _kinds(doors, {role})
        if names and kinds:
            yield Seer("", names, SCOPES.get(role, EVERYBODY_HERE), {}, kinds, role=role, team=True)


def _alerts(db: Db, authority_id: UUID, on: date) -> Iterable[Seer]:
    names = tuple(each.name for each in guarding.counting(db, authority_id, on))
    if names:
        why = N_("See an alert when an answer in a call-back says that somebody may be harmed")
        yield Seer(N_("People named for alerts"), names, why, {}, (Kind.ALERTS,), team=True)


def _systems(db: Db, authority_id: UUID, on: date) -> Iterable[Seer]:
    names = tuple(each.system for each in tokens_of(db, authority_id) if each.open_on(on))
    if names:
        why = N_("Ask for the register: only of PAs who agreed to it")
        yield Seer(N_("Systems"), names, why, {}, _SYSTEM)
