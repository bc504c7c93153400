"""Pages on which an employer lets somebody act."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from lms.core.clock import london_day
from lms.core.house import House
from lms.core.words import Refused
from lms.funding.permissions import appointing
from lms.people import agreements, invitations
from lms.people import queries as people
from lms.people import services as people_services
from lms.people.rules import Role
from tests.funding.employers.conftest import enrol
from tests.world import World

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def test_the_errors_stand_in_the_order_of_the_page(
    browser_for: Callable[..., Any], house: House, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        enrol(db, world, now)
    path = f"/training-permissions/new?household={world.employer}"
    page = browser_for(world.employer_person).submit(path, {}).get_data(as_text=True)
    summary = page[: page.index("<h1")]
    errors = (
        "Choose an organisation.",
        "Choose at least one thing that they may do.",
        "Choose at least one PA.",
        "Choose for which money they may act.",
    )
    places = [summary.index(error) for error in errors]
    assert places == sorted(places)


def test_a_coordinator_invites_lists_and_ends_advisers(
    browser_for: Callable[..., Any], house: House, world: World, now: datetime
) -> None:
    desk = browser_for(world.coordinator)
    assert "Advisers of organisations" in desk.get("/funding/permissions").get_data(as_text=True)
    assert "Rivermere Independent Living" in desk.get("/funding/permissions/advisers").get_data(as_text=True)
    path = f"/funding/permissions/advisers/{world.support}"
    assert "Vic Adviser" in desk.get(path).get_data(as_text=True)
    wrong = desk.submit(path, {"name": "", "email": ""}).get_data(as_text=True)
    assert "Enter their name." in wrong
    assert desk.submit(path, {"name": "Nia New", "email": "nia@example.com", "language": "en"}).status_code == 302
    assert "Nia New" in desk.get(path).get_data(as_text=True)
    with house.database.reading() as db:
        (invited,) = appointing.waiting(db, world.authority, world.support, now)
    assert (invited.role, invited.organisation_id) == (Role.ADVISER, world.support)
    desk.post(f"{path}/{world.adviser}/end")
    with house.database.reading() as db:
        today = london_day(now)
        assert people.holds(db, world.adviser, Role.ADVISER, [world.support], today)
        assert not people.holds(db, world.adviser, Role.ADVISER, [world.support], today + timedelta(days=1))


def test_an_adviser_whom_another_council_invited_is_not_ended_here(
    browser_for: Callable[..., Any], house: House, world: World, now: datetime
) -> None:
    today = london_day(now)
    with house.database.writing() as db:
        people_services.make_agreement(
            db, authority_id=world.other_authority, organisation_id=world.support, since=today
        )
        secret = invitations.invite(
            db, name="Olu Other", email="olu@example.com", role=Role.ADVISER, organisation_id=world.support,
            authority_id=world.other_authority, by=world.other_coordinator, now=now,
        )  # fmt: skip
        assert secret
        olu = invitations.accept(
            db, secret, name="Olu Other", language="en", password="a long enough password", now=now
        )
    path = f"/funding/permissions/advisers/{world.support}"
    desk = browser_for(world.coordinator)
    shown = desk.get(path).get_data(as_text=True)
    assert "Invited by another council, which ends it." in shown
    assert f"{olu}/end" not in shown
    desk.post(f"{path}/{olu}/end")
    with house.database.reading() as db:
        assert people.holds(db, olu, Role.ADVISER, [world.support], today + timedelta(days=1))
    browser_for(world.other_coordinator).post(f"{path}/{olu}/end")
    with house.database.reading() as db:
        assert not people.holds(db, olu, Role.ADVISER, [world.support], today + timedelta(days=1))


def test_without_an_agreement_there_are_no_advisers_to_see_or_invite(
    browser_for: Callable[..., Any], house: House, world: World, now: datetime
) -> None:
    yesterday = london_day(now) - timedelta(days=1)
    with house.database.writing() as db:
        agreements.end(
            db, authority_id=world.authority, organisation_id=world.support, until=yesterday, today=london_day(now)
        )
    desk = browser_for(world.coordinator)
    assert desk.get(f"/funding/permissions/advisers/{world.support}").status_code == 404
    assert "Rivermere Independent Living" not in desk.get("/funding/permissions/advisers").get_data(as_text=True)


def test_an_adviser_of_a_council_that_works_with_the_organisation_no_more_is_ended_by_one_that_does(
    browser_for: Callable[..., Any], house: House, world: World, now: datetime
) -> None:
    today = london_day(now)
    with house.database.writing() as db:
        there = {"authority_id": world.other_authority, "organisation_id": world.support}
        people_services.make_agreement(db, since=today - timedelta(days=9), **there)
        secret = invitations.invite(
            db, name="Olu Other", email="olu@example.com", role=Role.ADVISER, by=world.other_coordinator, now=now,
            **there,
        )  # fmt: skip
        assert secret
        olu = invitations.accept(db, secret, name="Olu", language="en", password="a long enough password", now=now)
        agreements.end(db, until=today - timedelta(days=1), today=today, **there)
    browser_for(world.coordinator).post(f"/funding/permissions/advisers/{world.support}/{olu}/end")
    with house.database.reading() as db:
        assert not people.holds(db, olu, Role.ADVISER, [world.support], today + timedelta(days=1))


def test_an_invitation_to_advise_opens_nothing_once_the_agreement_is_over(
    house: House, world: World, now: datetime
) -> None:
    later = now + timedelta(days=1)
    with house.database.writing() as db:
        secret = invitations.invite(
            db, name="Nia New", email="nia@example.com", role=Role.ADVISER, organisation_id=world.support,
            authority_id=world.authority, by=world.coordinator, now=now,
        )  # fmt: skip
        assert secret
        today = london_day(now)
        agreements.end(db, authority_id=world.authority, organisation_id=world.support, until=today, today=today)
        assert invitations.open_invitation(db, secret, now=now).role is Role.ADVISER, "the last day counts"
        with pytest.raises(Refused, match="does not work with"):
            invitations.accept(db, secret, name="Nia", language="en", password="a long enough password", now=later)


def test_an_adviser_who_is_invited_anew_on_their_last_day_stays(house: House, world: World, now: datetime) -> None:
    today = london_day(now)
    here = {"organisation_id": world.support, "role": Role.ADVISER}
    with house.database.writing() as db:
        people_services.end_role(db, person_id=world.adviser, by=world.coordinator, now=now, until=today, **here)
        email = people.person(db, world.adviser).email
        secret = invitations.invite(
            db, name="Vic Adviser", email=email, authority_id=world.authority, by=world.coordinator, now=now, **here
        )
        assert secret
        invitations.accept_as(db, secret, person_id=world.adviser, now=now)
        assert people.holds(db, world.adviser, Role.ADVISER, [world.support], today)
        assert people.holds(db, world.adviser, Role.ADVISER, [world.support], today + timedelta(days=1))
