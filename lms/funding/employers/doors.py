"""The blueprint of the employers' side, and the doors to what somebody may work on, for themselves or for others."""

from dataclasses import dataclass
from uuid import UUID

from flask import request

from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import language
from lms.core.words import NotFound
from lms.funding.authoring.queries import schemes_for
from lms.funding.claims import queries as claims
from lms.funding.claims.queries import OPEN_STATES, ClaimRow, ClaimView
from lms.funding.employers import queries, services
from lms.funding.employers.queries import EnquiryView
from lms.funding.permissions import queries as permissions
from lms.funding.permissions.rules import Action, Permission
from lms.funding.permissions.services import HOUSEHOLD
from lms.funding.vocabulary import ClaimantKind, ClaimState
from lms.learning.titles import titles
from lms.people import queries as people
from lms.people.guards import viewer
from lms.people.queries import OrganisationView, PersonView
from lms.people.rules import Role

pages = room("training_paid", __name__)

ASKERS = (*HOUSEHOLD, Role.ADVISER)
"""Who asks about training money: the household, and advisers whom an employer lets act."""


@dataclass(frozen=True)
class Asking:
    """For which employer, and whether as somebody of their household or for them under a permission.

    `receives` says whether decisions are for the viewer as well.
    """

    employer: OrganisationView
    authority_id: UUID
    own: bool
    permission_id: UUID | None = None
    receives: bool = True

    @property
    def id(self) -> UUID:
        """The household's id."""
        return self.employer.id

    def state_of(self, found: ClaimRow) -> ClaimState:
        """Where a claim stands, as far as the viewer is told: decisions only where they are for them as well."""
        return found.state if self.receives or found.state in OPEN_STATES else ClaimState.SUBMITTED

    @property
    def may_accept(self) -> bool:
        """Whether the viewer is the employer, who alone accepts terms and gives bank details."""
        return self.id in viewer().organisations(Role.EMPLOYER)


def asking() -> Asking:
    """The employer this page is about: by ?permission=… for an adviser, by ?household=… or the first one for others.

    Whatever the viewer has nothing to do with answers 404.
    """
    wanted = request.values.get("permission")
    if wanted:
        return _under(wanted)
    mine = sorted(viewer().organisations(*HOUSEHOLD))
    named = request.values.get("household")
    chosen = next((id for id in mine if named in (None, "", str(id))), None)
    if chosen is None:
        raise NotFound("household")
    return _asking(chosen, own=True)


def _under(wanted: str) -> Asking:
    try:
        permission_id = UUID(wanted)
    except ValueError as wrong:
        raise NotFound("permission") from wrong
    found = permissions.permission(unit(), permission_id, delegate_ids=viewer().organisations(Role.ADVISER))
    if not found.holds_on(today()) or Action.PREPARE_APPLICATION not in found.terms.actions:
        raise NotFound("permission")
    return _asking(found.terms.employer_id, own=False, permission_id=found.id)


def _asking(employer_id: UUID, *, own: bool, permission_id: UUID | None = None) -> Asking:
    employer = people.organisation(unit(), employer_id)
    if employer.authority_id is None:
        raise NotFound("household")
    receives = own or _receives(employer_id, permission_id)
    return Asking(employer, employer.authority_id, own, permission_id, receives)


def _receives(employer_id: UUID, permission_id: UUID | None) -> bool:
    """Whether an adviser is told decisions: under the permission they act by."""
    given = permissions.between(unit(), employer_id, viewer().organisations(Role.ADVISER))
    terms = given.get(permission_id) if permission_id else None
    return terms is not None and Action.RECEIVE_DECISION in terms.actions


def working_on(enquiry_id: UUID) -> tuple[Asking, EnquiryView]:
    """An enquiry the viewer may work on, and for whom. NotFound for every other."""
    found = queries.enquiry(unit(), enquiry_id)
    if found.employer_id in viewer().organisations(*HOUSEHOLD):
        return _asking(found.employer_id, own=True), found
    leave = services.leave_for(
        unit(), found.employer_id, found.authority_id, found.answers.pa_id, by=viewer().person_id, now=now()
    )
    if not leave.allowed:
        raise NotFound("enquiry")
    return _asking(found.employer_id, own=False, permission_id=leave.permission_id), found


def application(claim_id: UUID) -> tuple[Asking, ClaimView]:
    """A claim of an individual employer whom the viewer is, represents, or acts for. NotFound for every other."""
    found = claims.claim(unit(), claim_id, within=_walls())
    if found.claimant_id is None or found.claimant_kind is not ClaimantKind.INDIVIDUAL_EMPLOYER:
        raise NotFound("application")
    if found.claimant_id in viewer().organisations(*HOUSEHOLD):
        return _asking(found.claimant_id, own=True), found
    if not viewer().has(Role.ADVISER):
        raise NotFound("application")
    leave = permissions.may(
        unit(),
        person_id=viewer().person_id,
        claimant_id=found.claimant_id,
        claimant_kind=found.claimant_kind,
        authority_id=found.authority_id,
        action=Action.PREPARE_APPLICATION,
        scheme=found.scheme,
        learner_ids={line.learner_id for line in found.lines},
        on=today(),
    )
    if leave.permission_id is None:
        raise NotFound("application")
    return _asking(found.claimant_id, own=False, permission_id=leave.permission_id), found


def _walls() -> frozenset[UUID]:
    """The authorities behind whose walls the viewer's employers live."""
    advises = viewer().organisations(Role.ADVISER)
    return viewer().authorities(*HOUSEHOLD) | (permissions.walls_given_to(unit(), advises) if advises else frozenset())


def begun_here(who: Asking) -> list[EnquiryView]:
    """What was begun for an employer; an adviser sees what is about PAs of the permission, and what they began."""
    begun = queries.enquiries_of(unit(), [who.id])
    terms = _terms(who)
    if terms is None:
        return begun
    me = viewer().person_id
    return [each for each in begun if each.answers.pa_id in terms.workers or each.begun_by == me]


def applications_here(who: Asking) -> list[ClaimRow]:
    """An employer's applications and claims; an adviser sees those whose money and PAs the permission covers."""
    rows = claims.claims_in(unit(), [who.authority_id], wanted=claims.Wanted(claimant=who.id), limit=50)
    terms = _terms(who)
    if terms is None:
        return rows
    others = {
        line.claim_id
        for line in claims.lines_of(unit(), [row.id for row in rows])
        if line.learner_id not in terms.workers or line.scheme not in terms.schemes
    }
    return [row for row in rows if row.id not in others]


def _terms(who: Asking) -> Permission | None:
    """What the permission an adviser acts under covers; None for the household itself."""
    if who.own or who.permission_id is None:
        return None
    return permissions.between(unit(), who.id, viewer().organisations(Role.ADVISER))[who.permission_id]


def pas_to_choose(who: Asking) -> list[PersonView]:
    """The PAs who can be asked about: the household's, for an adviser those the permission covers."""
    working = people.pas_of(unit(), [who.id], today())
    terms = _terms(who)
    return working if terms is None else [pa for pa in working if pa.id in terms.workers]


def courses_to_choose(who: Asking) -> list[tuple[str, str]]:
    """The courses an authority counts under any scheme, and those that are taught, by their titles."""
    authority = people.organisation(unit(), who.authority_id)
    counted = schemes_for(unit(), who.authority_id, on=today()).counted_by(authority.code)
    called = titles(unit(), language())
    return [(code, called.get(code, code)) for code in counted]


def course_title(code: str) -> str:
    """What a course is called in the page's language; one that is not taught here has the name that was typed."""
    return titles(unit(), language()).get(code, code)
