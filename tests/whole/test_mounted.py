"""PALMS on a host that has its own login, its own routes and its own `modules` package: nothing of it is changed."""

import sys
import types
from dataclasses import replace
from uuid import UUID

import pytest
from flask import Flask, abort, session

from lms.core.house import House
from lms.core.settings import Settings
from lms.extension import LMS, mount
from lms.people import queries
from tests.world import World


def host_site() -> Flask:
    """A council's portal with a login, an error page, a template function and a package of its own."""
    portal = Flask("portal")
    portal.secret_key = "a portal's own key, long enough for it"
    portal.jinja_env.globals["day"] = "the portal's day"

    @portal.get("/")
    def front() -> str:
        return "the portal's front page"

    @portal.get("/log-in/<person_id>")
    def log_in(person_id: str) -> str:
        session["portal_person"] = person_id
        return "in"

    @portal.post("/order")
    def order() -> str:
        return "ordered"

    @portal.get("/broken")
    def broken() -> str:
        abort(404)

    @portal.errorhandler(404)
    def lost(_error: Exception) -> tuple[str, int]:
        return "the portal's own page for lost people", 404

    return portal


@pytest.fixture
def portal(house: House, settings: Settings, world: World) -> Flask:
    """The portal with PALMS mounted under /learning."""
    site = host_site()

    def who() -> UUID | None:
        person = session.get("portal_person")
        return UUID(person) if person else None

    door = LMS(current_person=who, settings=settings)
    mount(site, replace(house, who=door._who), url_prefix="/learning")
    return site


def test_the_host_says_who_is_asking(portal: Flask, world: World) -> None:
    client = portal.test_client()
    client.get(f"/log-in/{world.pa}")
    page = client.get("/learning/").get_data(as_text=True)
    assert "Pat Morgan" in page
    assert "Sign out" not in page


def test_without_the_hosts_login_our_pages_stay_closed(portal: Flask) -> None:
    assert portal.test_client().get("/learning/account").status_code == 403


def test_signing_in_is_the_hosts_business(portal: Flask) -> None:
    assert portal.test_client().get("/learning/sign-in").status_code == 404
    assert not any(rule.endpoint.startswith("lms.entrance") for rule in portal.url_map.iter_rules())


def test_nothing_of_the_host_is_changed(portal: Flask) -> None:
    plain, client = host_site(), portal.test_client()
    assert client.get("/").get_data() == b"the portal's front page"
    assert client.post("/order").get_data() == b"ordered"
    assert client.get("/broken").get_data() == b"the portal's own page for lost people"
    assert "Content-Security-Policy" not in client.get("/").headers
    assert portal.jinja_env.globals["day"] == "the portal's day"
    ours = {rule.endpoint for rule in portal.url_map.iter_rules()} - {r.endpoint for r in plain.url_map.iter_rules()}
    assert all(name.startswith("lms.") for name in ours)
    assert set(portal.blueprints) - set(plain.blueprints) == {n for n in portal.blueprints if n.split(".")[0] == "lms"}
    assert set(portal.jinja_env.filters) == set(plain.jinja_env.filters)
    assert set(portal.jinja_env.globals) == set(plain.jinja_env.globals)
    assert portal.jinja_env.extensions.keys() == plain.jinja_env.extensions.keys()
    assert portal.config["MAX_CONTENT_LENGTH"] == plain.config["MAX_CONTENT_LENGTH"]
    handled = set(portal.error_handler_spec) - set(plain.error_handler_spec)
    assert {str(name).partition(".")[0] for name in handled} <= {"lms"}


def test_a_hosts_own_modules_package_is_left_alone(
    portal: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = types.ModuleType("modules")
    monkeypatch.setitem(sys.modules, "modules", own)
    client = portal.test_client()
    client.get(f"/log-in/{world.pa}")
    assert client.get("/learning/").status_code == 200
    assert sys.modules["modules"] is own


def test_session_keys_are_ours_by_name(portal: Flask, world: World) -> None:
    client = portal.test_client()
    client.get(f"/log-in/{world.pa}")
    client.get("/learning/account")
    with client.session_transaction() as cookie:
        assert all(key.startswith("lms_") or key == "portal_person" for key in cookie)


def test_our_notes_and_the_hosts_stay_apart(portal: Flask, world: World) -> None:
    client = portal.test_client()
    client.get(f"/log-in/{world.pa}")
    with client.session_transaction() as cookie:
        cookie["_flashes"] = [("message", "the portal's own note")]
    page = client.get("/learning/account").get_data(as_text=True)
    token = page.split('name="lms_csrf_token" value="')[1].split('"')[0]
    form = {"lms_csrf_token": token, "name": "Pat Morgan", "language": "en", "access_needs": ""}
    assert client.post("/learning/account", data=form).status_code == 302
    assert "Your details are saved." in client.get("/learning/account").get_data(as_text=True)
    with client.session_transaction() as cookie:
        assert cookie["_flashes"] == [("message", "the portal's own note")]


def test_an_unknown_person_of_the_host_is_nobody(portal: Flask, house: House) -> None:
    client = portal.test_client()
    client.get(f"/log-in/{UUID(int=7)}")
    assert client.get("/learning/account").status_code == 403
    with house.database.reading() as db:
        assert queries.viewer_of(db, UUID(int=7), house.clock().date()) is None
