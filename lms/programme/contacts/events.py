"""Facts about contacts, call-backs and alerts. No word of what was said is in a fact; alerts are never about whom they
concern, so that nobody's record shows that there was one.
"""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact
from lms.programme.contacts.words import Whom


@dataclass(frozen=True, kw_only=True)
class NamedContactSet(Fact):
    """A coordinator said whom a PA (`about`) turns to; of an employer it is about whoever said it."""

    authority_id: UUID
    named_id: UUID


@dataclass(frozen=True, kw_only=True)
class ContactNoted(Fact):
    """A coordinator (`about`) wrote down that somebody was spoken to; what was said is in no fact."""

    authority_id: UUID
    note_id: UUID


@dataclass(frozen=True, kw_only=True)
class ContactNotesExported(Fact):
    """A coordinator (`about`) took out what is written, for the person who asked for it."""

    authority_id: UUID


@dataclass(frozen=True, kw_only=True)
class CallBackSet(Fact):
    """A coordinator (`about`) said after how many days people are called back."""

    authority_id: UUID
    setting_id: UUID


@dataclass(frozen=True, kw_only=True)
class CallBackEnded(Fact):
    """A call-back is done, whichever way; `about` is the PA, also when the employer was called."""

    authority_id: UUID
    call_back_id: UUID
    whom: Whom


@dataclass(frozen=True, kw_only=True)
class SafeguardingPersonNamed(Fact):
    """Somebody (`about`) is told of alerts from now on."""

    authority_id: UUID
    named_id: UUID


@dataclass(frozen=True, kw_only=True)
class SafeguardingPersonEnded(Fact):
    """Somebody (`about`) is not told of alerts any more."""

    authority_id: UUID
    named_id: UUID


@dataclass(frozen=True, kw_only=True)
class SafeguardingChanged(Fact):
    """Who is told of alerts changed; `about` is somebody who is told as well, so that nobody is added unseen."""

    authority_id: UUID


@dataclass(frozen=True, kw_only=True)
class AlertWaits(Fact):
    """An alert waits for whom it is about: a person named for alerts, never the person concerned."""

    authority_id: UUID
    again: bool
