"""Whether somebody may decide on these lines today: competent and independent for each unit, on the day of the work."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from lms.assessment.competence.labels import WHY
from lms.assessment.competence.queries import has_answered, may_decide_each, needs_of
from lms.assessment.competence.rules import MayDecide, Needs
from lms.assessment.content import Placed
from lms.assessment.rules import Standing
from lms.core.db import Db
from lms.core.words import N_, Refused
from lms.learning.queries import EnrolmentView

UNANSWERED = N_(
    "First say whether you are close to this person: a relative, a partner, or in the same home. Open their page in "
    "PALMS, and you are asked. Nothing you wrote is lost."
)


def deciding_on(
    db: Db,
    enrolment: EnrolmentView,
    wanted: Sequence[tuple[Placed, date]],
    *,
    by: UUID,
    standing: Standing,
    today: date,
) -> Mapping[tuple[str, date], MayDecide]:
    """For each unit and day of work the answer, all of them yes. Refused with the first reason why not.

    Whoever was never asked whether they are close to the learner decides on no standard: pages ask them first, and no
    address leads past it. At most six queries for each day of work among them, which is one for a visit, and one more.
    """
    asks = any(needs_of(placed.framework) is Needs.UNIT for placed, _ in wanted)
    if asks and not has_answered(db, by, enrolment.learner_id):
        raise Refused(UNANSWERED)
    found: dict[tuple[str, date], MayDecide] = {}
    for day in sorted({on for _, on in wanted}):
        units = {placed.unit.code: placed for placed, on in wanted if on == day}
        answers = may_decide_each(
            db,
            person_id=by,
            capacity=standing.capacity,
            behalf=standing.behalf,
            enrolment=enrolment,
            units=list(units.values()),
            on=day,
            today=today,
        )
        for code in units:
            why = answers[code].why
            if why is not None:
                raise Refused(WHY[why])
            found[code, day] = answers[code]
    return found
