"""Take an enrolment until the end of a unit of work, before anything is written for its learner."""

from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from lms.core.db import Db
from lms.core.words import N_, NotFound, Refused
from lms.learning.models import Enrolment

_NAMED = aliased(Enrolment)
_ALL = (
    select(Enrolment)
    .where(
        Enrolment.learner_id
        == select(_NAMED.learner_id).where(_NAMED.id == bindparam("enrolment_id")).scalar_subquery()
    )
    .order_by(Enrolment.id)
    .with_for_update()
    .execution_options(populate_existing=True)
)


def take(db: Db, enrolment_id: UUID) -> Enrolment | None:
    """An enrolment with all others of its learner, held until the end of the unit of work; None when it is not there.

    What is finished in one course counts in another, so what is written for one may write in all. They are taken in the
    order of their ids: two units of work can then never each wait for what the other holds.
    """
    return next((row for row in db.scalars(_ALL, {"enrolment_id": enrolment_id}) if row.id == enrolment_id), None)


def take_own(db: Db, enrolment_id: UUID, learner_id: UUID) -> Enrolment:
    """The learner's own running enrolment, held likewise. Raises NotFound for anybody else's; refused once it ended."""
    row = take(db, enrolment_id)
    if row is None or row.learner_id != learner_id:
        raise NotFound("enrolment")
    if row.ended_at is not None:
        raise Refused(N_("This course has ended for you. Ask your training coordinator if that is not right."))
    return row


def take_all(db: Db, learner_id: UUID) -> list[Enrolment]:
    """Every enrolment of a learner, held likewise."""
    mine = select(Enrolment).where(Enrolment.learner_id == learner_id).order_by(Enrolment.id).with_for_update()
    return list(db.scalars(mine.execution_options(populate_existing=True)))
