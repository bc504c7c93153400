"""Read assessment as other rooms and the short pages see it: where units stand and why, in few queries.

Lists of work are in `worklists`; evidence, decisions and sign-offs whole in the rooms of those names.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.assessment import places
from lms.assessment.content import Criterion, Frameworks, Placed
from lms.assessment.deciding.queries import DecisionView, UnitStand, decisions_of, stand_in, used_by
from lms.assessment.deciding.recorded import Recorded
from lms.assessment.deciding.rules import Counts, Stand
from lms.assessment.evidence.queries import EvidenceView, evidence_of
from lms.assessment.models import LearnerUnit
from lms.assessment.rules import HOUSEHOLD, Capacity, Judgement, Lack, Missing, Setting, Standing, UnitState
from lms.assessment.signing.queries import SignOffView, sign_offs_of
from lms.core.db import Db, columns
from lms.core.shelves import shelf
from lms.core.words import NotFound
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView

__all__ = ["Sighting", "SignOffView", "UnitRecord"]


@dataclass(frozen=True)
class Sighting:
    """A decision with the piece it rests on: what was seen, and what was made of it."""

    id: UUID
    criterion: str
    seen_on: date
    setting: Setting | None
    text: str
    judgement: Judgement
    feedback: str
    by: UUID
    by_name: str
    capacity: Capacity
    behalf: UUID
    at: datetime
    counts: Counts = Counts.YES


@dataclass(frozen=True)
class UnitRecord:
    """A learner's unit with everything seen of it, the newest first."""

    enrolment: EnrolmentView
    stand: UnitStand
    seen: tuple[Sighting, ...]

    @property
    def placed(self) -> Placed:
        """The unit and its framework."""
        return self.stand.placed

    @property
    def state(self) -> UnitState:
        """Where the unit stands."""
        return self.stand.state

    @property
    def sign_off(self) -> SignOffView | None:
        """The sign-off that stands."""
        return self.stand.sign_off

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The lines that are not met, and why."""
        return tuple(Missing(key, _lack(self.stand.lines[key].stand)) for key in self.stand.missing)

    @property
    def next_criterion(self) -> Criterion | None:
        """The first criterion that is still missing."""
        found = (self.placed.criterion(key) for key in self.stand.missing)
        return next((each for each in found if each is not None), None)

    def seen_of(self, criterion: str) -> tuple[Sighting, ...]:
        """What was seen of one criterion, the newest first."""
        return tuple(sighting for sighting in self.seen if sighting.criterion == criterion)

    def state_of(self, criterion: str) -> UnitState:
        """Where one criterion stands, in the words of a unit."""
        if self.sign_off is not None:
            return UnitState.SIGNED_OFF
        line = self.stand.lines.get(criterion)
        if line is None or line.stand in _UNSEEN:
            return UnitState.NOT_SEEN
        return UnitState.READY if line.stand is Stand.MET else UnitState.NOT_YET_MET

    def names_signer_to(self, standing: Standing) -> bool:
        """Whether somebody may read who signed off: one household is not told the name of another."""
        end = self.sign_off
        both_households = end is not None and {end.capacity, standing.capacity} <= HOUSEHOLD
        return end is not None and (not both_households or end.behalf == standing.behalf)

    def seen_done_by(self, person_id: UUID) -> bool:
        """Whether somebody has themself seen the work done, and what they judged counts."""
        return any(s.by == person_id and s.judgement is Judgement.MET and s.counts is Counts.YES for s in self.seen)

    def seen_by_household(self, standing: Standing) -> tuple[Sighting, ...]:
        """What one household saw: other people's homes are not its business."""
        own = (s for s in self.seen if s.capacity in HOUSEHOLD and s.behalf == standing.behalf)
        return tuple(own)


_UNSEEN = frozenset({Stand.NOTHING, Stand.OFFERED, Stand.WAITS_COUNTERSIGN})


def _lack(stand: Stand) -> Lack:
    return Lack.NOT_SEEN if stand in _UNSEEN else Lack.NOT_YET_MET


def units_of_module(db: Db, module: str, *, edition: str | None = None) -> tuple[str, ...]:
    """The codes of the units to be signed off for a taught module, in an edition of its course (the newest if None)."""
    frameworks = shelf(db, Frameworks)
    return tuple(placed.unit.code for placed in frameworks.units_of_module(module, edition))


def signed_off(db: Db, enrolment_id: UUID) -> dict[str, SignOffView]:
    """The units of an enrolment that are signed off, by code. Two queries."""
    return {each.unit: each for each in sign_offs_of(db, enrolment_id) if each.withdrawn is None}


def practice_of(db: Db, enrolment_id: UUID) -> tuple[UnitRecord, ...]:
    """Every unit a learner has to show, with all that was seen, judged and signed. Raises NotFound.

    At most eighteen queries, and five where nothing was seen yet.
    """
    return practice_in(db, learning.enrolment(db, enrolment_id))


def practice_in(db: Db, enrolment: EnrolmentView, recorded: Recorded | None = None) -> tuple[UnitRecord, ...]:
    """The same for an enrolment that was read already, as may be what was `recorded` of it."""
    return _records(db, enrolment, places.units_of(db, enrolment), recorded)


def unit_record(db: Db, enrolment: EnrolmentView, unit: str) -> UnitRecord:
    """One of a learner's units. Raises NotFound."""
    return _records(db, enrolment, [places.unit_of(db, enrolment, unit)])[0]


def unit_record_with(db: Db, enrolment: EnrolmentView, criterion: str) -> UnitRecord:
    """The learner's unit that has a criterion. Raises NotFound."""
    placed, _ = places.criterion_of(db, enrolment, criterion)
    return _records(db, enrolment, [placed])[0]


def practice_of_learner(db: Db, learner_id: UUID) -> tuple[UnitRecord, ...]:
    """Every unit in all of a person's running enrolments that have something to be shown at work."""
    found = [(each, places.units_of(db, each)) for each in learning.enrolments_of(db, learner_id)]
    return tuple(record for enrolment, units in found if units for record in _records(db, enrolment, units))


@dataclass(frozen=True)
class UnitNow:
    """A unit somebody has to show at work, and where it stands by its standing."""

    placed: Placed
    state: UnitState


def units_now(db: Db, learner_id: UUID) -> tuple[UnitNow, ...]:
    """Every unit of a person's running enrolments with where it stands, and nothing of what was seen. Two queries.

    The standards somebody works to are those their rows are of; the units of a course are its framework's, also those
    that nobody has opened yet for an enrolment older than they are.
    """
    enrolments = learning.enrolments_of(db, learner_id)
    if not enrolments:
        return ()
    frameworks = shelf(db, Frameworks)
    rows: dict[UUID, dict[str, Any]] = {each.id: {} for each in enrolments}
    for row in columns(db, _UNITS_NOW, {"learner_id": learner_id}):
        rows.get(row.enrolment_id, {})[row.unit] = row
    return tuple(one for each in enrolments for one in _units_now(frameworks, each, rows[each.id]))


def _units_now(frameworks: Frameworks, enrolment: EnrolmentView, rows: Mapping[str, Any]) -> Iterator[UnitNow]:
    bound = frameworks.units_for(enrolment.course, enrolment.edition)
    for placed in bound:
        row = rows.get(placed.unit.code)
        yield UnitNow(placed, row.state if row else UnitState.NOT_SEEN)
    own = {placed.unit.code for placed in bound}
    for unit, row in rows.items():
        found = None if unit in own else frameworks.placed(row.framework, row.edition, unit)
        if found is not None and found.framework.is_standards:
            yield UnitNow(found, row.state)


# Put together once: every home page of a PA asks it.
_UNITS_NOW = select(
    LearnerUnit.enrolment_id, LearnerUnit.unit, LearnerUnit.framework, LearnerUnit.edition, LearnerUnit.state
).where(LearnerUnit.learner_id == bindparam("learner_id"))


def enrolment_of_learner(db: Db, learner_id: UUID, authorities: Collection[UUID]) -> EnrolmentView:
    """A person's newest running enrolment, behind one of the walls given, with something to show. Raises NotFound."""
    found = [
        enrolment
        for enrolment in learning.enrolments_of(db, learner_id)
        if enrolment.authority_id in authorities and places.units_of(db, enrolment)
    ]
    if not found:
        raise NotFound("enrolment")
    return found[-1]


def _records(
    db: Db, enrolment: EnrolmentView, units: Sequence[Placed], recorded: Recorded | None = None
) -> tuple[UnitRecord, ...]:
    if not units:
        return ()
    decided: Sequence[DecisionView]
    seen: Sequence[EvidenceView]
    if recorded is None:
        decided = decisions_of(db, enrolment.id)
        stands = stand_in(db, enrolment, units, decided)
        seen = evidence_of(db, enrolment.id, used=used_by(decided)) if decided else ()
    else:
        decided, seen = recorded.decisions, recorded.pieces
        stands = stand_in(db, enrolment, units, decided, spoken=recorded.spoken, sign_offs=recorded.sign_offs)
    pieces = {each.id: each for each in seen}
    return tuple(_record(enrolment, stands[placed.unit.code], decided, pieces) for placed in units)


def _record(
    enrolment: EnrolmentView,
    stand: UnitStand,
    decided: Sequence[DecisionView],
    pieces: Mapping[UUID, EvidenceView],
) -> UnitRecord:
    seen = (
        _sighting(each, pieces[each.rests_on])
        for each in decided
        if each.unit == stand.placed.unit.code and each.rests_on is not None
    )
    return UnitRecord(enrolment, stand, tuple(seen))


def _sighting(decision: DecisionView, piece: EvidenceView) -> Sighting:
    return Sighting(
        id=piece.id,
        criterion=decision.line,
        seen_on=piece.on,
        setting=piece.setting,
        text=piece.text,
        judgement=decision.judgement,
        feedback=decision.feedback,
        by=decision.by,
        by_name=decision.by_name,
        capacity=decision.capacity,
        behalf=decision.behalf,
        at=decision.at,
        counts=decision.counts,
    )
