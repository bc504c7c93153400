"""Facts about what an authority sets for itself."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.core.events import Fact
from lms.people.rules import Role
from lms.programme.authority.words import RoleStep


@dataclass(frozen=True, kw_only=True)
class AuthorityRenamed(Fact):
    """An authority is called otherwise from now on; `about` is whoever said so. What was issued keeps its name."""

    authority_id: UUID
    was: str
    was_cy: str
    called: str
    called_cy: str


@dataclass(frozen=True, kw_only=True)
class ColoursSet(Fact):
    """The colours of an authority's pages were chosen; `about` is whoever chose them."""

    authority_id: UUID
    colours_id: UUID
    header: str
    link: str
    button: str


@dataclass(frozen=True, kw_only=True)
class StaffRoleChanged(Fact):
    """An admin gave somebody (`about`) a role, changed its last day, ended it or took it back. The reason stands in
    the list of changes, not here."""

    authority_id: UUID
    change_id: UUID
    role: Role
    what: RoleStep
    since: date
    until: date | None


@dataclass(frozen=True, kw_only=True)
class StaffInvited(Fact):
    """An admin (`about`) invited somebody to a role at an authority, with its last day."""

    authority_id: UUID
    invitation_id: UUID
    role: Role
    until: date | None


@dataclass(frozen=True, kw_only=True)
class StaffRoleEndsSoon(Fact):
    """Somebody's role at an authority ends on a day that is near."""

    authority_id: UUID
    role: Role
    until: date
