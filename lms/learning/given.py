"""Read answers: those that count, and where each came among what was given. Part of the queries of this room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select

from lms.core.db import Db
from lms.learning.models import Answer, Attempt
from lms.learning.moments import Place


def answers_in(db: Db, attempt_ids: Sequence[UUID]) -> dict[UUID, dict[str, tuple[str, ...]]]:
    """The answers that count, by attempt and question; questions whose answer was taken back are left out."""
    return {
        attempt: {question: each.options for question, each in given.items()}
        for attempt, given in counting_in(db, attempt_ids).items()
    }


@dataclass(frozen=True)
class GivenAnswer:
    """An answer with its own number and the moment it was given."""

    given_id: UUID
    options: tuple[str, ...]
    given_at: datetime


_GIVEN_AT = func.coalesce(Answer.given_at, Answer.answered_at)
_GIVEN = (
    select(
        Answer.attempt_id,
        Answer.question,
        Answer.options,
        Answer.given_id,
        Answer.answered_at,
        _GIVEN_AT.label("given_at"),
        Attempt.counted,
        Attempt.finished_at,
    )
    .join(Attempt, Attempt.id == Answer.attempt_id)
    .where(Answer.attempt_id.in_(bindparam("ids", expanding=True)))
    .order_by(_GIVEN_AT, Answer.given_id, Answer.number)
)


def counting_in(db: Db, attempt_ids: Sequence[UUID]) -> dict[UUID, dict[str, GivenAnswer]]:
    """The answers that count, with their numbers, by attempt and question.

    Of an open attempt the latest of each question; of one that was handed in those it was handed in with.
    """
    if not attempt_ids:
        return {}
    rows = db.execute(_GIVEN, {"ids": list(attempt_ids)})
    latest: dict[UUID, dict[str, GivenAnswer]] = {}
    for row in rows:
        if row.counted is not None and row.counted.get(row.question) != str(row.given_id):
            continue
        if row.counted is None and row.finished_at is not None and row.answered_at > row.finished_at:
            continue  # handed in before we kept with what: nothing that came later was in it
        given = GivenAnswer(row.given_id, tuple(row.options), row.given_at)
        latest.setdefault(row.attempt_id, {})[row.question] = given
    return {attempt: {q: each for q, each in given.items() if each.options} for attempt, given in latest.items()}


def given_in(db: Db, attempt_id: UUID, wanted: Mapping[str, UUID]) -> dict[str, GivenAnswer]:
    """Answers of one attempt by their numbers, for each question that has just the number wanted for it."""
    given_at = func.coalesce(Answer.given_at, Answer.answered_at)
    rows = db.execute(
        select(Answer.question, Answer.options, Answer.given_id, given_at.label("given_at")).where(
            Answer.attempt_id == attempt_id, Answer.given_id.in_(wanted.values())
        )
    )
    return {
        row.question: GivenAnswer(row.given_id, tuple(row.options), row.given_at)
        for row in rows
        if wanted.get(row.question) == row.given_id
    }


def last_place(db: Db, attempt_id: UUID, question: str) -> Place | None:
    """Where the latest of all answers to a question stands; None when there is none yet."""
    found = db.execute(_LAST, {"attempt_id": attempt_id, "question": question}).first()
    return (found[0], found[1]) if found else None


def place_of(db: Db, attempt_id: UUID, question: str, given_id: UUID) -> Place | None:
    """Where one answer to a question stands; None when it is not here."""
    wanted = _LAST.where(Answer.given_id == given_id)
    found = db.execute(wanted, {"attempt_id": attempt_id, "question": question}).first()
    return (found[0], found[1]) if found else None


_LAST = (
    select(_GIVEN_AT, Answer.given_id)
    .where(Answer.attempt_id == bindparam("attempt_id"), Answer.question == bindparam("question"))
    .order_by(_GIVEN_AT.desc(), Answer.given_id.desc())
    .limit(1)
)
