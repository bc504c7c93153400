"""What can become of a certificate, by whom, how it stood on a day, and when its holder is warned."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lms.certification.life.moves import Move
from lms.certification.life.reasons import SuspensionReason
from lms.certification.life.rules import (
    ENDED,
    MOVES,
    NO_REASON,
    PARTS,
    TOO_LATE,
    WARNINGS,
    Life,
    Span,
    Stop,
    may,
    reasons,
    step_on,
    stood,
    stops,
    warns,
)
from lms.certification.rules import Standing, WithdrawalReason
from lms.people.rules import Role

BEGIN = date(2024, 1, 1)
DAYS = st.integers(0, 2000).map(lambda n: BEGIN + timedelta(days=n))
ROLES = st.frozensets(st.sampled_from(Role))
GONE = (Standing.WITHDRAWN, Standing.REPLACED)


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """A life as the services can make it: suspensions one after the other, and nothing before the issue."""
    issued = draw(DAYS)
    on, spans = issued, []
    for _ in range(draw(st.integers(0, 3))):
        since = on + timedelta(days=draw(st.integers(0, 200)))
        lifted = since + timedelta(days=draw(st.integers(0, 200)))
        spans.append(Span(since, lifted))
        on = lifted
    if spans and draw(st.booleans()):
        spans[-1] = Span(spans[-1].since)

    def later(nothing: bool) -> date | None:
        return None if nothing else issued + timedelta(days=draw(st.integers(0, 900)))

    lapses = None if draw(st.booleans()) else issued + timedelta(days=draw(st.integers(1, 900)))
    withdrawn, replaced = later(draw(st.booleans())), later(draw(st.booleans()))
    return Life(issued=issued, lapses=lapses, suspensions=tuple(spans), withdrawn=withdrawn, replaced=replaced)


@given(lives(), DAYS, DAYS)
def test_a_withdrawn_one_never_comes_back(life: Life, one: date, other: date) -> None:
    earlier, later = sorted((one, other))
    if stood(life, earlier) is Standing.WITHDRAWN:
        assert stood(life, later) is Standing.WITHDRAWN
    if stood(life, earlier) is Standing.REPLACED:
        assert stood(life, later) in GONE


@given(lives(), DAYS)
def test_how_it_stood_has_its_reason_on_that_day(life: Life, on: date) -> None:
    answer = stood(life, on)
    assert (answer is None) == (on < life.issued)
    suspended = any(span.holds(on) for span in life.suspensions)
    if answer is Standing.SUSPENDED:
        assert suspended
    if answer is Standing.LAPSED:
        assert life.lapses is not None
        assert life.lapses <= on
        assert not suspended
    if answer is Standing.VALID:
        assert life.lapses is None or on < life.lapses
        assert life.withdrawn is None or on < life.withdrawn
        assert life.replaced is None or on < life.replaced
        assert not suspended


@given(lives(), DAYS)
def test_what_happens_later_does_not_change_how_it_stood(life: Life, on: date) -> None:
    until_then = Life(
        issued=life.issued,
        lapses=life.lapses,
        suspensions=tuple(
            Span(span.since, span.lifted if span.lifted and span.lifted <= on else None)
            for span in life.suspensions
            if span.since <= on
        ),
        withdrawn=life.withdrawn if life.withdrawn and life.withdrawn <= on else None,
        replaced=life.replaced if life.replaced and life.replaced <= on else None,
    )
    assert stood(until_then, on) is stood(life, on)


def test_suspended_and_lifted_on_one_day_counts_that_day() -> None:
    life = Life(issued=BEGIN, suspensions=(Span(BEGIN, BEGIN),))
    assert stood(life, BEGIN) is Standing.VALID


@given(st.sampled_from(GONE), st.sampled_from(Move), ROLES, st.sampled_from(SuspensionReason))
def test_nobody_moves_what_is_withdrawn_or_replaced(
    standing: Standing, move: Move, roles: frozenset[Role], because: SuspensionReason
) -> None:
    assert MOVES[standing] == frozenset()
    assert reasons(move, standing=standing, roles=roles, suspended_because=because) == frozenset()


@given(st.sampled_from(Move), st.sampled_from(Standing), st.sampled_from(SuspensionReason))
def test_nobody_moves_their_own(move: Move, standing: Standing, because: SuspensionReason) -> None:
    found = stops(
        move, reason=str(because), own=True, standing=standing, roles=frozenset(Role), suspended_because=because
    )
    assert found is Stop.OWN


@given(ROLES, st.sampled_from(Move), st.sampled_from(Standing), st.sampled_from([None, *SuspensionReason]))
def test_reasons_and_stops_agree(
    roles: frozenset[Role], move: Move, standing: Standing, because: SuspensionReason | None
) -> None:
    every = {*map(str, SuspensionReason), *map(str, WithdrawalReason), NO_REASON}
    allowed = reasons(move, standing=standing, roles=roles, suspended_because=because)
    for reason in every:
        found = stops(move, reason=reason, own=False, standing=standing, roles=roles, suspended_because=because)
        assert (found is None) == (reason in allowed)
    if not may(roles):
        assert allowed == frozenset()


def test_a_quality_assurer_speaks_about_the_work_only() -> None:
    everything = {
        move: reasons(move, standing=standing, roles={Role.QUALITY_ASSURER}, suspended_because=because)
        for move in Move
        for standing, because in ((Standing.SUSPENDED, SuspensionReason.GROUND_LOOKED_AT), (Standing.VALID, None))
        if move in MOVES[standing]
    }
    assert everything == {
        Move.SUSPEND: {"ground_looked_at"},
        Move.LIFT: {"ground_looked_at"},
        Move.WITHDRAW: {"ground_fell_away"},
        Move.REPLACE: frozenset(),
    }
    for because in (SuspensionReason.FACTS_LOOKED_AT, SuspensionReason.HOLDER_ASKED):
        found = reasons(Move.LIFT, standing=Standing.SUSPENDED, roles={Role.QUALITY_ASSURER}, suspended_because=because)
        assert found == frozenset()


def test_a_coordinator_may_do_all_of_it() -> None:
    assert PARTS[Role.COORDINATOR].keys() == set(Move)
    assert set(PARTS) == {Role.COORDINATOR, Role.QUALITY_ASSURER}


def test_only_what_is_suspended_is_lifted() -> None:
    assert [standing for standing, moves in MOVES.items() if Move.LIFT in moves] == [Standing.SUSPENDED]
    assert MOVES.keys() == set(Standing)


@given(DAYS, DAYS)
def test_each_day_has_the_last_warning_that_has_come(lapses: date, on: date) -> None:
    step = step_on(lapses, on)
    left = (lapses - on).days
    if left > WARNINGS[0] or left <= -TOO_LATE.days:
        assert step is None
    else:
        assert step == min(days for days in WARNINGS if left <= days)
        assert (step == ENDED) == (left <= 0)


def test_the_days_of_the_warnings() -> None:
    lapses = date(2026, 12, 31)
    said = {days: step_on(lapses, lapses - timedelta(days=days)) for days in (91, 90, 31, 30, 1, 0, -1, -29, -30)}
    assert said == {91: None, 90: 90, 31: 90, 30: 30, 1: 30, 0: 0, -1: 0, -29: 0, -30: None}


def test_no_warning_of_what_was_said_at_the_issue() -> None:
    issued = date(2026, 11, 21)
    assert not warns(30, issued=issued, lapses=issued + timedelta(days=30))
    assert warns(30, issued=issued, lapses=issued + timedelta(days=31))
    assert warns(ENDED, issued=issued, lapses=issued + timedelta(days=1))
