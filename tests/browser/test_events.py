"""An event in a real browser: a coordinator plans it, a PA signs up on a phone, and axe looks at every page."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from lms.core.clock import london_day
from lms.learning import services as learning
from lms.programme.gatherings import placing
from lms.programme.gatherings.models import Gathering
from lms.programme.groups import services as groups
from lms.programme.groups.services import About
from tests.browser.site import Site, sign_in
from tests.browser.test_certificates_for_many import look
from tests.programme.gatherings.conftest import planned

NewPage = Callable[..., Page]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # pages look the same on either database


def prepare(site: Site) -> tuple[UUID, UUID]:
    """A full event with somebody who waits, and a group."""
    world, now, group = site.world, site.clock(), uuid4()
    by = {"by": world.coordinator, "now": now}
    with site.house.database.writing() as db:
        event = planned(db, world, now, capacity=1, paid=True, title="First aid for everybody at work")
        placing.take(db, once=uuid4(), gathering_id=event, needs="A chair", by=world.second_pa, now=now)
        since = london_day(now) - timedelta(days=1)
        groups.make_group(db, once=group, authority_id=world.authority, about=About("Autumn", None, since), **by)
        mine = learning.enrol(db, learner_id=world.pa, authority_id=world.authority, course="PAI", **by)
        groups.add_members(db, group_id=group, enrolment_ids=[mine], since=since, **by)
    return event, group


def test_a_coordinator_plans_and_a_pa_waits(site: Site, new_page: NewPage) -> None:
    event, group = prepare(site)
    desk = new_page(width=360)
    sign_in(desk, "cora.coordinator@example.com")
    for path in ("/desk/groups", f"/desk/groups/{group}", f"/desk/groups/{group}/add", "/desk/events"):
        desk.goto(path)
        look(desk)
    desk.goto("/desk/events/new")
    desk.get_by_role("button", name="Save").click()
    desk.locator(".govuk-error-summary").wait_for()
    look(desk)
    desk.get_by_label("Peer group").check()
    desk.get_by_label("What is it called?").fill("New PAs meet")
    soon = london_day(site.clock()) + timedelta(days=14)
    for label, value in (("Day", soon.day), ("Month", soon.month), ("Year", soon.year)):
        desk.get_by_label(label, exact=True).fill(str(value))
    desk.get_by_label("When does it start?").fill("18:30")
    desk.get_by_label("When does it end?").fill("20:00")
    desk.get_by_label("The place, for a venue").fill("Rivermere Library")
    desk.get_by_label("All PAs of your council").check()
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("The event is planned")).to_be_visible()
    look(desk)
    desk.goto(f"/desk/events/{event}")
    look(desk)
    phone = new_page(width=360)
    sign_in(phone, "pat.morgan@example.com")
    phone.goto("/events")
    look(phone)
    phone.get_by_role("link", name="First aid for everybody at work").click()
    look(phone)
    phone.get_by_role("button", name="Go on the waiting list").click()
    expect(phone.get_by_text("You are next")).to_be_visible()
    look(phone)
    phone.goto("/events/calendar")
    phone.get_by_role("button", name="Make my address").click()
    expect(phone.get_by_text("it is shown this one time")).to_be_visible()
    look(phone)
    with site.house.database.reading() as db:
        assert len(db.scalars(select(Gathering.id)).all()) == 2
