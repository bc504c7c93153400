"""What is told of practice beside knowledge: which lines are met, and what is signed off, to those who may know it.

The learner is told everything, also of what stands behind several walls; a coordinator what stands behind their own; an
assessor the standards they were allocated to, and nothing of the others.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, select

from lms.assessment.closing import STANDING
from lms.assessment.content import Framework
from lms.assessment.deciding.latest import latest_of
from lms.assessment.deciding.rules import Counts
from lms.assessment.knowledge.rules import Seen, Sentence, Work, of_practice
from lms.assessment.models import LearnerUnit
from lms.assessment.rules import Judgement
from lms.assessment.signing.models import SignOff
from lms.assessment.standing import allocated_units
from lms.core.clock import london_day
from lms.core.db import Db, columns


@dataclass(frozen=True)
class Practised:
    """What somebody is told of the practice of an edition: of each standard they may know of, and of its lines.

    `enrolments` are those in which practice is shown, by standard.
    """

    units: Mapping[str, Work]
    lines: Mapping[str, Seen]
    enrolments: Mapping[str, UUID]
    whole: bool

    @property
    def sentence(self) -> Sentence | None:
        """How far somebody is, for a stranger; None unless all of it is told."""
        return of_practice(list(self.units.values())) if self.whole else None


@dataclass(frozen=True)
class Assessing:
    """An assessor who reads, and the day."""

    person_id: UUID
    on: date


def practised_of(
    db: Db,
    learner_id: UUID,
    framework: Framework,
    *,
    authority_id: UUID | None = None,
    assessor: Assessing | None = None,
) -> Practised:
    """How far a learner's practice is, behind one wall or all (None). One query, and three more where they practise."""
    rows = list(
        columns(db, _ROWS, {"learner_id": learner_id, "framework": framework.code, "edition": framework.edition})
    )
    rows = [row for row in rows if authority_id in {None, row.authority_id}]
    enrolments = {row.enrolment_id for row in rows}
    open_to: Mapping[UUID, Collection[str] | None] = dict.fromkeys(enrolments)
    if assessor is not None:
        open_to = {each: allocated_units(db, assessor.person_id, each, assessor.on) for each in enrolments}
        rows = [row for row in rows if _is_among(open_to[row.enrolment_id], row.unit)]
    decided = [latest_of(db, each) for each in {row.enrolment_id for row in rows}]
    latest = [one for each in decided for one in each.values()]
    met = {one.line for one in latest if one.judgement is Judgement.MET and one.counts is Counts.YES}
    touched = {one.unit for one in latest} | {row.unit for row in rows if row.undecided}
    signed = {row.unit: london_day(row.at) for row in rows if row.at is not None}
    told = {row.unit for row in rows} if assessor is not None else {unit.code for unit in framework.units}
    units, lines = {}, {}
    for unit in framework.units:
        if unit.code in told:
            seen = {line.key: Seen.MET if line.key in met else Seen.NOT_YET for line in unit.practice}
            lines.update(seen)
            count = sum(each is Seen.MET for each in seen.values())
            units[unit.code] = Work(count, len(seen), unit.code in touched, signed.get(unit.code))
    return Practised(units, lines, {row.unit: row.enrolment_id for row in rows}, len(units) == len(framework.units))


def _is_among(units: Collection[str] | None, unit: str) -> bool:
    return units is None or unit in units


_OF_UNIT = and_(SignOff.enrolment_id == LearnerUnit.enrolment_id, SignOff.unit == LearnerUnit.unit, STANDING)
_ROWS: Any = (
    select(LearnerUnit.enrolment_id, LearnerUnit.authority_id, LearnerUnit.unit, LearnerUnit.undecided, SignOff.at)
    .outerjoin(SignOff, _OF_UNIT)
    .where(
        LearnerUnit.learner_id == bindparam("learner_id", type_=Uuid()),
        LearnerUnit.framework == bindparam("framework"),
        LearnerUnit.edition == bindparam("edition"),
    )
    .order_by(LearnerUnit.opened_at, LearnerUnit.enrolment_id)
)
