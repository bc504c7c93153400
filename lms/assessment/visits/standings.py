"""How an assessor stood to a learner on a day, and stands today: what decides whether a visit can be filed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.assessment.rules import Capacity, Standing
from lms.assessment.standing import chosen, standings, units_open_to
from lms.core.db import Db
from lms.learning.queries import EnrolmentView
from lms.people import queries as people

_ASSESSOR = frozenset({Capacity.ASSESSOR})


@dataclass(frozen=True)
class Tie:
    """The standing that held on the day, and the one that holds today; None for a stranger."""

    then: Standing | None
    today: Standing | None


def tie_of(db: Db, enrolment: EnrolmentView, *, by: UUID, on: date, today: date, units: Collection[str]) -> Tie:
    """How an assessor stood to a learner's units. Of the day itself the roles of that day count, since they may have
    ended with the tie.
    """
    if by == enrolment.learner_id:
        return Tie(None, None)
    return Tie(_standing(db, enrolment, by, on, units), _standing(db, enrolment, by, today, units))


def _standing(db: Db, enrolment: EnrolmentView, by: UUID, on: date, units: Collection[str]) -> Standing | None:
    viewer = people.viewer_of(db, by, on)
    if viewer is None:
        return None
    standing = chosen(standings(db, viewer, enrolment, on=on, today=on, among=_ASSESSOR))
    if standing is None:
        return None
    open_to = units_open_to(db, viewer, enrolment, on=on, today=on)
    return standing if open_to is None or set(units) <= open_to else None
