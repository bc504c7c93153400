"""Write as a reader: each act looks anew at who one is to the learner today, then asks the writing room to do it."""

from datetime import datetime
from uuid import UUID

from lms.assessment.reading.queries import readable, scope_of
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import NotFound
from lms.learning.states import Judged
from lms.learning.writing import desk
from lms.people import queries as people
from lms.people.viewer import Viewer


def read_next(db: Db, *, by: UUID, now: datetime, module: str | None = None) -> UUID | None:
    """Open the text that has waited longest among those that are one's to read; None when nothing is free."""
    return desk.open_next(db, scope_of(db, _viewer(db, by, now), london_day(now)), now=now, module=module)


def open_text(db: Db, *, work_id: UUID, by: UUID, now: datetime) -> None:
    """Open one text for a while. Raises NotFound for a stranger; refused while somebody else has it open."""
    _admit(db, work_id, by, now)
    desk.open_text(db, work_id=work_id, by=by, now=now)


def put_back(db: Db, *, work_id: UUID, by: UUID, now: datetime) -> None:
    """Let others read a text one has open. Raises NotFound for a stranger."""
    _admit(db, work_id, by, now)
    desk.put_back(db, work_id=work_id, by=by, now=now)


def keep_draft(
    db: Db, *, work_id: UUID, version: int, judged: Judged | None, comment: str, by: UUID, now: datetime
) -> bool:
    """Keep what was typed so far; returns whether one still has the text. Raises NotFound for a stranger."""
    _admit(db, work_id, by, now)
    return desk.keep_draft(db, work_id=work_id, version=version, judged=judged, comment=comment, by=by, now=now)


def judge_text(
    db: Db,
    *,
    id: UUID,
    work_id: UUID,
    version: int,
    judged: Judged,
    comment: str,
    by: UUID,
    now: datetime,
    language: str = "en",
) -> UUID:
    """Say what one thinks of the version one has read; returns the reading's id, which is `id`.

    Raises NotFound for a stranger and for one's own text; refused as in desk.record_reading.
    """
    behalf = _admit(db, work_id, by, now)
    return desk.record_reading(
        db,
        id=id,
        work_id=work_id,
        version=version,
        judged=judged,
        comment=comment,
        by=by,
        behalf=behalf,
        now=now,
        language=language,
    )


def _admit(db: Db, work_id: UUID, by: UUID, now: datetime) -> UUID:
    """On whose behalf somebody reads a text today. Raises NotFound for a stranger."""
    _piece, _as, behalf = readable(db, _viewer(db, by, now), work_id, london_day(now))
    return behalf


def _viewer(db: Db, by: UUID, now: datetime) -> Viewer:
    found = people.viewer_of(db, by, london_day(now))
    if found is None:
        raise NotFound("text")
    return found
