"""Write authoring: ratings, reports and what is answered to them, and keys that are put right."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.house import House
from lms.core.shelves import shelf
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.core.work import later
from lms.learning import checks, keys, marking, queries
from lms.learning.authoring import queries as analysed
from lms.learning.authoring.events import KeyCorrected, LessonRated, MistakeReported, ReportDealtWith
from lms.learning.authoring.models import LessonRating, MistakeReport, ReportAnswer
from lms.learning.authoring.rules import Rating
from lms.learning.catalogue import Courses, Module
from lms.learning.models import Attempt, Enrolment, KeyCorrection
from lms.learning.questions import Question
from lms.learning.states import Why

LONGEST_REPORT = 1_000
LONGEST_NOTE = 1_000
SAME_KEY = N_("This is the key already. Change something, or leave it as it is.")
"""Characters of what a learner reports, and of what is written back or given as a reason."""

MOST_REPORTS = 20
MOST_RATINGS = 100
"""In a day, from one learner."""

REMARK = "learning.remark"
_AT_ONCE = 50


def rate_lesson(
    db: Db, *, enrolment_id: UUID, module: str, lesson: str, rating: Rating, by: UUID, now: datetime
) -> None:
    """Keep how a learner found a lesson. A later rating replaces it, and both are kept; the same again changes nothing.

    Raises NotFound for somebody else's enrolment and for a lesson that is not in it.
    """
    enrolment, taught = _own_module(db, enrolment_id, module, by)
    found = taught.lesson(lesson)
    mine = select(LessonRating).where(LessonRating.learner_id == by, LessonRating.lesson == found.code)
    latest = db.scalar(mine.order_by(LessonRating.at.desc()).limit(1))
    if latest is not None and latest.rating == rating and latest.edition == taught.edition:
        return
    _not_too_many(db, LessonRating, by, MOST_RATINGS, now)
    about = {"module": taught.code, "edition": taught.edition, "lesson": found.code}
    db.add(LessonRating(learner_id=by, authority_id=enrolment.authority_id, rating=rating, at=now, **about))
    db.flush()
    record(db, LessonRated(about=by, rating=rating.value, **about), by=by, now=now)


def report_lesson(
    db: Db, *, report_id: UUID, enrolment_id: UUID, module: str, lesson: str, text: str, by: UUID, now: datetime
) -> None:
    """A learner says that something is wrong in a lesson; `text` may be empty. The same `report_id` again is one."""
    enrolment, taught = _own_module(db, enrolment_id, module, by)
    found = taught.lesson(lesson)
    about = {"authority_id": enrolment.authority_id, "lesson": found.code}
    _report(db, _row(report_id, taught, text, about), by=by, now=now)


def report_question(
    db: Db, *, report_id: UUID, attempt_id: UUID, question: str, text: str, by: UUID, now: datetime
) -> None:
    """A learner says that something is wrong with a question they were asked, once they have handed in."""
    attempt = checks.own_attempt(db, attempt_id, by)
    if attempt.finished_at is None or all(each.code != question for each in attempt.questions):
        raise NotFound("question")
    about = {"authority_id": attempt.enrolment.authority_id, "question": question}
    _report(db, _row(report_id, attempt.module, text, about), by=by, now=now)


def _row(report_id: UUID, module: Module, text: str, about: Mapping[str, Any]) -> MistakeReport:
    cleaned = clean_text(text, LONGEST_REPORT)
    return MistakeReport(id=report_id, module=module.code, edition=module.edition, text=cleaned, **about)


def _report(db: Db, row: MistakeReport, *, by: UUID, now: datetime) -> None:
    if db.get(MistakeReport, row.id) is not None:
        return
    _not_too_many(db, MistakeReport, by, MOST_REPORTS, now)
    row.learner_id, row.at = by, now
    if add_once(db, row):
        fact = MistakeReported(
            about=by,
            report_id=row.id,
            authority_id=row.authority_id,
            module=row.module,
            lesson=row.lesson,
            question=row.question,
        )
        record(db, fact, by=by, now=now)


def _not_too_many(db: Db, kind: Any, learner_id: UUID, most: int, now: datetime) -> None:
    since = now - timedelta(days=1)
    sent = db.scalar(select(func.count()).select_from(kind).where(kind.learner_id == learner_id, kind.at > since))
    if (sent or 0) >= most:
        raise Refused(N_("You have told us a lot today, thank you. Tell us more tomorrow."))


def deal_with(db: Db, *, report_id: UUID, authority_id: UUID, note: str, by: UUID, now: datetime) -> None:
    """A report was dealt with; `note` is what the learner reads. Refused when somebody did it already.

    Raises NotFound for a report behind another authority's wall.
    """
    row = db.get(MistakeReport, report_id)
    if row is None or row.authority_id != authority_id:
        raise NotFound("report")
    cleaned = clean_text(note, LONGEST_NOTE)
    if not cleaned:
        raise Refused(N_("Write to the learner what you did about it. One sentence is enough."))
    if not add_once(db, ReportAnswer(report_id=report_id, note=cleaned, by=by, at=now)):
        raise Refused(N_("Somebody has dealt with this already."))
    record(db, ReportDealtWith(about=row.learner_id, report_id=report_id, module=row.module), by=by, now=now)


def correct_key(
    db: Db,
    *,
    correction_id: UUID,
    authority_id: UUID,
    module: str,
    edition: str,
    question: str,
    key: Sequence[str],
    reason: str,
    by: UUID,
    now: datetime,
) -> None:
    """Put right what makes an answer right, for one authority and one edition; attempts are marked again afterwards.

    The same `correction_id` again is one correction. Refused without a reason, for a key that cannot be one, and for
    the key that holds already. Raises NotFound for a question that is not there.
    """
    if db.get(KeyCorrection, correction_id) is not None:
        return
    asked = corrected_question(db, authority_id, module, edition, question)
    if trouble := asked.key_trouble(key):
        raise Refused(trouble)
    if same_key(asked, key):
        raise Refused(SAME_KEY)
    why = clean_text(reason, LONGEST_NOTE)
    if not why:
        raise Refused(N_("Say why the key was wrong. Learners read it."))
    about: dict[str, Any] = {"authority_id": authority_id, "module": module, "edition": edition, "question": question}
    row = KeyCorrection(id=correction_id, key=list(key), reason=why, by=by, at=now, **about)
    if add_once(db, row):
        record(db, KeyCorrected(about=by, correction_id=correction_id, **about), by=by, now=now)
        later(db, REMARK, str(correction_id), now=now)


def corrected_question(db: Db, authority_id: UUID, module: str, edition: str, question: str) -> Question:
    """A question with the key that holds for an authority today. Raises NotFound."""
    courses = shelf(db, Courses)
    if not courses.has(module, edition):
        raise NotFound("module")
    bank = courses.edition(module, edition).by_code()
    if question not in bank:
        raise NotFound("question")
    held = keys.latest(keys.corrections_in(db, authority_id, module, edition))
    return keys.with_keys([bank[question]], held)[0]


def same_key(question: Question, key: Sequence[str]) -> bool:
    """Whether a key makes the same answers right as the one that holds."""
    return question.with_key(key) == question.with_key(question.key())


def remark(house: House, key: str, now: datetime) -> None:
    """Mark every handed-in attempt with a corrected question again, some at a time. A pass that was given stays."""
    with house.database.unit(writing=False) as db:
        correction = db.get(KeyCorrection, UUID(key))
        if correction is None:
            return
        where = (correction.authority_id, correction.module, correction.edition)
        question, by = correction.question, correction.by
    _wait_for_those_on_their_way(house, *where)
    with house.database.unit(writing=False) as db:
        found = analysed.attempts_with(db, *where)
    ids = [attempt.id for attempt in found if question in attempt.questions]
    for start in range(0, len(ids), _AT_ONCE):
        with house.database.writing() as db:
            for attempt_id in ids[start : start + _AT_ONCE]:
                marking.mark_attempt(db, db.get_one(Attempt, attempt_id), why=Why.KEY_CORRECTED, by=by, now=now)


def _wait_for_those_on_their_way(house: House, authority_id: UUID, module: str, edition: str) -> None:
    """Whoever hands in at this moment may not have seen a correction. They hold their enrolment until they are done."""
    being_answered = select(Attempt.enrolment_id).where(
        Attempt.module == module, Attempt.edition == edition, Attempt.finished_at.is_(None)
    )
    holding = select(Enrolment.id).where(Enrolment.authority_id == authority_id, Enrolment.id.in_(being_answered))
    with house.database.writing() as db:
        db.execute(holding.order_by(Enrolment.id).with_for_update()).all()


def _own_module(db: Db, enrolment_id: UUID, module: str, by: UUID) -> tuple[queries.EnrolmentView, Module]:
    enrolment = queries.own_enrolment(db, enrolment_id, by)
    return enrolment, shelf(db, Courses).module_in(enrolment.course, module, enrolment.editions.get(module))
