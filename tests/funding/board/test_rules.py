"""Ages and last days: every claim is counted once, and the edges fall where they should."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.funding.board import words
from lms.funding.board.risks import Risk, named
from lms.funding.board.rules import Age, Due, Sums, age_of, amount_in, deadline_in
from lms.funding.board.sheets import Money, as_csv
from lms.funding.obstacles import Ask, Obstacle, ObstacleCode
from lms.funding.vocabulary import ClaimState

TODAY = date(2026, 11, 21)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2030, 1, 1)))
def test_a_claim_is_of_one_age_and_its_list_has_it(since: date) -> None:
    fits = [age for age in Age if age.between(TODAY)[0] <= since <= age.between(TODAY)[1]]
    assert fits == [age_of(since, TODAY)]


EDGES = [
    (0, Age.WEEK),
    (7, Age.WEEK),
    (8, Age.MONTH),
    (30, Age.MONTH),
    (31, Age.QUARTER),
    (90, Age.QUARTER),
    (91, Age.OLDER),
]


@pytest.mark.parametrize(("days", "age"), EDGES)
def test_the_edges_of_ages(days: int, age: Age) -> None:
    assert age_of(TODAY - timedelta(days=days), TODAY) is age


def test_today_still_counts_and_yesterday_has_gone() -> None:
    assert Due.IN_30.between(TODAY)[0] == TODAY
    assert Due.GONE.between(TODAY)[1] == TODAY - timedelta(days=1)
    assert Due.IN_30.between(TODAY)[1] == TODAY + timedelta(days=30)


def test_what_a_claim_is_about_follows_its_state() -> None:
    sums = Sums(lines=2, payable=400, approved=300, paid=200, recovered=100, last_day=TODAY)
    about = {state: amount_in(state, sums) for state in ClaimState}
    assert about[ClaimState.DRAFT] == about[ClaimState.SUBMITTED] == about[ClaimState.REJECTED] == 400
    assert (about[ClaimState.APPROVED], about[ClaimState.PAID], about[ClaimState.RECOVERED]) == (300, 200, 100)
    assert [state for state in ClaimState if deadline_in(state, sums)] == [ClaimState.DRAFT, ClaimState.NEEDS_ACTION]


def test_no_cell_of_a_file_is_a_formula() -> None:
    rows = [["=1+1", "+44", "-5", "@x", "\tx", Money(-150), -3, None, TODAY]]
    (_, line) = as_csv(["a"] * 9, rows).decode("utf-8-sig").splitlines()
    assert line == "'=1+1,'+44,'-5,'@x,'\tx,-1.50,-3,,2026-11-21"


def test_of_several_things_in_the_way_the_board_names_the_one_that_comes_first() -> None:
    terms = Obstacle(code=ObstacleCode.TERMS_NOT_ACCEPTED, ask=Ask.FUNDING_OFFICER)
    evidence = Obstacle(code=ObstacleCode.EVIDENCE, ask=Ask.CLAIMANT, values={"code": "name_differs"})
    withdrawn = Obstacle(code=ObstacleCode.CERTIFICATE_WITHDRAWN, ask=Ask.COORDINATOR)
    figure = Obstacle(code=ObstacleCode.FIGURE_NOT_CONFIRMED, ask=Ask.FUNDING_OFFICER)
    said_only = Obstacle(code=ObstacleCode.EVIDENCE, ask=Ask.CLAIMANT, values={"code": "seen_before"}, blocks=False)
    assert named([terms, said_only]) == Risk("ready", Ask.COORDINATOR)
    assert named([terms, evidence]) == Risk("evidence:name_differs", Ask.CLAIMANT)
    assert named([evidence, figure, terms]) == Risk("figure_not_confirmed", Ask.FUNDING_OFFICER)
    assert named([figure, withdrawn]) == Risk("certificate_withdrawn", Ask.COORDINATOR)
    own = Obstacle(code=ObstacleCode.TERMS_NOT_ACCEPTED, ask=Ask.CLAIMANT)
    assert named([own]) == Risk("terms_not_accepted", Ask.CLAIMANT)


def test_whatever_may_stand_in_the_way_has_its_words() -> None:
    for code in ObstacleCode:
        assert words.risk(code.value, str) != words.risk("unheard of", str) or code in {"refused", "missing"}
    for ask in Ask:
        assert words.ask(ask, str)
