"""The worker's part of a clearing: one claim after the other, each looked at anew, then the freed pages are wiped.

Each claim is a unit of work of its own. Whoever is killed in between leaves a clearing that goes on where it was.
"""

from contextlib import closing
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.dropping import drop_unless_needed
from lms.core.events import record
from lms.core.files import Files
from lms.core.house import House
from lms.funding.claims import keeping
from lms.funding.evidence import forgetting as evidence
from lms.funding.records import queries
from lms.funding.records.events import RecordsCleared
from lms.funding.records.models import ClearedClaim, RecordClearing
from lms.funding.records.services import forgetters
from lms.funding.records.words import ClearingState, Outcome


def clear(house: House, key: str, now: datetime) -> None:
    """Clear what a confirmed clearing lists, except what is held or not due by now. Twice is harmless."""
    clearing_id = UUID(key)
    while True:
        with house.database.writing() as db:
            if not _clear_one(db, house.files, clearing_id, now):
                break
    wipe(house)


def _clear_one(db: Db, files: Files, clearing_id: UUID, now: datetime) -> bool:
    """The next claim of a clearing; False when there is none. The clearing's row keeps new holds waiting meanwhile."""
    clearing = db.get(RecordClearing, clearing_id, with_for_update=True, populate_existing=True)
    if clearing is None or clearing.state is not ClearingState.CONFIRMED:
        return False
    wanted = select(ClearedClaim).where(ClearedClaim.clearing_id == clearing_id, ClearedClaim.outcome == Outcome.LISTED)
    row = db.scalars(wanted.order_by(ClearedClaim.reference).limit(1)).first()
    if row is None:
        clearing.state, clearing.done_at = ClearingState.DONE, now
        return False
    row.outcome, row.at = _outcome(db, clearing.authority_id, row.claim_id, now), now
    if row.outcome is Outcome.CLEARED:
        _forget(db, files, clearing, row, now)
    db.flush()
    return True


def _outcome(db: Db, authority_id: UUID, claim_id: UUID, now: datetime) -> Outcome:
    on = london_day(now)
    found = queries.one_due(db, authority_id, claim_id, on)
    if found is None:
        return Outcome.GONE
    if found.is_held:
        return Outcome.HELD
    return Outcome.CLEARED if found.due(on) else Outcome.NOT_DUE


def _forget(db: Db, files: Files, clearing: RecordClearing, row: ClearedClaim, now: datetime) -> None:
    learners = keeping.learners_left(db, clearing.authority_id, [row.claim_id], queries.CLEARED)
    gone = {digest for forget in forgetters(db) for digest in forget(db, [row.claim_id], now=now)}
    evidence.forget_numbers(db, learners, authority_id=clearing.authority_id, now=now)
    db.flush()
    row.files = sum(drop_unless_needed(db, files, digest, now=now) for digest in sorted(gone))
    assert clearing.confirmed_by is not None  # the table says so of a clearing that is being done
    fact = RecordsCleared(
        about=clearing.confirmed_by,
        authority_id=clearing.authority_id,
        clearing_id=clearing.id,
        claim_id=row.claim_id,
    )
    record(db, fact, by=None, now=now, behalf=clearing.authority_id)


def wipe(house: House) -> None:
    """Leave nothing of what was cleared where the database kept it.

    SQLite overwrites what is deleted (secure_delete, see core.db), and its log is written back and emptied here.
    PostgreSQL writes over old rows in time, by its own VACUUM.
    """
    engine = house.database.engine
    if engine.dialect.name == "postgresql":
        return
    with closing(engine.raw_connection()) as raw:  # outside of any transaction, where alone this can be done
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
