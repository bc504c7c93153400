"""The table of moves, what the calendar does, and when somebody is warned: plain values, and in general."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.register.held import Held, Seen
from lms.register.kinds import ContactModel, ListingState, RequirementKind, SeenOnce
from lms.register.lapsing import lapses_on
from lms.register.listing.moves import ENDED, MOVES, VISIBLE, Act, Actor, Need, allows, move_between, moves_from
from lms.register.listing.reasons import WORDS, Reason, reasons_for
from lms.register.listing.rules import Ends, before, ends_of, next_look, turn_of, warning_days, warning_due
from lms.register.rules import AuthorityRules, Because, Before, Provisional, Verdict, eligibility

State = ListingState
TODAY = date(2026, 11, 21)
REFERENCE = [
    ("draft", "submitted", {"pa"}, "nothing"),
    ("submitted", "checking", {"register_officer"}, "nothing"),
    ("checking", "provisional", {"register_officer"}, "provisional_requirements_met"),
    ("checking", "listed", {"register_officer"}, "all_requirements_met"),
    ("provisional", "listed", {"system", "register_officer"}, "all_requirements_met"),
    ("checking", "refused", {"register_officer"}, "recorded_reason"),
    ("listed", "paused", {"pa"}, "nothing"),
    ("provisional", "paused", {"pa"}, "nothing"),
    ("paused", "listed", {"pa"}, "all_requirements_met"),
    ("listed", "lapsed", {"system"}, "requirement_expired_after_grace"),
    ("provisional", "lapsed", {"system"}, "provisional_period_over"),
    ("lapsed", "listed", {"system", "register_officer"}, "all_requirements_met"),
    ("listed", "suspended", {"register_officer"}, "recorded_reason"),
    ("provisional", "suspended", {"register_officer"}, "recorded_reason"),
    ("suspended", "listed", {"register_manager"}, "recorded_decision"),
    ("suspended", "removed", {"register_manager"}, "recorded_decision"),
    ("listed", "removed", {"pa"}, "nothing"),
    ("listed", "removed", {"register_manager"}, "recorded_reason"),
]
"""The transitions of the reference file, as they stand there (there is no role of a safeguarding lead here)."""


@pytest.mark.parametrize(("was", "to", "by", "needs"), REFERENCE)
def test_every_transition_of_the_reference_is_a_move(was: str, to: str, by: set[str], needs: str) -> None:
    for actor in by:
        move = move_between(State(was), State(to), [Actor(actor)])
        assert move is not None
        assert move.needs == needs


def test_no_move_leads_nowhere_and_none_stands_twice() -> None:
    assert all(move.was is not move.to for move in MOVES)
    keys = [(move.was, move.to, move.act, actor) for move in MOVES for actor in move.by]
    assert len(keys) == len(set(keys))


def test_every_state_can_be_reached_and_left() -> None:
    assert {move.to for move in MOVES} == set(State)
    assert {move.was for move in MOVES if move.was} == set(State)


def test_a_pa_never_decides_on_themselves() -> None:
    for move in MOVES:
        if Actor.PA in move.by:
            assert move.act in {Act.START, Act.SEND, Act.PAUSE, Act.GO_ON, Act.LEAVE}
    assert not moves_from(State.SUSPENDED, [Actor.PA])


def test_what_hurts_a_pa_needs_a_reason_from_a_list() -> None:
    for move in MOVES:
        if move.act in {Act.REFUSE, Act.SUSPEND, Act.REMOVE, Act.LIFT}:
            assert move.needs in {Need.REASON, Need.DECISION}
            assert reasons_for(move.act)
    assert set(WORDS) == set(Reason)


def test_immediate_grounds_of_the_rules_come_first() -> None:
    offered = reasons_for(Act.REMOVE, ("barred", "something_unknown", "false_declaration"))
    assert offered[:2] == (Reason.BARRED, Reason.FALSE_DECLARATION)


@pytest.mark.parametrize("need", [Need.ALL_MET, Need.ENOUGH_TO_BEGIN, Need.RAN_OUT, Need.TALKED_ABOUT])
def test_without_rules_nothing_that_rests_on_them_is_allowed(need: Need) -> None:
    assert not allows(need, None)


# What the calendar does.


def _rules(*, grace: int = 14, months: int = 12, needs: tuple[str, ...] = ("A-ID",), days: int = 90) -> AuthorityRules:
    return AuthorityRules(
        authority="A",
        edition="2026.1",
        valid_from=date(2020, 1, 1),
        contact_model=ContactModel.MASKED,
        requirements=(
            SeenOnce(code="A-ID", kind=RequirementKind.IDENTITY),
            SeenOnce(code="A-DECL", kind=RequirementKind.DECLARATION, validity_months=months),
        ),
        provisional=Provisional(allowed=True, needs=needs, maximum_days=days),
        remind_days=60,
        grace_days=grace,
    )


def _held(identity: date | None, declared: date | None) -> Held:
    seen = []
    if identity:
        seen.append(Seen(kind=RequirementKind.IDENTITY, on=identity))
    if declared:
        seen.append(Seen(kind=RequirementKind.DECLARATION, on=declared))
    return Held(seen=tuple(seen))


def _verdict(on: date, state: State, *, declared: date, rules: AuthorityRules, since: date | None = None) -> Verdict:
    known = before(state, shown_as=state if state in VISIBLE else None, provisional_since=since)
    return eligibility(rules, _held(date(2021, 1, 1), declared), on=on, before=known)


def _ends(state: State, on: date, *, declared: date, rules: AuthorityRules, since: date | None = None) -> Ends:
    known = before(state, shown_as=state, provisional_since=since)
    verdict = _verdict(on, state, declared=declared, rules=rules, since=since)
    over = lapses_on(rules, _held(date(2021, 1, 1), declared), verdict, on=on, before=known)
    return ends_of(state, verdict, rules, provisional_since=since, lapses_on=over)


def test_a_listing_lapses_on_the_first_day_after_grace_and_comes_back_when_all_is_there() -> None:
    rules, declared = _rules(), date(2025, 11, 21)
    last = date(2026, 11, 21)  # twelve months, that day included
    ends = _ends(State.LISTED, TODAY, declared=declared, rules=rules)
    assert ends == Ends(last + timedelta(days=1), last + timedelta(days=15))
    assert ends.lapses_on is not None
    day_before = _verdict(ends.lapses_on - timedelta(days=1), State.LISTED, declared=declared, rules=rules)
    assert turn_of(State.LISTED, day_before) is None
    over = turn_of(State.LISTED, _verdict(ends.lapses_on, State.LISTED, declared=declared, rules=rules))
    assert over is not None
    assert (over.to, over.reason) == (State.LAPSED, Reason.SOMETHING_RAN_OUT)
    again = turn_of(State.LAPSED, _verdict(ends.lapses_on, State.LAPSED, declared=ends.lapses_on, rules=rules))
    assert again is not None
    assert again.to is State.LISTED


def test_a_provisional_period_ends_on_its_day() -> None:
    rules, since = _rules(), date(2026, 9, 1)
    held = _held(date(2021, 1, 1), None)
    known = Before(state=State.PROVISIONAL, provisional_since=since)
    verdict = eligibility(rules, held, on=TODAY, before=known)
    ends = ends_of(State.PROVISIONAL, verdict, rules, provisional_since=since, lapses_on=None)
    assert ends.lapses_on == date(2026, 12, 1)
    assert turn_of(State.PROVISIONAL, eligibility(rules, held, on=date(2026, 11, 30), before=known)) is None
    over = turn_of(State.PROVISIONAL, eligibility(rules, held, on=date(2026, 12, 1), before=known))
    assert over is not None
    assert (over.to, over.reason) == (State.LAPSED, Reason.PROVISIONAL_OVER)


@pytest.mark.parametrize("state", sorted(set(State) - {State.LISTED, State.PROVISIONAL, State.LAPSED}))
def test_the_calendar_leaves_alone_what_people_decide(state: State) -> None:
    for found in (Because.NOTHING_IS_MISSING, Because.SOMETHING_RAN_OUT, Because.DISCLOSURE_IS_DISCUSSED):
        verdict = _verdict(TODAY, State.LISTED, declared=TODAY, rules=_rules())
        changed = Verdict(**{**{n: getattr(verdict, n) for n in verdict.__dataclass_fields__}, "because": found})
        assert turn_of(state, changed) is None


days = st.integers(min_value=-900, max_value=30).map(lambda n: TODAY + timedelta(days=n))


@given(declared=days, grace=st.integers(0, 40), months=st.integers(1, 36), since=days)
def test_until_is_exactly_the_day_on_which_a_listing_is_hidden(
    declared: date, grace: int, months: int, since: date
) -> None:
    rules = _rules(grace=grace, months=months, needs=("A-ID",))
    for state in (State.LISTED, State.PROVISIONAL):
        start = max(declared, since)
        verdict = _verdict(start, state, declared=declared, rules=rules, since=since)
        if turn_of(state, verdict) is not None:
            continue
        ends = _ends(state, start, declared=declared, rules=rules, since=since)
        if ends.lapses_on is None:
            continue
        assert ends.lapses_on > start
        for day, hidden in ((ends.lapses_on - timedelta(days=1), False), (ends.lapses_on, True)):
            turn = turn_of(state, _verdict(day, state, declared=declared, rules=rules, since=since))
            assert (turn is not None and turn.to is State.LAPSED) is hidden


@given(
    out=st.integers(-30, 120),
    grace=st.integers(0, 30),
    remind=st.lists(st.integers(0, 90), min_size=1, max_size=4),
    steps=st.lists(st.integers(1, 10), max_size=60),
)
def test_each_warning_is_due_once_and_none_after_the_end(
    out: int, grace: int, remind: list[int], steps: list[int]
) -> None:
    """However often somebody looks: only the warnings of the rules, each once, the urgent ones last, in time."""
    ends = Ends(TODAY + timedelta(days=out), TODAY + timedelta(days=out + grace))
    wanted = warning_days(remind, grace)
    told: list[int] = []
    on = TODAY
    for step in [0, *steps]:
        on += timedelta(days=step)
        due = warning_due(ends, on, wanted)
        if due is not None and due not in told:
            assert ends.lapses_on is not None
            assert on < ends.lapses_on
            told.append(due)
    assert set(told) <= set(wanted)
    assert told == sorted(told, reverse=True)


@given(out=st.integers(-30, 120), grace=st.integers(0, 30), remind=st.lists(st.integers(0, 90), min_size=1, max_size=4))
def test_whoever_looks_only_on_the_days_named_sees_every_warning(out: int, grace: int, remind: list[int]) -> None:
    ends = Ends(TODAY + timedelta(days=out), TODAY + timedelta(days=out + grace))
    wanted = warning_days(remind, grace)
    daily, seldom = set[int](), set[int]()
    for n in range(200):
        due = warning_due(ends, TODAY + timedelta(days=n), wanted)
        daily |= {due} if due is not None else set()
    on: date | None = TODAY
    while on is not None:
        due = warning_due(ends, on, wanted)
        seldom |= {due} if due is not None else set()
        on = next_look(ends, on, wanted)
    assert seldom == daily


@given(st.data())
def test_no_sequence_of_moves_leaves_the_table(data: st.DataObject) -> None:
    """Whoever moves a listing however often: an ended one is only begun anew, reviewed, or unlinked."""
    state: State | None = None
    for _turn in range(20):
        actor = data.draw(st.sampled_from(Actor))
        to = data.draw(st.sampled_from(State))
        move = move_between(state, to, [actor])
        if move is None:
            continue
        if state in ENDED:
            assert move.act in {Act.START, Act.OPEN_AGAIN, Act.UNLINK}
        if move.to in VISIBLE and actor is Actor.PA:
            assert state is State.PAUSED
        state = to
