"""Facts about vacancies. Codes only: what a household wrote is never in a fact. `about` is whoever posted it."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class VacancySent(Fact):
    """A household sent a vacancy to the register team."""

    authority_id: UUID
    vacancy_id: UUID
    text_id: UUID


@dataclass(frozen=True, kw_only=True)
class VacancyPublished(Fact):
    """Somebody of the register team read a vacancy and published it."""

    authority_id: UUID
    vacancy_id: UUID


@dataclass(frozen=True, kw_only=True)
class VacancySentBack(Fact):
    """Somebody of the register team sent a vacancy back, with a reason."""

    authority_id: UUID
    vacancy_id: UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class VacancyAnswered(Fact):
    """A PA (`about`) answered a vacancy."""

    authority_id: UUID
    vacancy_id: UUID
    contact_id: UUID


@dataclass(frozen=True, kw_only=True)
class VacancyEnded(Fact):
    """Nobody can answer a vacancy any more."""

    authority_id: UUID
    vacancy_id: UUID
    why: str
