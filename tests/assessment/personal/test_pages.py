"""The pages: who is shown what, and that another employer learns nothing, not even that there is something."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from lms.core.clock import london_day
from lms.core.house import House
from tests.assessment.conftest import Course
from tests.assessment.doings import counted, text
from tests.assessment.personal.conftest import Sign
from tests.world import World

FORM = {
    "task": "catheter",
    "person_code": "a.y.",
    "what": "Change the night bag.",
    "limits": "",
    "signer_name": "Nia Nurse",
    "signer_role": "nurse",
    "signer_organisation": "",
    "known_by": "NMC 00A0000X",
    "trained_on": ["12", "11", "2026"],
    "observed_on": ["13", "11", "2026"],
    "valid_until": ["1", "11", "2027"],
    "signed": "y",
}
EVERYBODY = (
    "pa",
    "second_pa",
    "employer_person",
    "second_employer_person",
    "representative",
    "assessor",
    "coordinator",
    "quality_assurer",
    "other_pa",
    "other_employer_person",
    "other_assessor",
    "other_coordinator",
    "admin",
)
SEE = {"pa", "employer_person", "representative", "coordinator"}


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_pa_that_household_and_the_coordinator_see_it_and_nobody_else(
    world: World, sign: Sign, browser_for: Callable[..., Any]
) -> None:
    made = sign()
    pages = (f"/for-one-person/{made}", f"/for-one-person/{made}/look", f"/for-one-person/{made}/stop")
    for who in EVERYBODY:
        browser = browser_for(getattr(world, who))
        for path in pages:
            answer = browser.get(path)
            allowed = who in SEE and not (who == "pa" and path.endswith("stop"))
            assert (answer.status_code == 200) == allowed, (who, path)
            assert allowed or answer.status_code in {403, 404}, (who, path)
            assert allowed or "A.Y." not in answer.get_data(as_text=True)
            posted = browser.post(path, {"word": "x", "looked": "paused", "once": str(uuid4())})
            assert allowed or posted.status_code in {403, 404, 405}, (who, path)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_another_employer_of_the_same_pa_sees_an_empty_list(
    world: World, sign: Sign, browser_for: Callable[..., Any]
) -> None:
    sign()
    path = f"/people/{world.pa}/for-one-person"
    other = text(browser_for(world.second_employer_person).get(path))
    assert "Nothing stands here yet" in other
    assert "A.Y." not in other
    assert "Amina" not in other
    assert "A.Y." in text(browser_for(world.employer_person).get(path))
    assert browser_for(world.other_employer_person).get(path).status_code == 404
    assert browser_for(world.other_coordinator).get(path).status_code == 404
    assert browser_for(world.assessor).get(path).status_code == 403


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_an_employer_writes_one_down_and_a_double_tap_makes_one(
    house: House, world: World, course: Course, browser_for: Callable[..., Any]
) -> None:
    browser, path = browser_for(world.employer_person), f"/people/{world.pa}/for-one-person/new"
    once = str(uuid4())
    for _ in range(2):
        assert browser.post(path, {**FORM, "once": once}).status_code == 302
    page = text(browser.get(f"/people/{world.pa}/for-one-person"))
    assert page.count("Catheter care, A.Y.") == 1
    assert "Only for A.Y., only at Amina Yusuf" in page


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_mistakes_stand_beside_their_field_and_nothing_typed_is_lost(
    world: World, course: Course, browser_for: Callable[..., Any]
) -> None:
    browser, path = browser_for(world.employer_person), f"/people/{world.pa}/for-one-person/new"
    wrong = {**FORM, "person_code": "Amina", "valid_until": ["1", "11", "2020"], "signed": ""}
    answer = browser.submit(path, wrong)
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert "<title>Error:" in page
    for sentence in ("This looks like a name", "The last day has passed already", "Tick the box if this is so"):
        assert sentence in page
    assert "Change the night bag." in page


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_an_assessor_writes_it_down_for_a_chosen_home_and_does_not_see_the_list(
    world: World, course: Course, browser_for: Callable[..., Any]
) -> None:
    browser, path = browser_for(world.assessor), f"/people/{world.pa}/for-one-person/new"
    assert "For which employer?" in text(browser.get(path))
    answer = browser.submit(path, {**FORM, "employer": str(world.second_employer)})
    assert answer.status_code == 302
    assert answer.location.endswith("/assess")
    found = text(browser_for(world.second_employer_person).get(f"/people/{world.pa}/for-one-person"))
    assert "Catheter care, A.Y." in found
    stranger = browser.submit(path, {**FORM, "employer": str(world.other_employer)})
    assert stranger.status_code == 200


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_page_asks_as_often_for_many_as_for_one(
    house: House, world: World, sign: Sign, browser_for: Callable[..., Any], now: datetime
) -> None:
    asked = []
    browser = browser_for(world.pa)
    for more in (1, 12):
        for number in range(more):
            sign(person_code=f"P{number}")
        browser.get("/for-one-person")
        with counted(house) as sent:
            assert browser.get("/for-one-person").status_code == 200
        asked.append(len(sent))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_pa_says_that_something_changed(
    world: World, sign: Sign, browser_for: Callable[..., Any], now: datetime
) -> None:
    made: UUID = sign()
    browser = browser_for(world.pa)
    page = text(browser.get(f"/for-one-person/{made}/look"))
    assert "still fits" not in page
    assert browser.submit(f"/for-one-person/{made}/look", {"looked": "paused", "word": ""}).status_code == 302
    assert "Do not do this until somebody competent" in text(browser.get(f"/for-one-person/{made}"))
    assert london_day(now) + timedelta(days=300) > london_day(now)
