"""Open an edition of the standards for a learner on the knowledge course: from then on they also show practice."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import IntegrityError

from lms.assessment import places
from lms.assessment.content import Framework
from lms.assessment.deciding.models import Decision, DecisionDraft
from lms.assessment.events import StandardsOpened
from lms.assessment.evidence.models import Evidence
from lms.assessment.knowledge.mapping import COURSE
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.models import LearnerUnit, WorkingTo
from lms.assessment.standing_rows import refresh_all
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView
from lms.people import queries as people
from lms.people.rules import Role


def open_standards(db: Db, *, enrolment_id: UUID, framework: str, by: UUID, now: datetime) -> None:
    """Let a learner show practice in the newest edition of a framework of standards. The same again changes nothing.

    Another edition takes the place of the one that is open only while nothing is recorded in that. Raises NotFound
    unless `by` is the learner, or a coordinator of their authority, and for a framework that is no set of standards or
    is not for their nation; refused on any other course, after the learner has left, and once something is recorded.
    """
    enrolment = learning.enrolment(db, enrolment_id)
    if by != enrolment.learner_id and not people.holds(
        db, by, Role.COORDINATOR, [enrolment.authority_id], london_day(now)
    ):
        raise NotFound("enrolment")
    chosen = _standards(db, enrolment, framework)
    if enrolment.ended:
        raise Refused(N_("They have left this course, so nothing can be added to it."))
    if enrolment.course != COURSE:
        raise Refused(N_("The standards are opened on the Care Certificate course. Join that course first."))
    row = WorkingTo(
        enrolment_id=enrolment.id, framework=chosen.code, edition=chosen.edition, opened_at=now, opened_by=by
    )
    if db.get(WorkingTo, enrolment.id) is not None or not add_once(db, row):
        there = db.get_one(WorkingTo, enrolment.id, with_for_update=True, populate_existing=True)
        if (there.framework, there.edition) == (chosen.code, chosen.edition):
            return
        _refuse_recorded(db, enrolment)
        _close(db, enrolment, there)
        there.framework, there.edition, there.opened_at, there.opened_by = chosen.code, chosen.edition, now, by
        db.flush()
    places.open_units(db, enrolment, now=now)
    _ready(db, enrolment, now)
    refresh_all(db, enrolment, now)
    fact = StandardsOpened(
        about=enrolment.learner_id, enrolment_id=enrolment.id, framework=chosen.code, edition=chosen.edition
    )
    record(db, fact, by=by, now=now, behalf=enrolment.authority_id)


def _standards(db: Db, enrolment: EnrolmentView, code: str) -> Framework:
    found = frameworks_for(db, enrolment.authority_id).framework(code)
    nation = people.organisation(db, enrolment.authority_id).nation
    if not found.is_standards or found.nation not in {None, nation}:
        raise NotFound("framework")
    return found


def _of(there: WorkingTo) -> ColumnElement[bool]:
    return (LearnerUnit.framework == there.framework) & (LearnerUnit.edition == there.edition)


def _close(db: Db, enrolment: EnrolmentView, there: WorkingTo) -> None:
    """Take the units of an edition away. Refused while anything hangs on one: a link, a sitting, a sign-off."""
    try:
        with db.begin_nested():
            db.execute(delete(LearnerUnit).where(LearnerUnit.enrolment_id == enrolment.id, _of(there)))
    except IntegrityError:
        raise Refused(
            N_("Somebody was asked, or something was begun, in the edition that is open, so it stays.")
        ) from None


def _refuse_recorded(db: Db, enrolment: EnrolmentView) -> None:
    """Refuse another edition once something is recorded. Rows of units are held, so that nothing comes in beside."""
    db.execute(select(LearnerUnit.unit).where(LearnerUnit.enrolment_id == enrolment.id).with_for_update())
    for table in (Evidence, Decision, DecisionDraft):
        if db.scalar(select(table.id).where(table.enrolment_id == enrolment.id).limit(1)) is not None:
            raise Refused(N_("Evidence is recorded in the edition that is open, so it stays. Finish in that edition."))


def _ready(db: Db, enrolment: EnrolmentView, now: datetime) -> None:
    """Units whose learning was done before they were opened wait to be seen from now on."""
    waiting = select(LearnerUnit.module).where(
        LearnerUnit.enrolment_id == enrolment.id, LearnerUnit.ready_at.is_(None), LearnerUnit.module.is_not(None)
    )
    for module in sorted({each for each in db.scalars(waiting) if each is not None}):
        if learning.module_done(db, enrolment.id, module) is not None:
            of_module = (LearnerUnit.enrolment_id == enrolment.id, LearnerUnit.module == module)
            db.execute(update(LearnerUnit).where(*of_module).values(ready_at=now))
    db.expire_all()
