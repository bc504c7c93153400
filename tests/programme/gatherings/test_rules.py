"""Rules of events: times across changes of the clock, places, who may join, codes and reminders."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some
from icalendar import Calendar

from lms.core.clock import LONDON, london_day
from lms.core.words import Refused
from lms.programme.gatherings import ical, rules
from lms.programme.gatherings.ical import Entry
from lms.programme.gatherings.planning import copied
from lms.programme.gatherings.rules import Knows, may_join
from lms.programme.gatherings.words import Open
from tests.programme.gatherings.conftest import plan_of

DAYS = some.dates(date(2020, 1, 1), date(2040, 12, 31))
CLOCKS = some.times().map(lambda each: each.replace(second=0, microsecond=0, fold=0))
MOMENTS = some.datetimes(datetime(2020, 1, 1), datetime(2040, 12, 31)).map(lambda each: each.replace(tzinfo=UTC))  # noqa: DTZ001  a time zone comes right after


@pytest.mark.parametrize(
    ("day", "clock", "utc"),
    [
        (date(2026, 3, 28), time(18, 30), "18:30"),
        (date(2026, 3, 29), time(18, 30), "17:30"),
        (date(2026, 3, 29), time(1, 30), None),
        (date(2026, 10, 25), time(1, 30), "00:30"),
        (date(2026, 10, 25), time(18, 30), "18:30"),
        (date(2026, 10, 24), time(18, 30), "17:30"),
    ],
)
def test_a_time_in_london(day: date, clock: time, utc: str | None) -> None:
    found = rules.at(day, clock)
    assert (found.strftime("%H:%M") if found else None) == utc


@given(DAYS, CLOCKS)
def test_a_time_that_is_there_is_shown_as_it_was_typed(day: date, clock: time) -> None:
    found = rules.at(day, clock)
    if found is None:
        assert (day.month, clock.hour) == (3, 1)
    else:
        assert (london_day(found), rules.clock_of(found)) == (day, clock.strftime("%H:%M"))


@given(DAYS)
def test_a_copy_keeps_the_time_on_the_clock(day: date) -> None:
    starts = rules.at(date(2026, 6, 3), time(18, 30))
    assert starts is not None
    made = copied(plan_of(starts, starts_at=starts), day)
    assert (rules.clock_of(made.starts_at), rules.clock_of(made.ends_at)) == ("18:30", "20:30")
    assert london_day(made.starts_at) == day


def test_a_copy_into_the_hour_that_is_left_out_is_refused() -> None:
    starts = rules.at(date(2026, 6, 3), time(1, 15))
    assert starts is not None
    with pytest.raises(Refused, match="clocks go forward"):
        copied(plan_of(starts, starts_at=starts), date(2026, 3, 29))


@pytest.mark.parametrize(
    ("day", "first", "last", "other"),
    [
        (date(2026, 12, 2), time(9), time(17), False),
        (date(2026, 12, 2), time(8, 59), time(12), True),
        (date(2026, 12, 2), time(16), time(17, 1), True),
        (date(2026, 12, 5), time(10), time(12), True),
        (date(2026, 7, 1), time(9), time(17), False),
    ],
)
def test_hours_outside_nine_to_five(day: date, first: time, last: time, *, other: bool) -> None:
    starts, ends = rules.at(day, first), rules.at(day, last)
    assert starts is not None
    assert ends is not None
    assert rules.other_hours(starts, ends) is other


@given(some.one_of(some.none(), some.integers(1, 40)), some.lists(some.sampled_from("sglr"), max_size=60))
def test_whatever_happens_nobody_jumps_the_queue(capacity: int | None, steps: list[str]) -> None:
    """An independent telling of who has a place: those who ask go in, one goes, the room gets larger or smaller."""
    placed: list[int] = []
    waiting: list[int] = []
    asked = 0

    def move_up() -> None:
        for number in rules.moving_up(waiting, rules.free(capacity, len(placed))):
            assert number == min(waiting)
            waiting.remove(number)
            placed.append(number)

    for step in steps:
        if step == "s":
            full = rules.free(capacity, len(placed)) == 0
            (waiting if full else placed).append(asked)
            asked += 1
        elif step == "g" and placed:
            placed.pop(0)
            move_up()
        elif capacity is not None:
            capacity = max(1, capacity + (2 if step == "l" else -2))
            move_up()
        assert not waiting or (capacity is not None and len(placed) >= capacity)
        assert len(set(placed + waiting)) == len(placed) + len(waiting)


@given(some.sets(some.sampled_from(Open)), some.booleans(), some.booleans(), some.booleans(), some.booleans())
def test_who_may_join(open_to: set[Open], pa: bool, employer: bool, assessor: bool, inside: bool) -> None:
    known = Knows(
        pa=pa,
        employer=employer,
        assessor=assessor,
        groups=frozenset({"g"} if inside else ()),
        courses=frozenset({"PAI"} if inside else ()),
    )
    expected = {
        Open.PAS: pa,
        Open.EMPLOYERS: employer,
        Open.ASSESSORS: assessor,
        Open.GROUP: pa and inside,
        Open.COURSE: pa and inside,
    }
    assert may_join(open_to, known, group="g", course="PAI") is any(expected[each] for each in open_to)
    assert not may_join({Open.GROUP, Open.COURSE}, known, group=None, course=None)


@given(
    some.sets(some.integers(1, 30), max_size=4), MOMENTS, some.integers(0, 40 * 24 * 60), some.integers(0, 40 * 24 * 60)
)
def test_reminders(days: set[int], starts: datetime, before: int, placed_before: int) -> None:
    now, placed = starts - timedelta(minutes=before), starts - timedelta(minutes=placed_before)
    found = rules.reminder_due(days, starts=starts, placed=placed, now=now)
    if found is None:
        return
    turn = london_day(starts) - timedelta(days=found)
    assert found in days
    assert now < starts
    assert london_day(placed) < turn <= london_day(now)
    assert not [each for each in days if each < found and london_day(starts) - timedelta(days=each) <= london_day(now)]
    assert london_day(now) > turn or now.astimezone(LONDON).hour >= 9


def test_a_code_counts_for_a_while() -> None:
    starts = datetime(2026, 12, 2, 10, tzinfo=UTC)
    ends = starts + timedelta(hours=2)
    minute = timedelta(minutes=1)
    assert rules.code_times(starts, ends, starts - 31 * minute) is None
    assert rules.code_times(starts, ends, starts) == (starts, starts + 20 * minute)
    assert rules.code_times(starts, ends, ends + 25 * minute) == (ends + 25 * minute, ends + 30 * minute)
    assert rules.code_times(starts, ends, ends + 30 * minute) is None
    assert rules.tidy_code(" ab-2 c9\u200b ") == "AB2C9"


TEXTS = some.text(some.characters(exclude_categories=("Cc", "Cs")), max_size=120)


@given(TEXTS, TEXTS, MOMENTS, some.integers(1, 600), some.integers(0, 99))
def test_what_is_written_is_read_back(title: str, place: str, starts: datetime, minutes: int, number: int) -> None:
    starts = starts.replace(microsecond=0)
    entry = Entry(
        uid="1@palms",
        title=title,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=minutes),
        changed_at=starts,
        number=number,
        place=place,
    )
    written = ical.calendar([entry], name="Events")
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert written.count(b"BEGIN:VEVENT") == 1
    read = Calendar.from_ical(written)
    (event,) = read.walk("VEVENT")
    assert not event.errors
    assert (str(event["summary"]), event["dtstart"].dt, event["sequence"]) == (title, starts, number)
    assert event["dtend"].dt == starts + timedelta(minutes=minutes)
    assert str(event.get("location", "")) == place
    assert ical.calendar([entry], name="Events") == written
