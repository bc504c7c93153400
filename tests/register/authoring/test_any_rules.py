"""What has to be true of every verdict, whatever rules an authority writes: not only of those that come with PALMS."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lms.register.kinds import (
    AreaNeeded,
    Circumstance,
    CodeNeeded,
    ContactModel,
    DisclosureNeeded,
    Item,
    LearningNeeded,
    Level,
    ReferencesNeeded,
    ReferenceSource,
    Requirement,
    RequirementKind,
    SeenOnce,
    TrainingKind,
    Workforce,
)
from lms.register.rules import AuthorityRules, Provisional, eligibility
from tests.register.strategies import BEFORE, DAYS, holding
from tests.register.test_rules_hold_in_general import WORTH, both, told

MONTHS = st.none() | st.integers(1, 48)
ITEMS = [
    Item(TrainingKind.MODULE, "PAI-1"),
    Item(TrainingKind.MODULE, "PAI-4"),
    Item(TrainingKind.CERTIFICATE, "PAI-CERT"),
    Item(TrainingKind.CRITERION, "cc-2025:3.1a"),
    Item(TrainingKind.UNIT, "PAI-1-P"),
]
COMMON: dict[str, Any] = {
    "mandatory": st.booleans(),
    "when": st.none() | st.sampled_from(Circumstance),
    "validity_months": MONTHS,
    "waivable": st.booleans(),
}
OTHERS = [
    kind
    for kind in RequirementKind
    if kind
    not in {
        RequirementKind.DBS,
        RequirementKind.REFERENCE,
        RequirementKind.TRAINING,
        RequirementKind.ASSESSMENT,
        RequirementKind.CODE_OF_CONDUCT,
        RequirementKind.WORK_AREA,
    }
]


def requirement(code: str) -> st.SearchStrategy[Requirement]:
    """A requirement of any kind."""
    common = {**COMMON, "code": st.just(code)}
    timeless = {**common, "validity_months": st.none()}
    kind = RequirementKind
    learning = st.lists(
        st.lists(st.sampled_from(ITEMS), min_size=1, max_size=3, unique=True).map(tuple), min_size=1, max_size=3
    )
    return st.one_of(
        st.builds(SeenOnce, kind=st.sampled_from(OTHERS), **common),
        st.builds(
            DisclosureNeeded,
            kind=st.just(kind.DBS),
            level=st.sampled_from(Level),
            workforce=st.sampled_from(Workforce),
            update_service_accepted=st.booleans(),
            update_service_recheck_months=MONTHS,
            **common,
        ),
        st.builds(
            ReferencesNeeded,
            kind=st.just(kind.REFERENCE),
            count=st.integers(1, 3),
            must_include=st.sampled_from([(), (ReferenceSource.MOST_RECENT,)]),
            no_relatives=st.booleans(),
            **timeless,
        ),
        st.builds(
            LearningNeeded,
            kind=st.sampled_from([kind.TRAINING, kind.ASSESSMENT]),
            alternatives=learning.map(tuple),
            completed_within_months=MONTHS,
            **common,
        ),
        st.builds(
            CodeNeeded,
            kind=st.just(kind.CODE_OF_CONDUCT),
            version=st.just("2"),
            version_from=DAYS,
            reaccept_days=st.integers(0, 90),
            **common,
        ),
        st.builds(AreaNeeded, kind=st.just(kind.WORK_AREA), areas=st.just(("DY",)), **common),
    )


@st.composite
def any_rules(draw: Any) -> AuthorityRules:
    """Rules an authority could write."""
    codes = [f"X-{number}" for number in range(draw(st.integers(1, 7)))]
    requirements = tuple(draw(requirement(code)) for code in codes)
    needed = st.lists(st.sampled_from(codes), max_size=3, unique=True).map(tuple)
    reminders = draw(st.integers(1, 90))
    return AuthorityRules(
        authority="ANY",
        edition="2026.1",
        valid_from=date(2020, 1, 1),
        contact_model=draw(st.sampled_from(ContactModel)),
        requirements=requirements,
        provisional=Provisional(
            allowed=draw(st.booleans()),
            needs=draw(needed),
            needs_when_applicable=draw(needed),
            maximum_days=draw(st.none() | st.integers(1, 400)),
            may_apply_for_adverts=draw(st.booleans()),
        ),
        remind_days=reminders,
        grace_days=draw(st.integers(0, 60)),
        replaced_on=draw(st.none() | DAYS),
    )


@settings(max_examples=60)
@given(st.data(), any_rules(), DAYS, BEFORE)
def test_holding_more_never_makes_a_verdict_worse(data: Any, rules: AuthorityRules, on: date, before: Any) -> None:
    less, extra = data.draw(holding(rules)), data.draw(holding(rules, good=True))
    without = eligibility(rules, less, on=on, before=before)
    withal = eligibility(rules, both(less, extra), on=on, before=before)
    assert WORTH[withal.state] >= WORTH[without.state]
    assert set(withal.missing) <= set(without.missing)
    assert set(withal.recommended_missing) <= set(without.recommended_missing)


@settings(max_examples=60)
@given(st.data(), any_rules(), DAYS, BEFORE)
def test_until_is_exactly_when_it_changes(data: Any, rules: AuthorityRules, on: date, before: Any) -> None:
    """Up to the day named the answer is the same, and on it another one, or other rules hold."""
    assume(rules.replaced_on is None or rules.replaced_on > on)
    held = data.draw(holding(rules))
    today = eligibility(rules, held, on=on, before=before)
    last = today.until - timedelta(days=1) if today.until else on + timedelta(days=data.draw(st.integers(0, 9_000)))
    between = on + timedelta(days=data.draw(st.integers(0, (last - on).days)))
    for day in (between, last):
        assert told(eligibility(rules, held, on=day, before=before)) == told(today)
    if today.until and today.until != rules.replaced_on:
        assert told(eligibility(rules, held, on=today.until, before=before)) != told(today)


@settings(max_examples=40)
@given(st.data(), any_rules(), DAYS, BEFORE)
def test_nothing_that_may_not_be_waived_is(data: Any, rules: AuthorityRules, on: date, before: Any) -> None:
    held = data.draw(holding(rules))
    fixed = tuple(replace(each, waivable=False) for each in rules.requirements)
    with_waivers = eligibility(replace(rules, requirements=fixed), held, on=on, before=before)
    without = eligibility(rules, replace(held, waivers=()), on=on, before=before)
    assert told(with_waivers) == told(without)


@settings(max_examples=40)
@given(st.data(), any_rules(), DAYS)
def test_where_a_child_is_there_nobody_is_shown_without_the_check_for_it(
    data: Any, rules: AuthorityRules, on: date
) -> None:
    check = DisclosureNeeded(
        code="X-CHILD",
        kind=RequirementKind.DBS,
        when=Circumstance.CHILD,
        level=Level.ENHANCED_BOTH,
        workforce=Workforce.ADULT_AND_CHILD,
        validity_months=36,
    )
    rules = replace(rules, requirements=(*rules.requirements, check))
    held = replace(data.draw(holding(rules)), circumstances=frozenset({Circumstance.CHILD}))
    verdict = eligibility(rules, held, on=on)
    if "X-CHILD" in verdict.missing:
        assert WORTH[verdict.state] == 0
