"""The pages between the editions, of awards held, and of the crosswalk."""

import re
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest

from lms.assessment.crossing.queries import awards_of
from lms.core.house import House
from lms.learning import checks
from lms.learning import queries as learning
from lms.learning.shown.services import show_in_conversation
from tests.assessment.conftest import Course
from tests.assessment.doings import BrowserFor, counted, text
from tests.world import World

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
BETWEEN = "/care-certificate/2015-to-2025"
HELD = "/care-certificate/held"
AWARD = {"edition": "cc-2015", "awarded_on": ["", "5", "2019"], "signed_by": "Rivermere Home Care", "proof": "At home."}


def courses(house: House, learner: UUID) -> list[str]:
    with house.database.reading() as db:
        return [each.course for each in learning.enrolments_of(db, learner)]


def test_first_that_nothing_is_taken_back_then_what_is_new_and_how_sure(world: World, browser_for: BrowserFor) -> None:
    page = browser_for(world.pa).get(BETWEEN)
    read = text(page)
    assert read.index("Nothing is taken back") < read.index("New in 2025")
    assert "it has no expiry date" in read
    assert "16.1, code not established: The meaning of learning disability and of autism" in read
    assert "Values added. Seen in public material." in read
    assert "5.3a in 2015." in read
    assert "Nobody has established whether 2015 asked for this." in read
    assert "tell them that yours is the newer one" in read
    assert "~" not in re.sub(r"<[^>]*>", "", page.get_data(as_text=True))  # our keys are never shown as codes
    assert "points are unchanged" in read


def test_from_the_gap_list_to_a_check_of_just_what_is_new(house: House, world: World, browser_for: BrowserFor) -> None:
    browser = browser_for(world.pa)
    assert "Go the short way" in text(browser.get(BETWEEN))
    for _ in range(2):
        assert browser.post(f"{BETWEEN}/start").location == f"{BETWEEN}/top-up"
    assert courses(house, world.pa) == ["CCK"]
    page = browser.get(f"{BETWEEN}/top-up")
    assert "0 of 14 standards topped up" in text(page)
    assert "/CCK-6/lessons/" in page.get_data(as_text=True)
    going = browser.post(f"{BETWEEN}/top-up/CCK-6/check")
    assert going.location.endswith("/questions/1")
    attempt_id = UUID(going.location.split("/")[3])
    with house.database.reading() as db:
        attempt = checks.own_attempt(db, attempt_id, world.pa)
    assert {question.outcome for question in attempt.questions} == {"CCK-6-K8"}
    assert browser.post(f"{BETWEEN}/top-up/CCK-6/check").location == going.location


def test_forged_modules_of_the_short_way_are_not_found(house: House, world: World, browser_for: BrowserFor) -> None:
    browser = browser_for(world.pa)
    assert browser.post(f"{BETWEEN}/top-up/CCK-6/check").status_code == 404  # not on the course
    browser.post(f"{BETWEEN}/start")
    for module in ("CCK-12", "CCK-99", "PAI-1", "x" * 3000, quote("CCK-6'--")):
        assert browser.post(f"{BETWEEN}/top-up/{module}/check").status_code == 404, module
    for who in (world.coordinator, world.employer_person, world.assessor, world.admin):
        assert browser_for(who).get(BETWEEN).status_code == 403
        assert browser_for(who).post(f"{BETWEEN}/start").status_code == 403
    assert courses(house, world.coordinator) == []


def test_a_standard_of_which_only_writing_is_left_has_no_check_to_begin(
    house: House, world: World, browser_for: BrowserFor
) -> None:
    browser = browser_for(world.pa)
    browser.post(f"{BETWEEN}/start")
    with house.database.writing() as db:
        (enrolment,) = learning.enrolments_of(db, world.pa)
        show_in_conversation(
            db,
            enrolment_id=enrolment.id,
            module="CCK-1",
            outcomes=("CCK-1-K4", "CCK-1-K10"),
            source_id=uuid4(),
            by=world.coordinator,
            now=house.clock(),
        )
    page = text(browser.get(f"{BETWEEN}/top-up"))
    assert "1 of 3 new points are still to show." in page
    assert "Part of it you write, or say to your assessor: open standard 1" in page
    assert browser.post(f"{BETWEEN}/top-up/CCK-1/check").status_code == 404


def test_the_gap_list_asks_a_constant_and_small_number_of_questions(
    house: House, world: World, browser_for: BrowserFor
) -> None:
    browser = browser_for(world.pa)
    browser.post(f"{BETWEEN}/start")
    browser.get(BETWEEN)
    with counted(house) as asked:
        browser.get(BETWEEN)
    assert len(asked) <= 7


def test_one_persons_gap_list_never_shows_what_another_has_shown(world: World, browser_for: BrowserFor) -> None:
    first, second = browser_for(world.pa), browser_for(world.second_pa)
    first.submit(HELD, AWARD)
    assert "held since May 2019, signed by Rivermere Home Care" in text(first.get(BETWEEN))
    assert "Rivermere Home Care" not in text(second.get(BETWEEN))


def test_an_award_is_told_seen_and_taken_back(
    house: House, world: World, browser_for: BrowserFor, course: Course
) -> None:
    assert course.enrolment
    learner, reader = browser_for(world.pa), browser_for(world.coordinator)
    staff = f"/learners/{world.pa}/care-certificate/held"
    assert "They have told us of none." in text(reader.get(staff))
    assert learner.submit(HELD, AWARD).status_code == 302
    assert "Held, as its holder told us. Nobody here has seen the proof." in text(learner.get(HELD))
    assert "At home." in text(reader.get(staff))
    with house.database.reading() as db:
        (award,) = awards_of(db, world.pa)
    seen = f"{staff}/{award.id}/seen"
    for who, answer in ((world.other_coordinator, 404), (world.other_assessor, 404), (world.employer_person, 403)):
        assert browser_for(who).get(staff).status_code == answer
        assert browser_for(who).post(seen).status_code == answer
    assert learner.post(seen).status_code == 403
    for _ in range(2):
        assert reader.post(seen).status_code == 302
    assert "Proof seen by Cora Coordinator on 21 November 2026." in text(learner.get(HELD))
    assert browser_for(world.second_pa).post(f"{HELD}/{award.id}/take-back").status_code == 404
    assert learner.post(f"{HELD}/{award.id}/take-back").status_code == 302
    assert "They have told us of none." in text(reader.get(staff))


@pytest.mark.parametrize(
    "wrong",
    [
        {"edition": "pai-practice"},
        {"edition": ""},
        {"awarded_on": ["31", "2", "2019"]},
        {"awarded_on": ["", "", ""]},
        {"awarded_on": ["", "5", ""]},
        {"awarded_on": ["1", "1", "2030"]},
        {"signed_by": ""},
        {"signed_by": "x" * 200},
        {"proof": "x" * 4000},
    ],
)
def test_a_wrong_award_says_what_to_mend_and_loses_nothing(
    house: House, world: World, browser_for: BrowserFor, wrong: dict[str, object]
) -> None:
    answer = browser_for(world.pa).submit(HELD, AWARD | wrong)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "<title>Error:" in page
    kept = (AWARD | wrong)["signed_by"]
    assert f'value="{kept}"' in page or not kept
    with house.database.reading() as db:
        assert awards_of(db, world.pa) == ()


def test_the_crosswalk_is_open_to_everybody_and_reads_both_ways(world: World, browser_for: BrowserFor) -> None:
    for who in (
        world.pa,
        world.employer_person,
        world.assessor,
        world.coordinator,
        world.admin,
        world.register_officer,
    ):
        assert browser_for(who).get("/care-certificate/crosswalk").status_code == 200
    browser = browser_for(world.assessor)
    standard = browser.get("/care-certificate/crosswalk/cc-2025/CC1").get_data(as_text=True)
    assert "/care-certificate/crosswalk/awif-hsc/AWIF1" in standard
    assert "/care-certificate/crosswalk/cc-2015/CC1#1.1a" in standard
    assert "/care-certificate/crosswalk/PAI-1/PAI-1" in standard
    section = text(browser.get("/care-certificate/crosswalk/awif-hsc/AWIF1"))
    assert "Standard 1: Understand your role" in section
    assert "Our proposal, because module PAI-1 of the induction covers both." in section
    module = browser.get("/care-certificate/crosswalk/PAI-1/PAI-1").get_data(as_text=True)
    assert "/care-certificate/crosswalk/cc-2025/CC1" in module
    older = browser.get("/care-certificate/crosswalk/cc-2015/CC9").get_data(as_text=True)
    assert "/care-certificate/crosswalk/cc-2025/CC5#5.3~assessing" in older
    for forged in ("cc-2025/CC99", "cc-1999/CC1", "PAI-1/PAI-2", "awif-hsc/AWIF9", "x/y", "cc-2025/1.1a"):
        assert browser.get(f"/care-certificate/crosswalk/{forged}").status_code == 404, forged
