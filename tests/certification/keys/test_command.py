"""`lms keys`: what an operator sees and does."""

from types import SimpleNamespace
from typing import Any

from click.testing import CliRunner

from lms.certification.keys import queries
from lms.certification.keys.cli import command
from lms.certification.keys.rules import Purpose
from lms.core.house import House
from tests.world import World


def run(house: House, *words: object) -> Any:
    return CliRunner().invoke(command, [str(word) for word in words], obj=SimpleNamespace(house=lambda: house))


def test_keys_are_made_listed_and_retired(house: House, world: World) -> None:
    assert "has no keys yet" in run(house, "list", "RIVERMERE").output
    for purpose in Purpose:
        assert run(house, "new", "RIVERMERE", "--purpose", purpose).exit_code == 0
    assert run(house, "new", "RIVERMERE").exit_code == 0
    with house.database.reading() as db:
        newest, oldest = queries.every(db, world.authority, Purpose.SEAL)
    listed = run(house, "list", "RIVERMERE").output.splitlines()
    assert [line.split("…")[1].strip() for line in listed] == ["signs", "kept for checking", "signs"]
    assert run(house, "retire", "RIVERMERE", newest.id).exit_code == 0
    listed = run(house, "list", "RIVERMERE").output.splitlines()
    assert [line.split("…")[1].strip() for line in listed] == ["retired 2026-11-21", "signs", "signs"]
    assert str(oldest.id) in listed[1]
    assert "PRIVATE" not in "".join(listed)


def test_another_authoritys_key_is_not_touched(house: House, world: World) -> None:
    run(house, "new", "DYFFRYN")
    with house.database.reading() as db:
        (theirs,) = queries.every(db, world.other_authority, Purpose.SEAL)
    said = run(house, "retire", "RIVERMERE", theirs.id)
    assert (said.exit_code, "no such key" in said.output) == (1, True)
    with house.database.reading() as db:
        assert queries.key(db, theirs.id).retired_at is None


def test_an_authority_that_is_not_there_is_said(house: House, world: World) -> None:
    said = run(house, "list", "NOWHERE")
    assert (said.exit_code, "There is no authority NOWHERE." in said.output) == (1, True)
