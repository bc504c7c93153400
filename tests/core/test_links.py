"""Addresses from kept patterns are the ones Flask gives, at every door, however they are asked for."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask, url_for
from werkzeug.routing import BuildError, Rule

from lms.core.web.links import Links

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
MORE: tuple[dict[str, Any], ...] = (
    {},
    {"authority": UUID(int=7)},
    {"name": "Ann & Bob / 50%", "page": 2, "none": None},
    {"authority": UUID(int=8), "of": "employer", "pa": UUID(int=9), "many": ["a", "b"]},
    {"_anchor": "below"},
    {"_external": True},
    {"_scheme": "https"},
)


_PART = re.compile(r"<(?:(?P<kind>\w+)(?:\((?P<choices>[^)]*)\))?:)?(?P<name>\w+)>")


def values_of(rule: Rule) -> dict[str, Any]:
    """A value for each part of an address, in an order that is not the address's own."""
    made: dict[str, Any] = {}
    for part in sorted(_PART.finditer(rule.rule), key=lambda part: part["name"], reverse=True):
        usual = {"uuid": uuid4(), "int": 3, "any": (part["choices"] or "").split(",")[0].strip("\" '")}
        made[part["name"]] = usual.get(part["kind"], "x-1")
    return made


def both(app: Flask, endpoint: str, values: dict[str, Any]) -> tuple[str, str]:
    return Links()(endpoint, **values), url_for(endpoint, **values)


def test_every_door_has_the_address_flask_gives_the_first_time_and_from_then_on(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("lms.")]
    assert len(rules) > 400
    for base in ("http://here.example", "http://there.example", "http://here.example/below"):
        with app.test_request_context("/help", base_url=base):
            for rule in rules:
                for more in MORE:
                    for _turn in range(2):
                        values = {**more, **values_of(rule)}
                        kept, flask = both(app, rule.endpoint, values)
                        assert kept == flask, (rule.endpoint, values)


def test_an_address_beside_the_own_page_is_of_its_own_room(app: Flask) -> None:
    for path in ("/desk/contacts", "/desk/call-backs", "/desk/contacts"):
        with app.test_request_context(path):
            for name in (".contacts", ".calls"):
                try:
                    expected = url_for(name)
                except BuildError:
                    with pytest.raises(BuildError):
                        Links()(name)
                else:
                    assert Links()(name) == expected


def test_values_the_site_adds_are_asked_for_each_time(app: Flask) -> None:
    added = {"tongue": "cy"}
    app.url_default_functions.setdefault(None, []).append(lambda _endpoint, values: values.update(added))
    with app.test_request_context("/help"):
        for tongue in ("cy", "en"):
            added["tongue"] = tongue
            assert Links()("lms.people.home") == url_for("lms.people.home")
            assert tongue in Links()("lms.people.home")


def test_a_language_asked_for_on_the_check_page_stays_in_its_links(app: Flask) -> None:
    for query in ("?lang=cy", "", "?lang=cy"):
        with app.test_request_context("/verify" + query):
            app.preprocess_request()
            kept, flask = both(app, "lms.checking.verify", {})
            assert kept == flask


def test_what_somebody_looks_for_does_not_fill_the_memory(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lms.core.web.links._MOST", 10)
    with app.test_request_context("/help"):
        for number in range(50):
            kept, flask = both(app, "lms.people.home", {"name": f"word {number}"})
            assert kept == flask
        assert len(app.extensions["lms_links"]) <= 11
