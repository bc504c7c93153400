"""As many decisions in one authority as the goals speak of, at every size of the country: its plan is looked at.

They are laid down row by row and not through the services, which take a moment for each; what stands beside decisions
(where a unit stands, what a plan chooses from, the plan itself) is then counted by the product.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select

from lms.assessment.deciding.models import Decision, Sitting
from lms.assessment.evidence.rules import Way
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.models import Allocation, LearnerUnit
from lms.assessment.quality.planning import services as planning
from lms.assessment.quality.planning.queries import policy_of
from lms.assessment.quality.planning.work import refresh
from lms.assessment.quality.rules import period_of
from lms.assessment.rules import Capacity, Judgement, UnitState
from lms.assessment.standing_rows import refresh_all
from lms.core.clock import london_day
from lms.core.db import Db
from lms.learning import queries as learning
from tests.benchmarks.country import Country
from tests.benchmarks.practising import DONE, FRAMEWORK, MORE
from tests.benchmarks.sites import NOON

WANTED = 10_000
LEAST_LEARNERS = 100
"""An authority of fewer is left as it is: nobody decides so much there."""


def lay(country: Country) -> None:
    """Fill the largest authority up to the wanted number of decisions, and make its plan."""
    with country.house.database.writing() as db:
        places = list(_places(db, country.authority))
        if len({enrolment for enrolment, *_ in places}) >= LEAST_LEARNERS:
            _count(db, country.authority, _decide(db, country.authority, places))
        planning.replan(db, country.authority, period_of(london_day(NOON)), NOON)


def _places(db: Db, authority: UUID) -> Iterator[tuple[Any, ...]]:
    """Units nobody has decided on, with an assessor and on whose behalf they decide: one unit of all, then the next."""
    behalf = dict(
        db.execute(
            select(Sitting.by, Sitting.behalf).join(Allocation, Allocation.assessor_id == Sitting.by).distinct()
        ).all()
    )
    decided = (Decision.enrolment_id == LearnerUnit.enrolment_id) & (Decision.unit == LearnerUnit.unit)
    assessor_of = func.min(Allocation.assessor_id)
    wanted = (
        select(LearnerUnit.enrolment_id, LearnerUnit.learner_id, LearnerUnit.unit, assessor_of)
        .join(Allocation, Allocation.enrolment_id == LearnerUnit.enrolment_id)
        .where(LearnerUnit.authority_id == authority, LearnerUnit.framework == FRAMEWORK)
        .where(LearnerUnit.unit.not_in([DONE, MORE]), LearnerUnit.state == UnitState.NOT_SEEN)
        .where(~select(Decision.id).where(decided).exists())
        .group_by(LearnerUnit.enrolment_id, LearnerUnit.learner_id, LearnerUnit.unit)
        .order_by(LearnerUnit.unit, LearnerUnit.enrolment_id)
    )
    for enrolment, learner, unit, assessor in db.execute(wanted):
        if assessor in behalf:
            yield enrolment, learner, unit, assessor, behalf[assessor]


def _decide(db: Db, authority: UUID, places: list[tuple[Any, ...]]) -> dict[UUID, set[str]]:
    framework = frameworks_for(db, authority).framework(FRAMEWORK)
    there = db.scalar(select(func.count()).select_from(Decision).where(Decision.authority_id == authority)) or 0
    sittings, decisions, touched = list[dict[str, Any]](), list[dict[str, Any]](), dict[UUID, set[str]]()
    for number, (enrolment, learner, unit, assessor, behalf) in enumerate(places):
        if there + len(decisions) >= WANTED:
            break
        whose = {"enrolment_id": enrolment, "learner_id": learner, "by": assessor}
        made = {"capacity": Capacity.ASSESSOR, "behalf": behalf, "at": NOON - timedelta(days=2 + number % 30)}
        sitting = {"id": uuid4(), "way": Way.PAGE, **whose, **made}
        sittings.append(sitting)
        touched.setdefault(enrolment, set()).add(unit)
        decisions += (
            {
                **whose,
                **made,
                "id": uuid4(),
                "sitting_id": sitting["id"],
                "authority_id": authority,
                "unit": unit,
                "line": line.key,
                "turn": 1,
                "kind": line.kind,
                "framework": framework.code,
                "edition": framework.edition,
                "judgement": Judgement.NOT_YET_MET,
                "reason": "",
                "feedback": f"Nearly. Ask first next time ({number}).",
                **dict.fromkeys(("valid", "authentic", "reliable", "current", "sufficient"), True),
                "rests_on": None,
                "needs_countersign": False,
                "flags": "",
                "saw": None,
            }
            for line in framework.unit(unit).lines
        )
    if decisions:
        db.execute(insert(Sitting), sittings)
        db.execute(insert(Decision), decisions)
    return touched


def _count(db: Db, authority: UUID, touched: dict[UUID, set[str]]) -> None:
    policy = policy_of(db, authority)
    for enrolment, units in touched.items():
        for unit in units:
            refresh(db, enrolment_id=enrolment, unit=unit, policy=policy, now=NOON)
        refresh_all(db, learning.enrolment(db, enrolment), NOON)
