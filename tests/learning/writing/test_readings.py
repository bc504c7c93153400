"""Readings: what one is, who may not, leases and drafts, and what becomes of a check and a module."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from lms.core.db import Db
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.learning import queries, rules
from lms.learning.marking import trail_of
from lms.learning.questions import Mark
from lms.learning.rules import StepKind
from lms.learning.states import Judged, Why, WorkState
from lms.learning.writing import desk, waiting
from lms.learning.writing.models import Draft, Lease, Reading
from lms.learning.writing.rules import LEASE, LONGEST_COMMENT, Door, Held, door
from lms.learning.writing.waiting import Scope
from tests.learning.writing.acts import QUESTION, Acts, facts

on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1))  # noqa: DTZ001  only compared with each other


@given(until=moments, now=moments, mine=st.booleans())
def test_a_lease_holds_others_back_until_it_runs_out(until: datetime, now: datetime, *, mine: bool) -> None:
    reader, other = UUID(int=1), UUID(int=2)
    expected = Door.FREE if until <= now else Door.MINE if mine else Door.OTHERS
    assert door(Held(reader if mine else other, until), reader=reader, now=now) is expected
    assert door(None, reader=reader, now=now) is Door.FREE


@on_sqlite
def test_a_check_becomes_passed_by_being_read_and_finishes_the_module_once(db: Db, acts: Acts) -> None:
    acts.lessons(db)
    acts.write(db)
    step = rules.next_in(acts.module, queries.studied(db, acts.enrolment))
    assert step is not None
    assert step.kind is StepKind.CHECK
    attempt_id = acts.check(db)
    assert rules.next_in(acts.module, queries.studied(db, acts.enrolment)) is None
    assert len(rules.waits(acts.module, queries.studied(db, acts.enrolment))) == 2
    assert (acts.attempt(db, attempt_id).percent, acts.attempt(db, attempt_id).passed) == (100, False)
    studied = queries.studied(db, acts.enrolment)
    assert studied.waiting == {"SMALL-1", "SMALL-1-A1"}
    assert (facts(db, "CheckPassed"), facts(db, "CheckNotPassed"), facts(db, "ModuleStudied")) == (0, 0, 0)
    acts.read(db, acts.activity(db))
    assert facts(db, "ModuleStudied") == 0
    acts.not_yet(db, acts.answer(db, attempt_id))
    assert facts(db, "CheckPassed") == 0
    acts.again(db, acts.answer(db, attempt_id))
    acts.read(db, acts.answer(db, attempt_id), comment="That is you at work.")
    row = acts.attempt(db, attempt_id)
    assert (row.passed, (row.marks or {})[QUESTION]) == (True, "right")
    assert (facts(db, "CheckPassed"), facts(db, "CheckNotPassed"), facts(db, "ModuleStudied")) == (1, 0, 1)
    trail = trail_of(db, attempt_id)
    assert [(each.why, each.passed, each.marks[QUESTION]) for each in trail] == [
        (Why.HANDED_IN, False, Mark.WAITING),
        (Why.READ, False, Mark.PARTLY),
        (Why.ANSWERED_AGAIN, False, Mark.WAITING),
        (Why.READ, True, Mark.RIGHT),
    ]
    assert [each.by for each in trail] == [acts.world.pa, acts.world.assessor, acts.world.pa, acts.world.assessor]


@on_sqlite
def test_a_reading_says_what_was_read_by_whom_and_for_whom(db: Db, acts: Acts) -> None:
    acts.write(db, "Word for word")
    once = uuid4()
    acts.read(db, acts.activity(db), id=once, comment="Good: you asked first.")
    row = db.get_one(Reading, once)
    assert (row.reader_id, row.behalf, row.version) == (acts.world.assessor, acts.world.college, 1)
    piece = acts.activity(db)
    assert (piece.state, piece.latest.text) == (WorkState.MET, "Word for word")
    assert piece.last_said is not None
    assert (piece.last_said.reader_name, piece.last_said.comment) == ("Dai Assessor", "Good: you asked first.")
    assert facts(db, "TextRead") == 1
    fact = db.scalar(text("SELECT data FROM lms_event WHERE kind = 'TextRead'"))
    assert "asked first" not in str(fact)


@on_sqlite
def test_the_same_reading_twice_is_one(db: Db, acts: Acts) -> None:
    acts.write(db)
    piece, once = acts.activity(db), uuid4()
    for _ in range(2):
        acts.not_yet(db, piece, id=once)
    assert facts(db, "TextRead") == 1
    with pytest.raises(Refused, match="has read this already"):
        acts.read(db, piece)


@on_sqlite
def test_nobody_reads_their_own_and_the_database_says_so_too(db: Db, acts: Acts) -> None:
    acts.write(db)
    piece = acts.activity(db)
    for act in (
        lambda: acts.open(db, piece, acts.world.pa),
        lambda: acts.read(db, piece, by=acts.world.pa),
        lambda: desk.keep_draft(
            db, work_id=piece.id, version=1, judged=None, comment="", by=acts.world.pa, now=acts.now
        ),
    ):
        with pytest.raises(NotFound):
            act()
    own = Reading(
        work_id=piece.id,
        version=1,
        learner_id=acts.world.pa,
        reader_id=acts.world.pa,
        behalf=acts.world.authority,
        judged=Judged.MET,
        comment="",
        at=acts.now,
    )
    db.add(own)
    with pytest.raises(IntegrityError):
        db.flush()


@on_sqlite
@pytest.mark.parametrize(
    ("given_", "says"),
    [
        ({"judged": Judged.NOT_YET, "comment": "  "}, "still missing"),
        ({"comment": "x" * (LONGEST_COMMENT + 1)}, "at most"),
        ({"version": 0}, "newer version"),
        ({"version": 2}, "newer version"),
    ],
)
def test_what_cannot_be_said_is_refused(db: Db, acts: Acts, given_: dict[str, object], says: str) -> None:
    acts.write(db)
    with pytest.raises(Refused, match=says):
        acts.read(db, acts.activity(db), **given_)  # type: ignore[arg-type]
    assert acts.activity(db).state is WorkState.WAITING


@on_sqlite
def test_one_reader_at_a_time_and_a_lost_lease_keeps_what_was_typed(db: Db, acts: Acts) -> None:
    acts.write(db)
    piece, second = acts.activity(db), acts.world.coordinator
    acts.open(db, piece)
    with pytest.raises(Refused, match="Dai Assessor has this open until 12:31"):
        acts.open(db, piece, second)
    with pytest.raises(Refused, match="has this open until"):
        acts.read(db, piece, by=second)

    def keep(by: UUID, comment: str) -> bool:
        return desk.keep_draft(db, work_id=piece.id, version=1, judged=None, comment=comment, by=by, now=acts.now)

    acts.later(minutes=29)
    assert keep(acts.world.assessor, "Half a thought")
    acts.later(minutes=29)
    assert not keep(second, "Mine, meanwhile")
    acts.later(minutes=2)
    acts.open(db, piece, second)
    assert not keep(acts.world.assessor, "A whole thought")
    draft = waiting.draft_of(db, piece.id, acts.world.assessor)
    assert draft is not None
    assert draft.comment == "A whole thought"
    acts.read(db, piece, by=second)
    assert not keep(acts.world.assessor, "Too late")
    assert waiting.draft_of(db, piece.id, acts.world.assessor) is not None
    assert waiting.draft_of(db, piece.id, second) is None
    assert db.scalar(select(func.count()).select_from(Lease)) == 0


@on_sqlite
def test_a_lease_that_ran_out_does_not_stop_its_own_reader(db: Db, acts: Acts) -> None:
    acts.write(db)
    piece = acts.activity(db)
    acts.open(db, piece)
    acts.later(hours=3)
    acts.read(db, piece)
    assert acts.activity(db).state is WorkState.MET


@on_sqlite
def test_putting_back_lets_others_in_and_keeps_the_draft(db: Db, acts: Acts) -> None:
    acts.write(db)
    piece = acts.activity(db)
    acts.open(db, piece)
    desk.keep_draft(
        db, work_id=piece.id, version=1, judged=Judged.MET, comment="Nice", by=acts.world.assessor, now=acts.now
    )
    desk.put_back(db, work_id=piece.id, by=acts.world.coordinator, now=acts.now)
    assert waiting.held_now(db, piece.id) is not None
    desk.put_back(db, work_id=piece.id, by=acts.world.assessor, now=acts.now)
    acts.open(db, piece, acts.world.coordinator)
    assert db.get(Draft, (piece.id, acts.world.assessor)) is not None


@on_sqlite
def test_the_next_one_is_the_oldest_that_nobody_has_open(db: Db, acts: Acts) -> None:
    acts.write(db)
    oldest, newer = acts.activity(db), acts.answer(db, acts.check(db))
    everybody = frozenset({acts.world.authority})
    first = Scope(acts.world.assessor, authorities=everybody)
    second = Scope(acts.world.coordinator, authorities=everybody)
    assert desk.open_next(db, first, now=acts.now) == oldest.id
    assert desk.open_next(db, first, now=acts.now) == oldest.id
    assert desk.open_next(db, second, now=acts.now) == newer.id
    assert desk.open_next(db, Scope(acts.world.admin, authorities=everybody), now=acts.now) is None
    assert desk.open_next(db, first, now=acts.now, module="OTHER") is None
    acts.later(minutes=31)
    assert desk.open_next(db, Scope(acts.world.admin, authorities=everybody), now=acts.now) == oldest.id
    assert desk.open_next(db, Scope(acts.world.other_coordinator, authorities=frozenset()), now=acts.now) is None


def test_fifty_at_once_make_one_reading(house: House, acts: Acts) -> None:
    with house.database.writing() as db:
        acts.write(db)
        piece = acts.activity(db)
    readers = [acts.world.assessor, acts.world.coordinator] * 25
    start, moment = Barrier(len(readers)), acts.now

    def attempt(by: UUID) -> str:
        start.wait(timeout=60)
        try:
            with house.database.writing() as db:
                acts.not_yet(db, piece, by=by, now=moment)
        except Refused as refusal:
            return refusal.message
        return "read"

    with ThreadPoolExecutor(len(readers)) as pool:
        answers = Counter(pool.map(attempt, readers))
    assert answers == {"read": 1, "%(name)s has read this already, on %(day)s.": 49}
    with house.database.reading() as db:
        assert (db.scalar(select(func.count()).select_from(Reading)), facts(db, "TextRead")) == (1, 1)


def test_many_who_ask_for_the_next_one_at_once_never_get_the_same(house: House, acts: Acts) -> None:
    with house.database.writing() as db:
        acts.write(db)
        acts.check(db)
    staff = ("assessor", "coordinator", "admin", "quality_assurer", "register_officer", "funding_officer")
    readers = [getattr(acts.world, name) for name in staff]
    start, moment = Barrier(len(readers)), acts.now

    def attempt(by: UUID) -> tuple[UUID, UUID | None]:
        scope = Scope(by, authorities=frozenset({acts.world.authority}))
        start.wait(timeout=60)
        with house.database.writing() as db:
            return by, desk.open_next(db, scope, now=moment)

    with ThreadPoolExecutor(len(readers)) as pool:
        got = {(by, found) for by, found in pool.map(attempt, readers) if found}
    assert len(got) == len({found for _by, found in got}) == len({by for by, _found in got}) == 2
    with house.database.reading() as db:
        assert {(row.reader_id, row.work_id) for row in db.scalars(select(Lease))} == got
        assert all(row.until == moment + LEASE for row in db.scalars(select(Lease)))


def test_two_things_that_finish_a_module_at_once_finish_it_once(house: House, acts: Acts) -> None:
    with house.database.writing() as db:
        acts.lessons(db)
        acts.write(db)
        attempt_id = acts.check(db)
        pieces = [acts.activity(db), acts.answer(db, attempt_id)]
    start, moment = Barrier(2), acts.now + timedelta(minutes=1)

    def attempt(number: int) -> None:
        start.wait(timeout=60)
        with house.database.writing() as db:
            acts.read(db, pieces[number], now=moment)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(attempt, range(2)))
    with house.database.reading() as db:
        assert (facts(db, "CheckPassed"), facts(db, "ModuleStudied")) == (1, 1)
