"""Facts about areas. The areas' names stay in their table."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class AreaAdded(Fact):
    """An authority has one more area. `about` is who added it."""

    authority_id: UUID
    area_id: UUID


@dataclass(frozen=True, kw_only=True)
class AreaChanged(Fact):
    """An area is called otherwise, was closed (`closed`) or opened again. `about` is who changed it."""

    authority_id: UUID
    area_id: UUID
    closed: bool


@dataclass(frozen=True, kw_only=True)
class AreaGiven(Fact):
    """A PA belongs to an area of an authority from now on; `area_id` None: to none any more."""

    authority_id: UUID
    area_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class EmployerAreaGiven(Fact):
    """The same for an individual employer. `about` is who said so."""

    authority_id: UUID
    employer_id: UUID
    area_id: UUID | None
