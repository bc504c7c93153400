"""Read grids: one learner against every line, and one cohort against every standard, in a constant number of queries.

A cohort reads one standing a learner and standard, put together by the database: two hundred learners are two hundred
rows.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased

from lms.assessment import places
from lms.assessment.caseload import assessed
from lms.assessment.content import Framework, Placed
from lms.assessment.deciding.latest import Latest, latest_in
from lms.assessment.deciding.rules import Stand, met
from lms.assessment.deciding.stands import knowledge_of, line_stand
from lms.assessment.evidence.models import EvidenceLine, EvidenceWithdrawn
from lms.assessment.grids.rules import Cell, Total, Wanted, totals
from lms.assessment.models import Allocation, LearnerUnit
from lms.assessment.quality import access as quality
from lms.assessment.rules import UnitState
from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView
from lms.people import by_name
from lms.people import queries as people
from lms.people.rules import Role
from lms.people.viewer import Viewer


class LineRow(NamedTuple):
    """Where one line stands: how many pieces speak to it, and the day of its last decision. A tuple: there are many."""

    stand: Stand
    evidence: int
    decided_at: datetime | None


@dataclass(frozen=True)
class LearnerGrid:
    """One learner against every line of the units somebody may see. `signed_off` are codes of units."""

    enrolment: EnrolmentView
    units: Sequence[Placed]
    lines: Mapping[tuple[str, str], LineRow]
    signed_off: frozenset[str]

    def met_in(self, placed: Placed) -> int:
        """How many lines of a unit are met."""
        code = placed.unit.code
        return met(self.lines[code, line.key].stand for line in placed.unit.lines)


def seen_units(db: Db, viewer: Viewer, enrolment: EnrolmentView, on: date) -> tuple[Placed, ...]:
    """The units of a learner somebody may look through line by line today. Raises NotFound when there are none.

    The learner; their assessors, the units that are theirs; coordinators and quality assurers of the authority;
    verifiers what they were let see. A household sees what the learner shares, which is another page.
    """
    units = places.units_of(db, enrolment)
    if not units:
        raise NotFound("practice")
    own = viewer.person_id == enrolment.learner_id
    if own or enrolment.authority_id in viewer.authorities(Role.COORDINATOR, Role.QUALITY_ASSURER):
        return units
    mine = assessed(db, viewer, enrolment.id, on)
    found = tuple(each for each in units if mine.may_see(enrolment.id, each.unit.code))
    if not found and enrolment.authority_id in viewer.authorities(Role.VERIFIER):
        codes = [each.unit.code for each in units]
        wall = enrolment.authority_id
        let = quality.readable(db, viewer, enrolment_id=enrolment.id, authority_id=wall, units=codes, on=on)
        found = tuple(each for each in units if each.unit.code in let)
    if not found:
        raise NotFound("practice")
    return found


def learner_grid(db: Db, enrolment: EnrolmentView, units: Sequence[Placed]) -> LearnerGrid:
    """Where every line of these units stands. Three queries, and one more for each further edition."""
    return learner_grids(db, [(enrolment, units)])[0]


def learner_grids(db: Db, wanted: Sequence[tuple[EnrolmentView, Sequence[Placed]]]) -> list[LearnerGrid]:
    """The same for several enrolments of a learner, in as many queries."""
    if not wanted:
        return []
    ids = [enrolment.id for enrolment, _ in wanted]
    decided = latest_in(db, ids)
    counted: dict[UUID, dict[str, int]] = {id: {} for id in ids}
    signed: dict[UUID, set[str]] = {id: set() for id in ids}
    for enrolment_id, code, number in columns(db, _PIECES_AND_SIGNED, {"enrolments": ids}).all():
        if number:
            counted[enrolment_id][code] = number
        else:
            signed[enrolment_id].add(code)
    grids = []
    for enrolment, units in wanted:
        latest, when = decided[enrolment.id]
        shown = knowledge_of(db, enrolment, units, latest)
        lines = _lines(units, latest, when, counted[enrolment.id], shown)
        grids.append(LearnerGrid(enrolment, units, lines, frozenset(signed[enrolment.id])))
    return grids


def _lines(
    units: Sequence[Placed],
    latest: Mapping[str, Latest],
    decided: Mapping[str, datetime],
    counted: Mapping[str, int],
    shown: Mapping[tuple[str, str], Collection[str]],
) -> dict[tuple[str, str], LineRow]:
    found = {}
    for placed in units:
        known = shown.get((placed.framework.code, placed.framework.edition), ())
        code = placed.unit.code
        for line in placed.unit.lines:
            key = line.key
            if key in latest or key in counted or key in known:
                stand = line_stand(line, latest.get(key), shown=known, offered=counted)
                found[code, key] = LineRow(stand, counted.get(key, 0), decided.get(key))
            else:  # as most lines of most learners
                found[code, key] = NOTHING_YET
    return found


NOTHING_YET = LineRow(Stand.NOTHING, 0, None)
"""A line nobody has offered or decided anything on."""


_OF: BindParameter[Any] = bindparam("enrolments", expanding=True)
_PIECES = (
    select(EvidenceLine.enrolment_id, EvidenceLine.line, func.count())
    .outerjoin(EvidenceWithdrawn, EvidenceWithdrawn.evidence_id == EvidenceLine.evidence_id)
    .where(EvidenceLine.enrolment_id.in_(_OF), EvidenceWithdrawn.at.is_(None))
    .group_by(EvidenceLine.enrolment_id, EvidenceLine.line)
)
_SIGNED = select(LearnerUnit.enrolment_id, LearnerUnit.unit, literal(0)).where(
    LearnerUnit.enrolment_id.in_(_OF), LearnerUnit.state == UnitState.SIGNED_OFF
)
# A line with pieces has at least one, so that 0 says that it is a unit that is signed off.
_PIECES_AND_SIGNED = union_all(_PIECES, _SIGNED)


@dataclass(frozen=True)
class Narrowed:
    """Which learners of a cohort are wanted: part of a name, a unit, where it stands, whose assessor."""

    search: str = ""
    unit: str = ""
    wanted: Wanted | None = None
    assessor: UUID | None = None

    @property
    def narrow(self) -> bool:
        """Whether anything narrows the cohort."""
        return bool(self.search or self.wanted or self.assessor)


@dataclass(frozen=True)
class CohortRow:
    """One learner of a cohort, and where their standards stand as the database spelled it, read by `cells_in`."""

    enrolment_id: UUID
    name: str
    spelled: str

    @property
    def cells(self) -> Mapping[str, Cell]:
        """Where each of their standards stands, by its code."""
        return dict(cells_in(self.spelled))


@dataclass(frozen=True)
class Cohort:
    """A page of a cohort, how many there are, and totals of them all."""

    rows: Sequence[CohortRow]
    total: int
    totals: Mapping[str, Total]


def editions_used(db: Db, authority_id: UUID, among: Sequence[Framework]) -> list[Framework]:
    """Of these editions those that learners of an authority show practice in, in the same order. One query."""
    if not among:
        return []
    values: dict[str, object] = {"authority_id": authority_id}
    for number, each in enumerate(among):
        values |= {f"framework_{number}": each.code, f"edition_{number}": each.edition}
    used = {row[0] for row in columns(db, _used(len(among)), values)}
    return [each for number, each in enumerate(among) if number in used]


@cache
def _used(many: int) -> Any:
    """The question which of so many editions somebody behind a wall has units of; put together once."""
    return union_all(
        *(
            select(literal(number)).where(
                select(LearnerUnit.unit)
                .where(
                    LearnerUnit.authority_id == bindparam("authority_id"),
                    LearnerUnit.framework == bindparam(f"framework_{number}"),
                    LearnerUnit.edition == bindparam(f"edition_{number}"),
                )
                .exists()
            )
            for number in range(many)
        )
    )


def cohort(
    db: Db,
    authority_id: UUID,
    framework: Framework,
    on: date,
    *,
    narrowed: Narrowed | None = None,
    offset: int = 0,
    limit: int,
) -> Cohort:
    """A page of an authority's learners against the standards of one edition, by name. Three queries, or four."""
    asked = narrowed or Narrowed()
    of = {"authority_id": authority_id, "framework": framework.code, "edition": framework.edition}
    values = {**of, "first": framework.units[0].code}
    anchors = _ANCHORS
    if asked.narrow:
        for condition in _conditions(asked, framework, on):
            anchors = anchors.where(condition)
        found, total = by_name.named_among(db, anchors, values, search=asked.search, offset=offset, limit=limit)
        cells = _cells(db, [enrolment for _person, _name, enrolment in found], framework)
        rows = [CohortRow(each, name, cells.get(each, "")) for _person, name, each in found]
    else:
        page = columns(db, _PAGE, {**values, "offset": offset, "limit": limit})
        rows = [CohortRow(each, name, spelled or "") for each, name, spelled in page]
        total = columns(db, _HOW_MANY, values).scalar_one()
    return Cohort(rows, total, _totals(db, values, anchors if asked.narrow else None, asked.search))


# Put together once: putting such a statement together takes longer than asking it.
_HERE = and_(
    LearnerUnit.authority_id == bindparam("authority_id"),
    LearnerUnit.framework == bindparam("framework"),
    LearnerUnit.edition == bindparam("edition"),
)
_ANCHORS = select(LearnerUnit.learner_id, LearnerUnit.enrolment_id).where(_HERE, LearnerUnit.unit == bindparam("first"))
_HOW_MANY = select(func.count()).select_from(_ANCHORS.subquery())
_TOTALS = (
    select(LearnerUnit.unit, LearnerUnit.state, func.count()).where(_HERE).group_by(LearnerUnit.unit, LearnerUnit.state)
)


def _conditions(asked: Narrowed, framework: Framework, on: date) -> list[ColumnElement[bool]]:
    other = aliased(LearnerUnit)
    same = (
        select(other.unit)
        .where(other.enrolment_id == LearnerUnit.enrolment_id, other.framework == framework.code)
        .correlate(LearnerUnit)
    )
    if asked.unit:
        same = same.where(other.unit == asked.unit)
    held = (
        select(Allocation.id)
        .where(Allocation.enrolment_id == LearnerUnit.enrolment_id, people.current(Allocation, on))
        .correlate(LearnerUnit)
    )
    found: list[ColumnElement[bool]] = []
    if asked.wanted is Wanted.OPEN:
        found.append(same.where(other.state != UnitState.SIGNED_OFF).exists())
    elif asked.wanted is Wanted.SIGNED_OFF:
        found.append(~same.where(other.state != UnitState.SIGNED_OFF).exists())
    elif asked.wanted in {Wanted.READY, Wanted.NOT_YET_MET}:
        found.append(same.where(other.state == UnitState(asked.wanted)).exists())
    elif asked.wanted is Wanted.WITHOUT_ASSESSOR:
        found.append(~held.exists())
    if asked.assessor is not None:
        found.append(held.where(Allocation.assessor_id == asked.assessor).exists())
    return found


_CELL = (
    LearnerUnit.unit
    + ":"
    + type_coerce(LearnerUnit.state, String)
    + ":"
    + cast(LearnerUnit.met, String)
    + ":"
    + cast(LearnerUnit.needed, String)
)
_CELLS = (
    select(LearnerUnit.enrolment_id, func.aggregate_strings(_CELL, ";"))
    .where(
        LearnerUnit.enrolment_id.in_(bindparam("enrolments", expanding=True)),
        LearnerUnit.framework == bindparam("framework"),
    )
    .group_by(LearnerUnit.enrolment_id)
)


def _page() -> Select[Any, str, str]:
    """A page of a cohort by name, each learner with their cells: spelled for those of the page, and for nobody else."""
    some = by_name.by_name(_ANCHORS).offset(bindparam("offset")).limit(bindparam("limit")).subquery("page")
    person, name, enrolment = some.c
    spelled = select(func.aggregate_strings(_CELL, ";")).where(
        LearnerUnit.enrolment_id == enrolment, LearnerUnit.framework == bindparam("framework")
    )
    return select(enrolment, name, spelled.scalar_subquery()).order_by(name, person, enrolment)


_PAGE = _page()


def _cells(db: Db, enrolments: Collection[UUID], framework: Framework) -> dict[UUID, str]:
    """Where the standards of some learners stand, by enrolment, as the database spells it. One query."""
    if not enrolments:
        return {}
    return {
        row[0]: row[1] for row in columns(db, _CELLS, {"enrolments": list(enrolments), "framework": framework.code})
    }


def cells_in(spelled: str) -> Iterator[tuple[str, Cell]]:
    """Each standard and where it stands: “CC1:ready:12:12;CC2:…” read."""
    for part in filter(None, spelled.split(";")):
        unit, state, met_, needed = part.split(":")
        yield unit, Cell(UnitState(state), int(met_), int(needed))


def _totals(db: Db, values: Mapping[str, object], anchors: Any, search: str) -> Mapping[str, Total]:
    counted = _TOTALS
    if anchors is not None:
        counted = counted.where(LearnerUnit.enrolment_id.in_(by_name.among(anchors, search=search)))
    rows = columns(db, counted, values)
    return totals((unit, state, number) for unit, state, number in rows)


def enrolment_for(db: Db, enrolment_id: UUID) -> EnrolmentView:
    """The enrolment a grid is about. Raises NotFound."""
    return learning.enrolment(db, enrolment_id)
