"""Facts about how an authority's certificates look. `about` is whoever chose it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class AppearanceSet(Fact):
    """Languages and logo of an authority's later certificates were chosen."""

    authority_id: UUID
    appearance_id: UUID


@dataclass(frozen=True, kw_only=True)
class SignatoryNamed(Fact):
    """Somebody answers for an authority's certificates from a day on."""

    authority_id: UUID
    signatory_id: UUID
    since: date


@dataclass(frozen=True, kw_only=True)
class SignatoryEnded(Fact):
    """The last day on which somebody answers for an authority's certificates is known."""

    authority_id: UUID
    signatory_id: UUID
    until: date
