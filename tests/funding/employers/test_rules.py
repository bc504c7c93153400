"""Which money fits, how much, what first: plain values and the built-in schemes."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.shelves import Shelves
from lms.funding.content import Schemes
from lms.funding.employers import rules
from lms.funding.employers.answers import Answers, Booked, ForWhom, Lives, Step, Wages, answers_from
from lms.funding.employers.rules import Cost, First, Fit, Known, Never, Stop
from lms.funding.vocabulary import Refusal
from lms.people.rules import Nation
from tests.funding.employers.conftest import _loaded

GRANT, ULO, LDSS = "RIVERMERE-GRANT-2026-27", "ULO-2026-27", "LDSS-2025-26"
DAY = date(2026, 11, 21)
KNOWN = Known(nation=Nation.ENGLAND, area="RIVERMERE", on=DAY)
USUAL = Answers(
    pa_id=UUID(int=1),
    course_name="First aid at work",
    wages=Wages.DIRECT_PAYMENT,
    lives=Lives.ENGLAND,
    for_whom=ForWhom.MYSELF,
    booked=Booked.NO,
    course=15000,
    travel=1200,
    cover=8000,
)


@pytest.fixture(scope="module")
def schemes() -> Schemes:
    shelves: Shelves = _loaded()
    return shelves[Schemes]


def says(schemes: Schemes, code: str, answers: Answers, known: Known = KNOWN) -> Fit:
    return rules.fit(schemes.by_code[code], answers, known)


def test_three_costs_fit_the_grant(schemes: Schemes) -> None:
    found = says(schemes, GRANT, USUAL)
    assert (found.fits, found.at_most, found.not_met) == (True, 24200, ())
    assert [one.cost for one in found.wanted] == [Cost.COURSE, Cost.TRAVEL, Cost.COVER]
    assert rules.first_steps(found) == (
        First.GET_QUOTE,
        First.SHOW_EMPLOYMENT,
        First.GIVE_ACCOUNT,
        First.APPLY_BY,
        First.WAIT_FOR_DECISION,
        First.THEN_BOOK,
    )
    assert Never.DO_NOT_BOOK in rules.not_to_do(found)


@pytest.mark.parametrize("booked", [Booked.BOOKED, Booked.PAID])
def test_what_is_booked_already_is_too_late(schemes: Schemes, booked: Booked) -> None:
    found = says(schemes, GRANT, replace(USUAL, booked=booked))
    assert (found.fits, found.at_most, found.stops) == (False, 0, (Stop.BOOKED_ALREADY,))


def test_for_a_child_the_scheme_itself_refuses(schemes: Schemes) -> None:
    found = says(schemes, GRANT, replace(USUAL, for_whom=ForWhom.CHILD))
    assert not found.fits
    assert [reason.code for reason in rules.against(found)] == [Refusal.EMPLOYS_FOR_A_CHILD]


def test_an_agencys_pa_and_another_nation(schemes: Schemes) -> None:
    assert says(schemes, GRANT, replace(USUAL, wages=Wages.SOMEBODY_ELSE)).stops == (Stop.NOT_THE_EMPLOYER,)
    assert Refusal.NATION_NOT_COVERED in {
        reason.code for reason in rules.against(says(schemes, GRANT, replace(USUAL, lives=Lives.WALES)))
    }
    assert says(schemes, GRANT, replace(USUAL, lives=Lives.ELSEWHERE)).stops == (Stop.LIVES_ELSEWHERE,)


def test_health_budgets_where_a_scheme_does_not_name_them(schemes: Schemes) -> None:
    found = says(schemes, "ASK-2026-27", replace(USUAL, wages=Wages.PERSONAL_HEALTH_BUDGET))
    assert found.stops == (Stop.WAGES_FROM_ELSEWHERE,)
    assert rules.against(found) == ()


def test_what_a_scheme_has_no_place_for_is_said(schemes: Schemes) -> None:
    found = says(schemes, "ASK-2026-27", USUAL)
    assert (found.at_most, found.not_met) == (16200, (Cost.COVER,))


def test_a_training_that_starts_too_late(schemes: Schemes) -> None:
    assert says(schemes, GRANT, replace(USUAL, starts_on=date(2027, 3, 31))).fits
    late = says(schemes, GRANT, replace(USUAL, starts_on=date(2027, 4, 1)))
    assert Refusal.STARTED_AFTER_CUTOFF in late.verdict.refusals


@pytest.mark.parametrize(("on", "open_"), [(date(2027, 2, 28), True), (date(2027, 3, 1), False)])
def test_the_last_day_to_apply_counts(schemes: Schemes, on: date, open_: bool) -> None:
    assert says(schemes, GRANT, USUAL, replace(KNOWN, on=on)).fits is open_


def test_others_ask_where_only_they_may(schemes: Schemes) -> None:
    adopted = schemes.adoption("RIVERMERE", ULO)
    assert adopted is not None
    covered = adopted.covers[0]
    known = replace(KNOWN, covered={ULO: covered}, user_led=True)
    answers = replace(USUAL, training=covered.training, course_name=None)
    found = says(schemes, ULO, answers, known)
    assert (found.fits, found.asked_by_employer) == (True, False)
    assert rules.first_steps(found) == (First.ASK_ORGANISATION,)
    assert says(schemes, ULO, answers, replace(known, user_led=False)).stops == (Stop.OTHERS_ASK,)


def test_money_for_care_companies_says_why_it_is_not_for_employers(schemes: Schemes) -> None:
    found = says(schemes, LDSS, replace(USUAL, training="L2-ASC-CERT", course_name=None))
    assert {Refusal.CLAIMANT_KIND_NOT_ALLOWED, Refusal.LEARNER_NOT_ELIGIBLE} <= set(found.verdict.refusals)


def test_closed_schemes_are_left_out_and_those_that_fit_come_first(schemes: Schemes) -> None:
    found = rules.fits(schemes.all, USUAL, KNOWN)
    assert "IEF-2017-18" not in {one.scheme.code for one in found}
    assert [one.fits for one in found] == sorted((one.fits for one in found), reverse=True)
    assert found[0].scheme.code == GRANT


@given(
    st.integers(0, 100_000),
    st.integers(0, 10_000),
    st.integers(0, 50_000),
    st.sampled_from(Booked),
    st.sampled_from(Lives),
)
def test_never_more_than_the_costs(course: int, travel: int, cover: int, booked: Booked, lives: Lives) -> None:
    answers = replace(USUAL, course=course, travel=travel, cover=cover, booked=booked, lives=lives)
    for found in rules.fits(_loaded()[Schemes].all, answers, KNOWN):
        assert 0 <= found.at_most <= answers.total


def test_answers_come_back_as_they_were_kept() -> None:
    answers = replace(USUAL, starts_on=date(2027, 1, 15))
    assert answers_from(answers.data()) == answers


def test_questions_in_their_order() -> None:
    assert Answers().next_step is Step.COURSE
    assert replace(USUAL, booked=None).next_step is Step.BOOKED
    assert USUAL.next_step is None
    assert [step.after for step in Step] == [*list(Step)[1:], None]
    assert [step.before for step in Step] == [None, *list(Step)[:-1]]
