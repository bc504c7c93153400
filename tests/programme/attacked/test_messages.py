"""Messages of coordinators, attacked: links by the back door, and fields that are filled in once and not again."""

from email import policy
from email.parser import BytesParser

import pytest
from sqlalchemy import select

from lms.core import work
from lms.core.house import House
from lms.core.words import Refused
from lms.notifications.models import Notice
from lms.notifications.writing.rules import Text
from lms.people.models import Person
from tests.conftest import StandingClock
from tests.notifications.writing.conftest import SITE, prepare, send_off
from tests.world import World

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

ABOUT = {"en": Text("Come to ((event))", "Hello ((first name)),\n\nsee ((event)).", "")}


@pytest.mark.parametrize("event", ["https://evil.example.net/x", "Fair, www.evil.example", "sign in at palms-login.co"])
def test_what_fills_the_event_leads_nowhere_else_either(
    event: str, house: House, world: World, clock: StandingClock
) -> None:
    with house.database.writing() as db:
        with pytest.raises(Refused, match="leads to PALMS alone"):
            prepare(db, world, [world.pa], clock(), texts=ABOUT, event=event)
        prepare(db, world, [world.pa], clock(), texts=ABOUT, event=f"Open day, {SITE}/events")  # our own page is none


def test_a_name_with_a_field_and_a_header_in_it_says_only_itself(
    house: House, world: World, clock: StandingClock
) -> None:
    with house.database.writing() as db:
        db.get_one(Person, world.pa).name = "((contact email)) %(name)s {{x}}\r\nBcc: all@example.com"
        id = prepare(db, world, [world.pa], clock())
        send_off(db, world, id, clock())
    work.do_all(house, now=clock())
    with house.database.reading() as db:
        notice = db.scalars(select(Notice).where(Notice.kind == "coordinator_message")).one()
    assert "((contact email)) %(name)s {{x}} Bcc: all@example.com" in notice.values["body"]
    assert house.settings.outbox is not None
    mail = BytesParser(policy=policy.default).parsebytes((house.settings.outbox / f"{notice.id}.eml").read_bytes())
    assert mail["Bcc"] is None
    assert mail["Subject"] == "News for ((contact"
