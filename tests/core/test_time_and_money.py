"""Days, moments and money as people read them, in both languages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.clock import london_day, utc_now
from lms.core.i18n import Language, day, money, say_in
from lms.core.words import Refused

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
ENGLISH = "January February March April May June July August September October November December".split()
WELSH = "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr".split()


@given(days)
def test_a_day_reads_the_same_back(value: date) -> None:
    for language, months in ((Language.ENGLISH, ENGLISH), (Language.WELSH, WELSH)):
        number, month, year = day(value, language).split()
        assert date(int(year), months.index(month) + 1, int(number)) == value


def test_a_day_as_the_house_style_has_it() -> None:
    assert day(date(2026, 11, 21), "en") == "21 November 2026"
    assert day(date(2026, 1, 1), "cy") == "1 Ionawr 2026"


def test_a_moment_is_shown_as_its_london_day() -> None:
    assert day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "en") == "1 July 2026"


@given(st.integers(-(10**12), 10**12))
def test_money_reads_the_same_back(pence: int) -> None:
    shown = money(pence)
    plain = shown.replace("−", "-").replace("£", "").replace(",", "")
    pounds, part = plain.lstrip("-").split(".")
    assert len(part) == 2
    assert (int(pounds) * 100 + int(part)) * (-1 if plain.startswith("-") else 1) == pence


@pytest.mark.parametrize(
    ("pence", "shown"),
    [(0, "£0.00"), (5, "£0.05"), (154000, "£1,540.00"), (-50, "−£0.50"), (123456789, "£1,234,567.89")],
)
def test_money_as_the_house_style_has_it(pence: int, shown: str) -> None:
    assert money(pence) == shown


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 3, 28, 23, 59, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC), date(2026, 3, 29)),  # the clocks go forward at 01:00
        (datetime(2026, 3, 29, 22, 59, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 23, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 22, 59, tzinfo=UTC), date(2026, 10, 24)),
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 25)),  # they went back at 02:00
        (datetime(2026, 10, 26, 0, 0, tzinfo=UTC), date(2026, 10, 26)),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), date(2026, 12, 31)),
    ],
)
def test_the_london_day_around_the_changing_of_the_clocks(moment: datetime, expected: date) -> None:
    assert london_day(moment) == expected


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001  bounds only
def test_the_london_day_is_never_far(moment: datetime) -> None:
    assert timedelta(0) <= london_day(moment) - moment.date() <= timedelta(days=1)


def test_now_has_its_time_zone() -> None:
    assert utc_now().tzinfo is UTC


def test_sentences_without_a_translation_stay_english() -> None:
    for language in Language:
        assert say_in(language)("A sentence nobody will ever write.") == "A sentence nobody will ever write."


def test_a_refusal_is_said_in_the_readers_language() -> None:
    refused = Refused("At most %(most)s characters.", most=5)
    assert str(refused) == "At most 5 characters."
    assert refused.said(lambda message: message.replace("At most", "Hyd at")) == "Hyd at 5 characters."
