"""Write learning: enrolling, studying, writing, and knowledge checks whose answers are kept one by one.

Every service that writes for a learner first takes the enrolment's row: two things finished in the same moment, on
two devices, cannot each miss that together they finish the module.
"""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import bindparam, select

from lms.core.clock import LONDON, london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.shelves import shelf
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.learning import checks, moments, queries, rules
from lms.learning.acting import Instead, behalf, whose
from lms.learning.activity_texts import activity_text
from lms.learning.bookmarks import forget_place
from lms.learning.catalogue import Activity, Courses, Module
from lms.learning.events import (
    ActivityWritten,
    LearnerEnrolled,
    LessonStudied,
)
from lms.learning.finishing import finish
from lms.learning.fitting import refuse_who_it_is_not_for
from lms.learning.given import given_in, last_place, place_of
from lms.learning.marking import mark_attempt
from lms.learning.models import ActivityText, Answer, Attempt, Enrolment, LessonDone, WrittenWork
from lms.learning.moments import Waited
from lms.learning.outcomes import Came, NumberUsed, StillWaits
from lms.learning.pins import pin, pinned
from lms.learning.shown.carrying import Carrier, modules_with
from lms.learning.shown.queries import standing_of, times_asked
from lms.learning.shown.rules import asks_each, draw_each
from lms.learning.states import Why
from lms.learning.taking import take_all, take_own
from lms.people import queries as people

LONGEST_TEXT = 10_000
"""Characters of what a learner writes for an activity."""


def enrol(db: Db, *, learner_id: UUID, authority_id: UUID, course: str, by: UUID, now: datetime) -> UUID:
    """Enrol somebody on a course for an authority; returns the enrolment, which may be there already.

    The editions of today are pinned, the course's and those of its modules that are ready. What the learner finished
    in courses they are on counts in this one from the start. Raises NotFound for a course nobody has written; refused
    for somebody whom a course for employers or staff is not for.
    """
    take_all(db, learner_id)
    courses = shelf(db, Courses)
    edition = courses.course(course).edition
    refuse_who_it_is_not_for(db, courses.course(course), learner_id, authority_id, london_day(now))
    row = Enrolment(
        id=uuid4(),
        learner_id=learner_id,
        authority_id=authority_id,
        course=course,
        edition=edition,
        enrolled_at=now,
        enrolled_by=by,
        editions={module.code: module.edition for module in courses.modules_of(course) if module.ready},
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
    Carrier(db, by, now).everything(row)
    return row.id


def study_lesson(
    db: Db,
    *,
    enrolment_id: UUID,
    lesson: str,
    by: UUID,
    now: datetime,
    module: str | None = None,
    instead: Instead | None = None,
) -> None:
    """The learner finished a lesson; saying so again changes nothing. NotFound for a lesson not in the course.

    A lesson that several modules of the course have is done in each of them, and in the learner's other courses that
    have it; `module` says in which of them it was read.
    """
    row = take_own(db, enrolment_id, whose(by, instead))
    having = _modules_with(db, row, lesson)
    module_read = next((each for each in having if each.code == module), having[0])
    done = LessonDone(
        enrolment_id=row.id,
        module=module_read.code,
        edition=module_read.edition,
        lesson=lesson,
        studied_at=now,
    )
    if add_once(db, done):
        pin(row, module_read)
        forget_place(db, row.id, lesson)
        fact = LessonStudied(about=row.learner_id, enrolment_id=row.id, module=module_read.code, lesson=lesson)
        record(db, fact, by=by, now=now, behalf=behalf(instead))
        for each in having:
            finish(db, row, each, by=by, now=now, behalf=behalf(instead))
        Carrier(db, by, now, behalf(instead)).lesson(done, row)


def write_activity(
    db: Db,
    *,
    enrolment_id: UUID,
    activity: str,
    text: str,
    by: UUID,
    now: datetime,
    finished: bool = True,
    given_id: UUID | None = None,
    claimed_at: datetime | None = None,
    phone_now: datetime | None = None,
    instead: Instead | None = None,
) -> Came:
    """Keep what the learner wrote for an activity; `finished` says that it can be read.

    Each saving is kept and the one given last is the text; saving the same again changes nothing, and neither does the
    same `given_id`. `claimed_at` and `phone_now` tell of one that waited on a phone: when it was given and when it was
    sent by the phone's own clock. Refused when it is empty or longer than LONGEST_TEXT.
    """
    row, waited = take_own(db, enrolment_id, whose(by, instead)), moments.waited(claimed_at, phone_now)
    module, work = _activity(db, row, activity)
    cleaned = clean_text(text, LONGEST_TEXT)
    if not cleaned:
        raise Refused(N_("Write something first. A few words are enough to begin."))
    before = db.scalar(select(ActivityText).where(ActivityText.given_id == given_id)) if given_id else None
    if before is not None:
        if (before.enrolment_id, before.activity, before.text) != (row.id, activity, cleaned):
            raise NumberUsed
        return Came.THERE
    kept = activity_text(db, row.id, activity)
    if given_id is None and kept is not None and kept.text == cleaned and kept.said_finished >= finished:
        return Came.THERE
    place = _place(given_id, now, waited, row.enrolled_at, (kept.given_at, kept.given_id) if kept else None)
    saving = ActivityText(
        enrolment_id=row.id,
        module=module.code,
        activity=work.code,
        text=cleaned,
        finished=finished,
        saved_at=now,
        given_id=place[1],
        claimed_at=claimed_at,
        given_at=place[0],
    )
    if not add_once(db, saving):
        raise NumberUsed
    pin(row, module)
    if kept is not None and place < (kept.given_at, kept.given_id):
        return Came.NOT_COUNTED
    fact = ActivityWritten(
        about=row.learner_id,
        enrolment_id=row.id,
        module=module.code,
        activity=work.code,
        finished=finished or (kept is not None and kept.finished),
    )
    record(db, fact, by=by, now=now, behalf=behalf(instead))
    finish(db, row, module, by=by, now=now, behalf=behalf(instead))
    return Came.SAVED


def start_or_resume_attempt(
    db: Db,
    *,
    enrolment_id: UUID,
    module: str,
    by: UUID,
    now: datetime,
    only: Collection[str] = (),
    instead: Instead | None = None,
) -> UUID:
    """The attempt to answer in: the open one, or a new one with new questions. Refused once the check is passed.

    A check that asks for each outcome is refused when nothing is left to ask, of the outcomes in `only` where some are
    given: for whoever needs no more than those.
    """
    row = take_own(db, enrolment_id, whose(by, instead))
    taught = pinned(db, row, module)
    mine = select(Attempt).where(Attempt.enrolment_id == row.id, Attempt.module == module)
    latest = db.scalar(mine.order_by(Attempt.number.desc()).limit(1))
    if latest is not None and latest.finished_at is None:
        return latest.id
    if latest is not None and latest.passed and not asks_each(taught):
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
        questions=list(_drawn(db, row, taught, seed=seed, seen=latest.questions if latest else (), only=only)),
        started_at=now,
    )
    db.add(attempt)
    pin(row, taught)
    db.flush()
    return attempt_id


def _is_read(db: Db, attempt_id: UUID) -> bool:
    """Whether only a reader's word is missing for an attempt to be passed."""
    needed = select(WrittenWork.id).where(WrittenWork.attempt_id == attempt_id, WrittenWork.needed)
    return db.scalar(needed.limit(1)) is not None


def _drawn(
    db: Db, row: Enrolment, module: Module, *, seed: str, seen: Collection[str], only: Collection[str]
) -> tuple[str, ...]:
    if module.check is None:
        raise NotFound("check")
    prior = queries.prior_outcomes(db, row.id)
    if module.code in prior:
        raise Refused(N_("All of this module is accepted as prior learning, so there is no check to take."))
    nation = people.organisation(db, row.authority_id).nation
    if asks_each(module):
        left = [code for code in standing_of(db, row.id, module, nation).left if not only or code in only]
        if not left:
            raise Refused(N_("You have shown all that this check asks about. There is nothing left to answer."))
        asked = times_asked(db, row.id, module.code)
        return draw_each(module.questions, left, module.check.draw, seed=seed, asked=asked)
    outcomes = [code for code in module.outcomes_in(nation) if code not in prior]
    return rules.draw(module.questions, outcomes, module.check.draw, seed=seed, seen=seen)


def give_answer(
    db: Db,
    *,
    attempt_id: UUID,
    question: str,
    options: Collection[str],
    by: UUID,
    now: datetime,
    given_id: UUID | None = None,
    claimed_at: datetime | None = None,
    phone_now: datetime | None = None,
    instead_of: UUID | None = None,
    instead: Instead | None = None,
) -> Came:
    """Keep an answer. The one given last counts; none at all takes it back; the same `given_id` again changes nothing.

    `claimed_at` and `phone_now` tell of one that waited on a phone: when it was given and when it was sent by the
    phone's own clock; `instead_of` names the one it replaced there. When its check was handed in meanwhile it is kept
    and does not count. Refused when it cannot be an answer, and when one given here and now comes after the hand-in.
    Raises NotFound for a question that is not in the attempt, NumberUsed for a number that another answer has.
    """
    # What was answered before is asked for only where nothing else tells whether this is the same again.
    attempt = _own_attempt(db, attempt_id, whose(by, instead), answers=given_id is None)
    waited = moments.waited(claimed_at, phone_now)
    asked = next((each for each in attempt.questions if each.code == question), None)
    if asked is None:
        raise NotFound("question")
    if trouble := asked.trouble(options):
        raise Refused(trouble)
    chosen = asked.canonical(options)
    before = db.scalar(_BY_NUMBER, {"given_id": given_id}) if given_id else None
    if before is not None:
        if (before.attempt_id, before.question, tuple(before.options)) != (attempt_id, question, chosen):
            raise NumberUsed
        return Came.THERE
    if attempt.finished_at is not None and waited is None:
        raise Refused(N_("This check is handed in already, so the answer was not saved."))
    if given_id is None and chosen == attempt.answers.get(question, ()):
        return Came.THERE
    last = last_place(db, attempt_id, question)
    place = _place(given_id, now, waited, attempt.started_at, last)
    if instead_of is not None:
        place = moments.after(place, place_of(db, attempt_id, question, instead_of))
    answer = Answer(
        attempt_id=attempt_id,
        question=question,
        options=list(chosen),
        answered_at=now,
        given_id=place[1],
        claimed_at=claimed_at,
        given_at=place[0],
    )
    if not add_once(db, answer):
        raise NumberUsed
    return Came.SAVED if attempt.finished_at is None and (last is None or place > last) else Came.NOT_COUNTED


def hand_in(
    db: Db,
    *,
    attempt_id: UUID,
    by: UUID,
    now: datetime,
    with_answers: Mapping[str, UUID] | None = None,
    instead: Instead | None = None,
) -> Came:
    """Mark an attempt, once; handing in again changes nothing. Refused, naming them, while questions are unanswered.

    `with_answers` has the numbers of the answers, by question, that the learner saw when handing in on a phone: just
    those are marked, whatever reached us from elsewhere. Raises StillWaits while one of them has not arrived.
    """
    attempt = _own_attempt(db, attempt_id, whose(by, instead))
    if attempt.finished_at is not None:
        same = with_answers is None or with_answers == attempt.given
        return Came.THERE if same else Came.NOT_COUNTED
    if with_answers is not None:
        attempt = _as_handed_in(db, attempt, with_answers)
    if missing := attempt.open.unanswered:
        numbers = ", ".join(map(str, missing))
        raise Refused(N_("Answer every question first. Still without an answer: %(numbers)s."), numbers=numbers)
    row = db.get_one(Attempt, attempt_id)
    row.counted = {question: str(given_id) for question, given_id in attempt.given.items()}
    db.flush()
    mark_attempt(db, row, why=Why.HANDED_IN, by=by, now=now, behalf=behalf(instead))
    return Came.SAVED


def _as_handed_in(db: Db, attempt: checks.AttemptView, wanted: Mapping[str, UUID]) -> checks.AttemptView:
    """An attempt with just the answers that a phone hands in. The number of anything else counts as not there."""
    if not wanted.keys() <= {question.code for question in attempt.questions}:
        raise NotFound("question")
    here = given_in(db, attempt.id, wanted)
    if missing := wanted.keys() - here.keys():
        raise StillWaits(len(missing))
    given = {question: each for question, each in here.items() if each.options}
    return replace(
        attempt,
        answers={question: each.options for question, each in given.items()},
        given={question: each.given_id for question, each in given.items()},
    )


def _place(
    given_id: UUID | None, now: datetime, waited: Waited | None, not_before: datetime, last: moments.Place | None
) -> moments.Place:
    """Where something comes among what was given before: what is given here and now comes after everything there."""
    number = given_id or uuid4()
    if waited is None:
        return moments.after((now, number), last)
    given_at = moments.when_given(
        receipt=now, claimed_at=waited.claimed_at, phone_now=waited.phone_now, not_before=not_before
    )
    return given_at, number


def _own_attempt(db: Db, attempt_id: UUID, learner_id: UUID, *, answers: bool = True) -> checks.AttemptView:
    """The learner's own attempt as it is once its enrolment is taken. Raises NotFound for anybody else's."""
    enrolment_id = db.scalar(_OF_ATTEMPT, {"attempt_id": attempt_id})
    if enrolment_id is None:
        raise NotFound("attempt")
    row = take_own(db, enrolment_id, learner_id)
    attempt = checks.own_attempt(db, attempt_id, learner_id, answers=answers)
    assert attempt.enrolment.id == row.id  # held meanwhile, so that it is not read again
    return attempt


_BY_NUMBER = select(Answer).where(Answer.given_id == bindparam("given_id"))
_OF_ATTEMPT = select(Attempt.enrolment_id).where(Attempt.id == bindparam("attempt_id"))


def _modules_with(db: Db, row: Enrolment, lesson: str) -> list[Module]:
    taught = shelf(db, Courses).modules_of(row.course, row.editions)
    having = modules_with((module for module in taught if module.ready), lesson)
    if not having:
        raise NotFound("lesson")
    return having


def _activity(db: Db, row: Enrolment, code: str) -> tuple[Module, Activity]:
    for module in shelf(db, Courses).modules_of(row.course, row.editions):
        if module.ready and module.activity is not None and module.activity.code == code:
            return module, module.activity
    raise NotFound("activity")
