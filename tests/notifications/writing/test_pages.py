"""The pages of a coordinator's messages: written, looked at, sent off, stopped, printed; nothing typed is lost."""

import io
import re
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from sqlalchemy import select, update

from lms.core import work
from lms.core.house import House
from lms.notifications.models import Notice
from lms.notifications.writing.models import BulkMessage, MessageTemplate
from lms.people.models import Person
from tests.conftest import StandingClock
from tests.world import World

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
WORDS = {"topic": "learning", "subject": "A word for ((first name))", "body": "Hello ((name))\n\nCome on Monday."}


def write(browser: Any, world: World, **more: str) -> str:
    """Write to one PA; the address of the page of what was prepared."""
    address = f"/desk/messages/new?person={world.pa}"
    answer = browser.submit(address, {**WORDS, **more})
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return str(answer.headers["Location"])


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.get_data(as_text=True))


def test_a_message_from_the_choice_of_a_person_to_their_mail(
    browser_for: BrowserFor, world: World, house: House, clock: StandingClock
) -> None:
    browser = browser_for(world.coordinator)
    assert "Pat Morgan" in text(browser.get("/desk/messages/who?name=pat"))
    one = write(browser, world)
    page = text(browser.get(one))
    assert "Send to 1 person" in page
    preview = text(browser.get(f"{one}/people/{world.pa}"))
    assert "A word for Pat" in preview
    assert "pat.morgan@example.com" in preview
    assert browser.post(f"{one}/send").status_code == 302
    work.do_all(house, now=clock())
    assert "1 of 1 have it" in text(browser.get(one))
    assert "What Pat Morgan got" in text(browser.get(f"{one}/people/{world.pa}"))
    assert "A word for ((first name))" in text(browser.get("/desk/messages"))
    assert "A word for Pat" in text(browser_for(world.pa).get("/messages"))


def test_what_cannot_go_out_is_refused_and_nothing_typed_is_lost(browser_for: BrowserFor, world: World) -> None:
    browser = browser_for(world.coordinator)
    for words, said in (
        ({"body": "See ((salary))"}, "There is no field ((salary))"),
        ({"body": "See https://palms.example.org/x"}, "Take out https://palms.example.org/x"),
        ({"topic": "work", "body": "You are on ((course))"}, "Take out ((course))"),
        ({"subject": ""}, "Write a subject."),
    ):
        page = text(browser.submit(f"/desk/messages/new?person={world.pa}", {**WORDS, **words}))
        assert said in page
        assert words.get("body", "Come on Monday.") in page
        assert "<title>Error:" in page


def test_users_words_are_never_a_template(browser_for: BrowserFor, world: World, house: House) -> None:
    browser = browser_for(world.coordinator)
    one = write(browser, world, subject="{{ 7*7 }} %(secret)s %s", body="{% raw %}<b>x</b> {{ config }} %(name)s")
    preview = text(browser.get(f"{one}/people/{world.pa}"))
    assert "{{ 7*7 }} %(secret)s %s" in preview
    assert "&lt;b&gt;x&lt;/b&gt; {{ config }} %(name)s" in preview


def test_a_name_that_looks_like_a_field_is_filled_in_as_it_is(
    browser_for: BrowserFor, world: World, house: House
) -> None:
    with house.database.writing() as db:
        db.execute(update(Person).where(Person.id == world.pa).values(name="((contact email)) Morgan"))
    browser = browser_for(world.coordinator)
    one = write(browser, world)
    preview = text(browser.get(f"{one}/people/{world.pa}"))
    assert "Hello ((contact email)) Morgan" in preview
    assert "cora.coordinator" not in preview


def test_another_authority_gets_404_everywhere(browser_for: BrowserFor, world: World, house: House) -> None:
    one = write(browser_for(world.coordinator), world)
    other = browser_for(world.other_coordinator)
    assert other.get(one).status_code == 404
    assert other.get(f"{one}/people/{world.pa}").status_code == 404
    assert other.get(f"/desk/messages/new?person={world.pa}").status_code == 404
    assert other.get(f"/desk/messages?authority={world.authority}").status_code == 404
    for what in ("send", "stop"):
        assert other.post(f"{one}/{what}").status_code == 404
    with house.database.reading() as db:
        row = db.scalars(select(BulkMessage)).one()
        assert (row.sent_off_at, row.stopped_at) == (None, None)


def test_a_template_is_written_offered_and_missed_in_welsh(browser_for: BrowserFor, world: World, house: House) -> None:
    browser = browser_for(world.coordinator)
    page = text(browser.get("/desk/messages/templates"))
    address = re.search(r'href="(/desk/messages/templates/new[^"]*)"', page)
    assert address
    given = {"name": "Welcome", "language": "en", **WORDS}
    assert browser.submit(address[1].replace("&amp;", "&"), given).status_code == 302
    page = text(browser.get("/desk/messages/templates"))
    assert "Welcome" in page
    assert "Missing" in page
    with house.database.reading() as db:
        template = db.scalars(select(MessageTemplate.template_id)).one()
    assert "Come on Monday." in text(browser.get(f"/desk/messages/new?person={world.pa}&template={template}"))
    assert "Come on Monday." not in text(
        browser_for(world.other_coordinator).get(f"/desk/messages/new?person={world.other_pa}&template={template}")
    )
    assert browser_for(world.other_coordinator).post(f"/desk/messages/templates/{template}/away").status_code == 404
    assert browser.post(f"/desk/messages/templates/{template}/away").status_code == 302
    assert "There is no template yet." in text(browser.get("/desk/messages/templates"))


def test_who_has_no_address_gets_a_letter_that_is_printed(
    browser_for: BrowserFor, world: World, house: House, clock: StandingClock
) -> None:
    with house.database.writing() as db:
        db.execute(update(Person).where(Person.id == world.pa).values(email=None, username="pat"))
    browser = browser_for(world.coordinator)
    one = write(browser, world, subject="Ŵythnos ((name))")
    browser.post(f"{one}/send")
    work.do_all(house, now=clock())
    pdf = browser.get(f"{one}/letters/1.pdf")
    assert pdf.status_code == 200
    with pikepdf.open(io.BytesIO(pdf.get_data())) as opened:
        assert len(opened.pages) == 1
        assert "/StructTreeRoot" in opened.Root
    assert browser_for(world.other_coordinator).get(f"{one}/letters/1.pdf").status_code == 404
    assert browser.post(f"{one}/letters/1/printed").status_code == 302
    assert "Printed and posted on" in text(browser.get(one))
    with house.database.reading() as db:
        assert db.scalars(select(Notice.outcome)).all() == ["printed"]
