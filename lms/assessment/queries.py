"""Read assessment: where units stand and why, in a constant number of queries. Lists of work are in `work`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.assessment import places
from lms.assessment.content import Criterion, Frameworks, Placed
from lms.assessment.models import JudgementRow, Observation
from lms.assessment.rules import HOUSEHOLD, Capacity, Judged, Judgement, Missing, Setting, Standing, UnitState
from lms.assessment.rules import missing as still_missing
from lms.assessment.rules import state as state_of
from lms.assessment.signing.models import SignOff
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.shelves import shelf
from lms.core.words import NotFound
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView
from lms.people import queries as people


@dataclass(frozen=True)
class SignOffView:
    """A sign-off as other rooms see one: the day, by whom, in which capacity, and for which organisation."""

    on: date
    by_name: str
    capacity: Capacity
    by: UUID
    behalf: UUID


@dataclass(frozen=True)
class Sighting:
    """One observation with the judgement made of it."""

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


@dataclass(frozen=True)
class UnitRecord:
    """A learner's unit with everything seen of it, the newest first."""

    enrolment: EnrolmentView
    placed: Placed
    state: UnitState
    missing: tuple[Missing, ...]
    seen: tuple[Sighting, ...]
    sign_off: SignOffView | None

    @property
    def next_criterion(self) -> Criterion | None:
        """The first criterion that is still missing."""
        return self.placed.criterion(self.missing[0].criterion) if self.missing else None

    def seen_of(self, criterion: str) -> tuple[Sighting, ...]:
        """What was seen of one criterion, the newest first."""
        return tuple(sighting for sighting in self.seen if sighting.criterion == criterion)

    def state_of(self, criterion: str) -> UnitState:
        """Where one criterion stands, by the same rule as a unit."""
        judged = [Judged(s.criterion, s.judgement, s.at) for s in self.seen_of(criterion)]
        return state_of([criterion], judged, signed_off=self.sign_off is not None)

    def names_signer_to(self, standing: Standing) -> bool:
        """Whether somebody may read who signed off: one household is not told the name of another."""
        end = self.sign_off
        both_households = end is not None and {end.capacity, standing.capacity} <= HOUSEHOLD
        return end is not None and (not both_households or end.behalf == standing.behalf)

    def seen_done_by(self, person_id: UUID) -> bool:
        """Whether somebody has themself seen the work done."""
        return any(s.by == person_id and s.judgement is Judgement.MET for s in self.seen)

    def seen_by_household(self, standing: Standing) -> tuple[Sighting, ...]:
        """What one household saw: other people's homes are not its business."""
        own = (s for s in self.seen if s.capacity in HOUSEHOLD and s.behalf == standing.behalf)
        return tuple(own)


def units_of_module(db: Db, module: str, *, edition: str | None = None) -> tuple[str, ...]:
    """The codes of the units to be signed off for a taught module, in an edition of its course (the newest if None)."""
    frameworks = shelf(db, Frameworks)
    return tuple(placed.unit.code for placed in frameworks.units_of_module(module, edition))


def signed_off(db: Db, enrolment_id: UUID) -> dict[str, SignOffView]:
    """The units of an enrolment that are signed off, by code. Two queries."""
    rows = db.scalars(select(SignOff).where(SignOff.enrolment_id == enrolment_id).order_by(SignOff.at)).all()
    names = people.persons(db, {row.signed_by for row in rows})
    return {row.unit: _sign_off(row, names) for row in rows}


def practice_of(db: Db, enrolment_id: UUID) -> tuple[UnitRecord, ...]:
    """Every unit a learner has to show, with all that was seen, judged and signed. Four queries. Raises NotFound."""
    enrolment = learning.enrolment(db, enrolment_id)
    return _records(db, enrolment, places.units_of(db, enrolment))


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


# Put together once: every page about somebody's practice asks them, and so does a PA's home.
_SEEN = (
    select(Observation, JudgementRow)
    .join(JudgementRow, JudgementRow.observation_id == Observation.id)
    .where(Observation.enrolment_id == bindparam("enrolment_id"))
    .order_by(JudgementRow.at.desc(), Observation.id)
    .limit(1000)
)
_SIGNED = select(SignOff).where(SignOff.enrolment_id == bindparam("enrolment_id"))


def _records(db: Db, enrolment: EnrolmentView, units: Sequence[Placed]) -> tuple[UnitRecord, ...]:
    seen = db.execute(_SEEN, {"enrolment_id": enrolment.id}).all()
    signed = db.scalars(_SIGNED, {"enrolment_id": enrolment.id}).all()
    names = people.persons(db, {o.observer_id for o, _ in seen} | {row.signed_by for row in signed})
    sightings = [_sighting(o, j, names) for o, j in seen]
    ends = {row.unit: _sign_off(row, names) for row in signed}
    return tuple(_record(enrolment, placed, sightings, ends.get(placed.unit.code)) for placed in units)


def _record(
    enrolment: EnrolmentView, placed: Placed, sightings: Sequence[Sighting], end: SignOffView | None
) -> UnitRecord:
    codes = placed.unit.codes
    seen = tuple(sighting for sighting in sightings if sighting.criterion in codes)
    judged = [Judged(s.criterion, s.judgement, s.at) for s in seen]
    lacking = () if end else still_missing(codes, judged)
    return UnitRecord(enrolment, placed, state_of(codes, judged, signed_off=end is not None), lacking, seen, end)


def _sighting(row: Observation, judged: JudgementRow, names: dict[UUID, people.PersonView]) -> Sighting:
    return Sighting(
        id=row.id,
        criterion=row.criterion,
        seen_on=row.seen_on,
        setting=row.setting,
        text=row.what_was_seen,
        judgement=judged.judgement,
        feedback=judged.feedback,
        by=row.observer_id,
        by_name=names[row.observer_id].name,
        capacity=row.capacity,
        behalf=row.behalf,
        at=judged.at,
    )


def _sign_off(row: SignOff, names: dict[UUID, people.PersonView]) -> SignOffView:
    return SignOffView(london_day(row.at), names[row.signed_by].name, row.capacity, row.signed_by, row.behalf)
