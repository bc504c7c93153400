"""Write who assesses whom: a coordinator gives a learner an assessor, for a period."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import or_, select

from lms.assessment import places
from lms.assessment.events import AllocationEnded, AssessorAllocated
from lms.assessment.models import Allocation
from lms.assessment.standing import assessors_for
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView
from lms.people import queries as people
from lms.people.rules import Role

_REUSED = N_("Something was saved from this page before. Open the page anew to add something else.")


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
