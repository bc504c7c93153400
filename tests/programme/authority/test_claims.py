"""What the pages of access say about who sees what is what really opens: every door without a number, every role."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from lms.core.house import House
from lms.people.rules import Role
from lms.programme.authority.access import BY_NAMING, opened
from lms.programme.authority.kinds import ABOUT_PEOPLE, Kind, kind_of
from lms.programme.authority.labels import KINDS
from tests.world import World

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

WHO: Mapping[Role, str] = {
    Role.COORDINATOR: "coordinator",
    Role.REGISTER_OFFICER: "register_officer",
    Role.REGISTER_MANAGER: "register_manager",
    Role.FUNDING_OFFICER: "funding_officer",
    Role.QUALITY_ASSURER: "quality_assurer",
    Role.VERIFIER: "verifier",
    Role.ADMIN: "admin",
}


def doors(app: Flask) -> dict[Kind, list[tuple[str, frozenset[Role]]]]:
    """Every page about people that needs no number in its address, with the roles its own guard lets in.

    What everybody who is signed in may ask for shows each their own, so it says nothing about a role.
    """
    found: defaultdict[Kind, list[tuple[str, frozenset[Role]]]] = defaultdict(list)
    for rule in app.url_map.iter_rules():
        kind = kind_of(rule.endpoint)
        roles: frozenset[Role] = getattr(app.view_functions[rule.endpoint], "roles", frozenset())
        plain = not rule.arguments and "GET" in (rule.methods or ())
        if kind in ABOUT_PEOPLE and plain and len(roles) < len(Role):
            found[kind].append((rule.rule, roles))
    return found


def says(browser: Any, person: UUID) -> dict[str, bool]:
    """What the page says of somebody: each kind of information, and whether they see it."""
    page = browser.get(f"/settings/access?person={person}").get_data(as_text=True)
    rows = re.findall(r'<th scope="row"[^>]*>(.*?)</th>\s*<td[^>]*>(.*?)</td>', page, re.DOTALL)
    return {name.strip(): "Yes" in yes for name, yes in rows}


def test_a_role_opens_what_the_page_says_and_nothing_it_denies(
    app: Flask, world: World, browser_for: BrowserFor
) -> None:
    every, admin, wrong, looked = doors(app), browser_for(world.admin), [], 0
    for role, name in WHO.items():
        person = getattr(world, name)
        claims, browser = says(admin, person), browser_for(person)
        assert len(claims) == len(ABOUT_PEOPLE), name
        for kind, pages in every.items():
            claimed = claims[str(KINDS[kind])]
            codes = {path: browser.get(path).status_code for path, _roles in pages}
            looked += len(codes)
            through = {path for path, code in codes.items() if code == 200}
            if kind in BY_NAMING and role not in BY_NAMING[kind]:
                continue  # the door lets in, and shows what somebody is named for
            if through and not claimed:
                wrong.append((name, kind.value, "says no", sorted(through)))
            denied = {path for path, roles in pages if role in roles and codes[path] == 403}
            if denied:
                wrong.append((name, kind.value, "a guard that lets in is shut", sorted(denied)))
    assert wrong == []
    assert looked > 100, "too few doors to say anything"


def test_what_is_said_yes_to_has_a_door_that_lets_in(app: Flask, house: House, world: World) -> None:
    """A claim without any door would be an invention, and a door nobody claims a secret."""
    said = opened(app.view_functions)
    for kind, roles in said.items():
        through = frozenset().union(
            *(
                getattr(view, "roles", frozenset())
                for endpoint, view in app.view_functions.items()
                if kind_of(endpoint) is kind
            )
        )
        assert roles <= through, kind
    assert said[Kind.ALERTS] == frozenset()


def test_people_with_no_role_here_any_more_open_nothing(
    app: Flask, house: House, world: World, browser_for: BrowserFor
) -> None:
    every, browser = doors(app), browser_for(world.other_coordinator)
    claims = says(browser_for(world.admin), world.other_coordinator)
    assert not any(claims.values())
    for pages in every.values():
        for path, _roles in pages[:2]:
            answer = browser.get(f"{path}?authority={world.authority}")
            assert answer.status_code != 200 or "Rivermere" not in answer.get_data(as_text=True), path
