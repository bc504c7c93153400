"""A batch: who would get one and why not, started once, stopped, gone on with, killed, and with a faulty record."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from lms.certification import queries as certificates
from lms.certification import services as issuing
from lms.certification.bulk import outcomes, queries, services, working
from lms.certification.bulk.models import Batch, BatchLine
from lms.certification.bulk.rules import Line, State
from lms.certification.models import Certificate
from lms.core import work
from lms.core.house import House
from lms.core.models import EventRow, WorkRow
from lms.core.words import NotFound, Refused
from tests.certification import steps
from tests.certification.bulk.conftest import WANTED, Cohort, another, looked
from tests.world import World


def states(house: House, batch: UUID) -> dict[UUID, Line]:
    with house.database.reading() as db:
        return {each.person_id: each.state for each in queries.lines(db, batch)}


def state(house: House, batch: UUID) -> State:
    with house.database.reading() as db:
        return db.get_one(Batch, batch).state


def issued(house: House) -> int:
    with house.database.reading() as db:
        return db.scalar(select(func.count()).select_from(Certificate)) or 0


def do(house: House, what: Callable[..., None], batch: UUID, by: UUID, now: datetime) -> None:
    with house.database.writing() as db:
        what(db, batch_id=batch, by=by, now=now)


def test_looking_says_who_would_get_one_and_what_each_other_misses_and_issues_nothing(
    house: House, world: World, cohort: Cohort, now: datetime
) -> None:
    batch = looked(house, world, now)
    assert state(house, batch) is State.READY
    assert states(house, batch) == {
        cohort.earned: Line.WILL,
        cohort.earned_too: Line.WILL,
        cohort.studied: Line.MISSING,
        cohort.idle: Line.MISSING,
    }
    assert issued(house) == 0
    with house.database.reading() as db:
        listed = queries.lines(db, batch)
        why = {each.person_id: outcomes.lines(each.why, str, "en", str) for each in listed}
    assert [each.name for each in listed] == ["Pat Morgan", "Sam Okoro", "Zed Idle", "Ŵyn Ŷates"]
    assert any("PAI-1-P" in line for line in why[cohort.studied])
    assert len(why[cohort.idle]) == 2


def test_starting_issues_to_those_and_to_nobody_else(house: House, world: World, cohort: Cohort, now: datetime) -> None:
    batch = looked(house, world, now)
    do(house, services.start, batch, world.coordinator, now)
    work.do_all(house, now=now)
    assert state(house, batch) is State.DONE
    found = states(house, batch)
    assert found[cohort.earned] is found[cohort.earned_too] is Line.ISSUED
    assert found[cohort.idle] is Line.MISSING
    with house.database.reading() as db:
        line = queries.lines(db, batch, [Line.ISSUED])[0]
        assert line.printed
        assert certificates.certificates_of(db, cohort.earned)[0].number == line.number
        assert queries.count_printed(db, batch) == 2


def test_starting_twice_and_by_two_coordinators_issues_once(
    house: House, world: World, cohort: Cohort, now: datetime
) -> None:
    batch = looked(house, world, now)
    for _ in range(3):
        do(house, services.start, batch, world.coordinator, now)
    work.do_all(house, now=now)
    do(house, services.start, batch, world.coordinator, now)
    work.do_all(house, now=now)
    assert issued(house) == 2
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).where(EventRow.kind == "BatchStarted")) == 1


def test_whoever_begins_the_same_is_shown_the_one_that_is_open(
    house: House, world: World, cohort: Cohort, now: datetime
) -> None:
    first = looked(house, world, now)
    assert looked(house, world, now) == first
    do(house, services.close, first, world.coordinator, now)
    assert looked(house, world, now) != first


def test_a_second_batch_finds_what_the_first_one_issued(
    house: House, world: World, cohort: Cohort, now: datetime
) -> None:
    batch = looked(house, world, now)
    do(house, services.start, batch, world.coordinator, now)
    work.do_all(house, now=now)
    again = looked(house, world, now)
    assert states(house, again)[cohort.earned] is Line.HELD
    with house.database.reading() as db:
        assert queries.lines(db, again, [Line.HELD])[0].number
    with pytest.raises(Refused, match="nobody"):
        do(house, services.start, again, world.coordinator, now)


def test_stopped_it_issues_no_more_and_goes_on_where_it_was(
    house: House, world: World, cohort: Cohort, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "SLICE", 1)
    batch = looked(house, world, now)
    do(house, services.start, batch, world.coordinator, now)
    working.issue_some(house, services.key_of(batch, 1, 0), now)
    do(house, services.stop, batch, world.coordinator, now)
    do(house, services.stop, batch, world.coordinator, now)
    work.do_all(house, now=now)
    assert (issued(house), state(house, batch)) == (1, State.STOPPED)
    do(house, services.start, batch, world.coordinator, now)
    work.do_all(house, now=now)
    assert (issued(house), state(house, batch)) == (2, State.DONE)


def test_what_an_earlier_run_left_behind_does_nothing(
    house: House, world: World, cohort: Cohort, now: datetime
) -> None:
    batch = looked(house, world, now)
    do(house, services.start, batch, world.coordinator, now)
    do(house, services.stop, batch, world.coordinator, now)
    do(house, services.start, batch, world.coordinator, now)
    working.issue_some(house, services.key_of(batch, 1, 0), now)
    assert issued(house) == 0


def test_several_workers_on_the_same_slice_issue_each_once(
    house: House, world: World, cohort: Cohort, now: datetime
) -> None:
    batch = looked(house, world, now)
    do(house, services.start, batch, world.coordinator, now)
    with ThreadPoolExecutor(4) as workers:
        for each in [workers.submit(working.issue_some, house, services.key_of(batch, 1, 0), now) for _ in range(4)]:
            each.result()
    assert (issued(house), state(house, batch)) == (2, State.DONE)
    assert states(house, batch)[cohort.earned] is states(house, batch)[cohort.earned_too] is Line.ISSUED


def test_a_worker_killed_in_the_middle_leaves_whole_lines_and_the_rest_comes_later(
    house: House, world: World, cohort: Cohort, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """As the end of the process is: nothing catches it."""

    real, calls = issuing.issue, []

    def killed_at_the_second(db: Any, **asked: Any) -> Any:
        came = real(db, **asked)
        calls.append(asked["source_id"])
        if len(calls) == 2:
            raise Killed
        return came

    batch = looked(house, world, now)
    do(house, services.start, batch, world.coordinator, now)
    monkeypatch.setattr(issuing, "issue", killed_at_the_second)
    with pytest.raises(Killed):
        work.do_all(house, now=now)
    assert issued(house) == 1
    assert sorted(states(house, batch).values()) == sorted([Line.ISSUED, Line.WILL, Line.MISSING, Line.MISSING])
    work.do_all(house, now=now + work.LEASE + timedelta(seconds=1))
    assert (issued(house), state(house, batch)) == (2, State.DONE)


def test_a_faulty_record_says_so_and_stops_nobody_else(
    house: House, world: World, cohort: Cohort, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = issuing.issue

    def faulty(db: Any, **asked: Any) -> Any:
        came = real(db, **asked)
        if db.get_one(Certificate, came.certificate_id).holder_id == cohort.earned:
            raise KeyError("Pat Morgan")
        return came

    batch = looked(house, world, now)
    do(house, services.start, batch, world.coordinator, now)
    monkeypatch.setattr(issuing, "issue", faulty)
    work.do_all(house, now=now)
    found = states(house, batch)
    assert (found[cohort.earned], found[cohort.earned_too]) == (Line.FAILED, Line.ISSUED)
    assert (issued(house), state(house, batch)) == (1, State.DONE)
    with house.database.reading() as db:
        (said,) = outcomes.lines(queries.lines(db, batch, [Line.FAILED])[0].why, str, "en", str)
    assert "KeyError" in said
    assert "Pat" not in said
    monkeypatch.setattr(issuing, "issue", real)
    do(house, services.try_again, batch, world.coordinator, now)
    work.do_all(house, now=now)
    assert (issued(house), state(house, batch)) == (2, State.DONE)
    assert states(house, batch)[cohort.earned] is Line.ISSUED


def test_a_record_that_cannot_be_looked_at_says_so_in_the_list(
    house: House, world: World, cohort: Cohort, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = issuing.dry_run
    seen: list[UUID] = []

    def faulty(db: Any, **asked: Any) -> Any:
        seen.append(asked["source_id"])
        if len(seen) == 1:
            raise ValueError("broken")
        return real(db, **asked)

    monkeypatch.setattr(issuing, "dry_run", faulty)
    batch = looked(house, world, now)
    assert states(house, batch)[cohort.earned] is Line.FAILED
    assert states(house, batch)[cohort.earned_too] is Line.WILL


def test_a_database_that_is_away_blames_no_record(
    house: House, world: World, cohort: Cohort, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_db: Any, **_asked: Any) -> Any:
        raise OperationalError("SELECT", {}, Exception("database is locked"))

    batch = looked(house, world, now)
    do(house, services.start, batch, world.coordinator, now)
    real = issuing.issue
    monkeypatch.setattr(issuing, "issue", away)
    work.do_all(house, now=now)
    assert states(house, batch)[cohort.earned] is Line.WILL
    monkeypatch.setattr(issuing, "issue", real)
    work.do_all(house, now=now + timedelta(hours=1))
    assert (issued(house), state(house, batch)) == (2, State.DONE)


def test_finding_out_again_takes_in_who_joined_and_what_was_done_since(
    house: House, world: World, cohort: Cohort, now: datetime
) -> None:
    batch = looked(house, world, now)
    with house.database.writing() as db:
        late = another(db, world, "Late Comer", now)
        steps.enrolled(db, world, now, learner=late)
    do(house, services.look_again, batch, world.coordinator, now)
    do(house, services.look_again, batch, world.coordinator, now)
    work.do_all(house, now=now)
    found = states(house, batch)
    assert found[late] is Line.MISSING
    assert found[cohort.earned] is Line.WILL
    assert len(found) == 5


def test_the_same_slice_twice_asks_for_the_next_one_once(
    house: House, world: World, cohort: Cohort, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "LOOKS", 1)
    with house.database.writing() as db:
        batch = services.begin(
            db, id=uuid4(), authority_id=world.authority, wanted=WANTED, by=world.coordinator, now=now
        )
    for _ in range(2):
        working.look_some(house, services.key_of(batch, 0, 0), now)
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).where(WorkRow.kind == services.LOOK)) == 2
        assert db.scalar(select(func.count()).where(BatchLine.batch_id == batch)) == 4
    work.do_all(house, now=now)
    assert state(house, batch) is State.READY


def test_while_it_is_looked_at_nothing_can_be_issued_and_while_it_is_issued_not_put_away(
    house: House, world: World, cohort: Cohort, now: datetime
) -> None:
    with house.database.writing() as db:
        batch = services.begin(
            db, id=uuid4(), authority_id=world.authority, wanted=WANTED, by=world.coordinator, now=now
        )
    with pytest.raises(Refused, match="Wait"):
        do(house, services.start, batch, world.coordinator, now)
    work.do_all(house, now=now)
    do(house, services.start, batch, world.coordinator, now)
    with pytest.raises(Refused, match="Stop"):
        do(house, services.close, batch, world.coordinator, now)


@pytest.mark.parametrize(
    "what", [services.start, services.stop, services.close, services.look_again, services.try_again]
)
def test_nobody_elses_coordinator_does_anything(
    house: House, world: World, cohort: Cohort, now: datetime, what: Callable[..., None]
) -> None:
    batch = looked(house, world, now)
    for stranger in (world.other_coordinator, world.pa, world.admin):
        with pytest.raises(NotFound):
            do(house, what, batch, stranger, now)
