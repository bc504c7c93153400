"""Facts about how somebody wants to be told. No number and no address is in a fact."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class MessagesChosen(Fact):
    """Somebody chose how they are told; `by_link` when it was the link in a mail."""

    by_link: bool


@dataclass(frozen=True, kw_only=True)
class MobileConfirmed(Fact):
    """Somebody typed in the code that was sent to their mobile number."""


@dataclass(frozen=True, kw_only=True)
class MobileForgotten(Fact):
    """Somebody took their mobile number out."""


@dataclass(frozen=True, kw_only=True)
class ThroughEmployerWished(Fact):
    """An employer wishes, or no longer wishes, that messages about a PA's (`about`) work come through them."""

    employer_id: UUID
    wished: bool


@dataclass(frozen=True, kw_only=True)
class ThroughEmployerAnswered(Fact):
    """A PA (`about`) agreed to messages about work through an employer, or did not."""

    employer_id: UUID
    agreed: bool
