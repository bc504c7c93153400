"""A statement adds up, and is what anybody counts who goes through the histories by hand."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lms.funding.board.year import Ended, LineHistory, year_of

FIRST, LAST = date(2026, 4, 1), date(2027, 3, 31)
BEGAN = date(2026, 1, 1)


@st.composite
def lines(draw: st.DrawFn) -> LineHistory:
    """A line with a believable life: sent, perhaps again, decided, perhaps again, paid in pieces, taken back."""
    days = sorted(draw(st.lists(st.integers(0, 600), min_size=8, max_size=8)))
    on = [BEGAN + timedelta(days=each) for each in days]
    asked = draw(st.integers(0, 200_000))
    again = draw(st.booleans())
    sent = [(on[0], asked), *([(on[1], draw(st.integers(0, 200_000)))] if again else [])]
    ended = draw(st.none() | st.sampled_from(Ended))
    if ended is not None:
        return _line(draw, sent=sent, ended=(on[2], ended))
    decided = draw(st.lists(st.integers(0, 250_000), max_size=2))
    pieces = draw(st.lists(st.integers(1, 90_000), max_size=3)) if decided else []
    back = draw(st.lists(st.integers(1, 50_000), max_size=2)) if pieces else []
    return _line(
        draw,
        sent=sent,
        decided=[(on[2 + place], pence) for place, pence in enumerate(decided)],
        paid=[(on[4 + place], pence) for place, pence in enumerate(pieces)],
        taken_back=[(on[6 + place], pence) for place, pence in enumerate(back)],
    )


def _line(draw: st.DrawFn, **life: object) -> LineHistory:
    return LineHistory(
        claim=f"RIVERMERE-2026-{draw(st.integers(1, 9)):04d}",
        place=draw(st.integers(1, 3)),
        scheme=draw(st.sampled_from(["A", "B", "C"])),
        training="PAI-1",
        item="X",
        part="full",
        **life,  # type: ignore[arg-type]
    )


days = st.dates(min_value=FIRST, max_value=date(2027, 12, 31))


@given(every=st.lists(lines(), max_size=12), as_at=days)
def test_a_statement_adds_up(every: Sequence[LineHistory], as_at: date) -> None:
    found = year_of(every, first=FIRST, last=LAST, as_at=as_at)
    for sums in (found.total, *(each for _code, each in found.schemes), *found.lines):
        assert sums.asked + sums.above == sums.approved + sums.refused + sums.withdrawn + sums.undecided
        assert min(sums.above, sums.refused, sums.withdrawn, sums.undecided) >= 0
        assert sums.approved == sums.paid + sums.owed
    for name in ("asked", "approved", "refused", "withdrawn", "undecided", "above", "paid", "owed", "taken_back"):
        assert getattr(found.total, name) == sum(getattr(each, name) for _code, each in found.schemes)
        assert getattr(found.total, name) == sum(getattr(each, name) for each in found.lines)
    assert found.total.lines == len(found.lines)
    assert found.moved.kept == found.moved.came_in - found.moved.taken_back


@given(every=st.lists(lines(), max_size=12), as_at=days)
def test_it_is_what_a_recount_day_by_day_comes_to(every: Sequence[LineHistory], as_at: date) -> None:
    """The recount goes through every single day, and writes down what it sees happen."""
    found = year_of(every, first=FIRST, last=LAST, as_at=as_at)
    counted: Counter[str] = Counter()
    for line in every:
        counted += _counted(line, as_at)
    for name in ("asked", "approved", "paid", "undecided"):
        assert getattr(found.total, name) == counted[name], name
    assert (found.moved.came_in, found.moved.taken_back) == (counted["came_in"], counted["back"])


def _counted(line: LineHistory, as_at: date) -> Counter[str]:
    seen: dict[str, int] = {}
    counted: Counter[str] = Counter()
    first_sent: date | None = None
    for day in (BEGAN + timedelta(days=each) for each in range((as_at - BEGAN).days + 1)):
        sent = [pence for on, pence in line.sent if on == day]
        first_sent = first_sent or (day if sent else None)
        seen |= dict.fromkeys(["asked"] if sent else [], sent[-1] if sent else 0)
        seen |= {name: pence for name, (on, pence) in zip(["approved"] * 9, line.decided, strict=False) if on == day}
        seen |= dict.fromkeys(["over"] if line.ended and line.ended[0] == day else [], 1)
        paid = sum(pence for on, pence in line.paid if on == day)
        seen["paid"] = seen.get("paid", 0) + paid
        if FIRST <= day <= LAST:
            counted["came_in"] += paid
            counted["back"] += sum(pence for on, pence in line.taken_back if on == day)
    if first_sent is not None and FIRST <= first_sent <= LAST:
        counted["asked"] += seen["asked"]
        counted["paid"] += seen["paid"]
        counted["approved"] += 0 if "over" in seen else seen.get("approved", 0)
        counted["undecided"] += seen["asked"] if not seen.keys() & {"approved", "over"} else 0
    return counted


def test_the_first_and_the_last_day_of_the_year_count() -> None:
    def sent(day: date) -> LineHistory:
        return LineHistory(claim="X", place=1, scheme="A", training="T", item="I", part="full", sent=[(day, 100)])

    before, after = FIRST - timedelta(days=1), LAST + timedelta(days=1)
    found = year_of([sent(day) for day in (before, FIRST, LAST, after)], first=FIRST, last=LAST, as_at=after)
    assert found.total.asked == 200


def test_what_came_too_much_stands_below_nothing() -> None:
    line = LineHistory(
        claim="X", place=1, scheme="A", training="T", item="I", part="full",
        sent=[(FIRST, 100)], decided=[(FIRST, 80)], paid=[(FIRST, 100)],
    )  # fmt: skip
    (stands,) = year_of([line], first=FIRST, last=LAST, as_at=LAST).lines
    assert (stands.approved, stands.paid, stands.owed, stands.refused) == (80, 100, -20, 20)


def test_more_than_was_asked_is_said_as_that_and_never_as_a_refusal_below_nothing() -> None:
    line = LineHistory(
        claim="X", place=1, scheme="A", training="T", item="I", part="full", sent=[(FIRST, 100)], decided=[(FIRST, 120)]
    )
    found = year_of([line], first=FIRST, last=LAST, as_at=LAST)
    assert (found.total.asked, found.total.approved, found.total.refused, found.total.above) == (100, 120, 0, 20)
