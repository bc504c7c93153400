"""Error pages help, also when the database is the thing that is broken, and show nothing of the inside."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from lms.core.db import Database
from tests.world import World

WORDS = {
    400: "Nothing was saved",
    403: "ask your training coordinator to check your roles",
    404: "check it is correct",
    413: "make the text or the file smaller",
    500: "It is not your fault",
    503: "Nothing was half saved",
}


def page(answer: Any) -> str:
    text: str = answer.get_data(as_text=True)
    assert text.count("<h1") == 1
    assert "Traceback" not in text
    assert "sqlite" not in text.lower()
    assert "Content-Security-Policy" in answer.headers
    return text


@pytest.fixture
def broken(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """A site one of whose pages fails."""

    def fail(**_args: object) -> str:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setitem(app.view_functions, "lms.core.help", fail)
    return app


def test_forbidden_lost_and_too_much(world: World, browser_for: Callable[..., Any]) -> None:
    browser = browser_for(world.pa)
    assert WORDS[403] in page(browser.get("/people"))
    assert WORDS[404] in page(browser.get("/no/such/page"))
    answer = browser.post("/account", {"name": "x" * 2_000_000})
    assert answer.status_code == 413
    assert WORDS[413] in page(answer)


def test_a_failure_says_what_to_do_and_nothing_of_the_inside(broken: Flask, world: World) -> None:
    answer = broken.test_client().get("/help")
    assert answer.status_code == 500
    assert WORDS[500] in page(answer)
    assert "a secret of the inside" not in answer.get_data(as_text=True)


def test_a_database_that_is_away_is_a_clear_503_and_comes_back_by_itself(
    world: World, browser_for: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = browser_for(world.pa)

    def away(_self: Database, *, writing: bool) -> None:
        raise OperationalError("SELECT 1", {}, Exception("database is locked"))

    with monkeypatch.context() as gone:
        gone.setattr(Database, "unit", away)
        answer = browser.get("/account")
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "30"
        assert WORDS[503] in page(answer)
    assert browser.get("/account").status_code == 200


def test_error_pages_come_in_the_readers_language(world: World, browser_for: Callable[..., Any]) -> None:
    browser = browser_for(world.pa)
    browser.post("/language", {"language": "cy", "back": "/"})
    assert '<html lang="cy"' in browser.get("/no/such/page").get_data(as_text=True)
    assert '<html lang="cy"' in browser.get("/people").get_data(as_text=True)


def test_the_language_can_be_switched_on_an_error_page_too(world: World, browser_for: Callable[..., Any]) -> None:
    browser = browser_for(world.pa)
    page = browser.get("/no/such/page?a=b").get_data(as_text=True)
    assert 'name="back" value="/no/such/page?a=b"' in page
    token = page.split('name="lms_csrf_token" value="')[1].split('"')[0]
    form = {"lms_csrf_token": token, "language": "cy", "back": "/no/such/page?a=b"}
    assert browser.post_raw("/language", form).location == "/no/such/page?a=b"
    assert '<html lang="cy"' in browser.get("/no/such/page?a=b").get_data(as_text=True)
