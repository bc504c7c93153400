"""Write down by hand: money that came, money that went back, and differences that are closed with a reason."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_text, visible
from lms.core.types import Pence
from lms.core.words import N_, NotFound, Refused
from lms.funding.claims import money
from lms.funding.claims.money import LineMoney
from lms.funding.paying import queries
from lms.funding.paying.confirming import TAKES_MONEY, close, dues, settle, take_turn
from lms.funding.paying.events import MoneyReceived, MoneyRepaid
from lms.funding.paying.matching import Due
from lms.funding.paying.models import LONGEST_REASON, LONGEST_REFERENCE, Difference, Payment, Repayment
from lms.funding.paying.typed import MOST_PENCE
from lms.funding.paying.words import Settled

_NOT_TO_COME = N_("Money that has not come yet cannot be written down. Choose today or an earlier day.")
_NOT_APPROVED = N_("Money is only written down for approved claims.")
_AMOUNT = N_("Enter an amount above £0.00.")
_SAY_WHY_MORE = N_("This is more than is waited for. Say in the note why it came.")
_NOT_RECOVERED = N_("Enter no more than was taken back and has not gone back yet.")
_NOTHING_OPEN = N_("There is no such difference any more. Look at the payments again.")
_SAY_WHY = N_("Say why this is settled. Whoever checks the books reads it.")


def receive(
    db: Db,
    *,
    once: UUID,
    line_id: UUID,
    within: Collection[UUID],
    pence: Pence,
    paid_on: date,
    reference: str,
    note: str,
    by: UUID,
    now: datetime,
) -> None:
    """Money came in for a line. Sent twice, it is written down once; more than is waited for needs a note."""
    line, due = _own(db, line_id, within)
    if db.get(Payment, once) is not None:
        return
    said = clean_text(note, LONGEST_REASON)
    if line.state not in TAKES_MONEY or not line.approved_pence:
        raise Refused(_NOT_APPROVED)
    _refuse_wrong(pence, paid_on, now)
    if pence > due.to_come and not said:
        raise Refused(_SAY_WHY_MORE)
    payment = Payment(
        id=once,
        authority_id=line.authority_id,
        claim_id=line.claim_id,
        line_id=line_id,
        pence=pence,
        paid_on=paid_on,
        reference=_reference(reference),
        note=said,
        by=by,
        at=now,
    )
    if not add_once(db, payment):
        return
    fact = MoneyReceived(
        about=line.learner_id,
        claim_id=line.claim_id,
        line_id=line_id,
        payment_id=once,
        pence=pence,
        paid_on=paid_on,
        remittance_id=None,
    )
    record(db, fact, by=by, now=now, behalf=line.authority_id)
    settle(db, [line_id], by=by, now=now)


def give_back(
    db: Db,
    *,
    once: UUID,
    line_id: UUID,
    within: Collection[UUID],
    pence: Pence,
    paid_on: date,
    reference: str,
    by: UUID,
    now: datetime,
) -> None:
    """Money that the payer took back went back to it. Refused: more than was taken back and is still here."""
    line, due = _own(db, line_id, within)
    if db.get(Repayment, once) is not None:
        return
    _refuse_wrong(pence, paid_on, now)
    if pence > due.to_go_back:
        raise Refused(_NOT_RECOVERED)
    repayment = Repayment(
        id=once,
        authority_id=line.authority_id,
        claim_id=line.claim_id,
        line_id=line_id,
        pence=pence,
        paid_on=paid_on,
        reference=_reference(reference),
        by=by,
        at=now,
    )
    if add_once(db, repayment):
        fact = MoneyRepaid(
            about=line.learner_id,
            claim_id=line.claim_id,
            line_id=line_id,
            repayment_id=once,
            pence=pence,
            paid_on=paid_on,
        )
        record(db, fact, by=by, now=now, behalf=line.authority_id)


def settle_difference(
    db: Db,
    *,
    once: UUID,
    line_id: UUID,
    within: Collection[UUID],
    how: Settled,
    reason: str,
    by: UUID,
    now: datetime,
) -> None:
    """Close what is still waited for, or let what came too much be kept, with a reason. Done twice, it counts once."""
    line, due = _own(db, line_id, within)
    if db.get(Difference, once) is not None:
        return
    said = clean_text(reason, LONGEST_REASON)
    if not said:
        raise Refused(_SAY_WHY)
    if line.state not in TAKES_MONEY:
        raise Refused(_NOT_APPROVED)
    pence = due.to_come if how is Settled.REST_CLOSED else over_of(db, [due])[line_id]
    if not pence:
        raise Refused(_NOTHING_OPEN)
    record(db, close(db, line, how, pence, said, id=once, by=by, now=now), by=by, now=now, behalf=line.authority_id)
    if how is Settled.REST_CLOSED:
        settle(db, [line_id], by=by, now=now)


def over_of(db: Db, dues_: Collection[Due]) -> dict[UUID, Pence]:
    """What came above what was approved for each line, and was neither taken back nor settled yet."""
    kept = queries.paid_of(db, [due.line_id for due in dues_])
    return {
        due.line_id: max(0, due.paid - due.approved - due.recovered - kept[due.line_id].kept_pence) for due in dues_
    }


def _own(db: Db, line_id: UUID, within: Collection[UUID]) -> tuple[LineMoney, Due]:
    """A line behind one of these walls and how it stands, while no other payments of its authority are written."""
    found = money.lines_with(db, [line_id]).get(line_id)
    if found is None or found.authority_id not in within:
        raise NotFound("line")
    take_turn(db, found.authority_id)
    line = money.lines_with(db, [line_id])[line_id]
    return line, dues(db, [line])[line_id]


def _refuse_wrong(pence: Pence, paid_on: date, now: datetime) -> None:
    if not 0 < pence <= MOST_PENCE:
        raise Refused(_AMOUNT)
    if paid_on > london_day(now):
        raise Refused(_NOT_TO_COME)


def _reference(typed: str) -> str:
    return " ".join(visible(typed).split())[:LONGEST_REFERENCE]
