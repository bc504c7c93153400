"""Write claims: open a draft, record what the training cost, withdraw. Services flush; whoever calls commits."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from pydantic import TypeAdapter
from sqlalchemy import CursorResult, select, update

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_text
from lms.core.types import Pence
from lms.core.words import N_, NotFound, Refused
from lms.funding.asked import Asked
from lms.funding.events import ClaimCostRecorded, ClaimDrafted, ClaimWithdrawn
from lms.funding.models import Claim, ClaimCost, ClaimMove
from lms.funding.queries import OPEN_STATES, SchemeVerdict
from lms.funding.rules import claimable
from lms.funding.scheme import Scheme
from lms.funding.trainings import Training
from lms.funding.vocabulary import MOVES, ClaimantKind, ClaimState

MOST_PENCE = 100_000_000
"""A million pounds: no training of one learner costs more; whoever types more has slipped."""

LONGEST_REASON = 500

CERTIFICATE_GONE = N_("The certificate it rested on was withdrawn.")
"""The reason of a withdrawal nobody made by hand; a message id, translated where it is shown."""

_ASKED = TypeAdapter(Asked)


def open_draft(db: Db, *, training: Training, found: SchemeVerdict, by: UUID | None, now: datetime) -> UUID | None:
    """Open a draft claim for a certified training that a scheme would pay.

    Returns the claim's id, or None when the same claim was opened before. The scheme's terms, the facts and the
    verdict are copied, so that what was relied on stays. Refuses what is not claimable or has no certificate.
    """
    item = found.scheme.item(found.asked.item)
    if item is None or not found.verdict.claimable:
        raise Refused(N_("This scheme does not pay for this training, so there is nothing to claim."))
    if training.certificate_id is None:
        raise Refused(N_("There is no certificate yet. A claim is opened when the certificate is issued."))
    row = Claim(
        id=uuid4(),
        scheme=found.scheme.code,
        scheme_edition=found.scheme.edition,
        item=item.code,
        part=found.asked.part,
        training=training.code,
        authority_id=training.authority.id,
        claimant_id=found.claimant.id if found.claimant else None,
        claimant_kind=found.asked.claimant or ClaimantKind.PERSONAL_ASSISTANT,
        learner_id=training.learner_id,
        enrolment_id=training.enrolment_id,
        certificate_id=training.certificate_id,
        rate_pence=item.max_amount_pence,
        rate_standing=item.amount_provenance,
        amount_at_most_pence=found.verdict.amount,
        terms=_terms(found.scheme, item.code),
        asked=_ASKED.dump_python(found.asked, mode="json"),
        verdict=found.verdict.as_data(),
        state=ClaimState.DRAFT,
        drafted_at=now,
    )
    if not add_once(db, row):
        return None
    db.add(ClaimMove(claim_id=row.id, came_from=None, went_to=ClaimState.DRAFT, by=by, at=now))
    db.flush()
    drafted = ClaimDrafted(about=row.learner_id, claim_id=row.id, scheme=row.scheme, item=row.item)
    record(db, drafted, by=by, now=now, behalf=row.claimant_id)
    return row.id


def _terms(scheme: Scheme, item: str) -> dict[str, Any]:
    """The scheme as it stands, with this one item: whole enough to think with, and no more."""
    kept = scheme.model_copy(update={"items": tuple(i for i in scheme.items if i.code == item), "cases": ()})
    return kept.model_dump(mode="json", by_alias=True)


def record_cost(
    db: Db,
    *,
    cost_id: UUID,
    claim_id: UUID,
    within: Collection[UUID],
    cost_pence: Pence,
    paid_on: date,
    by: UUID,
    now: datetime,
) -> None:
    """Record what the training really cost, in pence, and the day it was paid; says anew what is payable.

    `cost_id` is the form's once-only number: sent twice, it is recorded once. `within` are the authorities whose wall
    is open to whoever acts. Refuses a cost of nothing, a day to come, and a claim that was sent in already.
    """
    claim = _claim(db, claim_id, within)
    if claim.state not in OPEN_STATES:
        raise Refused(N_("This claim is not a draft any more, so its cost cannot be changed."))
    if not 0 < cost_pence <= MOST_PENCE:
        raise Refused(N_("Enter what the training cost, as an amount above £0.00 and up to £1,000,000.00."))
    today = london_day(now)
    if paid_on > today:
        raise Refused(N_("The day it was paid has to be today or in the past."))
    asked = replace(_ASKED.validate_python(claim.asked), cost_paid=cost_pence, paid_on=paid_on)
    verdict = claimable(Scheme.model_validate(claim.terms), asked, on=today)
    row = ClaimCost(
        id=cost_id,
        claim_id=claim.id,
        cost_pence=cost_pence,
        paid_on=paid_on,
        payable_pence=verdict.amount,
        verdict=verdict.as_data(),
        by=by,
        at=now,
    )
    if not add_once(db, row):
        there = db.get_one(ClaimCost, cost_id)
        if (there.claim_id, there.cost_pence, there.paid_on) != (claim.id, cost_pence, paid_on):
            raise Refused(N_("Something was saved from this page before. Open the page anew to add something else."))
        return
    fact = ClaimCostRecorded(
        about=claim.learner_id, claim_id=claim.id, cost_pence=cost_pence, paid_on=paid_on, payable_pence=verdict.amount
    )
    record(db, fact, by=by, now=now, behalf=claim.authority_id)


def withdraw(db: Db, *, claim_id: UUID, within: Collection[UUID], reason: str, by: UUID, now: datetime) -> None:
    """Withdraw a claim, with the reason. Refuses without one, and where the claim's state does not allow it."""
    claim = _claim(db, claim_id, within)
    said = clean_text(reason, LONGEST_REASON)
    if not said:
        raise Refused(N_("Say why you withdraw this claim."))
    _move(db, claim, ClaimState.WITHDRAWN, reason=said, by=by, now=now)
    fact = ClaimWithdrawn(about=claim.learner_id, claim_id=claim.id)
    record(db, fact, by=by, now=now, behalf=claim.authority_id)


def drop_drafts(db: Db, *, certificate_id: UUID, now: datetime) -> None:
    """Withdraw the drafts that rest on a certificate which counts no more. Claims that were sent in are left alone."""
    resting = select(Claim).where(Claim.certificate_id == certificate_id, Claim.state.in_(OPEN_STATES))
    for claim in db.scalars(resting).all():
        _move(db, claim, ClaimState.WITHDRAWN, reason=CERTIFICATE_GONE, by=None, now=now)
        record(
            db, ClaimWithdrawn(about=claim.learner_id, claim_id=claim.id), by=None, now=now, behalf=claim.claimant_id
        )


def _move(db: Db, claim: Claim, went_to: ClaimState, *, reason: str, by: UUID | None, now: datetime) -> None:
    came_from = claim.state
    if went_to not in MOVES[came_from]:
        raise Refused(N_("This claim has moved on already. Look at it again."))
    # One statement decides: of several people who move a claim at once, one does and the others are told.
    moved: CursorResult[Any] = db.execute(  # type: ignore[assignment]  # an UPDATE gives a cursor result
        update(Claim)
        .where(Claim.id == claim.id, Claim.state == came_from)
        .values(state=went_to)
        .execution_options(synchronize_session=False)
    )
    if not moved.rowcount:
        raise Refused(N_("This claim has moved on already. Look at it again."))
    db.refresh(claim)
    db.add(ClaimMove(claim_id=claim.id, came_from=came_from, went_to=went_to, reason=reason, by=by, at=now))
    db.flush()


def _claim(db: Db, claim_id: UUID, within: Collection[UUID]) -> Claim:
    found = db.scalar(select(Claim).where(Claim.id == claim_id, Claim.authority_id.in_(within)))
    if found is None:
        raise NotFound("claim")
    return found
