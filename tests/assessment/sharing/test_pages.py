"""The pages of sharing: the learner's choices, and what an employer, an assessor and a coordinator then see."""

from uuid import UUID, uuid4

import pytest

from lms.assessment.confidence import services as confidence
from lms.assessment.confidence.rules import Sure
from lms.assessment.content import Frameworks
from lms.assessment.knowledge import services as knowledge
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.sharing import queries
from lms.core.house import House
from lms.core.shelves import Shelves, shelf
from lms.core.work import do_all
from lms.learning.catalogue import Courses
from lms.learning.shown.services import show_in_conversation
from lms.people import services as people
from tests.assessment.conftest import Course
from tests.assessment.doings import BrowserFor, counted, text
from tests.assessment.knowledge import cck
from tests.conftest import StandingClock
from tests.world import World

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
SHARING = "/care-certificate/sharing"
MODULE = "CCK-1"


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Shelves:
    """The built-in shelves with a small course CCK."""
    return cck.load(tmp_path_factory.mktemp("pack"))


@pytest.fixture
def shown(house: House, world: World, clock: StandingClock) -> UUID:
    """The first PA has shown what the first small module teaches, to the coordinator; and says how sure they feel."""
    with house.database.writing() as db:
        enrolment = knowledge.start(db, learner_id=world.pa, authority_id=world.authority, now=clock())
        taught = shelf(db, Courses).module_in("CCK", MODULE)
        show_in_conversation(
            db,
            enrolment_id=enrolment,
            module=MODULE,
            outcomes=tuple(outcome.code for outcome in taught.outcomes),
            source_id=uuid4(),
            by=world.coordinator,
            now=clock(),
        )
        standards = shelf(db, Frameworks).framework("cc-2025")
        confidence.say(db, framework=standards, said={"CC5": Sure.NOT_YET}, by=world.pa, now=clock())
    return enrolment


def page_of(pa: UUID) -> str:
    return f"/my-pas/{pa}/care-certificate"


def agree(browser: object, what: str, party: str, with_id: UUID) -> None:
    answer = browser.submit(f"{SHARING}/{what}/{party}/{with_id}")  # type: ignore[attr-defined]
    assert answer.status_code == 302


def test_from_agreeing_to_what_the_employer_reads_and_back(world: World, browser_for: BrowserFor, shown: UUID) -> None:
    learner, employer = browser_for(world.pa), browser_for(world.employer_person)
    assert employer.get(page_of(world.pa)).status_code == 404
    listed = text(employer.get("/my-pas"))
    assert "ask them" in listed
    assert "lets you see" not in listed
    asked = text(learner.get(f"{SHARING}/record/employer/{world.employer}"))
    assert "They do not see my answers, what I wrote, or notes of conversations." in asked
    agree(learner, "record", "employer", world.employer)
    assert "Can see it You agreed on 21 November 2026." in text(learner.get(SHARING))
    assert "What Pat Morgan lets you see" in text(employer.get("/my-pas"))
    read = text(employer.get(page_of(world.pa)))
    assert "Conversation, met 21 November 2026 Cora Coordinator" in read
    assert "It is not the Care Certificate itself" in read
    assert "How far they are with that is not part of what is shared here." in read
    assert "practice not begun" not in read
    assert "I do not know much" not in read
    with_id = browser_for(world.representative).get(page_of(world.pa))
    assert with_id.status_code == 200
    stop = text(learner.get(SHARING))
    assert "Stop letting Amina Yusuf see this" in stop
    learner.submit(SHARING, to=_between(learner.get(SHARING).get_data(as_text=True)))
    assert employer.get(page_of(world.pa)).status_code == 404
    assert "stopped by you on 21 November 2026" in text(learner.get(SHARING))


def _between(page: str) -> str:
    end = page.index("/stop")
    return page[page.rindex('"', 0, end) + 1 : end + len("/stop")]


def test_an_employer_who_is_let_see_how_one_feels_sees_just_that(
    world: World, browser_for: BrowserFor, shown: UUID
) -> None:
    agree(browser_for(world.pa), "confidence", "employer", world.employer)
    read = text(browser_for(world.employer_person).get(page_of(world.pa)))
    assert "I do not know much about this yet" in read
    assert "It is no mark and no evidence" in read
    assert "Conversation, met" not in read
    assert "Knowledge of" not in read


def test_without_an_agreement_every_door_is_a_page_that_does_not_exist(
    world: World, browser_for: BrowserFor, shown: UUID, course: Course
) -> None:
    assert course.enrolment
    for who in (world.employer_person, world.representative, world.second_employer_person, world.other_employer_person):
        assert browser_for(who).get(page_of(world.pa)).status_code == 404
        assert browser_for(who).get(page_of(UUID(int=0))).status_code == 404
    for who in (world.coordinator, world.assessor, world.other_coordinator, world.other_assessor):
        assert browser_for(who).get(f"/learners/{world.pa}/care-certificate/how-sure").status_code == 404
        assert browser_for(who).get(page_of(world.pa)).status_code == 403


def test_an_agreement_with_one_household_opens_no_other_door(
    world: World, browser_for: BrowserFor, shown: UUID, house: House
) -> None:
    agree(browser_for(world.pa), "record", "employer", world.employer)
    assert browser_for(world.second_employer_person).get(page_of(world.pa)).status_code == 404
    assert browser_for(world.employer_person).get(page_of(world.second_pa)).status_code == 404
    with house.database.writing() as db:
        on = house.clock().date()
        people.end_employment(
            db, pa_id=world.pa, employer_id=world.employer, until=on, by=world.coordinator, now=house.clock()
        )
    house.clock.on(days=1)  # type: ignore[attr-defined]
    assert browser_for(world.employer_person).get(page_of(world.pa)).status_code == 404
    assert "What Pat Morgan lets you see" not in text(browser_for(world.employer_person).get("/my-pas"))


def test_an_assessor_and_a_coordinator_see_how_one_feels_when_they_are_let(
    world: World, browser_for: BrowserFor, shown: UUID, course: Course
) -> None:
    assert course.enrolment
    learner, page = browser_for(world.pa), f"/learners/{world.pa}/care-certificate/how-sure"
    agree(learner, "confidence", "assessor", world.assessor)
    assert "I do not know much about this yet" in text(browser_for(world.assessor).get(page))
    assert "How sure Pat Morgan feels" in text(
        browser_for(world.assessor).get(f"/learners/{world.pa}/care-certificate")
    )
    assert browser_for(world.coordinator).get(page).status_code == 404
    agree(learner, "confidence", "coordinator", world.authority)
    assert browser_for(world.coordinator).get(page).status_code == 200
    assert browser_for(world.other_coordinator).get(page).status_code == 404


def test_forged_addresses_of_agreeing_and_stopping_are_not_found(
    world: World, browser_for: BrowserFor, house: House
) -> None:
    browser = browser_for(world.pa)
    asked = [
        f"record/coordinator/{world.authority}",
        f"record/employer/{world.other_employer}",
        f"record/employer/{world.authority}",
        f"everything/employer/{world.employer}",
        f"record/friend/{world.employer}",
        f"confidence/assessor/{world.assessor}",
        f"confidence/coordinator/{world.other_authority}",
    ]
    for each in asked:
        assert browser.get(f"{SHARING}/{each}").status_code == 404, each
        assert browser.post(f"{SHARING}/{each}").status_code == 404, each
    agree(browser, "record", "employer", world.employer)
    with house.database.reading() as db:
        (agreed,) = queries.agreements_of(db, world.pa)
    assert browser_for(world.second_pa).post(f"{SHARING}/{agreed.id}/stop").status_code == 404
    assert browser_for(world.other_pa).post(f"{SHARING}/{agreed.id}/stop").status_code == 404
    assert browser_for(world.employer_person).post(f"{SHARING}/{agreed.id}/stop").status_code == 403
    with house.database.reading() as db:
        assert queries.agreements_of(db, world.pa)[0].ended is None


def test_an_employer_hears_of_it_once_and_not_what_it_is(world: World, browser_for: BrowserFor, house: House) -> None:
    learner = browser_for(world.pa)
    for _ in range(2):
        agree(learner, "record", "employer", world.employer)
        learner.submit(SHARING, to=_between(learner.get(SHARING).get_data(as_text=True)))
    do_all(house, now=house.clock())
    assert house.settings.outbox is not None
    mails = [path.read_text() for path in house.settings.outbox.glob("*.eml")]
    told = [mail for mail in mails if "lets you see something" in mail]
    assert len(told) == 2  # the employer, and who acts for them
    assert all("/my-pas" in mail and "knowledge" not in mail.lower() for mail in told)


def test_a_page_costs_a_constant_number_of_queries(
    world: World, browser_for: BrowserFor, house: House, shown: UUID
) -> None:
    agree(browser_for(world.pa), "record", "employer", world.employer)
    employer = browser_for(world.employer_person)
    employer.get(page_of(world.pa))
    with counted(house) as asked:
        assert employer.get(page_of(world.pa)).status_code == 200
    assert len(asked) <= 14


def test_what_was_shown_is_read_as_the_authority_has_the_standards(
    world: World, browser_for: BrowserFor, house: House, shown: UUID
) -> None:
    agree(browser_for(world.pa), "record", "employer", world.employer)
    employer = browser_for(world.employer_person)
    with house.database.reading() as db:
        editions = [each.code for each in frameworks_for(db, world.authority).standards()]
    for edition in editions:
        assert employer.get(f"{page_of(world.pa)}?edition={edition}").status_code == 200
    for edition in ("pai-practice", "cc-1999", "x" * 5000):
        assert employer.get(f"{page_of(world.pa)}?edition={edition}").status_code == 404
