"""Hours as people type them, days a workshop can have been held, and lists that are pasted in."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lms.certification.attendance.finding import MOST_LINES, found_in, lines_of
from lms.certification.attendance.rules import LONGEST_AGO, MOST_MINUTES, STEP, hours_of, minutes_of, too_far


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("2", 120), (" 2.5 ", 150), ("2,5", 150), ("1:15", 75), ("0.25", 15), ("40", 2400), ("07", 420)],
)
def test_hours_are_read_as_people_type_them(typed: str, minutes: int) -> None:
    assert minutes_of(typed) == minutes


@pytest.mark.parametrize(
    "typed", ["", "0", "two", "-1", "1:60", "1:07", "1.1", "41", "40:15", "1e3", "٣", "1.", ":", "²", "9" * 40]
)
def test_what_are_no_hours_is_none(typed: str) -> None:
    assert minutes_of(typed) is None


@given(st.integers(1, MOST_MINUTES // STEP).map(lambda quarters: quarters * STEP))
def test_hours_shown_are_read_back_as_they_were(minutes: int) -> None:
    assert minutes_of(hours_of(minutes)) == minutes


@given(st.text(max_size=12))
def test_nothing_that_is_typed_breaks_it(typed: str) -> None:
    found = minutes_of(typed)
    assert found is None or (0 < found <= MOST_MINUTES and found % STEP == 0)


def test_a_workshop_was_held_today_or_in_the_last_three_years() -> None:
    today = date(2026, 11, 21)
    assert not too_far(today, today)
    assert not too_far(today - LONGEST_AGO, today)
    assert too_far(today + timedelta(days=1), today)
    assert too_far(today - LONGEST_AGO - timedelta(days=1), today)


@dataclass(frozen=True)
class Pa:
    """Somebody a list can name."""

    name: str
    email: str | None = None
    username: str | None = None
    id: UUID = field(default_factory=uuid4)


def test_a_list_finds_people_by_name_by_e_mail_and_by_username() -> None:
    wyn = Pa("Ŵyn Ŷates", "wyn@example.com", id=uuid4())
    sam = Pa("Sam Okoro", username="sam.okoro", id=uuid4())
    lines = lines_of("ŵyn   ŷates\n WYN@example.com ;\n\nsam.okoro,\nnobody\n")
    found = found_in(lines, [wyn, sam])
    assert (found.people, found.unknown, found.several) == ((wyn.id, sam.id), ("nobody",), ())


def test_a_name_of_two_people_is_nobody_until_somebody_says_which() -> None:
    two = [Pa("Sam Okoro", "a@example.com", id=uuid4()), Pa("Sam Okoro", "b@example.com", id=uuid4())]
    found = found_in(["Sam Okoro", "b@example.com"], two)
    assert (found.people, found.several) == ((two[1].id,), ("Sam Okoro",))


def test_accents_typed_in_two_pieces_are_the_same_name() -> None:
    assert found_in(["Sia\u0302n"], [Pa("Siân", id=UUID(int=7))]).people == (UUID(int=7),)


@given(st.text(max_size=400))
@example("\x1f")
@example(" ,\u2003; \t\n")
def test_lines_are_bounded_and_none_is_blank(text: str) -> None:
    lines = lines_of(text)
    assert len(lines) == len(set(lines))
    assert all(line.strip() for line in lines)


def test_a_list_that_goes_on_for_ever_is_cut_off() -> None:
    assert len(lines_of("\n".join(str(number) for number in range(10_000)))) == MOST_LINES + 1
