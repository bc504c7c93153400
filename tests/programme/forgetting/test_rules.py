"""Which years hold while a shorter time is announced, and from when on something is still kept."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lms.core.clock import london_day
from lms.programme.forgetting.rules import NOTICE, Said, Years, in_force, kept_from

TODAY = date(2026, 11, 23)


def test_worked_cases_of_what_holds() -> None:
    first, shorter, mended = Years(notes=6, alerts=10), Years(notes=1, alerts=10), Years(notes=6, alerts=10)
    said = [Said(date(2026, 1, 1), first), Said(date(2026, 12, 1), shorter)]
    assert in_force([], TODAY) == Years()
    assert in_force(said, date(2025, 12, 31)) == Years(), "announced, and not yet carried out"
    assert in_force(said, date(2026, 11, 30)) == first
    assert in_force(said, date(2026, 12, 1)) == shorter
    assert in_force([*said, Said(date(2026, 12, 9), mended)], date(2026, 12, 1)) == mended, "mended in time"


def test_an_empty_box_keeps_at_once() -> None:
    said = [Said(date(2026, 1, 1), Years(6, 6, 6)), Said(TODAY + NOTICE, Years(None, 6, 75))]
    assert in_force(said, TODAY) == Years(None, 6, 75)


def test_the_same_day_so_many_years_ago_is_kept_still_and_the_day_before_is_not() -> None:
    assert kept_from(6, TODAY) == datetime(2020, 11, 23, tzinfo=UTC)
    assert kept_from(1, date(2025, 6, 30)) == datetime(2024, 6, 29, 23, tzinfo=UTC), "midnight in London"
    assert kept_from(1, date(2028, 2, 29)) == datetime(2027, 2, 28, tzinfo=UTC)


YEARS = st.none() | st.integers(1, 75)
SAVED = st.lists(st.tuples(st.integers(0, 200), st.builds(Years, YEARS, YEARS, YEARS)), max_size=5)


@given(saved=SAVED, on=st.integers(0, 300))
def test_nothing_is_ever_kept_shorter_than_what_was_saved_last_or_what_held_thirty_days_ago(
    saved: list[tuple[int, Years]], on: int
) -> None:
    """Told again by hand: day by day the newest that was saved, and what stood a notice ago."""
    saved.sort(key=lambda each: each[0])
    day = TODAY + timedelta(days=on)
    said = [Said(TODAY + timedelta(days=after) + NOTICE, years) for after, years in saved if after <= on]
    holds = in_force(said, day)
    newest = [years for after, years in saved if after <= on][-1:] or [Years()]
    before = [years for after, years in saved if after <= on - NOTICE.days][-1:] or [Years()]
    for kind in ("notes", "call_backs", "alerts"):
        held, last, then = (getattr(each, kind) or 10_000 for each in (holds, newest[0], before[0]))
        assert held >= max(last, then)
        if on > 200 + NOTICE.days:
            assert held == last, "once every notice is over, what was saved last holds"


def test_the_moment_belongs_to_the_day_it_begins() -> None:
    assert london_day(kept_from(3, TODAY)) == date(2023, 11, 23)
