"""The pages of how sure somebody feels: for them alone, in parts, and with a place to begin."""

import pytest

from lms.assessment.confidence import queries
from lms.assessment.content import Frameworks
from lms.core.house import House
from lms.core.shelves import shelf
from tests.assessment.doings import BrowserFor, text
from tests.world import World

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
FIRST = "/care-certificate/how-sure/cc-2025/1"


def said(house: House, world: World) -> dict[str, str]:
    with house.database.reading() as db:
        found = queries.latest(db, world.pa, shelf(db, Frameworks).framework("cc-2025"))
        return {unit: str(each.sure) for unit, each in found.items()}


def test_from_nothing_said_to_a_place_to_begin(house: House, world: World, browser_for: BrowserFor) -> None:
    browser = browser_for(world.pa)
    start = text(browser.get("/care-certificate/how-sure"))
    assert "not a test" in start
    assert "Leave this out" in start
    asked = browser.get(FIRST)
    assert "What your job is, what you and your employer owe each other" in text(asked)
    on = browser.submit(FIRST, {"CC2": "not_yet", "CC1": "a_little"})
    assert on.location.endswith("/how-sure/cc-2025/2")
    assert said(house, world) == {"CC1": "a_little", "CC2": "not_yet"}
    page = browser.get("/care-certificate/how-sure")
    assert "A good place to begin Standard 2: Your personal development" in text(page)
    assert "You do not know much about this yet. 9 of 9 points" in text(page)
    assert "/care-certificate/cc-2025/CC2" in page.get_data(as_text=True)
    assert "Go on where you stopped" in text(page)


def test_what_is_left_open_stays_as_it_was_and_the_last_part_leads_back(
    house: House, world: World, browser_for: BrowserFor
) -> None:
    browser = browser_for(world.pa)
    browser.submit(FIRST, {"CC1": "sure"})
    browser.submit(FIRST, {"CC2": "mostly"})
    assert said(house, world) == {"CC1": "sure", "CC2": "mostly"}
    end = browser.submit("/care-certificate/how-sure/cc-2025/4", {"CC16": "sure"})
    assert end.location.endswith("/care-certificate/how-sure?edition=cc-2025")


def test_forged_answers_standards_and_parts_are_refused(house: House, world: World, browser_for: BrowserFor) -> None:
    browser = browser_for(world.pa)
    forged = browser.submit(FIRST, {"CC1": "10"})
    assert forged.status_code == 200
    assert "Error:" in forged.get_data(as_text=True)
    browser.submit(FIRST, {"CC9": "sure", "CC99": "sure"})
    assert said(house, world) == {}
    for path in ("cc-2025/0", "cc-2025/5", "cc-1999/1", "pai-practice/1", "cc-2025/x"):
        assert browser.get(f"/care-certificate/how-sure/{path}").status_code == 404, path
    assert browser.get("/care-certificate/how-sure?edition=pai-practice").status_code == 404
    assert browser.get("/care-certificate/how-sure?edition=cc-2015").status_code == 200


def test_everybody_sees_their_own_and_nobody_anybody_elses(world: World, browser_for: BrowserFor) -> None:
    browser_for(world.pa).submit(FIRST, {"CC1": "not_yet"})
    assert "I do not know much" not in text(browser_for(world.second_pa).get("/care-certificate/how-sure"))
    page = f"/learners/{world.pa}/care-certificate/how-sure"
    for who in (world.coordinator, world.assessor, world.other_coordinator, world.other_assessor):
        assert browser_for(who).get(page).status_code == 404
    for who in (world.employer_person, world.representative, world.second_employer_person):
        assert browser_for(who).get(f"/my-pas/{world.pa}/care-certificate").status_code == 404
        assert browser_for(who).get(page).status_code == 403
    for who in (world.admin, world.quality_assurer, world.second_pa, world.register_officer):
        assert browser_for(who).get(page).status_code == 403
