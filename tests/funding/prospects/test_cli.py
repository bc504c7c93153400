"""`lms funding explain` and `lms funding reread`, as somebody types them."""

import json
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from click.testing import CliRunner, Result
from sqlalchemy import select

from lms.core.house import House
from lms.funding.cli import command
from lms.funding.prospects.models import ProspectStanding
from lms.learning import services as learning
from lms.people import queries as people
from tests.funding.conftest import certify
from tests.world import World


def run(house: House, *args: str) -> Result:
    """The command, as a shell would start it."""
    return CliRunner().invoke(command, list(args), obj=SimpleNamespace(house=lambda: house))


def certified(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        certify(db, world.pa, world.authority, by=world.coordinator, now=now)


def turns(house: House) -> dict[Any, int]:
    with house.database.reading() as db:
        return {row.learner_id: row.turn for row in db.scalars(select(ProspectStanding))}


def test_a_person_is_explained_in_words(house: House, world: World, now: datetime) -> None:
    certified(house, world, now)
    said = run(house, "explain", str(world.pa), "--on", now.date().isoformat())
    assert said.exit_code == 0, said.output
    (head,) = [line for line in said.output.splitlines() if line.startswith("RIVERMERE PAI-1 ULO-2026-27")]
    assert "£" in head
    with house.database.reading() as db:
        email = people.person(db, world.pa).email
    assert email
    assert run(house, "explain", email, "--on", now.date().isoformat()).output == said.output


def test_the_same_as_json_carries_codes_and_pence(house: House, world: World, now: datetime) -> None:
    certified(house, world, now)
    said = run(house, "explain", str(world.pa), "--on", now.date().isoformat(), "--json")
    assert said.exit_code == 0, said.output
    found = {(each["training"], each["scheme"]): each for each in json.loads(said.output)}
    one = found["PAI-1", "ULO-2026-27"]
    assert one["authority"] == "RIVERMERE"
    assert set(one) == {"authority", "training", "scheme", "edition", "item", "verdict"}
    assert isinstance(one["verdict"]["amount"], int)


def test_somebody_without_a_training_is_told_so(house: House, world: World) -> None:
    said = run(house, "explain", str(world.second_pa))
    assert (said.exit_code, said.output) == (0, "There is no training that a scheme could pay for.\n")
    assert json.loads(run(house, "explain", str(world.second_pa), "--json").output) == []


def test_whom_nobody_knows_and_what_is_no_day_is_refused(house: House, world: World) -> None:
    for who in (str(uuid4()), "nobody@example.org", "nonsense"):
        said = run(house, "explain", who)
        assert said.exit_code == 1, who
        assert "No authority knows such a PA" in said.output
    for day in ("2026-02-29", "21/11/2026", "soon"):
        said = run(house, "explain", str(world.pa), "--on", day)
        assert said.exit_code == 2, day
        assert "--on" in said.output
    long_ago = run(house, "explain", str(world.pa), "--on", "1999-01-01")
    assert long_ago.exit_code == 1, "nobody knew them then"


def test_everybody_is_read_again_and_what_is_not_due_is_left(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        for each in (world.pa, world.second_pa):
            learning.enrol(
                db, learner_id=each, authority_id=world.authority, course="PAI", by=world.coordinator, now=now
            )
    before = turns(house)
    due = run(house, "reread", "--only-due")
    assert (due.exit_code, due.stdout) == (0, "0 read again.\n")
    assert turns(house) == before
    every = run(house, "reread", "--authority", "RIVERMERE")
    assert (every.exit_code, every.stdout) == (0, f"{len(before)} read again.\n"), every.output
    assert turns(house) == {each: turn + 1 for each, turn in before.items()}
    nowhere = run(house, "reread", "--authority", "NOWHERE")
    assert nowhere.exit_code == 1
    assert "no authority with this code" in nowhere.output
