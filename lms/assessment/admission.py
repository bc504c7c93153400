"""Whether somebody may write about a learner's work: who they are to the learner, and on which day."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from lms.assessment.rules import Answer, Capacity, Standing, WrongDay, may_judge, wrong_day
from lms.assessment.standing import allocated_units, chosen, standings
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import N_, NotFound, Refused
from lms.learning.queries import EnrolmentView
from lms.people import queries as people

_OTHER_DAY = N_(
    "By our records this was not yours to judge on that day: you did not work together then. Choose another day, or "
    "ask your training coordinator to correct the record."
)

WRONG_DAYS = {
    WrongDay.FUTURE: N_("This day has not come yet. Choose the day on which you saw it."),
    WrongDay.BEFORE_ENROLMENT: N_("This day is before they joined the course. Choose a day since then."),
}
"""What is said of a day on which nothing can have been seen; message ids."""


def admitted(
    db: Db,
    enrolment: EnrolmentView,
    *,
    by: UUID,
    on: date,
    now: datetime,
    among: Collection[Capacity],
    units: Collection[str] = (),
    came: Standing | None = None,
) -> Standing:
    """The standing in which somebody writes about a learner's work of a day.

    With `units`, an assessor has to be allocated to each of them today. `came`: how they stand today, by a page whose
    door (`doors.door`) has just asked the same, in the same unit of work, of one capacity alone. Raises NotFound for a
    stranger; refused for one's own work, for a day on which they had nothing to do with each other, and after the
    learner has left.
    """
    if by == enrolment.learner_id:
        raise Refused(N_("Somebody else has to judge and sign off your own work."))
    today = london_day(now)
    if came is not None and on == today and set(among) == {came.capacity}:
        still = then = frozenset({came})
    else:
        still, then = _stood(db, enrolment, by=by, on=on, today=today, among=among)
    answer = may_judge(person=by, learner=enrolment.learner_id, today=still, then=then)
    standing = _open_to(db, enrolment, still & then, by=by, units=units, today=today)
    if answer is Answer.NOT_THAT_DAY:
        raise Refused(_OTHER_DAY)
    if standing is None:
        raise NotFound("learner")
    if enrolment.ended:
        raise Refused(N_("They have left this course, so nothing can be added to it."))
    return standing


def _stood(
    db: Db, enrolment: EnrolmentView, *, by: UUID, on: date, today: date, among: Collection[Capacity]
) -> tuple[frozenset[Standing], frozenset[Standing]]:
    """How somebody stands to a learner today, and how they stood on a day. Raises NotFound where there is nobody."""
    viewer = people.viewer_of(db, by, today)
    if viewer is None:
        raise NotFound("learner")
    still = standings(db, viewer, enrolment, on=today, today=today, among=among)
    then = still if on == today else standings(db, viewer, enrolment, on=on, today=today, among=among)
    return still, then


def _open_to(
    db: Db, enrolment: EnrolmentView, found: Collection[Standing], *, by: UUID, units: Collection[str], today: date
) -> Standing | None:
    """The standing that is chosen, as an assessor only where all these units are theirs."""
    standing = chosen(found)
    if not units or standing is None or standing.capacity is not Capacity.ASSESSOR:
        return standing
    mine = allocated_units(db, by, enrolment.id, today)
    if mine is None or set(units) <= mine:
        return standing
    return chosen(each for each in found if each.capacity is not Capacity.ASSESSOR)


def refuse_wrong_day(on: date, enrolment: EnrolmentView, today: date) -> None:
    """Refuse a day on which nothing can have been seen for this enrolment."""
    problem = wrong_day(on, enrolled_on=london_day(enrolment.enrolled_at), today=today)
    if problem is not None:
        raise Refused(WRONG_DAYS[problem])
