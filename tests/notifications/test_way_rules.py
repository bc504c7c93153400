"""Ways, hours of rest, the one mail a day and the length of text messages: worked cases, and what holds in general."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.clock import LONDON
from lms.notifications.channels.lengths import length
from lms.notifications.channels.rules import Came, came_of, next_asked
from lms.notifications.preferences.rules import (
    CHOICES,
    REQUIRED,
    Purpose,
    Reach,
    Topic,
    Way,
    Wishes,
    digest_at,
    due,
    is_quiet,
    next_allowed,
    route,
    through_employer,
)
from lms.notifications.purposes import PURPOSES
from lms.notifications.texts import KINDS

CLOCKS = st.times().map(lambda each: each.replace(second=0, microsecond=0, tzinfo=None))
WISHES = st.builds(Wishes, digest=st.booleans(), quiet=st.booleans(), quiet_from=CLOCKS, quiet_until=CLOCKS,
                   sundays=st.booleans())  # fmt: skip
AROUND = [
    datetime(2026, 3, 28, 12, tzinfo=UTC),
    datetime(2026, 10, 24, 12, tzinfo=UTC),
    datetime(2027, 1, 1, tzinfo=UTC),
]
MOMENTS = st.builds(
    lambda start, minutes: start + timedelta(minutes=minutes), st.sampled_from(AROUND), st.integers(0, 3 * 24 * 60)
)


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON).astimezone(UTC)  # type: ignore[arg-type]  # year, month, …


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (london(2026, 11, 21, 12, 0), london(2026, 11, 21, 12, 0)),
        (london(2026, 11, 21, 20, 0), london(2026, 11, 22, 8, 0)),
        (london(2026, 11, 21, 7, 59), london(2026, 11, 21, 8, 0)),
        (london(2026, 3, 28, 23, 0), london(2026, 3, 29, 8, 0)),  # the night clocks go forward
        (london(2026, 10, 24, 23, 0), london(2026, 10, 25, 8, 0)),  # and back
    ],
)
def test_nothing_comes_at_night(now: datetime, then: datetime) -> None:
    assert next_allowed(Wishes(), now) == then


def test_sundays_are_kept_free_only_for_whom_chose_it() -> None:
    sunday = london(2026, 11, 22, 12, 0)
    assert next_allowed(Wishes(), sunday) == sunday
    assert next_allowed(Wishes(sundays=True), sunday) == london(2026, 11, 23, 8, 0)


@given(WISHES, MOMENTS)
def test_it_is_never_quiet_when_something_goes_out_and_nothing_waits_longer_than_it_must(
    wishes: Wishes, now: datetime
) -> None:
    at = next_allowed(wishes, now)
    assert now <= at <= now + timedelta(days=2, hours=2)
    assert not is_quiet(wishes, at)
    minutes = int((at - now) / timedelta(minutes=1))
    assert all(is_quiet(wishes, now + timedelta(minutes=each)) for each in range(minutes))


@given(WISHES, MOMENTS)
def test_one_mail_a_day_comes_in_the_daytime_and_within_three_days(wishes: Wishes, now: datetime) -> None:
    at = digest_at(wishes, now)
    assert now < at <= now + timedelta(days=3)
    assert not is_quiet(wishes, at)


@given(WISHES, MOMENTS, st.sampled_from(Purpose), st.sampled_from(Way))
def test_safety_is_never_held(wishes: Wishes, now: datetime, purpose: Purpose, way: Way) -> None:
    at = due(purpose, wishes, way, now)
    assert at >= now
    if purpose is Purpose.SAFETY:
        assert at == now


@given(
    st.dictionaries(st.sampled_from(Purpose), st.sampled_from(Way)),
    st.sampled_from([None, "a@example.com"]),
    st.sampled_from([None, "+447700900982"]),
    st.frozensets(st.sampled_from(["a@example.com", "tel:+447700900982"])),
    st.sampled_from(Purpose),
)
def test_what_has_to_be_told_goes_out_wherever_there_is_a_way(
    ways: dict[Purpose, Way], email: str | None, mobile: str | None, broken: frozenset[str], purpose: Purpose
) -> None:
    reach = Reach(email, mobile, broken)
    goes = route(purpose, Wishes(ways), reach)
    assert (goes.address is not None) is (goes.way in {Way.EMAIL, Way.TEXT})
    if purpose is Purpose.SAFETY:
        assert goes.address is not None or not (email or mobile)
    else:
        assert goes.address not in broken
    if purpose in REQUIRED and (reach.mail or reach.text):
        assert goes.address is not None
    if goes.way is Way.LETTER:
        assert purpose is Purpose.COORDINATOR


def test_what_was_chosen_is_what_happens() -> None:
    there = Reach("a@example.com", "+447700900982")
    for purpose, choices in CHOICES.items():
        for way in choices:
            assert route(purpose, Wishes({purpose: way}), there).way is way
    assert route(Purpose.DECISIONS, Wishes({Purpose.DECISIONS: Way.PAGE}), there).way is Way.EMAIL


@pytest.mark.parametrize("wished", [True, False])
@pytest.mark.parametrize("agreed", [True, False])
def test_an_employers_wish_alone_moves_nothing(wished: bool, agreed: bool) -> None:
    assert through_employer(Topic.LEARNING, wished=wished, agreed=agreed) is False
    assert through_employer(Topic.WORK, wished=wished, agreed=agreed) is (wished and agreed)


def test_every_kind_of_notice_that_is_sorted_is_one() -> None:
    assert set(PURPOSES) <= set(KINDS)


@pytest.mark.parametrize(
    ("text", "places", "parts", "unusual"),
    [
        ("", 0, 0, False),
        ("a" * 160, 160, 1, False),
        ("a" * 161, 161, 2, False),
        ("a" * 306, 306, 2, False),
        ("a" * 307, 307, 3, False),
        ("€" * 80, 160, 1, False),
        ("a" * 152 + "€" + "a" * 8, 162, 2, False),
        ("a" * 152 + "€" + "a" * 152, 306, 3, False),  # the euro sign is not cut in two
        ("ŵ" * 70, 70, 1, True),
        ("ŵ" * 71, 71, 2, True),
        ("😀" * 35, 70, 1, True),
        ("😀" * 36, 72, 2, True),
        ("à@£Δ\n", 5, 1, False),
        ("â", 1, 1, True),
    ],
)
def test_the_length_of_a_text_message(text: str, places: int, parts: int, unusual: bool) -> None:
    found = length(text)
    assert (found.places, found.parts, found.unusual) == (places, parts, unusual)


@given(st.text(max_size=400), st.text(max_size=20))
def test_a_longer_message_never_has_fewer_parts(text: str, more: str) -> None:
    found = length(text)
    assert found.parts <= length(text + more).parts
    each = 67 if found.unusual else 153
    assert found.parts <= 1 or found.places <= found.parts * each


@pytest.mark.parametrize(
    ("said", "came"),
    [
        ("sending", Came.NOT_YET),
        ("delivered", Came.DELIVERED),
        ("permanent-failure", Came.FAILED),
        ("temporary-failure", Came.TROUBLED),
        ("something new", Came.NOT_YET),
    ],
)
def test_what_a_status_means(said: str, came: Came) -> None:
    assert came_of(said) is came


@given(st.integers(0, 40), st.integers(0, 60 * 24 * 5))
def test_pauses_grow_and_end(asked: int, minutes: int) -> None:
    sent = AROUND[0]
    now = sent + timedelta(minutes=minutes)
    at = next_asked(sent, asked, now)
    assert at is None or now + timedelta(minutes=5) <= at <= sent + timedelta(days=3)
    assert time(8) == Wishes().quiet_until
