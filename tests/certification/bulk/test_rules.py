"""What a batch can do next, and what may stand in a sheet."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certification.bulk.rules import MOVES, OPEN, Line, State, Tally, may_move
from lms.certification.bulk.sheets import sheet
from lms.core.cells import in_cell

FORMULAS = "=+-@\t＝＋－＠"


@given(st.sampled_from(FORMULAS), st.text(max_size=40))
def test_nothing_in_a_cell_begins_like_a_formula(mark: str, rest: str) -> None:
    for text in (mark + rest, f" {mark}{rest}", f"\r{mark}{rest}", f"\n {mark}{rest}"):
        assert not in_cell(text).lstrip().startswith(tuple(FORMULAS))


@given(st.text(max_size=80))
def test_a_cell_keeps_what_it_says_and_stays_on_one_line(text: str) -> None:
    cell = in_cell(text)
    assert "\n" not in cell
    assert "\r" not in cell
    assert cell.removeprefix("'").split() == text.replace("\x00", "").split() or text.startswith("'")


@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=5))
def test_a_sheet_reads_back_as_the_cells_that_went_in(rows: list[list[str]]) -> None:
    data = sheet(["Name", "Why"], rows).decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(data, newline="")))
    assert found == [["Name", "Why"], *([in_cell(cell) for cell in row] for row in rows)]


def test_a_name_with_welsh_letters_stays_as_it_is() -> None:
    assert in_cell("Ŵyn Ŷates") == "Ŵyn Ŷates"
    assert sheet(["Name"], [["Ŵyn"]]).startswith(b"\xef\xbb\xbf")


def test_every_state_has_its_moves_and_a_batch_that_is_put_away_has_none() -> None:
    assert MOVES.keys() == set(State)
    assert MOVES[State.CLOSED] == frozenset()
    assert State.DONE not in OPEN


@pytest.mark.parametrize("state", [State.LOOKING, State.RUNNING])
def test_nothing_that_is_being_worked_at_can_be_started(state: State) -> None:
    assert not may_move(state, State.RUNNING)


def test_a_tally_counts_what_is_through() -> None:
    tally = Tally({Line.WILL: 3, Line.ISSUED: 4, Line.FAILED: 1, Line.HELD: 2, Line.MISSING: 5, Line.NEW: 6})
    assert (tally.total, tally.looked_at) == (21, 15)
    assert (tally.to_issue, tally.gone_through, tally.with_certificate) == (8, 5, 6)
    assert tally[Line.WAITS] == 0
