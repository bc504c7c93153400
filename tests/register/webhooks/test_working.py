"""What the worker sends, over real sockets, and what becomes of a system that does not answer."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook as Receiver

from lms.register.webhooks import reaching, services, working
from lms.register.webhooks.reaching import Answer
from lms.register.webhooks.rules import KEPT, OVERLAP, PAUSES, Came, Stopped
from lms.register.webhooks.signing import secret
from tests.register.webhooks.conftest import KEY, Stage


@pytest.fixture(autouse=True)
def _receivers_clock(monkeypatch: pytest.MonkeyPatch, clock: Any) -> None:
    """The library of the receivers looks at its own clock for messages that are too old."""
    from standardwebhooks import webhooks as library

    class Standing(library.datetime):  # type: ignore[misc, name-defined]
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return clock()

    monkeypatch.setattr(library, "datetime", Standing)


def test_a_system_is_told_once_what_is_new_and_can_check_it(stage: Stage) -> None:
    last = [stage.news() for _ in range(3)][-1]
    stage.deliver()
    (got,) = stage.there.got
    said = Receiver(secret(KEY, stage.added, 1)).verify(got.body, got.headers)
    assert said["type"] == "register.changed"
    assert said["data"] == {"authority": "RIVERMERE", "after": 0, "head": last}
    assert set(said) == {"type", "timestamp", "data"}
    found, (sent,) = stage.look()
    assert (found.told_seq, sent.came, sent.status) == (3, Came.DELIVERED, 204)
    assert got.headers["webhook-id"] == str(sent.id)
    stage.deliver()
    assert len(stage.there.got) == 1


def test_a_system_that_fails_is_tried_again_with_the_same_message(stage: Stage) -> None:
    stage.there.answers = [500, 500, 204]
    stage.news()
    stage.deliver()
    assert stage.look()[0].tries == 1
    stage.deliver()
    assert len(stage.there.got) == 1, "not before its pause is over"
    for pause in PAUSES[:2]:
        stage.clock.on(seconds=pause.total_seconds() + 1)
        stage.news()
        stage.sweep()
        stage.deliver()
    assert len({got.headers["webhook-id"] for got in stage.there.got[:3]}) == 1
    assert [json.loads(got.body)["data"]["head"] for got in stage.there.got] == [1, 1, 1, 3], "then what came meanwhile"
    found, _ = stage.look()
    assert (found.told_seq, found.tries, found.next_at) == (3, 0, None)


def test_after_the_last_try_it_is_left_alone_until_somebody_lets_it_go_on(stage: Stage) -> None:
    stage.there.answers = [500]
    stage.news()
    stage.deliver()
    for pause in PAUSES:
        stage.clock.on(seconds=pause.total_seconds() + 1)
        stage.sweep()
        stage.deliver()
    found, _ = stage.look()
    assert (found.stopped, len(stage.there.got)) == (Stopped.GAVE_UP, len(PAUSES) + 1)
    stage.clock.on(days=2)
    stage.news()
    assert stage.sweep() == 0
    stage.deliver()
    assert len(stage.there.got) == len(PAUSES) + 1
    stage.there.answers = [204]
    stage.manager(services.go_on, settings=stage.house.settings)
    stage.deliver()
    assert stage.look()[0].told_seq == 2


def test_a_system_that_is_gone_is_not_asked_again(stage: Stage) -> None:
    stage.there.answers = [410]
    stage.news()
    stage.deliver()
    assert stage.look()[0].stopped is Stopped.GONE
    stage.clock.on(days=1)
    assert stage.sweep() == 0


def test_a_longer_pause_is_kept_when_it_is_asked_for(stage: Stage) -> None:
    stage.there.answers, stage.there.more = [429], {"Retry-After": "3600"}
    stage.news()
    stage.deliver()
    assert stage.look()[0].next_at == stage.clock() + timedelta(hours=1)


def test_a_worker_killed_between_sending_and_writing_sends_the_same_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = reaching.post

    def killed(*args: Any, **kwargs: Any) -> Answer:
        real(*args, **kwargs)
        raise KeyboardInterrupt

    stage.news()
    monkeypatch.setattr(reaching, "post", killed)
    with pytest.raises(KeyboardInterrupt):
        stage.deliver()
    monkeypatch.undo()
    stage.clock.on(minutes=10)
    stage.sweep()
    stage.deliver()
    assert len(stage.there.got) == 2
    assert len({got.headers["webhook-id"] for got in stage.there.got}) == 1
    assert stage.look()[0].told_seq == 1


def test_two_workers_at_once_send_one_message(stage: Stage) -> None:
    stage.there.hold = Event()
    stage.news()
    with ThreadPoolExecutor(4) as threads:
        running = [threads.submit(working.notify, stage.house, str(stage.added), stage.clock()) for _ in range(4)]
        while not stage.there.got:
            assert not all(each.done() for each in running)
        stage.there.hold.set()
        for each in running:
            each.result()
    assert len(stage.there.got) == 1
    assert stage.look()[0].told_seq == 1


def test_the_secret_of_before_counts_for_a_day(stage: Stage) -> None:
    def renew(turn: int) -> str:
        said: str = stage.manager(services.renew_secret, settings=stage.house.settings, turn=turn)
        return said

    assert renew(1) == renew(1) == secret(KEY, stage.added, 2)
    for passing in (timedelta(), OVERLAP):
        stage.clock.on(seconds=passing.total_seconds())
        stage.news()
        stage.deliver()
    both, only = stage.there.got
    assert [len(got.headers["webhook-signature"].split()) for got in (both, only)] == [2, 1]
    stage.clock.on(seconds=-OVERLAP.total_seconds())
    assert Receiver(secret(KEY, stage.added, 1)).verify(both.body, both.headers)


def test_what_is_older_than_its_days_is_forgotten(stage: Stage) -> None:
    stage.news()
    stage.deliver()
    stage.clock.on(days=KEPT.days + 1)
    stage.sweep()
    assert stage.look()[1] == []


def test_a_system_of_another_authority_is_told_nothing(stage: Stage) -> None:
    with stage.house.database.writing() as db:
        services.ring(db, stage.world.other_authority, stage.clock())
    stage.deliver()
    assert stage.there.got == []
