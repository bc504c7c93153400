"""What a site of our own keeps from page to page, and what it asks each time all the same."""

import inspect
import time
from datetime import timedelta
from unittest import mock

from flask import Flask

from lms.core.house import House
from lms.core.web import csrf
from tests.clients import Browser
from tests.world import World

OPENED = "/account"


def test_a_cookie_that_was_checked_before_grows_too_old_all_the_same(app: Flask, house: House, world: World) -> None:
    someone = Browser(app, house, world.pa)
    assert someone.get(OPENED).status_code == 200
    assert someone.get(OPENED).status_code == 200
    last = app.permanent_session_lifetime + timedelta(seconds=5)
    with mock.patch("lms.core.web.site.time.time", mock.Mock(return_value=time.time() + last.total_seconds())):
        assert someone.get(OPENED).status_code == 302


def test_a_changed_cookie_is_nobodys(app: Flask, house: House, world: World) -> None:
    someone = Browser(app, house, world.pa)
    assert someone.get(OPENED).status_code == 200
    cookie = someone._client.get_cookie("lms_session")
    assert cookie is not None
    for changed in (
        # Not the very last letter: two of its bits mean nothing, so that now and then "B" reads as the "A" it was.
        cookie.value[:-2] + ("A" if cookie.value[-2] != "A" else "B") + cookie.value[-1],
        "x" + cookie.value,
        cookie.value[:20],
    ):
        someone._client.set_cookie("lms_session", changed)
        assert someone.get(OPENED).status_code == 302
    someone._client.set_cookie("lms_session", cookie.value)
    assert someone.get(OPENED).status_code == 200


def test_with_another_key_every_cookie_is_nobodys_and_an_older_key_may_stay(
    app: Flask, house: House, world: World
) -> None:
    someone = Browser(app, house, world.pa)
    assert someone.get(OPENED).status_code == 200
    before, app.secret_key = app.secret_key, "another key, of more than enough letters to sign with"
    assert someone.get(OPENED).status_code == 302
    app.config["SECRET_KEY_FALLBACKS"] = [before]
    assert someone.get(OPENED).status_code == 200


def test_what_a_page_changes_in_its_session_is_not_in_the_next_ones(app: Flask, house: House, world: World) -> None:
    someone = Browser(app, house, world.pa)
    cookie = someone._client.get_cookie("lms_session")
    assert cookie is not None
    first = app.test_client()
    first.set_cookie("lms_session", cookie.value)
    first.get("/help")
    second = app.test_client()
    second.set_cookie("lms_session", cookie.value)
    with second.session_transaction() as session:
        assert csrf.TOKEN_FIELD not in session


def test_the_token_of_a_form_is_taken_back_and_another_sessions_is_not(app: Flask, house: House, world: World) -> None:
    one, other = Browser(app, house, world.pa), Browser(app, house, world.pa)
    token = one.token()
    choice = {"language": "cy", "back": "/help"}
    assert one.post_raw("/language", {"lms_csrf_token": token, **choice}).status_code == 302
    other.token()
    assert other.post_raw("/language", {"lms_csrf_token": token, **choice}).status_code == 400


def test_no_page_is_a_coroutine(app: Flask) -> None:
    """`Site.ensure_sync` looks for none."""
    calls = [*app.view_functions.values(), *(c for each in app.before_request_funcs.values() for c in each)]
    assert not [call for call in calls if inspect.iscoroutinefunction(call)]
