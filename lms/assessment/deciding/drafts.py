"""Write drafts: decisions somebody is still thinking about. They may change, and are nobody's record."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Select, bindparam, delete, select

from lms.assessment import places
from lms.assessment.admission import admitted
from lms.assessment.closing import refuse_signed_off
from lms.assessment.deciding.deciding import Deciding, cleaned, pieces_of
from lms.assessment.deciding.latest import latest_of
from lms.assessment.deciding.models import DecisionDraft
from lms.assessment.deciding.rules import Five
from lms.assessment.evidence.rules import Way
from lms.assessment.rules import ANYBODY, Capacity
from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.learning import queries as learning


class Now(Enum):
    """Says that a draft was written with the latest decision in sight."""

    LATEST = "latest"


def draft(
    db: Db,
    *,
    enrolment_id: UUID,
    deciding: Deciding,
    by: UUID,
    now: datetime,
    way: Way = Way.PAGE,
    saw: UUID | Now | None = Now.LATEST,
    among: Collection[Capacity] = ANYBODY,
    language: str = "en",
) -> UUID:
    """Keep what somebody thinks of deciding on a line; returns the draft. A later one of theirs takes its place.

    It may still lack anything: what it needs is asked when it is finalised. `saw` is the line's latest decision in
    their sight, for what was written without a signal. Raises NotFound for strangers, other lines and other pieces;
    refused for one's own work, after the learner has left, and for a unit that is signed off.
    """
    enrolment = learning.enrolment(db, enrolment_id)
    (placed, _line) = places.lines_of(db, enrolment, [deciding.line])[deciding.line]
    unit = placed.unit.code
    standing = admitted(db, enrolment, by=by, on=london_day(now), now=now, among=among, units=[unit])
    deciding = cleaned(deciding)
    pieces_of(db, enrolment_id, [deciding])
    places.hold(db, enrolment, unit, now=now)
    refuse_signed_off(db, enrolment_id, unit, standing=standing, by=by, language=language)
    if isinstance(saw, Now):
        latest = latest_of(db, enrolment_id).get(deciding.line)
        saw = latest.id if latest else None
    row = db.scalar(_mine(enrolment_id, by).where(DecisionDraft.line == deciding.line))
    if row is None:
        row = DecisionDraft(id=uuid4(), enrolment_id=enrolment_id, line=deciding.line, by=by)
        db.add(row)
    row.unit, row.learner_id = unit, enrolment.learner_id
    row.judgement, row.reason, row.feedback = deciding.judgement, deciding.reason, deciding.feedback
    row.rests_on, row.beside = deciding.rests_on, [str(each) for each in deciding.beside]
    row.valid, row.authentic, row.reliable = deciding.five.valid, deciding.five.authentic, deciding.five.reliable
    row.current, row.sufficient = deciding.five.current, deciding.five.sufficient
    row.saw, row.way, row.updated_at = saw, way, now
    db.flush()
    return row.id


def drop_draft(db: Db, *, enrolment_id: UUID, line: str, by: UUID) -> None:
    """Forget somebody's own draft of a line; none there changes nothing."""
    mine = (DecisionDraft.enrolment_id == enrolment_id, DecisionDraft.by == by, DecisionDraft.line == line)
    db.execute(delete(DecisionDraft).where(*mine))


def own_drafts(db: Db, enrolment_id: UUID, by: UUID, lines: Collection[str] | None) -> Sequence[Any]:
    """Somebody's drafts for a learner, of these lines or all, in order of the lines: their columns. One query."""
    mine: dict[str, object] = {"enrolment_id": enrolment_id, "person_id": by}
    if lines is None:
        return columns(db, _OWN, mine).all()
    return columns(db, _OWN_OF_LINES, {**mine, "lines": list(lines)}).all()


_OWN = (
    select(*DecisionDraft.__table__.c)
    .where(DecisionDraft.enrolment_id == bindparam("enrolment_id"), DecisionDraft.by == bindparam("person_id"))
    .order_by(DecisionDraft.unit, DecisionDraft.line)
)
_OWN_OF_LINES = _OWN.where(DecisionDraft.line.in_(bindparam("lines", expanding=True)))


def of_draft(row: Any) -> Deciding:
    """What a draft says."""
    return Deciding(
        line=row.line,
        judgement=row.judgement,
        reason=row.reason,
        feedback=row.feedback,
        rests_on=row.rests_on,
        beside=tuple(UUID(each) for each in row.beside),
        five=Five(row.valid, row.authentic, row.reliable, row.current, row.sufficient),
    )


def _mine(enrolment_id: UUID, by: UUID) -> Select[DecisionDraft]:
    return select(DecisionDraft).where(DecisionDraft.enrolment_id == enrolment_id, DecisionDraft.by == by)
