"""When something was given: wrong clocks are harmless, and nothing is given before its check or after its receipt."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from lms.learning.moments import after, waited, when_given

START = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
moments = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  the zone is beside it
soon = st.timedeltas(timedelta(0), timedelta(days=30))
numbers = st.uuids()


@given(real=soon, waits=soon, phone=moments)
def test_a_clock_that_is_wrong_by_years_changes_nothing(real: timedelta, waits: timedelta, phone: datetime) -> None:
    given_at, receipt = START + real, START + real + waits
    try:
        claimed, sent = phone, phone + waits
    except OverflowError:
        return
    assert when_given(receipt=receipt, claimed_at=claimed, phone_now=sent, not_before=START) == given_at


@given(receipt=moments, claimed=moments, sent=moments, start=moments)
def test_whatever_a_phone_claims_it_is_between_start_and_receipt(
    receipt: datetime, claimed: datetime, sent: datetime, start: datetime
) -> None:
    found = when_given(receipt=receipt, claimed_at=claimed, phone_now=sent, not_before=start)
    assert min(start, receipt) <= found <= receipt


def test_a_clock_set_back_between_giving_and_sending_gives_the_receipt() -> None:
    receipt = START + timedelta(hours=1)
    assert when_given(receipt=receipt, claimed_at=receipt, phone_now=START, not_before=START) == receipt


@given(one=st.tuples(soon, numbers), other=st.tuples(soon, numbers))
def test_a_place_after_another_comes_after_it_and_moves_only_when_it_must(
    one: tuple[timedelta, UUID], other: tuple[timedelta, UUID]
) -> None:
    place, earlier = (START + one[0], one[1]), (START + other[0], other[1])
    found = after(place, earlier)
    assert found > earlier
    assert found[1] == place[1]
    assert found == place or place <= earlier
    assert after(place, None) == place


def test_one_reading_of_a_clock_alone_says_nothing() -> None:
    assert waited(START, None) is None
    assert waited(None, START) is None
    assert waited(START, START) is not None
