"""Roles for a period: given, ended and told of, on both databases; and what nobody can do."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms.core.clock import london_day
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.notifications.models import Notice
from lms.people import holding, invitations, queries
from lms.people.models import Invitation
from lms.people.rules import Role
from lms.programme.authority import ending, roles
from lms.programme.authority.models import RoleChange
from lms.programme.authority.roles import Wanted
from lms.programme.authority.words import RoleStep
from tests.conftest import StandingClock
from tests.programme.authority.conftest import role_of
from tests.world import World

BrowserFor = Callable[..., Any]


def wanted(world: World, now: datetime, **more: Any) -> Wanted:
    said: dict[str, Any] = {
        "name": "Fay Funding",
        "email": "fay.funding@example.com",
        "role": Role.COORDINATOR,
        "since": london_day(now),
        "until": None,
        "reason": "Stands in while Cora is away",
    }
    return Wanted(**{**said, **more})


def give(house: House, world: World, now: datetime, *, by: UUID, once: UUID | None = None, **more: Any) -> None:
    with house.database.writing() as db:
        asked = wanted(world, now, **more)
        roles.give(db, once=once or uuid4(), authority_id=world.authority, wanted=asked, by=by, now=now)


def kinds_told(house: House, person: UUID) -> list[str]:
    with house.database.reading() as db:
        return sorted(db.scalars(select(Notice.kind).where(Notice.person_id == person)))


def test_a_role_counts_from_its_first_to_its_last_day_and_all_are_told(
    house: House, world: World, beside: UUID, now: datetime
) -> None:
    today, number = london_day(now), uuid4()
    first, last = today + timedelta(days=3), today + timedelta(days=5)
    for _twice in range(2):
        give(house, world, now, by=world.admin, once=number, since=first, until=last)
    with house.database.reading() as db:
        for offset, expected in ((0, False), (2, False), (3, True), (5, True), (6, False)):
            viewer = queries.viewer_of(db, world.funding_officer, today + timedelta(days=offset))
            assert viewer is not None
            assert viewer.has(Role.COORDINATOR) is expected
        change = db.scalars(select(RoleChange)).one()
        facts = [row.kind for row in db.scalars(select(EventRow).where(EventRow.about == world.funding_officer))]
    assert (change.what, change.reason, change.by) == (RoleStep.GIVEN, "Stands in while Cora is away", world.admin)
    assert facts.count("RoleGiven") == 2, "the one of the world and this one"
    assert facts.count("StaffRoleChanged") == 1
    assert kinds_told(house, world.funding_officer) == ["role_given"]
    assert kinds_told(house, beside) == ["role_told_given"]
    assert kinds_told(house, world.admin) == [], "who did it knows"


def test_a_role_ends_at_midnight_in_london(
    house: House, world: World, beside: UUID, clock: StandingClock, browser_for: BrowserFor
) -> None:
    clock.now = datetime(2027, 6, 30, 12, tzinfo=UTC)  # summer: London is an hour ahead of UTC
    give(house, world, clock.now, by=world.admin, since=date(2027, 6, 30), until=date(2027, 6, 30))
    clock.now = datetime(2027, 6, 30, 22, 59, tzinfo=UTC)
    officer = browser_for(world.funding_officer)
    assert officer.get("/desk").status_code == 200
    clock.now = datetime(2027, 6, 30, 23, 0, tzinfo=UTC)
    assert officer.get("/desk").status_code == 403


def test_somebody_who_is_not_here_is_invited_for_the_time(
    house: House, world: World, beside: UUID, clock: StandingClock
) -> None:
    now, today = clock.now, london_day(clock.now)
    last, number = today + timedelta(days=20), uuid4()
    for _twice in range(2):
        give(house, world, now, by=world.admin, once=number, name="Nia New", email="nia@example.com", until=last)
    assert kinds_told(house, beside) == ["role_told_invited"]
    with house.database.writing() as db:
        secret = db.scalars(select(Notice.secret).where(Notice.kind == "invitation")).one()
        assert secret
        joined = invitations.accept(
            db, secret, name="Nia New", language="en", password="three long words", now=now + timedelta(days=2)
        )
    with house.database.reading() as db:
        held = holding.of_person(db, joined, world.authority)
        assert [(each.role, each.since, each.until) for each in held] == [
            (Role.COORDINATOR, today + timedelta(days=2), last)
        ]
        change = roles.changes(db, world.authority)[0]
    assert (change.name, change.what, change.reason) == ("Nia New", RoleStep.INVITED, "Stands in while Cora is away")


def test_an_invitation_whose_time_is_over_opens_nothing(
    house: House, world: World, beside: UUID, clock: StandingClock
) -> None:
    today = london_day(clock.now)
    give(house, world, clock.now, by=world.admin, email="nia@example.com", until=today + timedelta(days=3))
    with house.database.writing() as db:
        secret = db.scalars(select(Notice.secret).where(Notice.kind == "invitation")).one()
        assert secret
        with pytest.raises(Refused, match="too old"):
            invitations.open_invitation(db, secret, now=clock.now + timedelta(days=4))


def test_who_has_an_account_elsewhere_is_invited_like_a_stranger(
    house: House, world: World, beside: UUID, now: datetime
) -> None:
    give(house, world, now, by=world.admin, email="owain.coordinator@example.com")
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Invitation)) == 1
        assert holding.of_person(db, world.other_coordinator, world.authority) == []


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"email": "ada.admin@example.com"}, "cannot give yourself"),
        ({"email": " ADA.Admin@Example.com "}, "cannot give yourself"),
        ({"role": Role.PA}, "not given here"),
        ({"role": Role.VERIFIER}, "not given here"),
        ({"since": date(2026, 11, 20)}, "today or a later day"),
        ({"until": date(2026, 11, 20)}, "cannot be before the first"),
        ({"reason": "  x "}, "why"),
        ({"role": Role.FUNDING_OFFICER}, "already"),
        ({"email": "not an address"}, "e-mail address"),
    ],
)
@pytest.mark.usefixtures("beside")
def test_what_is_refused_writes_nothing(
    house: House, world: World, now: datetime, more: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        give(house, world, now, by=world.admin, **more)
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(RoleChange)) == 0
        assert db.scalar(select(func.count()).select_from(Invitation)) == 0


@pytest.mark.parametrize("who", ["coordinator", "elsewhere", "pa"])
@pytest.mark.usefixtures("beside")
def test_nobody_but_an_admin_of_the_place_gives_or_ends(
    house: House, world: World, elsewhere: UUID, now: datetime, who: str
) -> None:
    by = {"coordinator": world.coordinator, "elsewhere": elsewhere, "pa": world.pa}[who]
    row = role_of(house, world, world.funding_officer, Role.FUNDING_OFFICER)
    with pytest.raises(NotFound):
        give(house, world, now, by=by)
    asked: dict[str, Any] = {"authority_id": world.authority, "role_id": row.id, "reason": "because", "by": by}
    with house.database.writing() as db:
        with pytest.raises(NotFound):
            roles.end_now(db, once=uuid4(), now=now, **asked)
        with pytest.raises(NotFound):
            roles.change_end(db, once=uuid4(), now=now, until=None, seen="open", **asked)
        elsewhere_asked = {**asked, "by": elsewhere, "authority_id": world.other_authority}
        with pytest.raises(NotFound):
            roles.end_now(db, once=uuid4(), now=now, **elsewhere_asked)
    assert role_of(house, world, world.funding_officer, Role.FUNDING_OFFICER) == row


def end(house: House, world: World, now: datetime, role_id: UUID, *, by: UUID) -> None:
    with house.database.writing() as db:
        roles.end_now(
            db, once=uuid4(), authority_id=world.authority, role_id=role_id, reason="Has left us", by=by, now=now
        )


def test_ended_now_it_opens_nothing_from_this_moment(
    house: House, world: World, beside: UUID, now: datetime, browser_for: BrowserFor
) -> None:
    officer = browser_for(world.funding_officer)
    assert officer.get("/funding/claims").status_code == 200
    row = role_of(house, world, world.funding_officer, Role.FUNDING_OFFICER)
    end(house, world, now, row.id, by=world.admin)
    assert officer.get("/funding/claims").status_code == 403
    assert kinds_told(house, world.funding_officer) == ["role_ended"]
    assert kinds_told(house, beside) == ["role_told_ended"]


def test_a_role_to_come_is_taken_back(house: House, world: World, beside: UUID, now: datetime) -> None:
    give(house, world, now, by=world.admin, since=london_day(now) + timedelta(days=9))
    row = role_of(house, world, world.funding_officer, Role.COORDINATOR)
    end(house, world, now, row.id, by=beside)
    with house.database.reading() as db:
        held = [each.role for each in holding.of_person(db, world.funding_officer, world.authority)]
        what = {each.what for each in roles.changes(db, world.authority)}
    assert held == [Role.FUNDING_OFFICER]
    assert what == {RoleStep.GIVEN, RoleStep.TAKEN_BACK}


def test_the_last_admin_cannot_go(house: House, world: World, beside: UUID, now: datetime) -> None:
    mine, theirs = role_of(house, world, world.admin, Role.ADMIN), role_of(house, world, beside, Role.ADMIN)
    end(house, world, now, theirs.id, by=beside)
    with pytest.raises(Refused, match="Somebody has to be administrator"):
        end(house, world, now, mine.id, by=world.admin)
    with house.database.writing() as db, pytest.raises(Refused, match="Somebody has to be administrator"):
        roles.change_end(
            db,
            once=uuid4(),
            authority_id=world.authority,
            role_id=mine.id,
            until=london_day(now) + timedelta(days=30),
            seen="open",
            reason="Moves on",
            by=world.admin,
            now=now,
        )


def test_two_admins_who_end_each_other_at_once_leave_one(
    house: House, world: World, beside: UUID, now: datetime
) -> None:
    mine, theirs = role_of(house, world, world.admin, Role.ADMIN), role_of(house, world, beside, Role.ADMIN)
    together, said = Barrier(2), []

    def ends(role_id: UUID, by: UUID) -> None:
        together.wait()
        try:
            end(house, world, now, role_id, by=by)
            said.append("ended")
        except (Refused, NotFound) as no:
            said.append(type(no).__name__)

    threads = [Thread(target=ends, args=pair) for pair in ((theirs.id, world.admin), (mine.id, beside))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said)[-1] == "ended"
    assert said.count("ended") == 1
    with house.database.reading() as db:
        assert len(queries.holders_of(db, Role.ADMIN, [world.authority], london_day(now))) == 1


def test_somebody_elses_change_is_not_written_over(house: House, world: World, beside: UUID, now: datetime) -> None:
    row, today = role_of(house, world, world.funding_officer, Role.FUNDING_OFFICER), london_day(now)

    def change(until: date | None, seen: str, by: UUID) -> None:
        with house.database.writing() as db:
            roles.change_end(
                db,
                once=uuid4(),
                authority_id=world.authority,
                role_id=row.id,
                until=until,
                seen=seen,
                reason="Contract ends",
                by=by,
                now=now,
            )

    change(today + timedelta(days=40), "open", world.admin)
    with pytest.raises(Refused, match="meanwhile"):
        change(today + timedelta(days=80), "open", beside)
    assert role_of(house, world, world.funding_officer, Role.FUNDING_OFFICER).until == today + timedelta(days=40)
    change(None, (today + timedelta(days=40)).isoformat(), beside)
    assert role_of(house, world, world.funding_officer, Role.FUNDING_OFFICER).until is None


def test_fourteen_days_before_holder_and_admins_are_told_once(
    house: House, world: World, beside: UUID, clock: StandingClock
) -> None:
    give(house, world, clock.now, by=world.admin, until=london_day(clock.now) + timedelta(days=30))
    told = {}
    for day in range(31):
        told[day] = ending.remind(house, clock.now)
        assert ending.remind(house, clock.now) == 0
        clock.on(days=1)
    assert [day for day, number in told.items() if number] == [16]
    assert kinds_told(house, world.funding_officer) == ["role_ends_soon", "role_given"]
    for admin in (world.admin, beside):
        assert "role_told_ends_soon" in kinds_told(house, admin)


def test_a_role_that_goes_on_is_not_reminded_of(house: House, world: World, beside: UUID, clock: StandingClock) -> None:
    today = london_day(clock.now)
    give(house, world, clock.now, by=world.admin, until=today + timedelta(days=5))
    give(house, world, clock.now, by=world.admin, since=today + timedelta(days=6))
    assert ending.remind(house, clock.now) == 0
    assert ending.remind(house, clock.now) == 0
