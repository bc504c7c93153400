"""The page on which an administrator says how long contacts are kept."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from lms.core.house import House
from lms.programme.contacts.models import ContactNote
from lms.programme.forgetting import setting
from lms.programme.forgetting.rules import Years
from tests.programme.forgetting.test_clearing import note
from tests.world import World

BrowserFor = Callable[..., Any]
PATH = "/settings/keeping/contacts"
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def text(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def test_what_would_go_is_counted_and_nothing_is_saved(
    house: House, world: World, now: datetime, browser_for: BrowserFor
) -> None:
    with house.database.writing() as db:
        note(db, world, "Spoke about the rota.", now)
        db.execute(update(ContactNote).values(at=now - timedelta(days=800)))
    admin = browser_for(world.admin)
    looked = text(admin.submit(PATH, {"notes": "2", "call_backs": "", "alerts": "", "do": "look"}))
    assert "1 contact note, 0 call-backs" in looked
    assert "Nothing is saved yet" in looked
    assert 'value="2"' in looked
    assert "0 contact notes" in text(admin.submit(PATH, {"notes": "3", "do": "look"}))
    with house.database.reading() as db:
        assert setting.said_by(db, world.authority) == []


def test_years_are_saved_shown_with_their_first_day_and_stand_among_all_periods(
    house: House, world: World, now: datetime, browser_for: BrowserFor
) -> None:
    with house.database.writing() as db:
        note(db, world, "Spoke about the rota.", now)
        db.execute(update(ContactNote).values(at=now - timedelta(days=800)))
    admin = browser_for(world.admin)
    for wrong in ("0", "76", "two", "-1", "9" * 40):
        page = text(admin.submit(PATH, {"notes": wrong, "call_backs": "3", "do": "save"}))
        assert "govuk-error-summary" in page
        assert 'value="3"' in page, "what was typed stays"
    assert admin.submit(PATH, {"notes": "2", "call_backs": "3", "alerts": "", "do": "save"}).status_code == 302
    page = text(admin.get(PATH))
    assert "begins on 21 December 2026" in page
    assert "On that day this would go: 1 contact note, 0 call-backs" in page
    with house.database.reading() as db:
        assert [each.years for each in setting.said_by(db, world.authority)] == [Years(2, 3, None)]
    periods = text(admin.get("/settings/keeping"))
    assert periods.count("/settings/keeping/contacts") == 3
    assert "Contact notes" in periods


def test_the_same_again_changes_nothing(house: House, world: World, browser_for: BrowserFor) -> None:
    admin = browser_for(world.admin)
    assert admin.submit(PATH, {"notes": "", "call_backs": "", "alerts": "", "do": "save"}).status_code == 302
    assert "Nothing was changed" in text(admin.get(PATH))
    with house.database.reading() as db:
        assert setting.said_by(db, world.authority) == []
