"""The rule of who may decide: plain values, and properties over all of them."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.competence.rules import (
    TOO_CLOSE,
    Case,
    Countersigner,
    Employers,
    Household,
    Mark,
    MayDecide,
    Needs,
    Policy,
    Relation,
    Risk,
    Span,
    WhyNot,
    due_reminder,
    may_countersign,
    may_decide,
    runs_out_soon,
    shortened,
)
from lms.assessment.rules import HOUSEHOLD, Capacity

TODAY = date(2026, 11, 21)
ME, LEARNER = uuid4(), uuid4()
ALWAYS = (Span(date(2020, 1, 1)),)


def case(**given: object) -> Case:
    usual: dict[str, object] = {
        "person": ME,
        "learner": LEARNER,
        "capacity": Capacity.ASSESSOR,
        "on": TODAY,
        "today": TODAY,
        "needs": Needs.UNIT,
        "household": Household.WHERE_ALLOWED,
        "competent": ALWAYS,
        "done": 100,
    }
    return Case(**usual | given)  # type: ignore[arg-type]


def test_somebody_competent_and_independent_decides() -> None:
    assert may_decide(case()) == MayDecide(yes=True)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"person": LEARNER}, WhyNot.OWN_WORK),
        ({"relation": Relation.RELATIVE}, WhyNot.TOO_CLOSE),
        ({"relation": Relation.SAME_HOME}, WhyNot.TOO_CLOSE),
        ({"relation": Relation.PARTNER}, WhyNot.TOO_CLOSE),
        ({"competent": ()}, WhyNot.NO_RECORD),
        ({"competent": (Span(TODAY + timedelta(days=1)),)}, WhyNot.NO_RECORD),
        ({"competent": (Span(date(2020, 1, 1), TODAY - timedelta(days=1)),)}, WhyNot.ENDED),
        ({"competent": (Span(TODAY),), "on": TODAY - timedelta(days=1)}, WhyNot.NOT_THAT_DAY),
        ({"policy": Policy(training=True)}, WhyNot.NO_TRAINING),
        ({"capacity": Capacity.EMPLOYER}, WhyNot.HOUSEHOLD_NOT_HERE),
        ({"capacity": Capacity.REPRESENTATIVE, "household": Household.NEVER}, WhyNot.HOUSEHOLD_NEVER),
        (
            {"capacity": Capacity.EMPLOYER, "competent": (), "policy": Policy(employers=Employers.COMPETENT)},
            WhyNot.NO_RECORD,
        ),
    ],
)
def test_outside_it_nobody_decides(given: dict[str, object], why: WhyNot) -> None:
    assert may_decide(case(**given)).why is why


def test_our_own_framework_needs_no_record_and_lets_the_household_decide() -> None:
    ours = {"needs": Needs.NONE, "household": Household.ALWAYS, "competent": ()}
    assert may_decide(case(**ours)).yes
    at_home = may_decide(case(**ours, capacity=Capacity.EMPLOYER))
    assert at_home.yes
    assert at_home.flags == {Risk.EMPLOYER_AS_ASSESSOR}
    assert not at_home.countersign
    assert may_decide(case(**ours, relation=Relation.RELATIVE)).why is WhyNot.TOO_CLOSE


def test_an_employer_without_a_record_is_countersigned_where_the_authority_says_so() -> None:
    policy = Policy(employers=Employers.COUNTERSIGNED)
    without = may_decide(case(capacity=Capacity.EMPLOYER, competent=(), policy=policy))
    assert without.yes
    assert without.countersign
    with_one = may_decide(case(capacity=Capacity.EMPLOYER, policy=policy))
    assert with_one.yes
    assert not with_one.countersign


def test_the_first_decisions_are_countersigned_and_then_no_more() -> None:
    policy = Policy(first=5)
    assert may_decide(case(done=4, policy=policy)).countersign
    assert not may_decide(case(done=5, policy=policy)).countersign
    assert Risk.NEW_ASSESSOR in may_decide(case(done=5, policy=policy)).flags
    assert Risk.NEW_ASSESSOR not in may_decide(case(done=10, policy=policy)).flags


def test_experienced_is_not_countersigned_and_watched_always_is() -> None:
    experienced = {Mark.EXPERIENCED: ALWAYS}
    assert not may_decide(case(done=0, policy=Policy(first=5), marks=experienced)).countersign
    watched = may_decide(case(marks={**experienced, Mark.WATCHED: ALWAYS}))
    assert watched.countersign
    assert Risk.NEW_ASSESSOR in watched.flags
    over = {Mark.WATCHED: (Span(date(2020, 1, 1), TODAY - timedelta(days=1)),)}
    assert not may_decide(case(marks=over)).countersign


def test_a_friend_may_decide_and_is_looked_at_sooner() -> None:
    for tie in (Relation.FRIEND, Relation.BUSINESS):
        may = may_decide(case(relation=tie))
        assert may.yes
        assert Risk.RELATIVE_DECLARED in may.flags
    assert may_decide(case(relation=Relation.NONE)).flags == frozenset()


_days = st.dates(date(2024, 1, 1), date(2028, 1, 1))
_spans = st.lists(
    st.tuples(_days, st.one_of(st.none(), st.integers(0, 600))).map(
        lambda each: Span(each[0], None if each[1] is None else each[0] + timedelta(days=each[1]))
    ),
    max_size=4,
)
_cases = st.builds(
    Case,
    person=st.sampled_from([ME, LEARNER]),
    learner=st.just(LEARNER),
    capacity=st.sampled_from(Capacity),
    on=_days,
    today=_days,
    needs=st.sampled_from(Needs),
    household=st.sampled_from(Household),
    policy=st.builds(Policy, employers=st.sampled_from(Employers), first=st.integers(0, 20), training=st.booleans()),
    relation=st.one_of(st.none(), st.sampled_from(Relation)),
    competent=_spans,
    trained=_spans,
    marks=st.dictionaries(st.sampled_from(Mark), _spans, max_size=3),
    done=st.integers(0, 30),
)


@given(_cases)
def test_nobody_decides_who_is_the_learner_or_too_close(asked: Case) -> None:
    if asked.person == asked.learner or asked.relation in TOO_CLOSE:
        assert not may_decide(asked).yes


@given(_cases)
def test_a_yes_for_an_assessor_of_standards_rests_on_competence_on_both_days(asked: Case) -> None:
    if asked.needs is Needs.UNIT and asked.capacity is Capacity.ASSESSOR and may_decide(asked).yes:
        assert any(span.holds(asked.today) for span in asked.competent)
        assert any(span.holds(asked.on) for span in asked.competent)


@given(_cases)
def test_a_household_is_always_flagged_and_never_decides_where_it_may_not(asked: Case) -> None:
    may = may_decide(asked)
    at_home = asked.capacity in HOUSEHOLD
    assert (Risk.EMPLOYER_AS_ASSESSOR in may.flags) is at_home
    if at_home and asked.household is Household.NEVER:
        assert not may.yes


@given(_cases)
def test_a_no_says_why_and_a_yes_says_nothing(asked: Case) -> None:
    may = may_decide(asked)
    assert may.yes is (may.why is None)


@given(_cases)
def test_a_household_without_a_record_never_decides_on_standards_alone(asked: Case) -> None:
    may = may_decide(asked)
    unrecorded = not any(span.holds(asked.today) for span in asked.competent)
    if may.yes and asked.capacity in HOUSEHOLD and asked.needs is Needs.UNIT and unrecorded:
        assert may.countersign


def test_who_countersigns_could_have_decided_and_is_somebody_else() -> None:
    yes, other = MayDecide(yes=True), uuid4()

    def may(**given: object) -> bool:
        usual: dict[str, object] = {"person": ME, "decided_by": other, "open_to_them": True, "may": yes}
        return may_countersign(Countersigner(**usual | given))  # type: ignore[arg-type]

    assert may()
    assert not may(decided_by=ME)
    assert not may(open_to_them=False)
    assert not may(may=MayDecide(yes=False, why=WhyNot.NO_RECORD))
    assert not may(may=MayDecide(yes=True, countersign=True))


def test_what_ended_before_it_began_never_held() -> None:
    assert shortened(TODAY, None, TODAY - timedelta(days=1)) is None
    assert shortened(TODAY, TODAY + timedelta(days=9), TODAY) == Span(TODAY, TODAY)


@pytest.mark.parametrize(("left", "due"), [(61, None), (60, 60), (15, 60), (14, 14), (0, 14), (-1, None)])
def test_reminders_come_60_and_14_days_before(left: int, due: int | None) -> None:
    assert due_reminder(TODAY + timedelta(days=left), TODAY) == due


def test_what_runs_out_soon() -> None:
    assert runs_out_soon(TODAY + timedelta(days=60), TODAY)
    assert not runs_out_soon(TODAY + timedelta(days=61), TODAY)
    assert not runs_out_soon(None, TODAY)
