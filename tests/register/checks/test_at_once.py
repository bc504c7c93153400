"""Two officers at the same moment: one decision, one plain answer, and nothing is lost from what waits."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select

from lms.core.house import House
from lms.core.words import Refused
from lms.register.checks import services
from lms.register.checks.kinds import Outcome, Waits
from lms.register.checks.models import CheckWaits, DisclosureReview, ReviewDecided
from lms.register.checks.sweeping import delete_numbers
from lms.register.disclosures import Decision, FollowUp
from tests.register.checks.world_of_checks import (
    NUMBER,
    certificate,
    consent,
    decided,
    facts,
    step,
    steps_of,
    waits,
)
from tests.world import World


def at_once(calls: list[Callable[[], Any]]) -> list[str]:
    """What each answers: "done", or what it was refused with."""
    ready = Barrier(len(calls))

    def start(call: Callable[[], Any]) -> str:
        ready.wait(timeout=30)
        try:
            call()
        except Refused as refusal:
            return str(refusal)
        return "done"

    with ThreadPoolExecutor(len(calls)) as pool:
        return [done.result(timeout=60) for done in [pool.submit(start, call) for call in calls]]


def in_a_unit(house: House, do: Callable[..., Any], *given: Any, **more: Any) -> Callable[[], None]:
    def call() -> None:
        with house.database.writing() as db:
            do(db, *given, **more)

    return call


def test_two_officers_decide_at_once_and_one_decision_is_kept(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        seen = certificate(db, world, now, result="has_content")
        for what in (FollowUp.INVITED, FollowUp.DISCUSSED, FollowUp.CONSIDERED):
            step(db, world, now, seen, what)

    def decides(by: UUID, decision: Decision) -> Callable[[], None]:
        return in_a_unit(house, step, world, now, seen, FollowUp.DECIDED, decision=decision, by=by)

    said = at_once(
        [
            decides(world.register_officer, Decision.PROCEED),
            decides(world.register_manager, Decision.BARRED),
            decides(world.register_officer, Decision.DO_NOT_PROCEED),
        ]
    )
    assert sorted(each == "done" for each in said) == [False, False, True]
    assert all("recorded already" in each for each in said if each != "done")
    with house.database.reading() as db:
        assert steps_of(db, world, seen).count(FollowUp.DECIDED) == 1


def test_many_agree_at_once_and_the_pa_is_told_once(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        seen = certificate(db, world, now, result="has_content")
        for what in (FollowUp.INVITED, FollowUp.DISCUSSED, FollowUp.CONSIDERED):
            step(db, world, now, seen, what)
        step(db, world, now, seen, FollowUp.DECIDED, decision=Decision.DO_NOT_PROCEED)
    agree = in_a_unit(house, step, world, now, seen, FollowUp.AGREED, by=world.register_manager)
    assert at_once([agree] * 4).count("done") == 1
    with house.database.reading() as db:
        assert len(facts(db, "DecisionTold", world.pa)) == 1


def test_certificates_recorded_at_once_all_wait(house: House, world: World, now: datetime) -> None:
    record = in_a_unit(house, certificate, world, now, result="has_content")
    assert at_once([record] * 4) == ["done"] * 4
    with house.database.reading() as db:
        assert waits(db, world, now.date()) == [Waits.INVITATION] * 4
        assert db.scalar(select(func.count()).select_from(CheckWaits)) == 4


def test_a_review_asked_for_and_decided_many_times_at_once_is_one(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        seen = decided(db, world, now, Decision.BARRED)
    given = {"record_id": seen, "authority_id": world.authority, "now": now}

    def asks() -> None:
        with house.database.writing() as db:
            services.ask_review(db, once=uuid4(), by=world.pa, **given)

    def answers() -> None:
        with house.database.writing() as db:
            services.decide_review(
                db, once=uuid4(), outcome=Outcome.STANDS, decision=None, by=world.register_manager, **given
            )

    assert at_once([asks] * 4) == ["done"] * 4
    assert at_once([answers] * 4).count("done") == 1
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(DisclosureReview)) == 1
        assert db.scalar(select(func.count()).select_from(ReviewDecided)) == 1


def test_two_workers_sweep_at_once_and_each_number_goes_once(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        consent(db, world, now)
        certificate(db, world, now, number=NUMBER)
        consent(db, world, now, given=False)
    at_once([lambda: delete_numbers(house, now)] * 3)
    with house.database.reading() as db:
        assert len(facts(db, "DisclosureNumberDeleted", world.pa)) == 1
