"""Write what becomes of a sample: taken, given back, accepted or sent back; and what else a quality assurer did."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, bindparam, func, select, update

from lms.assessment.deciding import services as deciding
from lms.assessment.deciding.rules import ReviewOutcome, ReviewPart
from lms.assessment.quality.events import (
    QualityActivityRecorded,
    SampleAccepted,
    SampleAnswered,
    SampleSentBack,
    SampleTaken,
)
from lms.assessment.quality.models import QualityActivity, Sample, SampleStep
from lms.assessment.quality.planning.services import replan
from lms.assessment.quality.rules import Stage, period_from
from lms.assessment.quality.samples import queries
from lms.assessment.quality.samples.rules import MOVES, Found, State, outcome, wrong
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people
from lms.people.rules import Role

LONGEST = 2000
"""Characters of what somebody writes."""
MOST_A_DAY = 100


class Activity(StrEnum):
    """What a quality assurer does beside reading."""

    OBSERVED_ASSESSOR = "observed_assessor"
    TALKED_WITH_LEARNER = "talked_with_learner"
    TALKED_WITH_ASSESSOR = "talked_with_assessor"


def take(db: Db, *, sample_id: UUID, by: UUID, now: datetime) -> None:
    """Look at a sample from now on; the same person again changes nothing.

    Raises NotFound for somebody who is no quality assurer of the authority; refused for their own decisions, their own
    learners and those they are close to, and when somebody else was quicker.
    """
    row = _row(db, sample_id, by, now)
    _may_look(db, row, by, now)
    free = (Sample.id == sample_id) & (Sample.state == State.OPEN)
    taken: CursorResult[Any] = db.execute(  # type: ignore[assignment]  # an UPDATE gives a cursor result
        update(Sample)
        .where(free)
        .values(state=State.TAKEN, taken_by=by, taken_at=now, changed_at=now)
        .execution_options(synchronize_session=False)
    )
    db.refresh(row)
    if taken.rowcount:
        _step(db, row, State.TAKEN, by, now)
        record(db, SampleTaken(about=row.learner_id, sample_id=row.id), by=by, now=now, behalf=row.authority_id)
    elif row.taken_by != by:
        name = people.person(db, row.taken_by).name if row.taken_by else ""
        raise Refused(N_("%(name)s is looking at this one. Choose another."), name=name)


def give_back(db: Db, *, sample_id: UUID, by: UUID, now: datetime) -> None:
    """Leave a sample to somebody else. Refused once it was answered for."""
    row = _row(db, sample_id, by, now)
    if row.state is State.OPEN:
        return
    if row.taken_by != by or row.state is not State.TAKEN:
        raise Refused(N_("Only whoever took it can give it back, and only before they have said anything."))
    row.state, row.taken_by, row.taken_at, row.changed_at = State.OPEN, None, None, now
    _step(db, row, State.OPEN, by, now)


def say(
    db: Db,
    *,
    sample_id: UUID,
    found: Mapping[UUID, Found],
    due_on: date | None,
    word: str = "",
    by: UUID,
    now: datetime,
) -> State:
    """Say of each decision of a sample whether one agrees, or send it back with what has to be done by a day.

    What is sent back no longer counts from now on; a sign-off that rests on it is withdrawn in the same act, and both
    sides hear of it. Answers where the sample stands now; the same answer again changes nothing.
    """
    row = _row(db, sample_id, by, now)
    if row.taken_by == by and row.state in (State.SENT_BACK, State.ACCEPTED):
        return row.state
    if row.taken_by != by or row.state not in (State.TAKEN, State.ANSWERED):
        raise Refused(N_("Take this sample first."))
    _may_look(db, row, by, now)
    asked = {each.id for each in queries.to_look_at(db, queries.views(db, [row])[0])}
    if asked != set(found):
        raise Refused(N_("A decision changed meanwhile. Read the page again."))
    lacking = wrong(list(found.values()), due_on, london_day(now))
    if lacking:
        raise Refused(lacking)
    for decision_id, said in found.items():
        deciding.review(
            db,
            decision_id=decision_id,
            part=ReviewPart.SAMPLE,
            outcome=ReviewOutcome.AGREED if said.agreed else ReviewOutcome.SENT_BACK,
            word=said.word.strip()[:LONGEST],
            action="" if said.agreed else said.action.strip()[:LONGEST],
            due_on=None if said.agreed else due_on,
            by=by,
            now=now,
        )
    return _close(db, row, found, due_on=due_on, word=word.strip()[:LONGEST], by=by, now=now)


def _close(
    db: Db, row: Sample, found: Mapping[UUID, Found], *, due_on: date | None, word: str, by: UUID, now: datetime
) -> State:
    state = outcome(list(found.values()))
    if state not in MOVES[row.state]:
        raise Refused(N_("This has gone on since. Read the page again."))
    back = sum(not each.agreed for each in found.values())
    row.state, row.changed_at, row.due_on = state, now, due_on if back else None
    _step(db, row, state, by, now, word=word)
    fact: SampleSentBack | SampleAccepted = SampleAccepted(
        about=row.learner_id,
        sample_id=row.id,
        enrolment_id=row.enrolment_id,
        unit=row.unit,
        assessor_id=row.assessor_id,
    )
    if back:
        assert due_on is not None  # the rule asked for it
        fact = SampleSentBack(**vars(fact), decisions=back, due_on=due_on)
    record(db, fact, by=by, now=now, behalf=row.authority_id)
    period = period_from(row.period)
    if period is not None:
        replan(db, row.authority_id, period, now)
    return state


def note_answers(db: Db, *, enrolment_id: UUID, unit: str, now: datetime) -> None:
    """Let a sample go back to its quality assurer once every line that was sent back was decided anew."""
    rows = db.scalars(_HELD, {"enrolment_id": enrolment_id, "unit": unit}).all()
    if not rows or queries.lines_sent_back(db, enrolment_id, unit, unanswered=True):
        return
    for row in rows:
        row.state, row.changed_at = State.ANSWERED, now
        _step(db, row, State.ANSWERED, None, now)
        assert row.taken_by is not None  # somebody sent it back
        fact = SampleAnswered(
            about=row.learner_id, sample_id=row.id, enrolment_id=enrolment_id, unit=unit, taken_by=row.taken_by
        )
        record(db, fact, by=None, now=now)


SENT_BACK = (
    select(Sample)
    .where(Sample.enrolment_id == bindparam("enrolment_id"), Sample.unit == bindparam("unit"))
    .where(Sample.state == State.SENT_BACK)
)
"""The samples of a learner's unit that were sent back."""
_HELD = SENT_BACK.with_for_update()


def make_final(db: Db, work_ids: Collection[UUID]) -> None:
    """Let a sample of work on the way, that nobody has said anything about, be one of finished work from now on."""
    there = select(Sample.work_id).where(Sample.work_id.in_(work_ids), Sample.stage == Stage.FINAL)
    finished = set(db.scalars(there))
    wanted = (Sample.stage == Stage.INTERIM) & Sample.state.in_([State.OPEN, State.TAKEN])
    for row in db.scalars(select(Sample).where(Sample.work_id.in_(work_ids), wanted).with_for_update()):
        if row.work_id not in finished:
            row.stage = Stage.FINAL
    db.flush()


def record_activity(
    db: Db,
    *,
    id: UUID,
    authority_id: UUID,
    kind: Activity,
    about_id: UUID,
    on: date,
    said: str,
    by: UUID,
    now: datetime,
) -> None:
    """Write down that one watched an assessor at work or talked with somebody; the same form again changes nothing."""
    _is_assurer(db, authority_id, by, now)
    today, text = london_day(now), said.strip()
    if about_id == by:
        raise Refused(N_("Somebody else has to look at your own work."))
    if not text or len(text) > LONGEST:
        raise Refused(N_("Write what you saw or heard, in at most 2,000 characters."))
    if on > today or on < today - timedelta(days=366):
        raise Refused(N_("The day has to be today or in the past year."))
    row = QualityActivity(
        id=id, authority_id=authority_id, kind=kind.value, about_id=about_id, on_day=on, said=text, by=by, at=now
    )
    recent = (QualityActivity.by == by) & (QualityActivity.at > now - timedelta(days=1))
    if (db.scalar(select(func.count()).select_from(QualityActivity).where(recent)) or 0) >= MOST_A_DAY:
        raise Refused(N_("You have written very many today. Go on tomorrow."))
    if add_once(db, row):
        fact = QualityActivityRecorded(about=about_id, activity_id=id, kind=kind.value)
        record(db, fact, by=by, now=now, behalf=authority_id)


def _row(db: Db, sample_id: UUID, by: UUID, now: datetime) -> Sample:
    """The sample, held until the end of the transaction, for a quality assurer of its authority. Raises NotFound."""
    held = select(Sample).where(Sample.id == sample_id).with_for_update().execution_options(populate_existing=True)
    row = db.scalars(held).one_or_none()
    if row is None:
        raise NotFound("sample")
    _is_assurer(db, row.authority_id, by, now)
    return row


def _is_assurer(db: Db, authority_id: UUID, by: UUID, now: datetime) -> None:
    if not people.holds(db, by, Role.QUALITY_ASSURER, [authority_id], london_day(now)):
        raise NotFound("sample")


def _may_look(db: Db, row: Sample, by: UUID, now: datetime) -> None:
    why = queries.cannot_look(db, queries.views(db, [row])[0], by, now)
    if why is not None:
        raise Refused(why.sentence)


def _step(db: Db, row: Sample, state: State, by: UUID | None, now: datetime, *, word: str = "") -> None:
    db.add(SampleStep(sample_id=row.id, state=state, word=word, by=by, at=now))
    db.flush()
