"""Read answers that are in the record and do not count: given on a phone, and later replaced or too late."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from lms.core.db import Db
from lms.learning.checks import AttemptView
from lms.learning.models import Answer

MOST = 50
"""Answers shown of one attempt."""


@dataclass(frozen=True)
class OtherAnswer:
    """An answer that does not count: when it was given as far as we can tell, and when it reached us."""

    options: tuple[str, ...]
    given_at: datetime
    received_at: datetime


def others(db: Db, attempt: AttemptView) -> Mapping[str, list[OtherAnswer]]:
    """The answers from phones that do not count, by question, the earliest first; at most MOST of them."""
    rows = db.scalars(
        select(Answer)
        .where(Answer.attempt_id == attempt.id, Answer.claimed_at.is_not(None))
        .order_by(Answer.given_at, Answer.given_id)
        .limit(MOST)
    )
    found: dict[str, list[OtherAnswer]] = {}
    for row in rows:
        if row.options and attempt.given.get(row.question) != row.given_id:
            other = OtherAnswer(tuple(row.options), row.given_at, row.answered_at)
            found.setdefault(row.question, []).append(other)
    return found
