"""Prospects are kept with the facts, and reading all of them again writes only what is another."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import event, select, update

from lms.core.db import Db
from lms.core.house import House
from lms.funding.claims.verdicts import verdicts_for
from lms.funding.prospects import queries, rereading, services
from lms.funding.prospects.models import Prospect, ProspectStanding
from lms.funding.trainings import training_of
from lms.learning import services as learning
from lms.people import services as people
from tests.funding.conftest import certify
from tests.world import World

ULO = "ULO-2026-27"


def rows(db: Db, learner_id: UUID) -> list[Prospect]:
    return list(db.scalars(select(Prospect).where(Prospect.learner_id == learner_id).order_by(Prospect.training)))


def enrolled(house: House, world: World, now: datetime) -> UUID:
    with house.database.writing() as db:
        return learning.enrol(
            db, learner_id=world.pa, authority_id=world.authority, course="PAI", by=world.coordinator, now=now
        )


def test_whoever_is_enrolled_is_told_what_the_course_could_get(house: House, world: World, now: datetime) -> None:
    enrolment_id = enrolled(house, world, now)
    with house.database.reading() as db:
        found = [row for row in rows(db, world.pa) if row.scheme == ULO]
        assert [(row.training, row.enrolment_id, row.certified, row.claimed) for row in found] == [
            ("PAI-1", enrolment_id, False, False)
        ]
        assert found[0].amount_pence > 0
        assert found[0].claimant_id == world.support


def test_a_certificate_and_its_claim_change_the_answer(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        certify(db, world.pa, world.authority, by=world.coordinator, now=now)
    with house.database.reading() as db:
        assert [row.claimed for row in rows(db, world.pa) if row.scheme == ULO] == [True]
        assert ULO not in {each.scheme for each in queries.of_learner(db, world.pa, [world.authority])}


def test_an_employment_that_ends_changes_who_would_claim(house: House, world: World, now: datetime) -> None:
    enrolled(house, world, now)
    with house.database.reading() as db:
        before = db.scalar(select(ProspectStanding.turn).where(ProspectStanding.learner_id == world.pa))
    with house.database.writing() as db:
        people.end_employment(
            db, pa_id=world.pa, employer_id=world.employer, until=now.date(), by=world.coordinator, now=now
        )
    with house.database.reading() as db:
        after = db.scalar(select(ProspectStanding.turn).where(ProspectStanding.learner_id == world.pa))
    assert before is not None
    assert after == before + 1


def test_what_is_kept_is_what_the_page_says(house: House, world: World, now: datetime) -> None:
    enrolment_id = enrolled(house, world, now)
    with house.database.reading() as db:
        training = training_of(db, enrolment_id, "PAI-1", completed_on=None, certificate_id=None, on=now.date())
        said = {one.scheme.code: one for one in verdicts_for(db, training, on=now.date())}
        for row in rows(db, world.pa):
            if row.training != "PAI-1":
                continue
            one = said.pop(row.scheme)
            verdict = one.verdict
            assert (row.decision, row.amount_pence, row.item) == (verdict.decision, verdict.amount, one.asked.item)
            assert row.claimant_id == (one.claimant.id if one.claimant else None)
            assert row.deadline_on == (verdict.deadline.on if verdict.deadline else None)
        # Whatever is not kept says no: nothing that could be claimed is left out.
        assert not [code for code, one in said.items() if one.verdict.claimable]


def test_reading_again_writes_what_is_another_and_is_done_when_it_is_done(
    house: House, world: World, now: datetime
) -> None:
    enrolled(house, world, now)
    with house.database.writing() as db:
        db.execute(update(Prospect).values(amount_pence=1, missing="nonsense"))
    assert rereading.reread(house, now=now) == 0  # nothing is due
    rereading.ask_for_all(house, now=now)
    told: list[tuple[int, int]] = []
    assert rereading.reread(house, now=now, tell=lambda done, of: told.append((done, of))) == 1
    assert told == [(1, 1)]
    with house.database.reading() as db:
        assert {row.missing for row in rows(db, world.pa)} != {"nonsense"}
        assert rereading.count_due(db, world.authority, now.date()) == 0


def test_whoever_is_cut_off_goes_on_where_it_was(house: House, world: World, now: datetime) -> None:
    for learner in (world.pa, world.second_pa):
        with house.database.writing() as db:
            learning.enrol(
                db, learner_id=learner, authority_id=world.authority, course="PAI", by=world.coordinator, now=now
            )
    rereading.ask_for_all(house, now=now)

    class Cut(Exception):  # noqa: N818
        """Somebody pulled the plug."""

    def cut(done: int, of: int) -> None:
        raise Cut

    size = rereading.SLICE
    rereading.SLICE = 1
    try:
        rereading.reread(house, now=now, tell=cut)
    except Cut:
        pass
    finally:
        rereading.SLICE = size
    with house.database.reading() as db:
        assert rereading.count_due(db, world.authority, now.date()) == 1
    assert rereading.reread(house, now=now) == 1


def test_a_day_that_comes_is_read_by_the_sweep(house: House, world: World, now: datetime) -> None:
    enrolled(house, world, now)
    with house.database.reading() as db:
        until = db.scalar(select(ProspectStanding.holds_until))
    assert until is not None
    later = now + (datetime.combine(until, now.timetz()) - now)
    rereading.sweep(house, later)
    with house.database.reading() as db:
        assert db.scalar(select(ProspectStanding.worked_out_at)) == later


def test_a_fact_that_came_between_is_not_overwritten(house: House, world: World, now: datetime) -> None:
    enrolled(house, world, now)
    rereading.ask_for_all(house, now=now)
    with house.database.reading() as db:
        reading = services.reading_of(db, world.authority, now.date())
        found = rereading._work_out(db, reading, world.authority, now)
    with house.database.writing() as db:
        certify(db, world.pa, world.authority, by=world.coordinator, now=now, code="PAI-1")
    with house.database.writing() as db:
        assert rereading._keep(db, world.authority, found, found.worked, now) == 0


def test_the_board_asks_for_trainings_whose_last_day_is_near(house: House, world: World, now: datetime) -> None:
    enrolled(house, world, now)
    with house.database.reading() as db:
        first, last = date(2026, 1, 1), date(2030, 1, 1)
        number, pence = queries.count_due(db, [world.authority], first, last)
        found = queries.due(db, [world.authority], first, last)
        assert (number, pence) == (len(found), sum(each.amount_pence for each in found))
        assert number
        assert queries.count_due(db, [world.other_authority], first, last) == (0, 0)


def test_many_are_read_in_a_constant_number_of_queries(house: House, world: World, now: datetime) -> None:
    asked = [_asked_to_read(house, world, now, several) for several in (2, 12)]
    assert asked[0] == asked[1]


def _asked_to_read(house: House, world: World, now: datetime, several: int) -> int:
    with house.database.writing() as db:
        for place in range(several):
            person = people.add_person(
                db, name=f"PA {place}", email=f"pa{place}-of-{several}@example.com", by=None, now=now
            )
            learning.enrol(
                db, learner_id=person, authority_id=world.authority, course="PAI", by=world.coordinator, now=now
            )
    rereading.ask_for_all(house, now=now)
    said: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        said.append(statement)

    event.listen(house.database.engine, "before_cursor_execute", note)
    try:
        assert rereading.reread(house, now=now) >= several
    finally:
        event.remove(house.database.engine, "before_cursor_execute", note)
    return len(said)
