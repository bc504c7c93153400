"""The pages of an employer and of an organisation: what stands there, and nothing behind another wall."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from lms.core.clock import london_day
from lms.core.house import House
from lms.learning import services as learning
from lms.people import services as people
from lms.people.rules import Nation, OrganisationKind, Role
from tests.world import World

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def test_an_employers_page_says_who_works_there_and_worked(
    browser_for: BrowserFor, house: House, world: World, clock: Any
) -> None:
    today = london_day(clock())
    with house.database.writing() as db:
        gone = people.add_person(db, name="Pat Before", email="pat@example.com", by=None, now=clock())
        people.give_role(
            db, person_id=gone, organisation_id=world.authority, role=Role.PA, by=None, now=clock(),
            since=today - timedelta(days=90),
        )  # fmt: skip
        people.start_employment(
            db, pa_id=gone, employer_id=world.employer, since=today - timedelta(days=60), by=None, now=clock()
        )
        people.end_employment(
            db, pa_id=gone, employer_id=world.employer, until=today - timedelta(days=30), by=None, now=clock()
        )
        learning.enrol(
            db, learner_id=world.pa, authority_id=world.authority, course="PAI", by=world.coordinator, now=clock()
        )
    page = browser_for(world.coordinator).get(f"/desk/employers/{world.employer}").get_data(as_text=True)
    assert "Pat Before" in page
    assert f"/desk/people/{world.pa}" in page
    assert "Training paid" in page


def test_what_waits_for_an_employer_stands_first(
    browser_for: BrowserFor, house: House, world: World, clock: Any
) -> None:
    page = browser_for(world.coordinator).get(f"/desk/employers/{world.employer}").get_data(as_text=True)
    assert "Nothing waits for them." in page


@pytest.mark.parametrize("kind", ["employers", "organisations"])
def test_behind_another_wall_there_is_no_such_page(browser_for: BrowserFor, world: World, kind: str) -> None:
    for browser in (browser_for(world.other_coordinator), browser_for(world.coordinator)):
        for id in (world.authority, world.pa, world.other_authority):
            assert browser.get(f"/desk/{kind}/{id}").status_code == 404
    assert browser_for(world.other_coordinator).get(f"/desk/{kind}/{world.employer}").status_code == 404
    assert browser_for(world.pa).get(f"/desk/{kind}/{world.employer}").status_code in {403, 404}


def test_an_organisation_shows_its_agreement_and_assessors(
    browser_for: BrowserFor, house: House, world: World, clock: Any
) -> None:
    today = london_day(clock())
    with house.database.writing() as db:
        college = people.add_organisation(
            db, kind=OrganisationKind.COLLEGE, name="Weir College", nation=Nation.ENGLAND, now=clock()
        )
        people.make_agreement(
            db, authority_id=world.authority, organisation_id=college, since=today, until=today + timedelta(days=200)
        )
        someone = people.add_person(db, name="Asha Sees", email="asha.sees@example.com", by=None, now=clock())
        people.give_role(
            db, person_id=someone, organisation_id=college, role=Role.ASSESSOR, by=None, now=clock(), since=today,
            until=today + timedelta(days=100),
        )  # fmt: skip
    browser = browser_for(world.coordinator)
    assert "Weir College" in browser.get("/desk/organisations").get_data(as_text=True)
    page = browser.get(f"/desk/organisations/{college}").get_data(as_text=True)
    assert "Asha Sees" in page
    assert "Nothing is recorded today" in page
    assert browser_for(world.other_coordinator).get(f"/desk/organisations/{college}").status_code == 404
