"""A learner's side of writing: handing a text over, taking it back, and writing again after “not yet”."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.core.db import Db
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.learning import checks, queries
from lms.learning import services as learning
from lms.learning.events import TextHandedOver, TextTakenBack
from lms.learning.marking import mark_attempt, must_be_read
from lms.learning.models import Attempt, WrittenWork
from lms.learning.questions import Mark, Written
from lms.learning.states import Why, WorkKind, WorkState
from lms.learning.writing.holding import clock_time, held, hold_with_enrolment, release
from lms.learning.writing.models import WrittenText
from lms.learning.writing.rules import may_be_taken_back, may_write_again
from lms.people import queries as people


@dataclass(frozen=True, kw_only=True)
class Handed:
    """What is handed over: for what it was written, in which edition, and whether it has to be read to count."""

    module: str
    edition: str
    kind: WorkKind
    code: str
    needed: bool
    text: str
    attempt_id: UUID | None = None


def hand_over(db: Db, enrolment_id: UUID, what: Handed, *, by: UUID, now: datetime) -> UUID:
    """Let a finished text be read, as a new version; returns the piece of writing it belongs to.

    The same text again changes nothing while it waits, and neither does anything once the piece was met. Whoever calls
    this holds the enrolment.
    """
    enrolment = queries.enrolment(db, enrolment_id)
    row = db.scalar(
        select(WrittenWork)
        .where(
            WrittenWork.enrolment_id == enrolment_id,
            WrittenWork.code == what.code,
            WrittenWork.attempt_id.is_(None) if what.attempt_id is None else WrittenWork.attempt_id == what.attempt_id,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        row = WrittenWork(
            id=uuid4(),
            enrolment_id=enrolment_id,
            learner_id=enrolment.learner_id,
            authority_id=enrolment.authority_id,
            module=what.module,
            edition=what.edition,
            kind=what.kind,
            code=what.code,
            attempt_id=what.attempt_id,
            needed=what.needed,
            state=WorkState.WAITING,
            version=0,
            since=now,
        )
        db.add(row)
        db.flush()
    elif row.state is WorkState.MET or (row.state is WorkState.WAITING and _text(db, row) == what.text):
        return row.id
    # Written anew in a newer edition, it is about what that one asks.
    row.version, row.edition, row.state, row.since = row.version + 1, what.edition, WorkState.WAITING, now
    db.flush()
    db.add(WrittenText(work_id=row.id, version=row.version, text=what.text, handed_over_at=now))
    db.flush()
    fact = TextHandedOver(
        about=row.learner_id,
        enrolment_id=enrolment_id,
        module=row.module,
        work_id=row.id,
        kind=row.kind,
        code=row.code,
        version=row.version,
    )
    record(db, fact, by=by, now=now)
    return row.id


def hand_over_answers(db: Db, attempt_id: UUID, learner_id: UUID, *, now: datetime) -> None:
    """Let the written answers of an attempt be read that nobody was given yet."""
    attempt = checks.own_attempt(db, attempt_id, learner_id)
    edition = db.get_one(Attempt, attempt_id).edition
    there = set(db.scalars(select(WrittenWork.code).where(WrittenWork.attempt_id == attempt_id)))
    for question in attempt.questions:
        text = "".join(attempt.answers.get(question.code, ()))
        if isinstance(question, Written) and text and question.code not in there:
            what = Handed(
                module=attempt.module.code,
                edition=edition,
                kind=WorkKind.QUESTION,
                code=question.code,
                needed=must_be_read(question),
                text=text,
                attempt_id=attempt_id,
            )
            hand_over(db, attempt.enrolment.id, what, by=learner_id, now=now)


def write_again(db: Db, *, work_id: UUID, text: str, by: UUID, now: datetime) -> None:
    """A new version of a text that came back with “not yet”; it is read again, with what was said before.

    Raises NotFound for anybody else's. Refused for an answer that did not come back, and for what cannot be an answer.
    """
    row = _own(db, work_id, by)
    if not may_write_again(row.state):
        raise Refused(N_("This text did not come back to you, so there is nothing to change in it now."))
    if row.kind is WorkKind.ACTIVITY:
        learning.write_activity(
            db, enrolment_id=row.enrolment_id, activity=row.code, text=text, finished=True, by=by, now=now
        )
        return
    assert row.attempt_id is not None
    _answer_again(db, row, row.attempt_id, text, by=by, now=now)


def _answer_again(db: Db, row: WrittenWork, attempt_id: UUID, text: str, *, by: UUID, now: datetime) -> None:
    attempt = checks.own_attempt(db, attempt_id, by)
    question = next((each for each in attempt.questions if each.code == row.code), None)
    if question is None:
        raise NotFound("question")
    if trouble := question.trouble([text]):
        raise Refused(trouble)
    written = question.canonical([text])
    if not written:
        raise Refused(N_("Write something first. A few words are enough to begin."))
    what = Handed(
        module=row.module,
        edition=row.edition,
        kind=row.kind,
        code=row.code,
        needed=row.needed,
        text=written[0],
        attempt_id=attempt_id,
    )
    hand_over(db, row.enrolment_id, what, by=by, now=now)
    read = {row.code: Mark.WAITING}
    mark_attempt(db, db.get_one(Attempt, attempt_id), why=Why.ANSWERED_AGAIN, read=read, by=by, now=now)


def take_back(db: Db, *, work_id: UUID, by: UUID, now: datetime) -> None:
    """Have an activity's text back that nobody has read: it is the learner's alone again, and can be finished anew.

    Doing it twice changes nothing. Raises NotFound for anybody else's; refused for an answer of a check that was handed
    in, for a text that was read, and while somebody has it open.
    """
    row = _own(db, work_id, by)
    if row.state is WorkState.TAKEN_BACK:
        return
    if row.kind is not WorkKind.ACTIVITY:
        raise Refused(N_("This answer was handed in with its check, so it stays with it."))
    reader = held(db, work_id)
    if row.state is not WorkState.WAITING:
        raise Refused(N_("Somebody has read this text already, so it cannot be taken back."))
    if reader is not None and not may_be_taken_back(row.state, reader, now=now):
        name = people.person(db, reader.reader_id).name
        until = clock_time(reader.until)
        raise Refused(
            N_("%(name)s is reading this now, until %(until)s at the latest. Try again after that."),
            name=name,
            until=until,
        )
    row.state = WorkState.TAKEN_BACK
    release(db, row.id)
    db.flush()
    # The text as it was, saved anew as not finished: what the learner goes on with, and nobody else may read.
    learning.write_activity(
        db,
        enrolment_id=row.enrolment_id,
        activity=row.code,
        text=_text(db, row),
        finished=False,
        by=by,
        now=now,
        given_id=uuid4(),
    )
    fact = TextTakenBack(
        about=row.learner_id, enrolment_id=row.enrolment_id, module=row.module, work_id=row.id, version=row.version
    )
    record(db, fact, by=by, now=now)


def _own(db: Db, work_id: UUID, learner_id: UUID) -> WrittenWork:
    enrolment, row = hold_with_enrolment(db, work_id)
    if row.learner_id != learner_id:
        raise NotFound("text")
    if enrolment.ended_at is not None:
        raise Refused(N_("This course has ended for you. Ask your training coordinator if that is not right."))
    return row


def _text(db: Db, row: WrittenWork) -> str:
    return db.get_one(WrittenText, (row.id, row.version)).text
