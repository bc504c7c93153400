"""Read the decision of each line that could count, lean and in one query: for whatever writes beside it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.assessment.deciding.models import Decision, Review
from lms.assessment.deciding.rules import NOT_REVIEWED, Counts, ReviewOutcome, ReviewPart, counts
from lms.assessment.rules import Judgement
from lms.core.db import Db, columns


class Latest(NamedTuple):
    """The last finalised decision of a line, and whether it counts. A tuple: a learner has many."""

    id: UUID
    unit: str
    line: str
    turn: int
    judgement: Judgement
    by: UUID
    rests_on: UUID | None
    counts: Counts


# Put together once: every write asks them.
_EVERY = (
    select(
        Decision.enrolment_id,
        Decision.line,
        Decision.id,
        Decision.unit,
        Decision.turn,
        Decision.judgement,
        Decision.by,
        Decision.rests_on,
        Decision.needs_countersign,
        Decision.at,
        Review.part,
        Review.outcome,
    )
    .outerjoin(Review, Review.decision_id == Decision.id)
    .order_by(Decision.line, Decision.turn)
)
_DECISIONS = _EVERY.where(Decision.enrolment_id == bindparam("enrolment_id"))
_DECISIONS_IN = _EVERY.where(Decision.enrolment_id.in_(bindparam("enrolments", expanding=True)))


_REVIEWS = (
    select(Review.decision_id, Review.part, Review.outcome)
    .join(Decision, Decision.id == Review.decision_id)
    .where(Decision.enrolment_id == bindparam("enrolment_id"))
)


def reviews_of(db: Db, enrolment_id: UUID) -> Mapping[UUID, Mapping[ReviewPart, ReviewOutcome]]:
    """What reviewers said of an enrolment's decisions, by decision. One query."""
    found: dict[UUID, dict[ReviewPart, ReviewOutcome]] = {}
    for decision_id, part, outcome in columns(db, _REVIEWS, {"enrolment_id": enrolment_id}):
        found.setdefault(decision_id, {})[part] = outcome
    return found


def latest_of(db: Db, enrolment_id: UUID) -> dict[str, Latest]:
    """The last decision of each line of an enrolment that has one, by the line's key. One query."""
    return latest_and_when(columns(db, _DECISIONS, {"enrolment_id": enrolment_id}).all())[0]


def latest_in(db: Db, enrolment_ids: Collection[UUID]) -> dict[UUID, tuple[dict[str, Latest], dict[str, datetime]]]:
    """The same for each of several enrolments, and when each line was last decided on. One query."""
    rows: dict[UUID, list[Any]] = {id: [] for id in enrolment_ids}
    for row in columns(db, _DECISIONS_IN, {"enrolments": list(enrolment_ids)}).all():
        rows[row[0]].append(row)
    return {id: latest_and_when(found) for id, found in rows.items()}


def latest_and_when(found: Iterable[Any]) -> tuple[dict[str, Latest], dict[str, datetime]]:
    """Of one enrolment's decisions in order, the last of each line, and the latest moment of all that a line has."""
    rows, when = dict[str, Any](), dict[str, datetime]()
    said: dict[UUID, dict[ReviewPart, ReviewOutcome]] = {}
    for row in found:  # once for each review, and once without any; taken apart, since a learner has hundreds
        _enrolment, line, id, _unit, _turn, _judgement, _by, _rests_on, _needed, at, part, outcome = row
        rows[line] = row  # the last turn stays
        before = when.get(line)
        if before is None or at > before:
            when[line] = at
        if part is not None:
            said.setdefault(id, {})[part] = outcome
    return {line: _latest(row, said.get(row[2]) if said else None) for line, row in rows.items()}, when


def _latest(row: Any, said: Mapping[ReviewPart, ReviewOutcome] | None) -> Latest:
    _enrolment, line, id, unit, turn, judgement, by, rests_on, needed, *_more = row
    counting = counts(latest=True, needs_countersign=needed, reviews=said) if said else NOT_REVIEWED[True, needed]
    return Latest(id, unit, line, turn, judgement, by, rests_on, counting)
