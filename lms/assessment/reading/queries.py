"""Read whose texts are whose to read. One query, and one more for each authority an assessor has learners of."""

from datetime import date
from uuid import UUID

from lms.assessment.caseload import caseload
from lms.assessment.content import Frameworks
from lms.assessment.reading.rules import As, reads_as
from lms.assessment.rules import Capacity
from lms.assessment.standing import standings
from lms.core.db import Db, writes
from lms.core.shelves import shelf
from lms.core.words import NotFound
from lms.learning import queries as learning
from lms.learning.done import running_of
from lms.learning.writing import queries as writing
from lms.learning.writing.queries import Piece
from lms.learning.writing.waiting import Scope
from lms.people.rules import Role
from lms.people.viewer import Viewer


def scope_of(db: Db, viewer: Viewer, on: date) -> Scope:
    """Whose texts wait for somebody: of learners allocated to them today, and of the authorities they coordinate."""
    place = ("lms_reading_scope", viewer.person_id, on)
    kept: Scope | None = db.info.get(place)
    if kept is not None:
        return kept
    found = Scope(
        reader=viewer.person_id,
        enrolments=_allocated(db, viewer, on) if viewer.has(Role.ASSESSOR) else frozenset(),
        authorities=viewer.authorities(Role.COORDINATOR),
    )
    if not writes(db):  # several cards of a home page ask the same; in a unit that writes it may change
        db.info[place] = found
    return found


def _allocated(db: Db, viewer: Viewer, on: date) -> frozenset[UUID]:
    """The enrolments somebody is the assessor of, and those of the same learners that have no practice of their own."""
    mine = caseload(db, viewer, on)
    if not mine:
        return frozenset()
    frameworks = shelf(db, Frameworks)
    running = running_of(db, {learner for learner, _authority in mine.behind})
    courses = {(each.course, each.edition) for each in running}
    shown = {each for each in courses if frameworks.units_for(*each)}
    beside = (
        each.id
        for each in running
        if (each.learner_id, each.authority_id) in mine.behind and (each.course, each.edition) not in shown
    )
    return mine.enrolments | frozenset(beside)


def readable(db: Db, viewer: Viewer, work_id: UUID, on: date) -> tuple[Piece, As, UUID]:
    """A text somebody may read today, in which part, and on whose behalf. Raises NotFound for everybody else."""
    piece = writing.piece(db, work_id)
    enrolment = learning.enrolment(db, piece.enrolment_id)
    ties = standings(db, viewer, enrolment, on=on, today=on, among={Capacity.ASSESSOR})
    found = reads_as(
        reader=viewer.person_id,
        learner=piece.learner_id,
        assesses_for={tie.behalf for tie in ties},
        coordinates=viewer.authorities(Role.COORDINATOR),
        authority=piece.authority_id,
    )
    if found is None:
        raise NotFound("text")
    return piece, *found
