"""Make a call-back: keep each answer as it is typed, try again, end it. An answer that points to harm raises an alert.

What was answered to a question that may point to harm is for whoever asked and for those named: the same whatever the
answer was, so that nobody can tell from what they do not see that there was an alert.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people
from lms.programme.contacts import queries, rules
from lms.programme.contacts.alerts import raise_alert, who_hears
from lms.programme.contacts.models import CallBack, CallBackAnswer, CallBackTry
from lms.programme.contacts.planning import close
from lms.programme.contacts.questions import Question, QuestionSet, editions, newest
from lms.programme.contacts.staff import concerned, coordinates, staff_in
from lms.programme.contacts.words import CallEnd, Whom

NOT_SAID = "not_said"
"""They did not want to say: stands under every question."""
LONGEST_NOTE = 1000


@dataclass(frozen=True)
class Given:
    """One answer: the option's code, and what was said in short."""

    option: str
    note: str = ""


Answers = Mapping[str, Given]


def may_ask(db: Db, row: CallBack, person_id: UUID, on: date) -> bool:
    """Whether somebody makes this call-back: a coordinator, or the named contact; never anybody it is about."""
    if person_id in concerned(db, pa_id=row.pa_id, employer_id=row.employer_id):
        return False
    if coordinates(db, person_id, row.authority_id, on):
        return True
    who = row.pa_id if row.whom is Whom.PA else row.employer_id
    contact = queries.contact_of(db, row.authority_id, row.whom, who)
    return contact is not None and contact.contact_id == person_id and person_id in staff_in(db, row.authority_id, on)


def opened(db: Db, call_back_id: UUID, *, by: UUID, on: date, held: bool = False) -> CallBack:
    """A call-back, for somebody who makes it. Raises NotFound for everybody else."""
    wanted = select(CallBack).where(CallBack.id == call_back_id)
    if held:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    row = db.scalar(wanted)
    if row is None or row.forgotten_at is not None or not may_ask(db, row, by, on):
        raise NotFound("call-back")
    return row


def asked(row: CallBack) -> QuestionSet:
    """The questions of a call-back: in the edition it was begun with, else the newest."""
    return editions()[row.whom, row.edition] if row.edition else newest(row.whom)


def answers_of(db: Db, row: CallBack, viewer_id: UUID) -> dict[str, Given]:
    """The answers somebody may see, by question: their own, and others' to questions that cannot point to harm."""
    wanted = select(CallBackAnswer).where(CallBackAnswer.call_back_id == row.id).order_by(CallBackAnswer.number)
    found, known = {}, asked(row)
    for each in db.scalars(wanted):
        question = known.question(each.question)
        if question is not None and (each.by == viewer_id or not question.guarded):
            found[each.question] = Given(each.option, each.note)
    return found


def answers_to(db: Db, call_back_id: UUID, question: str) -> list[CallBackAnswer]:
    """Every answer to a question, by whomever, in the order they were typed: for who may see an alert about it."""
    mine = (CallBackAnswer.call_back_id == call_back_id, CallBackAnswer.question == question)
    return list(db.scalars(select(CallBackAnswer).where(*mine).order_by(CallBackAnswer.number)))


def save(db: Db, *, call_back_id: UUID, answers: Answers, by: UUID, now: datetime) -> int:
    """Keep what was typed so far; how many alerts came of it. What is kept already is not written again.

    Refused when the call-back is over, and while nobody is named who hears of alerts. One that ended without answers is
    not over until the end of that day: it may end for another reason while somebody is still speaking.
    """
    row = opened(db, call_back_id, by=by, on=london_day(now), held=True)
    if not _just_ended(row, now):
        _refuse_over(row)
    if not who_hears(db, row, london_day(now)):
        raise Refused(NOBODY_NAMED)
    known, before, alerts = asked(row), answers_of(db, row, by), 0
    for code, given in answers.items():
        question = known.question(code)
        if question is None or not _is_an_answer(question, given.option):
            continue
        cleaned = Given(given.option, clean_text(given.note, LONGEST_NOTE))
        if before.get(code) == cleaned:
            continue
        row.edition = known.edition
        db.add(
            CallBackAnswer(
                call_back_id=row.id,
                edition=known.edition,
                question=code,
                option=cleaned.option,
                note=cleaned.note,
                by=by,
                at=now,
            )
        )
        chosen = question.option(cleaned.option)
        if chosen is not None and chosen.harm:
            alerts += raise_alert(db, row, edition=known.edition, question=code, option=cleaned.option, by=by, now=now)
    db.flush()
    return alerts


NOBODY_NAMED = N_(
    "Nobody is named who hears of it when somebody may be harmed. Name somebody first; then you can call back."
)


def finish(db: Db, *, call_back_id: UUID, by: UUID, now: datetime) -> None:
    """End a call-back whose questions are all answered; twice changes nothing. Refused with how many are missing."""
    row = opened(db, call_back_id, by=by, on=london_day(now), held=True)
    if row.ended is CallEnd.ANSWERED or _just_ended(row, now):
        return
    _refuse_over(row)
    missing = missing_in(db, row, by)
    if missing:
        raise Refused(N_("Questions without an answer: %(number)s. What you typed is saved."), number=len(missing))
    close(db, row, CallEnd.ANSWERED, by=by, now=now)


def missing_in(db: Db, row: CallBack, by: UUID) -> list[Question]:
    """The questions nobody has answered yet, as far as somebody sees."""
    given = answers_of(db, row, by)
    return [question for question in asked(row).questions if question.code not in given]


def not_wanted(db: Db, *, call_back_id: UUID, by: UUID, now: datetime) -> None:
    """They did not want to answer: the call-back ends. What was answered until then stays."""
    row = opened(db, call_back_id, by=by, on=london_day(now), held=True)
    if row.ended is CallEnd.NOT_WANTED:
        return
    _refuse_over(row)
    close(db, row, CallEnd.NOT_WANTED, by=by, now=now)


def not_reached(db: Db, *, once: UUID, call_back_id: UUID, by: UUID, now: datetime) -> date | None:
    """Nobody answered: the day of the next try, or None when this was the last and the call-back ends."""
    on = london_day(now)
    row = opened(db, call_back_id, by=by, on=on, held=True)
    if not add_once(db, CallBackTry(id=once, call_back_id=row.id, by=by, at=now)):
        return row.next_on if row.ended is None else None
    _refuse_over(row)
    following = rules.next_try(tries_of(db, row.id), on, people.organisation(db, row.employer_id).nation.value)
    if following is None:
        close(db, row, CallEnd.NOT_REACHED, by=by, now=now)
    else:
        row.next_on = max(row.due_on, following)
        db.flush()
    return following


def tries_of(db: Db, call_back_id: UUID) -> int:
    """How often nobody was reached."""
    return db.scalar(select(func.count()).where(CallBackTry.call_back_id == call_back_id)) or 0


def _is_an_answer(question: Question, option: str) -> bool:
    return option == NOT_SAID or question.option(option) is not None


def _just_ended(row: CallBack, now: datetime) -> bool:
    if row.ended_at is None or row.ended is CallEnd.ANSWERED:
        return False
    return london_day(row.ended_at) == london_day(now)


def _refuse_over(row: CallBack) -> None:
    if row.ended_at is not None:
        raise Refused(N_("This call-back is over. Nothing more can be written to it."))
