"""Read where notifications go, and how each went."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from lms.core.db import Db
from lms.core.words import NotFound
from lms.register.webhooks.models import Webhook, WebhookDelivery
from lms.register.webhooks.rules import Came, Stopped


@dataclass(frozen=True)
class WebhookView:
    """A system that is notified. `tries` failed in a row; the next comes at `next_at`."""

    id: UUID
    authority_id: UUID
    name: str
    url: str
    turn: int
    told_seq: int
    tries: int
    next_at: datetime | None
    stopped: Stopped | None
    stopped_at: datetime | None
    overlap_until: datetime | None
    made_at: datetime
    ended_at: datetime | None
    fingerprint: str


@dataclass(frozen=True)
class DeliveryView:
    """One notification and what came of it; `test` says nothing about the feed."""

    id: UUID
    after_seq: int
    head: int
    made_at: datetime
    tries: int
    tried_at: datetime | None
    came: Came | None
    status: int | None

    @property
    def test(self) -> bool:
        """Whether it was only to try the way out."""
        return self.after_seq == self.head


def webhooks_of(db: Db, authority_id: UUID) -> list[WebhookView]:
    """An authority's systems that were not ended, by name."""
    wanted = select(Webhook).where(Webhook.authority_id == authority_id, Webhook.ended_at.is_(None))
    return [_view(row) for row in db.scalars(wanted.order_by(Webhook.name, Webhook.id))]


def webhook(db: Db, webhook_id: UUID, authority_ids: Collection[UUID]) -> WebhookView:
    """One of these authorities' systems. Raises NotFound, also for another authority's and for one that was ended."""
    row = db.get(Webhook, webhook_id)
    if row is None or row.authority_id not in authority_ids or row.ended_at is not None:
        raise NotFound("webhook")
    return _view(row)


def deliveries_of(db: Db, webhook_id: UUID, *, offset: int = 0, limit: int = 50) -> tuple[list[DeliveryView], int]:
    """A part of what a system was sent, the newest first, and how many there are."""
    mine = WebhookDelivery.webhook_id == webhook_id
    total = db.scalar(select(func.count()).select_from(WebhookDelivery).where(mine)) or 0
    wanted = select(WebhookDelivery).where(mine).order_by(WebhookDelivery.made_at.desc(), WebhookDelivery.id)
    return [_delivery(row) for row in db.scalars(wanted.offset(offset).limit(limit))], total


def stopped_in(db: Db, authority_ids: Collection[UUID]) -> Sequence[WebhookView]:
    """Systems nothing is sent to, and not because somebody wanted it so. Somebody has to look."""
    wanted = select(Webhook).where(
        Webhook.authority_id.in_(authority_ids),
        Webhook.ended_at.is_(None),
        Webhook.stopped.in_([Stopped.GAVE_UP, Stopped.GONE, Stopped.KEY_CHANGED]),
    )
    return [_view(row) for row in db.scalars(wanted.order_by(Webhook.stopped_at, Webhook.id))]


def _view(row: Webhook) -> WebhookView:
    return WebhookView(**{name: getattr(row, name) for name in WebhookView.__dataclass_fields__})


def _delivery(row: WebhookDelivery) -> DeliveryView:
    return DeliveryView(**{name: getattr(row, name) for name in DeliveryView.__dataclass_fields__})
