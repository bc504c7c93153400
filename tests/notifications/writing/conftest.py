"""What tests of a coordinator's messages share."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from lms.core.db import Db
from lms.notifications.preferences.rules import Topic
from lms.notifications.writing import services
from lms.notifications.writing.rules import Text
from tests.world import World

SITE = "http://127.0.0.1:8000"
TEXT = Text("News for ((first name))", "Hello ((name)),\n\nwe meet at ((authority)).", "News for ((first name))")


def prepare(db: Db, world: World, people: Sequence[UUID], now: datetime, **more: Any) -> UUID:
    """Prepare a message of Rivermere's coordinator; gives its number."""
    once: UUID = more.pop("once", uuid4())
    given: dict[str, Any] = {"texts": {"en": TEXT}, "topic": Topic.LEARNING, "site": SITE, **more}
    services.prepare(db, once=once, authority_id=world.authority, people=people, by=world.coordinator, now=now, **given)
    return once


def send_off(db: Db, world: World, message_id: UUID, now: datetime) -> None:
    """Send a prepared message off."""
    here = frozenset({world.authority})
    services.send_off(db, message_id=message_id, authority_ids=here, by=world.coordinator, now=now)
