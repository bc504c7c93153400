"""Every page of an authority's settings, and who may open it: all others get nothing, as for what is not there.

One row for each page; whoever adds a page adds its row, and the part of the address that is theirs to `PREFIXES`.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.exceptions import MethodNotAllowed

from lms.core.clock import london_day
from lms.core.house import House
from lms.people import holding
from lms.people import services as people
from lms.people.rules import Role
from lms.programme.authority.models import Colours, RoleChange
from tests.world import World

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

ADMINS = {"admin", "admin beside"}
COORDINATORS = {"coordinator"}
EVERYBODY = "everybody"
TRIED = "?header=%23073f45&link=%230b5c63&button=%230b5c63"

MAY: dict[str, set[str]] = {
    "/settings?authority={authority}": ADMINS,
    "/settings/name?authority={authority}": ADMINS,
    "/settings/colours?authority={authority}": ADMINS,
    "/settings/colours/try.css" + TRIED: ADMINS | {"admin elsewhere"},
    "/settings/keeping?authority={authority}": ADMINS,
    "/settings/keeping/contacts?authority={authority}": ADMINS,
    "/settings/roles?authority={authority}": ADMINS,
    "/settings/roles/changes?authority={authority}": ADMINS,
    "/settings/roles/give?authority={authority}": ADMINS,
    "/settings/roles/{role}": ADMINS,
    "/settings/roles/{role}/end": ADMINS,
    "/settings/access?authority={authority}": ADMINS | COORDINATORS,
    "/settings/access?authority={authority}&person={officer}": ADMINS | COORDINATORS,
    "/settings/access/pa/{pa}": COORDINATORS,
    "/account/who-sees-me": {"pa", "other pa"},
}
"""Pages that are looked at."""

WRITTEN = (Colours, RoleChange)
PREFIXES = ("/settings", "/account/who-sees-me")


@pytest.fixture
def who(house: House, world: World, now: datetime) -> dict[str, UUID | None]:
    """Everybody who might come by."""
    since = london_day(now) - timedelta(days=1)
    with house.database.writing() as db:
        made = {}
        for name, where in (("Bea Beside", world.authority), ("Elin Elsewhere", world.other_authority)):
            id = people.add_person(db, name=name, email=f"{name[:3].lower()}@example.com", by=None, now=now)
            people.give_role(db, person_id=id, organisation_id=where, role=Role.ADMIN, by=None, now=now, since=since)
            made[name] = id
    return {
        "nobody": None,
        "pa": world.pa,
        "other pa": world.other_pa,
        "employer": world.employer_person,
        "representative": world.representative,
        "adviser": world.adviser,
        "assessor": world.assessor,
        "quality assurer": world.quality_assurer,
        "verifier": world.verifier,
        "coordinator": world.coordinator,
        "coordinator elsewhere": world.other_coordinator,
        "register manager": world.register_manager,
        "funding officer": world.funding_officer,
        "admin": world.admin,
        "admin beside": made["Bea Beside"],
        "admin elsewhere": made["Elin Elsewhere"],
    }


@pytest.fixture
def things(house: House, world: World) -> dict[str, UUID]:
    """What stands in the addresses."""
    with house.database.reading() as db:
        role = next(each.id for each in holding.of_person(db, world.funding_officer, world.authority))
    return {"authority": world.authority, "role": role, "officer": world.funding_officer, "pa": world.pa}


def test_everybody_opens_what_is_theirs_and_nothing_else(
    who: dict[str, UUID | None], things: dict[str, UUID], browser_for: BrowserFor
) -> None:
    wrong = {}
    for pattern, may in MAY.items():
        opened = set()
        for name, person in who.items():
            answer = browser_for(person).get(pattern.format_map(things))
            assert answer.status_code in {200, 302, 403, 404}, (pattern, name, answer.status_code)
            if answer.status_code == 200:
                opened.add(name)
        if opened != may:
            wrong[pattern] = {"too many": opened - may, "too few": may - opened}
    assert wrong == {}


def test_nobody_else_writes_anything(
    who: dict[str, UUID | None], things: dict[str, UUID], house: House, browser_for: BrowserFor
) -> None:
    def counted() -> list[int]:
        with house.database.reading() as db:
            return [db.scalar(select(func.count()).select_from(table)) or 0 for table in WRITTEN]

    before, wrong = counted(), {}
    posted = {"name": "Ours now", "reason": "because", "once": str(uuid4()), "seen": "0", "header": "#000000"}
    for name, person in who.items():
        for pattern, may in MAY.items():
            if name not in may:
                answer = browser_for(person).post(pattern.format_map(things), posted)
                asked = answer.status_code == 302 and "/sign-in" in answer.location
                if answer.status_code not in {403, 404, 405} and not asked:
                    wrong[pattern, name] = answer.status_code
    assert wrong == {}
    assert counted() == before


def test_every_page_is_in_the_table(app: Flask, things: dict[str, UUID]) -> None:
    adapter, known = app.url_map.bind("localhost"), set()
    for pattern in MAY:
        for method in ("GET", "POST"):
            try:
                known.add(adapter.match(pattern.format_map(things).partition("?")[0], method=method)[0])
            except MethodNotAllowed:
                continue
    ours = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith(PREFIXES)}
    assert ours
    assert ours - known == set()


def test_colours_and_logo_are_for_everybody_and_of_authorities_alone(world: World, browser_for: BrowserFor) -> None:
    stranger = browser_for(None)
    assert stranger.get(f"/look/{world.authority}/0.css").status_code == 200
    for nothing in (world.employer, world.college, uuid4()):
        assert stranger.get(f"/look/{nothing}/0.css").status_code == 404
    assert stranger.get(f"/look/{world.authority}/0.png").status_code == 404
