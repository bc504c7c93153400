"""Every page of teams and mentoring, and who may open it: all others get nothing, as for what is not there."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.exceptions import MethodNotAllowed

from lms.core.house import House
from lms.people import services as people
from lms.people.rules import Role
from lms.programme.mentors import queries as mentors
from lms.programme.mentors.models import Mentor, MentorContact, MentorMatch, MentorRequest, MentorsApart
from lms.programme.teams.models import Team, TeamInvitation, TeamMember
from tests.programme.mentors.conftest import ask, pair
from tests.programme.teams.conftest import make_team
from tests.world import World

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

COORDINATORS = {"coordinator"}
OWN = {"mentor", "newcomer", "second pa", "other pa", "employer", "representative"}
TEAM, MENTORS = "/desk/teams/{team}", "/desk/mentors"

MAY: dict[str, set[str]] = {
    "/desk/teams?authority={authority}": COORDINATORS,
    "/desk/teams.csv?authority={authority}": COORDINATORS,
    "/desk/teams.xlsx?authority={authority}": COORDINATORS,
    "/desk/teams/new?authority={authority}": COORDINATORS,
    f"{TEAM}?authority={{authority}}": COORDINATORS,
    f"{TEAM}/change?authority={{authority}}": COORDINATORS,
    f"{TEAM}/people?authority={{authority}}": COORDINATORS,
    f"{MENTORS}?authority={{authority}}": COORDINATORS,
    f"{MENTORS}/suggest?authority={{authority}}": COORDINATORS,
    f"{MENTORS}/apart?authority={{authority}}": COORDINATORS,
    f"{MENTORS}/requests/{{request}}?authority={{authority}}": COORDINATORS,
    "/mentoring": OWN,
    "/mentoring/offer": OWN,
    "/mentoring/ask": OWN,
}
POSTS: dict[str, set[str]] = {
    f"{TEAM}/end?authority={{authority}}": COORDINATORS,
    f"{TEAM}/enrol?authority={{authority}}": COORDINATORS,
    f"{TEAM}/people/{{learner}}/add?authority={{authority}}": COORDINATORS,
    f"{TEAM}/people/{{learner}}/take-out?authority={{authority}}": COORDINATORS,
    f"{MENTORS}/pairs/{{match}}/end?authority={{authority}}": COORDINATORS,
    f"{MENTORS}/suggest/pa/{{newcomer}}?authority={{authority}}": COORDINATORS,
    f"{MENTORS}/apart/{{learner}}/{{newcomer}}/undo?authority={{authority}}": COORDINATORS,
    "/mentoring/offers/{mentor}/stop": {"mentor"},
    "/mentoring/requests/{own_request}/end": {"newcomer"},
    "/mentoring/newcomers/{match}/got-in-touch": {"mentor"},
    "/mentoring/newcomers/{match}/end": {"mentor"},
}
WRITTEN = (Team, TeamInvitation, TeamMember, Mentor, MentorContact, MentorMatch, MentorRequest, MentorsApart)
PREFIXES = ("/desk/teams", "/desk/mentors", "/mentoring")


@pytest.fixture
def newcomer(house: House, world: World, now: datetime) -> UUID:
    """A PA who works for nobody."""
    with house.database.writing() as db:
        person = people.add_person(db, name="Nadia New", email="nadia@example.com", by=None, now=now)
        people.give_role(db, person_id=person, organisation_id=world.authority, role=Role.PA, by=None, now=now)
    return person


@pytest.fixture
def who(world: World, newcomer: UUID) -> dict[str, UUID | None]:
    """Everybody who might come by."""
    return {
        "nobody": None,
        "mentor": world.pa,
        "newcomer": newcomer,
        "second pa": world.second_pa,
        "other pa": world.other_pa,
        "employer": world.employer_person,
        "representative": world.representative,
        "learner": world.learner,
        "adviser": world.adviser,
        "assessor": world.assessor,
        "quality assurer": world.quality_assurer,
        "verifier": world.verifier,
        "register manager": world.register_manager,
        "funding officer": world.funding_officer,
        "admin": world.admin,
        "coordinator": world.coordinator,
        "coordinator elsewhere": world.other_coordinator,
    }


@pytest.fixture
def things(house: House, world: World, newcomer: UUID, now: datetime) -> dict[str, UUID]:
    """What stands in the addresses."""
    with house.database.writing() as db:
        team = make_team(db, world, now)
        match = pair(db, world, now, mentor=world.pa, newcomer=newcomer)
        (own,) = mentors.requests_of(db, newcomer, [world.authority])
        (offer,) = mentors.offers_of(db, world.pa, [world.authority])
        request = ask(db, world, world.second_pa, now)
    return {
        "authority": world.authority,
        "team": team.id,
        "learner": world.learner,
        "newcomer": newcomer,
        "match": match,
        "mentor": offer.id,
        "own_request": own.id,
        "request": request,
    }


def test_everybody_opens_what_is_theirs_and_nothing_else(
    who: dict[str, UUID | None], things: dict[str, UUID], browser_for: BrowserFor
) -> None:
    browsers, wrong = {name: browser_for(person) for name, person in who.items()}, {}
    for pattern, may in MAY.items():
        opened = set()
        for name, browser in browsers.items():
            answer = browser.get(pattern.format_map(things))
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
            ended = select(func.count()).select_from(MentorMatch).where(MentorMatch.ended_at.is_not(None))
            return [
                *(db.scalar(select(func.count()).select_from(each)) or 0 for each in WRITTEN),
                db.scalar(ended) or 0,
            ]

    before, wrong = counted(), {}
    for name, person in who.items():
        browser = browser_for(person)
        for pattern, may in (MAY | POSTS).items():
            if name not in may:
                answer = browser.post(pattern.format_map(things), {"once": str(uuid4())})
                asked = answer.status_code == 302 and "/sign-in" in answer.location
                if answer.status_code not in {403, 404, 405} and not asked:
                    wrong[pattern, name] = answer.status_code
    assert wrong == {}
    assert counted() == before


def test_every_page_is_in_the_table(app: Flask, things: dict[str, UUID]) -> None:
    adapter, known = app.url_map.bind("localhost"), set()
    for pattern in MAY | POSTS:
        for method in ("GET", "POST"):
            try:
                known.add(adapter.match(pattern.format_map(things).partition("?")[0], method=method)[0])
            except MethodNotAllowed:
                continue
    ours = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith(PREFIXES)}
    assert ours
    assert ours - known == set()
