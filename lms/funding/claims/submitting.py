"""Sending in a claim: once, whole, with what it relied on frozen, or not at all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record_all
from lms.core.words import N_, Refused
from lms.funding.claims.accepting import accept_terms
from lms.funding.claims.checking import Checked, check
from lms.funding.claims.drafting import note
from lms.funding.claims.events import ClaimSubmitted
from lms.funding.claims.judging import Judged
from lms.funding.claims.locking import lock_learners
from lms.funding.claims.models import Claim, ClaimReliedOn, ClaimSubmission, ClaimTaken
from lms.funding.claims.moving import held, lines_in, move
from lms.funding.claims.once import taken_key
from lms.funding.claims.permitted import use
from lms.funding.claims.queries import OPEN_STATES
from lms.funding.claims.readings import asked_data, terms_of
from lms.funding.evidence import queries as evidence
from lms.funding.permissions.rules import Action
from lms.funding.permissions.words import Deed
from lms.funding.vocabulary import ClaimState
from lms.people import queries as people

IN_THE_WAY = N_("The claim cannot be sent in yet: %(count)s things are in the way. They are listed on its page.")
SENT_ALREADY = N_("%(name)s sent in this claim already. There is nothing more to do.")
DUPLICATE = N_("A claim for one of these learners and this training exists already.")


@dataclass(frozen=True)
class Sent:
    """A submission: its id and number, and whether it was there before this call, as after a double tap."""

    id: UUID
    number: int
    before: bool = False


def submit(
    db: Db,
    *,
    claim_id: UUID,
    within: Collection[UUID],
    by: UUID,
    now: datetime,
    once: UUID | None = None,
    accept: bool = False,
    version: int | None = None,
) -> Sent:
    """Send in a draft, or anew after the payer wanted something more.

    `once` is the form's number: sent twice, it is one submission. `accept` accepts the terms in the same step, which
    only who may can do; `version` is the claim as it was shown. Refuses, and writes nothing, while anything is in the
    way: of two people who send it in at once one does, and the other is told who did.
    """
    claim = held(db, claim_id, within)
    if once is not None:
        there = db.get(ClaimSubmission, once)
        if there is not None and there.claim_id == claim.id:
            return Sent(there.id, there.number, before=True)
    if claim.state not in OPEN_STATES:
        raise Refused(SENT_ALREADY, name=_who_sent(db, claim))
    lines = lines_in(db, claim.id)
    learners = {line.learner_id for line in lines}
    permission_id = use(db, claim, learners, action=Action.SUBMIT, deed=Deed.SUBMITTED, by=by, now=now)
    lock_learners(db, learners)
    if accept:
        accept_terms(db, claim_id=claim.id, within=within, by=by, now=now, version=version)
    checked = check(db, claim, now=now)
    in_the_way = sum(obstacle.blocks for obstacle in checked.obstacles)
    if in_the_way:
        raise Refused(IN_THE_WAY, count=in_the_way)
    _take(db, claim, checked.judged)
    return _freeze(db, claim, checked, id=once or uuid4(), by=by, permission_id=permission_id, now=now)


def _who_sent(db: Db, claim: Claim) -> str:
    latest = select(ClaimSubmission.by).where(ClaimSubmission.claim_id == claim.id)
    by = db.scalars(latest.order_by(ClaimSubmission.number.desc()).limit(1)).first()
    return people.person(db, by).name if by else N_("Somebody")


def _take(db: Db, claim: Claim, judged: Sequence[Judged]) -> None:
    """Hold what the duplicate rule names for these lines alone; whoever holds it already stands in the way."""
    claimant = claim.claimant_id or claim.claimant_person_id
    assert claimant is not None  # the table says so
    db.execute(delete(ClaimTaken).where(ClaimTaken.line_id.in_([each.line.id for each in judged])))
    keys = {
        key: each.line.id
        for each in judged
        if (
            key := taken_key(
                each.scheme.duplicate_rule,
                each.asked,
                learner=each.line.learner_id,
                scheme=claim.scheme,
                claimant=claimant,
            )
        )
    }
    for key, line_id in sorted(keys.items()):
        if not add_once(db, ClaimTaken(key=key, line_id=line_id)):
            raise Refused(DUPLICATE)


def _freeze(
    db: Db, claim: Claim, checked: Checked, *, id: UUID, by: UUID, permission_id: UUID | None, now: datetime
) -> Sent:
    before = select(func.count()).where(ClaimSubmission.claim_id == claim.id)
    number = db.scalars(before).one() + 1
    total = sum(each.verdict.amount for each in checked.judged)
    submission = ClaimSubmission(
        id=id,
        claim_id=claim.id,
        number=number,
        at=now,
        on_day=london_day(now),
        by=by,
        behalf_id=claim.claimant_id,
        acceptance_id=checked.accepted.id if checked.accepted else None,
        permission_id=permission_id,
        total_pence=total,
        justification=claim.justification,
    )
    db.add(submission)
    db.flush()
    digests = evidence.digests_of(db, checked.to_prove, on=london_day(now))
    db.add_all([_relied_on(submission.id, each, digests) for each in checked.judged])
    for each in checked.judged:
        note(each.line, each.asked, each.verdict)
    move(db, claim, ClaimState.SUBMITTED, reason="", by=by, now=now)
    facts = [
        ClaimSubmitted(
            about=each.line.learner_id,
            claim_id=claim.id,
            line_id=each.line.id,
            submission_id=submission.id,
            payable_pence=each.verdict.amount,
        )
        for each in checked.judged
    ]
    record_all(db, facts, by=by, now=now, behalf=claim.claimant_id)
    return Sent(submission.id, number)


def _relied_on(submission_id: UUID, each: Judged, digests: Mapping[UUID, list[dict[str, Any]]]) -> ClaimReliedOn:
    item = each.scheme.item(each.line.item)
    return ClaimReliedOn(
        id=uuid4(),
        submission_id=submission_id,
        line_id=each.line.id,
        rate_pence=item.max_amount_pence if item else each.line.rate_pence,
        payable_pence=each.verdict.amount,
        terms=terms_of(each.scheme, each.line.item),
        asked=asked_data(each.asked),
        verdict=each.verdict.as_data(),
        evidence=digests.get(each.line.id, []),
    )
