"""Numbers for operators: only with the token, and never a name or an id in them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from lms.app import app_of
from lms.core.house import House
from lms.people.login import signed_in_viewer
from tests.clients import Browser
from tests.world import World

TOKEN = "a token for the operators"


@pytest.fixture
def measured(house: House) -> Flask:
    """A site whose operators asked for numbers."""
    settings = replace(house.settings, metrics_token=TOKEN)
    return app_of(replace(house, settings=settings, who=signed_in_viewer, standalone=True))


def test_there_is_no_such_page_without_a_token(world: World, browser_for: Callable[..., Any]) -> None:
    assert browser_for().get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_the_wrong_token_opens_nothing(measured: Flask, world: World) -> None:
    assert measured.test_client().get("/metrics", headers={"Authorization": "Bearer no"}).status_code == 404


def test_the_numbers_say_how_often_and_name_nobody(measured: Flask, house: House, world: World) -> None:
    Browser(measured, house, world.coordinator).get(f"/people/{world.pa}")
    answer = measured.test_client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    text = answer.get_data(as_text=True)
    assert 'lms_answers_total{page="desk.person_page",status="200"} 1.0' in text
    assert "lms_work_waiting" in text
    assert str(world.pa) not in text
    assert "Pat" not in text
