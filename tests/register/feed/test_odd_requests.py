"""Requests nobody sends by accident: a program always gets a problem it can read, never a page or a cookie."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from lms.core.house import House
from tests.register.feed.conftest import Stage
from tests.world import World

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
PROBLEM = "application/problem+json"
LIST = "/api/v1/register/RIVERMERE/listings"


@pytest.fixture
def token(house: House, stage: Stage) -> str:
    with house.database.writing() as db:
        return stage.token(db)


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "MADEUP", "POST", "PUT", "PATCH", "DELETE"])
def test_a_method_that_does_not_fit_is_a_problem(client: Any, token: str, method: str) -> None:
    for path in (LIST, "/api/v1/openapi.json"):
        answer = client.open(path, method=method, headers={"Authorization": f"Bearer {token}"})
        assert (answer.status_code, answer.mimetype) == (405, PROBLEM), path
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers


def test_a_made_up_method_elsewhere_gets_the_page(client: Any) -> None:
    for path in ("/sign-in", "/api/v10", "/x/api/v1/"):
        answer = client.open(path, method="MADEUP")
        assert (answer.status_code, answer.mimetype) in {(405, "text/html"), (404, "text/html")}, path


def test_what_can_be_done_is_said_truly(client: Any, token: str) -> None:
    for path in (LIST, LIST + ".csv", "/api/v1/openapi.json"):
        answer = client.options(path)
        assert (answer.status_code, answer.headers["Allow"], answer.data) == (204, "GET, HEAD, OPTIONS", b""), path
        assert "Access-Control-Allow-Origin" not in answer.headers
    assert client.options("/api/v1/nothing").status_code == 404


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/json; charset=utf-8", "application/json"),
        ("application/json;charset=UTF-8, text/plain, */*", "application/json"),
        ("text/csv;charset=utf-8", "text/csv"),
        ("text/csv; header=present", "text/csv"),
        ("text/csv;q=0.9, application/json;charset=utf-8;q=0.2", "text/csv"),
        ("text/csv;q=0, */*", "application/json"),
        ("TEXT/CSV", "text/csv"),
        ("", "application/json"),
        ("application/json;q=0", None),
        ("text/html, image/*;q=0.5", None),
        (",,;;", None),
    ],
)
def test_forms_are_found_however_they_are_asked_for(
    ask: Callable[..., Any], token: str, listed: UUID, accept: str, kind: str | None
) -> None:
    answer = ask("RIVERMERE/listings", token, Accept=accept)
    assert (answer.status_code, answer.mimetype) == ((200, kind) if kind else (406, PROBLEM))


@pytest.mark.parametrize(
    "on", ["2026-W01-1", "20260101", "2026-1-1", "２０２６-01-01", "2026-01-01T00:00", "2100-01-01", "0001-01-01", ""]
)
def test_a_day_is_written_in_one_way(ask: Callable[..., Any], token: str, listed: UUID, on: str) -> None:
    answer = ask(f"RIVERMERE/people/{listed}/verdict?on={on}", token)
    assert (answer.status_code, answer.json["type"]) == (400, "urn:palms:problem:bad-parameter")


def test_whatever_cannot_be_used_in_an_address_has_one_name(ask: Callable[..., Any], token: str) -> None:
    for wrong in ("after=%00", "after=%ff", "x=%00", "after=&after=", "a" * 3000):
        answer = ask(f"RIVERMERE/listings?{wrong}", token)
        assert (answer.status_code, answer.json["type"]) == (400, "urn:palms:problem:bad-parameter"), wrong


def test_a_token_is_taken_from_one_place_only(app: Flask, client: Any, token: str, listed: UUID) -> None:
    for path in (f"{LIST}?access_token={token}", f"{LIST}?token={token}", LIST):
        answer = client.get(path, headers={"Cookie": f"lms_session={token}; token={token}", "X-Api-Key": token})
        assert answer.status_code == 401
        assert token not in answer.text
        assert "Set-Cookie" not in answer.headers
    for header in (f"Basic {token}", token, f"Bearer {token}, Bearer x", f"Bearer {token} x", f"Bearer\t{token}"):
        assert client.get(LIST, headers={"Authorization": header}).status_code == 401, header
    padded = f"Bearer {token}{' ' * 200}x"
    assert client.get(LIST, headers={"Authorization": padded}).status_code in {401, 429}
    browser = app.test_client()
    page = browser.get("/register/people", headers={"Authorization": f"Bearer {token}"})
    assert (page.status_code, page.headers["Location"].partition("?")[0]) == (302, "/sign-in")


def test_nobody_signed_in_gets_a_cookie_here(world: World, browser_for: Callable[..., Any], token: str) -> None:
    answer = browser_for(world.register_manager).get(LIST, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers


def test_a_last_day_ends_at_midnight_in_london(
    ask: Callable[..., Any], house: House, stage: Stage, clock: Any, listed: UUID
) -> None:
    summer = datetime(2027, 6, 30, 22, 59, tzinfo=UTC)  # one minute before midnight in London
    stage.now = clock.now = summer
    with house.database.writing() as db:
        token = stage.token(db, ends_on=summer.date())
    assert clock() == summer
    assert ask("RIVERMERE/listings", token).status_code == 200
    clock.on(minutes=2)
    assert ask("RIVERMERE/listings", token).status_code == 401
