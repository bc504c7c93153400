"""Every page of permissions and of getting training paid, and who may open it: all others get nothing.

One row for each page; whoever adds a page adds its row.
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
from lms.funding.claims.models import Claim, ClaimAcceptance, ClaimMove, ClaimSubmission
from lms.funding.employers import applying
from lms.funding.employers.models import BankDetails, TrainingEnquiry
from lms.funding.permissions.models import Permission, PermissionUse, PermissionWithdrawn
from lms.people import services as people
from lms.people.rules import Role
from tests.funding.employers.conftest import answered, enrol, let_act_for_the_grant
from tests.world import World

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

GRANT = "RIVERMERE-GRANT-2026-27"
NOBODY = "nobody"
HOME = {"employer", "representative"}
HOUSEHOLDS = HOME | {"other employer", "employer elsewhere"}
ADVISERS = {"adviser", "adviser elsewhere"}
DESK = {"coordinator", "funding officer"}
DESKS = DESK | {"coordinator elsewhere"}

MAY: dict[str, set[str]] = {
    "/training-permissions": HOUSEHOLDS,
    "/training-permissions/new": HOUSEHOLDS,
    "/training-permissions/{permission}": HOME,
    "/funding/permissions": DESKS,
    "/funding/permissions/{permission}": DESK,
    "/funding/permissions/of/{employer}": DESK,
    "/funding/permissions/advisers": {"coordinator", "coordinator elsewhere"},
    "/funding/permissions/advisers/{support}": {"coordinator"},
    "/acting-for": ADVISERS,
    "/acting-for/{permission}": {"adviser"},
    "/acting-for/{permission}/records/{pa}": {"adviser"},
    "/get-training-paid": HOUSEHOLDS,
    "/get-training-paid?permission={permission}": {"adviser"},
    "/get-training-paid?household={employer}": HOME,
    "/get-training-paid/{enquiry}/wages": HOME | {"adviser"},
    "/get-training-paid/{enquiry}/answers": HOME | {"adviser"},
    "/get-training-paid/{enquiry}/result": HOME | {"adviser"},
    "/get-training-paid/applications/{claim}": HOME | {"adviser"},
    "/get-training-paid/applications/{claim}/accept": {"employer"},
    "/get-training-paid/account?household={employer}": {"employer"},
    "/funding/claims/{claim}/account": {"funding officer"},
}
POSTS: dict[str, set[str]] = {
    "/training-permissions/{permission}/withdraw": HOME,
    "/funding/permissions/{permission}/withdraw": DESK,
    "/funding/permissions/advisers/{support}/{adviser}/end": {"coordinator"},
    "/acting-for/{permission}/records/{pa}/open": {"adviser"},
    "/get-training-paid/begin?household={employer}": HOME,
    "/get-training-paid/{enquiry}/apply/RIVERMERE-GRANT-2026-27": HOME | {"adviser"},
    "/get-training-paid/applications/{claim}/send": HOME | {"adviser"},
    "/get-training-paid/applications/{claim}/again": HOME | {"adviser"},
    "/get-training-paid/applications/{claim}/withdraw": HOME,
    "/funding/claims/{claim}/account/show": {"funding officer"},
}
OWN = ("/training-permissions/new", "/training-permissions", "/get-training-paid")
"""Pages on which each household finds its own."""

WRITTEN = (
    Permission,
    PermissionWithdrawn,
    PermissionUse,
    TrainingEnquiry,
    BankDetails,
    Claim,
    ClaimMove,
    ClaimAcceptance,
    ClaimSubmission,
)
PREFIXES = ("/training-permissions", "/funding/permissions", "/acting-for", "/get-training-paid")


@pytest.fixture
def who(house: House, world: World, now: datetime) -> dict[str, UUID | None]:
    """Everybody who might come by; one adviser is of an organisation that nobody let act."""
    with house.database.writing() as db:
        far = people.add_person(db, name="Far Adviser", email="far.adviser@example.com", by=None, now=now)
        people.give_role(db, person_id=far, organisation_id=world.college, role=Role.ADVISER, by=None, now=now)
    return {
        NOBODY: None,
        "pa": world.pa,
        "employer": world.employer_person,
        "other employer": world.second_employer_person,
        "employer elsewhere": world.other_employer_person,
        "representative": world.representative,
        "adviser": world.adviser,
        "adviser elsewhere": far,
        "assessor": world.assessor,
        "quality assurer": world.quality_assurer,
        "coordinator": world.coordinator,
        "coordinator elsewhere": world.other_coordinator,
        "register officer": world.register_officer,
        "funding officer": world.funding_officer,
        "admin": world.admin,
    }


@pytest.fixture
def things(house: House, world: World, now: datetime) -> dict[str, UUID]:
    """A permission of Amina's, answered questions, and an application made of others."""
    with house.database.writing() as db:
        enrol(db, world, now)
        permission = let_act_for_the_grant(db, world, now)
        claim = applying.prepare(
            db,
            enquiry_id=answered(db, world, now),
            scheme=GRANT,
            claim_id=uuid4(),
            by=world.employer_person,
            now=now,
        )
        enquiry = answered(db, world, now)
    return {
        "permission": permission,
        "enquiry": enquiry,
        "claim": claim,
        "pa": world.pa,
        "employer": world.employer,
        "support": world.support,
        "adviser": world.adviser,
    }


def test_everybody_opens_what_is_theirs_and_nothing_else(
    who: dict[str, UUID | None], things: dict[str, UUID], browser_for: BrowserFor
) -> None:
    wrong = {}
    browsers = {name: browser_for(person) for name, person in who.items()}
    for pattern, may in MAY.items():
        opened = set()
        for name, browser in browsers.items():
            answer = browser.get(pattern.format_map(things))
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

    before, wrong = counted(), {}
    for name, person in who.items():
        browser = browser_for(person)
        for pattern, may in (MAY | POSTS).items():
            if name not in may and pattern not in OWN:
                answer = browser.post(pattern.format_map(things), {"once": str(uuid4())})
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
                known.add(adapter.match(pattern.format_map(things).partition("?")[0], method=method)[0])
            except MethodNotAllowed:
                continue
    ours = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith(PREFIXES)}
    assert ours - known == set()
