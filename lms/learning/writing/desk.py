"""A reader's side of writing: opening a text for a while, keeping a draft, and saying what one thinks of it.

Who may read whose texts is decided by whoever calls these: the assessment room, where access follows allocation.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, select

from lms.core import i18n
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.shelves import shelf
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.learning.catalogue import Courses, Module
from lms.learning.events import TextRead
from lms.learning.finishing import finish
from lms.learning.marking import mark_attempt
from lms.learning.models import Attempt, Enrolment, WrittenWork
from lms.learning.pins import pinned
from lms.learning.shown.rules import HowShown, written_for
from lms.learning.shown.services import Showing, show
from lms.learning.states import Judged, Why, WorkState
from lms.learning.writing import waiting
from lms.learning.writing.holding import held, hold, hold_with_enrolment, lease, refuse_held, release
from lms.learning.writing.models import Draft, Reading
from lms.learning.writing.rules import LONGEST_COMMENT, Door, after_reading, door, mark_of, may_be_judged
from lms.learning.writing.waiting import Scope
from lms.people import queries as people


def open_next(db: Db, scope: Scope, *, now: datetime, module: str | None = None) -> UUID | None:
    """Open the text that has waited longest and that nobody else has open; None when there is none.

    A text one has open already comes before a new one.
    """
    mine = db.scalar(waiting.opened_by(scope, now=now, module=module).limit(1))
    if mine is not None:
        hold(db, mine.id)
        lease(db, mine.id, reader=scope.reader, now=now)
        return mine.id
    passed_over: list[UUID] = []
    while (found := db.scalar(_free(scope, now, module, passed_over))) is not None:
        reader = held(db, found.id)  # asked again: somebody may have taken it before we held it
        if door(reader, reader=scope.reader, now=now) is not Door.OTHERS:
            lease(db, found.id, reader=scope.reader, now=now)
            return found.id
        passed_over.append(found.id)
    return None


def _free(scope: Scope, now: datetime, module: str | None, passed_over: list[UUID]) -> Select[WrittenWork]:
    """The next free text, held. What another reader is just taking is skipped: each of many gets one of their own."""
    wanted = waiting.free(scope, now=now, module=module).where(WrittenWork.id.not_in(passed_over)).limit(1)
    return wanted.with_for_update(skip_locked=True, of=WrittenWork).execution_options(populate_existing=True)


def open_text(db: Db, *, work_id: UUID, by: UUID, now: datetime) -> None:
    """Open one text for a while. Refused for one's own, for one somebody else has open, and for one that was read."""
    row = hold(db, work_id)
    _refuse_own(row, by)
    _refuse_read(db, row, "en")
    refuse_held(db, work_id, reader=by, now=now)
    lease(db, work_id, reader=by, now=now)


def put_back(db: Db, *, work_id: UUID, by: UUID, now: datetime) -> None:
    """Let others read a text that one has open; the draft stays. Nothing happens when one has it not open."""
    hold(db, work_id)
    found = held(db, work_id)
    if found is not None and found.reader_id == by and found.until > now:
        release(db, work_id)


def keep_draft(
    db: Db, *, work_id: UUID, version: int, judged: Judged | None, comment: str, by: UUID, now: datetime
) -> bool:
    """Keep what a reader has typed so far, whoever has the text open; returns whether they still have it.

    Saving goes on with the lease; one that ran out is taken up again when nobody else has taken it. Too long a comment
    is kept up to the longest that could be sent.
    """
    row = hold(db, work_id)
    _refuse_own(row, by)
    draft = db.get(Draft, (work_id, by))
    if draft is None:
        draft = Draft(work_id=work_id, reader_id=by)
        db.add(draft)
    draft.version, draft.judged, draft.comment, draft.saved_at = version, judged, comment[: 2 * LONGEST_COMMENT], now
    db.flush()
    try:
        _refuse_read(db, row, "en")
        refuse_held(db, work_id, reader=by, now=now)
    except Refused:
        return False
    lease(db, work_id, reader=by, now=now)
    return True


def record_reading(
    db: Db,
    *,
    id: UUID,
    work_id: UUID,
    version: int,
    judged: Judged,
    comment: str,
    by: UUID,
    behalf: UUID,
    now: datetime,
    language: str = "en",
) -> UUID:
    """Say of the version one has read that it is met, or not yet and why; returns the reading's id, which is `id`.

    The same `id` by the same person again changes nothing. Refused for one's own text, without a comment to “not yet”,
    when the text was read already, taken back or replaced by a newer version, and while somebody else has it open.
    """
    comment = clean_text(comment, LONGEST_COMMENT)
    if judged is Judged.NOT_YET and not comment:
        raise Refused(N_("Write what is still missing, so that they know what to work on."))
    enrolment, row = hold_with_enrolment(db, work_id)
    earlier = db.get(Reading, id)
    if earlier is not None and (earlier.work_id, earlier.reader_id) == (work_id, by):
        return id
    _refuse_own(row, by)
    if enrolment.ended_at is not None:
        raise Refused(N_("They have left this course, so nothing can be added to it."))
    _refuse_read(db, row, language)
    if version != row.version:
        raise Refused(N_("A newer version came meanwhile. Read it below; what you typed is kept."))
    refuse_held(db, work_id, reader=by, now=now)
    reading = Reading(
        id=id,
        work_id=work_id,
        version=version,
        learner_id=row.learner_id,
        reader_id=by,
        behalf=behalf,
        judged=judged,
        comment=comment,
        at=now,
    )
    if not add_once(db, reading):
        raise Refused(N_("Something was saved from this page before. Open the page anew to add something else."))
    _after(db, enrolment, row, reading)
    return id


def _after(db: Db, enrolment: Enrolment, row: WrittenWork, reading: Reading) -> None:
    """What a reading changes: where the text stands, the check it belongs to, and whether the module is finished."""
    row.state = after_reading(reading.judged)
    if reading.judged is Judged.MET:
        row.met_at = reading.at
    release(db, row.id)
    db.execute(delete(Draft).where(Draft.work_id == row.id, Draft.reader_id == reading.reader_id))
    db.flush()
    fact = TextRead(
        about=row.learner_id,
        enrolment_id=row.enrolment_id,
        module=row.module,
        work_id=row.id,
        reading_id=reading.id,
        version=reading.version,
        judged=reading.judged,
        commented=bool(reading.comment),
    )
    record(db, fact, by=reading.reader_id, now=reading.at, behalf=reading.behalf)
    if row.attempt_id is not None:
        read = {row.code: mark_of(reading.judged)}
        attempt = db.get_one(Attempt, row.attempt_id)
        mark_attempt(db, attempt, why=Why.READ, read=read, by=reading.reader_id, behalf=reading.behalf, now=reading.at)
        return
    written_in = shelf(db, Courses).module_in(enrolment.course, row.module, row.edition)
    _show(db, enrolment, written_in, row, reading)
    finish(db, enrolment, pinned(db, enrolment, row.module), by=reading.reader_id, now=reading.at)


def _show(db: Db, enrolment: Enrolment, module: Module, row: WrittenWork, reading: Reading) -> None:
    """A text that is met shows what its activity was about when it was written, where the learner is."""
    if reading.judged is not Judged.MET or module.activity is None or module.activity.code != row.code:
        return
    outcomes = written_for(module, people.organisation(db, enrolment.authority_id).nation)
    by, behalf = reading.reader_id, reading.behalf
    read = Showing(how=HowShown.ACTIVITY, source_id=row.id, judged_by=by, by=by, behalf=behalf, now=reading.at)
    show(db, enrolment, module, dict.fromkeys(outcomes), read)


def _refuse_own(row: WrittenWork, by: UUID) -> None:
    if row.learner_id == by:
        raise NotFound("text")


def _refuse_read(db: Db, row: WrittenWork, language: str) -> None:
    if may_be_judged(row.state):
        return
    if row.state is WorkState.TAKEN_BACK:
        raise Refused(N_("The learner took this text back. Nobody reads it until they hand it over again."))
    last = db.scalar(
        select(Reading).where(Reading.work_id == row.id, Reading.version == row.version).order_by(Reading.at.desc())
    )
    assert last is not None
    name, day = people.person(db, last.reader_id).name, i18n.day(last.at, language)
    raise Refused(N_("%(name)s has read this already, on %(day)s."), name=name, day=day)
