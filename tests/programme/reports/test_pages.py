"""The pages of reports: made once under a number, exact inside, kept back in what goes out, public only when asked."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import openpyxl
import pytest
from sqlalchemy import select

from lms.core.house import House
from lms.core.work import do_all
from lms.learning import services as learning
from lms.people.areas import services as areas
from lms.people.models import Person
from lms.programme.reports import services
from lms.programme.reports.kinds import ReportKind
from lms.programme.reports.models import Report
from tests.programme.reports.conftest import MakeReport
from tests.world import World

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

DAYS = {"first-day": "1", "first": ["1", "4", "2026"], "last": ["21", "11", "2026"]}


@pytest.fixture
def enrolled(house: House, world: World, clock: Any) -> None:
    """Both PAs of Rivermere are on the course, one of them in an area whose name is a formula."""
    same = {"authority_id": world.authority, "by": world.coordinator, "now": clock()}
    with house.database.writing() as db:
        for pa in (world.pa, world.second_pa):
            learning.enrol(db, learner_id=pa, course="PAI", **same)
        area = uuid4()
        areas.add_area(db, id=area, code="N-1", name='=HYPERLINK("x")', name_cy="", **same)
        areas.give_areas(db, areas={world.pa: area}, **same)


def test_a_report_is_asked_for_made_and_saved_again_byte_by_byte(
    browser_for: BrowserFor, house: House, world: World, enrolled: None, clock: Any
) -> None:
    browser = browser_for(world.coordinator)
    answer = browser.post("/desk/reports", data={"kind": "programme", **DAYS, "once": str(uuid4())})
    assert answer.status_code == 302, answer.get_data(as_text=True)
    there = answer.location
    assert "Step 1 of 2" in browser.get(there).get_data(as_text=True)
    assert browser.get(f"{there}.pdf").status_code == 404
    do_all(house, now=clock())
    page = browser.get(there).get_data(as_text=True)
    assert "RIVERMERE-RPT-2026-0001" in page
    assert re.search(r"Working towards it</th><td[^>]*>2<", page)
    first = browser.get(f"{there}.pdf").data, browser.get(f"{there}.xlsx").data
    clock.on(days=3)
    browser = browser_for(world.coordinator)
    assert (browser.get(f"{there}.pdf").data, browser.get(f"{there}.xlsx").data) == first
    assert first[0].startswith(b"%PDF")
    assert '<h1 class="govuk-heading-l">Reports' in browser.get("/desk/reports").get_data(as_text=True)


def test_what_goes_out_keeps_small_numbers_back_and_holds_no_formula(
    browser_for: BrowserFor, world: World, enrolled: None, make_report: MakeReport
) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(browser_for(world.coordinator).get(f"/desk/reports/{make_report()}.xlsx").data)
    )
    assert book.sheetnames[0] == "Definitions"
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert '=HYPERLINK("x")' in {cell.value for cell in book["By area"]["A"]}
    assert [cell.value for cell in book["Learners by stage"]["B"]] == ["People", "kept back", 0, 0, "kept back"]


@pytest.mark.usefixtures("enrolled")
def test_a_made_report_never_changes_and_a_correction_names_it(
    browser_for: BrowserFor, house: House, world: World, make_report: MakeReport, clock: Any
) -> None:
    old = make_report()
    with house.database.reading() as db:
        before = db.get_one(Report, old)
        data, digest = before.data, before.digest
    with house.database.writing() as db:
        learning.enrol(
            db,
            learner_id=world.learner,
            authority_id=world.authority,
            course="PAI",
            by=world.coordinator,
            now=clock(),
        )
    services.count(house, old, clock())
    browser = browser_for(world.coordinator)
    form = {"kind": "programme", **DAYS, "once": str(uuid4())}
    there = browser.post(f"/desk/reports/{old}/correct", data=form).location
    do_all(house, now=clock())
    assert "It takes the place of report RIVERMERE-RPT-2026-0001" in browser.get(there).get_data(as_text=True)
    page = browser.get(f"/desk/reports/{old}").get_data(as_text=True)
    assert "Report RIVERMERE-RPT-2026-0002 takes the place of this one." in page
    again = browser.post(f"/desk/reports/{old}/correct", data={**form, "once": str(uuid4())})
    assert "corrected already" in again.get_data(as_text=True)
    with house.database.reading() as db:
        after = db.get_one(Report, old)
        assert (after.data, after.digest) == (data, digest)
        assert services.digest_of(after.data or {}) == digest


@pytest.mark.parametrize(
    ("kind", "may"),
    [
        (ReportKind.PROGRAMME, {"coordinator"}),
        (ReportKind.REGISTER, {"coordinator", "register_manager"}),
        (ReportKind.MONEY, {"coordinator", "funding_officer"}),
    ],
)
def test_each_kind_is_read_by_those_it_is_for_alone(
    browser_for: BrowserFor, world: World, make_report: MakeReport, kind: ReportKind, may: set[str]
) -> None:
    id = make_report(kind=kind)
    everybody = ("coordinator", "register_manager", "funding_officer", "other_coordinator", "admin", "pa")
    for ending in ("", ".pdf", ".xlsx"):
        seen = {
            name
            for name in everybody
            if browser_for(getattr(world, name)).get(f"/desk/reports/{id}{ending}").status_code == 200
        }
        assert seen == may
    offered = browser_for(world.funding_officer).post(
        "/desk/reports", data={"kind": "programme", **DAYS, "once": str(uuid4())}
    )
    assert offered.status_code == 200, "a funding officer makes no report about learners"


def test_nothing_is_public_before_a_coordinator_says_so(
    browser_for: BrowserFor, world: World, enrolled: None, make_report: MakeReport
) -> None:
    id, anybody, coordinator = make_report(), browser_for(None), browser_for(world.coordinator)
    for address in ("/figures/RIVERMERE", "/figures/RIVERMERE.json", "/figures/NOBODY", "/figures/DYFFRYN"):
        assert anybody.get(address).status_code == 404
    there = f"/desk/reports/{id}/publish"
    assert browser_for(world.other_coordinator).post(there).status_code == 404
    assert browser_for(world.funding_officer).post(there).status_code == 403
    assert "kept back" in coordinator.get(there).get_data(as_text=True)
    assert coordinator.post(there).status_code == 302
    page = anybody.get("/figures/RIVERMERE")
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert "RIVERMERE-RPT-2026-0001" in page.get_data(as_text=True)
    told = anybody.get("/figures/RIVERMERE.json")
    stages = next(table for table in told.json["tables"] if table["table"] == "stages")
    assert [row["values"] for row in stages["rows"]] == [[None], [0], [0], [None]]
    again = anybody.get("/figures/RIVERMERE.json", headers={"If-None-Match": told.headers["ETag"]})
    assert again.status_code == 304
    assert coordinator.post(there, data={"off": "1"}).status_code == 302
    assert anybody.get("/figures/RIVERMERE").status_code == 404


@pytest.mark.usefixtures("enrolled")
def test_public_numbers_that_were_corrected_say_so_until_the_new_ones_are_published(
    browser_for: BrowserFor, house: House, world: World, make_report: MakeReport, clock: Any
) -> None:
    old, anybody, coordinator = make_report(), browser_for(None), browser_for(world.coordinator)
    coordinator.post(f"/desk/reports/{old}/publish")
    told = anybody.get("/figures/RIVERMERE.json")
    assert told.json["corrected_by"] is None
    form = {"kind": "programme", **DAYS, "once": str(uuid4())}
    new = coordinator.post(f"/desk/reports/{old}/correct", data=form).location
    assert anybody.get("/figures/RIVERMERE.json").json["corrected_by"] is None, "it is not made yet"
    do_all(house, now=clock())
    again = anybody.get("/figures/RIVERMERE.json", headers={"If-None-Match": told.headers["ETag"]})
    assert again.json["corrected_by"] == "RIVERMERE-RPT-2026-0002"
    sentence = "These numbers were corrected in report RIVERMERE-RPT-2026-0002."
    assert sentence in anybody.get("/figures/RIVERMERE").get_data(as_text=True)
    for page in (f"/desk/reports/{old}", new):
        assert "the public page says that they were corrected" in coordinator.get(page).get_data(as_text=True)
    refused = coordinator.post(f"/desk/reports/{old}/publish", follow_redirects=True).get_data(as_text=True)
    assert "This report was corrected. Publish the one that takes its place." in refused
    assert coordinator.post(f"{new}/publish").status_code == 302
    page = anybody.get("/figures/RIVERMERE").get_data(as_text=True)
    assert "RIVERMERE-RPT-2026-0002" in page
    assert "corrected" not in page


def test_a_period_that_is_none_is_refused_with_what_was_typed(browser_for: BrowserFor, world: World) -> None:
    browser = browser_for(world.coordinator)
    for first, last, sentence in (
        (["1", "4", "2027"], ["31", "3", "2027"], "The last day has to be the first day or a later one."),
        (["1", "4", "2026"], ["31", "3", "2027"], "Choose a last day that is today or in the past."),
        (["1", "4", "2024"], ["31", "3", "2026"], "one year at most"),
    ):
        form = {"kind": "programme", "first": first, "last": last, "once": str(uuid4())}
        page = browser.post("/desk/reports", data=form).get_data(as_text=True)
        assert sentence in page
        assert f'value="{first[2]}"' in page


def test_reports_go_when_their_time_is_over_and_the_published_one_stays(
    house: House, world: World, make_report: MakeReport, clock: Any
) -> None:
    old, stays = make_report(), make_report()
    with house.database.writing() as db:
        same = {"authority_id": world.authority, "by": world.coordinator, "now": clock()}
        services.set_reports(db, threshold=5, keep_years=1, **same)
        services.publish(db, report_id=stays, **same)
    assert services.forget_old(house, clock() + timedelta(days=300)) == 0
    assert services.forget_old(house, clock() + timedelta(days=380)) == 1
    with house.database.reading() as db:
        assert [row.id for row in db.scalars(select(Report))] == [stays]
    assert isinstance(old, UUID)


def test_the_page_itself_shows_the_coordinator_every_number_and_says_which_stay(
    browser_for: BrowserFor, house: House, world: World, enrolled: None, make_report: MakeReport
) -> None:
    page = browser_for(world.coordinator).get(f"/desk/reports/{make_report()}").get_data(as_text=True)
    assert "Pass on the files, not this page." in page
    assert "(kept back in what goes out)" in page
    with house.database.reading() as db:
        assert not any(name in page for name in db.scalars(select(Person.name).where(Person.id == world.pa)))


def test_everybody_who_reads_reports_finds_them_from_a_page_of_theirs(browser_for: BrowserFor, world: World) -> None:
    way = re.compile(r'href="/desk/reports"')
    for person, page, finds in (
        (world.coordinator, "/desk", True),
        (world.funding_officer, "/funding/claims", True),
        (world.register_manager, "/register/desk", True),
        (world.register_officer, "/register/desk", False),
        (world.coordinator, "/funding/claims", False),  # theirs stand at their own desk
    ):
        answer = browser_for(person).get(page)
        assert answer.status_code == 200, page
        assert bool(way.search(answer.get_data(as_text=True))) is finds, (page, finds)
    page = browser_for(world.funding_officer).get("/desk/reports").get_data(as_text=True)
    assert "Pages about money for training" in page
    assert "Money in and out" in page
    assert ">The programme<" not in page
