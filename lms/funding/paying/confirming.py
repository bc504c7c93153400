"""Look at a remittance beside the claims, decide what does not agree, and write all of it down at once, or nothing."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import bindparam, select, update

from lms.core.db import Db, add_once
from lms.core.events import record_all
from lms.core.spelling import clean_text
from lms.core.types import Pence
from lms.core.words import N_, NotFound, Refused
from lms.funding.claims import money
from lms.funding.claims import services as claims
from lms.funding.claims.money import LineMoney
from lms.funding.paying import queries
from lms.funding.paying.events import DifferenceSettled, MoneyReceived, MoneyRepaid
from lms.funding.paying.matching import Decided, Due, Known, Matched, Read, Tally, match, tally
from lms.funding.paying.models import (
    LONGEST_REASON,
    Difference,
    Payment,
    PaymentTurn,
    Remittance,
    RemittanceRow,
    Repayment,
)
from lms.funding.paying.uploading import OVER, open_one, read_of, rows_of
from lms.funding.paying.words import BY_ITSELF, Choice, Settled
from lms.funding.vocabulary import ClaimState

TAKES_MONEY = frozenset({ClaimState.APPROVED, ClaimState.PAID})

_CHANGED = N_("Something changed since you looked at this remittance. Look at it again before you confirm it.")
_UNDECIDED = N_("Rows still wait for a decision: %(rows)s. Nothing was written down.")
_NO_ROWS = N_("Say first which column of the file says what.")
_NOT_THIS = N_("This cannot be decided about this row. Look at it again.")
_SAY_WHY = N_("Say why you decide so. Whoever checks the books reads it.")


@dataclass(frozen=True)
class Looked:
    """A remittance beside the claims as they stand now. `seen` spells it; what is confirmed is what was seen."""

    matched: tuple[Matched, ...]
    tally: Tally
    lines: dict[UUID, LineMoney]

    @property
    def seen(self) -> str:
        """A digest of every row with what it comes to and what would happen to it."""
        return sha256("|".join(f"{each.situation}{each.choice}" for each in self.matched).encode()).hexdigest()


def look(db: Db, remittance: Remittance | UUID, authority_id: UUID) -> Looked:
    """Match a remittance's rows to the claims of its authority as they stand. Whoever asks has looked at the wall."""
    remittance_id = remittance if isinstance(remittance, UUID) else remittance.id
    rows = rows_of(db, remittance_id)
    references = {row.reference for row in rows if row.reference}
    lines = money.lines_called(db, authority_id, references)
    decided = {row.number: Decided(row.choice, row.decided_for) for row in rows if row.choice is not None}
    before = _before(db, authority_id, references, remittance_id)
    matched = match([read_of(row) for row in rows], _known(db, lines), before, decided)
    return Looked(matched, tally(matched), {line.line_id: line for line in lines})


def _known(db: Db, lines: Sequence[LineMoney]) -> dict[str, Known]:
    by_claim: defaultdict[str, list[LineMoney]] = defaultdict(list)
    for line in lines:
        by_claim[line.reference].append(line)
    due = dues(db, lines)
    return {
        reference.casefold(): Known(
            each[0].claim_id, each[0].state in TAKES_MONEY, tuple(due[line.line_id] for line in each)
        )
        for reference, each in by_claim.items()
    }


def dues(db: Db, lines: Sequence[LineMoney]) -> dict[UUID, Due]:
    """How these lines stand: what was approved, came, was closed, was taken back and went back."""
    paid = queries.paid_of(db, [line.line_id for line in lines])
    return {
        line.line_id: Due(
            line_id=line.line_id,
            approved=line.approved_pence or 0,
            paid=paid[line.line_id].pence,
            closed=paid[line.line_id].closed_pence,
            recovered=line.recovered_pence,
            repaid=paid[line.line_id].repaid_pence,
        )
        for line in lines
    }


def _before(db: Db, authority_id: UUID, references: Collection[str], remittance_id: UUID) -> list[Read]:
    """Rows that were taken from remittances confirmed earlier and name one of these claims."""
    wanted = sorted(references)
    found: list[RemittanceRow] = []
    for at in range(0, len(wanted), 400):
        found += db.scalars(
            select(RemittanceRow)
            .join(Remittance, Remittance.id == RemittanceRow.remittance_id)
            .where(Remittance.authority_id == authority_id, Remittance.confirmed_at.is_not(None))
            .where(
                Remittance.id != remittance_id, RemittanceRow.taken, RemittanceRow.reference.in_(wanted[at : at + 400])
            )
        ).all()
    return [read_of(row) for row in found]


def decide(
    db: Db,
    *,
    remittance_id: UUID,
    number: int,
    within: Collection[UUID],
    choice: Choice,
    reason: str,
    situation: str,
    by: UUID,
    now: datetime,
) -> None:
    """Decide about one row, in the situation that the page showed; the reason stays with it.

    Refused without a reason where the choice is not what would happen by itself, for a choice that this row does not
    have, and when the row came to something else meanwhile.
    """
    remittance = open_one(db, remittance_id, within)
    found = {each.row.number: each for each in look(db, remittance, remittance.authority_id).matched}.get(number)
    if found is None:
        raise NotFound("row")
    if found.situation != situation:
        raise Refused(_CHANGED)
    if choice not in found.may:
        raise Refused(_NOT_THIS)
    said = clean_text(reason, LONGEST_REASON)
    if not said and choice is not BY_ITSELF.get(found.finding):
        raise Refused(_SAY_WHY)
    db.execute(
        update(RemittanceRow)
        .where(RemittanceRow.remittance_id == remittance_id, RemittanceRow.number == number)
        .values(choice=choice, reason=said, decided_for=situation, decided_by=by, decided_at=now)
    )
    db.flush()


def drop(db: Db, *, remittance_id: UUID, within: Collection[UUID], now: datetime) -> None:
    """Put a remittance away without writing anything of it down. Refused once it was confirmed."""
    open_one(db, remittance_id, within).dropped_at = now
    db.flush()


def confirm(db: Db, *, remittance_id: UUID, within: Collection[UUID], seen: str, by: UUID, now: datetime) -> Tally:
    """Write down every row that is taken, as it was `seen`, and mark its claims; all of it, or nothing.

    Refused while a row waits for a decision, when anything changed since it was seen, and when the same file was
    confirmed by somebody else a moment before.
    """
    row = open_one(db, remittance_id, within)
    take_turn(db, row.authority_id)
    looked = look(db, row, row.authority_id)
    if not looked.matched:
        raise Refused(_NO_ROWS)
    if looked.tally.undecided:
        raise Refused(_UNDECIDED, rows=looked.tally.undecided)
    if looked.seen != seen:
        raise Refused(_CHANGED)
    row.confirmed_at, row.confirmed_by, row.taken_as = now, by, row.sha256
    taken = [each for each in looked.matched if each.choice in _TAKEN]
    _say_found(db, row, looked)
    _write(db, row, taken, looked, by=by, now=now)
    _close(db, row, taken, looked, by=by, now=now)
    touched = {line_id for each in looked.matched if each.taken > 0 for line_id, _ in each.shares}
    closed = {line_id for each in looked.matched for line_id, _ in each.closes}
    settle(db, touched | closed, by=by, now=now)
    return looked.tally


_TAKEN = frozenset({Choice.TAKE, Choice.TAKE_AND_CLOSE})
_FOUND = (
    update(RemittanceRow)
    .where(RemittanceRow.remittance_id == bindparam("of"), RemittanceRow.number == bindparam("at_number"))
    .values(finding=bindparam("new_finding"), taken=bindparam("new_taken"))
    .execution_options(synchronize_session=False)
)


def _say_found(db: Db, row: Remittance, looked: Looked) -> None:
    """Keep with every row of the file what it came to: one statement, however many rows there are."""
    db.flush()
    found = [
        {"of": row.id, "at_number": each.row.number, "new_finding": each.finding, "new_taken": each.choice in _TAKEN}
        for each in looked.matched
    ]
    db.connection().execute(_FOUND, found)
    for kept in db.identity_map.values():
        if isinstance(kept, RemittanceRow):
            db.expire(kept, ["finding", "taken"])


def _write(db: Db, row: Remittance, taken: Sequence[Matched], looked: Looked, *, by: UUID, now: datetime) -> None:
    """The payments of all rows that are taken, or what went back, with their facts: all of them at once."""
    rows: list[Payment | Repayment] = []
    facts: list[MoneyReceived | MoneyRepaid] = []
    for each in taken:
        for line_id, pence in each.shares:
            written, fact = _moved(row, each, looked.lines[line_id], pence, by=by, now=now)
            rows.append(written)
            facts.append(fact)
    db.add_all(rows)
    db.flush()
    record_all(db, facts, by=by, now=now, behalf=row.authority_id)


def _moved(
    row: Remittance, each: Matched, line: LineMoney, pence: Pence, *, by: UUID, now: datetime
) -> tuple[Payment | Repayment, MoneyReceived | MoneyRepaid]:
    """What one row moved for one line, and its fact."""
    assert each.row.pence is not None and each.row.paid_on is not None  # noqa: PT018  a taken row was read
    id = uuid4()
    kept = {
        "id": id,
        "authority_id": row.authority_id,
        "claim_id": line.claim_id,
        "line_id": line.line_id,
        "pence": pence,
        "paid_on": each.row.paid_on,
        "reference": each.row.payment,
        "remittance_id": row.id,
        "row_number": each.row.number,
        "by": by,
        "at": now,
    }
    about = {"about": line.learner_id, "claim_id": line.claim_id, "line_id": line.line_id, "pence": pence}
    if each.row.pence < 0:
        repaid = MoneyRepaid(**about, repayment_id=id, paid_on=each.row.paid_on)  # type: ignore[arg-type]
        return Repayment(**kept), repaid
    came = MoneyReceived(**about, payment_id=id, paid_on=each.row.paid_on, remittance_id=row.id)  # type: ignore[arg-type]
    return Payment(**kept), came


def _close(db: Db, row: Remittance, taken: Sequence[Matched], looked: Looked, *, by: UUID, now: datetime) -> None:
    """The rests that somebody closed together with a part payment, with the reasons they gave."""
    closing = [each for each in taken if each.closes]
    if not closing:
        return
    wanted = select(RemittanceRow.number, RemittanceRow.reason).where(RemittanceRow.remittance_id == row.id)
    reasons = {kept.number: kept.reason for kept in db.execute(wanted)}
    facts = [
        close(
            db,
            looked.lines[line_id],
            Settled.REST_CLOSED,
            pence,
            reasons[each.row.number],
            id=uuid4(),
            by=by,
            now=now,
        )
        for each in closing
        for line_id, pence in each.closes
    ]
    db.flush()
    record_all(db, facts, by=by, now=now, behalf=row.authority_id)


def close(
    db: Db, line: LineMoney, how: Settled, pence: int, reason: str, *, id: UUID, by: UUID, now: datetime
) -> DifferenceSettled:
    """Add the row of a closed difference; gives the fact to record."""
    db.add(
        Difference(
            id=id, claim_id=line.claim_id, line_id=line.line_id, how=how, pence=pence, reason=reason, by=by, at=now
        )
    )
    return DifferenceSettled(
        about=line.learner_id, claim_id=line.claim_id, line_id=line.line_id, how=how.value, pence=pence
    )


def settle(db: Db, line_ids: Collection[UUID], *, by: UUID, now: datetime) -> None:
    """Tell the claims what came for these lines so far, and which of all their lines wait for nothing more."""
    if not line_ids:
        return
    db.flush()
    lines = money.lines_with(db, line_ids)
    paid = queries.paid_of(db, line_ids)
    whole = money.lines_beside(db, {each.claim_id for each in lines.values()})
    closed = {line_id for line_id, each in queries.paid_of(db, whole).items() if each.closed_pence}
    amounts = {line_id: each.pence for line_id, each in paid.items()}
    claims.mark_paid(db, amounts, settled=closed, by=by, now=now)


def take_turn(db: Db, authority_id: UUID) -> None:
    """Wait until no other payments of this authority are being written, and keep others waiting until the end."""
    mine = update(PaymentTurn).where(PaymentTurn.authority_id == authority_id).values(turn=PaymentTurn.turn + 1)
    quietly = mine.execution_options(synchronize_session=False)
    if not db.execute(quietly).rowcount:  # type: ignore[attr-defined]  # an UPDATE gives a cursor result
        add_once(db, PaymentTurn(authority_id=authority_id, turn=0))
        db.execute(quietly)


__all__ = ["OVER", "Looked", "confirm", "decide", "drop", "look"]
