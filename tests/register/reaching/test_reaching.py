"""How the register team is reached: who may write it, what is refused, and where PAs see it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from lms.core.db import Db
from lms.core.words import NotFound, Refused
from lms.register.reaching.models import RegisterContact
from lms.register.reaching.queries import Contact, contact_of
from lms.register.reaching.services import set_contact
from tests.world import World

BrowserFor = Callable[..., Any]
TEAM = Contact(
    "Rivermere PA register team", "Register.Team@example.com ", "+44 1632 960001", "Monday to Friday\n9 to 4"
)


def test_the_newest_counts_and_the_same_is_not_written_again(db: Db, world: World, now: datetime) -> None:
    here: dict[str, Any] = {"authority_id": world.authority, "by": world.register_manager, "now": now}
    assert contact_of(db, world.authority) is None
    for once in (uuid4(), uuid4()):
        set_contact(db, once=once, contact=TEAM, **here)
    assert db.scalar(select(func.count()).select_from(RegisterContact)) == 1
    found = contact_of(db, world.authority)
    assert found is not None
    assert (found.email, found.phone) == ("register.team@example.com", "01632 960 001")
    set_contact(db, once=uuid4(), contact=Contact("The register team", "", "01632 960 002", ""), **here)
    assert contact_of(db, world.authority) == Contact("The register team", "", "01632 960 002", "")
    assert contact_of(db, world.other_authority) is None


@pytest.mark.parametrize(
    "wrong",
    [
        Contact("", "team@example.com", "", ""),
        Contact("Team", "", "", "Monday"),
        Contact("Team", "no address", "", ""),
        Contact("Team", "", "12", ""),
        Contact("Team", "team@example.com", "", "9" * 201),
    ],
)
def test_a_team_that_cannot_be_reached_is_refused(db: Db, world: World, now: datetime, wrong: Contact) -> None:
    with pytest.raises(Refused):
        set_contact(db, once=uuid4(), authority_id=world.authority, contact=wrong, by=world.register_manager, now=now)


def test_only_managers_and_administrators_of_the_authority_write_it(db: Db, world: World, now: datetime) -> None:
    for nobody in (world.pa, world.register_officer, world.coordinator):
        with pytest.raises(NotFound):
            set_contact(db, once=uuid4(), authority_id=world.authority, contact=TEAM, by=nobody, now=now)
    with pytest.raises(NotFound):
        set_contact(db, once=uuid4(), authority_id=world.other_authority, contact=TEAM, by=world.admin, now=now)
    set_contact(db, once=uuid4(), authority_id=world.authority, contact=TEAM, by=world.admin, now=now)


def test_the_database_keeps_none_without_a_way(db: Db, world: World, now: datetime) -> None:
    row = {"id": uuid4(), "authority_id": world.authority, "team": "Team", "by": world.admin, "at": now}
    db.add(RegisterContact(**row, email="", phone="", hours=""))
    with pytest.raises(IntegrityError):
        db.flush()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_what_is_written_stands_where_pas_are_asked_to_talk(world: World, browser_for: BrowserFor) -> None:
    pa, manager = browser_for(world.pa), browser_for(world.register_manager)
    places = ("/register", f"/register/{world.authority}/code-of-conduct", f"/register/{world.authority}/checks")
    for place in places:
        assert "has not written here yet how to reach it" in pa.get(place).get_data(as_text=True)
    refused = manager.submit("/register/contact", {"team": "Rivermere <b>team</b>", "hours": "Mondays"})
    assert "Give an e-mail address or a telephone number" in refused.get_data(as_text=True)
    assert "Mondays" in refused.get_data(as_text=True), "nothing that was typed is lost"
    given = {"team": "Rivermere <b>team</b>", "email": "team@example.com", "phone": "01632 960001", "hours": "Mondays"}
    assert manager.submit("/register/contact", given).status_code == 302
    for place in (*places, "/register/contact"):
        shown = (manager if place.endswith("contact") else pa).get(place).get_data(as_text=True)
        assert 'href="tel:01632960001"' in shown
        assert 'href="mailto:team@example.com"' in shown
        assert "Rivermere &lt;b&gt;team&lt;/b&gt;" in shown
        assert "<b>team" not in shown
