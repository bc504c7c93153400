"""Facts about checks. Codes and days only: no certificate's number and nothing a certificate says is in any of them."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class StatusConsentSaid(Fact):
    """A PA said that an authority may ask the update service about their certificate, or that it no longer may."""

    authority_id: UUID
    given: str


@dataclass(frozen=True, kw_only=True)
class DecisionTold(Fact):
    """A PA is told of the decision about a certificate with content, and how to have it looked at again."""

    authority_id: UUID
    record_id: UUID


@dataclass(frozen=True, kw_only=True)
class TalkInvited(Fact):
    """A PA is invited to show a certificate and explain; when and where is not in the fact."""

    authority_id: UUID
    record_id: UUID


@dataclass(frozen=True, kw_only=True)
class DisclosureReviewAsked(Fact):
    """A PA asked that a decision be looked at again by somebody who had no part in it."""

    authority_id: UUID
    record_id: UUID


@dataclass(frozen=True, kw_only=True)
class DisclosureReviewDecided(Fact):
    """A decision was looked at again: it stands, or it was decided anew."""

    authority_id: UUID
    record_id: UUID
    outcome: str


@dataclass(frozen=True, kw_only=True)
class EmployerMayBeTold(Fact):
    """A PA agreed that an employer is told of a decision, and the employer is."""

    authority_id: UUID
    record_id: UUID
    employer_id: UUID


@dataclass(frozen=True, kw_only=True)
class EmployerNoLongerTold(Fact):
    """A PA took that back: the employer no longer sees the decision here."""

    authority_id: UUID
    record_id: UUID
    employer_id: UUID


@dataclass(frozen=True, kw_only=True)
class DisclosureNumberDeleted(Fact):
    """The day of a certificate's number had come, and it is gone."""

    authority_id: UUID
    record_id: UUID


@dataclass(frozen=True, kw_only=True)
class DecisionRecordCleared(Fact):
    """The council's years for the record of a decision about a certificate are over: it is gone. Which, is not said."""

    authority_id: UUID
