"""The ways in for systems: what they answer, to whom, and how they say no."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms.core.clock import london_day
from lms.core.house import House
from lms.people.tokens import services as tokens
from lms.people.tokens.models import SystemToken
from lms.people.tokens.rules import Scope
from lms.register.feed.answers import ChangesAnswer, ListingsAnswer, VerdictAnswer
from lms.register.feed.models import FeedReceived
from lms.register.feed.rules import Told
from lms.register.kinds import ListingState
from tests.register.feed.conftest import Stage
from tests.world import World

Ask = Callable[..., Any]
PROBLEM = "application/problem+json"


@pytest.fixture
def token(house: House, stage: Stage) -> str:
    with house.database.writing() as db:
        return stage.token(db)


def test_the_list_says_what_may_be_told(ask: Ask, token: str, listed: UUID) -> None:
    answer = ask("RIVERMERE/listings", token)
    assert answer.status_code == 200
    ListingsAnswer.model_validate(answer.json)
    assert answer.json["head"] == 1
    (one,) = answer.json["listings"]
    assert one["person"] == str(listed)
    assert one["listing"]["display_name"] == "Pat Morgan"
    said = {each["code"]: each for each in one["listing"]["requirements"]}
    assert set(said) == {"RM-ID", "RM-SAFE"}  # the interview is never shown
    assert said["RM-ID"]["met_in"] == "2026-03"
    assert "met_on" not in said["RM-ID"]
    assert said["RM-SAFE"]["met_on"] == "2026-04-02"


def test_a_tag_saves_the_answer(ask: Ask, token: str, listed: UUID, house: House, stage: Stage) -> None:
    first = ask("RIVERMERE/listings", token)
    again = ask("RIVERMERE/listings", token, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    with house.database.writing() as db:
        stage.takes_back(db, listed)
    changed = ask("RIVERMERE/listings", token, If_None_Match=first.headers["ETag"])
    assert (changed.status_code, changed.json["listings"]) == (200, [])


def test_nothing_is_set_and_nobody_else_may_keep_it(ask: Ask, token: str, listed: UUID) -> None:
    answer = ask("RIVERMERE/listings", token)
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_somebody_signed_in_has_no_way_in_without_a_token(world: World, browser_for: Callable[..., Any]) -> None:
    answer = browser_for(world.register_manager).get("/api/v1/register/RIVERMERE/listings")
    assert (answer.status_code, answer.mimetype) == (401, PROBLEM)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_pages_of_the_list_and_of_changes(ask: Ask, token: str, house: House, stage: Stage) -> None:
    with house.database.writing() as db:
        for number in range(5):
            person = stage.pa(db, f"Pa {number}")
            stage.stands(db, person, ListingState.LISTED)
            stage.agrees(db, person)
    for way, key in (("listings", "listings"), ("changes", "entries")):
        path, seen = f"/api/v1/register/RIVERMERE/{way}?limit=2", []
        while path:
            answer = ask(path, token)
            seen += [one["seq"] for one in answer.json[key]]
            path = answer.json["next"]
            assert (path is None) == ("Link" not in answer.headers)
        assert seen == [1, 2, 3, 4, 5]


def test_changes_say_put_replaced_and_remove(ask: Ask, token: str, listed: UUID, house: House, stage: Stage) -> None:
    with house.database.writing() as db:
        stage.stands(db, listed, ListingState.PROVISIONAL)
    with house.database.writing() as db:
        stage.stands(db, listed, ListingState.SUSPENDED)
    answer = ask("RIVERMERE/changes?after=0", token)
    ChangesAnswer.model_validate(answer.json)
    assert [(one["seq"], one["kind"], one["person"], one["listing"]) for one in answer.json["entries"]] == [
        (1, "replaced", None, None),
        (2, "replaced", None, None),
        (3, "remove", str(listed), None),
    ]


def test_why_somebody_is_gone_is_not_told(ask: Ask, token: str, listed: UUID, house: House, stage: Stage) -> None:
    told = set()
    for state in (ListingState.SUSPENDED, ListingState.PAUSED, ListingState.LAPSED, ListingState.REMOVED):
        with house.database.writing() as db:
            stage.stands(db, listed, ListingState.LISTED)
        with house.database.writing() as db:
            stage.stands(db, listed, state)
        last = ask("RIVERMERE/changes", token).json["entries"][-1]
        told.add((last["kind"], last["listing"], *sorted(last)))
    assert len(told) == 1


def test_asking_from_the_future_says_where_the_feed_stands(ask: Ask, token: str, listed: UUID) -> None:
    for way in ("listings", "changes"):
        answer = ask(f"RIVERMERE/{way}?after=7", token)
        assert (answer.status_code, answer.mimetype) == (409, PROBLEM)
        assert answer.json["head"] == 1
        assert answer.json["type"] == "urn:palms:problem:ahead-of-feed"


@pytest.mark.parametrize(
    "wrong", ["after=-1", "after=x", "after=1.5", "after=", "limit=0", "limit=1001", "after=1&after=2", "after=٣"]
)
def test_a_wrong_number_is_named(ask: Ask, token: str, listed: UUID, wrong: str) -> None:
    answer = ask(f"RIVERMERE/changes?{wrong}", token)
    assert (answer.status_code, answer.mimetype) == (400, PROBLEM)
    assert wrong.partition("=")[0] in answer.json["detail"]


def test_csv_by_accept_and_by_address(ask: Ask, token: str, listed: UUID, house: House, stage: Stage) -> None:
    with house.database.writing() as db:
        person = stage.pa(db, "=SUM(A1)")
        stage.stands(db, person, ListingState.LISTED)
        stage.agrees(db, person)
    by_address = ask("RIVERMERE/listings.csv", token)
    assert by_address.mimetype == "text/csv"
    assert ask("RIVERMERE/listings", token, Accept="text/csv").data == by_address.data
    rows = list(csv.DictReader(io.StringIO(by_address.text)))
    assert [row["display_name"] for row in rows] == ["Pat Morgan", "'=SUM(A1)"]
    assert rows[0]["requirements"] == "RM-ID 2026-03; RM-SAFE 2026-04-02"
    changes = list(csv.DictReader(io.StringIO(ask("RIVERMERE/changes.csv", token).text)))
    assert [row["kind"] for row in changes] == ["put", "put"]
    assert ask("RIVERMERE/listings", token, Accept="image/png").status_code == 406


def test_a_tag_of_one_form_is_not_good_for_the_other(ask: Ask, token: str, listed: UUID) -> None:
    tag = ask("RIVERMERE/listings", token).headers["ETag"]
    assert ask("RIVERMERE/listings.csv", token, If_None_Match=tag).status_code == 200


def test_only_ones_own_authority(ask: Ask, token: str, listed: UUID, house: House, other_stage: Stage) -> None:
    with house.database.writing() as db:
        theirs = other_stage.token(db)
    for path in (
        "DYFFRYN/listings",
        "DYFFRYN/changes",
        "NOWHERE/listings",
        f"DYFFRYN/people/{listed}/verdict",
        f"RIVERMERE/people/{uuid4()}/verdict",
    ):
        answer = ask(path, token)
        assert (answer.status_code, answer.mimetype) == (404, PROBLEM), path
    here, nowhere = ask("RIVERMERE/listings", theirs), ask("NOWHERE/listings", theirs)
    assert here.data == nowhere.data
    assert ask("DYFFRYN/listings", theirs).json["listings"] == []


def test_tokens_that_open_nothing(ask: Ask, house: House, stage: Stage, clock: Any, listed: UUID) -> None:
    with house.database.writing() as db:
        token = stage.token(db, ends_on=london_day(stage.now))
        scoped = stage.token(db, Scope.VERDICTS)
    assert ask("RIVERMERE/listings", token).status_code == 200
    wrong = ask("RIVERMERE/listings", scoped)
    assert (wrong.status_code, wrong.json["type"]) == (403, "urn:palms:problem:scope")
    assert 'scope="register.listings"' in wrong.headers["WWW-Authenticate"]
    clock.on(days=1)
    over = ask("RIVERMERE/listings", token)
    assert (over.status_code, over.mimetype) == (401, PROBLEM)
    assert 'error="invalid_token"' in over.headers["WWW-Authenticate"]


def test_an_ended_token_is_dead_at_once(ask: Ask, house: House, stage: Stage, world: World, token: str) -> None:
    assert ask("RIVERMERE/listings", token).status_code == 200
    with house.database.writing() as db:
        row = db.scalars(select(SystemToken)).one()
        tokens.end(db, token_id=row.id, authority_id=world.authority, by=world.admin, now=stage.now)
    assert ask("RIVERMERE/listings", token).status_code == 401


def test_wrong_tokens_are_slowed_and_good_ones_are_not(ask: Ask, token: str) -> None:
    answers = [ask("RIVERMERE/listings", f"palms_{number}") for number in range(8)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429] * 3
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert answers[-1].mimetype == PROBLEM
    assert ask("RIVERMERE/listings", token).status_code == 200


def test_the_last_day_of_use_is_kept(ask: Ask, token: str, house: House, stage: Stage) -> None:
    ask("RIVERMERE/listings", token)
    with house.database.reading() as db:
        assert db.scalars(select(SystemToken.last_used_on)).one() == london_day(stage.now)


def test_a_verdict_is_the_same_as_on_the_page(ask: Ask, token: str, house: House, stage: Stage, world: World) -> None:
    from lms.register import queries as register
    from lms.register.stored import as_data

    path = f"RIVERMERE/people/{world.pa}/verdict"
    assert ask(path, token).status_code == 404  # nobody asked the PA
    with house.database.writing() as db:
        stage.agrees(db, world.pa, frozenset({Told.NAME}))
    assert ask(path, token).status_code == 404  # the PA agreed to other things
    with house.database.writing() as db:
        stage.agrees(db, world.pa)
    answer = ask(path, token)
    VerdictAnswer.model_validate(answer.json)
    today = london_day(stage.now)
    with house.database.reading() as db:
        judged = register.verdict_of(db, world.pa, world.authority, today)
    assert judged is not None
    assert answer.json == {"person": str(world.pa), "on": today.isoformat(), **as_data(judged.verdict)}
    later = ask(f"{path}?on={date(2027, 1, 1)}", token)
    assert later.json["on"] == "2027-01-01"
    assert ask(f"{path}?on=2026-02-30", token).status_code == 400


def test_what_was_received_is_kept_before_it_is_sent(
    ask: Ask, client: Any, token: str, listed: UUID, house: House
) -> None:
    def kept() -> int:
        with house.database.reading() as db:
            return db.scalar(select(func.count()).select_from(FeedReceived)) or 0

    answer = ask("RIVERMERE/listings", token)
    assert kept() == 1
    ask("RIVERMERE/listings", token, If_None_Match=answer.headers["ETag"])
    ask("RIVERMERE/changes?after=1", token)  # nothing new, so nothing received
    client.head("/api/v1/register/RIVERMERE/listings", headers={"Authorization": f"Bearer {token}"})
    assert kept() == 1
    ask(f"RIVERMERE/people/{listed}/verdict", token)
    assert kept() == 2


def test_what_is_not_there_is_a_problem_too(client: Any) -> None:
    for path in ("/api/v1/", "/api/v1/nothing", "/api/v1/register", "/api/v1/register/RIVERMERE/listings/x"):
        answer = client.get(path)
        assert (answer.status_code, answer.mimetype) == (404, PROBLEM), path
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(client, method)("/api/v1/register/RIVERMERE/listings")
        assert (answer.status_code, answer.mimetype) == (405, PROBLEM), method
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
        assert getattr(client, method)("/api/v1/nothing").status_code == 404
    assert client.get("/api/v1/register/%00/listings").status_code == 404


def test_the_database_away_is_a_problem_too(ask: Ask, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy.exc import OperationalError

    from lms.register.feed import queries

    def away(*_args: object) -> None:
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr(queries, "head", away)
    answer = ask("RIVERMERE/listings", token)
    assert (answer.status_code, answer.mimetype, answer.headers["Retry-After"]) == (503, PROBLEM, "30")

    def broken(*_args: object) -> None:
        raise RuntimeError("a name that must not be said")

    monkeypatch.setattr(queries, "head", broken)
    answer = ask("RIVERMERE/listings", token)
    assert (answer.status_code, answer.mimetype) == (500, PROBLEM)
    assert "must not be said" not in answer.text


def test_tokens_last_at_most_so_long(house: House, stage: Stage) -> None:
    from lms.core.words import Refused

    for days in (-1, 401):
        with house.database.writing() as db, pytest.raises(Refused):
            stage.token(db, ends_on=london_day(stage.now) + timedelta(days=days))
