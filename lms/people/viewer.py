"""Who is looking at a page: the person, with the roles held today."""

from dataclasses import dataclass
from uuid import UUID

from lms.people.reading import AS_MADE, Reading
from lms.people.rules import STAFF, Nation, OrganisationKind, Role


@dataclass(frozen=True)
class HeldRole:
    """A role in an organisation, and the authority behind whose wall it counts (None: by agreement, several).

    How that authority is called stands with it, and which of its looks pages wear (0: none of its own).
    """

    role: Role
    organisation_id: UUID
    organisation_kind: OrganisationKind
    authority_id: UUID | None
    nation: Nation
    authority_name: str = ""
    authority_name_cy: str = ""
    look: int = 0

    def authority_called(self, language: str) -> str:
        """The authority's name in a language; empty for those who work by agreement."""
        return (self.authority_name_cy or self.authority_name) if language == "cy" else self.authority_name


@dataclass(frozen=True)
class Viewer:
    """The person a page is shown to, and how they like it to look.

    `session` is the digest of the browser's session, None in a host's page; `second_step` says whether they sign in
    with a second step.
    """

    person_id: UUID
    name: str
    language: str
    roles: tuple[HeldRole, ...]
    session: str | None = None
    reading: Reading = AS_MADE
    second_step: bool = False

    @property
    def held(self) -> frozenset[Role]:
        """The roles held today, wherever."""
        return frozenset(held.role for held in self.roles)

    def has(self, *roles: Role) -> bool:
        """Whether any of the roles is held today."""
        return any(held.role in roles for held in self.roles)

    def organisations(self, *roles: Role) -> frozenset[UUID]:
        """The organisations in which one of the roles is held."""
        return frozenset(held.organisation_id for held in self.roles if held.role in roles)

    def authorities(self, *roles: Role) -> frozenset[UUID]:
        """The authorities whose wall one of the roles opens."""
        return frozenset(held.authority_id for held in self.roles if held.role in roles and held.authority_id)

    def known_as(self, role: Role) -> list[HeldRole]:
        """The role in each authority that knows one by it, by the authority's name."""
        held = {each.organisation_id: each for each in self.roles if each.role is role}
        own = [each for each in held.values() if each.organisation_kind is OrganisationKind.AUTHORITY]
        return sorted(own, key=lambda each: each.authority_name)

    @property
    def is_staff(self) -> bool:
        """Whether any role needs the shorter session of staff."""
        return any(held.role in STAFF for held in self.roles)
