"""Every reason and step has its words, none of them judges a certificate, and the command line says the same."""

import json
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import lms
from lms.core.content import Problems
from lms.core.house import House
from lms.core.i18n import day, say_in
from lms.people import queries as people
from lms.register import services, texts
from lms.register.cli import register_group
from lms.register.content import load
from lms.register.held import Held
from lms.register.kinds import Circumstance, Item, ListingState, RequirementState, TrainingKind
from lms.register.reasons import Step, Why
from lms.register.rules import Because, eligibility
from lms.register.stored import as_data
from tests.register.strategies import BEFORE, DAYS, holding
from tests.world import World

ROOM = Path(lms.__file__).parent / "register"
SHELF = load([ROOM / "rules"], Problems())
EDITIONS = st.sampled_from(sorted(SHELF.editions)).map(lambda code: SHELF.editions[code][-1])


def test_every_code_has_its_words() -> None:
    assert set(texts._WHY) == set(Why) - {Why.DOES_NOT_APPLY}
    assert set(texts._STEPS) == set(Step) - {Step.START_CHECK}
    assert set(texts._BECAUSE) == set(Because)
    assert set(texts.STATES) == set(RequirementState)
    assert set(texts.LISTING_STATES) == set(ListingState)
    assert set(texts.CIRCUMSTANCES) == set(Circumstance)
    assert set(texts._ITEMS) == set(TrainingKind)


@pytest.mark.parametrize(
    "path",
    [ROOM / "texts.py", ROOM / "forms.py", *ROOM.glob("templates/lms/register/*.html"), *ROOM.glob("rules/*.yaml")],
    ids=lambda path: path.name,
)
def test_no_word_judges_a_certificate(path: Path) -> None:
    written = path.read_text().replace('FORBIDDEN = ("negative", "positive", "failed", "passed", "clear")', "")
    found = re.findall(rf"\b({'|'.join(texts.FORBIDDEN)})\b", written, re.IGNORECASE)
    assert found == []


@given(st.data(), EDITIONS, DAYS, BEFORE)
def test_any_verdict_can_be_told_whole_and_stored(data: Any, edition: Any, on: date, before: Any) -> None:
    verdict = eligibility(edition.rules, data.draw(holding(edition.rules)), on=on, before=before)
    for language in ("en", "cy"):
        told = texts.tell(verdict, edition, say=say_in(language), language=language)
        rows = [*told.to_do, *told.recommended, *told.done, *told.not_applicable]
        assert sorted(row.code for row in rows) == sorted(f.code for f in verdict.findings)
        for row in rows:
            assert "%(" not in row.why + row.next_step
            assert row.why
            assert bool(row.next_step) is (row.finding.next_step is not None)
        assert "%(" not in told.because + told.decides + told.until
        shown = verdict.state in {ListingState.LISTED, ListingState.PROVISIONAL}
        assert bool(told.until) is (shown and verdict.until is not None), "no day helps a PA who cannot be shown"
        if told.until and verdict.until:
            assert day(verdict.until - timedelta(days=1), language) in told.until, "the last day it stays so"
    assert json.loads(json.dumps(as_data(verdict)))["state"] == verdict.state


def test_what_is_missing_is_told_before_what_is_recommended() -> None:
    edition = SHELF.editions["DYFFRYN"][-1]
    verdict = eligibility(edition.rules, Held(), on=date(2026, 9, 1))
    told = texts.tell(verdict, edition, say=say_in("en"), language="en", titles={"PAI-4": "Safe and well"})
    assert told.next is not None
    assert told.next.code == told.to_do[0].code == "DY-CODE"
    assert [row.code for row in told.recommended] == ["DY-DBS"]
    assert "module PAI-4 (Safe and well)" in next(row.why for row in told.to_do if row.code == "DY-REFRESH")


def test_a_question_nobody_answered_is_not_answered_for_them() -> None:
    edition = SHELF.editions["DYFFRYN"][-1]
    verdict = eligibility(edition.rules, Held(), on=date(2026, 9, 1))
    for answered, said in (((), "Depends on your answer"), ((Circumstance.CHILD,), "Does not apply to you")):
        told = texts.tell(verdict, edition, say=say_in("en"), language="en", answered=answered)
        assert [row.state for row in told.not_applicable] == [said]


def test_learning_is_said_with_its_code() -> None:
    item = Item(TrainingKind.CARE_CERTIFICATE_STANDARD, "CC3")
    assert texts.item_said(item, say_in("en")) == "Care Certificate standard CC3"


# The command line ────────────────────────────────────────────────────────────────────────────────────────────────────


def explain(house: House, *args: str) -> Any:
    place = SimpleNamespace(house=lambda: house)
    return CliRunner().invoke(register_group, ["explain", *args], obj=place)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_command_line_says_what_the_page_says(house: House, world: World, now: datetime) -> None:
    said = explain(house, str(world.pa), "--authority", "RIVERMERE")
    assert said.exit_code == 0
    assert "RIVERMERE 2026.1: Something is missing" in said.output
    assert "RM-ID        Not started: Proof of who you are." in said.output
    plain = explain(house, str(world.pa), "--authority", "RIVERMERE", "--on", "2026-11-20", "--json")
    assert json.loads(plain.output)["missing"][0] == "RM-CC-KNOW"


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_command_line_knows_walls_and_days(house: House, world: World, now: datetime) -> None:
    for args in (
        (str(world.pa), "--authority", "DYFFRYN"),
        (str(world.pa), "--authority", "NOWHERE"),
        (str(uuid4()), "--authority", "RIVERMERE"),
        (str(world.pa), "--authority", "RIVERMERE", "--on", "2020-01-01"),
        ("pat", "--authority", "RIVERMERE"),
    ):
        answer = explain(house, *args)
        assert (answer.exit_code, "knows no such PA" in answer.output) == (1, True), args
    with house.database.reading() as db:
        email = people.person(db, world.pa).email or ""
    assert explain(house, email, "--authority", "RIVERMERE").exit_code == 0
    for wrong in ((), ("--authority", "RIVERMERE", "--on", "soon"), ("--authority", "RIVERMERE", "--language", "xx")):
        assert explain(house, str(world.pa), *wrong).exit_code == 2, wrong


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_all_standings_are_refreshed_in_their_own_units(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        services.record_seen(
            db,
            once=uuid4(),
            person_id=world.pa,
            authority_id=world.authority,
            code="RM-RTW",
            on=now.date(),
            ends_on=now.date() + timedelta(days=90),
            data={},
            by=world.register_officer,
            now=now,
        )
    assert services.reread(house, now=now) == 0
    assert services.reread(house, now=now + timedelta(days=31)) == 1
    assert services.reread(house, now=now + timedelta(days=31)) == 0
