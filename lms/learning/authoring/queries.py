"""Read authoring: what answers say about questions, what a corrected key would do, ratings, and reports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from lms.core.db import Db
from lms.core.words import NotFound
from lms.learning import keys, marking
from lms.learning.authoring import rules
from lms.learning.authoring.models import LessonRating, MistakeReport, ReportAnswer
from lms.learning.authoring.rules import Change, Given, Item, Preview, Rating
from lms.learning.catalogue import Module
from lms.learning.given import answers_in
from lms.learning.models import Attempt, Enrolment
from lms.learning.questions import Mark, Question
from lms.people import queries as people

MOST_ATTEMPTS = 1_000
"""The latest attempts that item analysis looks at: enough to judge by, and a page stays quick."""

_AT_ONCE = 500


@dataclass(frozen=True)
class HandedIn:
    """An attempt that was handed in, as analysis needs it."""

    id: UUID
    learner_id: UUID
    questions: tuple[str, ...]
    marks: Mapping[str, Mark]
    percent: int
    passed: bool


def attempts_with(db: Db, authority_id: UUID, module: str, edition: str, *, limit: int | None = None) -> list[HandedIn]:
    """The attempts of an authority's learners in an edition of a module, the earliest first; the latest `limit`."""
    rows = db.execute(
        select(Attempt.id, Enrolment.learner_id, Attempt.questions, Attempt.marks, Attempt.percent, Attempt.passed)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(
            Enrolment.authority_id == authority_id,
            Attempt.module == module,
            Attempt.edition == edition,
            Attempt.finished_at.is_not(None),
        )
        .order_by(Attempt.finished_at.desc(), Attempt.id)
        .limit(limit)
    ).all()
    return [
        HandedIn(
            row.id,
            row.learner_id,
            tuple(row.questions),
            {code: Mark(mark) for code, mark in (row.marks or {}).items()},
            row.percent,
            row.passed,
        )
        for row in reversed(rows)
    ]


def answers_to(db: Db, attempt_ids: Sequence[UUID]) -> dict[UUID, dict[str, tuple[str, ...]]]:
    """The answers that count in many attempts, some at a time: a database takes only so many values at once."""
    found: dict[UUID, dict[str, tuple[str, ...]]] = {}
    for start in range(0, len(attempt_ids), _AT_ONCE):
        found.update(answers_in(db, attempt_ids[start : start + _AT_ONCE]))
    return found


def questions_of(db: Db, authority_id: UUID, module: Module) -> dict[str, Question]:
    """A module's bank with the keys that hold for an authority."""
    held = keys.latest(keys.corrections_in(db, authority_id, module.code, module.edition))
    return {question.code: question for question in keys.with_keys(module.questions, held)}


def items(db: Db, authority_id: UUID, module: Module) -> dict[str, Item]:
    """Every question of a module as the first answers of an authority's learners show it."""
    bank = questions_of(db, authority_id, module)
    attempts = attempts_with(db, authority_id, module.code, module.edition, limit=MOST_ATTEMPTS)
    answers = answers_to(db, [attempt.id for attempt in attempts])
    given: dict[str, dict[UUID, Given]] = {code: {} for code in bank}
    for attempt in attempts:
        counted = {code: mark for code, mark in attempt.marks.items() if code in bank and not bank[code].by_hand}
        rights = sum(mark is Mark.RIGHT for mark in counted.values())
        for code in attempt.questions:
            if code not in bank or attempt.learner_id in given[code]:
                continue
            mark = attempt.marks.get(code, Mark.WRONG)
            others = len(counted) - (code in counted)
            rest = (rights - (mark is Mark.RIGHT and code in counted)) / others if others else 0.0
            answer = answers.get(attempt.id, {}).get(code, ())
            given[code][attempt.learner_id] = Given(answer, mark, rest)
    return {code: rules.item_of(question, list(given[code].values())) for code, question in bank.items()}


def preview(db: Db, authority_id: UUID, module: Module, question: Question, key: Sequence[str]) -> Preview:
    """What a corrected key would do to the attempts that were handed in; nothing is written."""
    corrected = question.with_key(key)
    plan = _Plan(
        percent=module.check.pass_percent if module.check else 100,
        by_hand=frozenset(each.code for each in module.questions if each.by_hand),
        must_be_read=frozenset(each.code for each in module.questions if marking.must_be_read(each)),
    )
    found = attempts_with(db, authority_id, module.code, module.edition)
    asked = [attempt for attempt in found if question.code in attempt.questions]
    answers = answers_to(db, [attempt.id for attempt in asked])
    return rules.preview(
        _change(attempt, corrected, answers.get(attempt.id, {}).get(question.code, ()), plan) for attempt in asked
    )


@dataclass(frozen=True)
class _Plan:
    """What a check needs to be passed: the percent, and which questions stand outside it or have to be read first."""

    percent: int
    by_hand: frozenset[str]
    must_be_read: frozenset[str]


def _change(attempt: HandedIn, corrected: Question, answer: tuple[str, ...], plan: _Plan) -> Change:
    before, after = attempt.marks.get(corrected.code, Mark.WRONG), corrected.mark(answer)
    marks = [mark for code, mark in {**attempt.marks, corrected.code: after}.items() if code not in plan.by_hand]
    percent = 100 * sum(mark is Mark.RIGHT for mark in marks) // len(marks) if marks else 0
    unread = any(attempt.marks.get(code) is not Mark.RIGHT for code in plan.must_be_read & set(attempt.questions))
    passes = attempt.passed or (percent >= plan.percent and not unread)
    return Change(before, after, attempt.percent, percent, passes, attempt.passed)


@dataclass(frozen=True)
class ReportView:
    """A report as authors see it: about what, from whom, and what was answered. `note` is None while it is new."""

    id: UUID
    learner: str
    module: str
    edition: str
    lesson: str | None
    question: str | None
    text: str
    at: datetime
    note: str | None
    answered_by: UUID | None
    answered_at: datetime | None


def reports(
    db: Db, authority_id: UUID, *, dealt_with: bool = False, offset: int = 0, limit: int = 25
) -> tuple[list[ReportView], int]:
    """One page of an authority's reports and how many there are: the new ones, oldest first, or those dealt with."""
    condition = (MistakeReport.authority_id == authority_id, _answered(dealt_with=dealt_with))
    joined = select(MistakeReport, ReportAnswer).outerjoin(ReportAnswer, ReportAnswer.report_id == MistakeReport.id)
    order = MistakeReport.at.desc() if dealt_with else MistakeReport.at
    rows = db.execute(joined.where(*condition).order_by(order, MistakeReport.id).offset(offset).limit(limit)).all()
    counting = select(func.count()).select_from(MistakeReport)
    total = db.scalar(counting.outerjoin(ReportAnswer, ReportAnswer.report_id == MistakeReport.id).where(*condition))
    names = _names(db, {row.MistakeReport.learner_id for row in rows})
    return [_view(row.MistakeReport, row.ReportAnswer, names) for row in rows], total or 0


def _names(db: Db, ids: set[UUID]) -> dict[UUID, str]:
    return {person_id: person.name for person_id, person in people.persons(db, ids).items()}


def _answered(*, dealt_with: bool) -> Any:
    return ReportAnswer.report_id.is_not(None) if dealt_with else ReportAnswer.report_id.is_(None)


def report(db: Db, authority_id: UUID, report_id: UUID) -> ReportView:
    """One report. Raises NotFound for one behind another authority's wall."""
    row = db.get(MistakeReport, report_id)
    if row is None or row.authority_id != authority_id:
        raise NotFound("report")
    return _view(row, db.get(ReportAnswer, report_id), _names(db, {row.learner_id}))


def _view(row: MistakeReport, answer: ReportAnswer | None, names: Mapping[UUID, str]) -> ReportView:
    return ReportView(
        id=row.id,
        learner=names.get(row.learner_id, ""),
        module=row.module,
        edition=row.edition,
        lesson=row.lesson,
        question=row.question,
        text=row.text,
        at=row.at,
        note=answer.note if answer else None,
        answered_by=answer.by if answer else None,
        answered_at=answer.at if answer else None,
    )


def ratings(db: Db, authority_id: UUID, module: str) -> dict[str, dict[Rating, int]]:
    """How learners of an authority found each lesson of a module: of each learner the latest rating, by lesson."""
    rows = db.execute(
        select(LessonRating.lesson, LessonRating.learner_id, LessonRating.rating)
        .where(LessonRating.authority_id == authority_id, LessonRating.module == module)
        .order_by(LessonRating.at)
    )
    by_lesson: dict[str, list[tuple[UUID, Rating]]] = {}
    for lesson, learner_id, rating in rows:
        by_lesson.setdefault(lesson, []).append((learner_id, rating))
    return {lesson: rules.summary(given) for lesson, given in by_lesson.items()}


def answered_to(db: Db, learner_id: UUID, lesson: str) -> list[ReportView]:
    """What a learner reported about a lesson and what was written back, the latest first."""
    rows = db.execute(
        select(MistakeReport, ReportAnswer)
        .outerjoin(ReportAnswer, ReportAnswer.report_id == MistakeReport.id)
        .where(MistakeReport.learner_id == learner_id, MistakeReport.lesson == lesson)
        .order_by(MistakeReport.at.desc())
        .limit(5)
    ).all()
    return [_view(row.MistakeReport, row.ReportAnswer, {}) for row in rows]


def reports_by(db: Db, learner_id: UUID, *, limit: int = 50) -> list[ReportView]:
    """Everything a learner reported and what was written back, the latest first."""
    rows = db.execute(
        select(MistakeReport, ReportAnswer)
        .outerjoin(ReportAnswer, ReportAnswer.report_id == MistakeReport.id)
        .where(MistakeReport.learner_id == learner_id)
        .order_by(MistakeReport.at.desc(), MistakeReport.id)
        .limit(limit)
    ).all()
    return [_view(row.MistakeReport, row.ReportAnswer, {}) for row in rows]
