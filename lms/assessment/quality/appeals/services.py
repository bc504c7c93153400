"""Write appeals: asked, acknowledged, looked at by a second person, answered, and once more where somebody wishes.

The first decision is never touched: a changed outcome leads to a new decision, by the second person where they may
decide on that learner's unit, else by whoever assesses the learner.
"""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import bindparam, func, select

from lms.assessment import allocating
from lms.assessment.competence.queries import close_to
from lms.assessment.deciding.latest import latest_of
from lms.assessment.quality.appeals import queries
from lms.assessment.quality.appeals.rules import (
    WITH_SECOND,
    Outcome,
    Stage,
    may_move,
    next_answer_by,
    not_second,
)
from lms.assessment.quality.events import AppealMoved, DecisionAppealed
from lms.assessment.quality.models import Appeal, AppealStep
from lms.assessment.quality.planning.queries import policy_of
from lms.assessment.standing import assessors_for
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.learning import queries as learning
from lms.people import queries as people
from lms.people.rules import Role
from lms.people.viewer import Viewer

LONGEST = 2000
MOST_A_DAY = 20


def ask(db: Db, *, id: UUID, decision_id: UUID, why: str, by: UUID, now: datetime) -> UUID:
    """Ask that a decision is looked at again; the same form again makes one appeal.

    Raises NotFound for anybody but the learner and who may read the decision; refused after the set days, for a
    decision that is met or no longer the last, and without saying why.
    """
    on = london_day(now)
    if db.get(Appeal, id) is not None:
        return id
    found = queries.decision_to_appeal(db, decision_id, _viewer(db, by, now), on)
    if found.why_not is not None:
        raise Refused(found.why_not.sentence)
    if not why.strip() or len(why) > LONGEST:
        raise Refused(N_("Say in a few words why you think it should be looked at again."))
    recent = (Appeal.asked_by == by) & (Appeal.asked_at.between(now.replace(hour=0, minute=0), now))
    if (db.scalar(select(func.count()).select_from(Appeal).where(recent)) or 0) >= MOST_A_DAY:
        raise Refused(N_("You have asked very often today. Go on tomorrow."))
    policy = policy_of(db, found.authority_id)
    row = Appeal(
        id=id,
        decision_id=decision_id,
        authority_id=found.authority_id,
        enrolment_id=found.enrolment_id,
        unit=found.unit,
        line=found.key,
        learner_id=found.learner_id,
        decided_by=found.by,
        asked_by=by,
        why=why.strip(),
        asked_at=now,
        stage=Stage.ASKED,
        due_on=next_answer_by(Stage.ASKED, on, policy.appeal_answer_days),
        changed_at=now,
    )
    if add_once(db, row):
        _step(db, row, uuid4(), by, now=now)
        fact = DecisionAppealed(
            about=row.learner_id,
            appeal_id=id,
            decision_id=decision_id,
            enrolment_id=row.enrolment_id,
            authority_id=row.authority_id,
            unit=row.unit,
        )
        record(db, fact, by=by, now=now)
    return id


def acknowledge(db: Db, *, id: UUID, appeal_id: UUID, by: UUID, now: datetime) -> None:
    """Tell the learner that the authority has their appeal; again changes nothing."""
    row = _staff_row(db, appeal_id, by, now)
    if row.stage is Stage.ASKED and db.get(AppealStep, id) is None:
        _move(db, row, Stage.ACKNOWLEDGED, id=id, by=by, now=now)


def name_second(db: Db, *, id: UUID, appeal_id: UUID, second_id: UUID, by: UUID, now: datetime) -> None:
    """Ask somebody to look at an appeal, who did not decide; again with the same person changes nothing.

    An assessor who does not have this learner is given them for this unit, until the day of the answer, so that they
    can read the evidence and decide anew. Refused for whoever decided, looked before, or is close to the learner.
    """
    row = _staff_row(db, appeal_id, by, now)
    to = Stage.LOOKED_AT_AGAIN if row.stage in (Stage.ASKED_AGAIN, Stage.LOOKED_AT_AGAIN) else Stage.BEING_LOOKED_AT
    if row.stage is to and row.second_id == second_id:
        return
    view = queries.views(db, [row])[0]
    on = london_day(now)
    relation = close_to(db, second_id, row.learner_id, on)
    why = not_second(
        second_id,
        decider=row.decided_by,
        learner=row.learner_id,
        before=queries.looked_before(db, row.id),
        close=relation is not None and relation.value != "none",
    )
    if why is not None:
        raise Refused(why.sentence)
    if all(each.id != second_id for each in queries.seconds_for(db, view, on)):
        raise Refused(N_("Choose a quality assurer or an assessor of this authority."))
    row.second_id = second_id
    _move(db, row, to, id=id, by=by, now=now, person_id=second_id)
    _give_learner(db, row, by, now)


def _give_learner(db: Db, row: Appeal, by: UUID, now: datetime) -> None:
    """An assessor from elsewhere gets the learner's unit while they look at the appeal."""
    on, second = london_day(now), row.second_id
    assert second is not None  # just named
    if all(each.id != second for each in assessors_for(db, row.authority_id, on)):
        return
    someone = _viewer(db, second, now)
    if not queries.may_look_after(db, someone, row, on):
        allocating.give(  # a quality assurer may name them too; that they assess for the authority was asked above
            db,
            learning.enrolment(db, row.enrolment_id),
            assessor_id=second,
            since=on,
            units=(row.unit,),
            until=row.due_on,
            by=by,
            now=now,
        )


def answer(db: Db, *, id: UUID, appeal_id: UUID, outcome: Outcome, word: str, by: UUID, now: datetime) -> None:
    """Answer an appeal as its second person: upheld, or changed, and then a new decision is asked for.

    Raises NotFound for anybody else; refused without words for the learner.
    """
    row = _row(db, appeal_id)
    if row.second_id != by:
        raise NotFound("appeal")
    if db.get(AppealStep, id) is not None:
        return
    if row.stage not in WITH_SECOND or outcome is Outcome.TAKEN_BACK:
        raise Refused(N_("This was answered already."))
    if not word.strip() or len(word) > LONGEST:
        raise Refused(N_("Write to the learner, in a few words, what you found and why."))
    last_time = row.stage is Stage.LOOKED_AT_AGAIN
    row.outcome = outcome
    to = Stage.DECIDING_AGAIN if outcome is Outcome.CHANGED else Stage.CLOSED if last_time else Stage.ANSWERED
    _move(db, row, to, id=id, by=by, now=now, word=word, outcome=outcome)
    note_new_decisions(db, enrolment_id=row.enrolment_id, unit=row.unit, now=now)


def ask_again(db: Db, *, id: UUID, appeal_id: UUID, why: str, by: UUID, now: datetime) -> None:
    """Ask for the second stage, as the learner or whoever asked for them; again changes nothing."""
    row = _row(db, appeal_id)
    _asker(db, row, by, now)
    if db.get(AppealStep, id) is not None or row.stage is Stage.ASKED_AGAIN:
        return
    if not may_move(row.stage, Stage.ASKED_AGAIN):
        raise Refused(N_("There is nothing to look at again now."))
    days = policy_of(db, row.authority_id).appeal_days
    if (london_day(now) - london_day(row.changed_at)).days > days:
        raise Refused(N_("The time to ask again is over. Talk to your training coordinator."))
    if not why.strip() or len(why) > LONGEST:
        raise Refused(N_("Say in a few words why you think it should be looked at again."))
    _move(db, row, Stage.ASKED_AGAIN, id=id, by=by, now=now, word=why)


def take_back(db: Db, *, id: UUID, appeal_id: UUID, by: UUID, now: datetime) -> None:
    """Take an appeal back, as the learner or whoever asked for them; again changes nothing."""
    row = _row(db, appeal_id)
    _asker(db, row, by, now)
    if row.stage is Stage.CLOSED:
        return
    row.outcome = row.outcome or Outcome.TAKEN_BACK
    _move(db, row, Stage.CLOSED, id=id, by=by, now=now, outcome=Outcome.TAKEN_BACK)


def note_new_decisions(db: Db, *, enrolment_id: UUID, unit: str, now: datetime) -> None:
    """Close the appeals that wait for a new decision of a line, once it is there."""
    rows = db.scalars(_HELD, {"enrolment_id": enrolment_id, "unit": unit}).all()
    if not rows:
        return
    latest = latest_of(db, enrolment_id)
    for row in rows:
        new = latest.get(row.line)
        if new is not None and new.id != row.decision_id:
            row.new_decision_id = new.id
            _move(db, row, Stage.CLOSED, id=uuid4(), by=None, now=now)


AGAIN = (
    select(Appeal)
    .where(Appeal.enrolment_id == bindparam("enrolment_id"), Appeal.unit == bindparam("unit"))
    .where(Appeal.stage == Stage.DECIDING_AGAIN)
)
"""The appeals that wait for a new decision of a line of a learner's unit."""
_HELD = AGAIN.with_for_update()


def _viewer(db: Db, person_id: UUID, now: datetime) -> Viewer:
    someone = people.viewer_of(db, person_id, london_day(now))
    if someone is None:
        raise NotFound("person")
    return someone


def _row(db: Db, appeal_id: UUID) -> Appeal:
    held = select(Appeal).where(Appeal.id == appeal_id).with_for_update().execution_options(populate_existing=True)
    row = db.scalars(held).one_or_none()
    if row is None:
        raise NotFound("appeal")
    return row


def _staff_row(db: Db, appeal_id: UUID, by: UUID, now: datetime) -> Appeal:
    row, on = _row(db, appeal_id), london_day(now)
    roles = (Role.QUALITY_ASSURER, Role.COORDINATOR)
    if not any(people.holds(db, by, role, [row.authority_id], on) for role in roles):
        raise NotFound("appeal")
    return row


def _asker(db: Db, row: Appeal, by: UUID, now: datetime) -> None:
    if by == row.learner_id:
        return
    someone = _viewer(db, by, now)
    if by != row.asked_by or not queries.may_look_after(db, someone, row, london_day(now)):
        raise NotFound("appeal")


def _move(
    db: Db,
    row: Appeal,
    to: Stage,
    *,
    id: UUID,
    by: UUID | None,
    now: datetime,
    word: str = "",
    outcome: Outcome | None = None,
    person_id: UUID | None = None,
) -> None:
    if not may_move(row.stage, to) or db.get(AppealStep, id) is not None:  # a form's number is used once
        raise Refused(N_("This has gone on since. Read the page again."))
    row.stage, row.changed_at = to, now
    row.due_on = next_answer_by(to, london_day(now), policy_of(db, row.authority_id).appeal_answer_days)
    _step(db, row, id, by, now=now, word=word, outcome=outcome, person_id=person_id)
    fact = AppealMoved(
        about=row.learner_id,
        appeal_id=row.id,
        stage=to,
        outcome=row.outcome,
        asked_by=row.asked_by,
        second_id=row.second_id,
    )
    record(db, fact, by=by, now=now, behalf=row.authority_id if by else None)


def _step(
    db: Db,
    row: Appeal,
    id: UUID,
    by: UUID | None,
    *,
    now: datetime,
    word: str = "",
    outcome: Outcome | None = None,
    person_id: UUID | None = None,
) -> None:
    db.add(
        AppealStep(
            id=id,
            appeal_id=row.id,
            stage=row.stage,
            outcome=outcome,
            person_id=person_id,
            word=word.strip(),
            by=by,
            at=now,
        )
    )
    db.flush()
