"""Keep the book of money: after every fact about a claim's money, what changed for its line, as one more entry."""

from datetime import datetime

from sqlalchemy import func, select

from lms.core.clock import london_day
from lms.core.db import Db
from lms.funding.budgets.models import MoneyEntry
from lms.funding.budgets.words import Entry
from lms.funding.claims import money
from lms.funding.claims.events import (
    ClaimApproved,
    ClaimCostRecorded,
    ClaimLineTakenOut,
    ClaimNeedsAction,
    ClaimPaid,
    ClaimRecovered,
    ClaimRejected,
    ClaimSubmitted,
    ClaimWithdrawn,
)
from lms.funding.claims.money import LineMoney
from lms.funding.paying import queries as paying
from lms.funding.paying.events import DifferenceSettled
from lms.funding.vocabulary import ClaimState

MoneyFact = (
    ClaimSubmitted
    | ClaimNeedsAction
    | ClaimCostRecorded
    | ClaimLineTakenOut
    | ClaimApproved
    | ClaimRejected
    | ClaimWithdrawn
    | ClaimPaid
    | ClaimRecovered
    | DifferenceSettled
)

_WHAT: dict[type[MoneyFact], Entry] = {
    ClaimSubmitted: Entry.ASKED,
    ClaimNeedsAction: Entry.ASKED,
    ClaimCostRecorded: Entry.ASKED,
    ClaimLineTakenOut: Entry.WITHDRAWN,
    ClaimApproved: Entry.APPROVED,
    ClaimRejected: Entry.REFUSED,
    ClaimWithdrawn: Entry.WITHDRAWN,
    ClaimPaid: Entry.PAID,
    ClaimRecovered: Entry.RECOVERED,
    DifferenceSettled: Entry.CLOSED,
}

_WAITING = {ClaimState.SUBMITTED, ClaimState.NEEDS_ACTION}
_GRANTED = {ClaimState.APPROVED, ClaimState.PAID, ClaimState.RECOVERED}

Amounts = tuple[int, int, int, int]
"""Waiting, approved, paid and recovered, in pence."""


def enter(db: Db, fact: MoneyFact, now: datetime) -> None:
    """Enter what a fact changed. Told again, or where nothing changed, nothing is entered.

    What is entered is the difference between how the line stands and what was entered for it before: so the entries
    of a line always add up to how it stands.
    """
    line = money.lines_with(db, [fact.line_id]).get(fact.line_id)
    if line is None:
        _let_go(db, fact, now)
        return
    closed = paying.paid_of(db, [line.line_id])[line.line_id].closed_pence
    stands, entered = standing_of(line, closed), _entered(db, line)
    waiting, approved, paid, recovered = (new - old for new, old in zip(stands, entered, strict=True))
    if not (waiting or approved or paid or recovered):
        return
    db.add(
        MoneyEntry(
            authority_id=line.authority_id,
            scheme=line.scheme,
            claimant_id=line.claimant_id,
            claim_id=line.claim_id,
            line_id=line.line_id,
            training=line.training,
            on_day=london_day(now),
            what=_WHAT[type(fact)],
            waiting_pence=waiting,
            approved_pence=approved,
            paid_pence=paid,
            recovered_pence=recovered,
            at=now,
        )
    )
    db.flush()


def _let_go(db: Db, fact: MoneyFact, now: datetime) -> None:
    """A line that was taken out of its claim asks for nothing more; it is entered as it was entered before."""
    before = select(MoneyEntry).where(MoneyEntry.line_id == fact.line_id).order_by(MoneyEntry.number)
    entries = db.scalars(before).all()
    sums = [sum(getattr(entry, name) for entry in entries) for name in _AMOUNTS]
    if not any(sums):
        return
    same = {name: getattr(entries[-1], name) for name in _ABOUT}
    taken = {name: -pence for name, pence in zip(_AMOUNTS, sums, strict=True)}
    db.add(MoneyEntry(**same, **taken, on_day=london_day(now), what=_WHAT[type(fact)], at=now))
    db.flush()


_AMOUNTS = ("waiting_pence", "approved_pence", "paid_pence", "recovered_pence")
_ABOUT = ("authority_id", "scheme", "claimant_id", "claim_id", "line_id", "training")


def standing_of(line: LineMoney, closed: int) -> Amounts:
    """How a line stands: a rest that was closed is approved no more, and what came too much counts as approved."""
    waiting = line.payable_pence if line.state in _WAITING else 0
    granted = max((line.approved_pence or 0) - closed, line.paid_pence) if line.state in _GRANTED else 0
    return waiting, granted, line.paid_pence, line.recovered_pence


def _entered(db: Db, line: LineMoney) -> Amounts:
    asked = select(
        func.coalesce(func.sum(MoneyEntry.waiting_pence), 0),
        func.coalesce(func.sum(MoneyEntry.approved_pence), 0),
        func.coalesce(func.sum(MoneyEntry.paid_pence), 0),
        func.coalesce(func.sum(MoneyEntry.recovered_pence), 0),
    )
    waiting, approved, paid, recovered = db.execute(asked.where(MoneyEntry.line_id == line.line_id)).one()
    return int(waiting), int(approved), int(paid), int(recovered)
