"""What a PA's own page shows of their standards, lean: standings, the latest decisions and the latest pieces.

The pages of one standard read every line. This one shows a number for each, so it reads one row for each; where a
standing has not been counted yet the whole record is read as there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, func, select

from lms.assessment import places
from lms.assessment.content import Framework, Frameworks, Placed
from lms.assessment.deciding.queries import DecisionView, lately_decided
from lms.assessment.deciding.rules import Counts
from lms.assessment.deciding.shown import Practice, practice_of
from lms.assessment.evidence.models import Evidence, EvidenceLine, EvidenceWithdrawn
from lms.assessment.evidence.rules import EvidenceKind, Part
from lms.assessment.knowledge.kept import kept
from lms.assessment.models import LearnerUnit
from lms.assessment.rules import UnitState
from lms.assessment.shelf.parts import Line
from lms.core.db import Db, columns
from lms.core.shelves import shelf
from lms.learning.queries import EnrolmentView

MOST = 5
"""Decisions, and pieces, that the page shows of an enrolment."""


class StandardNow(NamedTuple):
    """A standard, where it stands, and how many of its lines are met."""

    placed: Placed
    state: UnitState
    met: int


class PieceNow(NamedTuple):
    """A piece of evidence as a list shows it. `lines` are keys."""

    id: UUID
    kind: EvidenceKind
    part: Part
    by: UUID | None
    by_name: str
    on: date
    text: str
    lines: tuple[str, ...]
    withdrawn: bool


@dataclass(frozen=True)
class OwnStandards:
    """The standards of one enrolment, the latest decisions with their lines, and the latest pieces."""

    enrolment: EnrolmentView
    standards: Sequence[StandardNow]
    said: Sequence[tuple[Line, DecisionView]]
    pieces: Sequence[PieceNow]


def own_standards(db: Db, learner_id: UUID, enrolments: Sequence[EnrolmentView]) -> list[OwnStandards]:
    """The standards somebody has begun, of each enrolment in which they did. Eight queries for one, all told."""
    if not enrolments:
        return []
    rows: dict[UUID, dict[str, Any]] = {each.id: {} for each in enrolments}
    for row in columns(db, _STANDINGS, {"learner_id": learner_id}):
        rows.get(row.enrolment_id, {})[row.unit] = row
    found = (_own(db, each, rows[each.id]) for each in enrolments)
    return [one for one in found if one.standards]


def _own(db: Db, enrolment: EnrolmentView, rows: Mapping[str, Any]) -> OwnStandards:
    units = places.units_of(db, enrolment)
    if not any(placed.framework.is_standards for placed in units):
        return OwnStandards(enrolment, (), (), ())
    if not (_as_counted(db, units) and all(_is_counted(placed, rows.get(placed.unit.code)) for placed in units)):
        return whole_standards(db, enrolment)
    standards = [
        StandardNow(placed, row.state, row.met)
        for placed in units
        if placed.framework.is_standards and (row := rows[placed.unit.code])
    ]
    lines = {line.key: line for placed in reversed(units) for line in placed.unit.lines}
    decided = lately_decided(db, enrolment.id, [placed.unit.code for placed in units], most=MOST)
    said = [(lines[one.line], one) for one in decided if one.line in lines]
    return OwnStandards(enrolment, standards, said, _latest_pieces(db, enrolment.id))


def _as_counted(db: Db, units: Sequence[Placed]) -> bool:
    """Whether no authority has said of a line that it is of another kind: standings are not counted anew then."""
    built = shelf(db, Frameworks)
    frameworks = {id(placed.framework): placed.framework for placed in units}
    return all(_kinds_as_built(each, built) for each in frameworks.values())


def _kinds_as_built(framework: Framework, built: Frameworks) -> bool:
    def compared() -> bool:
        lines = built.by_edition[framework.code, framework.edition].lines
        return all(key in lines and line.kind is lines[key].kind for key, line in framework.lines.items())

    return kept("kinds as built", (framework, built), compared)


def _is_counted(placed: Placed, row: Any) -> bool:
    """Whether a standing is there, of this edition, and of as many lines as it has today."""
    framework = placed.framework
    return row is not None and (row.framework, row.edition, row.needed) == (
        framework.code,
        framework.edition,
        len(placed.unit.lines),
    )


def whole_standards(db: Db, enrolment: EnrolmentView) -> OwnStandards:
    """The same from the whole record, line by line."""
    practice = practice_of(db, enrolment)
    standards = [StandardNow(each.placed, each.state, each.met) for each in practice.standards]
    pieces = [
        PieceNow(one.id, one.kind, one.part, one.by, one.by_name, one.on, one.text, one.lines, one.withdrawn)
        for one in practice.all_pieces[:MOST]
    ]
    return OwnStandards(enrolment, standards, _lately_said(practice, MOST), pieces)


def _lately_said(practice: Practice, most: int) -> list[tuple[Line, DecisionView]]:
    """The latest decisions a learner has been told of, with their lines; those a later one replaced are left out."""
    counting = (one for one in practice.decisions if one.counts is not Counts.SUPERSEDED)
    latest = sorted(counting, key=lambda one: one.at, reverse=True)[:most]
    return [(line, one) for one in latest if (line := practice.line(one.line)) is not None]


def _latest_pieces(db: Db, enrolment_id: UUID) -> list[PieceNow]:
    rows = columns(db, _PIECES, {"enrolment_id": enrolment_id, "most": MOST})
    return [
        PieceNow(
            row.id,
            row.kind,
            row.part,
            row.by,
            row.by_name,
            row.on_day,
            row.text,
            tuple(sorted(row.lines.split(","))) if row.lines else (),
            row.withdrawn_at is not None,
        )
        for row in rows
    ]


# Put together once, and columns: every PA's page about practice asks them.
_STANDINGS = select(
    LearnerUnit.enrolment_id,
    LearnerUnit.unit,
    LearnerUnit.framework,
    LearnerUnit.edition,
    LearnerUnit.state,
    LearnerUnit.met,
    LearnerUnit.needed,
).where(LearnerUnit.learner_id == bindparam("learner_id"))
_SPEAKS_TO = (
    select(func.aggregate_strings(EvidenceLine.line, ","))
    .where(EvidenceLine.evidence_id == Evidence.id)
    .correlate(Evidence)
    .scalar_subquery()
)
_PIECES = (
    select(
        Evidence.id,
        Evidence.kind,
        Evidence.part,
        Evidence.by,
        Evidence.by_name,
        Evidence.on_day,
        Evidence.text,
        EvidenceWithdrawn.at.label("withdrawn_at"),
        _SPEAKS_TO.label("lines"),
    )
    .outerjoin(EvidenceWithdrawn, EvidenceWithdrawn.evidence_id == Evidence.id)
    .where(Evidence.enrolment_id == bindparam("enrolment_id"))
    .order_by(Evidence.offered_at.desc(), Evidence.id.desc())
    .limit(bindparam("most"))
)
