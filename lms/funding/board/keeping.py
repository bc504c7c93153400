"""Keep claims in short: summed up with every fact about them, and looked at for what stands in their way.

The sums are written in the transaction of the fact. What stands in the way takes more asking and changes with the
calendar: the worker looks, within a minute of a fact and once a day, in short turns of the writer.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, func, insert, or_, select, update

from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.core.house import House
from lms.funding.board.models import ClaimInShort
from lms.funding.board.risks import NO_RISK, Risk, risks_of
from lms.funding.board.rules import TO_DO, Sums, amount_in, deadline_in
from lms.funding.board.touching import take
from lms.funding.claims.models import Claim, ClaimLine

AT_ONCE = 500
LOOKED_AT_ONCE = 100
"""Claims looked at together, and then written in one turn of the writer."""


def settle(db: Db) -> None:
    """Sum up again every claim a fact of this unit of work was about: once, just before its commit."""
    touched = take(db)
    if touched is None:
        return
    every = sorted(touched[0])
    for start in range(0, len(every), AT_ONCE):
        sum_up(db, every[start : start + AT_ONCE])


def sum_up(db: Db, claim_ids: Sequence[UUID]) -> None:
    """Write what these claims come to now. What stands in their way is looked at again by the worker."""
    there = {row[0] for row in columns(db, _THERE, {"claim_ids": list(claim_ids)})}
    rows = [_values(row) for row in columns(db, _SUMS, {"claim_ids": list(claim_ids)})]
    connection = db.connection()
    known = [{f"new_{name}": value for name, value in row.items()} for row in rows if row["claim_id"] in there]
    if known:
        connection.execute(_AGAIN, known)
    new = [{**row, "risk": "", "ask": "", "looked_on": None, "turn": 0} for row in rows if row["claim_id"] not in there]
    if new:
        connection.execute(insert(ClaimInShort), new)


def _values(row: Any) -> dict[str, Any]:
    sums = Sums(
        lines=row.lines,
        payable=int(row.payable),
        approved=int(row.approved),
        paid=int(row.paid),
        recovered=int(row.recovered),
        last_day=row.last_day,
    )
    return {
        "claim_id": row.id,
        "authority_id": row.authority_id,
        "scheme": row.scheme,
        "state": row.state,
        "since": london_day(row.state_since),
        "lines": sums.lines,
        "amount_pence": amount_in(row.state, sums),
        "deadline_on": deadline_in(row.state, sums),
    }


_THERE = select(ClaimInShort.claim_id).where(ClaimInShort.claim_id.in_(bindparam("claim_ids", expanding=True)))
_SUMS = (
    select(
        Claim.id,
        Claim.authority_id,
        Claim.scheme,
        Claim.state,
        Claim.state_since,
        func.count(ClaimLine.id).label("lines"),
        func.coalesce(func.sum(ClaimLine.payable_pence), 0).label("payable"),
        func.coalesce(func.sum(ClaimLine.approved_pence), 0).label("approved"),
        func.coalesce(func.sum(ClaimLine.paid_pence), 0).label("paid"),
        func.coalesce(func.sum(ClaimLine.recovered_pence), 0).label("recovered"),
        func.min(ClaimLine.last_day).label("last_day"),
    )
    .outerjoin(ClaimLine, and_(ClaimLine.claim_id == Claim.id, ClaimLine.taken_out_at.is_(None)))
    .where(Claim.id.in_(bindparam("claim_ids", expanding=True)))
    .group_by(Claim.id)
)
_KEPT = ("authority_id", "scheme", "state", "since", "lines", "amount_pence", "deadline_on")
_AGAIN = (
    update(ClaimInShort)
    .where(ClaimInShort.claim_id == bindparam("new_claim_id"))
    .values({**{name: bindparam(f"new_{name}") for name in _KEPT}, "looked_on": None, "turn": ClaimInShort.turn + 1})
    .execution_options(synchronize_session=False)
)


def sweep(house: House, now: datetime) -> None:
    """Each minute: sum up claims that never were, and look at those that have to be looked at, all of them."""
    while _sum_up_missing(house):
        pass
    while _look(house, now):
        pass


def _sum_up_missing(house: House) -> bool:
    with house.database.reading() as db:
        ids = [row[0] for row in columns(db, _MISSING, {})]
    if ids:
        with house.database.writing() as db:
            sum_up(db, ids)
    return bool(ids)


_MISSING = (
    select(Claim.id)
    .outerjoin(ClaimInShort, ClaimInShort.claim_id == Claim.id)
    .where(ClaimInShort.claim_id.is_(None))
    .limit(AT_ONCE)
)


def _look(house: House, now: datetime) -> bool:
    """Look at some; what was seen of a claim about which a fact came in meanwhile is not written."""
    today = london_day(now)
    with house.database.reading() as db:
        rows = columns(db, _TO_LOOK, {"today": today}).all()  # turns before what is looked at
        found = risks_of(db, [row.claim_id for row in rows], now)
    if not rows:
        return False
    with house.database.writing() as db:
        db.connection().execute(_SEEN, [_seen(row, found.get(row.claim_id, NO_RISK), today) for row in rows])
    return True


def _seen(row: Any, risk: Risk, today: date) -> dict[str, Any]:
    return {"of": row.claim_id, "at_turn": row.turn, "new_risk": risk.code, "new_ask": risk.ask, "today": today}


_UNSEEN = or_(ClaimInShort.looked_on.is_(None), ClaimInShort.looked_on < bindparam("today"))
_TO_LOOK = (
    select(ClaimInShort.claim_id, ClaimInShort.turn)
    .where(_UNSEEN, or_(ClaimInShort.state.in_(TO_DO), ClaimInShort.looked_on.is_(None)))
    .limit(LOOKED_AT_ONCE)
)
_SEEN = (
    update(ClaimInShort)
    .where(ClaimInShort.claim_id == bindparam("of"), ClaimInShort.turn == bindparam("at_turn"))
    .values(risk=bindparam("new_risk"), ask=bindparam("new_ask"), looked_on=bindparam("today"))
    .execution_options(synchronize_session=False)
)
