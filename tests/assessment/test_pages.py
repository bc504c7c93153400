"""The pages: who finds what, what a form saves, and what it says when something is amiss."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from lms.assessment.evidence.models import Evidence
from lms.assessment.rules import UnitState
from lms.assessment.signing.models import SignOff
from lms.core.clock import london_day
from lms.core.house import House
from lms.people import services as people
from lms.people.rules import Role
from tests.assessment.conftest import CRITERION, UNIT, Course
from tests.assessment.doings import (
    OBSERVED,
    SEEN,
    BrowserFor,
    assessors_page,
    count,
    household_page,
    state_of,
    text,
)
from tests.world import World


def test_an_assessor_goes_from_the_list_to_the_sign_off(
    browser_for: BrowserFor, house: House, course: Course, world: World
) -> None:
    browser = browser_for(world.assessor)
    listed = text(browser.get("/assess"))
    assert "Pat Morgan" in listed
    assert "0 of 1 signed off" in listed
    assert "Sam Okoro" not in listed
    unit = text(browser.get(assessors_page(course)))
    assert "Record what you saw Pat Morgan do" in unit
    assert "Only real work counts" in unit

    observe = f"{assessors_page(course)}/{CRITERION}"
    saved = browser.submit(observe, OBSERVED)
    assert saved.status_code == 302
    unit = text(browser.get(assessors_page(course)))
    assert "What you saw is saved." in unit
    assert "Pat asked A. before ringing the bank." in unit
    assert "Everything is met. Sign it off" in unit

    page = f"/sign-off/{course.enrolment}/{UNIT}"
    untick = browser.submit(page, {})
    assert "Error:" in text(untick)
    assert "Tick the box if you can say this" in text(untick)
    assert count(house, SignOff) == 0
    assert browser.submit(page, {"agreed": "y"}).status_code == 302
    signed = browser.get(assessors_page(course))
    assert "Signed off by Dai Assessor on 21 November 2026." in text(signed)
    assert "Withdraw this sign-off" in text(signed)
    assert re.search(r'href="/sign-off/[0-9a-f-]{36}/withdraw"', signed.get_data(as_text=True))
    again = text(browser.get(page))
    assert "Signed off by Dai Assessor" in again
    assert "Can you say this?" not in again


@pytest.mark.parametrize(
    ("amiss", "says"),
    [
        ({"seen_on": ["", "", ""]}, "Enter a date."),
        ({"seen_on": ["31", "2", "2026"]}, "Enter a real date"),
        ({"seen_on": ["22", "11", "2026"]}, "This day has not come yet"),
        ({"seen_on": ["31", "10", "2026"]}, "before they joined"),
        ({"setting": ""}, "Choose the kind of place."),
        ({"setting": "12 Mill Lane"}, "Not a valid choice"),
        ({"what_was_seen": ""}, "One sentence is enough."),
        ({"what_was_seen": "x" * 4001}, "at most 4000 characters"),
        ({"judgement": ""}, "Choose “Met” or “Not yet met”."),
        ({"judgement": "not_yet_met"}, "what should be different next time"),
    ],
)
def test_what_is_amiss_is_said_beside_the_field_and_nothing_is_lost(
    browser_for: BrowserFor, house: House, course: Course, world: World, *, amiss: dict[str, object], says: str
) -> None:
    browser = browser_for(world.assessor)
    answer = browser.submit(f"{assessors_page(course)}/{CRITERION}", {**OBSERVED, **amiss})
    assert answer.status_code == 200
    assert "Error:" in text(answer)
    assert text(answer).count(says) == 2, "in the summary and beside the field"
    kept = {**OBSERVED, **amiss}["what_was_seen"]
    assert str(kept) in answer.get_data(as_text=True)
    links = re.findall(r'href="#([^"]+)"', answer.get_data(as_text=True).partition("govuk-error-summary")[2])
    assert links
    assert all(f'id="{link}"' in answer.get_data(as_text=True) for link in links)
    assert count(house, Evidence) == 0


def test_a_double_tap_saves_one_observation(
    browser_for: BrowserFor, house: House, course: Course, world: World
) -> None:
    browser, once = browser_for(world.assessor), str(uuid4())
    for _ in range(2):
        answer = browser.post(f"{assessors_page(course)}/{CRITERION}", {**OBSERVED, "once": once})
        assert answer.status_code == 302
    assert count(house, Evidence) == 1
    changed = browser.post(f"{assessors_page(course)}/{CRITERION}", {**OBSERVED, "once": once, "setting": "own_home"})
    assert "Open the page anew" in text(changed)


def test_an_employer_says_it_all_in_one_step(
    browser_for: BrowserFor, house: House, course: Course, world: World
) -> None:
    browser = browser_for(world.employer_person)
    assert "Say what you saw Pat Morgan do" in text(browser.get("/my-pas"))
    page = text(browser.get(household_page(course)))
    for said in ("What did you see Pat Morgan do?", "Did Pat Morgan do it?", "Asks first when something new comes up."):
        assert said in page
    assert browser.submit(household_page(course), SEEN).status_code == 302
    assert state_of(house, course.enrolment) is UnitState.SIGNED_OFF
    done = text(browser.get("/my-pas"))
    assert "You have signed this off, and it counts for Pat Morgan from now on." in done
    assert "Signed off" in done
    assert "Signed off by Amina Yusuf on 21 November 2026." in text(browser.get(household_page(course)))


def test_an_employers_double_tap_is_harmless(
    browser_for: BrowserFor, house: House, course: Course, world: World
) -> None:
    browser, once = browser_for(world.representative), str(uuid4())
    for _ in range(3):
        assert browser.post(household_page(course), {**SEEN, "once": once}).status_code == 302
    assert (count(house, Evidence), count(house, SignOff)) == (1, 1)


def test_yes_without_the_tick_waits_for_it(browser_for: BrowserFor, house: House, course: Course, world: World) -> None:
    browser = browser_for(world.employer_person)
    browser.submit(household_page(course), {**SEEN, "signed": "", "which_day": "yesterday"})
    assert state_of(house, course.enrolment) is UnitState.READY
    assert "Finish for Pat Morgan: sign it off" in text(browser.get("/my-pas"))
    page = f"/sign-off/{course.enrolment}/{UNIT}"
    assert f'href="{page}"' in browser.get(household_page(course)).get_data(as_text=True)
    other = browser_for(world.second_employer_person).get(household_page(course))
    assert f'href="{page}"' not in other.get_data(as_text=True), "they have not seen it themselves"
    assert "I sign this off: I saw it myself, at work." in text(browser.get(page))
    assert browser.submit(page, {"agreed": "y"}).status_code == 302
    assert state_of(house, course.enrolment) is UnitState.SIGNED_OFF


def test_not_yet_needs_a_word_for_the_pa_and_signs_nothing(
    browser_for: BrowserFor, house: House, course: Course, world: World
) -> None:
    browser = browser_for(world.employer_person)
    not_yet = {**SEEN, "judgement": "not_yet_met", "signed": ""}
    assert "what should be different next time" in text(browser.submit(household_page(course), not_yet))
    saved = browser.submit(household_page(course), {**not_yet, "feedback": "Ask me before you move my things."})
    assert saved.status_code == 302
    assert state_of(house, course.enrolment) is UnitState.NOT_YET_MET
    own = text(browser_for(world.pa).get("/practice"))
    assert "Ask me before you move my things." in own
    assert "Not yet. Read the feedback below" in own


@pytest.mark.parametrize(
    ("amiss", "says"),
    [
        ({"which_day": ""}, "Choose the day."),
        ({"which_day": "other"}, "Enter the day on which you saw it."),
        ({"which_day": "other", "other_day": ["30", "2", "2026"]}, "Enter a real date"),
        ({"which_day": "other", "other_day": ["1", "1", "2027"]}, "This day has not come yet"),
        ({"what_was_seen": " "}, "One sentence is enough."),
        ({"judgement": ""}, "Choose “Yes” or “Not yet”."),
        ({"judgement": "not_yet_met", "feedback": "Ask."}, "You chose “Not yet”. Untick this box, or choose “Yes”."),
    ],
)
def test_the_household_is_told_what_to_mend(
    browser_for: BrowserFor, house: House, course: Course, world: World, *, amiss: dict[str, object], says: str
) -> None:
    answer = browser_for(world.employer_person).submit(household_page(course), {**SEEN, **amiss})
    assert "Error:" in text(answer)
    assert says in text(answer)
    assert count(house, Evidence) == 0


def test_boxes_of_a_day_that_was_not_chosen_do_not_matter(
    browser_for: BrowserFor, house: House, course: Course, world: World
) -> None:
    answer = browser_for(world.employer_person).submit(household_page(course), {**SEEN, "other_day": ["x", "", ""]})
    assert answer.status_code == 302
    assert count(house, SignOff) == 1


def test_one_household_sees_neither_the_words_nor_the_name_of_another(
    browser_for: BrowserFor, house: House, course: Course, world: World
) -> None:
    browser_for(world.employer_person).submit(household_page(course), {**SEEN, "signed": ""})
    other = browser_for(world.second_employer_person)
    page = text(other.get(household_page(course)))
    assert "Pat asked me first." not in page
    with house.database.writing() as db:
        course.sign(db, world.employer_person)
    page = text(other.get(household_page(course)))
    assert "Signed off by another employer on 21 November 2026." in page
    assert "Amina" not in page


def test_walls(browser_for: BrowserFor, house: House, course: Course, world: World) -> None:
    """A stranger's door answers 404, the same as one that does not exist; a door of another role 403."""
    doors = {
        "assess": [f"/assess/{course.enrolment}/{UNIT}", f"/assess/{course.enrolment}/{UNIT}/{CRITERION}"],
        "household": [household_page(course)],
        "both": [f"/sign-off/{course.enrolment}/{UNIT}"],
        "allocation": [f"/people/{world.pa}/assessor"],
    }
    for path in doors["assess"] + doors["both"]:
        assert browser_for(world.other_assessor).get(path).status_code == 404, path
        assert browser_for(world.assessor).get(path).status_code == 200, path
    for path in doors["household"] + doors["both"]:
        assert browser_for(world.other_employer_person).get(path).status_code == 404, path
        assert browser_for(world.employer_person).get(path).status_code == 200, path
    for path in doors["allocation"]:
        assert browser_for(world.other_coordinator).get(path).status_code == 404, path
        assert browser_for(world.coordinator).get(path).status_code == 200, path
    for path in (
        f"/assess/{course.second}/{UNIT}",
        f"/assess/{uuid4()}/{UNIT}",
        f"/assess/{course.enrolment}/PAI-9-P",
        f"/assess/{course.enrolment}/{UNIT}/PAI-9-P.1",
    ):
        assert browser_for(world.assessor).get(path).status_code == 404, path
    for path in (f"/my-pas/{course.second}/{CRITERION}", f"/my-pas/{uuid4()}/{CRITERION}", "/my-pas/x/y"):
        assert browser_for(world.employer_person).get(path).status_code == 404, path
    assert browser_for(world.coordinator).get(f"/people/{uuid4()}/assessor").status_code == 404
    assert browser_for(world.coordinator).get(f"/people/{world.other_pa}/assessor").status_code == 404
    for path in ("/assess", "/my-pas", "/assessors", *doors["assess"], *doors["both"], *doors["allocation"]):
        assert browser_for(world.pa).get(path).status_code == 403, path
        assert browser_for().get(path).status_code == 302, path
    posted = browser_for(world.other_employer_person).post(household_page(course), SEEN)
    assert posted.status_code == 404
    assert count(house, Evidence) == 0


def test_a_former_employer_finds_nothing(browser_for: BrowserFor, house: House, course: Course, world: World) -> None:
    with house.database.writing() as db:
        people.end_employment(
            db,
            pa_id=world.pa,
            employer_id=world.employer,
            until=london_day(course.now) - timedelta(days=1),
            by=world.coordinator,
            now=course.now,
        )
    browser = browser_for(world.employer_person)
    assert browser.get(household_page(course)).status_code == 404
    assert browser.post(household_page(course), SEEN).status_code == 404
    assert "Pat Morgan" not in text(browser.get("/my-pas"))


def test_a_pa_who_also_assesses_does_not_meet_their_own_unit(
    browser_for: BrowserFor, house: House, course: Course, world: World
) -> None:
    since = london_day(course.now) - timedelta(days=5)
    with house.database.writing() as db:
        for role, place in ((Role.ASSESSOR, world.college), (Role.EMPLOYER, world.employer)):
            people.give_role(
                db, person_id=world.pa, organisation_id=place, role=role, by=None, now=course.now, since=since
            )
    browser = browser_for(world.pa)
    assert browser.get(household_page(course)).status_code == 404
    assert browser.get(f"/sign-off/{course.enrolment}/{UNIT}").status_code == 404
    assert browser.post(f"/sign-off/{course.enrolment}/{UNIT}", {"agreed": "y"}).status_code == 404
    assert "None of your PAs is on a course" in text(browser.get("/my-pas"))
    assert "Nobody is allocated to you yet" in text(browser.get("/assess"))


def test_a_pa_reads_what_is_looked_at_and_by_whom(browser_for: BrowserFor, course: Course, world: World) -> None:
    page = text(browser_for(world.pa).get("/practice"))
    for said in (
        "You work the way your employer directs",
        "Dai Assessor, your assessor",
        "Amina Yusuf, your employer",
        "You cannot sign off your own work.",
        "It is not the Care Certificate",
    ):
        assert said in page
    assert "Ask your training coordinator" not in page
