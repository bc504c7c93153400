"""Read who may record a learner's papers: the same people who may read the learner's texts, with the same reasons."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.assessment.reading.rules import reads_as
from lms.assessment.rules import Capacity
from lms.assessment.standing import standings
from lms.core.db import Db
from lms.core.words import NotFound
from lms.learning import queries as learning
from lms.learning.acting import Instead
from lms.learning.queries import EnrolmentView
from lms.people import queries as people
from lms.people.rules import Role
from lms.people.viewer import Viewer


@dataclass(frozen=True)
class AtDesk:
    """A learner whose papers somebody may record today, and on whose behalf."""

    enrolment: EnrolmentView
    learner_name: str
    behalf: UUID

    @property
    def instead(self) -> Instead:
        """For the services of study."""
        return Instead(self.enrolment.learner_id, self.behalf)


def at_desk(db: Db, viewer: Viewer, enrolment_id: UUID, on: date) -> AtDesk:
    """An allocated assessor's or a coordinator's learner. Raises NotFound for everybody else, and for oneself."""
    enrolment = learning.enrolment(db, enrolment_id)
    ties = standings(db, viewer, enrolment, on=on, today=on, among={Capacity.ASSESSOR})
    found = reads_as(
        reader=viewer.person_id,
        learner=enrolment.learner_id,
        assesses_for={tie.behalf for tie in ties},
        coordinates=viewer.authorities(Role.COORDINATOR),
        authority=enrolment.authority_id,
    )
    if found is None:
        raise NotFound("learner")
    return AtDesk(enrolment, people.person(db, enrolment.learner_id).name, found[1])
