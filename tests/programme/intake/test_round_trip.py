"""Brought in, exported, taken back and brought in again from the export is the same, whatever people are called."""

from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.core.house import House
from lms.funding.board.sheets import as_csv
from lms.programme.intake import exporting
from lms.programme.intake.models import IntakeBatch
from lms.programme.intake.words import State
from tests.programme.intake.conftest import Take, batch_of, undo
from tests.world import World

Carry = Callable[..., IntakeBatch]
HEADINGS = ("Name", "E-mail", "Employer", "Start date", "Course", "Certificate", "Certificate date")


class Row(NamedTuple):
    """A row of a list."""

    name: str
    email: str
    employer: str
    since: date | None
    course: str
    certificate: str
    certified: date | None


WORDS = st.sampled_from(
    ["Siân", "O’Neill", "D'Arcy", "Ŵyn", "=Sum", "+44", "@home", "-Jo", "Ann, Mary", 'The "Hill"', "Zoë;Li", "Ali"]
)
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
DAYS = st.dates(date(2024, 1, 1), date(2026, 11, 20))


@st.composite
def lists(draw: st.DrawFn) -> list[Row]:
    """PAs with one to three rows each: an employer with its first day, a course, a certificate, or none of them."""
    rows = []
    for number in range(draw(st.integers(1, 5))):
        name, email = draw(NAMES), f"pa{number}@example.com"
        homes = draw(st.lists(st.tuples(NAMES, DAYS), max_size=3, unique_by=lambda home: home[0].casefold()))
        for home, since in homes or [("", None)]:
            course = draw(st.sampled_from(["", "PAI"]))
            paper, earned = draw(st.one_of(st.just(("", None)), st.tuples(NAMES, DAYS)))
            rows.append(Row(name, email, home, since, course, paper, earned))
    return rows


@given(rows=lists())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_an_export_brings_the_same_people_back(  # noqa: PLR0917  fixtures
    house: House, world: World, now: datetime, take: Take, carry: Carry, rows: list[Row]
) -> None:
    def exported() -> list[list[str | date | None]]:
        with house.database.reading() as db:
            return sorted(exporting.rows(db, world.authority, now.date()), key=str)

    empty = exported()
    latest = take(as_csv(HEADINGS, [list(row) for row in rows]))
    assert batch_of(house, latest).state is State.LOOKED_AT
    carry(latest)
    before = exported()
    assert {str(line[1]) for line in before} >= {row.email for row in rows}
    file = as_csv(exporting.HEADS, before)
    assert undo(house, world, latest, now).state is State.UNDONE
    assert exported() == empty
    again = take(file)
    assert batch_of(house, again).tally["wrong"] == 0
    carry(again)
    assert exported() == before
    assert undo(house, world, again, now).state is State.UNDONE
