"""Asked from behind a proxy, and on a host's site below a prefix."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from lms.app import app_of
from lms.core.house import House
from lms.extension import mount
from lms.people.tokens.rules import Scope
from tests.register.feed.conftest import Stage

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
LIST = "/api/v1/register/RIVERMERE/listings"


@pytest.fixture
def token(house: House, stage: Stage) -> str:
    with house.database.writing() as db:
        return stage.token(db, Scope.LISTINGS)


def asker(app: Flask) -> Callable[..., Any]:
    client = app.test_client(use_cookies=False)

    def ask(path: str, token: str, **headers: str) -> Any:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.get(path, headers={"Authorization": f"Bearer {token}", **sent})

    return ask


@pytest.mark.parametrize("seen", ["192.0.2.7", "192.0.2.7:{port}", "[2001:db8::7]:{port}", "2001:db8::{port}"])
def test_wrong_tokens_are_counted_by_who_sends_them(house: House, token: str, listed: UUID, seen: str) -> None:
    """Some proxies name the port as well, and a place of the sixth version has many addresses."""
    ask = asker(app_of(replace(house, settings=replace(house.settings, proxies=1))))

    def wrong(number: int, of: str) -> int:
        made_up = f"198.51.100.{number}, " + of.format(port=4000 + number)  # the first is the asker's own invention
        return int(ask(LIST, f"palms_{number}", X_Forwarded_For=made_up).status_code)

    assert [wrong(number, seen) for number in range(7)] == [401] * 5 + [429] * 2
    assert wrong(8, "203.0.113.9") == 401, "another place is not slowed"
    assert ask(LIST, token, X_Forwarded_For=seen.format(port=4100)).status_code == 200


def test_without_a_proxy_nobody_says_where_they_come_from(house: House, token: str) -> None:
    ask = asker(app_of(replace(house, settings=replace(house.settings, proxies=0))))
    answers = [ask(LIST, f"palms_{number}", X_Forwarded_For=f"192.0.2.{number}").status_code for number in range(7)]
    assert answers == [401] * 5 + [429] * 2


def test_below_a_prefix_every_address_carries_it(house: House, stage: Stage, token: str, listed: UUID) -> None:
    with house.database.writing() as db:
        from lms.register.kinds import ListingState

        person = stage.pa(db, "Somebody Else")
        stage.stands(db, person, ListingState.LISTED)
        stage.agrees(db, person)
    portal = Flask("portal")
    portal.secret_key = "a portal's own key, long enough for it"
    mount(portal, house, url_prefix="/learning")
    ask = asker(portal)
    path, seen = f"/learning{LIST}?limit=1", list[str]()
    while path:
        answer = ask(path, token)
        seen += [one["person"] for one in answer.json["listings"]]
        path = answer.json["next"]
        assert path is None or answer.headers["Link"] == f'<{path}>; rel="next"'
    assert len(seen) == 2
    document = ask("/learning/api/v1/openapi.json", token).json
    assert document["servers"] == [{"url": "/learning/api/v1"}]
    assert "/register/{authority}/listings" in document["paths"]
    client = portal.test_client()
    for method, path, status in (("GET", "/nothing", 404), ("POST", "/openapi.json", 405), ("GET", "/", 404)):
        said = client.open(f"/learning/api/v1{path}", method=method)
        assert (said.status_code, said.mimetype) == (status, "application/problem+json"), path
    assert client.options("/learning/api/v1/openapi.json").headers["Allow"] == "GET, HEAD, OPTIONS"
    assert client.get("/nothing").mimetype == "text/html"
