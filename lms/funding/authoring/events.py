"""What happens to an authority's own schemes. `about` is whoever did it: nobody's record is meant."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class SchemePublished(Fact):
    """An authority published an edition of a scheme, which holds for it from a day on."""

    authority_id: UUID
    edition_id: UUID
    scheme: str
    edition: str
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class SchemeTakenBack(Fact):
    """An authority took a published edition back before its first day."""

    authority_id: UUID
    edition_id: UUID
    scheme: str
    edition: str


@dataclass(frozen=True, kw_only=True)
class TrainingCounted(Fact):
    """An authority decided which trainings it counts under a scheme."""

    authority_id: UUID
    scheme: str


@dataclass(frozen=True, kw_only=True)
class SchemeFigureConfirmed(Fact):
    """An authority confirmed figures of a scheme that are not official."""

    authority_id: UUID
    scheme: str
    key: str


@dataclass(frozen=True, kw_only=True)
class FigureConfirmationTakenBack(Fact):
    """An authority does not stand by a confirmed figure any more."""

    authority_id: UUID
    scheme: str
    key: str
