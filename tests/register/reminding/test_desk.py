"""The register team's desk: what waits and by when, the list with its filters and files, reminders to many."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from lms.core.house import House
from lms.notifications.models import Notice
from lms.people import services as people
from lms.people.models import Person
from lms.register import services
from lms.register.exports import as_csv, as_xlsx
from lms.register.listing import services as listings
from lms.register.lists import Chosen
from lms.register.models import Standing
from lms.register.reasons import Step
from lms.register.reminding import services as reminding
from lms.register.reminding.models import BulkReminder, ReminderSent
from lms.register.reminding.rules import NOT_BY_MAIL, LeftOut, Who, left_out
from lms.register.working_days import is_working_day, working_days_after, working_days_between
from tests.conftest import StandingClock
from tests.world import World

BrowserFor = Callable[..., Any]
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.fixture
def applied(house: House, world: World, clock: StandingClock) -> None:
    """The PA applied today."""
    with house.database.writing() as db:
        listings.apply(db, once=uuid4(), person_id=world.pa, authority_id=world.authority, now=clock.now)


def _text(browser: Any, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return str(answer.get_data(as_text=True))


# Working days ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # over a weekend
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # Christmas, and Boxing Day on a Saturday made good on Monday
        (date(2027, 3, 25), 1, date(2027, 3, 30)),  # Easter
        (date(2023, 5, 5), 1, date(2023, 5, 9)),  # proclaimed for a coronation
        (date(2026, 11, 21), 0, date(2026, 11, 23)),
    ],
)
def test_working_days_leave_out_what_offices_do(day: date, count: int, expected: date) -> None:
    assert working_days_after(day, count, "england") == expected == working_days_after(day, count, "wales")


@given(DAYS, st.integers(0, 40), st.sampled_from(["england", "wales"]))
def test_a_target_is_a_working_day_so_many_working_days_later(day: date, count: int, nation: str) -> None:
    due = working_days_after(day, count, nation)
    assert is_working_day(due, nation)
    assert working_days_between(day, due, nation) == max(count, 0 if is_working_day(day, nation) else 1)


# What waits ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("applied")
def test_the_desk_says_what_waits_and_by_when(browser_for: BrowserFor, world: World, clock: StandingClock) -> None:
    officer = browser_for(world.register_officer)
    page = _text(officer, "/register/desk")
    assert "New application" in page
    assert "Pat Morgan" in page
    assert "4 December 2026" in page  # ten working days after Saturday 21 November
    assert "Late" not in page
    clock.on(days=20)
    assert "Late" in _text(browser_for(world.register_officer), "/register/desk")


def test_the_home_page_leads_to_the_desk_first_when_an_application_waits(
    browser_for: BrowserFor, world: World, house: House, clock: StandingClock
) -> None:
    officer = browser_for(world.register_officer)
    assert "Work waits on your desk" not in _text(officer, "/")
    with house.database.writing() as db:
        listings.apply(db, once=uuid4(), person_id=world.pa, authority_id=world.authority, now=clock.now)
    page = _text(officer, "/")
    assert "Applications: 1. Checks: 0." in page
    assert page.index("Your next step") < page.index("Work waits on your desk") < page.index("More for you")


def test_an_empty_desk_says_so(browser_for: BrowserFor, world: World) -> None:
    page = _text(browser_for(world.register_manager), "/register/desk")
    assert "Nothing waits for you." in page
    assert "Nobody who is shown on your register lapses in this time." in page


def test_a_draft_is_the_pas_own_business(browser_for: BrowserFor, world: World, house: House) -> None:
    browser_for(world.pa).get(f"/register/{world.authority}/apply")
    page = _text(browser_for(world.register_officer), "/register/people")
    assert "Not sent yet" not in page
    assert "Has not applied" in page


# The list ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("applied")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Pat Morgan", "Sam Okoro"}),
        ("?name=morg", {"Pat Morgan"}),
        ("?name=%25", set()),
        ("?listing=submitted", {"Pat Morgan"}),
        ("?listing=none", {"Sam Okoro"}),
        ("?listing=draft", {"Pat Morgan", "Sam Okoro"}),
        ("?rules=checking", {"Pat Morgan", "Sam Okoro"}),
        ("?rules=listed", set()),
        ("?lacks=RM-ID", {"Pat Morgan", "Sam Okoro"}),
        ("?lacks=NO-SUCH", set()),
        ("?lapses=yes", set()),
        ("?step=no_such_step", {"Pat Morgan", "Sam Okoro"}),
    ],
)
def test_the_list_is_narrowed_down(browser_for: BrowserFor, world: World, query: str, found: set[str]) -> None:
    page = _text(browser_for(world.register_officer), f"/register/people{query}")
    assert {name for name in ("Pat Morgan", "Sam Okoro") if name in page} == found


def test_the_list_says_what_is_missing_and_what_comes_next(
    browser_for: BrowserFor, world: World, house: House, clock: StandingClock
) -> None:
    with house.database.writing() as db:
        services.reassess(db, person_id=world.pa, authority_id=world.authority, now=clock.now)
        step = db.scalars(select(Standing.next_step).where(Standing.person_id == world.pa)).one()
    page = _text(browser_for(world.register_officer), f"/register/people?name=Pat&step={step}")
    assert "Pat Morgan" in page
    assert "more" in page


def test_another_authority_sees_nobody_of_ours(browser_for: BrowserFor, world: World) -> None:
    officer = browser_for(world.register_officer)
    for path in ("/register/desk", "/register/people", "/register/people.csv", "/register/reminders/new"):
        assert officer.get(f"{path}?authority={world.other_authority}").status_code == 404
        assert browser_for(world.pa).get(path).status_code == 403
    assert "Olwen Price" not in _text(officer, "/register/people.csv")


# Files ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_name_that_looks_like_a_formula_is_text_in_every_file(
    browser_for: BrowserFor, world: World, house: House
) -> None:
    wicked = '=HYPERLINK("http://example.com","x")'
    with house.database.writing() as db:
        db.get_one(Person, world.pa).name = wicked
    officer = browser_for(world.register_officer)
    (row,) = [r for r in csv.reader(io.StringIO(_text(officer, "/register/people.csv"))) if "HYPERLINK" in r[0]]
    assert row[0] == "'" + wicked
    book = officer.get("/register/people.xlsx")
    assert book.mimetype.startswith("application/vnd.openxmlformats")
    with zipfile.ZipFile(io.BytesIO(book.data)) as opened:
        sheet = opened.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet.replace("HYPERLINK", "")
    assert "HYPERLINK" in sheet


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20) | DAYS


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=5))
def test_files_hold_every_row_and_no_formula(rows: list[list[str | date]]) -> None:
    read = list(csv.reader(io.StringIO(as_csv(["a", "b"], rows).decode("utf-8-sig"))))
    assert len(read) == len(rows) + 1
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for row in read for cell in row)
    with zipfile.ZipFile(io.BytesIO(as_xlsx(["a", "b"], rows, title="PAs"))) as opened:
        assert "<f>" not in opened.read("xl/worksheets/sheet1.xml").decode()


# Reminders ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.none() | st.sampled_from(Step), st.booleans())
def test_nobody_is_reminded_of_what_is_not_theirs_to_do(step: Step | None, again: bool) -> None:
    one = Who(UUID(int=1), step)
    why = left_out(one, {(one.person_id, step.value)} if again and step else set())
    assert (why is None) == (step is not None and step not in NOT_BY_MAIL and not again)
    assert why is not LeftOut.JUST_REMINDED or again


def _notices(house: House) -> list[tuple[UUID | None, str]]:
    with house.database.reading() as db:
        wanted = select(Notice.person_id, Notice.language).where(Notice.kind == "register_reminder")
        return sorted(((row[0], row[1]) for row in db.execute(wanted)), key=str)


def test_many_are_reminded_once_each_in_their_language(
    browser_for: BrowserFor, world: World, house: House, clock: StandingClock
) -> None:
    with house.database.writing() as db:
        people.change_details(
            db, person_id=world.second_pa, name="Sam Okoro", language="cy", access_needs="", now=house.clock()
        )
    officer = browser_for(world.register_officer)
    page = _text(officer, "/register/reminders/new")
    assert "2 PAs are told what comes next for them." in page
    answer = officer.submit("/register/reminders/new")
    assert answer.status_code == 302
    key = _key(house)
    reminding.work_off(house, str(key), clock.now)
    reminding.work_off(house, str(key), clock.now)
    assert {language for _id, language in _notices(house)} == {"en", "cy"}
    assert len(_notices(house)) == 2
    assert "2 of 2" in _text(officer, "/register/reminders")
    assert "Reminded of the same in the last 14 days: 2." in _text(officer, "/register/reminders/new")
    assert "Nobody on this list would be reminded" in officer.submit("/register/reminders/new").get_data(as_text=True)
    clock.on(days=15)
    assert "2 PAs are told" in _text(browser_for(world.register_officer), "/register/reminders/new")


def test_a_worker_that_stopped_half_way_goes_on(
    world: World, house: House, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = uuid4()
    monkeypatch.setattr(reminding, "AT_ONCE", 1)
    with house.database.writing() as db:
        reminding.send(
            db, once=key, authority_id=world.authority, chosen=Chosen(), by=world.register_officer, now=clock.now
        )
    assert reminding._some(house, key, clock.now)
    reminding.work_off(house, str(key), clock.now)
    with house.database.reading() as db:
        assert len(db.scalars(select(ReminderSent)).all()) == 2
    assert len(_notices(house)) == 2


def test_a_double_tap_is_one_reminder(browser_for: BrowserFor, world: World, house: House) -> None:
    officer, once = browser_for(world.register_officer), str(uuid4())
    for _tap in range(2):
        assert officer.post("/register/reminders/new", {"once": once}).status_code == 302
    assert str(_key(house)) == once


def _key(house: House) -> UUID:
    with house.database.reading() as db:
        return db.scalars(select(BulkReminder.id)).one()
