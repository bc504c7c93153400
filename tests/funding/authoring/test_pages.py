"""Schemes in the browser, as a funding officer meets the pages."""

import html
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner

from lms.commands import check
from lms.core.house import House
from lms.funding.authoring import queries
from lms.funding.authoring.asks import TITLES
from lms.funding.content import Schemes
from lms.funding.vocabulary import Provenance
from tests.world import World

Browsers = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
PLACES = "RIVERMERE-PLACES-2026-27"


def text(page: Any) -> str:
    assert page.status_code == 200, page.status_code
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.get_data(as_text=True))))


def one(world: World, code: str = PLACES) -> str:
    return f"/funding/schemes/{world.authority}/{code}"


def begun(browser: Any, world: World, code: str = PLACES, year: str = "same") -> str:
    """A draft, and its address."""
    answer = browser.post(f"{one(world, code)}/draft", {"once": str(uuid4()), "year": year})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def fields(page: str) -> dict[str, Any]:
    """What a browser would send of a form, as it stands."""
    body = page[page.index('<form method="post"') :]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", body):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        kind = re.search(r'type="([^"]*)"', tag)
        if not name or (kind and kind.group(1) in {"checkbox", "radio"} and " checked" not in tag):
            continue
        found.setdefault(name.group(1), []).append(html.unescape(value.group(1)) if value else "")
    for name, inside in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', body, re.S):
        found[name] = [html.unescape(inside).lstrip("\r\n")]
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', body, re.S):
        chosen = re.search(r'value="([^"]*)"[^>]*selected', options) or re.search(r'value="([^"]*)"', options)
        found[name] = [chosen.group(1)] if chosen else [""]
    return found


def saved(browser: Any, path: str, **changes: Any) -> Any:
    """The form of a page sent with changes."""
    page = browser.get(path)
    assert page.status_code == 200, path
    return browser.post_raw(path, {**fields(page.get_data(as_text=True)), **changes})


def drafted(house: House, address: str, world: World) -> dict[str, Any]:
    with house.database.reading() as db:
        return dict(queries.draft(db, UUID(address.rsplit("/", 1)[1]), [world.authority]).data)


def test_the_list_says_where_each_scheme_stands(browser_for: Browsers, world: World) -> None:
    page = text(browser_for(world.coordinator).get("/funding/schemes"))
    assert "Rivermere places for PAs 2026-27" in page
    assert "Over, kept for records and audit" in page
    assert "to confirm" in page


@pytest.mark.parametrize("person", ["coordinator", "funding_officer", "admin"])
def test_one_scheme_reads_with_its_cases_and_figures(
    browser_for: Browsers, world: World, schemes: Schemes, person: str
) -> None:
    browser = browser_for(getattr(world, person))
    for code in schemes.by_code:
        if code == "LOCAL-NORTHBRIDGE":
            continue
        page = text(browser.get(one(world, code)))
        assert "Not as expected" not in page
        assert ("Write next year's edition" in page) is (person != "coordinator")


def test_a_figure_is_confirmed_with_its_source_and_taken_back(
    browser_for: Browsers, world: World, house: House
) -> None:
    browser = browser_for(world.funding_officer)
    path = f"{one(world)}/confirm?figure=items.CLASS"
    refused = saved(browser, path, source="")
    assert "Say where the figure comes from." in text(refused)
    assert saved(browser, path, source="Letter of 3 November", seen="other").status_code == 200
    assert saved(browser, path, source="Letter of 3 November").status_code == 302
    page = text(browser.get(one(world)))
    assert "Letter of 3 November" in page
    assert "by Fay Funding" in page
    with house.database.reading() as db:
        found = queries.schemes_for(db, world.authority, on=date(2026, 11, 21)).by_code[PLACES].item("CLASS")
        given = queries.confirmations(db, world.authority, PLACES)[0].id
    assert found is not None
    assert found.amount_provenance is Provenance.CONFIRMED
    assert saved(browser, f"{one(world)}/confirmations/{given}", reason="A slip").status_code == 302
    assert "A slip" in text(browser.get(one(world)))


def test_what_is_counted_is_written_line_by_line(browser_for: Browsers, world: World) -> None:
    browser = browser_for(world.funding_officer)
    path = f"{one(world, 'ULO-2026-27')}/counts"
    assert "is not a training and an item" in text(saved(browser, path, covers="PAI-1"))
    assert "no training with the code NIGHT" in text(saved(browser, path, covers="NIGHT TRAIN-DAY"))
    assert "no item NIGHT" in text(saved(browser, path, covers="PAI-1 NIGHT"))
    assert "a number such as 1 or 0.5" in text(saved(browser, path, covers="PAI-1 TRAIN-DAY many"))
    assert saved(browser, path, covers="pai-1 train-day 0.5\r\nPAI-3 TRAIN-DAY").status_code == 302
    page = text(browser.get(one(world, "ULO-2026-27")))
    assert "Communication, confidentiality and boundaries PAI-3" in page
    assert "Decided by Fay Funding" in page


@pytest.mark.parametrize("code", [PLACES, "LDSS-2025-26", "IEF-2017-18", "SCWDP-2014-15", "ULO-2026-27"])
def test_saving_what_stands_there_changes_nothing(browser_for: Browsers, world: World, house: House, code: str) -> None:
    browser = browser_for(world.funding_officer)
    address = begun(browser, world, code)
    before = drafted(house, address, world)
    places = [f"{address}/parts/{part}" for part in TITLES]
    places += [f"{address}/items/{item['code']}" for item in before["items"]]
    places += [f"{address}/cases/{case['id']}" for case in before["cases"]]
    for place in places:
        answer = saved(browser, place)
        said = re.findall("error-summary.*?</div>", answer.get_data(as_text=True), re.S)
        assert answer.status_code == 302, (place, said)
    with house.database.reading() as db:
        whole = queries.draft(db, UUID(address.rsplit("/", 1)[1]), [world.authority])
        looked = queries.look_through(db, whole, on=date(2026, 11, 21))
        there = queries.schemes_for(db, world.authority, on=date(2026, 11, 21), as_written=True).by_code[code]
    assert looked.ready
    assert looked.scheme is not None
    assert looked.scheme.model_copy(update={"edition": there.edition}) == there


def test_next_year_is_written_published_and_taken_along(
    browser_for: Browsers, world: World, tmp_path: Path, clock: Any, now: datetime
) -> None:
    browser = browser_for(world.funding_officer)
    address = begun(browser, world, year="next")
    assert "Ready to publish" in text(browser.get(address))
    assert saved(browser, f"{address}/items/CLASS", max_amount_pence="8000.005").status_code == 200
    assert saved(browser, f"{address}/items/CLASS", max_amount_pence="80").status_code == 302
    page = text(browser.get(address))
    assert "Worked cases come out otherwise" in page
    assert "expected 7500, got 8000" in page
    assert (
        saved(
            browser, f"{address}/cases/rivermere-place-dearer-than-the-most", expect__amount_pence="80.00"
        ).status_code
        == 302
    )
    assert "Ready to publish" in text(browser.get(address))
    assert saved(browser, f"{address}/publish").status_code == 302
    new = one(world, "RIVERMERE-PLACES-2027-28")
    assert "£80.00" in text(browser.get(new))
    offered = browser.get(f"{new}/counts").get_data(as_text=True)
    assert "Your authority counted this under RIVERMERE-PLACES-2026-27." in offered
    before = fields(browser.get(f"{one(world)}/counts").get_data(as_text=True))["covers"]
    assert before
    assert fields(offered)["covers"] == before
    assert saved(browser, f"{new}/counts").status_code == 302
    assert "Your authority counted this under" not in browser.get(f"{new}/counts").get_data(as_text=True)
    archive = zipfile.ZipFile(BytesIO(browser.get(f"{new}/file?as=pack").data))
    archive.extractall(tmp_path)
    done = CliRunner().invoke(check.command, [str(next(tmp_path.iterdir()))])
    assert done.exit_code == 0, done.output


def test_a_mistake_stands_at_its_field(browser_for: Browsers, world: World) -> None:
    browser = browser_for(world.funding_officer)
    address = begun(browser, world)
    wrong = saved(browser, f"{address}/items/CLASS", requires_approved_item="ELEARN")
    assert wrong.status_code == 302
    wrong = saved(browser, f"{address}/items/ELEARN", requires_approved_item="CLASS")
    assert "it requires itself" in text(wrong)
    page = browser.get(f"{address}/parts/dates").get_data(as_text=True)
    sent = {**fields(page), "windows__course_date__to": ["1", "4", "2020"]}
    answer = browser.post_raw(f"{address}/parts/dates", sent)
    assert "the window ends before it begins" in text(answer)
    answer = saved(browser, f"{address}/parts/limits", grant_share__grant_percent="70", grant_share__match_percent="40")
    assert "the two shares have to make 100 percent" in text(answer)


def test_others_draft_and_strangers_get_nothing(browser_for: Browsers, world: World) -> None:
    address = begun(browser_for(world.funding_officer), world)
    assert browser_for(world.coordinator).get(address).status_code == 403
    other = browser_for(world.other_coordinator)
    assert other.get(one(world)).status_code == 404
    assert other.get(f"{one(world)}/file").status_code == 404
    assert browser_for(world.pa).get("/funding/schemes").status_code == 403
    assert browser_for(world.admin).get(address).status_code == 200
    assert browser_for(world.funding_officer).get(f"{one(world, 'NOTHING')}").status_code == 404
