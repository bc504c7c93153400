"""Facts about profiles and contact. Codes only: what somebody wrote is never in a fact."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class DirectorySet(Fact):
    """A register manager (`about`) switched the simple register on or off, or chose how people find each other."""

    authority_id: UUID
    is_on: bool
    contact_model: str


@dataclass(frozen=True, kw_only=True)
class ProfileSent(Fact):
    """A PA sent a profile to the register team, and agreed that employers see it once it is published."""

    authority_id: UUID
    version_id: UUID


@dataclass(frozen=True, kw_only=True)
class ProfilePublished(Fact):
    """Somebody of the register team read a profile and published it."""

    authority_id: UUID
    version_id: UUID


@dataclass(frozen=True, kw_only=True)
class ProfileSentBack(Fact):
    """Somebody of the register team sent a profile back to its PA, with a reason."""

    authority_id: UUID
    version_id: UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class ProfileShown(Fact):
    """A PA lets employers see their profile again."""

    authority_id: UUID


@dataclass(frozen=True, kw_only=True)
class ProfileHidden(Fact):
    """Employers do not see a profile any more: the PA wants it so, the team took it off, or its time was over."""

    authority_id: UUID
    why: str


@dataclass(frozen=True, kw_only=True)
class ContactBegun(Fact):
    """A household and a PA can write to each other. Introduced by the team, the PA is asked first."""

    authority_id: UUID
    contact_id: UUID
    way: str


@dataclass(frozen=True, kw_only=True)
class MessageWritten(Fact):
    """One side wrote to the other. `about` is the PA on either side; `news` is the first since the other wrote."""

    authority_id: UUID
    contact_id: UUID
    side: str
    news: bool


@dataclass(frozen=True, kw_only=True)
class IntroductionAnswered(Fact):
    """A PA said yes or no to an introduction by the team."""

    authority_id: UUID
    contact_id: UUID
    agreed: bool


@dataclass(frozen=True, kw_only=True)
class ContactDetailsPassed(Fact):
    """A PA let a household have their telephone number or e-mail address, or took that back."""

    authority_id: UUID
    contact_id: UUID
    passed: bool


@dataclass(frozen=True, kw_only=True)
class ContactBlocked(Fact):
    """One side does not want to hear from the other any more, or takes that back. The other is not told."""

    authority_id: UUID
    employer_id: UUID
    side: str
    blocked: bool


@dataclass(frozen=True, kw_only=True)
class AbuseReported(Fact):
    """Somebody (`about`) says that something on the register is wrong."""

    authority_id: UUID
    report_id: UUID
    kind: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class AbuseAnswered(Fact):
    """The register team dealt with a report of somebody (`about`)."""

    authority_id: UUID
    report_id: UUID
    answer: str
