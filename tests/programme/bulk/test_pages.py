"""The pages of work on many: chosen by tick, by list and by pasting; looked at, started, stopped, taken along."""

import csv
import io
import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from lms.core import work
from lms.core.clock import london_day
from lms.core.house import House
from lms.programme.bulk.models import BulkLine, BulkWork
from lms.programme.groups import services as groups
from lms.programme.groups.services import About
from tests.programme.bulk.conftest import BrowserFor, enrolled
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


def test_everybody_in_a_group_is_chosen_from_its_page_and_nobody_of_another_authoritys(
    browser_for: BrowserFor, house: House, world: World, clock: Any
) -> None:
    learning = enrolled(house, world, clock(), world.pa, world.second_pa)
    group, about = uuid4(), About("Autumn", None, london_day(clock()))
    asked = {"group_id": group, "by": world.coordinator, "now": clock()}
    with house.database.writing() as db:
        groups.make_group(db, once=group, authority_id=world.authority, about=about, by=world.coordinator, now=clock())
    browser, to_many = browser_for(world.coordinator), f"of_group={group}"
    assert to_many not in browser.get(f"/desk/groups/{group}").get_data(as_text=True)
    with house.database.writing() as db:
        groups.add_members(db, enrolment_ids=[learning[world.pa]], since=london_day(clock()), **asked)
    assert to_many in browser.get(f"/desk/groups/{group}").get_data(as_text=True)
    assert "1 line of the list is chosen" in browser.get(f"/desk/together/new?{to_many}").get_data(as_text=True)
    chosen = json.dumps({"of_group": str(group)})
    once = {"step": "what", "what": "remind", "chosen": chosen}
    for who, code in ((world.other_coordinator, 200), (world.coordinator, 302)):
        assert browser_for(who).post("/desk/together/new", {**once, "once": str(uuid4())}).status_code == code
    work.do_all(house, now=clock())
    with house.database.reading() as db:
        assert db.scalars(select(BulkLine.person_id)).all() == [world.pa]


def test_what_names_no_group_chooses_nobody(browser_for: BrowserFor, world: World) -> None:
    browser = browser_for(world.coordinator)
    for word in ("", "x", str(uuid4())):
        assert browser.get(f"/desk/together/new?of_group={word}").status_code == 200
        chosen = json.dumps({"of_group": word})
        asked = {"step": "what", "what": "remind", "chosen": chosen, "once": str(uuid4())}
        assert browser.post("/desk/together/new", asked).status_code in {200, 302}
