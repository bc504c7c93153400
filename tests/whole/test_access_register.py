"""Every page of the register, and who may open it: all others get nothing, as for what is not there.

One row for each page; whoever adds a page adds its row, and what stands in its address to `things`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.exceptions import MethodNotAllowed

from lms.core.house import House
from lms.register.checks import services as checks
from lms.register.checks.models import DisclosureReview, EmployerMayKnow, ReviewDecided, StatusConsent
from lms.register.disclosures import Decision, FollowUp
from lms.register.models import DisclosureStep, RequirementRecord
from tests.register.checks import world_of_checks
from tests.world import World

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

NOBODY = "nobody"
TEAM = {"register officer", "register manager"}
OWN = {"pa"}
HOME = {"employer", "other employer", "representative", "employer elsewhere"}

MAY: dict[str, set[str]] = {
    "/register/people/{authority}/{pa}/checks": TEAM,
    "/register/people/{authority}/{pa}/checks/RM-DBS/certificate": TEAM,
    "/register/people/{authority}/{pa}/checks/{open}/step": TEAM,
    "/register/people/{authority}/{pa}/checks/{invited}/invite": TEAM,
    "/register/people/{authority}/{pa}/checks/{decided}/status": TEAM,
    "/register/people/{authority}/{pa}/checks/{reviewed}/review": TEAM,
    "/register/{authority}/checks": OWN | {"second pa"},
    "/register/{authority}/checks/consent": OWN | {"second pa"},
    "/register/{authority}/checks/{decided}/review": OWN,
    "/register/{authority}/checks/{decided}/employers": OWN,
    "/register/told": HOME,
}
"""Who opens what; a redirect counts as opening, except to the page that asks to sign in."""
POSTS: dict[str, set[str]] = {
    "/register/people/{authority}/{pa}/checks/{decided}/risk-review": TEAM,
}
WRITTEN = (RequirementRecord, DisclosureStep, DisclosureReview, ReviewDecided, StatusConsent, EmployerMayKnow)
PREFIXES = ("/register/people/<uuid:authority_id>/<uuid:person_id>/checks", "/register/<uuid:authority_id>/checks")
"""Parts of the register of which every page has to be in these tables."""


@pytest.fixture
def who(world: World) -> dict[str, UUID | None]:
    """Everybody who might come by."""
    return {
        NOBODY: None,
        "pa": world.pa,
        "second pa": world.second_pa,
        "other pa": world.other_pa,
        "employer": world.employer_person,
        "other employer": world.second_employer_person,
        "employer elsewhere": world.other_employer_person,
        "representative": world.representative,
        "assessor": world.assessor,
        "quality assurer": world.quality_assurer,
        "verifier": world.verifier,
        "coordinator": world.coordinator,
        "coordinator elsewhere": world.other_coordinator,
        "register officer": world.register_officer,
        "register manager": world.register_manager,
        "funding officer": world.funding_officer,
        "admin": world.admin,
    }


@pytest.fixture
def things(house: House, world: World, now: datetime) -> dict[str, UUID]:
    """What stands in the addresses."""
    with house.database.writing() as db:
        reviewed = world_of_checks.decided(db, world, now, Decision.DO_NOT_PROCEED)
        checks.ask_review(db, once=uuid4(), record_id=reviewed, authority_id=world.authority, by=world.pa, now=now)
        invited = world_of_checks.certificate(db, world, now, result="has_content")
        world_of_checks.step(db, world, now, invited, FollowUp.INVITED)
        return {
            "authority": world.authority,
            "pa": world.pa,
            "open": world_of_checks.certificate(db, world, now, result="has_content"),
            "invited": invited,
            "decided": world_of_checks.decided(db, world, now, Decision.BARRED),
            "reviewed": reviewed,
        }


def test_everybody_opens_what_is_theirs_and_nothing_else(
    who: dict[str, UUID | None], things: dict[str, UUID], browser_for: BrowserFor
) -> None:
    browsers = {name: browser_for(person) for name, person in who.items()}
    wrong = {}
    for pattern, may in MAY.items():
        opened = set()
        for name, browser in browsers.items():
            answer = browser.get(pattern.format_map(things))
            answer.close()
            assert answer.status_code in {200, 302, 403, 404}, (pattern, name, answer.status_code)
            asked = answer.status_code == 302 and "/sign-in" in answer.location
            if answer.status_code in {200, 302} and not asked:
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

    everything = {
        "seen_on": "2026-11-20",
        "done_on": "2026-11-21",
        "level": "enhanced_adults_list",
        "workforce": "adult",
        "issue_date": "2026-11-01",
        "result": "no_content",
        "place": "Tuesday at ten",
        "outcome": "stands",
        "given": "yes",
    }
    before, wrong = counted(), {}
    for name, person in who.items():
        browser = browser_for(person)
        for pattern, may in (MAY | POSTS).items():
            if name not in may:
                answer = browser.post(pattern.format_map(things), {**everything, "once": str(uuid4())})
                answer.close()
                asked = answer.status_code == 302 and "/sign-in" in answer.location
                if answer.status_code not in {403, 404, 405} and not asked:
                    wrong[pattern, name] = answer.status_code
    assert wrong == {}
    assert counted() == before


def test_every_page_is_in_the_table(app: Flask, things: dict[str, UUID]) -> None:
    adapter = app.url_map.bind("localhost")
    known = set()
    for pattern in MAY | POSTS:
        for method in ("GET", "POST"):
            try:
                known.add(adapter.match(pattern.format_map(things), method=method)[0])
            except MethodNotAllowed:
                continue
    ours = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith(PREFIXES)}
    assert ours
    assert ours - known == set()
