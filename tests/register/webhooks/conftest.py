"""A house whose register can tell a system on loopback, and a feed that gets a new entry when a test says so."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from lms.core.house import House
from lms.core.work import do_all
from lms.register.feed.models import FeedHead
from lms.register.webhooks import queries, services, working
from lms.register.webhooks.queries import DeliveryView, WebhookView
from tests.register.webhooks.answering import System, system
from tests.world import World

KEY = "a key of the tests, long enough: 0123456789"


@pytest.fixture
def house(house: House) -> House:
    """One with a key, whose operator allows loopback."""
    settings = replace(house.settings, secret_key=KEY, webhook_networks=("127.0.0.0/8",))
    return replace(house, settings=settings)


@pytest.fixture
def there() -> Iterator[System]:
    """A system of somebody else's."""
    with system() as found:
        yield found


@pytest.fixture
def added(house: House, world: World, there: System, now: datetime) -> UUID:
    """That system, notified from now on."""
    once = uuid4()
    with house.database.writing() as db:
        services.add(
            db,
            house.settings,
            once=once,
            authority_id=world.authority,
            name="Council website",
            url=there.url,
            by=world.register_manager,
            now=now,
        )
    return once


@dataclass(frozen=True)
class Stage:
    """A system that is notified, and what a test can do: bring news, let the worker work, look what came of it."""

    house: House
    world: World
    clock: Any
    there: System
    added: UUID

    def news(self) -> int:
        """Something new stands in the feed: its last number goes up, and the bell is rung, as the feed does."""
        with self.house.database.writing() as db:
            row = db.get(FeedHead, self.world.authority) or FeedHead(authority_id=self.world.authority, last=0, floor=0)
            row.last += 1
            db.add(row)
            db.flush()
            services.ring(db, self.world.authority, self.clock())
            return row.last

    def deliver(self) -> int:
        """The worker does what waits."""
        return do_all(self.house, now=self.clock())

    def sweep(self) -> int:
        """The minute's sweep."""
        return working.sweep(self.house, self.clock())

    def look(self) -> tuple[WebhookView, list[DeliveryView]]:
        """How the system stands, and what it was sent, the newest first."""
        with self.house.database.reading() as db:
            found = queries.webhook(db, self.added, [self.world.authority])
            return found, queries.deliveries_of(db, self.added)[0]

    def manager(self, act: Callable[..., Any], **more: Any) -> Any:
        """The manager does something to the system."""
        with self.house.database.writing() as db:
            who = {"authority_id": self.world.authority, "by": self.world.register_manager, "now": self.clock()}
            return act(db, webhook_id=self.added, **who, **more)


@pytest.fixture
def stage(house: House, world: World, clock: Any, there: System, added: UUID) -> Stage:
    """All of it."""
    return Stage(house, world, clock, there, added)
