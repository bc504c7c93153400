"""Marking: every result of a check comes from here, at hand-in and whenever something about it changes afterwards.

Each marking is a row of a trail that says who, when and why. The attempt itself holds the result of today. A pass that
was given is never taken away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select

from lms.core.db import Db
from lms.core.events import Fact, record
from lms.core.words import NotFound
from lms.learning import checks, rules
from lms.learning.catalogue import Module
from lms.learning.events import CheckMarked, CheckNotPassed, CheckPassed
from lms.learning.finishing import finish
from lms.learning.models import Attempt, Enrolment, Marking
from lms.learning.pins import pinned
from lms.learning.questions import Mark, Question, Read, Written
from lms.learning.shown.carrying import Carrier
from lms.learning.shown.queries import standing_of
from lms.learning.shown.rules import HowShown, Standing, asks_each, right_in
from lms.learning.shown.services import Showing, show
from lms.learning.states import Why
from lms.learning.taking import take
from lms.people import queries as people


@dataclass(frozen=True)
class Result:
    """A marked check. `waits`: enough is right, and only somebody's reading of a written answer is missing."""

    percent: int
    passed: bool
    waits: bool
    marks: Mapping[str, Mark]


def result_of(
    questions: Sequence[Question],
    answers: Mapping[str, Sequence[str]],
    pass_percent: int,
    *,
    read: Mapping[str, Mark],
    passed_before: bool = False,
) -> Result:
    """The result of a check. `read` has the marks that readers gave to written answers, by question.

    Written answers stand outside the percent. One that has to be read counts once it is met; a pass stays a pass.
    """
    marked = rules.mark_all(questions, answers, pass_percent)
    marks = {**marked.marks, **{code: mark for code, mark in read.items() if code in marked.marks}}
    enough = bool(marks) and marked.percent >= pass_percent
    unread = any(marks[q.code] is not Mark.RIGHT for q in questions if must_be_read(q))
    passed = passed_before or (enough and not unread)
    return Result(marked.percent, passed, enough and unread and not passed, marks)


def must_be_read(question: Question) -> bool:
    """Whether an answer to a question counts only when somebody has read it."""
    return isinstance(question, Written) and question.read is Read.NEEDED


def mark_attempt(
    db: Db,
    attempt: Attempt,
    *,
    why: Why,
    by: UUID | None,
    now: datetime,
    behalf: UUID | None = None,
    read: Mapping[str, Mark] | None = None,
) -> Result:
    """Mark an attempt and keep the marking in the trail; `read` brings what a reader said, by question.

    Marking again with the same result changes nothing. When the check becomes passed by it, CheckPassed is recorded,
    once, and the module is finished when nothing else is missing. Holds the enrolment until the end of the unit of
    work, so that two markings in the same moment come one after the other.
    """
    row = take(db, attempt.enrolment_id)
    if row is None:
        raise NotFound("enrolment")
    db.refresh(attempt)
    view = checks.own_attempt(db, attempt.id, row.learner_id, to_mark=True)
    plan = view.module.check
    result = result_of(
        view.questions,
        view.answers,
        plan.pass_percent if plan else 100,
        read={**_read_so_far(view.questions, attempt), **(read or {})},
        passed_before=bool(attempt.passed),
    )
    shows = _Shows(db, row, view, result)
    result = shows.result
    first, was_passed = attempt.finished_at is None, bool(attempt.passed)
    if not _write(db, attempt, result, why=why, by=by, now=now):
        return result
    told = _Teller(db, row, view.module, attempt, by, behalf, now)
    told.marked(result, why)
    showing = Showing(how=HowShown.CHECK, source_id=attempt.id, by=by, behalf=behalf, now=now)
    show(db, row, view.module, shows.outcomes, showing)
    if result.passed and not was_passed:
        told.passed(result)
    elif first and not result.passed and not result.waits and not shows.each:
        told.not_passed(result)
    if result.passed:
        Carrier(db, by, now, behalf).passed(attempt, row)
    finish(db, row, view.module, by=by, now=now, behalf=behalf)
    return result


class _Shows:
    """What a check that asks for each outcome shows by a result: such a check is passed once all are shown."""

    def __init__(self, db: Db, row: Enrolment, view: checks.AttemptView, marked: Result) -> None:
        self.each = asks_each(view.module)
        self.outcomes = right_in(view.questions, marked.marks) if self.each else {}
        self.result = marked
        if self.each:
            nation = people.organisation(db, row.authority_id).nation
            standing = standing_of(db, row.id, pinned(db, row, view.module.code), nation)
            now_shown = Standing(standing.asked, standing.shown.union(self.outcomes))
            passed = bool(view.passed) or now_shown.all_shown
            self.result = replace(marked, passed=passed, waits=False)


def _read_so_far(questions: Sequence[Question], attempt: Attempt) -> dict[str, Mark]:
    """What readers said before: the marks of written answers are theirs, no machine gives them."""
    by_hand = {question.code for question in questions if question.by_hand}
    return {code: Mark(mark) for code, mark in (attempt.marks or {}).items() if code in by_hand}


def _write(db: Db, attempt: Attempt, result: Result, *, why: Why, by: UUID | None, now: datetime) -> bool:
    marks = {code: mark.value for code, mark in result.marks.items()}
    held = (attempt.percent, attempt.passed, attempt.marks)
    if attempt.finished_at is not None and held == (result.percent, result.passed, marks):
        return False
    attempt.finished_at = attempt.finished_at or now
    attempt.percent, attempt.passed, attempt.marks = result.percent, result.passed, marks
    number = db.scalar(select(func.count()).select_from(Marking).where(Marking.attempt_id == attempt.id)) or 0
    db.add(
        Marking(
            id=uuid4(),
            attempt_id=attempt.id,
            number=number + 1,
            percent=result.percent,
            passed=result.passed,
            marks=marks,
            why=why,
            by=by,
            at=now,
        )
    )
    db.flush()
    return True


@dataclass(frozen=True)
class _Teller:
    """Records the facts of one marking."""

    db: Db
    row: Enrolment
    module: Module
    attempt: Attempt
    by: UUID | None
    behalf: UUID | None
    now: datetime

    def marked(self, result: Result, why: Why) -> None:
        self._tell(CheckMarked(**self._common(result), passed=result.passed, waits=result.waits, why=why))

    def passed(self, result: Result) -> None:
        self._tell(CheckPassed(**self._common(result)))

    def not_passed(self, result: Result) -> None:
        self._tell(CheckNotPassed(**self._common(result)))

    def _common(self, result: Result) -> dict[str, Any]:
        return {
            "about": self.row.learner_id,
            "enrolment_id": self.row.id,
            "module": self.module.code,
            "attempt_id": self.attempt.id,
            "percent": result.percent,
        }

    def _tell(self, fact: Fact) -> None:
        record(self.db, fact, by=self.by, now=self.now, behalf=self.behalf)


@dataclass(frozen=True)
class MarkingView:
    """One marking of an attempt, for the trail. `by` is None when PALMS did it by itself."""

    number: int
    percent: int
    passed: bool
    marks: Mapping[str, Mark]
    why: Why
    by: UUID | None
    at: datetime


def trail_of(db: Db, attempt_id: UUID) -> list[MarkingView]:
    """Every marking of an attempt, the first one first."""
    rows = db.scalars(select(Marking).where(Marking.attempt_id == attempt_id).order_by(Marking.number))
    return [
        MarkingView(
            row.number,
            row.percent,
            row.passed,
            {code: Mark(mark) for code, mark in row.marks.items()},
            row.why,
            row.by,
            row.at,
        )
        for row in rows
    ]
