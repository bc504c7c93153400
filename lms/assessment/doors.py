"""Who stands at a learner's door, for views: the wall between one's own learners and everybody else's."""

from collections.abc import Collection
from uuid import UUID

from lms.assessment.rules import Capacity, Standing
from lms.assessment.standing import chosen, standings
from lms.core.db import Db
from lms.core.web.state import today, unit
from lms.core.words import NotFound
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView
from lms.people import queries as people
from lms.people.guards import viewer


def door(
    enrolment_id: UUID, among: Collection[Capacity], *, unit_code: str | None = None
) -> tuple[EnrolmentView, Standing, str]:
    """An enrolment, how the viewer stands to its learner today, and the learner's name.

    `unit_code`: an assessor has to be allocated to this unit. Raises NotFound for a stranger and for the learner, the
    same as for an enrolment that does not exist.
    """
    db: Db = unit()
    enrolment = learning.enrolment(db, enrolment_id)
    standing = chosen(standings(db, viewer(), enrolment, on=today(), today=today(), among=among, unit=unit_code))
    if standing is None or enrolment.learner_id == viewer().person_id:
        raise NotFound("learner")
    return enrolment, standing, people.person(db, enrolment.learner_id).name
