"""Write learning: enrolling, studying, writing, and knowledge checks whose answers are kept one by one.

Every service that writes for a learner first takes the enrolment's row: two things finished in the same moment, on
two devices, cannot each miss that together they finish the module.
"""

import secrets
from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.core.clock import LONDON
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.shelves import shelf
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.learning import checks, queries, rules
from lms.learning.catalogue import Activity, Courses, Module
from lms.learning.events import (
    ActivityWritten,
    LearnerEnrolled,
    LessonStudied,
)
from lms.learning.finishing import finish
from lms.learning.marking import mark_attempt
from lms.learning.models import ActivityText, Answer, Attempt, Enrolment, LessonDone, WrittenWork
from lms.learning.states import Why
from lms.people import queries as people

LONGEST_TEXT = 10_000
"""Characters of what a learner writes for an activity."""


def enrol(db: Db, *, learner_id: UUID, authority_id: UUID, course: str, by: UUID, now: datetime) -> UUID:
    """Enrol somebody on a course for an authority; returns the enrolment, which may be there already.

    The course's edition of today is pinned. Raises NotFound for a course nobody has written.
    """
    edition = shelf(db, Courses).course(course).edition
    row = Enrolment(
        id=uuid4(),
        learner_id=learner_id,
        authority_id=authority_id,
        course=course,
        edition=edition,
        enrolled_at=now,
        enrolled_by=by,
    )
    if not add_once(db, row):
        return db.scalars(
            select(Enrolment.id).where(
                Enrolment.learner_id == learner_id,
                Enrolment.authority_id == authority_id,
                Enrolment.course == course,
                Enrolment.ended_at.is_(None),
            )
        ).one()
    fact = LearnerEnrolled(about=learner_id, enrolment_id=row.id, course=course, edition=edition)
    record(db, fact, by=by, now=now)
    return row.id


def study_lesson(db: Db, *, enrolment_id: UUID, lesson: str, by: UUID, now: datetime) -> None:
    """The learner finished a lesson; saying so again changes nothing. NotFound for a lesson not in the course."""
    row = _own(db, enrolment_id, by)
    module = _module_with(db, row, lesson)
    done = LessonDone(enrolment_id=row.id, module=module.code, edition=module.edition, lesson=lesson, studied_at=now)
    if add_once(db, done):
        fact = LessonStudied(about=row.learner_id, enrolment_id=row.id, module=module.code, lesson=lesson)
        record(db, fact, by=by, now=now)
        finish(db, row, module, by=by, now=now)


def write_activity(
    db: Db, *, enrolment_id: UUID, activity: str, text: str, by: UUID, now: datetime, finished: bool = True
) -> None:
    """Keep what the learner wrote for an activity; `finished` says that it can be read.

    Each saving is kept; saving the same again changes nothing. Refused when it is empty or longer than LONGEST_TEXT.
    """
    row = _own(db, enrolment_id, by)
    module, work = _activity(db, row, activity)
    cleaned = clean_text(text, LONGEST_TEXT)
    if not cleaned:
        raise Refused(N_("Write something first. A few words are enough to begin."))
    kept = queries.activity_text(db, row.id, activity)
    if kept is not None and kept.text == cleaned and kept.finished >= finished:
        return
    finished = finished or (kept is not None and kept.finished)
    db.add(
        ActivityText(
            enrolment_id=row.id, module=module.code, activity=work.code, text=cleaned, finished=finished, saved_at=now
        )
    )
    db.flush()
    fact = ActivityWritten(
        about=row.learner_id, enrolment_id=row.id, module=module.code, activity=work.code, finished=finished
    )
    record(db, fact, by=by, now=now)
    finish(db, row, module, by=by, now=now)


def start_or_resume_attempt(db: Db, *, enrolment_id: UUID, module: str, by: UUID, now: datetime) -> UUID:
    """The attempt to answer in: the open one, or a new one with new questions. Refused once the check is passed."""
    row = _own(db, enrolment_id, by)
    taught = shelf(db, Courses).module_in(row.course, module)
    mine = select(Attempt).where(Attempt.enrolment_id == row.id, Attempt.module == module)
    latest = db.scalar(mine.order_by(Attempt.number.desc()).limit(1))
    if latest is not None and latest.finished_at is None:
        return latest.id
    if latest is not None and latest.passed:
        raise Refused(N_("You have passed this check already."))
    opens = rules.opens_at(latest.finished_at, taught.check) if latest is not None else None
    if opens is not None and opens > now:
        when = f"{opens.astimezone(LONDON):%d/%m/%Y, %H:%M}"
        raise Refused(N_("You can try again from %(when)s. Until then, look at the lessons once more."), when=when)
    if latest is not None and _is_read(db, latest.id):
        raise Refused(N_("You have done your part of this check. Only the reading of what you wrote is missing."))
    attempt_id, seed = uuid4(), secrets.token_hex(16)
    attempt = Attempt(
        id=attempt_id,
        enrolment_id=row.id,
        module=module,
        number=latest.number + 1 if latest else 1,
        edition=taught.edition,
        seed=seed,
        questions=list(_drawn(db, row, taught, seed, latest.questions if latest else ())),
        started_at=now,
    )
    db.add(attempt)
    db.flush()
    return attempt_id


def _is_read(db: Db, attempt_id: UUID) -> bool:
    """Whether only a reader's word is missing for an attempt to be passed."""
    needed = select(WrittenWork.id).where(WrittenWork.attempt_id == attempt_id, WrittenWork.needed)
    return db.scalar(needed.limit(1)) is not None


def _drawn(db: Db, row: Enrolment, module: Module, seed: str, seen: Collection[str]) -> tuple[str, ...]:
    if module.check is None:
        raise NotFound("check")
    nation = people.organisation(db, row.authority_id).nation
    return rules.draw(module.questions, module.outcomes_in(nation), module.check.draw, seed=seed, seen=seen)


def give_answer(db: Db, *, attempt_id: UUID, question: str, options: Collection[str], by: UUID, now: datetime) -> None:
    """Keep an answer; a later one replaces it, the same one again changes nothing, none at all takes it back.

    Refused when the attempt was handed in and when an option does not exist. Raises NotFound for a question that is
    not in the attempt.
    """
    attempt = _own_attempt(db, attempt_id, by)
    if attempt.finished_at is not None:
        raise Refused(N_("This check is handed in already, so the answer was not saved."))
    asked = next((each for each in attempt.questions if each.code == question), None)
    if asked is None:
        raise NotFound("question")
    if trouble := asked.trouble(options):
        raise Refused(trouble)
    chosen = asked.canonical(options)
    if chosen != attempt.answers.get(question, ()):
        db.add(Answer(attempt_id=attempt_id, question=question, options=list(chosen), answered_at=now))
        db.flush()


def hand_in(db: Db, *, attempt_id: UUID, by: UUID, now: datetime) -> None:
    """Mark an attempt, once; handing in again changes nothing. Refused, naming them, while questions are unanswered."""
    attempt = _own_attempt(db, attempt_id, by)
    if attempt.finished_at is not None:
        return
    if missing := attempt.open.unanswered:
        numbers = ", ".join(map(str, missing))
        raise Refused(N_("Answer every question first. Still without an answer: %(numbers)s."), numbers=numbers)
    mark_attempt(db, db.get_one(Attempt, attempt_id), why=Why.HANDED_IN, by=by, now=now)


def _own(db: Db, enrolment_id: UUID, learner_id: UUID) -> Enrolment:
    """The learner's own enrolment, taken until the end of this unit of work. Raises NotFound for anybody else's."""
    row = db.scalar(select(Enrolment).where(Enrolment.id == enrolment_id).with_for_update())
    if row is None or row.learner_id != learner_id:
        raise NotFound("enrolment")
    if row.ended_at is not None:
        raise Refused(N_("This course has ended for you. Ask your training coordinator if that is not right."))
    return row


def _own_attempt(db: Db, attempt_id: UUID, learner_id: UUID) -> checks.AttemptView:
    enrolment_id = db.scalar(select(Attempt.enrolment_id).where(Attempt.id == attempt_id))
    if enrolment_id is None:
        raise NotFound("attempt")
    _own(db, enrolment_id, learner_id)
    return checks.own_attempt(db, attempt_id, learner_id)


def _module_with(db: Db, row: Enrolment, lesson: str) -> Module:
    for module in shelf(db, Courses).modules_of(row.course):
        if module.ready and any(each.code == lesson for each in module.lessons):
            return module
    raise NotFound("lesson")


def _activity(db: Db, row: Enrolment, code: str) -> tuple[Module, Activity]:
    for module in shelf(db, Courses).modules_of(row.course):
        if module.ready and module.activity is not None and module.activity.code == code:
            return module, module.activity
    raise NotFound("activity")
