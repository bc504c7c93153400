"""Delete lists that were uploaded some time ago: what came of them stays, and so does their digest."""

from datetime import datetime, timedelta

from sqlalchemy import select

from lms.core.house import House
from lms.programme.intake import services
from lms.programme.intake.models import IntakeBatch
from lms.programme.intake.words import BUSY, OPEN, State

KEPT = timedelta(days=30)
"""How long an uploaded list is kept: long enough to look into it when somebody asks, and no longer."""
AT_ONCE = 50


def sweep(house: House, now: datetime) -> int:
    """Delete the files of old lists; a list that was never brought in is put away with that. How many."""
    old = (
        IntakeBatch.sha256.is_not(None),
        IntakeBatch.uploaded_at <= now - KEPT,
        IntakeBatch.state.not_in(BUSY),
    )
    with house.database.reading() as db:
        if db.scalar(select(IntakeBatch.id).where(*old).limit(1)) is None:
            return 0
    with house.database.writing() as db:
        rows = list(db.scalars(select(IntakeBatch).where(*old).limit(AT_ONCE).with_for_update()))
        for row in rows:
            if row.state in OPEN:
                row.state, row.ended_at = State.CLOSED, now
            services.let_go(db, house.files, row, now)
        return len(rows)
