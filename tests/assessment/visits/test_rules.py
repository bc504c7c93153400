"""What becomes of what an assessor wrote with no signal: plain values, and any order of arrival."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.visits import rules
from lms.assessment.visits.rules import Content, Filing, Why

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TAKEN = NOW - timedelta(days=3)
HOUR = timedelta(hours=1)


def at(claimed: datetime, phone_now: datetime = NOW) -> datetime:
    return rules.recorded_at(claimed, phone_now=phone_now, now=NOW, taken_at=TAKEN)


def test_something_was_written_at_our_receipt_less_its_age_on_the_phone() -> None:
    assert at(NOW - 2 * HOUR) == NOW - 2 * HOUR
    wrong = timedelta(days=400)
    assert at(NOW - wrong - 2 * HOUR, NOW - wrong) == NOW - 2 * HOUR


def test_a_clock_that_was_set_in_between_stays_in_bounds() -> None:
    assert at(datetime(1970, 1, 1, tzinfo=UTC)) == TAKEN
    assert at(NOW + timedelta(days=9)) == NOW


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_whatever_the_clock_says_it_is_between_taking_along_and_receipt(claimed: datetime, phone: datetime) -> None:
    try:
        found = at(claimed, phone)
    except OverflowError:
        return  # further apart than time goes; what may be sent is brought into bounds before
    assert TAKEN <= found <= NOW


def test_the_day_is_as_chosen_or_counted_back_from_the_writing() -> None:
    day = date(2026, 11, 20)
    assert rules.day_of(on=day, days_ago=1, written_on=NOW.date()) == day
    assert rules.day_of(on=None, days_ago=1, written_on=NOW.date()) == date(2026, 11, 21)


WELL = {"tie_today": True, "tie_then": True, "left": False, "day_fits": True, "lines_fit": True}


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ({}, (Filing.WHOLE, None)),
        ({"tie_today": False}, (Filing.RECORD, Why.TIE_ENDED)),
        ({"tie_today": False, "tie_then": False}, (Filing.NOT, Why.NO_TIE)),
        ({"tie_then": False}, (Filing.NOT, Why.NO_TIE)),
        ({"left": True}, (Filing.NOT, Why.LEFT)),
        ({"day_fits": False}, (Filing.NOT, Why.WRONG_DAY)),
        ({"lines_fit": False}, (Filing.NOT, Why.OTHER_LINES)),
    ],
)
def test_what_was_seen_is_filed_by_how_its_writer_stood(
    given_: dict[str, bool], expected: tuple[Filing, Why | None]
) -> None:
    assert rules.filing(**{**WELL, **given_}) == expected


def test_a_draft_meets_a_decision_made_meanwhile_and_a_draft_it_did_not_know() -> None:
    one, other = uuid4(), uuid4()
    assert rules.meeting(draft=None, knew=(), decision=one, saw=one) is None
    assert rules.meeting(draft=None, knew=(), decision=other, saw=one) is Why.DECIDED
    assert rules.meeting(draft=None, knew=(), decision=one, saw=None) is Why.DECIDED
    assert rules.meeting(draft="b", knew=("a",), decision=one, saw=one) is Why.DRAFT_CHANGED
    assert rules.meeting(draft="a", knew=("a",), decision=one, saw=one) is None


def content(**given_: object) -> Content:
    said = {"judgement": "met", "reason": "", "feedback": "", "rests_on": None, "five": (True,) * 5}
    return Content(**{**said, **given_})  # type: ignore[arg-type]


def test_a_mark_tells_drafts_apart_by_what_they_say() -> None:
    here = rules.mark_of(content(reason="Because"))
    assert here == rules.mark_of(content(reason=" Because\n"))
    assert len({here, *(rules.mark_of(content(**other)) for other in (
        {"reason": "", "feedback": "Because"},
        {"judgement": "not_yet_met", "reason": "Because"},
        {"reason": "Because", "rests_on": UUID(int=1)},
        {"reason": "Because", "five": (True, True, True, True, False)},
    ))}) == 5  # fmt: skip


def test_a_phone_keeps_a_first_name_and_initials() -> None:
    assert rules.short_name("Pat Morgan") == "Pat M."
    assert rules.short_name("Anna Maria van der Berg") == "Anna M. V. D. B."
    assert rules.short_name("Olwen") == "Olwen"


@dataclass(frozen=True)
class Written:
    id: UUID
    at: int


@given(st.lists(st.tuples(st.uuids(), st.integers(-5, 5)), min_size=1, max_size=6, unique_by=lambda w: w[0]))
def test_of_what_one_phone_wrote_exactly_one_is_the_newest(pairs: list[tuple[UUID, int]]) -> None:
    written = [Written(*pair) for pair in pairs]
    assert sum(rules.is_newest(one, written) for one in written) == 1
