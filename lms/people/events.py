"""Facts about people. Names and addresses stay in their tables; facts carry ids, so that erasure stays possible."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.core.events import Fact
from lms.people.rules import Role


@dataclass(frozen=True, kw_only=True)
class PersonAdded(Fact):
    """Somebody was added: by accepting an invitation, or by a coordinator."""


@dataclass(frozen=True, kw_only=True)
class NameChanged(Fact):
    """Somebody (`about`) is called otherwise from now on. What was issued before keeps the name it was issued with."""


@dataclass(frozen=True, kw_only=True)
class PersonInvited(Fact):
    """An invitation was made. `about` is who invited (the invitation itself when an operator did)."""

    invitation_id: UUID


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(Fact):
    """Somebody joined by an invitation; other rooms enrol them on `course` when one is named."""

    invitation_id: UUID
    authority_id: UUID
    role: Role
    course: str | None


@dataclass(frozen=True, kw_only=True)
class RoleGiven(Fact):
    """A role in an organisation began."""

    organisation_id: UUID
    role: Role
    since: date


@dataclass(frozen=True, kw_only=True)
class RoleEnded(Fact):
    """A role in an organisation ends on a day."""

    organisation_id: UUID
    role: Role
    until: date


@dataclass(frozen=True, kw_only=True)
class EmploymentStarted(Fact):
    """A PA began to work for an individual employer."""

    employer_id: UUID
    since: date


@dataclass(frozen=True, kw_only=True)
class EmploymentEnded(Fact):
    """A PA's work for an individual employer ends on a day."""

    employer_id: UUID
    until: date


@dataclass(frozen=True, kw_only=True)
class PersonTakenBack(Fact):
    """Somebody who came in by a list was taken back with it: the account is closed, name and addresses are gone."""


@dataclass(frozen=True, kw_only=True)
class RoleTakenBack(Fact):
    """A role that came of a list was taken back with it, as if it had never been given."""

    organisation_id: UUID
    role: Role


@dataclass(frozen=True, kw_only=True)
class EmploymentTakenBack(Fact):
    """An employment that came of a list was taken back with it, as if it had never been written."""

    employer_id: UUID
    since: date


@dataclass(frozen=True, kw_only=True)
class SignedIn(Fact):
    """Somebody signed in, by password, passphrase or link."""

    way: str


@dataclass(frozen=True, kw_only=True)
class SignedOut(Fact):
    """Somebody signed out: of this browser, or everywhere."""

    everywhere: bool


@dataclass(frozen=True, kw_only=True)
class PasswordSet(Fact):
    """A password or passphrase was set; every other browser was signed out."""


@dataclass(frozen=True, kw_only=True)
class SignInLinkAsked(Fact):
    """A one-time sign-in link was asked for."""


@dataclass(frozen=True, kw_only=True)
class SecondFactorSet(Fact):
    """The second step of signing in was turned on, or moved to another phone."""
