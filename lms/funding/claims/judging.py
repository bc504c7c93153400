"""What a scheme says to the lines of one claim on a day: the facts as they are known then, one line after another."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select

from lms.core.clock import LONDON, london_day
from lms.core.db import Db, columns
from lms.core.types import Pence
from lms.funding.asked import Asked, Earlier, FirstPart
from lms.funding.claims.drafting import counted
from lms.funding.claims.models import Claim, ClaimLine, ClaimReliedOn, ClaimSubmission
from lms.funding.claims.readings import asked_from, scheme_from
from lms.funding.claims.verdicts import COUNTS, EarlierLine, earlier_of
from lms.funding.reasons import Verdict, verdict_from
from lms.funding.rules import claimable
from lms.funding.scheme import Scheme
from lms.funding.vocabulary import BLOCKING, ClaimantKind, ClaimShape, ClaimState, EvidenceKind, Part
from lms.people import queries as people

GRANTED = frozenset({ClaimState.APPROVED, ClaimState.PAID})


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One line as it stands on a day: what was asked, under which scheme, and what came of it."""

    line: ClaimLine
    scheme: Scheme
    asked: Asked
    verdict: Verdict


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known beside the lines themselves. `schemes` holds, by line, the terms that count instead of its own."""

    schemes: Mapping[UUID, Scheme] = field(default_factory=dict)
    evidence: Mapping[UUID, frozenset[EvidenceKind]] = field(default_factory=dict)
    accepted: bool = False


@dataclass
class _Had:
    """What a learner and the organisation have had of the scheme, and then what the lines before ask for."""

    pence: dict[UUID, Pence]
    credits: dict[UUID, int]
    organisation: Pence


@dataclass(frozen=True)
class _Before:
    """What was asked for a learner before, each thing once however often it was asked, and the items granted of it."""

    known: dict[Earlier, None]
    granted: frozenset[str]

    @classmethod
    def of(cls, earlier: Sequence[EarlierLine], claim: Claim) -> Self:
        """The same of lines that were read, as the claimant of this claim sees them."""
        who = claim.claimant_id or claim.claimant_person_id
        return cls(dict.fromkeys(each.plain(who) for each in earlier), _granted(earlier))


@dataclass(frozen=True, kw_only=True)
class Past:
    """What was asked and granted before, read for several claims at once.

    `earlier` holds the lines of each learner, `organisations` by claim what its claimant had with other claims, where
    a scheme limits that, `firsts` the first parts that second ones follow, `gone` by claim the learners who left its
    employer.
    """

    earlier: Mapping[UUID, Sequence[EarlierLine]]
    organisations: Mapping[UUID, Pence]
    firsts: Mapping[UUID, FirstPart]
    gone: Mapping[UUID, frozenset[UUID]]


def past_of(
    db: Db,
    claims: Sequence[Claim],
    lines: Mapping[UUID, Sequence[ClaimLine]],
    schemes: Mapping[UUID, Scheme],
    *,
    now: datetime,
) -> Past:
    """What was before these claims, whose lines are given by claim; a constant number of queries.

    `schemes` holds, by line, the terms that count instead of its own.
    Only where second parts follow first ones, each claim of an employer asks who still works there.
    """
    every = [line for claim in claims for line in lines[claim.id]]
    limited = [c for c in claims if any(_limits_organisation(_scheme_of(line, schemes)) for line in lines[c.id])]
    return Past(
        earlier=earlier_of(db, {line.learner_id for line in every}),
        organisations=_organisations_had(db, limited) if limited else {},
        firsts=_first_parts(db, every),
        gone={claim.id: _changed_employer(db, claim, lines[claim.id], now) for claim in claims},
    )


def judge(db: Db, claim: Claim, lines: Sequence[ClaimLine], known: Known, *, now: datetime) -> list[Judged]:
    """What the scheme says to each line, were the claim sent in now; a constant number of queries."""
    return judge_after(past_of(db, [claim], {claim.id: lines}, known.schemes, now=now), claim, lines, known, now=now)


def judge_after(past: Past, claim: Claim, lines: Sequence[ClaimLine], known: Known, *, now: datetime) -> list[Judged]:
    """The same, with what was before already read.

    Earlier claims of everybody count, and so do the lines before in the same claim, so that neither a limit nor the
    duplicate rule can be got round by asking twice at once.
    """
    own = {line.id for line in lines}
    theirs = {line.learner_id for line in lines}
    earlier = {who: [each for each in past.earlier[who] if each.line_id not in own] for who in theirs}
    had = _had(claim, earlier, past.organisations.get(claim.id, 0))
    before = {who: _Before.of(found, claim) for who, found in earlier.items()}
    firsts, changed = past.firsts, past.gone[claim.id]
    done: list[Judged] = []
    for line in lines:
        scheme = _scheme_of(line, known.schemes)
        asked = replace(
            _asked(claim, line, known, had, now=now),
            earlier=tuple(before[line.learner_id].known),
            approved_items=before[line.learner_id].granted,
            first_part=firsts.get(line.first_line_id) if line.first_line_id else None,
            employer_changed=line.learner_id in changed,
        )
        verdict = claimable(scheme, asked, on=london_day(now))
        done.append(Judged(line=line, scheme=scheme, asked=asked, verdict=verdict))
        before[line.learner_id].known[_as_earlier(line, asked)] = None
        whole = counted(line.part, verdict)
        had.pence[line.learner_id] += whole
        had.credits[line.learner_id] += (asked.credits or 0) if whole else 0
        had.organisation += whole
    return done


def _scheme_of(line: ClaimLine, schemes: Mapping[UUID, Scheme]) -> Scheme:
    return schemes.get(line.id) or scheme_from(line.terms)


def _limits_organisation(scheme: Scheme) -> bool:
    return scheme.limits is not None and scheme.limits.per_organisation_cap_pence is not None


def _granted(earlier: Sequence[EarlierLine]) -> frozenset[str]:
    return frozenset(each.item for each in earlier if each.state in GRANTED and each.approved != 0)


def _asked(claim: Claim, line: ClaimLine, known: Known, had: _Had, *, now: datetime) -> Asked:
    today, hour = london_day(now), now.astimezone(LONDON).time()
    application = claim.shape is ClaimShape.APPLICATION
    return replace(
        asked_from(line.asked),
        submitted_on=today,
        submitted_at=hour,
        applied_on=today if application else None,
        applied_at=hour if application else None,
        evidence=known.evidence.get(line.id, frozenset()),
        had_this_year=had.pence[line.learner_id],
        credits_this_year=had.credits[line.learner_id],
        organisation_had_this_year=had.organisation,
        terms_accepted_by=claim.claimant_kind.value if known.accepted else None,
    )


def _as_earlier(line: ClaimLine, asked: Asked) -> Earlier:
    """A line of this claim as those after it see it."""
    return Earlier(
        scheme=line.scheme,
        state=ClaimState.SUBMITTED,
        item=line.item,
        unit_code=asked.unit_code,
        training=line.training,
        part=line.part,
        same_claimant=True,
    )


def _had(claim: Claim, earlier: Mapping[UUID, Sequence[EarlierLine]], organisation: Pence) -> _Had:
    pence: defaultdict[UUID, Pence] = defaultdict(int)
    credit_counts: defaultdict[UUID, int] = defaultdict(int)
    for who, found in earlier.items():
        for each in found:
            if each.scheme == claim.scheme and each.state in BLOCKING:
                pence[who] += each.counts
                credit_counts[who] += each.credits or 0
    return _Had(pence, credit_counts, organisation)


def _organisations_had(db: Db, claims: Sequence[Claim]) -> dict[UUID, Pence]:
    """By claim, what its claimant has asked of its scheme with other claims that stand; approved amounts where decided.

    Two queries: everything the claimants have asked, and what of it the claims themselves come to.
    """
    asking = [claim for claim in claims if claim.claimant_id is not None]
    standing = [claim.id for claim in asking if claim.state in BLOCKING]
    values = {"claimants": list({claim.claimant_id for claim in asking}), "schemes": list({c.scheme for c in asking})}
    had = {row[:2]: row[2] for row in columns(db, _HAD, values)} if asking else {}
    own = {row[0]: row[1] for row in columns(db, _OWN, {"claim_ids": standing})} if standing else {}
    return {
        claim.id: int(had.get((claim.claimant_id, claim.scheme)) or 0) - int(own.get(claim.id) or 0) for claim in claims
    }


_STANDING = (Claim.state.in_(BLOCKING), ClaimLine.taken_out_at.is_(None))
_HAD: Select[*tuple[Any, ...]] = (
    select(Claim.claimant_id, Claim.scheme, func.sum(COUNTS))
    .select_from(ClaimLine)
    .join(Claim, Claim.id == ClaimLine.claim_id)
    .where(Claim.claimant_id.in_(bindparam("claimants", expanding=True)))
    .where(Claim.scheme.in_(bindparam("schemes", expanding=True)), *_STANDING)
    .group_by(Claim.claimant_id, Claim.scheme)
)
_OWN: Select[*tuple[Any, ...]] = (
    select(Claim.id, func.sum(COUNTS))
    .select_from(ClaimLine)
    .join(Claim, Claim.id == ClaimLine.claim_id)
    .where(Claim.id.in_(bindparam("claim_ids", expanding=True)), *_STANDING)
    .group_by(Claim.id)
)


def _first_parts(db: Db, lines: Sequence[ClaimLine]) -> dict[UUID, FirstPart]:
    """The first parts that second ones follow, as they were sent in last: their rate is kept."""
    wanted = {line.first_line_id for line in lines if line.first_line_id}
    if not wanted:
        return {}
    relied = (
        select(ClaimReliedOn.line_id, ClaimReliedOn.verdict, ClaimReliedOn.asked, ClaimLine.approved_pence, Claim.state)
        .join(ClaimSubmission, ClaimSubmission.id == ClaimReliedOn.submission_id)
        .join(ClaimLine, ClaimLine.id == ClaimReliedOn.line_id)
        .join(Claim, Claim.id == ClaimLine.claim_id)
        .where(ClaimReliedOn.line_id.in_(wanted))
        .order_by(ClaimSubmission.number)
    )
    return {
        row.line_id: first_part(row.verdict, row.asked, row.state, row.approved_pence) for row in db.execute(relied)
    }


def first_part(
    verdict: Mapping[str, object], asked: Mapping[str, object], state: ClaimState, approved: Pence | None
) -> FirstPart:
    """What the first part came to: the whole amount before it was split. A line refused within its claim is refused."""
    found = verdict_from(verdict)
    whole = (found.first_part or 0) + (found.second_part or 0)
    standing = ClaimState.REJECTED if state in GRANTED and not approved else state
    return FirstPart(state=standing, payable=whole, paid_on=asked_from(asked).paid_on)


def _changed_employer(db: Db, claim: Claim, lines: Sequence[ClaimLine], now: datetime) -> frozenset[UUID]:
    """Learners of second parts who do not work for the claiming employer any more."""
    learners = {line.learner_id for line in lines if line.part is Part.SECOND}
    if claim.claimant_kind is not ClaimantKind.INDIVIDUAL_EMPLOYER or claim.claimant_id is None or not learners:
        return frozenset()
    there = {pa.id for pa in people.pas_of(db, [claim.claimant_id], london_day(now))}
    return frozenset(learners - there)
