"""The pages of work on many: chosen by tick, by list and by pasting; looked at, started, stopped, taken along."""

import csv
import io
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from lms.core import work
from lms.core.house import House
from lms.programme.bulk.models import BulkWork
from tests.programme.bulk.conftest import BrowserFor
from tests.world import World

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def _only(house: House) -> UUID:
    with house.database.reading() as db:
        return db.scalars(select(BulkWork.id)).one()


def test_a_pasted_list_is_enrolled_without_a_script(
    browser_for: BrowserFor, house: House, world: World, clock: Any
) -> None:
    browser = browser_for(world.coordinator)
    assert "Nothing was done for many at once yet" in browser.get("/desk/together").get_data(as_text=True)
    nobody = browser.post("/desk/together/new", {"step": "what", "what": "enrol", "pasted": " "})
    assert "Paste at least one name" in nobody.get_data(as_text=True)
    typed = "Pat Morgan\nSAM.OKORO@example.com\nNobody Here\n" + str(world.other_pa)
    second = browser.post("/desk/together/new", {"step": "what", "what": "enrol", "pasted": typed}).get_data(
        as_text=True
    )
    assert "Which course?" in second
    assert "Nobody Here" in second  # what was pasted travels on
    missing = browser.post("/desk/together/new", {"step": "more", "what": "enrol", "pasted": typed})
    assert "Choose one." in missing.get_data(as_text=True)
    assert "Nobody Here" in missing.get_data(as_text=True)
    once = {"step": "more", "what": "enrol", "pasted": typed, "course": "PAI", "once": str(uuid4())}
    for _twice in range(2):
        answer = browser.post("/desk/together/new", once)
        assert answer.status_code == 302
    id = _only(house)
    assert "Finding out who is affected" in browser.get(f"/desk/together/{id}").get_data(as_text=True)
    work.do_all(house, now=clock())
    page = browser.get(f"/desk/together/{id}").get_data(as_text=True)
    assert "2 are affected." in page
    assert "2 are not." in page
    assert "Look for a slip" in page
    assert "Olwen" not in page  # behind another authority's wall
    browser.post(f"/desk/together/{id}/start", {})
    assert 'aria-label="0 of 2 gone through"' in browser.get(f"/desk/together/{id}").get_data(as_text=True)
    work.do_all(house, now=clock())
    assert "It was done for 2." in browser.get(f"/desk/together/{id}").get_data(as_text=True)
    rows = list(csv.DictReader(io.StringIO(browser.get(f"/desk/together/{id}/list.csv").get_data(as_text=True)[1:])))
    assert [row["How it stands"] for row in rows] == ["Done", "Done", "Not affected", "Not affected"]
    only = browser.get(f"/desk/together/{id}/list.csv?only=wont").get_data(as_text=True)
    assert "Pat Morgan" not in only
    assert "Nobody Here" in only
    assert browser.get(f"/desk/together/{id}/list.xlsx").get_data()[:2] == b"PK"
