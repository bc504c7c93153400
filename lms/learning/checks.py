"""Read knowledge checks: one attempt as its learner sees it. Part of the queries of this room."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from lms.core.db import Db
from lms.core.shelves import shelf
from lms.core.words import NotFound
from lms.learning import keys, queries
from lms.learning.catalogue import Courses, Module
from lms.learning.given import counting_in
from lms.learning.keys import Correction
from lms.learning.models import Attempt
from lms.learning.questions import Mark, Question
from lms.learning.rules import OpenCheck


@dataclass(frozen=True)
class AttemptView:
    """One go at a check. `questions` are those drawn that the bank still has; `marks` come when it is handed in.

    `answers` are those that count, and `given` has the number of each, by question.
    """

    id: UUID
    enrolment: queries.EnrolmentView
    module: Module
    number: int
    questions: tuple[Question, ...]
    answers: Mapping[str, tuple[str, ...]]
    given: Mapping[str, UUID]
    started_at: datetime
    finished_at: datetime | None
    percent: int
    passed: bool
    marks: Mapping[str, Mark]
    corrected: Mapping[str, Correction]
    """The corrections of keys it was marked with, by question."""

    seed: str
    """What names on its pages are made with; it stays on the server, or they would say what they hide."""

    @property
    def open(self) -> OpenCheck:
        """Where the learner is in it. An answer that is not finished yet is kept, and counts as none."""
        whole = (q.code for q in self.questions if q.code in self.answers and q.whole(self.answers[q.code]))
        return OpenCheck(self.id, tuple(question.code for question in self.questions), frozenset(whole))

    def question(self, number: int) -> Question:
        """A question by its number, from 1. Raises NotFound."""
        if not 1 <= number <= len(self.questions):
            raise NotFound("question")
        return self.questions[number - 1]


def own_attempt(
    db: Db, attempt_id: UUID, learner_id: UUID, *, to_mark: bool = False, answers: bool = True
) -> AttemptView:
    """A learner's own attempt with its answers, unless nobody needs them. Raises NotFound for anybody else's.

    Corrected keys are looked for when it was handed in, or is about to be marked: until then nobody needs a key.
    """
    row = db.get(Attempt, attempt_id)
    if row is None:
        raise NotFound("attempt")
    enrolment = queries.own_enrolment(db, row.enrolment_id, learner_id)
    module = shelf(db, Courses).module_in(enrolment.course, row.module, row.edition)
    bank, counting = module.by_code(), counting_in(db, [row.id]).get(row.id, {}) if answers else {}
    corrected: dict[str, Correction] = {}
    if to_mark or row.finished_at is not None:
        corrected = keys.latest(keys.corrections_in(db, enrolment.authority_id, row.module, row.edition))
    return AttemptView(
        id=row.id,
        enrolment=enrolment,
        module=module,
        number=row.number,
        questions=keys.with_keys((bank[code] for code in row.questions if code in bank), corrected),
        answers={question: each.options for question, each in counting.items()},
        given={question: each.given_id for question, each in counting.items()},
        started_at=row.started_at,
        finished_at=row.finished_at,
        percent=row.percent or 0,
        passed=bool(row.passed),
        marks={code: Mark(mark) for code, mark in (row.marks or {}).items()},
        corrected=corrected,
        seed=row.seed,
    )


@dataclass(frozen=True)
class PastAttempt:
    """An attempt that was handed in, for a list."""

    id: UUID
    number: int
    finished_at: datetime
    percent: int
    passed: bool
    asked: int
    right: int


def past_attempts(db: Db, enrolment_id: UUID, module: str, *, limit: int = 20) -> list[PastAttempt]:
    """The attempts at a module's check that were handed in, the latest first."""
    rows = db.scalars(
        select(Attempt)
        .where(Attempt.enrolment_id == enrolment_id, Attempt.module == module, Attempt.finished_at.is_not(None))
        .order_by(Attempt.number.desc())
        .limit(limit)
    )
    return [
        PastAttempt(
            id=row.id,
            number=row.number,
            finished_at=row.finished_at,
            percent=row.percent or 0,
            passed=bool(row.passed),
            asked=len(row.questions),
            right=list((row.marks or {}).values()).count(Mark.RIGHT),
        )
        for row in rows
        if row.finished_at is not None
    ]
