"""Who may open which page about reports: every address is in the table, and everybody else gets nothing."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.core.house import House
from lms.core.models import EventRow
from lms.core.work import do_all
from lms.programme.reports import services
from lms.programme.reports.kinds import ReportKind
from tests.world import World

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

TEAM = {"coordinator", "register_manager", "funding_officer", "other_coordinator"}
MAY: dict[str, set[str]] = {
    "/desk/reports": TEAM,
    "/desk/reports?authority={authority}": TEAM - {"other_coordinator"},
    "/desk/reports/settings": {"coordinator", "other_coordinator"},
    "/desk/reports/settings?authority={authority}": {"coordinator"},
    "/desk/reports/{programme}": {"coordinator"},
    "/desk/reports/{programme}.pdf": {"coordinator"},
    "/desk/reports/{programme}.xlsx": {"coordinator"},
    "/desk/reports/{programme}/correct": {"coordinator"},
    "/desk/reports/{programme}/publish": {"coordinator"},
    "/desk/reports/{register}": {"coordinator", "register_manager"},
    "/desk/reports/{register}/correct": {"coordinator", "register_manager"},
    "/desk/reports/{register}/publish": set(),
    "/desk/reports/{money}": {"coordinator", "funding_officer"},
    "/desk/reports/{money}.pdf": {"coordinator", "funding_officer"},
    "/desk/reports/{money}.xlsx": {"coordinator", "funding_officer"},
    "/desk/reports/{money}/publish": set(),
    "/desk/reports/{unknown}": set(),
    "/figures/RIVERMERE": set(),
    "/figures/RIVERMERE.json": set(),
}
"""Nothing is public here: no coordinator switched it on."""

EVERYBODY = (
    "coordinator", "register_manager", "register_officer", "funding_officer", "admin", "quality_assurer", "assessor",
    "employer_person", "pa", "adviser", "other_coordinator", "other_pa", None,
)  # fmt: skip


@pytest.fixture
def things(house: House, world: World, clock: Any) -> dict[str, UUID]:
    """A report of each kind at Rivermere."""
    made = {"authority": world.authority, "unknown": uuid4()}
    for kind in ReportKind:
        with house.database.writing() as db:
            made[kind.value] = services.ask(
                db,
                report_id=uuid4(),
                authority_id=world.authority,
                kind=kind,
                first=date(2026, 4, 1),
                last=date(2026, 11, 1),
                by=world.coordinator,
                now=clock(),
            )
    do_all(house, now=clock())
    return made


def _browser(browser_for: BrowserFor, world: World, who: str | None) -> Any:
    return browser_for(getattr(world, who) if who else None)


def test_everybody_opens_what_is_theirs_and_nothing_else(
    browser_for: BrowserFor, world: World, things: dict[str, UUID]
) -> None:
    browsers = {who: _browser(browser_for, world, who) for who in EVERYBODY}
    wrong = {}
    for pattern, may in MAY.items():
        opened = {who for who, each in browsers.items() if each.get(pattern.format_map(things)).status_code == 200}
        if opened != may:
            wrong[pattern] = opened ^ may
    assert wrong == {}


def test_nobody_else_writes_anything(
    browser_for: BrowserFor, house: House, world: World, things: dict[str, UUID]
) -> None:
    def recorded() -> int:
        with house.database.reading() as db:
            return db.scalar(select(func.count()).select_from(EventRow)) or 0

    browsers = {who: _browser(browser_for, world, who) for who in EVERYBODY}
    before = recorded()
    for who, browser in browsers.items():
        for pattern, may in MAY.items():
            if who not in may:
                status = browser.post(pattern.format_map(things), data={"once": str(uuid4())}).status_code
                assert status in {302, 403, 404, 405}, (pattern, who, status)
    assert recorded() == before


def test_every_page_is_in_the_table(app: Flask, things: dict[str, UUID]) -> None:
    adapter = app.url_map.bind("localhost")
    known = {adapter.match(pattern.format_map(things).partition("?")[0])[0] for pattern in MAY}
    ours = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("lms.reports.")}
    assert ours
    assert ours == known
