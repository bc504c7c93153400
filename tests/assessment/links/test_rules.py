"""Which questions a link asks, in which order, and when it ends."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.links.rules import (
    BadDay,
    End,
    Kind,
    Met,
    Real,
    Saw,
    State,
    ends,
    first_open,
    masked_email,
    masked_phone,
    most,
    questions,
    remind_at,
    seen_lines,
    state,
    wrong_day,
)

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
LINES = ("a", "b")


def codes(answers: dict[str, str], **how: bool) -> list[str]:
    return [each.code for each in questions(LINES, answers, **{"decides": False, **how})]


def test_whoever_saw_nothing_is_asked_nothing_more() -> None:
    assert codes({}) == ["saw-1", "saw-2"]
    assert codes({"saw-1": "no", "saw-2": "no"}) == ["saw-1", "saw-2"]


def test_one_day_one_text_and_how_close_are_asked_once() -> None:
    assert codes({"saw-1": "yes", "saw-2": "yes"}) == ["saw-1", "saw-2", "day", "what", "real", "close"]
    assert "close" not in codes({"saw-1": "yes"}, close_known=True)


def test_only_who_decides_and_is_not_too_close_and_saw_real_work_is_asked_whether_it_is_met() -> None:
    seen = {"saw-1": "yes", "saw-2": "no", "real": "real", "close": "no"}
    assert codes(seen, decides=True)[-1] == "met-1"
    assert "met-1" not in codes(seen)
    for changed in ({"close": "related"}, {"close": "not_said"}, {"real": "shown"}, {"real": "unsure"}):
        assert "met-1" not in codes(seen | changed, decides=True)


def test_not_yet_asks_what_should_be_different() -> None:
    seen = {"saw-1": "yes", "saw-2": "yes", "real": "real", "close": "no", "met-1": "not_yet", "met-2": "yes"}
    assert codes(seen, decides=True)[-3:] == ["met-1", "next-1", "met-2"]


def test_sign_off_is_asked_only_when_every_line_is_met() -> None:
    seen = {"saw-1": "yes", "saw-2": "yes", "real": "real", "close": "no", "met-1": "yes", "met-2": "yes"}
    assert codes(seen, decides=True, can_sign=True)[-1] == "sign"
    assert "sign" not in codes(seen, decides=True)
    assert "sign" not in codes(seen | {"met-2": "unsure"}, decides=True, can_sign=True)
    assert "sign" not in codes(seen | {"saw-2": "no"}, decides=True, can_sign=True)


VALUES = st.sampled_from([*Saw, *Real, *Met, "no", "related"]).map(str)
CODES = st.sampled_from(["saw-1", "saw-2", "real", "close", "met-1", "met-2", "next-1"])


@given(st.dictionaries(CODES, VALUES), st.booleans(), st.booleans(), st.booleans())
def test_no_answers_bring_a_page_twice_or_more_than_was_said_at_most(
    answers: dict[str, str], decides: bool, close_known: bool, can_sign: bool
) -> None:
    asked = questions(LINES, answers, decides=decides, close_known=close_known, can_sign=can_sign)
    assert len({each.code for each in asked}) == len(asked)
    told = most(LINES, decides=decides, close_known=close_known, can_sign=can_sign)
    nexts = sum(each.kind is Kind.NEXT for each in asked)
    assert len(asked) - nexts <= told
    assert {each.kind for each in asked} <= {Kind.SAW} or seen_lines(LINES, answers)
    if Kind.MET in {each.kind for each in asked}:
        assert decides
        assert answers.get("close", "no") == "no"


@given(st.dictionaries(CODES, VALUES))
def test_answering_the_first_open_page_comes_to_an_end(answers: dict[str, str]) -> None:
    for _step in range(20):
        asked = questions(LINES, answers, decides=True, can_sign=True)
        page = first_open(asked, answers)
        if page is None:
            return
        answers = {**answers, page.code: "yes"}
    raise AssertionError("it never ends")


def test_a_link_stands_where_its_end_its_days_and_its_answers_say() -> None:
    until = ends(NOON, 14)
    assert state(end=None, started=False, expires_at=until, now=NOON) is State.WAITING
    assert state(end=None, started=True, expires_at=until, now=until - timedelta(seconds=1)) is State.STARTED
    assert state(end=None, started=True, expires_at=until, now=until) is State.OVER
    for end in End:
        assert state(end=end, started=True, expires_at=until, now=until) == end.value


def test_the_one_reminder_is_due_after_half_of_the_days() -> None:
    assert remind_at(NOON, ends(NOON, 14)) == NOON + timedelta(days=7)


@pytest.mark.parametrize(
    ("day", "problem"),
    [(date(2026, 11, 22), BadDay.FUTURE), (date(2026, 10, 31), BadDay.TOO_EARLY), (date(2026, 11, 1), None)],
)
def test_a_day_that_cannot_be(day: date, problem: BadDay | None) -> None:
    assert wrong_day(day, enrolled_on=date(2026, 11, 1), today=date(2026, 11, 21)) is problem


def test_an_address_is_masked() -> None:
    assert masked_email("amina.yusuf@example.com") == "a•••@example.com"
    assert masked_phone("+447700900982") == "••• 982"
