"""What waited on phones: any order, split and repetition ends in the same record, with two devices and wrong clocks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from lms.core.db import Db
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import Refused
from lms.learning import activity_texts, checks, services
from lms.learning.catalogue import Courses, Module
from lms.learning.models import ActivityText, Answer, Attempt, LessonDone
from lms.learning.offline import rules
from lms.learning.offline.items import Activity, HandIn, Item, Lesson
from lms.learning.offline.items import Answer as Sent
from lms.learning.offline.services import Outcome, take
from lms.learning.outcomes import Came
from lms.learning.questions import Question
from lms.learning.questions.samples import sample_answer
from tests.world import World

MILLISECOND = timedelta(milliseconds=1)
YEARS = [timedelta(0), timedelta(days=-365 * 56), timedelta(days=365 * 20), timedelta(hours=1)]
_EPOCH = rules.moment_of(0)


def decode(_question: Question, fields: Sequence[tuple[str, str]], _seed: str) -> list[str]:
    return [value for _name, value in fields]


def milliseconds(moment: datetime) -> int:
    return round((moment - _EPOCH) / MILLISECOND)


@dataclass
class Device:
    """A phone whose clock is wrong by something."""

    db: Db
    by: UUID
    wrong: timedelta = timedelta(0)

    def at(self, now: datetime) -> int:
        return milliseconds(now + self.wrong)

    def answer(self, attempt: UUID, question: str, options: Iterable[str], now: datetime, **more: Any) -> Sent:
        fields = tuple(("answer", option) for option in options)
        return Sent(
            id=uuid4(), at=self.at(now), kind="answer", attempt=attempt, question=question, fields=fields, **more
        )

    def send(self, items: Sequence[Item], now: datetime) -> list[Outcome]:
        phone_now = rules.moment_of(self.at(now))
        return take(self.db, items, by=self.by, now=now, phone_now=phone_now, decode=decode)


@pytest.fixture
def questions(module: Module) -> list[Question]:
    """Three questions are enough to come in every order."""
    return [q for q in module.questions if q.kind in {"one_answer", "several_answers", "true_or_false"}][:3]


def small_attempt(db: Db, enrolment: UUID, questions: Sequence[Question], now: datetime) -> UUID:
    row = Attempt(
        id=uuid4(), enrolment_id=enrolment, module="PAI-1", number=1, edition="2026.1", seed="seed",
        questions=[question.code for question in questions], started_at=now,
    )  # fmt: skip
    db.add(row)
    db.flush()
    return row.id


# ---- any order ends in the same record ----

steps = st.tuples(
    st.integers(0, 1),  # which phone
    st.sampled_from(["answer", "answer", "answer", "lesson", "write"]),
    st.integers(0, 2),
    st.booleans(),
)


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[Any], list[timedelta], list[Any]]:
    """What was done on two phones, how wrong their clocks are, and a way in which it reaches the server."""
    done = draw(st.lists(steps, max_size=7))
    count = len(done) + 4  # and an answer to each question on the first phone, and the hand-in
    order = draw(st.permutations(range(count)))
    again = draw(st.lists(st.integers(0, count - 1), max_size=5))
    cuts = draw(st.lists(st.integers(1, 4), min_size=count + 5, max_size=count + 5))
    return done, draw(st.lists(st.sampled_from(YEARS), min_size=2, max_size=2)), [[*order, *again], cuts]


def told(  # noqa: PLR0917  what a story needs
    phones: Sequence[Device], attempt: UUID, enrolment: UUID, questions: Sequence[Question], done: Any, now: datetime
) -> list[tuple[int, Item]]:
    """The things of a story, each with the phone it waits on, in the order in which they were done."""
    things: list[tuple[int, Item]] = []
    shown: dict[str, UUID] = {}
    moment = now

    def answer(which: int, question: Question, *, right: bool) -> None:
        item = phones[which].answer(attempt, question.code, sample_answer(question, right=right), moment)
        things.append((which, item))
        if which == 0:
            shown[question.code] = item.id

    for question in questions:
        moment += timedelta(seconds=1)
        answer(0, question, right=True)
    for which, what, n, right in done:
        moment += timedelta(seconds=7)
        at = phones[which].at(moment)
        if what == "answer":
            answer(which, questions[n], right=right)
        elif what == "lesson":
            things.append(
                (which, Lesson(id=uuid4(), at=at, kind="lesson", enrolment=enrolment, lesson=f"PAI-1-L{n + 1}"))
            )
        else:
            text = f"Text {len(things)}"
            things.append((which, Activity(id=uuid4(), at=at, kind="activity", enrolment=enrolment,
                                           activity="PAI-1-A1", text=text, finished=right)))  # fmt: skip
    moment += timedelta(seconds=7)
    things.append((0, HandIn(id=uuid4(), at=phones[0].at(moment), kind="hand_in", attempt=attempt, answers=shown)))
    return things


def record_of(db: Db, attempt: UUID, enrolment: UUID) -> dict[str, Any]:
    """The record as it is afterwards, without what says only when it reached us."""
    db.expire_all()
    row = db.get_one(Attempt, attempt)
    text = activity_texts.activity_text(db, enrolment, "PAI-1-A1")
    kept = db.scalars(select(Answer).where(Answer.attempt_id == attempt))
    texts = db.scalars(select(ActivityText).where(ActivityText.enrolment_id == enrolment))
    return {
        "answers": {each.given_id: (each.question, each.options, each.claimed_at, each.given_at) for each in kept},
        "texts": {each.given_id: (each.text, each.finished, each.claimed_at, each.given_at) for each in texts},
        "text": (text.text, text.finished) if text else None,
        "lessons": set(db.scalars(select(LessonDone.lesson).where(LessonDone.enrolment_id == enrolment))),
        "result": (row.counted, row.marks, row.percent, row.passed, row.finished_at is not None),
        "told": db.scalar(select(func.count()).where(EventRow.kind.in_(["CheckPassed", "CheckNotPassed"]))),
    }


def delivered(things: list[tuple[int, Item]], phones: Sequence[Device], way: Any, now: datetime) -> None:
    """Send everything in some order, in parts, some of it twice; what has to wait is sent again until nothing waits."""
    order, cuts = way
    waiting = [things[i] for i in order]
    for turn in range(200):
        if not waiting:
            return
        now += timedelta(minutes=3)
        size = cuts[turn % len(cuts)]
        batch, waiting = waiting[:size], waiting[size:]
        for which, phone in enumerate(phones):
            mine = [item for owner, item in batch if owner == which]
            for outcome in phone.send(mine, now):
                assert outcome.came in {Came.SAVED, Came.THERE, Came.NOT_COUNTED, Came.WAIT}, outcome
                if outcome.came is Came.WAIT:
                    waiting += [(owner, item) for owner, item in batch if item.id == outcome.id]
    raise AssertionError("something waits for ever")


def same_record_whatever_the_way(  # noqa: PLR0917  fixtures
    house: House, world: World, enrolment: UUID, questions: Sequence[Question], now: datetime, story: Any
) -> None:
    done, wrongs, way = story
    records = []
    with house.database.unit(writing=True) as db:
        attempt = small_attempt(db, enrolment, questions, now)
        phones = [Device(db, world.pa, wrong) for wrong in wrongs]
        things = told(phones, attempt, enrolment, questions, done, now)
        later = now + timedelta(hours=1)
        for each in ([list(range(len(things))), [50]], way):
            with db.begin_nested() as savepoint:
                delivered(things, phones, each, later)
                records.append(record_of(db, attempt, enrolment))
                savepoint.rollback()
        db.rollback()
    assert records[0] == records[1]
    assert records[0]["result"][-1], "handed in"


quiet = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@settings(max_examples=60, deadline=None, suppress_health_check=quiet)
@given(story=stories())
def test_any_order_split_and_repetition_ends_in_the_same_record(  # noqa: PLR0917  fixtures
    house: House, world: World, enrolment: UUID, questions: list[Question], now: datetime, story: Any
) -> None:
    same_record_whatever_the_way(house, world, enrolment, questions, now, story)


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
@settings(max_examples=8, deadline=None, suppress_health_check=quiet)
@given(story=stories())
def test_any_order_ends_in_the_same_record_on_postgresql_too(  # noqa: PLR0917  fixtures
    house: House, world: World, enrolment: UUID, questions: list[Question], now: datetime, story: Any
) -> None:
    same_record_whatever_the_way(house, world, enrolment, questions, now, story)


# ---- one thing at a time ----


@pytest.fixture
def attempt(db: Db, enrolment: UUID, questions: list[Question], now: datetime) -> UUID:
    return small_attempt(db, enrolment, questions, now)


@pytest.fixture
def phone(db: Db, world: World) -> Device:
    return Device(db, world.pa)


def counting(db: Db, attempt: UUID, world: World) -> dict[str, tuple[str, ...]]:
    return dict(checks.own_attempt(db, attempt, world.pa).answers)


def test_of_two_devices_the_answer_given_later_counts_and_the_other_is_kept(  # noqa: PLR0917  fixtures
    db: Db, world: World, attempt: UUID, questions: list[Question], phone: Device, now: datetime
) -> None:
    tablet, question = Device(db, world.pa, timedelta(days=-365 * 30)), questions[0]
    right, wrong = sample_answer(question, right=True), sample_answer(question, right=False)
    on_phone = phone.answer(attempt, question.code, wrong, now + timedelta(minutes=5))
    on_tablet = tablet.answer(attempt, question.code, right, now + timedelta(minutes=1))
    assert [o.came for o in phone.send([on_phone], now + timedelta(hours=1))] == [Came.SAVED]
    assert [o.came for o in tablet.send([on_tablet], now + timedelta(hours=2))] == [Came.NOT_COUNTED]
    assert counting(db, attempt, world) == {question.code: wrong}
    rows = list(db.scalars(select(Answer).where(Answer.attempt_id == attempt).order_by(Answer.number)))
    assert [row.given_at - now for row in rows] == [timedelta(minutes=5), timedelta(minutes=1)]
    assert [row.answered_at - now for row in rows] == [timedelta(hours=1), timedelta(hours=2)]
    assert rows[1].claimed_at == now + timedelta(minutes=1) + tablet.wrong


def test_what_is_given_on_a_page_comes_after_everything_that_is_there(  # noqa: PLR0917  fixtures
    db: Db, world: World, attempt: UUID, questions: list[Question], phone: Device, now: datetime
) -> None:
    question = questions[0]
    right, wrong = sample_answer(question, right=True), sample_answer(question, right=False)
    phone.send([phone.answer(attempt, question.code, wrong, now)], now)
    services.give_answer(db, attempt_id=attempt, question=question.code, options=right, by=world.pa, now=now)
    assert counting(db, attempt, world) == {question.code: right}


def test_slow_signal_does_not_bring_back_an_answer_that_was_replaced(  # noqa: PLR0917  fixtures
    db: Db, world: World, attempt: UUID, questions: list[Question], phone: Device, now: datetime
) -> None:
    question = questions[0]
    right, wrong = sample_answer(question, right=True), sample_answer(question, right=False)
    first = phone.answer(attempt, question.code, wrong, now)
    sent_at, arrived = rules.moment_of(phone.at(now)), now + timedelta(seconds=40)
    take(db, [first], by=world.pa, now=arrived, phone_now=sent_at, decode=decode)
    second = phone.answer(attempt, question.code, right, now + timedelta(seconds=10), instead_of=first.id)
    phone.send([second], now + timedelta(seconds=41))
    assert counting(db, attempt, world) == {question.code: right}


def test_a_check_waits_for_the_answers_it_was_handed_in_with(  # noqa: PLR0917  fixtures
    db: Db, world: World, attempt: UUID, questions: list[Question], phone: Device, now: datetime
) -> None:
    given_ = [phone.answer(attempt, q.code, sample_answer(q, right=True), now) for q in questions]
    over = HandIn(
        id=uuid4(), at=phone.at(now), kind="hand_in", attempt=attempt, answers={a.question: a.id for a in given_}
    )
    (waits,) = phone.send([over], now)
    assert waits.came is Came.WAIT
    assert waits.says is not None
    assert "3 of the answers" in str(waits.says)
    assert [o.came for o in phone.send(given_[:2], now)] == [Came.SAVED] * 2
    assert [o.came for o in phone.send([over, given_[2]], now)] == [Came.SAVED] * 2
    view = checks.own_attempt(db, attempt, world.pa)
    assert (view.percent, view.passed) == (100, True)
    assert [o.came for o in phone.send([over, *given_], now)] == [Came.THERE] * 4


def test_an_answer_that_comes_after_the_hand_in_is_kept_and_does_not_count(  # noqa: PLR0917  fixtures
    db: Db, world: World, attempt: UUID, questions: list[Question], phone: Device, now: datetime
) -> None:
    for question in questions:
        services.give_answer(
            db, attempt_id=attempt, question=question.code, options=sample_answer(question, right=False),
            by=world.pa, now=now,
        )  # fmt: skip
    before = counting(db, attempt, world)
    services.hand_in(db, attempt_id=attempt, by=world.pa, now=now)
    late = phone.answer(attempt, questions[0].code, sample_answer(questions[0], right=True), now)
    for came in (Came.NOT_COUNTED, Came.THERE):
        (outcome,) = phone.send([late], now + timedelta(hours=1))
        assert outcome.came is came
    assert counting(db, attempt, world) == before
    assert db.scalar(select(func.count()).select_from(Answer).where(Answer.given_id == late.id)) == 1
    row = db.get_one(Attempt, attempt)
    assert row.marks is not None
    assert set(row.marks.values()) == {"wrong"} or "partly" in row.marks.values()


def test_one_bad_thing_does_not_stop_the_good_ones(  # noqa: PLR0917  fixtures
    db: Db, world: World, enrolment: UUID, attempt: UUID, questions: list[Question], phone: Device, now: datetime,
    courses: Courses,
) -> None:  # fmt: skip
    question = questions[0]
    good = phone.answer(attempt, question.code, sample_answer(question, right=True), now)
    drawn = {each.code for each in questions}
    elsewhere = next(each for each in courses.modules["PAI-1"].questions if each.code not in drawn)
    bad = [
        phone.answer(attempt, question.code, ["no such option"], now),
        phone.answer(attempt, elsewhere.code, sample_answer(elsewhere, right=True), now),
        phone.answer(uuid4(), question.code, sample_answer(question, right=True), now),
        Lesson(id=uuid4(), at=0, kind="lesson", enrolment=enrolment, lesson="PAI-9-L9"),
        Lesson(id=uuid4(), at=0, kind="lesson", enrolment=uuid4(), lesson="PAI-1-L1"),
        Activity(id=uuid4(), at=0, kind="activity", enrolment=enrolment, activity="PAI-1-A1", text="  ", finished=True),
        HandIn(id=uuid4(), at=0, kind="hand_in", attempt=attempt, answers={elsewhere.code: uuid4()}),
    ]
    outcomes = {o.id: o for o in phone.send([*bad, good], now)}
    assert outcomes[good.id].came is Came.SAVED
    for each in bad:
        assert outcomes[each.id].came is Came.REFUSED
        assert outcomes[each.id].says is not None
    # Of another attempt and of nowhere: nobody learns which of the two it was.
    assert outcomes[bad[1].id].says is outcomes[bad[2].id].says is outcomes[bad[4].id].says
    assert counting(db, attempt, world) == {question.code: sample_answer(question, right=True)}


def test_somebody_elses_attempt_answers_like_one_that_is_nowhere(
    db: Db, world: World, attempt: UUID, questions: list[Question], now: datetime
) -> None:
    stranger, question = Device(db, world.second_pa), questions[0]
    theirs = stranger.answer(attempt, question.code, sample_answer(question, right=True), now)
    nowhere = stranger.answer(uuid4(), question.code, sample_answer(question, right=True), now)
    one, other = stranger.send([theirs, nowhere], now)
    assert one.came is other.came is Came.REFUSED
    assert one.says is other.says
    assert counting(db, attempt, world) == {}


def test_a_number_that_another_answer_has_is_refused(  # noqa: PLR0917  fixtures
    db: Db, world: World, attempt: UUID, questions: list[Question], phone: Device, now: datetime
) -> None:
    first = phone.answer(attempt, questions[0].code, sample_answer(questions[0], right=True), now)
    second = phone.answer(attempt, questions[1].code, sample_answer(questions[1], right=True), now)
    (saved,) = phone.send([first], now)
    (refused,) = phone.send([second.model_copy(update={"id": first.id})], now)
    assert (saved.came, refused.came) == (Came.SAVED, Came.REFUSED)


# ---- what may be sent ----


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"[]", b"{", b'{"items": 1}', b'{"items": [' + b"1," * 60 + b"1]}", b'{"items": [], "x": NaN}',
        b"[" * 100_000, b'{"items": ' + b'{"a":' * 50_000, b'{"items": [], "x": "' + b"a" * 500_000 + b'"}',
        b'{"items": [[[[[[[]]]]]]]}', "{“items”: []}".encode(), b'\xff\xfe{"items": []}',
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(body: bytes) -> None:
    with pytest.raises(Refused):
        rules.read(body)


@given(st.binary(max_size=200))
def test_reading_never_fails_in_another_way(body: bytes) -> None:
    try:
        rules.read(body)
    except Refused:
        return


@given(st.integers())
def test_any_clock_gives_a_moment(reading: int) -> None:
    assert rules.moment_of(reading).tzinfo is not None


def test_a_text_without_an_end_is_looked_through_once() -> None:
    """Looked through again from each sign in it, as it was once, this takes a quarter of an hour."""
    with pytest.raises(Refused):
        rules.read(b'{"items": "' + b'\\"' * 190_000)


def test_a_bracket_in_a_text_is_no_depth() -> None:
    assert rules.read(b'{"items": [], "x": "[[[[[[[[\\"[[[["}')["items"] == []


def test_numbers_of_any_length_are_read() -> None:
    body = b'{"items": [], "phone_now": ' + b"9" * 6000 + b"}"
    assert rules.moment_of(rules.read(body)["phone_now"]).year == 9999
