"""Who may look at a learner's knowledge, and hear what they know: as for their texts, the tie to the learner decides.

An assessor while the learner is allocated to them and is a PA there, whatever course they were allocated for; a
coordinator the learners of their own authority. An employer looks only when the learner shares it, which is another
room's page.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from lms.assessment.models import Allocation, LearnerUnit
from lms.assessment.reading.rules import As, reads_as
from lms.assessment.standing import teaching_organisations
from lms.core.db import Db
from lms.core.words import NotFound
from lms.people import queries as people
from lms.people.rules import Role
from lms.people.viewer import Viewer


@dataclass(frozen=True)
class Look:
    """In which part somebody looks at a learner's knowledge, on whose behalf, and behind which wall."""

    learner_id: UUID
    capacity: As
    behalf: UUID
    authority_id: UUID


def look(db: Db, viewer: Viewer, learner_id: UUID, on: date) -> Look:
    """How somebody may look at a learner's knowledge today. Raises NotFound for strangers and for the learner."""
    authority, places = _assesses(db, viewer, learner_id, on)
    ours = _coordinates(db, viewer, learner_id, on) if authority is None else None
    authority = authority or ours
    if authority is None:
        raise NotFound("learner")
    found = reads_as(
        reader=viewer.person_id,
        learner=learner_id,
        assesses_for=places,
        coordinates={ours} if ours else (),
        authority=authority,
    )
    if found is None:
        raise NotFound("learner")
    return Look(learner_id, *found, authority)


def _assesses(db: Db, viewer: Viewer, learner_id: UUID, on: date) -> tuple[UUID | None, frozenset[UUID]]:
    """The authority for which somebody is the learner's assessor today, and the places they are one at for it."""
    places = viewer.organisations(Role.ASSESSOR)
    if not places:
        return None, frozenset()
    authorities = db.scalars(
        select(LearnerUnit.authority_id)
        .join(Allocation, Allocation.enrolment_id == LearnerUnit.enrolment_id)
        .where(
            Allocation.assessor_id == viewer.person_id,
            Allocation.learner_id == learner_id,
            people.current(Allocation, on),
        )
        .distinct()
        .order_by(LearnerUnit.authority_id)
    ).all()
    for authority in authorities:
        here = places & set(teaching_organisations(db, authority, on))
        # Who left the authority is nobody's learner there any more, whatever was allocated while they were.
        if here and people.holds(db, learner_id, Role.PA, [authority], on):
            return authority, here
    return None, frozenset()


def _coordinates(db: Db, viewer: Viewer, learner_id: UUID, on: date) -> UUID | None:
    ours = sorted(viewer.authorities(Role.COORDINATOR))
    return next((each for each in ours if people.holds(db, learner_id, Role.PA, [each], on)), None)
