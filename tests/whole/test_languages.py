"""The language switch works on every page and keeps one's place."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.world import World


@pytest.mark.parametrize("path", ["/", "/account", "/help", "/cookies?a=b"])
def test_the_switch_comes_back_to_the_same_place(world: World, browser_for: Callable[..., Any], path: str) -> None:
    browser = browser_for(world.pa)
    page = browser.get(path).get_data(as_text=True)
    assert '<html lang="en"' in page
    assert f'name="back" value="{path}"' in page
    answer = browser.post("/language", {"language": "cy", "back": path})
    assert answer.location == path
    assert '<html lang="cy"' in browser.get(path).get_data(as_text=True)


def test_an_unknown_language_changes_nothing(world: World, browser_for: Callable[..., Any]) -> None:
    browser = browser_for(world.pa)
    browser.post("/language", {"language": "xx", "back": "/help"})
    assert '<html lang="en"' in browser.get("/help").get_data(as_text=True)


def test_the_switch_never_leads_away(world: World, browser_for: Callable[..., Any]) -> None:
    answer = browser_for().post("/language", {"language": "cy", "back": "https://evil.example/"})
    assert answer.location == "/"
