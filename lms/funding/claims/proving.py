"""The lines of claims as evidence has to know them."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from lms.core.db import Db
from lms.funding.claims.models import Claim, ClaimLine
from lms.funding.claims.readings import asked_from, scheme_from
from lms.funding.evidence.needs import needs_of
from lms.funding.evidence.queries import ToProve
from lms.funding.vocabulary import EvidenceKind
from lms.learning.titles import titles
from lms.people import queries as people


def to_prove(db: Db, claim_id: UUID) -> tuple[ToProve, ...]:
    """Every line that is still in a claim, with what it has to be shown with. The caller has looked at the wall."""
    claim = db.get_one(Claim, claim_id)
    wanted = select(ClaimLine).where(ClaimLine.claim_id == claim_id, ClaimLine.taken_out_at.is_(None))
    return lines_to_prove(db, claim, list(db.scalars(wanted.order_by(ClaimLine.added_at, ClaimLine.id))))


def lines_to_prove(db: Db, claim: Claim, lines: Sequence[ClaimLine], *, accepted: bool = False) -> tuple[ToProve, ...]:
    """The same for lines that were read already; terms that are accepted count as the signed declaration."""
    return each_to_prove(db, [(claim, lines, accepted)])[claim.id]


def each_to_prove(db: Db, claims: Sequence[tuple[Claim, Sequence[ClaimLine], bool]]) -> dict[UUID, tuple[ToProve, ...]]:
    """The same for several claims with their lines, by claim; as many queries as for one."""
    names = people.persons(db, {line.learner_id for _claim, lines, _accepted in claims for line in lines})
    claimants = people.organisations(db, {claim.claimant_id for claim, *_ in claims if claim.claimant_id})
    called = titles(db, "en")
    found = {}
    for claim, lines, accepted in claims:
        also = frozenset(_kinds(claim.held_elsewhere, accepted=accepted))
        claimant = claimants[claim.claimant_id].name if claim.claimant_id else ""
        found[claim.id] = tuple(
            _one(claim, line, names[line.learner_id].name, claimant, called, also) for line in lines
        )
    return found


def _kinds(held: Iterable[str], *, accepted: bool) -> Iterable[EvidenceKind]:
    yield from map(EvidenceKind, held)
    if accepted:
        yield EvidenceKind.DECLARATION


def _one(  # noqa: PLR0917  each is known once for all lines
    claim: Claim, line: ClaimLine, name: str, claimant: str, called: Mapping[str, str], also: frozenset[EvidenceKind]
) -> ToProve:
    asked = asked_from(line.asked)
    there = (asked.evidence or frozenset()) & {EvidenceKind.ATTENDANCE_RECORD}  # a place that was attended
    return ToProve(
        line_id=line.id,
        claim_id=claim.id,
        learner_id=line.learner_id,
        learner_name=name,
        claimant_name=claimant or name,
        authority_id=claim.authority_id,
        training=line.training,
        part=line.part,
        needs=needs_of(scheme_from(line.terms), line.item, line.part),
        certificate_id=line.certificate_id,
        course=called.get(line.training, line.training),
        started_on=asked.started_on,
        completed_on=asked.completed_on,
        cost_pence=asked.cost,
        paid_on=asked.paid_on,
        also=also | there,
    )
