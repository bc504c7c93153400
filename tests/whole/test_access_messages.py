"""Every page about messages to people, and who may open it: all others get nothing, as for what is not there.

One row for each page; whoever adds a page adds its row, and what stands in its address to `things`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from werkzeug.exceptions import MethodNotAllowed

from lms.core import work
from lms.core.house import House
from lms.notifications.channels import services as channels
from lms.notifications.channels.models import AddressTrouble
from lms.notifications.letters.models import LetterFile
from lms.notifications.preferences import services as preferences
from lms.notifications.preferences import unsubscribing
from lms.notifications.preferences.models import MessagePreference, MobileCode, ThroughEmployer
from lms.notifications.preferences.rules import Purpose, Topic
from lms.notifications.writing import templates
from lms.notifications.writing.models import BulkMessage, MessageTemplate
from lms.people.models import Person
from tests.notifications.writing.conftest import SITE, TEXT, prepare, send_off
from tests.world import World

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

NOBODY = "nobody"
COORDINATOR = {"coordinator"}
SIGNED_IN = {
    "pa",
    "second pa",
    "employer",
    "representative",
    "assessor",
    "coordinator",
    "coordinator elsewhere",
    "admin",
}
HOUSEHOLD = {"employer", "representative"}

MAY: dict[str, set[str]] = {
    "/desk/messages?authority={authority}": COORDINATOR,
    "/desk/messages/new?authority={authority}&person={pa}": COORDINATOR,
    "/desk/messages/who?authority={authority}": COORDINATOR,
    "/desk/messages/not-reached?authority={authority}": COORDINATOR,
    "/desk/messages/templates?authority={authority}": COORDINATOR,
    "/desk/messages/templates/new?authority={authority}": COORDINATOR,
    "/desk/messages/templates/{template}?authority={authority}": COORDINATOR,
    "/desk/messages/{message}": COORDINATOR,
    "/desk/messages/{message}/people/{pa}": COORDINATOR,
    "/desk/messages/{message}/letters/1.pdf": COORDINATOR,
    "/account/messages": SIGNED_IN,
    "/account/messages/mobile": set(),  # no text messages are set up here
    "/account/messages/code": SIGNED_IN,
    "/my-pas/messages": HOUSEHOLD,
    "/no-more-mail/{link}": SIGNED_IN | {NOBODY},
}
POSTS: dict[str, set[str]] = {
    "/desk/messages/{message}/send": COORDINATOR,
    "/desk/messages/{message}/stop": COORDINATOR,
    "/desk/messages/{message}/letters/1/printed": COORDINATOR,
    "/desk/messages/templates/{template}/away?authority={authority}": COORDINATOR,
    "/desk/messages/not-reached/{second_pa}/email?authority={authority}": COORDINATOR,
    "/account/messages/mobile/away": SIGNED_IN,
    "/account/messages/through/{employer}/yes": {"pa"},
    "/my-pas/messages/{employer}/{pa}/no": HOUSEHOLD,
}
WRITTEN = (
    AddressTrouble,
    BulkMessage,
    LetterFile,
    MessagePreference,
    MessageTemplate,
    MobileCode,
    ThroughEmployer,
)
PREFIXES = ("/desk/messages", "/account/messages", "/my-pas/messages", "/no-more-mail")


@pytest.fixture
def who(world: World) -> dict[str, UUID | None]:
    """Everybody who might come by."""
    return {
        NOBODY: None,
        "pa": world.pa,
        "second pa": world.second_pa,
        "employer": world.employer_person,
        "representative": world.representative,
        "assessor": world.assessor,
        "coordinator": world.coordinator,
        "coordinator elsewhere": world.other_coordinator,
        "admin": world.admin,
    }


@pytest.fixture
def things(house: House, world: World, now: datetime) -> dict[str, object]:
    """What stands in the addresses: a message that was a letter, a template, a wish, an address that does not work."""
    template = uuid4()
    with house.database.writing() as db:
        db.execute(update(Person).where(Person.id == world.pa).values(email=None, username="pat"))
        message = prepare(db, world, [world.pa], now)
        send_off(db, world, message, now)
        templates.write(
            db,
            once=uuid4(),
            template_id=template,
            authority_id=world.authority,
            name="Hello",
            topic=Topic.LEARNING,
            language="en",
            text=TEXT,
            site=SITE,
            by=world.coordinator,
            now=now,
        )
        preferences.wish(db, employer_id=world.employer, pa_id=world.pa, wished=True, by=world.employer_person, now=now)
        channels.mark(db, address="sam.okoro@example.com", person_id=world.second_pa, why="550", now=now)
    work.do_all(house, now=now)
    return {
        "authority": world.authority,
        "pa": world.pa,
        "second_pa": world.second_pa,
        "employer": world.employer,
        "message": message,
        "template": template,
        "link": unsubscribing.link(house.settings, world.pa, Purpose.LEARNING).rpartition("/")[2],
    }


def test_everybody_opens_what_is_theirs_and_nothing_else(
    who: dict[str, UUID | None], things: dict[str, object], browser_for: BrowserFor
) -> None:
    browsers = {name: browser_for(person) for name, person in who.items()}
    wrong = {}
    for pattern, may in MAY.items():
        opened = set()
        for name, browser in browsers.items():
            answer = browser.get(pattern.format_map(things))
            answer.close()
            assert answer.status_code in {200, 302, 403, 404}, (pattern, name, answer.status_code)
            if answer.status_code == 200:
                opened.add(name)
        if opened != may:
            wrong[pattern] = {"too many": opened - may, "too few": may - opened}
    assert wrong == {}


def test_nobody_else_writes_anything(
    who: dict[str, UUID | None], things: dict[str, object], house: House, browser_for: BrowserFor
) -> None:
    def counted() -> list[int]:
        with house.database.reading() as db:
            return [db.scalar(select(func.count()).select_from(table)) or 0 for table in WRITTEN]

    before, wrong = counted(), {}
    for name, person in who.items():
        browser = browser_for(person)
        for pattern, may in (MAY | POSTS).items():
            if name not in may:
                answer = browser.post(pattern.format_map(things), {"once": str(uuid4())})
                answer.close()
                asked = answer.status_code == 302 and "/sign-in" in answer.location
                if answer.status_code not in {403, 404, 405} and not asked:
                    wrong[pattern, name] = answer.status_code
    assert wrong == {}
    assert counted() == before


def test_every_page_is_in_the_table(app: Flask, things: dict[str, object]) -> None:
    adapter = app.url_map.bind("localhost")
    known = set()
    for pattern in MAY | POSTS:
        for method in ("GET", "POST"):
            try:
                known.add(adapter.match(pattern.format_map(things).partition("?")[0], method=method)[0])
            except MethodNotAllowed:
                continue
    ours = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith(PREFIXES)}
    assert ours
    assert ours - known == set()
