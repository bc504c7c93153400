"""What the payer said: something is missing, so much for each line, or no. Where the authority pays, it says so."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.events import record_all
from lms.core.spelling import clean_text
from lms.core.types import Pence
from lms.core.words import N_, NotFound, Refused
from lms.funding.amounts import most_of
from lms.funding.claims.events import ClaimApproved, ClaimNeedsAction, ClaimRejected
from lms.funding.claims.judging import Judged, Known, judge
from lms.funding.claims.locking import lock_learners
from lms.funding.claims.models import Claim, ClaimLine, ClaimLineDecision, ClaimLook, ClaimReliedOn, ClaimSubmission
from lms.funding.claims.moving import LONGEST_REASON, MOVED_ON, held, lines_in, move, reason_in
from lms.funding.claims.readings import scheme_from
from lms.funding.claims.withdrawing import let_go
from lms.funding.question import Question
from lms.funding.reasons import verdict_from
from lms.funding.vocabulary import ClaimState, DecidedBy, Refusal
from lms.people import queries as people
from lms.people.rules import Role

NOT_ALONE = N_("Somebody else has to decide: you sent in this claim yourself.")
OWN_MONEY = N_("Somebody else has to decide: this money would be for you or your own household.")
OFFICERS_ONLY = N_("Your authority decides on this scheme, so only a funding officer can.")
TWICE = N_("A claim for one of these learners and this training was approved meanwhile. Look at the lines again.")
LOOK_FIRST = N_("Something happened to a certificate this claim rests on. Look at that first.")


@dataclass(frozen=True)
class LineDecision:
    """What was decided about one line: pence, and where it is less than was asked, why (a code and words)."""

    approved: Pence
    reason: str = ""
    note: str = ""


def ask_action(db: Db, *, claim_id: UUID, within: Collection[UUID], reason: str, by: UUID, now: datetime) -> None:
    """The payer wants something more. What is wanted is the reason; refuses without one."""
    claim = held(db, claim_id, within)
    said = reason_in(reason, N_("Say what the payer wants."))
    _may_decide(db, claim, by=by, now=now)
    move(db, claim, ClaimState.NEEDS_ACTION, reason=said, by=by, now=now)
    claim.version += 1
    facts = [
        ClaimNeedsAction(about=line.learner_id, claim_id=claim.id, line_id=line.id) for line in lines_in(db, claim.id)
    ]
    record_all(db, facts, by=by, now=now, behalf=claim.authority_id)


def reject(db: Db, *, claim_id: UUID, within: Collection[UUID], reason: str, by: UUID, now: datetime) -> None:
    """The payer refuses the whole claim, with the reason. What it held is free for another claim."""
    claim = held(db, claim_id, within)
    said = reason_in(reason, N_("Say why the claim was rejected."))
    _may_decide(db, claim, by=by, now=now)
    lines = lines_in(db, claim.id)
    move(db, claim, ClaimState.REJECTED, reason=said, by=by, now=now)
    let_go(db, [line.id for line in lines])
    facts = [ClaimRejected(about=line.learner_id, claim_id=claim.id, line_id=line.id) for line in lines]
    record_all(db, facts, by=by, now=now, behalf=claim.authority_id)


def approve(
    db: Db,
    *,
    claim_id: UUID,
    within: Collection[UUID],
    decisions: Mapping[UUID, LineDecision],
    by: UUID,
    now: datetime,
) -> None:
    """Approve an amount for every line: all that was asked, a part of it with a reason, or nothing with a reason.

    Refuses more than was asked, a line without a decision, nothing at all (that is a rejection), a claim somebody
    else decided on a moment before, and a line whose learner has had the same thing approved meanwhile.
    """
    claim = held(db, claim_id, within)
    if claim.state is not ClaimState.SUBMITTED:
        raise Refused(MOVED_ON)
    _may_decide(db, claim, by=by, now=now)
    lines = lines_in(db, claim.id)
    if set(decisions) != {line.id for line in lines}:
        raise NotFound("line")
    _refuse_unlooked(db, lines)
    lock_learners(db, {line.learner_id for line in lines})
    submission = _latest(db, claim)
    judged = _judged(db, claim, lines, now)
    _refuse_wrong_amounts(db, submission, decisions, judged)
    _refuse_twice(decisions, judged)
    for line in lines:
        decided = decisions[line.id]
        line.approved_pence = decided.approved
        db.add(
            ClaimLineDecision(
                id=uuid4(),
                line_id=line.id,
                submission_id=submission.id,
                approved_pence=decided.approved,
                reason=decided.reason[:40],
                note=clean_text(decided.note, LONGEST_REASON),
                by=by,
                at=now,
            )
        )
    move(db, claim, ClaimState.APPROVED, reason="", by=by, now=now)
    let_go(db, [line.id for line in lines if not decisions[line.id].approved])
    facts = [
        ClaimApproved(
            about=line.learner_id, claim_id=claim.id, line_id=line.id, approved_pence=decisions[line.id].approved
        )
        for line in lines
    ]
    record_all(db, facts, by=by, now=now, behalf=claim.authority_id)


def _may_decide(db: Db, claim: Claim, *, by: UUID, now: datetime) -> None:
    """Where the authority pays itself, a funding officer decides who did not send it in and gets nothing of it; else
    the desk writes down what the payer said."""
    viewer, here = people.viewer_of(db, by, london_day(now)), _decided_here(db, claim)
    roles = (Role.FUNDING_OFFICER,) if here else (Role.COORDINATOR, Role.FUNDING_OFFICER)
    if viewer is None or claim.authority_id not in viewer.authorities(*roles):
        raise Refused(OFFICERS_ONLY)
    if not here:
        return
    own = viewer.organisations(Role.EMPLOYER, Role.REPRESENTATIVE)
    if claim.claimant_id in own or by in {line.learner_id for line in lines_in(db, claim.id)}:
        raise Refused(OWN_MONEY)
    if claim.state is ClaimState.SUBMITTED and _latest(db, claim).by == by:
        raise Refused(NOT_ALONE)


def _decided_here(db: Db, claim: Claim) -> bool:
    lines = lines_in(db, claim.id)
    return bool(lines) and scheme_from(lines[0].terms).decider is DecidedBy.AUTHORITY


def decided_here(db: Db, claim_id: UUID) -> bool:
    """Whether the authority itself decides on a claim and pays it. The caller has looked at the wall."""
    return _decided_here(db, db.get_one(Claim, claim_id))


def _latest(db: Db, claim: Claim) -> ClaimSubmission:
    wanted = select(ClaimSubmission).where(ClaimSubmission.claim_id == claim.id)
    return db.scalars(wanted.order_by(ClaimSubmission.number.desc()).limit(1)).one()


def _refuse_unlooked(db: Db, lines: Sequence[ClaimLine]) -> None:
    waiting = select(ClaimLook.id).where(ClaimLook.line_id.in_([line.id for line in lines]))
    if db.scalars(waiting.where(ClaimLook.looked_at.is_(None)).limit(1)).first():
        raise Refused(LOOK_FIRST)


def _judged(db: Db, claim: Claim, lines: Sequence[ClaimLine], now: datetime) -> list[Judged]:
    """The lines once more, under the lock: with what others were given since the claim was sent in."""
    asked_for = {line.id: frozenset(e for i in scheme_from(line.terms).items for e in i.evidence) for line in lines}
    return judge(db, claim, lines, Known(evidence=asked_for, accepted=True), now=now)


def _refuse_wrong_amounts(
    db: Db, submission: ClaimSubmission, decisions: Mapping[UUID, LineDecision], judged: Sequence[Judged]
) -> None:
    relied = {
        r.line_id: r for r in db.scalars(select(ClaimReliedOn).where(ClaimReliedOn.submission_id == submission.id))
    }
    above: defaultdict[UUID, Pence] = defaultdict(int)
    for each in judged:
        decided, asked = decisions[each.line.id], relied[each.line.id].payable_pence
        most = _most(each, relied[each.line.id], above)
        if not 0 <= decided.approved <= most:
            raise Refused(N_("An approved amount is between nothing and what was asked for."))
        if decided.approved < asked and not (decided.reason or decided.note.strip()):
            raise Refused(N_("Say why less was approved than was asked for."))
        above[each.line.learner_id] += max(0, decided.approved - asked)
    if not any(decided.approved for decided in decisions.values()):
        raise Refused(N_("Nothing would be approved. Reject the claim instead, with the reason."))


def _most(each: Judged, relied: ClaimReliedOn, above: Mapping[UUID, Pence]) -> Pence:
    """The most that can be approved for a line: what was payable, or what the funder was asked to decide on.

    Of that no more than the scheme can pay: `above` is what the lines before got, by learner, above what was payable.
    """
    requested = verdict_from(relied.verdict).requested
    if requested is None:
        return relied.payable_pence
    asked = replace(
        each.asked,
        had_this_year=each.asked.had_this_year + above.get(each.line.learner_id, 0),
        organisation_had_this_year=each.asked.organisation_had_this_year + sum(above.values()),
    )
    item = each.scheme.item(each.line.item)
    most = most_of(Question(each.scheme, item, asked, asked.submitted_on or date.min))
    return max(relied.payable_pence, min(requested, most))


def _refuse_twice(decisions: Mapping[UUID, LineDecision], judged: Sequence[Judged]) -> None:
    """Judge duplicates once more: what others were given since it was sent in stands in the way."""
    for each in judged:
        if decisions[each.line.id].approved and Refusal.DUPLICATE_ITEM_FOR_LEARNER in each.verdict.refusals:
            raise Refused(TWICE)
