"""Pages of asking for an assessor: who may open them, and what they do."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from lms.assessment import allocated
from lms.assessment.asking import queries, services
from lms.assessment.asking.models import AssessorRequest, OutsideAssessor
from lms.assessment.asking.rules import Outcome
from lms.assessment.models import Allocation
from lms.core.clock import london_day
from lms.core.house import House
from lms.people import services as people
from lms.people.models import Invitation
from lms.people.rules import Role
from tests.assessment.competence.test_pages import EVERYBODY
from tests.assessment.doings import BrowserFor, count, counted, text
from tests.assessment.practising import Practice
from tests.world import World

ASKED = {
    "units": ["CC1", "CC5"],
    "place": "BS3",
    "days": ["monday"],
    "suits": "",
    "language": "Welsh",
    "needs": "A dog.",
}


@pytest.fixture
def request_id(house: House, world: World, practice: Practice) -> UUID:
    with house.database.writing() as db:
        return services.ask(
            db,
            id=uuid4(),
            learner_id=world.pa,
            authority_id=world.authority,
            units=["CC1", "CC5"],
            place="BS3",
            by=world.pa,
            now=practice.now,
        )


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("/practice/assessor", {"pa", "second_pa", "other_pa"}),
        ("/my-pas/{pa}/assessor", {"employer_person", "second_employer_person", "representative"}),
        ("/assessor-requests/{request}", {"coordinator"}),
        ("/assessor-requests/{request}/choose/{assessor}", {"coordinator"}),
        ("/assessor-requests/{request}/close", {"coordinator"}),
        ("/assessors/invite/for?learner={enrolment}", {"coordinator"}),
        ("/people/{pa}/assessor", {"coordinator"}),
        ("/people/{pa}/assessor/{allocation}/hand-over", {"coordinator"}),
        ("/assess/my-time", {"assessor", "other_assessor"}),
        ("/assess/{enrolment}/before-you-come", {"assessor"}),
    ],
)
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_each_page_opens_for_those_it_is_for_and_for_nobody_else(
    *,
    house: House,
    world: World,
    practice: Practice,
    request_id: UUID,
    browser_for: BrowserFor,
    path: str,
    who: set[str],
) -> None:
    with house.database.reading() as db:
        allocation = db.scalars(select(Allocation.id)).one()
    ids = {
        "pa": world.pa,
        "request": request_id,
        "assessor": world.assessor,
        "enrolment": practice.enrolment,
        "allocation": allocation,
    }
    for name in EVERYBODY:
        status = browser_for(getattr(world, name)).get(path.format(**ids)).status_code
        assert (status == 200) is (name in who), (name, status)
        assert status in {200, 403, 404}, (name, status)


def test_a_pa_asks_is_answered_and_told(
    house: House, world: World, practice: Practice, browser_for: BrowserFor
) -> None:
    browser = browser_for(world.second_pa)
    wrong = text(browser.submit("/practice/assessor", ASKED | {"place": "BS3 4AB"}))
    assert "Not the address." in wrong
    assert "A dog." in wrong
    assert browser.submit("/practice/assessor", ASKED).status_code == 302
    assert "Your request is with your training coordinator" in text(browser.get("/practice/assessor"))
    coordinator = browser_for(world.coordinator)
    assert "Sam Okoro" in text(coordinator.get("/assessor-requests"))
    with house.database.reading() as db:
        request = queries.newest_of(db, world.second_pa)
    assert request is not None
    page = f"/assessor-requests/{request.id}"
    said = text(coordinator.get(page))
    assert "May decide on standards 1, 5" in said
    assert "Has not said where they travel to" in said
    choice = {"units": ["CC1", "CC5"], "until": ["", "", ""]}
    answer = coordinator.submit(f"{page}/choose/{world.assessor}", choice)
    assert answer.status_code == 302
    assert "There is an assessor" in text(browser.get("/practice/assessor"))
    assert "Dai Assessor" in text(browser.get("/practice/assessor"))
    assert "There is an assessor for you" in text(browser.get("/messages"))
    assert "A dog." in text(browser_for(world.assessor).get(f"/assess/{practice.second}/before-you-come"))


def test_an_employer_asks_and_both_see_it_and_either_takes_it_back(
    house: House, world: World, browser_for: BrowserFor
) -> None:
    employer, path = browser_for(world.employer_person), f"/my-pas/{world.pa}/assessor"
    assert employer.submit(path, ASKED).status_code == 302
    assert "Take the request back" in text(browser_for(world.pa).get("/practice/assessor"))
    # The other household sees that somebody asked, and does not take back what it did not ask.
    assert "Take the request back" not in text(browser_for(world.second_employer_person).get(path))
    with house.database.reading() as db:
        request = db.scalars(select(AssessorRequest.id)).one()
    assert browser_for(world.second_employer_person).post(f"/assessor-requests/{request}/withdraw").status_code == 404
    assert browser_for(world.pa).post(f"/assessor-requests/{request}/withdraw").status_code == 302
    assert "Ask for an assessor" in text(employer.get(path))


def test_closing_says_a_word_and_the_asker_reads_it(
    house: House, world: World, request_id: UUID, browser_for: BrowserFor
) -> None:
    coordinator, page = browser_for(world.coordinator), f"/assessor-requests/{request_id}/close"
    assert "Write a word" in text(coordinator.submit(page, {"words": ""}))
    assert coordinator.submit(page, {"words": "Nobody is free before May."}).status_code == 302
    assert "Nobody is free before May." in text(browser_for(world.pa).get("/practice/assessor"))
    with house.database.reading() as db:
        assert queries.request(db, request_id).outcome is Outcome.CLOSED


def test_an_assessor_says_where_and_when(world: World, practice: Practice, browser_for: BrowserFor) -> None:
    browser = browser_for(world.assessor)
    said = {
        "places": "bs3\nBedminster",
        "days": ["friday"],
        "languages": "English, Welsh",
        "most": "4",
        "away_from": ["", "", ""],
        "away_until": ["", "", ""],
    }
    assert browser.submit("/assess/my-time", said).status_code == 302
    assert "Travels to BS3, Bedminster." in text(browser.get("/assess/what-i-may"))
    wrong = browser.submit("/assess/my-time", said | {"most": "-1", "places": "12 Acacia Avenue"})
    assert wrong.status_code == 200
    assert "12 Acacia Avenue" in text(wrong)


def test_a_coordinator_gives_parts_until_a_day_and_hands_over(
    house: House, world: World, practice: Practice, browser_for: BrowserFor
) -> None:
    with house.database.writing() as db:
        people.give_role(
            db,
            person_id=world.quality_assurer,
            organisation_id=world.authority,
            role=Role.ASSESSOR,
            by=None,
            now=practice.now,
        )
    browser, path = browser_for(world.coordinator), f"/people/{world.second_pa}/assessor"
    given = {
        "assessor": str(world.assessor),
        "units": ["CC5"],
        "since": ["21", "11", "2026"],
        "until": ["31", "12", "2026"],
    }
    assert browser.submit(path, given).status_code == 302
    said = text(browser.get(path))
    assert "until 31 December 2026" in said
    assert "Standard 5" in said
    with house.database.reading() as db:
        first = allocated.allocations_of(db, practice.second, london_day(practice.now))[0].id
    assert browser.submit(f"{path}/{first}/hand-over", {"assessor": str(world.quality_assurer)}).status_code == 302
    with house.database.reading() as db:
        left = allocated.allocations_of(db, practice.second, london_day(practice.now) + timedelta(days=1))
    assert [(one.assessor_id, one.units) for one in left] == [(world.quality_assurer, ("CC5",))]


def test_a_college_assessor_is_invited_for_named_learners_once(
    house: House, world: World, practice: Practice, browser_for: BrowserFor
) -> None:
    browser = browser_for(world.coordinator)
    assert "Sam Okoro" in text(browser.get("/assessors/invite"))
    assert browser.get("/assessors/invite/for").status_code == 302
    path = f"/assessors/invite/for?learner={practice.second}"
    once = str(uuid4())
    asked = {
        "organisation": str(world.college),
        "name": "Wendy Marsh",
        "email": "wendy@college.example.com",
        "language": "en",
        "units": ["CC5"],
        "until": ["31", "12", "2026"],
        "once": once,
    }
    assert "has not passed" in text(browser.submit(path, asked | {"until": ["1", "1", "2026"]}))
    for _tap in range(2):
        assert browser.submit(path, asked).status_code == 302
    assert (count(house, OutsideAssessor), count(house, Invitation)) == (1, 1)
    assert "Wendy Marsh" in text(browser.get("/assessors/invite"))
    other = browser_for(world.other_coordinator)
    assert other.get(path).status_code == 404
    assert browser.get(f"/assessors/invite/for?learner={uuid4()}").status_code == 404


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_request_costs_the_same_however_many_assessors(
    house: House, world: World, practice: Practice, request_id: UUID, browser_for: BrowserFor
) -> None:
    browser = browser_for(world.coordinator)

    def cost(path: str) -> int:
        browser.get(path)
        with counted(house) as sent:
            assert browser.get(path).status_code == 200
        return len(sent)

    path = f"/assessor-requests/{request_id}"
    before = cost(path)
    with house.database.writing() as db:
        for number in range(20):
            person = people.add_person(
                db, name=f"Assessor {number}", email=f"a{number}@example.com", by=None, now=practice.now
            )
            people.give_role(
                db, person_id=person, organisation_id=world.college, role=Role.ASSESSOR, by=None, now=practice.now
            )
    assert cost(path) == before
    assert len(re.findall("palms-fit__reasons", browser.get(path).get_data(as_text=True))) == 21
