"""What somebody tries with the knowledge of a learner who is not theirs, or with their own."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms.assessment import allocating
from lms.assessment.crossing.models import HeldAward, HeldAwardSeen
from lms.assessment.knowledge.models import Conversation, LogPrint
from lms.assessment.lines.models import LineCheckRow
from lms.assessment.sharing.models import KnowledgeShare
from lms.core import shelves
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.learning import services as learning
from lms.people import services as people
from lms.people.rules import Role
from tests.assessment.doings import text
from tests.assessment.knowledge import cck
from tests.assessment.knowledge.conftest import Knower, knower
from tests.conftest import StandingClock
from tests.world import World

__all__ = ["knower"]

BrowserFor = Callable[..., Any]
on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
PAGES = ("", "/cc-2025", "/cc-2025/CC5", "/cc-2025/log.pdf", "/cc-2025/CC5/log.pdf", "/conversation/CCK-5", "/held")


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> shelves.Shelves:
    """The built-in shelves with a small course CCK: standards 1, 4, 5 and 12."""
    return cck.load(tmp_path_factory.mktemp("pack"))


def count(house: House, model: Any) -> int:
    with house.database.reading() as db:
        return db.scalar(select(func.count()).select_from(model)) or 0


def give(db: Db, house: House, person: UUID, place: UUID, role: Role) -> None:
    since = london_day(house.clock()) - timedelta(days=30)
    people.give_role(db, person_id=person, organisation_id=place, role=role, by=None, now=house.clock(), since=since)


def allocate(db: Db, world: World, clock: StandingClock) -> UUID:
    """The college's assessor gets the first PA, for the induction."""
    then = clock() - timedelta(days=10)
    about = {"authority_id": world.authority, "by": world.coordinator, "now": then}
    enrolment = learning.enrol(db, learner_id=world.pa, course="PAI", **about)
    allocating.allocate_assessor(
        db,
        id=uuid4(),
        enrolment_id=enrolment,
        assessor_id=world.assessor,
        since=london_day(then),
        by=world.coordinator,
        now=then,
    )
    return enrolment


def every_door(browser: Any, learner: UUID) -> set[int]:
    opened = {browser.get(f"/learners/{learner}/care-certificate{page}").status_code for page in (*PAGES, "/how-sure")}
    posted = {browser.post(f"/learners/{learner}/care-certificate{page}").status_code for page in PAGES[3:6]}
    seen = f"/learners/{learner}/care-certificate/held/{uuid4()}/seen"
    return opened | posted | {browser.post(seen).status_code}


@on_sqlite
def test_every_door_to_a_learner_is_shut_for_whoever_is_not_theirs(
    house: House, world: World, knower: Knower, browser_for: BrowserFor
) -> None:
    for who in (world.other_coordinator, world.other_assessor, world.assessor):
        browser = browser_for(who)
        assert every_door(browser, world.pa) == {404}
        assert every_door(browser, uuid4()) == {404}
    assert count(house, LogPrint) == count(house, Conversation) == 0


@on_sqlite
def test_an_assessor_whose_learner_left_looks_no_more(
    house: House, world: World, knower: Knower, clock: StandingClock, browser_for: BrowserFor
) -> None:
    with house.database.writing() as db:
        allocate(db, world, clock)
    browser = browser_for(world.assessor)
    assert browser.get(f"/learners/{world.pa}/care-certificate").status_code == 200
    with house.database.writing() as db:
        people.end_role(
            db,
            person_id=world.pa,
            organisation_id=world.authority,
            role=Role.PA,
            by=world.admin,
            now=clock(),
            until=london_day(clock()) - timedelta(days=1),
        )
    assert every_door(browser, world.pa) == {404}


@on_sqlite
def test_nobody_judges_their_own_knowledge_in_a_second_role(
    house: House, world: World, knower: Knower, clock: StandingClock, browser_for: BrowserFor
) -> None:
    with house.database.writing() as db:
        give(db, house, world.pa, world.authority, Role.COORDINATOR)
        give(db, house, world.pa, world.college, Role.ASSESSOR)
    browser = browser_for(world.pa)
    sent = {"edition": "cc-2015", "awarded_on": ["1", "5", "2019"], "signed_by": "Rose Care"}
    assert browser.submit("/care-certificate/held", sent).status_code == 302
    with house.database.reading() as db:
        award = db.scalars(select(HeldAward.id)).one()
    assert every_door(browser, world.pa) == {404}
    assert browser.post(f"/learners/{world.pa}/care-certificate/held/{award}/seen").status_code == 404
    assert count(house, HeldAwardSeen) == 0


@on_sqlite
def test_another_authority_reads_nothing_of_what_one_heard(
    house: House, world: World, knower: Knower, browser_for: BrowserFor
) -> None:
    with house.database.writing() as db:
        give(db, house, world.pa, world.other_authority, Role.PA)
    here, there = browser_for(world.coordinator), browser_for(world.other_coordinator)
    sent = {
        "outcomes": ["CCK-5-K1"],
        "held_on": ["20", "11", "2026"],
        "asked": "What is it?",
        "said": "Secretword",
        "judged": "met",
    }
    base = f"/learners/{world.pa}/care-certificate"
    assert here.submit(f"{base}/conversation/CCK-5", sent).status_code == 302
    with house.database.reading() as db:
        talk = db.scalars(select(Conversation.id)).one()
    assert "Secretword" in text(here.get(f"/care-certificate/conversations/{talk}"))
    assert there.get(base).status_code == 200
    assert there.get(f"/care-certificate/conversations/{talk}").status_code == 404
    assert "Cora Coordinator" not in text(there.get(f"{base}/cc-2025/CC5"))
    assert there.get(f"{base}/conversation/CCK-5").status_code == 404
    assert browser_for(world.second_pa).get(f"/care-certificate/conversations/{talk}").status_code == 404
    assert browser_for(world.employer_person).get(f"/care-certificate/conversations/{talk}").status_code == 403


@on_sqlite
def test_agreements_and_awards_of_others_are_not_there(
    house: House, world: World, knower: Knower, browser_for: BrowserFor
) -> None:
    browser = browser_for(world.pa)
    assert browser.submit(f"/care-certificate/sharing/record/employer/{world.employer}").status_code == 302
    with house.database.reading() as db:
        share = db.scalars(select(KnowledgeShare.id)).one()
    stranger = browser_for(world.second_pa)
    assert stranger.post(f"/care-certificate/sharing/{share}/stop").status_code == 404
    for what, party, with_id in (
        ("record", "employer", world.other_employer),
        ("record", "coordinator", world.authority),
        ("record", "assessor", world.assessor),
        ("confidence", "coordinator", world.other_authority),
        ("confidence", "employer", world.pa),
        ("%00", "employer", world.employer),
        ("record", "Employer", world.employer),
    ):
        for browse in (browser.get, browser.post):
            assert browse(f"/care-certificate/sharing/{what}/{party}/{with_id}").status_code == 404
    for who, status in ((world.representative, 200), (world.second_employer_person, 404)):
        assert browser_for(who).get(f"/my-pas/{world.pa}/care-certificate").status_code == status
    assert browser_for(world.other_employer_person).get(f"/my-pas/{world.pa}/care-certificate").status_code == 404


@on_sqlite
def test_the_lines_desk_is_of_one_authority(
    house: House, world: World, knower: Knower, browser_for: BrowserFor
) -> None:
    browser = browser_for(world.admin)
    for address in (
        f"/frameworks?authority={world.other_authority}",
        f"/frameworks/corrections.zip?authority={world.other_authority}",
        f"/frameworks/cc-2025/lines/5.2a?authority={world.other_authority}",
        "/frameworks/cc-1999",
        "/frameworks/pai-practice",
        "/frameworks/awif-hsc",
        "/frameworks/cc-2025/lines/5.2a~",
        "/frameworks/cc-2025/lines/5.3~nothing",
        "/frameworks/cc-2025/lines/%2e%2e",
        "/frameworks/cc-2025/lines/5.2a/correct/",
        "/frameworks/cc-2025/lines/" + "a" * 5000,
    ):
        assert browser.get(address).status_code == 404, address
        assert browser.post(address).status_code in {404, 405}, address
    assert count(house, LineCheckRow) == 0
    for who in (world.coordinator, world.pa, world.assessor):
        assert browser_for(who).get("/frameworks").status_code == 403


@on_sqlite
def test_forged_addresses_are_not_there(world: World, knower: Knower, browser_for: BrowserFor) -> None:
    own, staff = "/care-certificate", f"/learners/{world.pa}/care-certificate"
    forged = (
        "/cc-1999",
        "/pai-practice",
        "/cc-2025/CC99",
        "/cc-2025/5.3~assessing",
        "/cc-2025/5.3~assessing/log.pdf",
        "/cc-2015/CC16",
        "/awif-hsc/log.pdf",
        "/cc-2025/%00",
        "?edition=pai-practice",
        "/how-sure/cc-2025/0",
        "/how-sure/cc-2025/99999999999999999999999999",
        "/how-sure/pai-practice/1",
        "/how-sure?edition=nothing",
        "/crosswalk/cc-2025/nothing",
        "/crosswalk/nothing/CC1",
        "/crosswalk/CCK-1/CCK-2",
        "/sharing/x/y/z",
    )
    browser, coordinator = browser_for(world.pa), browser_for(world.coordinator)
    for address in forged:
        assert browser.get(own + address).status_code == 404, address
    for address in forged[:9]:
        assert coordinator.get(staff + address).status_code == 404, address
    for module in ("PAI-1", "CCK-99", "CCK-5-K1", "%00"):
        assert coordinator.get(f"{staff}/conversation/{module}").status_code == 404
        assert browser.post(f"{own}/2015-to-2025/top-up/{module}/check").status_code == 404


@on_sqlite
def test_who_shares_how_sure_they_feel_is_not_told_that_nobody_sees_it(
    world: World, knower: Knower, browser_for: BrowserFor
) -> None:
    browser = browser_for(world.pa)
    assert browser.submit(f"/care-certificate/sharing/confidence/employer/{world.employer}").status_code == 302
    browser.get("/care-certificate")
    assert browser.submit("/care-certificate/how-sure/cc-2025/1", {"CC1": "a_little"}).status_code == 302
    page = text(browser.get("/care-certificate/how-sure/cc-2025/2"))
    assert "Saved." in page
    assert "Only you see it" not in page
    assert "a little" in text(browser_for(world.employer_person).get(f"/my-pas/{world.pa}/care-certificate"))
