"""Corrected keys: what an author of an authority put right about a question, until the files themselves say it.

A correction belongs to one edition of a module. The next edition's file either carries the fix or needs its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from lms.core.db import Db
from lms.learning.models import KeyCorrection
from lms.learning.questions import Answer, Question


@dataclass(frozen=True)
class Correction:
    """A corrected key, as learners and authors are told of it."""

    id: UUID
    question: str
    key: Answer
    reason: str
    by: UUID
    at: datetime


def corrections_in(db: Db, authority_id: UUID, module: str, edition: str) -> list[Correction]:
    """Every correction that an authority made in an edition of a module, the earliest first."""
    rows = db.scalars(
        select(KeyCorrection)
        .where(
            KeyCorrection.authority_id == authority_id,
            KeyCorrection.module == module,
            KeyCorrection.edition == edition,
        )
        .order_by(KeyCorrection.at, KeyCorrection.id)
    )
    return [Correction(row.id, row.question, tuple(row.key), row.reason, row.by, row.at) for row in rows]


def latest(corrections: Iterable[Correction]) -> dict[str, Correction]:
    """The correction that holds for each question: the latest."""
    return {each.question: each for each in corrections}


def with_keys(questions: Iterable[Question], corrections: Mapping[str, Correction]) -> tuple[Question, ...]:
    """Questions with their corrected keys. A key that no longer fits its question is passed over."""
    return tuple(_with_key(question, corrections.get(question.code)) for question in questions)


def _with_key(question: Question, correction: Correction | None) -> Question:
    if correction is None or question.key_trouble(correction.key) is not None:
        return question
    return question.with_key(correction.key)
