"""Write who assesses whom: a coordinator gives a learner an assessor, for a period."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Select, or_, select

from lms.assessment import places
from lms.assessment.asking.models import AllocationUnit
from lms.assessment.events import AllocationEnded, AssessorAllocated
from lms.assessment.models import Allocation
from lms.assessment.standing import assessors_for
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.house import House
from lms.core.words import N_, NotFound, Refused
from lms.learning import queries as learning
from lms.learning.leaving import LEFT
from lms.learning.queries import EnrolmentView
from lms.people import queries as people
from lms.people.rules import Role

_REUSED = N_("Something was saved from this page before. Open the page anew to add something else.")


def allocate_assessor(
    db: Db,
    *,
    enrolment_id: UUID,
    assessor_id: UUID,
    since: date,
    by: UUID,
    now: datetime,
    id: UUID | None = None,
    units: Collection[str] = (),
    until: date | None = None,
) -> UUID:
    """Give a learner an assessor from a day that is not in the future; returns the allocation.

    `units`: for these only, where several assessors share what a learner has to show; empty: for all. `until`: the last
    day. An assessor whom the learner has already, for as much and as long, changes nothing. Raises NotFound unless `by`
    is a coordinator of the learner's authority, and for a unit the learner does not have; refused for the learner
    themself, for somebody who cannot assess for this authority, and for a first day before the enrolment.
    """
    enrolment = _for_coordinator(db, enrolment_id, by, london_day(now))
    _refuse_assessor(db, enrolment, assessor_id, since, london_day(now))
    return give(db, enrolment, assessor_id=assessor_id, since=since, until=until, units=units, by=by, now=now, id=id)


def give(
    db: Db,
    enrolment: EnrolmentView,
    *,
    assessor_id: UUID,
    since: date,
    until: date | None,
    units: Collection[str],
    by: UUID,
    now: datetime,
    id: UUID | None = None,
) -> UUID:
    """The allocation itself, for callers who have seen to it that `by` may, and that the assessor can."""
    theirs = places.units_of(db, enrolment)
    if not theirs:
        raise Refused(N_("This course has nothing that is shown at work, so it needs no assessor."))
    if not set(units) <= {placed.unit.code for placed in theirs}:
        raise NotFound("unit")
    if until is not None and until < max(since, london_day(now)):
        raise Refused(N_("Choose a last day that has not passed."))
    places.hold(db, enrolment, theirs[0].unit.code, now=now)
    if id is not None and (before := db.get(Allocation, id)) is not None:
        return _same(db, before, enrolment, assessor_id, units)
    there = _covers(db, enrolment.id, assessor_id, until, units)
    if there is not None:
        return there
    row = Allocation(
        id=id or uuid4(),
        enrolment_id=enrolment.id,
        learner_id=enrolment.learner_id,
        assessor_id=assessor_id,
        since=since,
        until=until,
        allocated_by=by,
        allocated_at=now,
    )
    if not add_once(db, row):
        raise Refused(_REUSED)
    db.add_all(AllocationUnit(allocation_id=row.id, unit=unit) for unit in sorted(set(units)))
    db.flush()
    fact = AssessorAllocated(
        about=row.learner_id, enrolment_id=enrolment.id, allocation_id=row.id, assessor_id=assessor_id, since=since
    )
    record(db, fact, by=by, now=now, behalf=enrolment.authority_id)
    return row.id


def _same(db: Db, row: Allocation, enrolment: EnrolmentView, assessor_id: UUID, units: Collection[str]) -> UUID:
    """The allocation that this page made before, when it is the same one."""
    if (row.enrolment_id, row.assessor_id) != (enrolment.id, assessor_id) or units_of(db, row.id) != frozenset(units):
        raise Refused(_REUSED)
    return row.id


def _covers(db: Db, enrolment_id: UUID, assessor_id: UUID, until: date | None, units: Collection[str]) -> UUID | None:
    """An allocation of this assessor that is for as much and as long."""
    later = Allocation.until.is_(None)
    long_enough = later if until is None else or_(later, Allocation.until >= until)
    running = select(Allocation.id).where(
        Allocation.enrolment_id == enrolment_id,
        Allocation.assessor_id == assessor_id,
        long_enough,
    )
    for found in db.scalars(running.order_by(Allocation.allocated_at)):
        for_ = units_of(db, found)
        if not for_ or (units and set(units) <= for_):
            return found
    return None


def units_of(db: Db, allocation_id: UUID) -> frozenset[str]:
    """The units an allocation is for; none: all of them."""
    wanted = select(AllocationUnit.unit).where(AllocationUnit.allocation_id == allocation_id)
    return frozenset(db.scalars(wanted))


def hand_over(db: Db, *, allocation_id: UUID, to: UUID, by: UUID, now: datetime, id: UUID | None = None) -> UUID:
    """Let another assessor take over today what one has of a learner: the same units, until the same last day.

    Today is the last day of the first. Handed over already, it stays as it is. Raises NotFound and refuses as
    `allocate_assessor` does.
    """
    row = _held(db, allocation_id)
    today = london_day(now)
    enrolment = _for_coordinator(db, row.enrolment_id, by, today)
    if to == row.assessor_id:
        raise Refused(N_("Choose another assessor than the one who has this learner now."))
    if row.until is not None and row.until < today:
        raise Refused(N_("This has ended already. Choose a new assessor instead."))
    _refuse_assessor(db, enrolment, to, today, today)
    units, until = units_of(db, row.id), row.until
    given = give(db, enrolment, assessor_id=to, since=today, until=until, units=units, by=by, now=now, id=id)
    if row.until is None or row.until > today:
        _end(db, row, today, enrolment.authority_id, by=by, now=now)
    return given


def _held(db: Db, allocation_id: UUID) -> Allocation:
    row = db.get(Allocation, allocation_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("allocation")
    return row


def end_allocation(db: Db, *, allocation_id: UUID, by: UUID, now: datetime) -> None:
    """Let today be an assessor's last day with a learner; ended already, it stays as it is.

    Raises NotFound unless `by` is a coordinator of the learner's authority.
    """
    row = _held(db, allocation_id)
    enrolment = _for_coordinator(db, row.enrolment_id, by, london_day(now))
    if row.until is None or row.until > london_day(now):
        _end(db, row, london_day(now), enrolment.authority_id, by=by, now=now)


def end_allocations_of(db: Db, *, learner_id: UUID, authority_id: UUID, until: date, now: datetime) -> None:
    """Let a day be the last one for everybody who assesses a learner behind an authority's wall; earlier ends stay."""
    running = select(Allocation).where(
        Allocation.learner_id == learner_id, or_(Allocation.until.is_(None), Allocation.until > until)
    )
    for row in db.scalars(running.with_for_update()).all():
        if learning.enrolment(db, row.enrolment_id).authority_id == authority_id:
            _end(db, row, until, authority_id, by=None, now=now)


def end_allocations_on(db: Db, enrolment_id: UUID, *, until: date, now: datetime) -> None:
    """Let a day be the last one for everybody who assesses an enrolment that was left; earlier ends stay."""
    authority_id = learning.enrolment(db, enrolment_id).authority_id
    running = _after(until).where(Allocation.enrolment_id == enrolment_id)
    for row in db.scalars(running.with_for_update()).all():
        _end(db, row, until, authority_id, by=None, now=now)


def end_with_enrolments(house: House, now: datetime) -> None:
    """Each minute: whoever still assesses an enrolment that was left, as after an upgrade, does so until today."""
    on = london_day(now)
    wanted = _after(on).where(Allocation.enrolment_id.in_(LEFT)).with_only_columns(Allocation.enrolment_id)
    with house.database.reading() as db:
        left = sorted(set(db.scalars(wanted.limit(_AT_ONCE))))
    for enrolment_id in left:
        with house.database.writing() as db:
            end_allocations_on(db, enrolment_id, until=on, now=now)


_AT_ONCE = 500


def _after(until: date) -> Select[Allocation]:
    return select(Allocation).where(or_(Allocation.until.is_(None), Allocation.until > until))


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
