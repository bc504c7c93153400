"""What somebody behind one wall tries with what belongs behind another, and what happens when they ask twice."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import NotFound
from lms.people import invitations, queries, services
from lms.people.rules import Role
from tests.world import World


@pytest.fixture
def shared_pa(house: House, world: World) -> UUID:
    """A PA known to both authorities, who works for an employer behind each wall."""
    now = house.clock()
    since = london_day(now) - timedelta(days=30)
    with house.database.writing() as db:
        services.give_role(
            db, person_id=world.pa, organisation_id=world.other_authority, role=Role.PA, by=None, now=now, since=since
        )
        services.start_employment(db, pa_id=world.pa, employer_id=world.other_employer, since=since, by=None, now=now)
    return world.pa


def facts(db: Db, kind: str) -> int:
    return db.scalar(select(func.count()).select_from(EventRow).where(EventRow.kind == kind)) or 0


def works_for(house: House, pa: UUID) -> set[UUID]:
    with house.database.reading() as db:
        return {link.id for link in queries.employers_of(db, pa, london_day(house.clock()) + timedelta(days=1))}


def test_a_coordinator_does_not_read_who_employs_their_pa_behind_another_wall(
    world: World, shared_pa: UUID, browser_for: Callable[..., Any]
) -> None:
    page = browser_for(world.coordinator).get(f"/people/{shared_pa}").get_data(as_text=True)
    assert "Amina Yusuf" in page
    assert "Eleri Wynne" not in page


def test_a_coordinator_ends_no_employment_behind_another_wall(
    world: World, shared_pa: UUID, house: House, browser_for: Callable[..., Any]
) -> None:
    browser = browser_for(world.coordinator)
    assert browser.post(f"/people/{shared_pa}/employers/{world.other_employer}/end").status_code == 404
    assert world.other_employer in works_for(house, shared_pa)


def test_a_coordinator_of_both_links_a_pa_only_behind_a_wall_they_are_known_behind(
    world: World, house: House, browser_for: Callable[..., Any]
) -> None:
    with house.database.writing() as db:
        for place in (world.authority, world.other_authority):
            services.give_role(
                db,
                person_id=world.admin,
                organisation_id=place,
                role=Role.COORDINATOR,
                by=None,
                now=house.clock(),
            )
    browser = browser_for(world.admin)
    page = browser.get(f"/people/{world.other_pa}").get_data(as_text=True)
    assert str(world.other_employer) in page
    assert str(world.employer) not in page
    sent = {"employer": str(world.employer), "since": ["1", "11", "2026"]}
    assert browser.submit(f"/people/{world.other_pa}", sent).status_code == 200
    assert works_for(house, world.other_pa) == {world.other_employer}


def test_ending_an_employment_twice_is_recorded_once(
    world: World, house: House, browser_for: Callable[..., Any]
) -> None:
    browser = browser_for(world.coordinator)
    for _ in range(2):
        assert browser.post(f"/people/{world.pa}/employers/{world.employer}/end").status_code == 302
    with house.database.reading() as db:
        assert facts(db, "EmploymentEnded") == 1


def test_ending_a_role_twice_is_recorded_once(world: World, house: House) -> None:
    now = house.clock()
    for _ in range(2):
        with house.database.writing() as db:
            services.end_role(
                db,
                person_id=world.pa,
                organisation_id=world.authority,
                role=Role.PA,
                by=world.admin,
                now=now,
                until=london_day(now),
            )
    with house.database.reading() as db:
        assert facts(db, "RoleEnded") == 1


def test_a_new_passphrase_is_not_a_way_into_other_roles(
    world: World, house: House, browser_for: Callable[..., Any]
) -> None:
    now = house.clock()
    with house.database.writing() as db:
        both = services.add_person(db, name="Mair Pritchard", username="mair.pritchard", by=None, now=now)
        for where, role in ((world.authority, Role.PA), (world.other_authority, Role.REGISTER_MANAGER)):
            services.give_role(db, person_id=both, organisation_id=where, role=role, by=None, now=now)
    answer = browser_for(world.coordinator).post(f"/people/{both}/passphrase")
    assert answer.status_code == 302
    with house.database.reading() as db:
        assert facts(db, "PasswordSet") == 0


def test_a_new_passphrase_for_somebody_who_is_only_a_pa(
    world: World, house: House, browser_for: Callable[..., Any]
) -> None:
    now = house.clock()
    with house.database.writing() as db:
        pa = services.add_person(db, name="Mair Pritchard", username="mair.pritchard", by=None, now=now)
        services.give_role(db, person_id=pa, organisation_id=world.authority, role=Role.PA, by=None, now=now)
    assert browser_for(world.coordinator).post(f"/people/{pa}/passphrase").status_code == 200


def test_a_forms_number_opens_no_household_behind_another_wall(
    world: World, house: House, browser_for: Callable[..., Any]
) -> None:
    sent = {"name": "Mallory", "email": "mallory@example.com", "language": "en", "once": str(world.other_employer)}
    assert browser_for(world.coordinator).submit("/employers/invite", sent).status_code == 404
    with house.database.reading() as db:
        assert facts(db, "PersonInvited") == 0


def test_a_coordinator_of_both_invites_behind_the_employers_own_wall(
    world: World, house: House, browser_for: Callable[..., Any]
) -> None:
    with house.database.writing() as db:
        for where in (world.authority, world.other_authority):
            services.give_role(
                db, person_id=world.admin, organisation_id=where, role=Role.COORDINATOR, by=None, now=house.clock()
            )
    browser = browser_for(world.admin)
    for number, (home, wall) in enumerate(
        ((world.employer, world.authority), (world.other_employer, world.other_authority))
    ):
        sent = {"name": "Ruth", "email": f"ruth.{number}@example.com", "language": "en"}
        assert browser.submit(f"/employers/{home}", sent).status_code == 302
        with house.database.reading() as db:
            [waiting] = invitations.waiting_for(db, home, now=house.clock())
            assert waiting.authority_id == wall


def test_nobody_is_invited_into_a_place_behind_another_wall(db: Db, world: World, house: House) -> None:
    for place, role in ((world.other_employer, Role.EMPLOYER), (world.other_authority, Role.PA)):
        with pytest.raises(NotFound):
            invitations.invite(
                db,
                name="Mallory",
                email="mallory@example.com",
                role=role,
                organisation_id=place,
                authority_id=world.authority,
                by=world.coordinator,
                now=house.clock(),
            )
