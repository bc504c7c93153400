"""Facts about the register. Codes and dates only: what a certificate or reference says is never in a fact."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class RequirementSeen(Fact):
    """The register team saw something, or the PA said it; `record_id` names the row."""

    authority_id: UUID
    record_id: UUID
    kind: str
    code: str


@dataclass(frozen=True, kw_only=True)
class DisclosureStepTaken(Fact):
    """A disclosure was talked about, decided on, agreed by a second person, or checked again."""

    authority_id: UUID
    record_id: UUID
    step: str
    decision: str | None = None


@dataclass(frozen=True, kw_only=True)
class CircumstancesSaid(Fact):
    """A PA said what is so of their work; `holding` names what is, the rest is not."""

    authority_id: UUID
    holding: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class VerdictChanged(Fact):
    """What the rules say of a PA changed: `was` before, `state` now, with the codes still missing."""

    authority_id: UUID
    state: str
    missing: tuple[str, ...]
    was: str


@dataclass(frozen=True, kw_only=True)
class RulesPublished(Fact):
    """A register manager (`about`) published an edition of an authority's rules, which holds from a day on."""

    authority_id: UUID
    edition_id: UUID
    edition: str
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class RulesTakenBack(Fact):
    """A register manager (`about`) took a published edition back before its first day."""

    authority_id: UUID
    edition_id: UUID
    edition: str
