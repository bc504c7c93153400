"""Who may enter the pages of evidence, and as what: the desk, the claimant's household, and whom it let act for it."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.locked import Locker, locker_of
from lms.core.web.state import house, now, today, unit
from lms.core.words import NotFound
from lms.funding.claims import queries as claims
from lms.funding.claims.proving import to_prove
from lms.funding.claims.queries import OPEN_STATES, ClaimView
from lms.funding.evidence import queries
from lms.funding.evidence.keeping import PURPOSE
from lms.funding.evidence.queries import FileView
from lms.funding.evidence.services import About
from lms.funding.permissions import queries as permissions
from lms.funding.permissions import services as permitting
from lms.funding.permissions.rules import Action
from lms.funding.permissions.words import Deed
from lms.people.agreements import agreed_with
from lms.people.guards import viewer
from lms.people.rules import Role

DESK = permissions.DESK
MAY_ENTER = (*DESK, Role.EMPLOYER, Role.REPRESENTATIVE, Role.ADVISER)


@dataclass(frozen=True)
class Seen:
    """A claim that this viewer may see the evidence of. `desk`: they work on claims in its authority."""

    claim: ClaimView
    about: About
    desk: bool


def seen(claim_id: UUID) -> Seen:
    """The claim and what is known of its lines. NotFound for everybody who has no business with it."""
    claim = claims.claim(unit(), claim_id, within=_walls())
    leave = permissions.may(
        unit(),
        person_id=viewer().person_id,
        claimant_id=claim.claimant_id,
        claimant_kind=claim.claimant_kind,
        authority_id=claim.authority_id,
        action=Action.UPLOAD_EVIDENCE,
        scheme=claim.scheme,
        learner_ids={line.learner_id for line in claim.lines},
        on=today(),
    )
    if not leave.allowed:
        raise NotFound("claim")
    lines = to_prove(unit(), claim.id)
    about = About(claim.id, claim.authority_id, claim.state in OPEN_STATES, lines)
    return Seen(claim, about, claim.authority_id in viewer().authorities(*DESK))


def acting(found: Seen, deed: Deed) -> None:
    """Ask once more, hold the permission until the end of this unit of work, and note its use for the employer.

    Raises Refused when a permission was withdrawn meanwhile.
    """
    permitting.use(
        unit(),
        person_id=viewer().person_id,
        claimant_id=found.claim.claimant_id,
        claimant_kind=found.claim.claimant_kind,
        authority_id=found.claim.authority_id,
        action=Action.UPLOAD_EVIDENCE,
        scheme=found.claim.scheme,
        learner_ids={line.learner_id for line in found.claim.lines},
        deed=deed,
        now=now(),
        claim_id=found.claim.id,
        values={"reference": found.claim.reference},
    )


def file_seen(file_id: UUID) -> tuple[Seen, FileView]:
    """A file that goes with a claim this viewer may see. NotFound otherwise, the same as for none."""
    file = queries.file(unit(), file_id)
    return seen(file.claim_id), file


def at_desk(claim_id: UUID) -> Seen:
    """The claim for whoever works on it in its authority; learners' numbers and packs are for nobody else."""
    found = seen(claim_id)
    if not found.desk:
        raise NotFound("claim")
    return found


def locker() -> Locker:
    """What seals learners' numbers in this house."""
    return locker_of(house(), PURPOSE)


def _walls() -> set[UUID]:
    walls = set(viewer().authorities(*DESK, Role.EMPLOYER, Role.REPRESENTATIVE))
    advises = viewer().organisations(Role.ADVISER)
    return walls | agreed_with(unit(), advises, today()) if advises else walls
