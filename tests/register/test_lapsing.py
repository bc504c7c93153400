"""The day a listing lapses by the calendar: the same answer as asking every day until it comes."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lms.register.held import Held, Seen
from lms.register.kinds import ContactModel, ListingState, RequirementKind, SeenOnce
from lms.register.lapsing import lapses_on
from lms.register.rules import NEW_APPLICANT, AuthorityRules, Before, Provisional, eligibility
from tests.register.strategies import BEFORE, DAYS, holding
from tests.register.test_rules_hold_in_general import ANY_RULES

LISTED = Before(state=ListingState.LISTED)
TODAY = date(2026, 6, 1)


@st.composite
def short(draw: Any) -> AuthorityRules:
    """An authority's rules, cut down to a few requirements, so that somebody may be listed by them."""
    rules = draw(ANY_RULES)
    kept = draw(st.lists(st.sampled_from(rules.requirements), min_size=1, max_size=3, unique_by=lambda r: r.code))
    return replace(rules, requirements=tuple(kept), grace_days=draw(st.sampled_from([0, 14, 30])))


def day_by_day(rules: AuthorityRules, held: Held, on: date) -> date | None:
    """Ask on each day on which something changes."""
    rules, day = replace(rules, replaced_on=None), on
    while (verdict := eligibility(rules, held, on=day, before=LISTED)).state is ListingState.LISTED:
        if verdict.until is None:
            return None
        day = verdict.until
    return day


@settings(suppress_health_check=[HealthCheck.filter_too_much])  # few hold all of three requirements by chance
@given(st.data(), short(), DAYS, BEFORE)
def test_it_is_the_first_day_on_which_asking_again_says_so(
    data: st.DataObject, rules: AuthorityRules, on: date, before: Before
) -> None:
    held = data.draw(holding(rules))
    verdict = eligibility(rules, held, on=on, before=before)
    assume(verdict.state is ListingState.LISTED)
    assert lapses_on(rules, held, verdict, on=on, before=before) == day_by_day(rules, held, on)


def rules_of(*requirements: SeenOnce, grace_days: int = 14) -> AuthorityRules:
    return AuthorityRules(
        authority="X",
        edition="2026.1",
        valid_from=date(2026, 1, 1),
        contact_model=ContactModel.MASKED,
        requirements=requirements,
        provisional=Provisional(allowed=True, maximum_days=90),
        remind_days=60,
        grace_days=grace_days,
    )


DECLARATION = SeenOnce(code="X-DECL", kind=RequirementKind.DECLARATION, validity_months=12)
FEE = SeenOnce(code="X-FEE", kind=RequirementKind.FEE, validity_months=12)


def seen(kind: RequirementKind, on: date) -> Seen:
    return Seen(kind=kind, on=on)


def asked(rules: AuthorityRules, held: Held, before: Before = NEW_APPLICANT) -> date | None:
    return lapses_on(rules, held, eligibility(rules, held, on=TODAY, before=before), on=TODAY, before=before)


def test_days_of_grace_are_counted() -> None:
    held = Held(seen=(seen(RequirementKind.DECLARATION, date(2026, 1, 10)),))
    assert asked(rules_of(DECLARATION), held) == date(2027, 1, 25)
    assert asked(rules_of(DECLARATION, grace_days=0), held) == date(2027, 1, 11)


def test_the_first_of_several_ends_counts() -> None:
    held = Held(
        seen=(seen(RequirementKind.DECLARATION, date(2026, 1, 10)), seen(RequirementKind.FEE, date(2025, 9, 1)))
    )
    assert asked(rules_of(DECLARATION, FEE), held) == date(2026, 9, 16)


def test_within_the_days_of_grace_the_day_is_the_same() -> None:
    held = Held(seen=(seen(RequirementKind.DECLARATION, date(2025, 5, 25)),))
    assert asked(rules_of(DECLARATION), held, LISTED) == date(2026, 6, 9)


def test_who_is_not_listed_has_no_such_day_and_who_is_provisionally_has_the_end_of_that_time() -> None:
    assert asked(rules_of(DECLARATION), Held()) is None
    before = Before(state=ListingState.PROVISIONAL, provisional_since=date(2026, 5, 1))
    assert asked(rules_of(DECLARATION), Held(), before) == date(2026, 7, 31)


def test_a_recommended_requirement_takes_nobody_off() -> None:
    held = Held(seen=(seen(RequirementKind.DECLARATION, date(2026, 1, 10)),))
    assert asked(rules_of(replace(DECLARATION, mandatory=False)), held) is None
