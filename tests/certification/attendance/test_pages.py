"""The pages of workshops."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from lms.certification import services
from lms.certification.attendance import queries
from lms.certification.models import Certificate
from lms.certification.rules import WithdrawalReason
from lms.core import work
from lms.core.house import House
from tests.world import World

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
PAGE = "/certificates/workshops"
SENT = {"title": "Moving well", "on": ["20", "11", "2026"], "hours": "2.5", "place": "in_person", "led_by": ""}
Browsers = Callable[..., Any]


def recorded(browser: Any) -> str:
    """A workshop recorded on the page; returns its address."""
    answer = browser.submit(f"{PAGE}/new", SENT)
    assert answer.status_code == 302
    return str(answer.location).removesuffix("/people")


def test_a_workshop_from_the_first_line_to_the_certificates(
    house: House, world: World, now: datetime, browser_for: Browsers
) -> None:
    browser = browser_for(world.coordinator)
    assert "No workshop is recorded yet." in browser.get(PAGE).text
    workshop = recorded(browser)
    assert "Pat Morgan" in browser.get(f"{workshop}/people").text
    browser.submit(f"{workshop}/people", {"people": [str(world.pa), str(world.second_pa)]})
    page = browser.get(workshop).text
    assert "Pat Morgan" in page
    assert "2 people have no certificate for this yet." in page
    assert "Pat Morgan" not in re.sub(r"\s+", " ", browser.get(f"{workshop}/people").text).split("Or tick them")[1]
    with house.database.reading() as db:
        line = queries.present(db, UUID(workshop.rpartition("/")[2]))[1]
    browser.post(f"{workshop}/people/{line.id}/take-off")
    page = browser.get(f"{workshop}/issue").text
    assert "1 person gets one" in page
    answer = browser.submit(f"{workshop}/issue")
    assert "/certificates/batches/" in answer.location
    assert "Not issued yet" in browser.get(workshop).text or "Counts" in browser.get(workshop).text
    work.do_all(house, now=now)
    assert "1 certificate was issued." in browser.get(answer.location).text
    assert "Certificates issued" in browser.get(PAGE).text
    with house.database.writing() as db:
        (made,) = db.scalars(select(Certificate).where(Certificate.kind == "attendance"))
        page = browser.get(workshop).text
        link = f'href="/certificates/issued/{made.id}">{made.number}</a> <strong class="govuk-tag '
        assert link + 'govuk-tag--green">Counts</strong>' in page
        reason = WithdrawalReason.GROUND_FELL_AWAY
        services.withdraw(db, certificate_id=made.id, reason=reason, by=world.coordinator, now=now)
    assert link + 'govuk-tag--red">Withdrawn</strong>' in browser.get(workshop).text
    assert browser.get(f"/certificates/issued/{made.id}").status_code == 200
    assert "stays" in browser.submit(f"{workshop}/correct", SENT).text


def test_a_pasted_list_adds_who_is_found_and_gives_the_rest_back_with_why(
    house: House, world: World, browser_for: Browsers
) -> None:
    browser = browser_for(world.coordinator)
    workshop = recorded(browser)
    listed = "pat.morgan@example.com\nSam Okoro\nOlwen Price\n<b>Nobody</b>"
    page = browser.submit(f"{workshop}/people", {"listed": listed}, to=f"{workshop}/list").text
    assert "2 people of your list are found" in page
    assert "2 lines are left" in page
    assert "&lt;b&gt;Nobody&lt;/b&gt;" in page
    assert "Olwen Price" in page  # somebody else's PA is nobody here
    with house.database.reading() as db:
        there = {each.person_id for each in queries.present(db, UUID(workshop.rpartition("/")[2]))}
    assert there == {world.pa, world.second_pa}
    answer = browser.submit(f"{workshop}/people", {"listed": "sam okoro"}, to=f"{workshop}/list")
    assert answer.status_code == 302


def test_what_was_typed_wrong_comes_back_with_how_to_mend_it(world: World, browser_for: Browsers) -> None:
    browser = browser_for(world.coordinator)
    for wrong, said in (
        ({"hours": "2:07"}, "Enter hours in quarters"),
        ({"on": ["22", "11", "2026"]}, "Choose the day it was held"),
        ({"title": ""}, "Say what the workshop was called."),
        ({"place": "at home"}, "Error:"),
    ):
        page = browser.submit(f"{PAGE}/new", {**SENT, **wrong})
        assert page.status_code == 200
        assert said in page.text


def test_a_double_tap_records_one(house: House, world: World, browser_for: Browsers) -> None:
    browser, once = browser_for(world.coordinator), str(uuid4())
    for _ in range(2):
        assert browser.post(f"{PAGE}/new", {**SENT, "once": once}).status_code == 302
    with house.database.reading() as db:
        assert queries.workshops_in(db, world.authority, offset=0, limit=10)[1] == 1


def test_another_authoritys_workshop_is_not_there_in_any_way(house: House, world: World, browser_for: Browsers) -> None:
    workshop = recorded(browser_for(world.coordinator))
    stranger = browser_for(world.other_coordinator)
    for path in (workshop, f"{workshop}/people", f"{workshop}/correct", f"{workshop}/issue"):
        assert stranger.get(path).status_code == 404
        assert stranger.post(path).status_code in {404, 405}
    assert stranger.post(f"{workshop}/list", {"listed": "x"}).status_code == 404
    assert stranger.post(f"{workshop}/people/{uuid4()}/take-off").status_code == 404
    assert "Moving well" not in stranger.get(PAGE).text
    for person in (world.pa, world.employer_person, world.admin):
        assert browser_for(person).get(PAGE).status_code == 403


def test_somebody_elses_pa_cannot_be_ticked(house: House, world: World, browser_for: Browsers) -> None:
    browser = browser_for(world.coordinator)
    workshop = recorded(browser)
    answer = browser.submit(f"{workshop}/people", {"people": [str(world.other_pa)]})
    assert answer.status_code == 200
    assert "Error:" in answer.text
    with house.database.reading() as db:
        assert queries.present(db, UUID(workshop.rpartition("/")[2])) == []
