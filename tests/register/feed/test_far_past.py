"""Whoever begins at zero is told of everybody, however much was forgotten; whoever could miss something is told so."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from lms.core.clock import london_day
from lms.core.house import House
from lms.people.tokens.rules import LONGEST
from lms.register.feed import keeping, queries
from lms.register.feed.models import FeedEntry, FeedHead
from lms.register.kinds import ListingState
from tests.register.feed.conftest import Stage

Ask = Callable[..., Any]


@pytest.fixture
def token(house: House, stage: Stage) -> str:
    with house.database.writing() as db:
        return stage.token(db, ends_on=london_day(stage.now) + LONGEST)


@pytest.fixture
def told(house: House, stage: Stage) -> list[UUID]:
    """Six PAs are told of (numbers 1 to 6), a seventh was; what tells nothing any more was forgotten: floor 8."""
    with house.database.writing() as db:
        people = [stage.pa(db, f"Pa {number}") for number in range(7)]
        for person in people:
            stage.stands(db, person, ListingState.LISTED)
            stage.agrees(db, person)
    with house.database.writing() as db:
        stage.stands(db, people[6], ListingState.PAUSED)
    forget(house, stage)
    with house.database.reading() as db:
        assert queries.head(db, stage.authority) == queries.Head(8, 8)
    return people[:6]


def forget(house: House, stage: Stage) -> None:
    with house.database.writing() as db:
        day = london_day(stage.now)
        keeping.forget_old(db, stage.authority, before=stage.now + timedelta(seconds=1), on=day)


@pytest.mark.parametrize("form", ["json", "csv"])
def test_who_begins_at_zero_comes_to_the_head_in_pages(ask: Ask, token: str, told: list[UUID], form: str) -> None:
    path, seen = "/api/v1/register/RIVERMERE/changes?after=0&limit=2", list[str]()
    while path:
        answer = ask(path, token, Accept={"json": "application/json", "csv": "text/csv"}[form])
        assert answer.status_code == 200, path
        if form == "json":
            seen += [one["person"] for one in answer.json["entries"]]
        else:
            seen += [line.split(",")[3] for line in answer.text.splitlines()[1:]]
        link = answer.headers.get("Link", "")
        path = link.partition("<")[2].partition(">")[0]
    assert sorted(seen) == sorted(map(str, told))


def test_a_walk_from_zero_during_which_more_was_forgotten_begins_again(
    ask: Ask, token: str, told: list[UUID], house: House, stage: Stage
) -> None:
    path = ask("RIVERMERE/changes?after=0&limit=2", token).json["next"]
    with house.database.writing() as db:
        stage.stands(db, told[0], ListingState.PAUSED)  # of whom the walk has heard
    forget(house, stage)
    gone = ask(path, token)
    assert (gone.status_code, gone.json["type"]) == (410, "urn:palms:problem:too-far-back")


def test_a_number_alone_from_the_far_past_is_too_far_back(ask: Ask, token: str, told: list[UUID]) -> None:
    for asked in ("after=2", "after=2&begun=0", "after=2&begun=7", "after=2&begun=9"):
        assert ask(f"RIVERMERE/changes?{asked}", token).status_code == 410, asked


def test_what_was_forgotten_once_stays_so(house: House, stage: Stage, told: list[UUID]) -> None:
    """Moments do not follow numbers to the second: what is forgotten later may have a lower number."""
    with house.database.writing() as db:
        stage.stands(db, told[0], ListingState.PAUSED)  # number 9; number 1 tells nothing any more
    forget(house, stage)
    with house.database.writing() as db:
        stage.stands(db, told[1], ListingState.PAUSED)  # number 10; number 2 tells nothing any more
        late = (FeedEntry.authority_id == stage.authority) & (FeedEntry.seq == 10)
    with house.database.writing() as db:
        db.execute(update(FeedEntry).where(late).values(at=stage.now + timedelta(days=1)))
    forget(house, stage)
    with house.database.reading() as db:
        head = db.get_one(FeedHead, stage.authority)
        assert (head.last, head.floor) == (10, 9)
