"""Forget what people typed about the money of claims whose records are over. Sums, days and references stay."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select, update

from lms.core.db import Db
from lms.funding.paying.models import Difference, Payment, RemittanceRow, Repayment


def forget(db: Db, claim_ids: Collection[UUID], *, now: datetime) -> frozenset[str]:  # noqa: ARG001  as every room that forgets
    """Take the typed notes and reasons away; no file goes, since a payer's list speaks of other claims as well."""
    ids = list(claim_ids)
    quietly = {"synchronize_session": False}
    for table in (Payment, Repayment):
        mine = select(table.remittance_id, table.row_number).where(
            table.claim_id.in_(ids), table.row_number.is_not(None)
        )
        rows = db.execute(mine).all()
        if rows:
            named = or_(*((RemittanceRow.remittance_id == r) & (RemittanceRow.number == n) for r, n in rows))
            db.execute(update(RemittanceRow).where(named).values(reason=""), execution_options=quietly)
    db.execute(update(Payment).where(Payment.claim_id.in_(ids)).values(note=""), execution_options=quietly)
    db.execute(update(Difference).where(Difference.claim_id.in_(ids)).values(reason=""), execution_options=quietly)
    return frozenset()
