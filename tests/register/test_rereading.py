"""Reading standings again: when a day comes, after a change of rules, cut off anywhere, and beside everybody else."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from lms.core.db import Db
from lms.core.house import House
from lms.core.models import EventRow
from lms.people import services as people
from lms.people.rules import Role
from lms.register import lists, queries, rereading, services
from lms.register.models import Reread, Standing
from tests.world import World

MANY = 120


def see(db: Db, world: World, now: datetime, code: str, person: UUID | None = None, **more: Any) -> None:
    given = {"on": now.date(), "data": {}, "by": world.register_officer, "authority_id": world.authority, **more}
    services.record_seen(db, once=uuid4(), person_id=person or world.pa, code=code, now=now, **given)


def standing(house: House, world: World, now: datetime) -> queries.StandingView:
    with house.database.reading() as db:
        (found,) = queries.standings_of(db, world.pa, now.date())
    return found


def missing(house: House, world: World) -> list[list[str]]:
    wanted = select(EventRow.data).where(EventRow.kind == "VerdictChanged", EventRow.about == world.pa)
    with house.database.reading() as db:
        return [data["missing"] for data in db.scalars(wanted.order_by(EventRow.id))]


def test_a_standing_is_read_again_when_its_day_comes(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        see(db, world, now, "RM-RTW", ends_on=date(2027, 6, 30))
    assert services.reread(house, now=now) == 0
    assert standing(house, world, now).holds_until == date(2027, 5, 1)
    assert services.reread(house, now=datetime.fromisoformat("2027-05-01T08:00:00+00:00")) >= 1
    assert standing(house, world, now).holds_until == date(2027, 7, 1)
    after = datetime.fromisoformat("2027-07-01T08:00:00+01:00")
    assert services.reread(house, now=after) >= 1
    assert "RM-RTW" in missing(house, world)[-1]
    assert services.reread(house, now=after) == 0


def test_a_standing_by_other_rules_is_read_again(house: House, world: World) -> None:
    now = house.clock()
    with house.database.writing() as db:
        db.execute(update(Standing).where(Standing.person_id == world.pa).values(rules="those of 2025"))
    assert services.reread(house, now=now) == 1
    assert services.reread(house, now=now) == 0


@pytest.fixture
def many(house: House, world: World, now: datetime, monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """A register of so many PAs that reading it takes several slices, each with something seen."""
    monkeypatch.setattr(rereading, "SLICE", 50)
    monkeypatch.setattr(rereading, "WORTH_A_ROW", 10)
    ids = []
    with house.database.writing() as db:
        for number in range(MANY):
            person = people.add_person(db, name=f"Pat {number}", email=f"pat{number}@example.org", now=now, by=None)
            people.give_role(
                db, person_id=person, organisation_id=world.authority, role=Role.PA, by=None, now=now, since=now.date()
            )
            see(db, world, now, "RM-ID", person)
            ids.append(person)
    return ids


def forget(house: House) -> None:
    with house.database.writing() as db:
        db.execute(update(Standing).values(rules="", state="listed", lapses_on=None, verdict={"missing": []}))


def states(house: House) -> set[str]:
    with house.database.reading() as db:
        return {state.value for state in db.scalars(select(Standing.state).where(Standing.rules != ""))}


def test_all_are_read_in_slices_and_how_far_it_is_can_be_looked_at(
    house: House, world: World, now: datetime, many: list[UUID]
) -> None:
    forget(house)
    told: list[tuple[int, int]] = []
    done = services.reread(house, now=now, authority_id=world.authority, tell=lambda *far: told.append(far))
    assert done >= len(many)
    assert told[-1] == (done, done)
    assert len(told) > 2
    with house.database.reading() as db:
        row = db.scalars(select(Reread)).one()
        assert (row.done, row.total, row.ended_at) == (done, done, now)
    assert "listed" not in states(house)


def test_whoever_is_cut_off_goes_on_where_it_was(house: House, world: World, now: datetime, many: list[UUID]) -> None:
    forget(house)

    def stop(done: int, _total: int) -> None:
        if done > MANY / 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        services.reread(house, now=now, authority_id=world.authority, tell=stop)
    with house.database.reading() as db:
        before = db.scalars(select(Reread)).one()
    assert 0 < before.done < before.total
    assert before.ended_at is None
    left = services.reread(house, now=now, authority_id=world.authority)
    assert MANY / 3 < before.done + left <= MANY + 5
    with house.database.reading() as db:
        after = db.scalars(select(Reread)).one()
    assert after.id == before.id
    assert after.ended_at == now
    assert services.reread(house, now=now, authority_id=world.authority) == 0


def test_a_fact_that_comes_in_between_is_not_written_over(
    house: House, world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The verdicts are worked out; before they are written somebody records what was seen."""
    keep = rereading._keep  # the moment between working out and writing

    def late(db: Db, *given: Any) -> int:
        if not came:
            came.append(True)
            see(db, world, now, "RM-RTW")
        return keep(db, *given)

    came: list[bool] = []
    with house.database.writing() as db:
        db.execute(update(Standing).where(Standing.person_id == world.pa).values(rules=""))
    monkeypatch.setattr(rereading, "_keep", late)
    services.reread(house, now=now)
    with house.database.reading() as db:
        lacks = lists.lacks_of(db, world.authority, [world.pa])[world.pa]
    assert came
    assert "RM-RTW" not in lacks


def test_somebody_else_gets_the_writer_meanwhile(
    house: House, world: World, now: datetime, many: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While slices are worked out nobody holds the writer: a sign-in writes its session between any two of them."""
    forget(house)
    work_out, signed_in = rereading.work_out, list[int]()

    def somebody_signs_in(*given: Any, **more: Any) -> Any:
        found = work_out(*given, **more)
        with house.database.writing() as db:  # would wait in vain for a writer that is held
            see(db, world, now, "RM-INT", data={"met": True})
            signed_in.append(len(found))
        return found

    monkeypatch.setattr(rereading, "work_out", somebody_signs_in)
    services.reread(house, now=now, authority_id=world.authority)
    assert len(signed_in) >= MANY // 50


def test_everybody_can_be_asked_for(house: House, world: World, now: datetime, many: list[UUID]) -> None:
    assert services.reread(house, now=now) == 0
    rereading.ask_for_all(house, world.authority, now=now)
    assert services.reread(house, now=now, authority_id=world.authority) >= len(many)
