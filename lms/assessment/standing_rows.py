"""Where each unit stands, kept beside it: rewritten in the same transaction by whatever changes it.

Lists, queues and grids read one row a unit; whether somebody may sign off is always worked out anew.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.assessment import places
from lms.assessment.closing import STANDING
from lms.assessment.content import Placed
from lms.assessment.deciding.latest import Latest
from lms.assessment.deciding.rules import met, unit_state
from lms.assessment.deciding.stands import stands_of, undecided_of
from lms.assessment.models import LearnerUnit
from lms.assessment.signing.models import SignOff
from lms.core.db import Db, columns
from lms.core.house import House
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView

AT_ONCE = 200
"""Enrolments counted in one go by the worker: a few seconds of its time."""


def refresh(db: Db, enrolment_id: UUID, unit: str, now: datetime) -> None:
    """Write down anew where one unit stands."""
    enrolment = learning.enrolment(db, enrolment_id)
    refresh_all(db, enrolment, now, units=[p for p in places.units_of(db, enrolment) if p.unit.code == unit])


def refresh_all(
    db: Db,
    enrolment: EnrolmentView,
    now: datetime,
    *,
    units: Sequence[Placed] | None = None,
    latest: Mapping[str, Latest] | None = None,
    rows: Collection[LearnerUnit] | None = None,
) -> None:
    """The same for several units of an enrolment, or all. At most eight queries; rows that stay are not touched.

    `latest`: the last decisions of its lines, by whoever has just written some and knows them. `rows`: the rows of
    these units, by whoever holds them.
    """
    if units is None:
        units = places.units_of(db, enrolment)
    if not units:
        return
    stands, _ = stands_of(db, enrolment, units, latest)
    signed = {row[0] for row in columns(db, _SIGNED, {"enrolment_id": enrolment.id})}
    undecided = undecided_of(db, enrolment.id)
    asked = {"enrolment_id": enrolment.id, "units": [placed.unit.code for placed in units]}
    for row in db.scalars(_ROWS, asked) if rows is None else rows:
        lines = stands[row.unit]
        counted = unit_state(lines.values(), signed_off=row.unit in signed), met(lines.values()), len(lines)
        row.undecided, row.undecided_since = undecided.get(row.unit, (0, None))
        if (row.state, row.met, row.needed) != counted:
            row.state, row.met, row.needed = counted
            row.changed_at = now
    db.flush()


# Put together once: whoever writes asks them.
_SIGNED = select(SignOff.unit).where(SignOff.enrolment_id == bindparam("enrolment_id"), STANDING)
_ROWS = select(LearnerUnit).where(
    LearnerUnit.enrolment_id == bindparam("enrolment_id"), LearnerUnit.unit.in_(bindparam("units", expanding=True))
)


def refresh_learner(db: Db, *, learner_id: UUID, authority_id: UUID, now: datetime) -> None:
    """The same for every unit of a learner behind one wall: what is shown in one course counts in another of theirs."""
    of_learner = select(LearnerUnit.enrolment_id).distinct().where(LearnerUnit.learner_id == learner_id)
    for enrolment_id in db.scalars(of_learner.where(LearnerUnit.authority_id == authority_id)).all():
        refresh_all(db, learning.enrolment(db, enrolment_id), now)


def count_undecided(db: Db, enrolment_id: UUID) -> None:
    """Write down anew how much evidence of each unit nobody has decided on. Two queries."""
    undecided = undecided_of(db, enrolment_id)
    for row in db.scalars(select(LearnerUnit).where(LearnerUnit.enrolment_id == enrolment_id)):
        row.undecided, row.undecided_since = undecided.get(row.unit, (0, None))
    db.flush()


def catch_up(house: House, now: datetime) -> int:
    """Count units nobody has counted yet, after an upgrade; returns how many enrolments were looked at."""
    with house.database.reading() as db:
        uncounted = select(LearnerUnit.enrolment_id).where(LearnerUnit.needed == 0).distinct().limit(AT_ONCE)
        found = db.scalars(uncounted).all()
    for enrolment_id in found:
        with house.database.writing() as db:
            refresh_all(db, learning.enrolment(db, enrolment_id), now)
    return len(found)
