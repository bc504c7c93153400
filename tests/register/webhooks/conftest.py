"""A house whose register can tell a system on loopback, and a feed that gets a new entry when a test says so."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

import pytest

from lms.core.db import Db
from lms.core.house import House
from lms.core.work import do_all
from lms.register.feed.models import FeedHead
from lms.register.webhooks import queries, services
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


News = Callable[[], int]


@pytest.fixture
def news(house: House, world: World, clock: Callable[[], datetime]) -> News:
    """Something new stands in the feed: its last number goes up, and the bell is rung, as the feed does."""

    def one_more() -> int:
        with house.database.writing() as db:
            row = db.get(FeedHead, world.authority) or FeedHead(authority_id=world.authority, last=0, floor=0)
            row.last += 1
            db.add(row)
            db.flush()
            services.ring(db, world.authority, clock())
            return row.last

    return one_more


@pytest.fixture
def deliver(house: House, clock: Callable[[], datetime]) -> Callable[[], int]:
    """The worker does what waits."""
    return lambda: do_all(house, now=clock())


@pytest.fixture
def look(house: House, added: UUID, world: World) -> Callable[[], tuple[WebhookView, list[DeliveryView]]]:
    """How the system stands, and what it was sent, the newest first."""

    def found() -> tuple[WebhookView, list[DeliveryView]]:
        with house.database.reading() as db:
            return queries.webhook(db, added, [world.authority]), queries.deliveries_of(db, added)[0]

    return found


def within(house: House, act: Callable[[Db], object]) -> object:
    """Do something in a unit of work of its own."""
    with house.database.writing() as db:
        return act(db)
