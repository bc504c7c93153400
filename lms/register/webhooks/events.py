"""Facts about notifications to other systems. `about` is whoever did it; no address is in a fact."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class WebhookMade(Fact):
    """A system of an authority is notified from now on."""

    authority_id: UUID
    webhook_id: UUID


@dataclass(frozen=True, kw_only=True)
class WebhookChanged(Fact):
    """What was done to one: stopped, let_go_on, secret_made_anew, sent_again, tested or ended."""

    authority_id: UUID
    webhook_id: UUID
    what: str
