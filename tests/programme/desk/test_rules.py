"""Whose move it is, since when, and from when on that is stuck: worked cases, and what holds whatever is known."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.programme.desk.rules import (
    DAYS,
    Known,
    Limits,
    Practice,
    Spell,
    Stand,
    State,
    Who,
    Why,
    changes_on,
    may_nudge_again,
    stand,
)

TODAY = date(2026, 11, 21)
BEGAN = date(2026, 9, 1)
OPEN = Spell(BEGAN)


def _ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("known", "who", "why", "since"),
    [
        (Known(started_on=BEGAN), Who.SELF, Why.TO_BEGIN, BEGAN),
        (Known(started_on=BEGAN, last_on=_ago(3)), Who.SELF, Why.TO_STUDY, _ago(3)),
        (Known(started_on=BEGAN, last_on=_ago(9), sent_back=_ago(4)), Who.SELF, Why.TO_WRITE_AGAIN, _ago(4)),
        (Known(started_on=BEGAN, last_on=_ago(1), unread=_ago(8)), Who.READER, Why.TO_READ, _ago(8)),
        (
            Known(started_on=BEGAN, practice=(Practice(units=1, undecided=_ago(5)),), assessors=(OPEN,)),
            Who.ASSESSOR,
            Why.TO_DECIDE,
            _ago(5),
        ),
        (
            Known(started_on=BEGAN, practice=(Practice(units=1, undecided=_ago(5)),), employers=(OPEN,)),
            Who.COORDINATOR,
            Why.TO_FIND_ASSESSOR,
            _ago(5),
        ),
        (
            Known(
                started_on=BEGAN, practice=(Practice(units=1, to_see=_ago(6)),), employers=(OPEN,), assessors=(OPEN,)
            ),
            Who.EMPLOYER,
            Why.TO_SEE,
            _ago(6),
        ),
        (
            Known(started_on=BEGAN, practice=(Practice(units=1, to_see=_ago(6)),), assessors=(OPEN,)),
            Who.ASSESSOR,
            Why.TO_SEE,
            _ago(6),
        ),
        (
            Known(started_on=BEGAN, practice=(Practice(units=1, ready=_ago(2)),), employers=(OPEN,)),
            Who.EMPLOYER,
            Why.TO_SIGN_OFF,
            _ago(2),
        ),
        (
            # Nobody asks a household about the standards: the assessor who was there has gone, so one is to be found.
            Known(
                started_on=BEGAN,
                practice=(Practice(standards=True, units=1, ready=_ago(2)),),
                employers=(OPEN,),
                assessors=(Spell(BEGAN, _ago(1)),),
            ),
            Who.COORDINATOR,
            Why.TO_FIND_ASSESSOR,
            _ago(2),
        ),
        (
            Known(started_on=BEGAN, last_on=_ago(7), studied=True, practice=(Practice(units=2, signed_off=2),)),
            Who.COORDINATOR,
            Why.TO_CERTIFY,
            _ago(7),
        ),
        (
            # Of two who have a move, the one who has had it longer.
            Known(started_on=BEGAN, unread=_ago(3), applied_on=_ago(9)),
            Who.REGISTER_TEAM,
            Why.TO_LIST,
            _ago(9),
        ),
    ],
)
def test_whose_move_it_is(known: Known, who: Who, why: Why, since: date) -> None:
    found = stand(known, TODAY)
    assert (found.state, found.waits_for, found.why, found.since) == (State.WORKING, who, why, since)


def test_who_has_completed_waits_for_the_register_team_at_most() -> None:
    done = Known(started_on=BEGAN, completed_on=_ago(5), unread=_ago(9))
    assert stand(done, TODAY).waits_for is None
    assert stand(replace(done, applied_on=_ago(2)), TODAY).waits_for is Who.REGISTER_TEAM


def test_who_has_left_waits_for_nobody_and_stays_completed_when_they_were() -> None:
    left = Known(started_on=BEGAN, left_on=_ago(1), unread=_ago(9))
    assert (stand(left, TODAY).state, stand(left, TODAY).waits_for) == (State.LEFT, None)
    assert stand(replace(left, completed_on=_ago(9)), TODAY).state is State.COMPLETED


def test_the_day_an_allocation_ends_changes_the_answer_by_itself() -> None:
    known = Known(started_on=BEGAN, practice=(Practice(units=1, undecided=_ago(5)),), assessors=(Spell(BEGAN, TODAY),))
    found = stand(known, TODAY)
    assert (found.waits_for, found.holds_until) == (Who.ASSESSOR, TODAY + timedelta(days=1))
    assert stand(known, TODAY + timedelta(days=1)).waits_for is Who.COORDINATOR


@pytest.mark.parametrize("who", Who)
def test_a_wait_is_stuck_from_its_day_on_and_not_before(who: Who) -> None:
    def waiting(days: int) -> Stand:
        return Stand(state=State.WORKING, started_on=BEGAN, waits_for=who, why=Why.TO_STUDY, since=_ago(days))

    assert not Limits().is_stuck(waiting(DAYS[who] - 1), TODAY)
    assert Limits().is_stuck(waiting(DAYS[who]), TODAY)
    assert Limits({**DAYS, who: 3}).is_stuck(waiting(3), TODAY)


def test_nobody_is_nudged_twice_within_a_week() -> None:
    assert may_nudge_again(None, TODAY)
    assert not may_nudge_again(_ago(6), TODAY)
    assert may_nudge_again(_ago(7), TODAY)


_DAY = st.dates(date(2026, 1, 1), date(2027, 6, 1))
_MAYBE = st.none() | _DAY
_SPELLS = st.lists(
    st.tuples(_DAY, _MAYBE).map(lambda two: Spell(two[0], max(two) if two[1] else None)),  # type: ignore[type-var]
    max_size=3,
).map(tuple)
_PRACTICE = st.builds(
    Practice,
    standards=st.booleans(),
    units=st.just(3),
    signed_off=st.integers(0, 3),
    undecided=_MAYBE,
    ready=_MAYBE,
    to_see=_MAYBE,
)
_KNOWN = st.builds(
    Known,
    started_on=_DAY,
    left_on=_MAYBE,
    completed_on=_MAYBE,
    last_on=_MAYBE,
    studied=st.booleans(),
    unread=_MAYBE,
    sent_back=_MAYBE,
    practice=st.lists(_PRACTICE, max_size=2).map(tuple),
    assessors=_SPELLS,
    employers=_SPELLS,
    applied_on=_MAYBE,
)


@given(_KNOWN, _DAY)
def test_everybody_under_way_waits_for_somebody_with_a_reason(known: Known, on: date) -> None:
    found = stand(known, on)
    together = {found.waits_for is None, found.why is None, found.since is None}
    assert len(together) == 1
    assert (found.state is State.WORKING) <= (found.waits_for is not None)
    assert (found.state is State.LEFT) <= (found.waits_for is None)


@given(_KNOWN, _DAY, st.integers(0, 400))
def test_the_answer_holds_until_the_day_it_names(known: Known, on: date, later: int) -> None:
    found, then = stand(known, on), on + timedelta(days=later)
    if found.holds_until is None or then < found.holds_until:
        assert replace(stand(known, then), holds_until=None) == replace(found, holds_until=None)


@given(_SPELLS, _DAY)
def test_the_next_change_is_in_the_future(spells: tuple[Spell, ...], on: date) -> None:
    found = changes_on(spells, on)
    assert found is None or found > on
