"""How long evidence waited for its first decision, and how many decisions there were, over a period: for a report."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from lms.assessment.deciding.models import Decision, DecisionEvidence
from lms.assessment.evidence.models import Evidence
from lms.core.clock import london_day
from lms.core.db import Db, columns


class Waited(NamedTuple):
    """One piece of evidence: whose it is, how many whole days it waited, and the day of its first decision."""

    learner_id: UUID
    days: int
    decided_on: date


def waited_in(db: Db, authority_id: UUID, first: date, last: date) -> list[Waited]:
    """Every piece first decided on in a period, all days included. Two queries.

    What an assessor wrote down and decided on themself did not wait for anybody, so it is left out.
    """
    values = {"authority_id": authority_id, "until": _morning_after(last)}
    rows = [*columns(db, _RESTS_ON, values), *columns(db, _BESIDE, values)]
    earliest: dict[UUID, Any] = {}
    for row in sorted(rows, key=lambda each: each.at):
        earliest.setdefault(row.id, row)
    return [
        Waited(row.learner_id, max((london_day(row.at) - london_day(row.offered_at)).days, 0), london_day(row.at))
        for row in earliest.values()
        if row.by != row.decided_by and first <= london_day(row.at) <= last
    ]


def decided_in(db: Db, authority_id: UUID, first: date, last: date) -> list[UUID]:
    """The learner of every decision of a period, one for each decision. One query."""
    values = {"authority_id": authority_id, "until": _morning_after(last), "since": _morning_after(first, -1)}
    return [row.learner_id for row in _within(columns(db, _DECIDED, values), first, last)]


def _within(rows: Iterable[Any], first: date, last: date) -> Iterable[Any]:
    return (row for row in rows if first <= london_day(row.at) <= last)


def _morning_after(day: date, by: int = 2) -> datetime:
    """A moment that is surely outside the day, whatever the clock; what is too much is left out by its day."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=by)


_DECIDER = Decision.by.label("decided_by")
_PIECE = (Evidence.id, Evidence.learner_id, Evidence.offered_at, Evidence.by, Decision.at, _DECIDER)
_WHERE = (Decision.authority_id == bindparam("authority_id"), Decision.at < bindparam("until"))
_RESTS_ON: Select[*tuple[Any, ...]] = select(*_PIECE).join(Evidence, Evidence.id == Decision.rests_on).where(*_WHERE)
_BESIDE: Select[*tuple[Any, ...]] = (
    select(*_PIECE)
    .join(DecisionEvidence, DecisionEvidence.decision_id == Decision.id)
    .join(Evidence, Evidence.id == DecisionEvidence.evidence_id)
    .where(*_WHERE)
)
_DECIDED: Select[*tuple[Any, ...]] = select(Decision.learner_id, Decision.at).where(
    *_WHERE, Decision.at >= bindparam("since")
)
