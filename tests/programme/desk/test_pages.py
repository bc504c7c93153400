"""The desk's pages: each number opens a list of just so many, lists are files, reminders and saved lists once only."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from lms.core.clock import london_day
from lms.core.house import House
from lms.learning import services as learning
from lms.notifications.models import Notice
from lms.people import services as people
from lms.people.models import Person
from lms.people.rules import Role
from lms.programme.desk.models import DeskStanding, Nudge, SavedView
from lms.programme.desk.rules import State
from tests.world import World

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def enrolled(house: House, world: World, clock: Any) -> Any:
    """Both PAs of Rivermere and the one of Dyffryn are on the course for two months, and have not begun."""
    begun = {}
    for pa, authority, by in (
        (world.pa, world.authority, world.coordinator),
        (world.second_pa, world.authority, world.coordinator),
        (world.other_pa, world.other_authority, world.other_coordinator),
    ):
        with house.database.writing() as db:
            begun[pa] = learning.enrol(db, learner_id=pa, authority_id=authority, course="PAI", by=by, now=clock())
    clock.on(days=60)
    return begun


def _number(page: str, name: str) -> int:
    found = re.search(rf"<th[^>]*>{name}</th><td[^>]*><a[^>]*>(\d+)<", page)
    assert found, name
    return int(found.group(1))


def test_each_number_opens_a_list_of_as_many(browser_for: BrowserFor, world: World, enrolled: Any) -> None:
    browser = browser_for(world.coordinator)
    page = browser.get("/desk").get_data(as_text=True)
    assert ">January 2027<" in page
    assert (_number(page, "Working towards it"), _number(page, "Completed"), _number(page, "Stuck")) == (2, 0, 2)
    for row in re.finditer(r'<tr[^>]*><th[^>]*scope="row">[^<]*</th><td[^>]*><a[^>]*href="([^"#]+)[^"]*">(\d+)<', page):
        address, number = row.group(1).replace("&amp;", "&"), int(row.group(2))
        answer = browser.get(address)
        assert answer.status_code == 200
        if "/desk/" in address:
            assert len(re.findall(r'<td[^>]*data-label="Name"', answer.get_data(as_text=True))) == number


def test_a_list_is_a_file_with_stable_columns_and_only_ones_own_people(
    browser_for: BrowserFor, world: World, enrolled: Any
) -> None:
    answer = browser_for(world.coordinator).get("/desk/learners.csv?which=working")
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))
    assert {row["Name"] for row in rows} == {"Pat Morgan", "Sam Okoro"}
    assert {row["Enrolment identifier"] for row in rows} == {str(enrolled[world.pa]), str(enrolled[world.second_pa])}
    assert list(rows[0])[:4] == ["Name", "Person identifier", "Enrolment identifier", "Course"]
    assert {row["Days"] for row in rows} == {"60"}
    sheet = browser_for(world.coordinator).get("/desk/learners.xlsx?which=working")
    assert sheet.get_data()[:2] == b"PK"


def test_what_was_completed_at_a_day_is_asked_of_the_days(
    browser_for: BrowserFor, world: World, house: House, clock: Any, enrolled: Any
) -> None:
    done = london_day(clock()).replace(day=1)
    with house.database.writing() as db:
        row = db.get_one(DeskStanding, enrolled[world.pa])
        row.state, row.completed_on, row.waits_for, row.why, row.since = State.COMPLETED, done, None, None, None

    def on_list(which: str, on: date) -> int:
        page = browser_for(world.coordinator).get(f"/desk/learners?which={which}&on={on}").get_data(as_text=True)
        return len(re.findall(r'<td[^>]*data-label="Name"', page))

    before = date(2026, 12, 1)
    assert (on_list("working", before), on_list("completed", before)) == (2, 0)
    assert (on_list("working", done), on_list("completed", done)) == (1, 1)


def test_a_reminder_goes_to_whoever_has_the_move_once_a_week(
    browser_for: BrowserFor, world: World, house: House, clock: Any, enrolled: Any
) -> None:
    browser, address = browser_for(world.coordinator), f"/desk/stuck/{enrolled[world.pa]}/nudge"
    assert "Remind" in browser.get("/desk/stuck").get_data(as_text=True)
    for _ in range(2):
        assert browser.post(address, {"back": "/desk/stuck?waits_for=self"}).status_code == 302
    page = browser.get("/desk/stuck").get_data(as_text=True)
    assert "were reminded on" in page
    assert "Reminded on" in page
    clock.on(days=7)
    browser = browser_for(world.coordinator)  # the one before was signed out meanwhile
    browser.post(address)
    with house.database.reading() as db:
        notices = db.scalars(select(Notice).where(Notice.kind == "nudge_self")).all()
        assert [each.person_id for each in notices] == [world.pa, world.pa]
        assert notices[0].values["asks"] == "Cora Coordinator"
        assert db.scalar(select(func.count()).select_from(Nudge)) == 2
    story = browser.get(f"/desk/people/{world.pa}").get_data(as_text=True)
    assert "Pat Morgan was reminded" in story


def test_somebody_without_an_address_is_said_to_be_reached_another_way(
    browser_for: BrowserFor, world: World, house: House, enrolled: Any
) -> None:
    with house.database.writing() as db:
        someone = db.get_one(Person, world.pa)
        someone.email, someone.username = None, "pat.morgan"
    browser = browser_for(world.coordinator)
    browser.post(f"/desk/stuck/{enrolled[world.pa]}/nudge")
    assert "please ring or write to them" in browser.get("/desk/stuck").get_data(as_text=True)


def test_a_list_is_saved_once_and_taken_away_by_its_person_only(
    browser_for: BrowserFor, world: World, house: House, enrolled: Any
) -> None:
    browser = browser_for(world.coordinator)
    said = {"which": "stuck", "waits_for": "self", "called": "Waits for the PA", "once": "7" * 32}
    for _ in range(2):
        browser.post("/desk/views", said)
    page = browser.get("/desk").get_data(as_text=True)
    assert "Waits for the PA" in page
    with house.database.reading() as db:
        view = db.scalars(select(SavedView)).one()
        assert view.asked == {"which": "stuck", "waits_for": "self"}
    assert browser_for(world.other_coordinator).post(f"/desk/views/{view.id}/take-away").status_code == 404
    browser.post(f"/desk/views/{view.id}/take-away")
    assert "Waits for the PA" not in browser.get("/desk").get_data(as_text=True)


def test_days_and_targets_of_an_authority_count_at_once(browser_for: BrowserFor, world: World, enrolled: Any) -> None:
    browser = browser_for(world.coordinator)
    days = dict.fromkeys(("self", "employer", "assessor", "reader", "coordinator", "register_team"), "90")
    assert browser.submit("/desk/settings", {**days, "self": "400"}).status_code == 200
    assert browser.submit("/desk/settings", {**days, "target_started": "12", "target_completed": ""}).status_code == 302
    page = browser.get("/desk").get_data(as_text=True)
    assert _number(page, "Stuck") == 0
    assert "target of 12 a month" in page
    assert _number(browser_for(world.other_coordinator).get("/desk").get_data(as_text=True), "Stuck") == 1


def test_another_authoritys_ids_are_nowhere(browser_for: BrowserFor, world: World, enrolled: Any) -> None:
    browser = browser_for(world.coordinator)
    assert browser.get(f"/desk/people/{world.other_pa}").status_code == 404
    assert browser.get(f"/desk/people/{world.employer_person}").status_code == 404
    assert browser.post(f"/desk/stuck/{enrolled[world.other_pa]}/nudge").status_code == 404
    for page in ("", "/learners", "/learners.csv", "/stuck", "/lapsing", "/lapsing.xlsx", "/settings"):
        assert browser.get(f"/desk{page}?authority={world.other_authority}").status_code == 404


def test_a_person_in_two_authorities_is_told_of_each_apart(
    browser_for: BrowserFor, world: World, house: House, clock: Any, enrolled: Any
) -> None:
    with house.database.writing() as db:
        people.give_role(
            db, person_id=world.pa, organisation_id=world.other_authority, role=Role.PA, by=None,
            now=clock(), since=london_day(clock()),
        )  # fmt: skip
        there = learning.enrol(
            db, learner_id=world.pa, authority_id=world.other_authority, course="PAI", by=world.other_coordinator,
            now=clock(),
        )  # fmt: skip
        learning.study_lesson(db, enrolment_id=there, lesson="PAI-1-L1", by=world.pa, now=clock())
    here = browser_for(world.coordinator).get(f"/desk/people/{world.pa}").get_data(as_text=True)
    elsewhere = browser_for(world.other_coordinator).get(f"/desk/people/{world.pa}").get_data(as_text=True)
    assert "Finished a lesson" not in here
    assert "Began to work for Amina Yusuf" in here
    assert "Finished a lesson" in elsewhere
    assert "Amina Yusuf" not in elsewhere


def test_the_list_of_what_lapses_is_saved_like_the_others(browser_for: BrowserFor, world: World, house: House) -> None:
    browser = browser_for(world.coordinator)
    answer = browser.post("/desk/views", data={"which": "lapsing", "called": "To renew", "on": "x"})
    assert "/desk/lapsing" in answer.location
    assert browser.get(answer.location).status_code == 200
    assert re.search(r'href="/desk/lapsing[^"]*">To renew<', browser.get("/desk").get_data(as_text=True))
    with house.database.reading() as db:
        assert [row.asked for row in db.scalars(select(SavedView))] == [{"which": "lapsing"}]
