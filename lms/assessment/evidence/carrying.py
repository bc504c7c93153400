"""Whether a practice decision may rest on a piece: whoever offered it could then have decided on it themself."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from lms.assessment.competence.queries import may_decide_each
from lms.assessment.content import Placed
from lms.assessment.rules import Capacity, Standing
from lms.assessment.standing import allocated_units
from lms.core.db import Db
from lms.learning.queries import EnrolmentView


def carried_units(
    db: Db,
    enrolment: EnrolmentView,
    units: Sequence[Placed],
    *,
    by: UUID | None,
    standing: Standing | None,
    on: date,
    today: date,
) -> frozenset[str]:
    """The units for which somebody who stands so could decide on what they saw on a day; none without a standing."""
    if by is None or standing is None or not units:
        return frozenset()
    if standing.capacity is Capacity.ASSESSOR:
        mine = allocated_units(db, by, enrolment.id, today)
        units = [each for each in units if mine is None or each.unit.code in mine]
    found = may_decide_each(
        db,
        person_id=by,
        capacity=standing.capacity,
        behalf=standing.behalf,
        enrolment=enrolment,
        units=units,
        on=on,
        today=today,
    )
    return frozenset(unit for unit, answer in found.items() if answer.yes)
