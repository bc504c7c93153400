"""Read evidence in a constant number of queries, and say who may see a piece: the one door to it and to its files."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, select

from lms.assessment.competence.countersigning import may_see_for_countersigning, waiting_for
from lms.assessment.deciding.latest import latest_of
from lms.assessment.deciding.models import DecisionEvidence
from lms.assessment.deciding.rules import Counts
from lms.assessment.evidence.models import Evidence, EvidenceLine, EvidenceWithdrawn
from lms.assessment.evidence.rules import EvidenceKind, Part, Way
from lms.assessment.models import LearnerUnit
from lms.assessment.quality import access as verifiers
from lms.assessment.rules import HOUSEHOLD, Capacity, Setting, UnitState
from lms.assessment.standing import allocated_units, standings
from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.learning import queries as learning
from lms.people.rules import Role
from lms.people.viewer import Viewer


@dataclass(frozen=True)
class EvidenceView:
    """A piece of evidence. `lines` are keys; `carries_for` those on which a practice decision may rest on it.

    `locked`: a decision or a sign-off uses it, so that it cannot be withdrawn.
    """

    id: UUID
    enrolment_id: UUID
    learner_id: UUID
    authority_id: UUID
    kind: EvidenceKind
    part: Part
    by: UUID | None
    by_name: str
    behalf: UUID | None
    on: date
    setting: Setting | None
    in_presence_of: str
    asked: str
    text: str
    lines: tuple[str, ...]
    units: tuple[str, ...]
    carries: bool
    carries_for: frozenset[str]
    way: Way
    source_id: UUID | None
    offered_at: datetime
    withdrawn: bool
    locked: bool


_OF: BindParameter[Any] = bindparam("enrolments", expanding=True)
# Columns, since entities cost twice as much and nothing here is changed.
_PIECES = (
    select(*Evidence.__table__.c, EvidenceWithdrawn.at.label("withdrawn_at"))
    .outerjoin(EvidenceWithdrawn, EvidenceWithdrawn.evidence_id == Evidence.id)
    .where(Evidence.enrolment_id.in_(_OF))
    .order_by(Evidence.offered_at.desc(), Evidence.id)
)
_LINES = (
    select(EvidenceLine.evidence_id, EvidenceLine.line, EvidenceLine.unit, EvidenceLine.carries)
    .where(EvidenceLine.enrolment_id.in_(_OF))
    .order_by(EvidenceLine.said_at, EvidenceLine.evidence_id, EvidenceLine.line)
)
_SIGNED_OFF = select(LearnerUnit.enrolment_id, LearnerUnit.unit).where(
    LearnerUnit.enrolment_id.in_(_OF), LearnerUnit.state == UnitState.SIGNED_OFF
)


def evidence_of(db: Db, enrolment_id: UUID, *, used: Collection[UUID] | None = None) -> tuple[EvidenceView, ...]:
    """Every piece of an enrolment, the one offered last first, withdrawn ones too. At most five queries.

    `used`: those a decision uses, where decisions were read already (`deciding.queries.used_by`): three queries then.
    """
    return evidence_in(db, [enrolment_id], used=used).pieces[enrolment_id]


class Pieces(NamedTuple):
    """The pieces of several enrolments; and by line those that speak to it and stand, the first offered first."""

    pieces: Mapping[UUID, tuple[EvidenceView, ...]]
    spoken: Mapping[UUID, Mapping[str, tuple[UUID, ...]]]


def evidence_in(
    db: Db,
    enrolment_ids: Sequence[UUID],
    *,
    used: Collection[UUID] | None = None,
    signed: Mapping[UUID, Collection[str]] | None = None,
) -> Pieces:
    """The same for each of several enrolments, with what they speak to; `used` are then those of all of them.

    `signed`: the units of each that are signed off, where sign-offs were read already: one query less.
    """
    of = {"enrolments": list(enrolment_ids)}
    found: dict[UUID, list[EvidenceView]] = {id: [] for id in enrolment_ids}
    spoken: dict[UUID, dict[str, tuple[UUID, ...]]] = {id: {} for id in enrolment_ids}
    rows = columns(db, _PIECES, of).all() if enrolment_ids else []
    if rows:
        lines: dict[UUID, list[Any]] = {}
        standing = {row.id: spoken[row.enrolment_id] for row in rows if row.withdrawn_at is None}
        for line in columns(db, _LINES, of):
            lines.setdefault(line.evidence_id, []).append(line)
            said = standing.get(line.evidence_id)
            if said is not None:
                said[line.line] = (*said.get(line.line, ()), line.evidence_id)
        used = frozenset().union(*(in_use(db, id) for id in enrolment_ids)) if used is None else used
        signed = _signed_off(db, enrolment_ids) if signed is None else signed
        for row in rows:
            withdrawn, here = row.withdrawn_at is not None, signed[row.enrolment_id]
            view = _view(row, lines.get(row.id, ()), withdrawn=withdrawn, used=used, signed=here)
            found[row.enrolment_id].append(view)
    return Pieces({id: tuple(views) for id, views in found.items()}, spoken)


def _signed_off(db: Db, enrolment_ids: Collection[UUID]) -> dict[UUID, set[str]]:
    signed: dict[UUID, set[str]] = {id: set() for id in enrolment_ids}
    for enrolment_id, unit in columns(db, _SIGNED_OFF, {"enrolments": list(enrolment_ids)}):
        signed[enrolment_id].add(unit)
    return signed


def piece(db: Db, evidence_id: UUID) -> EvidenceView:
    """One piece. Raises NotFound."""
    row = db.get(Evidence, evidence_id)
    if row is None:
        raise NotFound("evidence")
    return next(each for each in evidence_of(db, row.enrolment_id) if each.id == evidence_id)


def in_use(db: Db, enrolment_id: UUID) -> frozenset[UUID]:
    """The pieces on which a decision that was not sent back rests, or that stand beside one. Two queries."""
    using = {each.id: each for each in latest_of(db, enrolment_id).values() if each.counts is not Counts.SENT_BACK}
    resting = {each.rests_on for each in using.values() if each.rests_on is not None}
    if not using:
        return frozenset()
    beside = select(DecisionEvidence.evidence_id).where(DecisionEvidence.decision_id.in_(using))
    return frozenset(resting | set(db.scalars(beside)))


def _view(
    row: Any, lines: Sequence[Any], *, withdrawn: bool, used: Collection[UUID], signed: Collection[str]
) -> EvidenceView:
    units = tuple(dict.fromkeys(line.unit for line in lines))
    return EvidenceView(
        id=row.id,
        enrolment_id=row.enrolment_id,
        learner_id=row.learner_id,
        authority_id=row.authority_id,
        kind=row.kind,
        part=row.part,
        by=row.by,
        by_name=row.by_name,
        behalf=row.behalf,
        on=row.on_day,
        setting=row.setting,
        in_presence_of=row.in_presence_of,
        asked=row.asked,
        text=row.text,
        lines=tuple(line.line for line in lines),
        units=units,
        carries=row.carries,
        carries_for=frozenset(line.line for line in lines if line.carries),
        way=row.way,
        source_id=row.source_id,
        offered_at=row.offered_at,
        withdrawn=withdrawn,
        locked=row.id in used or (not withdrawn and any(unit in signed for unit in units)),
    )


def may_see(db: Db, viewer: Viewer, view: EvidenceView, on: date) -> bool:
    """Whether somebody may see a piece and its files today. At most eight queries, and mostly none.

    Its learner; whoever offered it; the learner's assessors of a unit it speaks to; coordinators and quality assurers
    of the authority; verifiers with access; and of a household only what that household offered itself.
    """
    if viewer.person_id in (view.learner_id, view.by):
        return True
    if view.authority_id in viewer.authorities(Role.COORDINATOR, Role.QUALITY_ASSURER):
        return True
    return _is_tied(db, viewer, view, on) or _looks_at_others(db, viewer, view, on)


def _is_tied(db: Db, viewer: Viewer, view: EvidenceView, on: date) -> bool:
    """As assessor of a unit the piece speaks to, or of the household that offered it."""
    enrolment = learning.enrolment(db, view.enrolment_id)
    among = {Capacity.ASSESSOR} | (HOUSEHOLD if view.part.capacity in HOUSEHOLD else frozenset())
    found = standings(db, viewer, enrolment, on=on, today=on, among=among)
    if any(each.capacity in HOUSEHOLD and each.behalf == view.behalf for each in found):
        return True
    if not any(each.capacity is Capacity.ASSESSOR for each in found):
        return False
    mine = allocated_units(db, viewer.person_id, enrolment.id, on)
    return mine is None or not mine.isdisjoint(view.units)


def units_from_afar(db: Db, viewer: Viewer, view: EvidenceView, on: date) -> frozenset[str]:
    """The units of a piece that a verifier or somebody who may countersign reads today; none for everybody else."""
    found: frozenset[str] = frozenset()
    if viewer.has(Role.VERIFIER) and view.authority_id in viewer.authorities(Role.VERIFIER):
        found = verifiers.readable(
            db, viewer, enrolment_id=view.enrolment_id, authority_id=view.authority_id, units=view.units, on=on
        )
    waiting = waiting_for(db, viewer, on)
    return found | {one.unit for one in waiting if one.enrolment_id == view.enrolment_id and one.line in view.lines}


def _looks_at_others(db: Db, viewer: Viewer, view: EvidenceView, on: date) -> bool:
    """As verifier with access, or while a decision of this learner waits that they may countersign."""
    if viewer.has(Role.VERIFIER) and verifiers.may_read(
        db, viewer, enrolment_id=view.enrolment_id, authority_id=view.authority_id, units=view.units, on=on
    ):
        return True
    return may_see_for_countersigning(db, viewer, view.enrolment_id, on, lines=view.lines)
