"""What the register writes when other rooms record a fact: the standing, worked out again. Quick, same transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from lms.assessment.events import DecisionReviewed, DecisionsFinalised, SignOffWithdrawn, UnitSignedOff
from lms.certification import services as certification
from lms.certification.events import (
    CertificateIssued,
    CertificateReplaced,
    CertificateSuspended,
    CertificateSuspensionLifted,
    CertificateWithdrawn,
)
from lms.certification.life.events import CertificateLapsed
from lms.certification.rules import Need
from lms.core.db import Db
from lms.core.events import together
from lms.learning.events import ModuleStudied
from lms.learning.shown.events import OutcomesShown
from lms.people.events import RoleEnded, RoleGiven, RoleTakenBack
from lms.people.rules import Role
from lms.register import services
from lms.register.events import RequirementSeen
from lms.register.kinds import RequirementKind, TrainingKind

Moved = (
    CertificateIssued
    | CertificateWithdrawn
    | CertificateReplaced
    | CertificateSuspended
    | CertificateSuspensionLifted
    | CertificateLapsed
)


def reassess_on_study(db: Db, fact: ModuleStudied, now: datetime) -> None:
    """A module's learning is done: training requirements may be met."""
    services.reassess_everywhere(db, person_id=fact.about, now=now)


def reassess_on_certificate(db: Db, fact: Moved, now: datetime) -> None:
    """A certificate came, or something became of it: training requirements may be met, or no longer."""
    services.reassess_everywhere(db, person_id=fact.about, now=now)


def reassess_on_practice(db: Db, fact: UnitSignedOff | SignOffWithdrawn, now: datetime) -> None:
    """A unit was signed off, or no longer is: where rules name standards, units or criteria, they may be met."""
    services.reassess_everywhere(db, person_id=fact.about, now=now, where=_PRACTICE)


def reassess_on_criteria(db: Db, fact: DecisionsFinalised | DecisionReviewed, now: datetime) -> None:
    """Lines were decided, or a decision was looked at again: where rules name criteria, they may be met."""
    services.reassess_everywhere(db, person_id=fact.about, now=now, where={TrainingKind.CRITERION})


def reassess_on_knowledge(db: Db, fact: OutcomesShown, now: datetime) -> None:
    """What somebody knows was shown: where rules name the Care Certificate's knowledge or criteria, they may be met."""
    services.reassess_everywhere(db, person_id=fact.about, now=now, where=_KNOWLEDGE)


_PRACTICE = frozenset({TrainingKind.CARE_CERTIFICATE_STANDARD, TrainingKind.UNIT, TrainingKind.CRITERION})
_KNOWLEDGE = frozenset({TrainingKind.CARE_CERTIFICATE_KNOWLEDGE, TrainingKind.CRITERION})


def _begin_standings(db: Db, facts: Sequence[RoleGiven], now: datetime) -> None:
    for authority_id, ids in _pas_by_authority(facts).items():
        services.begin_standings(db, person_ids=ids, authority_id=authority_id, now=now)


def _pas_by_authority(facts: Sequence[RoleGiven | RoleTakenBack]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = {}
    for fact in facts:
        if fact.role is Role.PA:
            found.setdefault(fact.organisation_id, []).append(fact.about)
    return found


@together(_begin_standings)
def begin_standing(db: Db, fact: RoleGiven, now: datetime) -> None:
    """An authority knows a new PA: they stand on its list from now on."""
    if fact.role is Role.PA:
        services.reassess(db, person_id=fact.about, authority_id=fact.organisation_id, now=now)
        services.end_standing(db, person_id=fact.about, authority_id=fact.organisation_id, last_day=None)


def end_standing(db: Db, fact: RoleEnded, _now: datetime) -> None:
    """A PA leaves an authority: they are on its list up to their last day."""
    if fact.role is Role.PA:
        services.end_standing(db, person_id=fact.about, authority_id=fact.organisation_id, last_day=fact.until)


def _take_back_standings(db: Db, facts: Sequence[RoleTakenBack], _now: datetime) -> None:
    for authority_id, ids in _pas_by_authority(facts).items():
        services.take_back_standings(db, person_ids=ids, authority_id=authority_id)


@together(_take_back_standings)
def take_back_standing(db: Db, fact: RoleTakenBack, now: datetime) -> None:
    """A PA came in by a list that was taken back: they never stood on the authority's list."""
    _take_back_standings(db, [fact], now)


def issue_on_code(db: Db, fact: RequirementSeen, now: datetime) -> None:
    """The code of conduct was accepted: a certificate may have waited for just that."""
    if fact.kind == RequirementKind.CODE_OF_CONDUCT:
        certification.look_again(db, fact.about, now, needs={Need.CONDUCT_ACCEPTED})
