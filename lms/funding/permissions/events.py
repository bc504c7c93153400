"""Facts about permissions. Ids and codes only. `about` is the employer's own person, or whoever gave it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class PermissionGiven(Fact):
    """An employer let an organisation act for them, up to and including a day."""

    permission_id: UUID
    employer_id: UUID
    delegate_id: UUID
    given_how: str
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class PermissionTakenBack(Fact):
    """A permission was withdrawn; it opens nothing any more."""

    permission_id: UUID
    employer_id: UUID
    delegate_id: UUID
    by_desk: bool


@dataclass(frozen=True, kw_only=True)
class PermissionUsed(Fact):
    """Something was done under a permission."""

    permission_id: UUID
    use_id: UUID
    action: str
    deed: str
    claim_id: UUID | None
