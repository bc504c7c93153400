"""The pages of batches: what a coordinator sees and does, and nobody else."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from lms.certification.bulk import home, queries, services
from lms.certification.bulk.rules import Line
from lms.core import work
from lms.core.house import House
from lms.people import queries as people
from tests.certification import steps
from tests.certification.bulk.conftest import Cohort, another, looked
from tests.world import World

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
Browsers = Callable[..., Any]


def begun(browser: Any) -> str:
    """A batch begun on the pages; returns its address."""
    answer = browser.submit("/certificates/batches/new", {"what": "module|PAI-1|PAI"})
    assert answer.status_code == 302
    return str(answer.location)


def test_a_coordinator_looks_starts_comes_back_and_takes_everything_along(
    house: House, world: World, cohort: Cohort, now: datetime, browser_for: Browsers
) -> None:
    browser = browser_for(world.coordinator)
    assert "Nothing was issued to many people" in browser.get("/certificates/batches").text
    batch = begun(browser)
    assert "Finding out who gets one" in browser.get(batch).text
    work.do_all(house, now=now)
    page = browser.get(batch).text
    assert "2 certificates would be issued." in page
    assert "Nothing is issued yet" in page
    assert "is not signed off yet" in page
    browser.post(f"{batch}/start")
    assert "Being issued" in browser.get(batch).text
    work.do_all(house, now=now)
    page = browser_for(world.coordinator).get(batch).text  # another day, another browser
    assert "2 certificates were issued." in page
    assert "Started by Cora Coordinator" in page
    browser.submit(batch, to=f"{batch}/files")
    assert "The files are being packed." in browser.get(batch).text
    work.do_all(house, now=now)
    page = browser.get(batch).text
    assert "Part 1: 2 certificates" in page
    with house.database.reading() as db:
        download = queries.downloads_of(db, UUID(batch.rpartition("/")[2]))[0]
    answer = browser.get(f"{batch}/files/{download.id}/1")
    assert answer.mimetype == "application/zip"
    assert "no-store" in answer.headers["Cache-Control"]
    assert len(zipfile.ZipFile(io.BytesIO(answer.data)).namelist()) == 3


def test_the_list_goes_to_paper_and_to_a_spreadsheet_narrowed_as_it_is_on_the_page(
    house: House, world: World, cohort: Cohort, now: datetime, browser_for: Browsers
) -> None:
    with house.database.writing() as db:
        formula = another(db, world, '=HYPERLINK("http://x.example","Click")', now)
        steps.enrolled(db, world, now, learner=formula)
    batch, browser = f"/certificates/batches/{looked(house, world, now)}", browser_for(world.coordinator)
    page = browser.get(f"{batch}?only=missing").text
    assert "Zed Idle" in page
    assert "Pat Morgan" not in page
    answer = browser.get(f"{batch}/list.csv?only=missing")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert rows[0][:2] == ["Name", "How it stands"]
    assert [row[0] for row in rows[1:]] == ['\'=HYPERLINK("http://x.example","Click")', "Zed Idle", "Ŵyn Ŷates"]
    assert all(row[2] for row in rows[1:])
    paper = browser.get(f"{batch}/print?only=missing").text
    assert "Zed Idle" in paper
    assert "3 people" in paper
    assert "Rivermere Council" in paper


def test_an_only_that_is_no_state_means_everybody(
    house: House, world: World, cohort: Cohort, now: datetime, browser_for: Browsers
) -> None:
    batch = f"/certificates/batches/{looked(house, world, now)}"
    assert "Pat Morgan" in browser_for(world.coordinator).get(f"{batch}?only=<x>").text


def test_a_double_tap_on_look_is_one_batch_and_the_same_thing_again_leads_to_it(
    house: House, world: World, cohort: Cohort, browser_for: Browsers
) -> None:
    browser = browser_for(world.coordinator)
    sent = {"what": "module|PAI-1|PAI", "once": str(uuid4())}
    first = browser.post("/certificates/batches/new", sent).location
    assert browser.post("/certificates/batches/new", sent).location == first
    assert begun(browser) == first
    assert "This is open already" in browser.get(first).text


def test_another_authoritys_batch_is_not_there_in_any_way(
    house: House, world: World, cohort: Cohort, now: datetime, browser_for: Browsers
) -> None:
    batch = f"/certificates/batches/{looked(house, world, now)}"
    stranger = browser_for(world.other_coordinator)
    for path in (batch, f"{batch}/list.csv", f"{batch}/print", f"{batch}/files/{uuid4()}/1"):
        assert stranger.get(path).status_code == 404
    for doing in ("look", "start", "again", "stop", "close", "files"):
        assert stranger.post(f"{batch}/{doing}").status_code == 404
    assert stranger.get(f"/certificates/batches?authority={world.authority}").status_code == 404
    for person in (world.pa, world.employer_person, world.admin, world.quality_assurer):
        assert browser_for(person).get(batch).status_code == 403


def test_a_part_of_another_batch_is_not_handed_out_under_this_one(
    house: House, world: World, cohort: Cohort, now: datetime, browser_for: Browsers
) -> None:
    batch = looked(house, world, now)
    with house.database.writing() as db:
        services.start(db, batch_id=batch, by=world.coordinator, now=now)
    work.do_all(house, now=now)
    with house.database.writing() as db:
        download = services.ask_for_files(db, id=uuid4(), batch_id=batch, by=world.coordinator, now=now)
    work.do_all(house, now=now)
    other, browser = looked(house, world, now), browser_for(world.coordinator)
    assert browser.get(f"/certificates/batches/{batch}/files/{download}/1").status_code == 200
    assert browser.get(f"/certificates/batches/{other}/files/{download}/1").status_code == 404
    assert browser.get(f"/certificates/batches/{batch}/files/{download}/2").status_code == 404


def test_what_is_not_offered_is_refused_at_the_field(
    house: House, world: World, cohort: Cohort, browser_for: Browsers
) -> None:
    browser = browser_for(world.coordinator)
    for what in ("", "module|PAI-99|PAI", "nonsense", "attendance|WORKSHOP|PAI"):
        answer = browser.submit("/certificates/batches/new", {"what": what})
        assert answer.status_code == 200
        assert "Error:" in answer.text


def test_doing_what_there_is_not_is_a_404(
    house: House, world: World, cohort: Cohort, now: datetime, browser_for: Browsers
) -> None:
    batch = f"/certificates/batches/{looked(house, world, now)}"
    assert browser_for(world.coordinator).post(f"{batch}/burn").status_code == 404


def test_the_home_page_says_what_is_ready_and_what_is_through(
    house: House, world: World, cohort: Cohort, now: datetime
) -> None:
    def titles() -> list[str]:
        with house.database.reading() as db:
            viewer = people.viewer_of(db, world.coordinator, now.date())
            return [card.title for card in home.cards(db, viewer, now)]  # type: ignore[arg-type]

    assert titles() == []
    batch = looked(house, world, now)
    assert titles() == ["Who would get a certificate: the list is ready"]
    with house.database.writing() as db:
        services.start(db, batch_id=batch, by=world.coordinator, now=now)
    assert titles() == ["Certificates are being issued"]
    work.do_all(house, now=now)
    assert titles() == ["Certificates are issued"]


def test_a_page_of_a_batch_asks_as_often_for_many_as_for_few(
    house: House, world: World, now: datetime, browser_for: Browsers, statements: list[str]
) -> None:
    browser = browser_for(world.coordinator)
    batch = f"/certificates/batches/{looked(house, world, now)}"
    asked = []
    for more in (3, 60):
        with house.database.writing() as db:
            for number in range(more):
                steps.enrolled(db, world, now, learner=another(db, world, f"PA {number}", now))
            if more:
                services.look_again(db, batch_id=UUID(batch.rpartition("/")[2]), by=world.coordinator, now=now)
        work.do_all(house, now=now)
        browser.get(batch)
        statements.clear()
        assert browser.get(batch).status_code == 200
        asked.append(len(statements))
    assert asked[0] == asked[1] <= 12


@pytest.mark.parametrize("line", list(Line))
def test_every_state_of_a_line_has_its_words(url: str, line: Line) -> None:
    from lms.certification.bulk.labels import LINES

    assert LINES[line].text
