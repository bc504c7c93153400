"""A register put back from a backup gives no number twice: who had one that is lost now begins with the list."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, text

from lms.commands import restore as command
from lms.core.db import Db
from lms.core.house import House
from lms.core.restore import Restored
from lms.register.feed import queries, restoring
from lms.register.feed.models import FeedEntry, FeedHead
from lms.register.kinds import ListingState
from tests.register.feed.conftest import Stage

Ask = Callable[..., Any]


def lists(db: Db, stage: Stage, name: str) -> UUID:
    person = stage.pa(db, name)
    stage.stands(db, person, ListingState.LISTED)
    stage.agrees(db, person)
    return person


def put_back(house: House) -> None:
    """As `lms restore` does it, with the rows of the backup there."""
    with house.database.engine.begin() as connection:
        restoring.begin_anew(connection)


@pytest.fixture
def token(house: House, stage: Stage) -> str:
    with house.database.writing() as db:
        return stage.token(db)


@pytest.fixture
def kept(house: House, stage: Stage) -> list[UUID]:
    """Three PAs were told of when the backup was made (1 to 3), a fourth and fifth after it; these are lost."""
    with house.database.writing() as db:
        return [lists(db, stage, f"Pa {number}") for number in range(3)]


def test_who_had_a_number_that_is_lost_begins_with_the_list(
    ask: Ask, token: str, house: House, stage: Stage, kept: list[UUID]
) -> None:
    put_back(house)
    with house.database.writing() as db:
        new = [lists(db, stage, f"New {number}") for number in range(4)]  # would have been 4 to 7: 5 was given before
    for given in (1, 3, 5):
        answer = ask(f"RIVERMERE/changes?after={given}", token)
        assert (answer.status_code, answer.json["type"].rpartition(":")[2]) == (410, "too-far-back")
    listed = ask("RIVERMERE/listings", token).json
    assert {one["person"] for one in listed["listings"]} == {str(person) for person in [*kept, *new]}
    head = listed["head"]
    assert head == restoring.STRIDE + 4
    assert ask(f"RIVERMERE/changes?after={head}", token).json["entries"] == []
    with house.database.writing() as db:
        last = lists(db, stage, "Last")
    (entry,) = ask(f"RIVERMERE/changes?after={head}", token).json["entries"]
    assert (entry["seq"], entry["person"]) == (head + 1, str(last))


def test_who_begins_at_zero_comes_to_the_head(ask: Ask, token: str, house: House, kept: list[UUID]) -> None:
    put_back(house)
    path, seen = "/api/v1/register/RIVERMERE/changes?after=0&limit=2", list[str]()
    while path:
        answer = ask(path, token).json
        seen += [one["person"] for one in answer["entries"]]
        path = answer["next"]
    assert sorted(seen) == sorted(map(str, kept))


def test_a_feed_in_which_nothing_stood_yet_moves_on_too(
    ask: Ask, token: str, house: House, stage: Stage, kept: list[UUID]
) -> None:
    with house.database.writing() as db:  # the backup is from before the first entry
        db.execute(delete(FeedEntry))
        db.execute(delete(FeedHead))
    put_back(house)
    with house.database.reading() as db:
        assert queries.head(db, stage.authority) == queries.Head(restoring.STRIDE, restoring.STRIDE)
    assert ask("RIVERMERE/changes?after=3", token).status_code == 410
    assert ask("RIVERMERE/changes?after=0", token).json["entries"] == []


def test_twice_put_back_moves_on_twice(house: House, stage: Stage, kept: list[UUID]) -> None:
    put_back(house)
    put_back(house)
    with house.database.reading() as db:
        assert queries.head(db, stage.authority) == queries.Head(2 * restoring.STRIDE, 2 * restoring.STRIDE)


def test_a_backup_from_before_there_were_feeds_is_left_as_it_is(house: House) -> None:
    with house.database.engine.begin() as connection:
        for name in ("lms_feed_received", "lms_feed_agreement", "lms_feed_entry", "lms_feed_head"):
            connection.execute(text(f"DROP TABLE {name}"))
        restoring.begin_anew(connection)


def test_the_command_lets_every_feed_move_on(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    turns = list[object]()

    def restore(*_given: object, **how: Any) -> Restored:
        turns.extend(how["turns"])
        return Restored(0, 0, "1", "2026-11-21T12:00", ())

    monkeypatch.setattr(command, "restore", restore)
    place = SimpleNamespace(settings=lambda: house.settings)
    (tmp_path / "backup").touch()
    command.command.main([str(tmp_path / "backup")], obj=place, standalone_mode=False)
    assert restoring.begin_anew in turns
    assert "Restored: 0 rows" in capsys.readouterr().out
