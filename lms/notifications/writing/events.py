"""Facts about a coordinator's messages. What they say is in no fact."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class CoordinatorWrote(Fact):
    """A coordinator's message went to somebody (`about`); `through` when it went to their employer to pass on."""

    authority_id: UUID
    message_id: UUID
    way: str
    through: bool


@dataclass(frozen=True, kw_only=True)
class MessageSentOff(Fact):
    """A coordinator (`about`) sent a message off to so many people."""

    authority_id: UUID
    message_id: UUID
    people: int


@dataclass(frozen=True, kw_only=True)
class MessageStopped(Fact):
    """A coordinator (`about`) stopped a message; whoever had it already has it."""

    authority_id: UUID
    message_id: UUID


@dataclass(frozen=True, kw_only=True)
class TemplateWritten(Fact):
    """A coordinator (`about`) wrote a template in a language, or took it away (`gone`)."""

    authority_id: UUID
    template_id: UUID
    language: str
    gone: bool
