"""Tables: where notifications of an authority's register go, and how each of them went.

Neither holds anything about a PA: a notification says that there is something new, and up to which number.
"""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime
from lms.register.webhooks.rules import Came, Stopped


class Webhook(Base):
    """A system that is told when an authority's feed has something new.

    `told_seq` is the last number it has; `turn` counts how often its secret was made anew, `overlap_until` is how long
    the secret of before signs along. `tries`, `next_at` and `busy_until` are the worker's: how often in a row it
    failed, when it may try again, and until when one worker has it to itself.
    """

    __tablename__ = "lms_webhook"
    __table_args__ = (
        Index("ix_lms_webhook_of", "authority_id", "ended_at"),
        Index("ix_lms_webhook_due", "next_at"),
        CheckConstraint("(stopped IS NULL) = (stopped_at IS NULL)", name="stopped_with_its_day"),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_by_somebody"),
        CheckConstraint("turn >= 1 AND tries >= 0 AND told_seq >= 0", name="counts"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    name: Mapped[str] = mapped_column(String(80))
    url: Mapped[str] = mapped_column(String(500))
    turn: Mapped[int] = mapped_column(default=1)
    fingerprint: Mapped[str] = mapped_column(String(16))
    overlap_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_seq: Mapped[int] = mapped_column(BigInteger)
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    busy_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stopped: Mapped[Stopped | None] = mapped_column(Coded(Stopped))
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    made_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class WebhookDelivery(Base):
    """One notification: everything after `after_seq` up to `head`, and what came of the last try.

    `id` is the message's own, so that a system can see that it has had it. `after_seq` equal to `head`: a test.
    """

    __tablename__ = "lms_webhook_delivery"
    __table_args__ = (
        Index("ix_lms_webhook_delivery_of", "webhook_id", "made_at"),
        Index("ix_lms_webhook_delivery_old", "made_at"),
        CheckConstraint("after_seq <= head", name="in_order"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    webhook_id: Mapped[UUID] = mapped_column(ForeignKey("lms_webhook.id"))
    after_seq: Mapped[int] = mapped_column(BigInteger)
    head: Mapped[int] = mapped_column(BigInteger)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    came: Mapped[Came | None] = mapped_column(Coded(Came))
    status: Mapped[int | None]
