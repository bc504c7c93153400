"""Inviting and joining: links that are unknown, used, old or somebody else's, and people without e-mail."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from lms.core import work
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.learning import queries as learning
from lms.people import invitations, queries, services
from lms.people.rules import Role
from tests.conftest import StandingClock
from tests.world import World


def invite(house: House, world: World, *, email: str | None = "new@example.com", **more: Any) -> str:
    with house.database.writing() as db:
        secret = invitations.invite(
            db,
            name="New Person",
            email=email,
            role=more.pop("role", Role.PA),
            organisation_id=more.pop("organisation_id", world.authority),
            authority_id=world.authority,
            employer_id=more.pop("employer_id", None),
            course="PAI",
            by=world.coordinator,
            now=house.clock(),
            **more,
        )
    assert secret is not None
    return secret


JOINING = {"name": "New Person", "language": "en", "password": "a slow green river"}


def test_joining_gives_role_employer_and_course_at_once(
    house: House, world: World, browser_for: Callable[..., Any]
) -> None:
    link = f"/invitation/{invite(house, world, employer_id=world.employer)}"
    browser = browser_for()
    assert browser.submit(link, JOINING).status_code == 302
    assert "Hello, New Person" in browser.get("/").get_data(as_text=True)
    with house.database.reading() as db:
        found = queries.people_in(db, world.authority, Role.PA, house.clock().date(), search="New Person")
        assert [e.id for e in queries.employers_of(db, found[0].id, house.clock().date())] == [world.employer]
        assert [e.course for e in learning.enrolments_of(db, found[0].id)] == ["PAI"]


def test_a_link_works_once(house: House, world: World, browser_for: Callable[..., Any]) -> None:
    link = f"/invitation/{invite(house, world)}"
    first, second = browser_for(), browser_for()
    first.get(link)
    assert first.submit(link, JOINING).status_code == 302
    answer = second.get(link)
    assert answer.status_code == 410
    assert "used already" in answer.get_data(as_text=True)


def test_an_old_link_says_whom_to_ask(
    house: House, world: World, browser_for: Callable[..., Any], clock: StandingClock
) -> None:
    link = f"/invitation/{invite(house, world)}"
    clock.on(days=29)
    answer = browser_for().get(link)
    assert answer.status_code == 410
    assert "Ask the person who invited you" in answer.get_data(as_text=True)


def test_an_unknown_link_is_not_found(world: World, browser_for: Callable[..., Any]) -> None:
    assert browser_for().get("/invitation/nothing-like-it").status_code == 404


def test_a_link_sent_to_somebody_else_cannot_be_used_by_who_is_signed_in(
    house: House, world: World, browser_for: Callable[..., Any]
) -> None:
    link = f"/invitation/{invite(house, world)}"
    assert browser_for(world.other_pa).post(link).status_code == 409


def test_somebody_who_is_here_signs_in_first(house: House, world: World, browser_for: Callable[..., Any]) -> None:
    link = f"/invitation/{invite(house, world, email='olwen.price@example.com')}"
    answer = browser_for().get(link)
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in?next=/invitation/")
    browser = browser_for(world.other_pa)
    assert browser.submit(link, {}, to=link).status_code == 302
    with house.database.reading() as db:
        assert queries.holds(db, world.other_pa, Role.PA, [world.authority], house.clock().date())


def test_a_password_that_is_too_short_loses_nothing(
    house: House, world: World, browser_for: Callable[..., Any]
) -> None:
    link = f"/invitation/{invite(house, world)}"
    browser = browser_for()
    answer = browser.submit(link, {**JOINING, "name": "Somebody Renamed", "password": "short"})
    page = answer.get_data(as_text=True)
    assert "at least 10 characters" in page
    assert 'value="Somebody Renamed"' in page
    assert browser.submit(link, JOINING).status_code == 302


def test_inviting_by_the_page_twice_makes_one_invitation(
    house: House, world: World, browser_for: Callable[..., Any]
) -> None:
    browser = browser_for(world.coordinator)
    once = str(uuid4())
    form = {"name": "Twice", "email": "twice@example.com", "language": "en", "employer": "", "once": once}
    assert browser.post("/people/invite", form).status_code == 302
    assert browser.post("/people/invite", form).status_code == 302
    work.do_all(house, now=house.clock())
    outbox = house.settings.outbox
    assert outbox is not None
    assert len(list(outbox.glob("*.eml"))) == 1


def test_the_link_is_in_the_mail_and_nowhere_in_the_database_after_sending(house: House, world: World) -> None:
    secret = invite(house, world)
    work.do_all(house, now=house.clock())
    outbox = house.settings.outbox
    assert outbox is not None
    assert any(secret in path.read_text() for path in outbox.glob("*.eml"))
    with house.database.reading() as db:
        tables = ("lms_notice", "lms_event", "lms_work", "lms_invitation")
        rows = [str(tuple(row)) for name in tables for row in db.connection().exec_driver_sql(f"SELECT * FROM {name}")]  # noqa: S608  names of our own tables
    assert not any(secret in row for row in rows)


def test_somebody_without_email_gets_a_username_and_a_passphrase(
    house: House, world: World, browser_for: Callable[..., Any]
) -> None:
    browser = browser_for(world.coordinator)
    form = {"name": "Siân Ŵyn", "email": "", "language": "cy", "employer": "", "once": str(uuid4())}
    page = browser.post("/people/invite", form).get_data(as_text=True)
    username, passphrase = re.findall(r"<strong>([^<]+)</strong>", page)
    assert username == "sian.wyn"
    newcomer = browser_for()
    assert newcomer.submit("/sign-in", {"email": username, "password": passphrase}).status_code == 302
    assert '<html lang="cy"' in newcomer.get("/").get_data(as_text=True)


def test_an_employer_behind_another_wall_cannot_be_linked(house: House, world: World) -> None:
    with pytest.raises(NotFound):
        invite(house, world, employer_id=world.other_employer)


def test_a_role_has_to_fit_the_organisation(house: House, world: World) -> None:
    with pytest.raises(Refused):
        invite(house, world, role=Role.COORDINATOR, organisation_id=world.college)


def test_a_coordinator_sees_no_pa_of_another_authority(world: World, browser_for: Callable[..., Any]) -> None:
    browser = browser_for(world.coordinator)
    assert "Olwen" not in browser.get("/people").get_data(as_text=True)
    for path in (f"/people/{world.other_pa}", f"/people/{UUID(int=5)}"):
        assert browser.get(path).status_code == 404
    assert browser.get(f"/people?authority={world.other_authority}").status_code == 404


def test_an_ended_role_opens_nothing_the_next_day(
    house: House, world: World, browser_for: Callable[..., Any], clock: StandingClock
) -> None:
    browser = browser_for(world.coordinator)
    assert browser.get("/people").status_code == 200
    with house.database.writing() as db:
        services.end_role(
            db,
            person_id=world.coordinator,
            organisation_id=world.authority,
            role=Role.COORDINATOR,
            by=world.admin,
            now=clock(),
            until=clock().date(),
        )
    assert browser.get("/people").status_code == 200
    clock.on(days=1)
    assert browser_for(world.coordinator).get("/people").status_code == 403
