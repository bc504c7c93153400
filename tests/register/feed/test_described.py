"""The ways in for systems are as they are described: asked by a program that reads only the description."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.openapi import from_dict
from schemathesis.specs.openapi.checks import ignored_auth

from lms.core.house import House
from lms.register.kinds import ListingState
from tests.register.feed.conftest import Stage

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def token(house: House, stage: Stage) -> str:
    with house.database.writing() as db:
        return stage.token(db)


@pytest.fixture
def described(app: Flask, house: House, stage: Stage, listed: UUID, ask: Callable[..., Any]) -> Any:
    """The description, with addresses that lead somewhere among those that are tried."""
    with house.database.writing() as db:
        for state in (ListingState.LISTED, ListingState.PROVISIONAL, ListingState.SUSPENDED):
            person = stage.pa(db, f"Pa {state}")
            stage.stands(db, person, state)
            stage.agrees(db, person)
    document = ask("/api/v1/openapi.json").json
    good = {"authority": {"enum": ["RIVERMERE", "DYFFRYN"]}, "person_id": {"enum": [str(listed), str(stage.by)]}}
    for path in document["paths"].values():
        for parameter in path["get"]["parameters"]:
            if parameter["name"] in good:
                parameter["schema"] |= good[parameter["name"]]
    schema = from_dict(document)
    schema.app = app
    schema.config.generation.with_security_parameters = False
    schema.location = "/api/v1/openapi.json"
    return schema


@pytest.mark.parametrize("mode", GenerationMode)
def test_every_answer_is_as_it_is_described(described: Any, token: str, mode: GenerationMode) -> None:
    ways = [found.ok() for found in described.get_all_operations()]
    assert len(ways) == 5  # the description itself is asked for by its test
    for way in ways:

        @settings(max_examples=25, suppress_health_check=list(HealthCheck))
        @given(case=way.as_strategy(generation_mode=mode))
        def asks(case: schemathesis.Case) -> None:
            # Without a token, too many wrong ones are slowed down: see test_api.
            case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, excluded_checks=[ignored_auth])

        with suppress(Unsatisfiable):  # nothing in the address of the description itself can be wrong
            asks()


def test_the_description_names_every_way_in(app: Flask, ask: Callable[..., Any]) -> None:
    document = ask("/api/v1/openapi.json").json
    assert document["openapi"] == "3.1.0"
    assert document["servers"] == [{"url": "/api/v1"}]
    ways = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1/")}
    described = {
        "/api/v1" + path.replace("{person_id}", "<uuid:person_id>").replace("{authority}", "<authority>")
        for path in document["paths"]
    }
    assert ways - described == {"/api/v1/", "/api/v1/<path:rest>"}
