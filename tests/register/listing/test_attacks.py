"""What is tried with listings: forms sent again for somebody else, pages of PAs who never applied, one's own case."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.people import services as people
from lms.people.rules import Role
from lms.register import queries as register
from lms.register.kinds import ListingState, RequirementState
from lms.register.listing import removing, reviewing, services, waivers
from lms.register.listing.reasons import Reason
from lms.register.listing.waiving import SeenInstead, WaiverReason
from tests.register.listing.conftest import Life
from tests.world import World

BrowserFor = Callable[..., Any]
State = ListingState


def test_a_notice_sent_again_for_another_pa_is_refused(db: Db, world: World, life: Life, now: datetime) -> None:
    other = Life(db, world, now, world.second_pa)
    life.get_listed()
    other.get_listed()
    form = {"once": uuid4(), "reason": Reason.CONDUCT_NOT_KEPT, "by": world.register_manager, "now": now}
    removing.remove(db, **form, **life.who)
    with pytest.raises(Refused):
        removing.remove(db, **form, **other.who)
    assert other.state is State.LISTED


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_review_of_a_pa_who_never_applied_is_not_there(world: World, browser_for: BrowserFor) -> None:
    there = f"/register/people/{world.authority}/{world.second_pa}/reviews/{uuid4()}"
    manager = browser_for(world.register_manager)
    assert [manager.post(there, data).status_code for data in ({}, {"changed": "yes"})] == [404, 404]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_review_is_answered_only_on_the_page_of_its_pa(
    house: House, world: World, now: datetime, browser_for: BrowserFor
) -> None:
    review = uuid4()
    with house.database.writing() as db:
        for pa in (world.pa, world.second_pa):
            life = Life(db, world, now, pa)
            life.apply()
            life.move(State.CHECKING)
            life.move(State.REFUSED, reason=Reason.NOT_FINISHED)
        reviewing.ask(db, once=review, person_id=world.pa, authority_id=world.authority, now=now)
    there = f"/register/people/{world.authority}/{world.second_pa}/reviews/{review}"
    assert browser_for(world.register_manager).post(there, {"changed": "yes"}).status_code == 404


def test_a_manager_who_is_a_pa_too_decides_nothing_about_themselves(
    db: Db, world: World, life: Life, now: datetime
) -> None:
    people.give_role(
        db, person_id=world.pa, organisation_id=world.authority, role=Role.REGISTER_MANAGER, by=None, now=now,
        since=london_day(now),
    )  # fmt: skip
    life.have_everything()
    life.apply()
    tries: list[Callable[[], Any]] = [
        lambda: life.move(State.CHECKING, by=world.pa),
        lambda: life.move(State.LISTED, by=world.pa),
        lambda: services.lift(db, once=uuid4(), reason=Reason.NOTHING_FOUND, by=world.pa, now=now, **life.who),
        lambda: removing.take_back(db, by=world.pa, now=now, **life.who),
        lambda: waivers.give(
            db, once=uuid4(), code="RM-INT", reason=WaiverReason.DELAYED, seen=SeenInstead.LETTER,
            ends_on=london_day(now), by=world.pa, now=now, **life.who,
        ),
    ]  # fmt: skip
    for each in tries:
        with pytest.raises((Refused, NotFound)):
            each()
    assert life.state is State.SUBMITTED


@pytest.mark.parametrize(
    ("last_moment", "first_moment"),
    [
        (datetime(2027, 3, 28, 22, 59, tzinfo=UTC), datetime(2027, 3, 28, 23, 0, tzinfo=UTC)),
        (datetime(2027, 10, 31, 23, 59, tzinfo=UTC), datetime(2027, 11, 1, 0, 0, tzinfo=UTC)),
        (datetime(2028, 2, 29, 23, 59, tzinfo=UTC), datetime(2028, 3, 1, 0, 0, tzinfo=UTC)),
    ],
)
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_what_was_waived_is_missing_again_at_midnight_in_london(
    db: Db, world: World, last_moment: datetime, first_moment: datetime
) -> None:
    life = Life(db, world, last_moment - timedelta(days=20), world.pa)
    life.have_everything(lacks=("RM-INT",))
    life.apply()
    life.move(State.CHECKING)
    waivers.give(
        db, once=uuid4(), code="RM-INT", reason=WaiverReason.DELAYED, seen=SeenInstead.LETTER,
        ends_on=london_day(last_moment), by=world.register_manager, now=life.now, **life.who,
    )  # fmt: skip
    life.move(State.LISTED)

    def waived_at(moment: datetime) -> RequirementState:
        judged = register.verdict_of(db, world.pa, world.authority, london_day(moment))
        assert judged is not None
        return judged.verdict.finding("RM-INT").state

    assert london_day(first_moment) == london_day(last_moment) + timedelta(days=1)
    assert waived_at(last_moment) is RequirementState.WAIVED
    assert waived_at(first_moment) is not RequirementState.WAIVED
