"""Write assessment: what was seen and judged, sign-off, and who is given to a learner as assessor."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import or_, select

from lms.assessment import places
from lms.assessment.admission import admitted, refuse_wrong_day
from lms.assessment.closing import refuse_missing, refuse_signed_off, refuse_unseen, sign_off_of
from lms.assessment.content import Criterion, Placed
from lms.assessment.events import (
    AllocationEnded,
    AssessorAllocated,
    CriterionJudged,
    ObservationRecorded,
    UnitSignedOff,
)
from lms.assessment.models import Allocation, JudgementRow, Observation, SignOff
from lms.assessment.rules import ANYBODY, HOUSEHOLD, Capacity, Judgement, Setting, Standing
from lms.assessment.standing import assessors_for
from lms.assessment.texts import LONGEST_FEEDBACK, LONGEST_SEEN
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView
from lms.people import queries as people
from lms.people.rules import Role

_REUSED = N_("Something was saved from this page before. Open the page anew to add something else.")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What somebody saw and made of it. `setting` is None where it was not asked; `feedback` is for the learner."""

    on: date
    text: str
    judgement: Judgement
    feedback: str = ""
    setting: Setting | None = None


def record_observation_and_judge(
    db: Db,
    *,
    id: UUID,
    enrolment_id: UUID,
    criterion: str,
    seen: Seen,
    by: UUID,
    now: datetime,
    among: Collection[Capacity] = ANYBODY,
    language: str = "en",
) -> UUID:
    """Record what `by` saw a learner do and what they made of it; returns the observation's id, which is `id`.

    The same `id` with the same content a second time changes nothing. `among` are the capacities of the door somebody
    came in by. Raises NotFound for strangers; refused for one's own work, a day that cannot be, a day on which they
    were not allocated or employing, and a unit that is signed off.
    """
    enrolment = learning.enrolment(db, enrolment_id)
    placed, asked = places.criterion_of(db, enrolment, criterion)
    standing = admitted(db, enrolment, by=by, on=seen.on, now=now, among=among)
    seen = _cleaned(seen)
    refuse_wrong_day(seen.on, enrolment, london_day(now))
    places.hold(db, enrolment, placed.unit.code, now=now)
    row = Observation(
        **_common(enrolment, placed, standing),
        id=id,
        criterion=asked.code,
        observer_id=by,
        seen_on=seen.on,
        setting=seen.setting,
        what_was_seen=seen.text,
        recorded_at=now,
    )
    earlier = db.get(Observation, id)
    if earlier is not None:
        _refuse_another_one(db, earlier, row, seen)
        return id
    refuse_signed_off(db, enrolment.id, placed.unit.code, standing=standing, by=by, language=language)
    if not add_once(db, row):
        raise Refused(_REUSED)
    _record_judgement(db, row, asked, seen)
    return id


def sign_off(
    db: Db,
    *,
    id: UUID,
    enrolment_id: UUID,
    unit: str,
    by: UUID,
    now: datetime,
    among: Collection[Capacity] = ANYBODY,
    language: str = "en",
) -> UUID:
    """Sign a learner's unit off for good; returns the sign-off's id, which is `id`. `language`: as the signer read it.

    The same `id` by the same person a second time changes nothing. Raises NotFound for strangers; refused for one's
    own work, while a criterion is not met, when somebody has signed it off already, and for a household that has not
    itself seen the work.
    """
    enrolment = learning.enrolment(db, enrolment_id)
    placed = places.unit_of(db, enrolment, unit)
    standing = admitted(db, enrolment, by=by, on=london_day(now), now=now, among=among)
    places.hold(db, enrolment, unit, now=now)
    there = sign_off_of(db, enrolment.id, unit)
    if there is not None and there.id == id and there.signed_by == by:
        return id
    refuse_signed_off(db, enrolment.id, unit, standing=standing, by=by, language=language)
    refuse_missing(db, enrolment.id, placed)
    if standing.capacity in HOUSEHOLD:
        refuse_unseen(db, enrolment.id, unit, by=by)
    statement = placed.framework.statements.for_(standing.capacity).text(language)
    row = SignOff(**_common(enrolment, placed, standing), id=id, signed_by=by, statement=statement, at=now)
    if not add_once(db, row):
        refuse_signed_off(db, enrolment.id, unit, standing=standing, by=by, language=language)
        raise Refused(_REUSED)
    fact = UnitSignedOff(about=enrolment.learner_id, enrolment_id=enrolment.id, unit=unit, sign_off_id=id)
    record(db, fact, by=by, now=now, behalf=standing.behalf)
    return id


def allocate_assessor(
    db: Db, *, enrolment_id: UUID, assessor_id: UUID, since: date, by: UUID, now: datetime, id: UUID | None = None
) -> UUID:
    """Give a learner an assessor from a day that is not in the future; returns the allocation.

    An assessor whom the learner has already, without a last day, changes nothing. Raises NotFound unless `by` is a
    coordinator of the learner's authority; refused for the learner themself, for somebody who cannot assess for this
    authority, and for a first day before the enrolment.
    """
    enrolment = _for_coordinator(db, enrolment_id, by, london_day(now))
    _refuse_assessor(db, enrolment, assessor_id, since, london_day(now))
    units = places.units_of(db, enrolment)
    if not units:
        raise Refused(N_("This course has nothing that is shown at work, so it needs no assessor."))
    places.hold(db, enrolment, units[0].unit.code, now=now)
    running = select(Allocation.id).where(
        Allocation.enrolment_id == enrolment.id, Allocation.assessor_id == assessor_id, Allocation.until.is_(None)
    )
    there = db.scalar(running.limit(1))
    if there is not None:
        return there
    row = Allocation(
        id=id or uuid4(),
        enrolment_id=enrolment.id,
        learner_id=enrolment.learner_id,
        assessor_id=assessor_id,
        since=since,
        allocated_by=by,
        allocated_at=now,
    )
    if not add_once(db, row):
        raise Refused(_REUSED)
    fact = AssessorAllocated(
        about=row.learner_id, enrolment_id=enrolment.id, allocation_id=row.id, assessor_id=assessor_id, since=since
    )
    record(db, fact, by=by, now=now, behalf=enrolment.authority_id)
    return row.id


def end_allocation(db: Db, *, allocation_id: UUID, by: UUID, now: datetime) -> None:
    """Let today be an assessor's last day with a learner; ended already, it stays as it is.

    Raises NotFound unless `by` is a coordinator of the learner's authority.
    """
    row = db.get(Allocation, allocation_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("allocation")
    enrolment = _for_coordinator(db, row.enrolment_id, by, london_day(now))
    if row.until is None:
        _end(db, row, london_day(now), enrolment.authority_id, by=by, now=now)


def end_allocations_of(db: Db, *, learner_id: UUID, authority_id: UUID, until: date, now: datetime) -> None:
    """Let a day be the last one for everybody who assesses a learner behind an authority's wall; earlier ends stay."""
    running = select(Allocation).where(
        Allocation.learner_id == learner_id, or_(Allocation.until.is_(None), Allocation.until > until)
    )
    for row in db.scalars(running.with_for_update()).all():
        if learning.enrolment(db, row.enrolment_id).authority_id == authority_id:
            _end(db, row, until, authority_id, by=None, now=now)


def _end(db: Db, row: Allocation, until: date, authority_id: UUID, *, by: UUID | None, now: datetime) -> None:
    row.until = max(until, row.since)
    fact = AllocationEnded(
        about=row.learner_id,
        enrolment_id=row.enrolment_id,
        allocation_id=row.id,
        assessor_id=row.assessor_id,
        until=row.until,
    )
    record(db, fact, by=by, now=now, behalf=authority_id)


def _for_coordinator(db: Db, enrolment_id: UUID, by: UUID, today: date) -> EnrolmentView:
    enrolment = learning.enrolment(db, enrolment_id)
    if not people.holds(db, by, Role.COORDINATOR, [enrolment.authority_id], today):
        raise NotFound("enrolment")
    return enrolment


def _refuse_assessor(db: Db, enrolment: EnrolmentView, assessor_id: UUID, since: date, today: date) -> None:
    if assessor_id == enrolment.learner_id:
        raise Refused(N_("Somebody else has to assess this learner: nobody assesses their own work."))
    if assessor_id not in {person.id for person in assessors_for(db, enrolment.authority_id, today)}:
        raise Refused(N_("Choose an assessor of your authority, or of an organisation you have an agreement with."))
    if since > today:
        raise Refused(N_("Choose today or an earlier day. For a later start, come back on that day."))
    if since < london_day(enrolment.enrolled_at):
        raise Refused(N_("This day is before they joined the course. Choose a day since then."))


def _cleaned(seen: Seen) -> Seen:
    text, feedback = clean_text(seen.text, LONGEST_SEEN), clean_text(seen.feedback, LONGEST_FEEDBACK)
    if not text:
        raise Refused(N_("Write what you saw. One sentence is enough."))
    if seen.judgement is Judgement.NOT_YET_MET and not feedback:
        raise Refused(N_("Write what should be different next time, so that they know what to work on."))
    return replace(seen, text=text, feedback=feedback)


_SAME = ("enrolment_id", "criterion", "observer_id", "seen_on", "setting", "what_was_seen")


def _refuse_another_one(db: Db, earlier: Observation, asked: Observation, seen: Seen) -> None:
    """A double tap brings the same content and is quiet; anything else must not be lost without a word."""
    same = all(getattr(earlier, name) == getattr(asked, name) for name in _SAME)
    judged = db.scalar(select(JudgementRow).where(JudgementRow.observation_id == earlier.id))
    if not same or judged is None or (judged.judgement, judged.feedback) != (seen.judgement, seen.feedback):
        raise Refused(_REUSED)


def _common(enrolment: EnrolmentView, placed: Placed, standing: Standing) -> dict[str, Any]:
    """What an observation and a sign-off both say: whose unit, by which edition, in which capacity, on whose behalf."""
    return {
        "enrolment_id": enrolment.id,
        "unit": placed.unit.code,
        "framework": placed.framework.code,
        "edition": placed.framework.edition,
        "learner_id": enrolment.learner_id,
        "capacity": standing.capacity,
        "behalf": standing.behalf,
    }


def _record_judgement(db: Db, observed: Observation, criterion: Criterion, seen: Seen) -> None:
    shared = {name: getattr(observed, name) for name in ("enrolment_id", "unit", "criterion", "capacity")}
    row = JudgementRow(
        **shared,
        id=uuid4(),
        kind=criterion.kind,
        learner_id=observed.learner_id,
        judgement=seen.judgement,
        feedback=seen.feedback,
        observation_id=observed.id,
        judge_id=observed.observer_id,
        behalf=observed.behalf,
        at=observed.recorded_at,
    )
    db.add(row)
    db.flush()
    about, observation = observed.learner_id, observed.id
    facts = (
        ObservationRecorded(
            **shared,
            about=about,
            framework=observed.framework,
            edition=observed.edition,
            observation_id=observation,
            seen_on=observed.seen_on,
            setting=observed.setting,
        ),
        CriterionJudged(
            **shared, about=about, judgement=seen.judgement, judgement_id=row.id, observation_id=observation
        ),
    )
    for fact in facts:
        record(db, fact, by=observed.observer_id, now=observed.recorded_at, behalf=observed.behalf)
