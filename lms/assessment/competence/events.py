"""Facts about assessors' competence and ties. Words somebody wrote stay in their tables."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.assessment.competence.rules import Basis, Employers, Mark, Training
from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class CompetenceRecorded(Fact):
    """An authority recorded that somebody may decide on units of a framework for its learners."""

    authority_id: UUID
    framework: str
    units: tuple[str, ...]
    basis: Basis
    since: date
    until: date | None


@dataclass(frozen=True, kw_only=True)
class CompetenceEnded(Fact):
    """What somebody may decide on ended in one unit: the last day, and who ended it."""

    authority_id: UUID
    competence_id: UUID
    framework: str
    unit: str
    last_day: date


@dataclass(frozen=True, kw_only=True)
class CompetenceEndsSoon(Fact):
    """What somebody may decide on ends on a day soon; `days` says which reminder this is."""

    authority_id: UUID
    framework: str
    units: tuple[str, ...]
    until: date
    days: int


@dataclass(frozen=True, kw_only=True)
class AssessorTrained(Fact):
    """An authority recorded that somebody learned to assess."""

    authority_id: UUID
    training_id: UUID
    kind: Training
    done_on: date
    until: date | None


@dataclass(frozen=True, kw_only=True)
class AssessorTrainingEnded(Fact):
    """Training to assess does not count any more."""

    authority_id: UUID
    training_id: UUID
    last_day: date


@dataclass(frozen=True, kw_only=True)
class AssessorMarked(Fact):
    """An authority said something of an assessor as a whole, such as that each decision is countersigned."""

    authority_id: UUID
    mark_id: UUID
    mark: Mark
    since: date
    until: date | None


@dataclass(frozen=True, kw_only=True)
class AssessorMarkEnded(Fact):
    """What was said of an assessor as a whole does not hold any more."""

    authority_id: UUID
    mark_id: UUID
    mark: Mark
    last_day: date


@dataclass(frozen=True, kw_only=True)
class RelationDeclared(Fact):
    """Somebody said how an assessor or employer is tied to a learner, or that they are not; `about` is the learner.

    What the tie is stands in its table, not here; `too_close` says whether it keeps them from deciding.
    """

    person_id: UUID
    relation_id: UUID
    too_close: bool


@dataclass(frozen=True, kw_only=True)
class RelationEnded(Fact):
    """A tie between somebody and a learner is over; `about` is the learner."""

    person_id: UUID
    relation_id: UUID
    last_day: date


@dataclass(frozen=True, kw_only=True)
class AssessingPolicySet(Fact):
    """An authority said who decides and what is countersigned there; `about` is who said it."""

    authority_id: UUID
    employers: Employers
    first_countersigned: int
    training_needed: bool
