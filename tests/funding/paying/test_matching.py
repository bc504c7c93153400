"""Matching a remittance: every finding once, and what holds for any remittance."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.funding.paying.matching import Decided, Due, Known, Read, match, tally
from lms.funding.paying.words import Choice, Finding, Wrong

CLAIM, A, B = UUID(int=1), UUID(int=2), UUID(int=3)
ON = date(2026, 11, 20)


def row(number=2, pence=7500, *, reference="R-1", **more):
    return Read(number=number, reference=reference, pence=pence, paid_on=more.pop("paid_on", ON), **more)


def known(*lines, takes_money=True):
    return {"r-1": Known(CLAIM, takes_money, lines or (Due(line_id=A, approved=7500),))}


def finding(*args, **kwargs):
    return match([row(*args, **kwargs)], known())[0].finding


def test_an_amount_that_is_waited_for_agrees_and_is_taken_by_itself():
    (found,) = match([row()], known())
    assert (found.finding, found.choice, found.due) == (Finding.AGREES, Choice.TAKE, 7500)
    assert found.shares == ((A, 7500),)


def test_less_and_more_wait_for_somebody():
    assert [match([row(pence=pence)], known())[0].choice for pence in (7499, 7501)] == [None, None]
    assert finding(pence=7499) is Finding.PART
    assert finding(pence=7501) is Finding.OVER


def test_what_is_too_much_stands_with_the_last_line_that_was_approved():
    lines = (Due(line_id=A, approved=5000), Due(line_id=B, approved=0))
    assert match([row(pence=6000)], known(*lines))[0].shares == ((A, 6000),)


def test_a_claim_paid_as_one_is_spread_over_its_lines_in_order():
    lines = (Due(line_id=A, approved=5000, paid=1000), Due(line_id=B, approved=2500))
    assert match([row(pence=6500)], known(*lines))[0].shares == ((A, 4000), (B, 2500))
    assert match([row(pence=5000)], known(*lines))[0].shares == ((A, 4000), (B, 1000))


def test_a_row_may_name_its_line():
    lines = (Due(line_id=A, approved=5000), Due(line_id=B, approved=2500))
    (found,) = match([row(pence=2500, line=2)], known(*lines))
    assert (found.finding, found.shares) == (Finding.AGREES, ((B, 2500),))
    assert match([row(line=3)], known(*lines))[0].finding is Finding.UNKNOWN


def test_the_reference_is_found_in_any_case():
    assert finding(reference="r-1") is Finding.AGREES


def test_a_reference_nobody_knows_and_a_claim_without_an_approval_take_no_money():
    assert finding(reference="R-2") is Finding.UNKNOWN
    (found,) = match([row()], known(takes_money=False))
    assert (found.finding, found.shares, found.may) == (Finding.NOT_DUE, (), (Choice.LEAVE_OUT,))
    assert match([row()], known(Due(line_id=A, approved=0)))[0].finding is Finding.NOT_DUE


def test_a_row_that_cannot_be_read_can_only_be_left_out():
    (found,) = match([row(pence=None, wrong=(Wrong.AMOUNT_UNREADABLE,))], known())
    assert (found.finding, found.choice, found.may) == (Finding.UNREADABLE, None, (Choice.LEAVE_OUT,))


def test_the_same_row_twice_is_a_double_and_counts_once():
    first, second = match([row(2), row(3)], known(Due(line_id=A, approved=15000)), decided={})
    assert (first.finding, second.finding, second.choice) == (Finding.PART, Finding.DOUBLE, Choice.LEAVE_OUT)


def test_two_people_with_the_same_amount_are_two_payments_once_somebody_says_so():
    rows, lines = [row(2), row(3)], known(Due(line_id=A, approved=7500), Due(line_id=B, approved=7500))
    undecided = match(rows, lines)
    first = Decided(Choice.TAKE, undecided[0].situation)
    after = match(rows, lines, decided={2: first})
    both = match(rows, lines, decided={2: first, 3: Decided(Choice.TAKE, after[1].situation)})
    assert [each.shares for each in both] == [((A, 7500),), ((B, 7500),)]
    assert tally(both).taken == 15000


def test_what_was_imported_before_is_left_out_by_itself():
    (found,) = match([row(payment="B-7")], known(), [row(9, payment="B-7")])
    assert (found.finding, found.choice) == (Finding.ALREADY, Choice.LEAVE_OUT)


def test_the_same_payment_with_another_amount_or_day_was_altered():
    before = [row(9, payment="B-7")]
    assert match([row(payment="b-7", pence=7400)], known(), before)[0].finding is Finding.ALTERED
    assert match([row(payment="B-7", paid_on=date(2026, 11, 19))], known(), before)[0].finding is Finding.ALTERED
    assert match([row(payment="B-8", pence=7400)], known(), before)[0].finding is Finding.PART


def test_minus_is_money_that_went_back_as_far_as_it_was_recovered():
    line = Due(line_id=A, approved=7500, paid=7500, recovered=3000, repaid=500)
    (found,) = match([row(pence=-2500)], known(line))
    assert (found.finding, found.shares, found.taken) == (Finding.WENT_BACK, ((A, 2500),), -2500)
    (found,) = match([row(pence=-2501)], known(line))
    assert (found.finding, found.may) == (Finding.WENT_BACK_TOO_MUCH, (Choice.LEAVE_OUT,))


def test_the_rest_can_be_closed_with_a_part_payment():
    (bare,) = match([row(pence=7000)], known())
    (found,) = match([row(pence=7000)], known(), decided={2: Decided(Choice.TAKE_AND_CLOSE, bare.situation)})
    assert (found.shares, found.closes) == (((A, 7000),), ((A, 500),))


def test_a_decision_counts_only_for_the_situation_it_was_made_in():
    (bare,) = match([row(pence=7000)], known())
    decided = {2: Decided(Choice.TAKE, bare.situation)}
    assert match([row(pence=7000)], known(), decided=decided)[0].choice is Choice.TAKE
    changed = known(Due(line_id=A, approved=7500, paid=200))
    assert match([row(pence=7000)], changed, decided=decided)[0].choice is None


def test_nobody_can_decide_to_write_down_money_for_what_is_not_known():
    (bare,) = match([row(reference="R-2")], known())
    (found,) = match([row(reference="R-2")], known(), decided={2: Decided(Choice.TAKE, bare.situation)})
    assert (found.choice, found.taken) == (None, 0)


lines_ = st.lists(
    st.builds(lambda approved, part: (approved, min(part, approved)), st.integers(0, 9000), st.integers(0, 9000)),
    min_size=1,
    max_size=4,
)
amounts = st.lists(st.integers(-9000, 9000).filter(bool), max_size=8)


@given(lines_, amounts)
def test_what_is_taken_is_what_is_written_and_agreeing_rows_never_pay_a_line_twice(lines, amounts):
    dues = [Due(line_id=UUID(int=10 + i), approved=a, paid=p) for i, (a, p) in enumerate(lines)]
    rows = [row(2 + i, pence, payment=f"P{i}") for i, pence in enumerate(amounts)]
    found = match(rows, known(*dues))
    written = sum(share for each in found if each.taken > 0 for _, share in each.shares)
    assert written == sum(each.taken for each in found if each.taken > 0)
    assert written <= sum(due.to_come for due in dues)
    summed = tally(found)
    waiting = sum(each.row.pence for each in found if each.choice is None)
    assert summed.taken + summed.left_out + waiting == summed.total == sum(amounts)


@given(lines_, amounts, st.data())
def test_whatever_is_decided_every_penny_taken_is_written_to_a_line(lines, amounts, data):
    dues = [Due(line_id=UUID(int=10 + i), approved=a, paid=p) for i, (a, p) in enumerate(lines)]
    rows = [row(2 + i, pence, payment=f"P{i}") for i, pence in enumerate(amounts)]
    decided = {}
    for at in range(len(rows)):
        each = match(rows, known(*dues), decided=decided)[at]
        if each.choice is None:
            decided[each.row.number] = Decided(data.draw(st.sampled_from(each.may)), each.situation)
    found = match(rows, known(*dues), decided=decided)
    assert all(each.choice is not None for each in found)
    for each in found:
        if each.choice is not Choice.LEAVE_OUT:
            assert sum(share for _, share in each.shares) == abs(each.row.pence)
            assert all(share > 0 for _, share in each.shares)
    assert tally(found).taken + tally(found).left_out == sum(amounts)


@pytest.mark.parametrize("finding", list(Finding))
def test_every_finding_says_what_may_be_decided(finding):
    from lms.funding.paying.words import BY_ITSELF, MAY

    assert MAY[finding]
    assert BY_ITSELF.get(finding) in {None, *MAY[finding]}
