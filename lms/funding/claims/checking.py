"""Everything that stands in the way of sending in a claim, as the payer and the law would find it, before they do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from lms.certification import queries as certification
from lms.certification.rules import Standing
from lms.core.clock import london_day
from lms.core.db import Db
from lms.funding import checks
from lms.funding.authoring.queries import as_confirmed, days_unconfirmed, schemes_for, unconfirmed
from lms.funding.claims.changes import Changed, changed, digest_of
from lms.funding.claims.costs import cost_kind
from lms.funding.claims.judging import Judged, Known, Past, judge_after, past_of
from lms.funding.claims.models import Claim, ClaimAcceptance, ClaimChoice, ClaimLine
from lms.funding.claims.moving import lines_of_each
from lms.funding.claims.proving import each_to_prove
from lms.funding.claims.readings import as_kept, scheme_from
from lms.funding.claims.whom import asked_for_finding, asked_for_missing, asked_for_refusal, asked_for_terms
from lms.funding.evidence import queries as evidence
from lms.funding.evidence.queries import ToProve
from lms.funding.evidence.vocabulary import FindingCode
from lms.funding.obstacles import Ask, Obstacle, ObstacleCode
from lms.funding.rules import COST, CREDITS, JUSTIFICATION
from lms.funding.scheme import Scheme
from lms.funding.sources import queries as sources
from lms.funding.sources.queries import CostAsk
from lms.funding.sources.rules import StopCode
from lms.funding.vocabulary import ClaimState, Decision, EvidenceKind, Measure, Part, Refusal

_ELSEWHERE = frozenset({Refusal.EVIDENCE_MISSING, Refusal.TERMS_NOT_ACCEPTED})
"""Refusals that have an obstacle of their own."""
_SAID_ALREADY = frozenset({FindingCode.KIND_MISSING, FindingCode.CERTIFICATE_NOT_HELD})
"""Findings that are told as evidence the scheme wants."""


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A claim as it would be sent in now. `changes` are what the scheme says otherwise than when it was drafted, and
    `digest` names them while nobody has chosen."""

    judged: tuple[Judged, ...]
    to_prove: tuple[ToProve, ...]
    obstacles: tuple[Obstacle, ...]
    changes: tuple[Changed, ...]
    digest: str | None
    accepted: ClaimAcceptance | None

    @property
    def blocked(self) -> bool:
        """Whether something has to be done before it can be sent in."""
        return any(obstacle.blocks for obstacle in self.obstacles)


def obstacles(db: Db, claim_id: UUID, *, now: datetime) -> tuple[Obstacle, ...]:
    """What stands in the way of sending in a claim now. The caller has looked at the wall."""
    return check(db, db.get_one(Claim, claim_id), now=now).obstacles


def obstacles_of(db: Db, claim_ids: Sequence[UUID], *, now: datetime) -> dict[UUID, tuple[Obstacle, ...]]:
    """The same for several claims, by claim; about as many queries as for one."""
    claims = list(db.scalars(select(Claim).where(Claim.id.in_(claim_ids)))) if claim_ids else []
    return {claim_id: checked.obstacles for claim_id, checked in check_each(db, claims, now=now).items()}


def check_claim(db: Db, claim_id: UUID, *, now: datetime) -> Checked:
    """A claim as it would be sent in now. The caller has looked at the wall."""
    return check(db, db.get_one(Claim, claim_id), now=now)


def check(db: Db, claim: Claim, *, now: datetime) -> Checked:
    """Judge every line as if the claim were sent in now, and look at all beside it; constant queries."""
    return check_each(db, [claim], now=now)[claim.id]


def check_each(db: Db, claims: Sequence[Claim], *, now: datetime) -> dict[UUID, Checked]:
    """The same for several claims, by claim, each for itself; about as many queries as for one."""
    on, lines = london_day(now), lines_of_each(db, [claim.id for claim in claims])
    accepted = _acceptances(db, claims)
    provable = each_to_prove(db, [(claim, lines[claim.id], claim.id in accepted) for claim in claims])
    terms = {claim.id: _terms_now(db, claim, lines[claim.id], on) for claim in claims}
    every = [line for of_claim in lines.values() for line in of_claim]
    schemes = {line_id: scheme for of_claim, _ in terms.values() for line_id, scheme in of_claim.items()}
    read = _Read(
        lines=lines,
        terms=terms,
        accepted=accepted,
        provable=provable,
        held=evidence.held_for(db, [each for of_claim in provable.values() for each in of_claim]),
        past=past_of(db, claims, lines, schemes, now=now),
        said=sources.said_of(db, {line.enrolment_id for line in every}),
        chosen=_chosen(db, [claim.id for claim in claims if terms[claim.id][1]]),
    )
    return {claim.id: _checked(db, claim, read, now=now) for claim in claims}


@dataclass(frozen=True, kw_only=True)
class _Read:
    """What was read for several claims at once, by claim."""

    lines: Mapping[UUID, Sequence[ClaimLine]]
    terms: Mapping[UUID, tuple[dict[UUID, Scheme], tuple[Changed, ...]]]
    accepted: Mapping[UUID, ClaimAcceptance]
    provable: Mapping[UUID, tuple[ToProve, ...]]
    held: evidence.Held
    past: Past
    said: Sequence[sources.Said]
    chosen: frozenset[tuple[UUID, str]]


def _checked(db: Db, claim: Claim, read: _Read, *, now: datetime) -> Checked:
    on, lines, provable = london_day(now), read.lines[claim.id], read.provable[claim.id]
    accepted, (schemes, changes) = read.accepted.get(claim.id), read.terms[claim.id]
    held = evidence.kinds_in(read.held, provable, on=on)
    asked_for = {line.id: frozenset(_evidence(schemes[line.id], line)) | held[line.id] for line in lines}
    known = Known(schemes=schemes, evidence=asked_for, accepted=accepted is not None)
    judged = [
        replace(each, verdict=as_confirmed(db, claim.authority_id, each.verdict, on=on))
        for each in judge_after(read.past, claim, lines, known, now=now)
    ]
    digest = digest_of(changes) if changes else None
    digest = None if (claim.id, digest) in read.chosen else digest
    found = [
        *_of_lines(claim, judged, held),
        *_of_certificates(read.held.certificates, lines, on),
        *_of_figures(db, claim, judged, on),
        *_of_dates(db, claim, judged, on),
        *_of_evidence(read.held, provable, on),
        *_of_sources(read.said, judged),
        *_of_whole(claim, lines, accepted=accepted is not None, to_choose=digest is not None),
    ]
    return Checked(
        judged=tuple(judged),
        to_prove=provable,
        obstacles=tuple(found),
        changes=changes,
        digest=digest,
        accepted=accepted,
    )


def _acceptances(db: Db, claims: Sequence[Claim]) -> dict[UUID, ClaimAcceptance]:
    """By claim, who accepted the terms for it as it stands now, the last of several; none since it was changed."""
    version = {claim.id: claim.version for claim in claims}
    wanted = select(ClaimAcceptance).where(ClaimAcceptance.claim_id.in_(version)).order_by(ClaimAcceptance.at)
    return {each.claim_id: each for each in db.scalars(wanted) if each.version == version[each.claim_id]}


def _chosen(db: Db, claim_ids: Sequence[UUID]) -> frozenset[tuple[UUID, str]]:
    """The changes of a scheme somebody has chosen about, by claim and digest."""
    if not claim_ids:
        return frozenset()
    wanted = select(ClaimChoice.claim_id, ClaimChoice.digest).where(ClaimChoice.claim_id.in_(claim_ids))
    return frozenset((claim_id, digest) for claim_id, digest in db.execute(wanted))


def _terms_now(
    db: Db, claim: Claim, lines: Sequence[ClaimLine], on: date
) -> tuple[dict[UUID, Scheme], tuple[Changed, ...]]:
    """Under which terms each line counts now, and what is different in the scheme by now.

    A line keeps its own terms, except how sure they are and whether the scheme still takes claims. Second parts keep
    the rate of the first, and what was sent in once keeps what it was sent in with.
    """
    today = schemes_for(db, claim.authority_id, on=on).by_code.get(claim.scheme)
    found: dict[Changed, None] = {}
    schemes: dict[UUID, Scheme] = {}
    for line in lines:
        own = scheme_from(line.terms)
        schemes[line.id] = own
        if today is None or line.part is Part.SECOND or claim.state is not ClaimState.DRAFT:
            continue
        different = changed(own, today, line.item)
        if different:
            found.update(dict.fromkeys(different))
            schemes[line.id] = own.model_copy(update={"status": today.status})
        else:
            schemes[line.id] = as_kept(today, line.item)
    return schemes, tuple(found)


def _evidence(scheme: Scheme, line: ClaimLine) -> Iterator[EvidenceKind]:
    item = scheme.item(line.item)
    if item is not None:
        yield from item.evidence


def _of_lines(
    claim: Claim, judged: Sequence[Judged], held: Mapping[UUID, frozenset[EvidenceKind]]
) -> Iterator[Obstacle]:
    for each in judged:
        line_id = each.line.id
        for reason in each.verdict.reasons:
            if isinstance(reason.code, Refusal) and reason.code not in _ELSEWHERE and not each.verdict.claimable:
                values = {**reason.values, "code": reason.code.value}
                ask = asked_for_refusal(reason.code)
                yield Obstacle(code=ObstacleCode.REFUSED, ask=ask, line_id=line_id, values=values)
        for code in _missing(claim, each, held[line_id]):
            ask = asked_for_missing(code)
            if code == JUSTIFICATION:
                yield Obstacle(code=ObstacleCode.JUSTIFICATION_MISSING, ask=ask, line_id=line_id)
            else:
                yield Obstacle(code=ObstacleCode.MISSING, ask=ask, line_id=line_id, values={"code": code})
        decided = each.verdict.decision is Decision.DECIDE_CASE_BY_CASE
        if each.verdict.claimable and not each.verdict.amount and not decided:
            yield Obstacle(code=ObstacleCode.NOTHING_PAYABLE, ask=Ask.COORDINATOR, line_id=line_id)


def _missing(claim: Claim, each: Judged, held: frozenset[EvidenceKind]) -> Iterator[str]:
    item = each.scheme.item(each.line.item)
    if item is None:
        return
    if each.asked.cost is None and not item.fixed_rate and each.line.part is not Part.SECOND:
        yield COST
    if item.measure is Measure.PER_CREDIT and each.asked.credits is None:
        yield CREDITS
    yield from checks.evidence_missing(item, each.line.part, held)
    if JUSTIFICATION in each.verdict.missing and not claim.justification:
        yield JUSTIFICATION


def _of_certificates(
    found: Mapping[UUID, certification.CertificateView], lines: Sequence[ClaimLine], on: date
) -> Iterator[Obstacle]:
    for line in lines:
        held = found.get(line.certificate_id) if line.certificate_id else None
        standing = held.standing(on) if held else None
        if standing is Standing.WITHDRAWN:
            yield Obstacle(code=ObstacleCode.CERTIFICATE_WITHDRAWN, ask=Ask.COORDINATOR, line_id=line.id)
        elif standing is Standing.SUSPENDED:
            yield Obstacle(code=ObstacleCode.CERTIFICATE_SUSPENDED, ask=Ask.COORDINATOR, line_id=line.id)


def _of_figures(db: Db, claim: Claim, judged: Sequence[Judged], on: date) -> Iterator[Obstacle]:
    figures = {figure: None for each in judged for figure in each.verdict.figures}
    for figure in unconfirmed(db, claim.authority_id, figures, on=on):
        values = {"name": figure.name.value, "value": figure.value, "scheme": figure.scheme, "key": figure.key}
        yield Obstacle(code=ObstacleCode.FIGURE_NOT_CONFIRMED, ask=Ask.FUNDING_OFFICER, values=values)


def _of_dates(db: Db, claim: Claim, judged: Sequence[Judged], on: date) -> Iterator[Obstacle]:
    """Days the answers rest on that are neither official nor confirmed: they decide money as figures do.

    What was sent in once, and second parts, keep the days they were sent in with: those are to be looked at only.
    """
    schemes: dict[int, Scheme] = {}
    new: set[int] = set()
    for each in judged:
        schemes[id(each.scheme)] = each.scheme
        if claim.state is ClaimState.DRAFT and each.line.part is not Part.SECOND:
            new.add(id(each.scheme))
    found: dict[tuple[str, str], bool] = {}
    for known, scheme in schemes.items():
        for days in days_unconfirmed(db, claim.authority_id, scheme, on=on):
            at = scheme.code, days.key
            found[at] = found.get(at, False) or known in new
    for (code, key), blocks in found.items():
        values = {"scheme": code, "key": key}
        yield Obstacle(code=ObstacleCode.DATES_NOT_CONFIRMED, ask=Ask.FUNDING_OFFICER, values=values, blocks=blocks)


def _of_evidence(held: evidence.Held, provable: Sequence[ToProve], on: date) -> Iterator[Obstacle]:
    for finding in evidence.findings_in(held, provable, on=on):
        if finding.code in _SAID_ALREADY:
            continue
        values = {**finding.values, "code": finding.code.value}
        ask = asked_for_finding(finding.code)
        yield Obstacle(
            code=ObstacleCode.EVIDENCE, ask=ask, line_id=finding.line_id, values=values, blocks=finding.blocks
        )


def _of_sources(said: Sequence[sources.Said], judged: Sequence[Judged]) -> Iterator[Obstacle]:
    theirs = {each.line.enrolment_id for each in judged}
    ours = [each for each in said if each.cost.enrolment_id in theirs]
    stops = sources.stops_in(ours, [_cost_asked(each) for each in judged if each.verdict.claimable])
    for line_id, stop in stops.items():
        other = stop.code is StopCode.MET_BY_OTHER
        code = ObstacleCode.SOURCE_MET_BY_OTHER if other else ObstacleCode.SOURCE_MET_TWICE
        yield Obstacle(code=code, ask=Ask.COORDINATOR, line_id=line_id, values=stop.values)


def _cost_asked(each: Judged) -> CostAsk:
    return CostAsk(
        line_id=each.line.id,
        enrolment_id=each.line.enrolment_id,
        training=each.line.training,
        scheme=each.line.scheme,
        wanted_pence=each.verdict.amount,
        cost_pence=each.asked.cost,
        cost_kind=cost_kind(each.scheme, each.line.item),
    )


def _of_whole(claim: Claim, lines: Sequence[ClaimLine], *, accepted: bool, to_choose: bool) -> Iterator[Obstacle]:
    if not lines:
        yield Obstacle(code=ObstacleCode.NO_LINES, ask=Ask.COORDINATOR)
    if to_choose:
        yield Obstacle(code=ObstacleCode.TERMS_CHANGED, ask=Ask.COORDINATOR)
    if lines and not accepted:
        yield Obstacle(code=ObstacleCode.TERMS_NOT_ACCEPTED, ask=asked_for_terms(claim.claimant_kind))
