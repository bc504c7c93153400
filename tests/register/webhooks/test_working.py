"""What the worker sends, over real sockets, and what becomes of a system that does not answer."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any
from uuid import UUID

import pytest
from standardwebhooks.webhooks import Webhook as Receiver

from lms.core.house import House
from lms.core.work import do_all
from lms.register.webhooks import reaching, services, working
from lms.register.webhooks.reaching import Answer
from lms.register.webhooks.rules import KEPT, OVERLAP, PAUSES, Came, Stopped
from lms.register.webhooks.signing import secret
from tests.register.webhooks.answering import System
from tests.register.webhooks.conftest import KEY, News, within
from tests.world import World

Look = Callable[[], Any]
Deliver = Callable[[], int]


@pytest.fixture(autouse=True)
def _receivers_clock(monkeypatch: pytest.MonkeyPatch, clock: Any) -> None:
    """The library of the receivers looks at its own clock for messages that are too old."""
    from standardwebhooks import webhooks as library

    class Standing(library.datetime):  # type: ignore[misc, name-defined]
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return clock()

    monkeypatch.setattr(library, "datetime", Standing)


def test_a_system_is_told_once_what_is_new_and_can_check_it(
    world: World, there: System, added: UUID, news: News, deliver: Deliver, look: Look
) -> None:
    last = [news() for _ in range(3)][-1]
    deliver()
    (got,) = there.got
    said = Receiver(secret(KEY, added, 1)).verify(got.body, got.headers)
    assert said["type"] == "register.changed"
    assert said["data"] == {"authority": "RIVERMERE", "after": 0, "head": last}
    assert set(said) == {"type", "timestamp", "data"}
    found, (sent,) = look()
    assert (found.told_seq, sent.came, sent.status) == (3, Came.DELIVERED, 204)
    assert got.headers["webhook-id"] == str(sent.id)
    deliver()
    assert len(there.got) == 1


def test_a_system_that_fails_is_tried_again_with_the_same_message(
    clock: Any, house: House, there: System, added: UUID, news: News, deliver: Deliver, look: Look
) -> None:
    there.answers = [500, 500, 204]
    news()
    deliver()
    assert look()[0].tries == 1
    deliver()
    assert len(there.got) == 1, "not before its pause is over"
    for pause in PAUSES[:2]:
        clock.on(seconds=pause.total_seconds() + 1)
        news()
        working.sweep(house, clock())
        deliver()
    assert len({got.headers["webhook-id"] for got in there.got[:3]}) == 1
    assert [json.loads(got.body)["data"]["head"] for got in there.got] == [1, 1, 1, 3], "then what came meanwhile"
    found, _ = look()
    assert (found.told_seq, found.tries, found.next_at) == (3, 0, None)


def test_after_the_last_try_it_is_left_alone_until_somebody_lets_it_go_on(
    clock: Any, house: House, world: World, there: System, added: UUID, news: News, deliver: Deliver, look: Look
) -> None:
    there.answers = [500]
    news()
    deliver()
    for pause in PAUSES:
        clock.on(seconds=pause.total_seconds() + 1)
        working.sweep(house, clock())
        deliver()
    found, _ = look()
    assert (found.stopped, len(there.got)) == (Stopped.GAVE_UP, len(PAUSES) + 1)
    clock.on(days=2)
    news()
    assert working.sweep(house, clock()) == 0
    deliver()
    assert len(there.got) == len(PAUSES) + 1
    there.answers = [204]
    within(
        house,
        lambda db: services.go_on(
            db, webhook_id=added, authority_id=world.authority, by=world.register_manager, now=clock()
        ),
    )
    deliver()
    assert look()[0].told_seq == 2


def test_a_system_that_is_gone_is_not_asked_again(
    clock: Any, house: House, there: System, added: UUID, news: News, deliver: Deliver, look: Look
) -> None:
    there.answers = [410]
    news()
    deliver()
    assert look()[0].stopped is Stopped.GONE
    clock.on(days=1)
    assert working.sweep(house, clock()) == 0


def test_a_longer_pause_is_kept_when_it_is_asked_for(
    clock: Any, there: System, added: UUID, news: News, deliver: Deliver, look: Look
) -> None:
    there.answers, there.more = [429], {"Retry-After": "3600"}
    news()
    deliver()
    assert look()[0].next_at == clock() + timedelta(hours=1)


def test_a_worker_that_was_killed_between_sending_and_writing_sends_the_same_message_again(
    monkeypatch: pytest.MonkeyPatch,
    clock: Any,
    house: House,
    there: System,
    added: UUID,
    news: News,
    deliver: Deliver,
    look: Look,
) -> None:
    real = reaching.post

    def killed(*args: Any, **kwargs: Any) -> Answer:
        real(*args, **kwargs)
        raise KeyboardInterrupt

    news()
    monkeypatch.setattr(reaching, "post", killed)
    with pytest.raises(KeyboardInterrupt):
        deliver()
    monkeypatch.undo()
    clock.on(minutes=10)
    working.sweep(house, clock())
    do_all(house, now=clock())
    assert len(there.got) == 2
    assert len({got.headers["webhook-id"] for got in there.got}) == 1
    assert look()[0].told_seq == 1


def test_two_workers_at_once_send_one_message(
    house: House, there: System, added: UUID, news: News, clock: Any, look: Look
) -> None:
    there.hold = Event()
    news()
    with ThreadPoolExecutor(4) as threads:
        running = [threads.submit(working.notify, house, str(added), clock()) for _ in range(4)]
        while not there.got:
            assert not all(each.done() for each in running)
        there.hold.set()
        for each in running:
            each.result()
    assert len(there.got) == 1
    assert look()[0].told_seq == 1


def test_the_secret_of_before_counts_for_a_day(
    clock: Any, house: House, world: World, there: System, added: UUID, news: News, deliver: Deliver
) -> None:
    def renew(turn: int) -> object:
        return within(
            house,
            lambda db: services.renew_secret(
                db,
                house.settings,
                webhook_id=added,
                authority_id=world.authority,
                turn=turn,
                by=world.register_manager,
                now=clock(),
            ),
        )

    assert renew(1) == renew(1) == secret(KEY, added, 2)
    for passing in (timedelta(), OVERLAP):
        clock.on(seconds=passing.total_seconds())
        news()
        deliver()
    both, only = there.got
    assert [len(got.headers["webhook-signature"].split()) for got in (both, only)] == [2, 1]
    clock.on(seconds=-OVERLAP.total_seconds())
    assert Receiver(secret(KEY, added, 1)).verify(both.body, both.headers)


def test_what_is_older_than_its_days_is_forgotten(
    clock: Any, house: House, there: System, added: UUID, news: News, deliver: Deliver, look: Look
) -> None:
    news()
    deliver()
    clock.on(days=KEPT.days + 1)
    working.sweep(house, clock())
    assert look()[1] == []


def test_a_system_of_another_authority_is_told_nothing(
    house: House, world: World, there: System, added: UUID, clock: Any, deliver: Deliver
) -> None:
    within(house, lambda db: services.ring(db, world.other_authority, clock()))
    deliver()
    assert there.got == []
