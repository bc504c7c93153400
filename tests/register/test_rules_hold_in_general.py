"""What has to be true of every verdict, whoever the PA is and whichever day it is."""

from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lms
from lms.core.content import Problems
from lms.register.content import load
from lms.register.held import Held
from lms.register.kinds import ListingState, RequirementState
from lms.register.rules import AuthorityRules, Verdict, eligibility, in_order_of_help
from lms.register.spans import months_after
from tests.register.strategies import BEFORE, DAYS, holding

SHELF = load([Path(lms.__file__).parent / "register/rules"], Problems())
RULES = {code: editions[-1].rules for code, editions in SHELF.editions.items()}
ANY_RULES = st.sampled_from(sorted(RULES)).map(RULES.__getitem__)
WORTH = {ListingState.LAPSED: 0, ListingState.CHECKING: 0, ListingState.PROVISIONAL: 1, ListingState.LISTED: 2}
"""Somebody who lapsed and somebody who is still checked are both shown to nobody."""


def told(verdict: Verdict) -> Verdict:
    """A verdict without its days of change, which move on as one of them passes."""
    return replace(verdict, until=None, findings=tuple(f._replace(until=None) for f in verdict.findings))


def both(one: Held, other: Held) -> Held:
    return Held(**{f.name: _joined(getattr(one, f.name), getattr(other, f.name)) for f in fields(Held)})


def _joined(one: Any, other: Any) -> Any:
    return one | other if isinstance(one, frozenset) else one + other


@given(st.data(), ANY_RULES, DAYS, BEFORE)
def test_holding_more_never_makes_a_verdict_worse(data: Any, rules: AuthorityRules, on: date, before: Any) -> None:
    less, extra = data.draw(holding(rules)), data.draw(holding(rules, good=True))
    without = eligibility(rules, less, on=on, before=before)
    withal = eligibility(rules, both(less, extra), on=on, before=before)
    assert WORTH[withal.state] >= WORTH[without.state]
    assert set(withal.missing) <= set(without.missing)
    assert set(withal.recommended_missing) <= set(without.recommended_missing)


@given(st.data(), ANY_RULES, DAYS, BEFORE)
def test_what_is_missing_is_named_once_in_order_and_is_mandatory(
    data: Any, rules: AuthorityRules, on: date, before: Any
) -> None:
    verdict = eligibility(rules, data.draw(holding(rules)), on=on, before=before)
    mandatory = {r.code for r in rules.requirements if r.mandatory}
    assert set(verdict.missing) <= mandatory
    assert set(verdict.recommended_missing) <= {r.code for r in rules.requirements} - mandatory
    assert list(verdict.missing) == sorted(set(verdict.missing))
    if verdict.state is not ListingState.LISTED:
        assert verdict.missing or any(f.holds_back for f in verdict.findings)


@settings(max_examples=200)
@given(st.data(), ANY_RULES, DAYS, BEFORE)
def test_a_verdict_holds_until_the_day_it_names_and_not_on_it(
    data: Any, rules: AuthorityRules, on: date, before: Any
) -> None:
    held = data.draw(holding(rules))
    today = eligibility(rules, held, on=on, before=before)
    if today.until is None:
        later = on + timedelta(days=data.draw(st.integers(0, 20_000)))
        assert told(eligibility(rules, held, on=later, before=before)) == told(today)
        return
    assert today.until > on
    between = on + timedelta(days=data.draw(st.integers(0, (today.until - on).days - 1)))
    for day in (between, today.until - timedelta(days=1)):
        assert told(eligibility(rules, held, on=day, before=before)) == told(today)
    assert told(eligibility(rules, held, on=today.until, before=before)) != told(today)


@given(st.data(), ANY_RULES, DAYS)
def test_a_fact_from_tomorrow_changes_nothing_today(data: Any, rules: AuthorityRules, on: date) -> None:
    held = data.draw(holding(rules))
    tomorrow = data.draw(holding(rules, good=True))
    later = on + timedelta(days=1)
    moved = replace(
        Held(),
        seen=tuple(replace(s, on=later, ends_on=None) for s in tomorrow.seen),
        learned=tuple(replace(one, on=later, ends_on=None) for one in tomorrow.learned),
        references=tuple(replace(r, on=later) for r in tomorrow.references),
        accepted=tuple(replace(a, on=later) for a in tomorrow.accepted),
    )
    assert told(eligibility(rules, both(held, moved), on=on)) == told(eligibility(rules, held, on=on))


@given(st.data(), ANY_RULES, DAYS)
def test_a_new_applicant_is_never_given_days_of_grace_and_never_lapses(
    data: Any, rules: AuthorityRules, on: date
) -> None:
    verdict = eligibility(rules, data.draw(holding(rules)), on=on)
    assert verdict.state is not ListingState.LAPSED
    if verdict.state is ListingState.LISTED:
        assert not verdict.missing


@given(st.data(), ANY_RULES, DAYS, BEFORE)
def test_there_is_a_next_step_whenever_something_is_missing(
    data: Any, rules: AuthorityRules, on: date, before: Any
) -> None:
    verdict = eligibility(rules, data.draw(holding(rules)), on=on, before=before)
    if verdict.missing:
        assert verdict.next_step is not None
        assert verdict.next_step.code in verdict.missing or verdict.finding(verdict.next_step.code).holds_back
    for one in in_order_of_help(rules, verdict.findings):
        assert one.state not in {RequirementState.MET, RequirementState.WAIVED, RequirementState.NOT_APPLICABLE}


@given(DAYS, st.integers(0, 120))
def test_a_month_later_is_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2023-08-31", 36, "2026-08-31"),
        ("2026-12-15", 1, "2027-01-15"),
    ],
)
def test_months_are_counted_to_the_corresponding_day(day: str, months: int, later: str) -> None:
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(later)
