"""Drafts: opened for a training that a scheme pays, and what is recorded in them before they are sent in."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import func, select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record, record_all
from lms.core.types import Pence
from lms.core.words import N_, NotFound, Refused
from lms.funding.asked import Asked
from lms.funding.claims import numbering
from lms.funding.claims.costs import cost_kind
from lms.funding.claims.events import ClaimCostRecorded, ClaimDrafted, ClaimLineAdded
from lms.funding.claims.models import Claim, ClaimCost, ClaimLearner, ClaimLine, ClaimMove
from lms.funding.claims.moving import held
from lms.funding.claims.once import opened_as
from lms.funding.claims.permitted import use
from lms.funding.claims.queries import OPEN_STATES
from lms.funding.claims.readings import asked_data, asked_from, scheme_from, terms_of
from lms.funding.claims.verdicts import SchemeVerdict
from lms.funding.permissions.rules import Action
from lms.funding.permissions.words import Deed
from lms.funding.reasons import Verdict
from lms.funding.rules import claimable
from lms.funding.scheme import ClaimItem, Scheme
from lms.funding.trainings import Training
from lms.funding.vocabulary import ClaimantKind, ClaimShape, ClaimState, EvidenceKind, Part

MOST_PENCE = 100_000_000
"""A million pounds: no training of one learner costs more; whoever types more has slipped."""


def open_draft(
    db: Db,
    *,
    training: Training,
    found: SchemeVerdict,
    by: UUID | None,
    now: datetime,
    claim_id: UUID | None = None,
    turn: int = 1,
) -> UUID | None:
    """Open a draft claim with one line for a certified training that a scheme would pay.

    Returns the claim's id, or None when the same claim was opened before. The scheme's terms, the facts and the
    verdict are copied, so that what was relied on stays. Refuses what is not claimable, and what neither a certificate
    nor a record of attendance shows.
    """
    item = found.scheme.item(found.asked.item)
    if item is None or not found.verdict.claimable:
        raise Refused(N_("This scheme does not pay for this training, so there is nothing to claim."))
    if (
        training.certificate_id is None
        and found.asked.part is Part.FULL
        and found.scheme.shape is not ClaimShape.APPLICATION
        and EvidenceKind.ATTENDANCE_RECORD not in (found.asked.evidence or ())
    ):
        raise Refused(N_("There is no certificate yet. A claim is opened when the certificate is issued."))
    year = london_day(now).year
    with db.begin_nested() as together:
        claim = Claim(
            id=claim_id or uuid4(),
            reference=numbering.next_reference(db, training.authority, year=year),
            shape=found.scheme.shape,
            scheme=found.scheme.code,
            scheme_edition=found.scheme.edition,
            scheme_title=found.scheme.title.model_dump(mode="json"),
            authority_id=training.authority.id,
            claimant_id=found.claimant.id if found.claimant else None,
            claimant_person_id=None if found.claimant else training.learner_id,
            claimant_kind=found.asked.claimant or ClaimantKind.PERSONAL_ASSISTANT,
            state=ClaimState.DRAFT,
            drafted_at=now,
            state_since=now,
            opened_by=by,
        )
        db.add(claim)
        db.add(ClaimMove(claim_id=claim.id, came_from=None, went_to=ClaimState.DRAFT, by=by, at=now))
        db.flush()
        line = line_of(
            claim,
            training,
            scheme=found.scheme,
            item=item,
            asked=found.asked,
            verdict=found.verdict,
            turn=turn,
            by=by,
            now=now,
        )
        if not add_once(db, line):
            together.rollback()
            return None
    add_once(db, ClaimLearner(learner_id=training.learner_id))
    tell_of_line(db, claim, line, by=by, now=now, opens=True)
    return claim.id


def line_of(
    claim: Claim,
    training: Training,
    *,
    scheme: Scheme,
    item: ClaimItem,
    asked: Asked,
    verdict: Verdict,
    turn: int,
    by: UUID | None,
    now: datetime,
    first_line_id: UUID | None = None,
    follows_line_id: UUID | None = None,
) -> ClaimLine:
    """A new line as it is first read; the caller adds it."""
    claimant = claim.claimant_id or claim.claimant_person_id
    assert claimant is not None  # the table says so
    part = asked.part if asked.part in {Part.FIRST, Part.SECOND} else Part.FULL
    once = opened_as(
        learner=training.learner_id,
        scheme=scheme.code,
        item=item.code,
        training=training.code,
        part=part,
        claimant=claimant,
        turn=turn,
    )
    line = ClaimLine(
        id=uuid4(),
        claim_id=claim.id,
        opened_as=once,
        learner_id=training.learner_id,
        scheme=scheme.code,
        training=training.code,
        item=item.code,
        item_title=item.title.model_dump(mode="json"),
        part=part,
        enrolment_id=training.enrolment_id,
        certificate_id=training.certificate_id,
        first_line_id=first_line_id,
        follows_line_id=follows_line_id,
        rate_pence=item.max_amount_pence,
        rate_standing=item.amount_provenance,
        amount_at_most_pence=verdict.amount,
        credits=asked.credits,
        days=None if asked.days is None else str(asked.days),
        terms=terms_of(scheme, item.code),
        added_at=now,
        added_by=by,
    )
    note(line, asked, verdict)
    return line


def note(line: ClaimLine, asked: Asked, verdict: Verdict) -> None:
    """What was asked last and what came of it, on the line of a draft."""
    line.asked = asked_data(asked)
    line.verdict = verdict.as_data()
    line.payable_pence = verdict.amount
    line.counts_pence = counted(line.part, verdict)
    line.cost_known = verdict.cost_known
    line.last_day = verdict.deadline.on if verdict.deadline else None
    line.last_act = verdict.deadline.act if verdict.deadline else None


def counted(part: Part, verdict: Verdict) -> Pence:
    """What a line counts against yearly limits: of a first part the whole item, of a second part nothing more."""
    if not verdict.claimable or part is Part.SECOND:
        return 0
    return verdict.amount if part is Part.FULL else (verdict.first_part or 0) + (verdict.second_part or 0)


def tell_of_line(db: Db, claim: Claim, line: ClaimLine, *, by: UUID | None, now: datetime, opens: bool) -> None:
    """Record that a line stands, and that its claim was opened with it."""
    about, scheme, item = line.learner_id, claim.scheme, line.item
    added = ClaimLineAdded(
        about=about,
        claim_id=claim.id,
        line_id=line.id,
        scheme=scheme,
        item=item,
        part=line.part,
        follows_line_id=line.follows_line_id,
    )
    drafted = ClaimDrafted(about=about, claim_id=claim.id, scheme=scheme, item=item)
    record_all(db, [drafted, added] if opens else [added], by=by, now=now, behalf=claim.claimant_id)


def draft_line(db: Db, line_id: UUID, within: Collection[UUID]) -> tuple[Claim, ClaimLine]:
    """A line and its claim, behind one of these walls, held until the unit of work ends."""
    line = db.get(ClaimLine, line_id, populate_existing=True)
    if line is None:
        raise NotFound("line")
    claim = held(db, line.claim_id, within)
    db.refresh(line)
    if line.claim_id != claim.id or line.taken_out_at is not None:
        raise NotFound("line")
    return claim, line


def record_cost(
    db: Db,
    *,
    cost_id: UUID,
    line_id: UUID,
    within: Collection[UUID],
    cost_pence: Pence,
    paid_on: date | None,
    by: UUID,
    now: datetime,
) -> None:
    """Record what a line's training really cost, in pence, and the day it was paid; says anew what is payable.

    An application asks before anything is paid: there the cost is what was quoted, and there is no day.

    `cost_id` is the form's once-only number: sent twice, it is recorded once. `within` are the authorities whose wall
    is open to whoever acts. Refuses a cost of nothing, a day to come, and a claim that was sent in already.
    """
    claim, line = draft_line(db, line_id, within)
    if claim.state not in OPEN_STATES:
        raise Refused(N_("This claim is not a draft any more, so its cost cannot be changed."))
    if not 0 < cost_pence <= MOST_PENCE:
        raise Refused(N_("Enter what the training cost, as an amount above £0.00 and up to £1,000,000.00."))
    today, quoted = london_day(now), claim.shape is ClaimShape.APPLICATION
    if not quoted and (paid_on is None or paid_on > today):
        raise Refused(N_("The day it was paid has to be today or in the past."))
    use(db, claim, [line.learner_id], action=Action.PREPARE_APPLICATION, deed=Deed.COST_CHANGED, by=by, now=now)
    paid_on = None if quoted else paid_on
    cost = {"cost_quoted": cost_pence} if quoted else {"cost_paid": cost_pence, "paid_on": paid_on}
    scheme = scheme_from(line.terms)
    asked = replace(asked_from(line.asked), **cost)
    verdict = claimable(scheme, asked, on=today)
    row = ClaimCost(
        id=cost_id,
        line_id=line.id,
        what=cost_kind(scheme, line.item).value,
        cost_pence=cost_pence,
        paid_on=paid_on,
        payable_pence=verdict.amount,
        verdict=verdict.as_data(),
        by=by,
        at=now,
    )
    if not add_once(db, row):
        there = db.get_one(ClaimCost, cost_id)
        if (there.line_id, there.cost_pence, there.paid_on) != (line.id, cost_pence, paid_on):
            raise Refused(N_("Something was saved from this page before. Open the page anew to add something else."))
        return
    note(line, asked, verdict)
    claim.version += 1
    fact = ClaimCostRecorded(
        about=line.learner_id,
        claim_id=claim.id,
        line_id=line.id,
        cost_pence=cost_pence,
        paid_on=paid_on,
        payable_pence=verdict.amount,
    )
    record(db, fact, by=by, now=now, behalf=claim.authority_id)


class Same(NamedTuple):
    """What makes two lines ask for the same thing."""

    learner_id: UUID
    scheme: str
    item: str
    training: str
    part: Part
    claimant: UUID


def turns_of(db: Db, same: Same, *, live: bool) -> int:
    """How often the same thing was opened by the same claimant before; `live` counts only what still stands."""
    wanted = (
        select(func.count())
        .select_from(ClaimLine)
        .join(Claim, Claim.id == ClaimLine.claim_id)
        .where(ClaimLine.learner_id == same.learner_id, ClaimLine.scheme == same.scheme, ClaimLine.item == same.item)
        .where(ClaimLine.training == same.training, ClaimLine.part == same.part)
        .where(func.coalesce(Claim.claimant_id, Claim.claimant_person_id) == same.claimant)
    )
    if live:
        over = (ClaimState.WITHDRAWN, ClaimState.REJECTED, ClaimState.RECOVERED)
        wanted = wanted.where(Claim.state.not_in(over), ClaimLine.taken_out_at.is_(None))
    return db.scalars(wanted).one()


def next_turn(db: Db, *, training: Training, found: SchemeVerdict) -> int:
    """The turn under which a training can be asked for anew, after what was opened before has ended."""
    claimant = found.claimant.id if found.claimant else training.learner_id
    part = Part.FIRST if found.asked.part is Part.FIRST else Part.FULL
    same = Same(training.learner_id, found.scheme.code, found.asked.item, training.code, part, claimant)
    return turns_of(db, same, live=False) + 1
