"""Money that came in for a claim, and money the payer takes back. Payments themselves are another room's rows."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from lms.core.db import Db, add_once
from lms.core.events import record, record_all
from lms.core.types import Pence
from lms.core.words import N_, NotFound, Refused
from lms.funding.claims.events import ClaimPaid, ClaimRecovered
from lms.funding.claims.models import Claim, ClaimLine, ClaimRecovery
from lms.funding.claims.moving import MOVED_ON, held, lines_in, move, reason_in
from lms.funding.claims.withdrawing import let_go
from lms.funding.vocabulary import ClaimState

SETTLING = (ClaimState.APPROVED, ClaimState.PAID)


def mark_paid(db: Db, paid: Mapping[UUID, Pence], *, settled: Collection[UUID] = (), by: UUID, now: datetime) -> None:
    """Say what came in for lines so far, in pence, all payments together; told again it changes nothing.

    A claim is paid when every approved line has its money or is among `settled`, such as one that a person closed
    with a reason; until then it stays approved, and the part payments are shown. The caller, who keeps the payments,
    has looked at the wall. Refuses lines of claims that are not approved, and less
    than was taken back already.
    """
    by_claim: defaultdict[UUID, list[UUID]] = defaultdict(list)
    told = {*paid, *settled}
    for line in db.scalars(select(ClaimLine).where(ClaimLine.id.in_(told))):
        by_claim[line.claim_id].append(line.id)
    if sum(map(len, by_claim.values())) != len(told):
        raise NotFound("line")
    for claim_id in sorted(by_claim, key=lambda id: id.hex):
        claim = db.get_one(Claim, claim_id, with_for_update=True, populate_existing=True)
        if claim.state not in SETTLING:
            raise Refused(N_("Only approved claims are paid."))
        _mark(db, claim, paid, settled, by=by, now=now)


def _mark(
    db: Db, claim: Claim, paid: Mapping[UUID, Pence], settled: Collection[UUID], *, by: UUID, now: datetime
) -> None:
    facts, lines = [], lines_in(db, claim.id)
    for line in lines:
        pence = paid.get(line.id, line.paid_pence)
        if pence < line.recovered_pence:
            raise Refused(N_("More was taken back for a line than would be paid for it."))
        if pence != line.paid_pence:
            line.paid_pence = pence
            facts.append(ClaimPaid(about=line.learner_id, claim_id=claim.id, line_id=line.id, paid_pence=pence))
    db.flush()
    done = all(line.paid_pence >= (line.approved_pence or 0) or line.id in settled for line in lines)
    if done and claim.state is ClaimState.APPROVED:
        move(db, claim, ClaimState.PAID, reason="", by=by, now=now)
    record_all(db, facts, by=by, now=now, behalf=claim.authority_id)


def recover(
    db: Db,
    *,
    recovery_id: UUID,
    line_id: UUID,
    within: Collection[UUID],
    pence: Pence,
    reason: str,
    by: UUID,
    now: datetime,
) -> None:
    """The payer takes back money that was paid for a line: all of it or a part, with the reason.

    `recovery_id` is the form's number: sent twice, it is recorded once. The claim is recovered when all that was paid
    for it was taken back. Refuses more than is left of what was paid.
    """
    line = db.get(ClaimLine, line_id)
    if line is None:
        raise NotFound("line")
    claim = held(db, line.claim_id, within)
    db.refresh(line)
    if db.get(ClaimRecovery, recovery_id) is not None:
        return
    if claim.state not in SETTLING:
        raise Refused(MOVED_ON)
    said = reason_in(reason, N_("Say why the money is taken back."))
    if not 0 < pence <= line.paid_pence - line.recovered_pence:
        raise Refused(N_("Enter an amount above £0.00 that is not more than what was paid and not taken back yet."))
    if not add_once(db, ClaimRecovery(id=recovery_id, line_id=line.id, pence=pence, reason=said, by=by, at=now)):
        return
    line.recovered_pence += pence
    db.flush()
    lines = lines_in(db, claim.id)
    done = claim.state is ClaimState.PAID or all(each.paid_pence >= (each.approved_pence or 0) for each in lines)
    if done and all(each.recovered_pence == each.paid_pence for each in lines):
        move(db, claim, ClaimState.RECOVERED, reason=said, by=by, now=now)
        let_go(db, [each.id for each in lines])
    fact = ClaimRecovered(
        about=line.learner_id, claim_id=claim.id, line_id=line.id, recovered_pence=line.recovered_pence
    )
    record(db, fact, by=by, now=now, behalf=claim.authority_id)
