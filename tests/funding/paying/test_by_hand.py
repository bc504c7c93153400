"""Money written down by hand, differences that are settled with a reason, and money that goes back."""

from datetime import timedelta
from uuid import uuid4

import pytest

from lms.core.words import NotFound, Refused
from lms.funding.claims import services as claims
from lms.funding.claims.models import Claim, ClaimLine
from lms.funding.paying import queries, services
from lms.funding.paying.words import Settled
from lms.funding.vocabulary import ClaimState


@pytest.fixture
def receive(house, world, now):
    def money(line_id, pence, *, note="", once=None, on=None, within=None):
        with house.database.writing() as db:
            services.receive(
                db,
                once=once or uuid4(),
                line_id=line_id,
                within=[within or world.authority],
                pence=pence,
                paid_on=on or now.date(),
                reference="B-1",
                note=note,
                by=world.funding_officer,
                now=now,
            )

    return money


@pytest.fixture
def settle(house, world, now):
    def close(line_id, how, reason="The payer rounds down"):
        with house.database.writing() as db:
            services.settle_difference(
                db,
                once=uuid4(),
                line_id=line_id,
                within=[world.authority],
                how=how,
                reason=reason,
                by=world.funding_officer,
                now=now,
            )

    return close


@pytest.fixture
def stands(house):
    def how(claim):
        with house.database.reading() as db:
            paid = queries.paid_of(db, [claim.line_id])[claim.line_id]
            return db.get(Claim, claim.claim_id).state, db.get(ClaimLine, claim.line_id).paid_pence, paid

    return how


def test_what_comes_in_parts_pays_the_claim_once_all_is_there(approved, receive, stands):
    claim = approved()
    receive(claim.line_id, 5000)
    assert stands(claim)[:2] == (ClaimState.APPROVED, 5000)
    receive(claim.line_id, 2500)
    assert stands(claim)[:2] == (ClaimState.PAID, 7500)


def test_the_same_form_sent_twice_is_written_down_once(approved, receive, stands):
    claim, once = approved(), uuid4()
    receive(claim.line_id, 5000, once=once)
    receive(claim.line_id, 5000, once=once)
    assert stands(claim)[1] == 5000


def test_more_than_is_waited_for_needs_a_note_and_can_be_kept_with_a_reason(approved, receive, settle, stands):
    claim = approved()
    with pytest.raises(Refused, match="more than is waited for"):
        receive(claim.line_id, 8000)
    receive(claim.line_id, 8000, note="The payer added the late fee")
    settle(claim.line_id, Settled.KEPT)
    assert stands(claim)[2].kept_pence == 500
    with pytest.raises(Refused, match="no such difference"):
        settle(claim.line_id, Settled.KEPT)


def test_a_rest_that_is_not_paid_is_closed_with_a_reason(approved, receive, settle, stands):
    claim = approved()
    receive(claim.line_id, 7000)
    with pytest.raises(Refused, match="Say why"):
        settle(claim.line_id, Settled.REST_CLOSED, reason=" ")
    settle(claim.line_id, Settled.REST_CLOSED)
    state, paid, found = stands(claim)
    assert (state, paid, found.closed_pence) == (ClaimState.PAID, 7000, 500)


@pytest.mark.parametrize("pence", [0, -1, 10**12])
def test_amounts_that_are_nothing_negative_or_beyond_all_are_refused(approved, receive, pence):
    with pytest.raises(Refused, match="an amount above"):
        receive(approved().line_id, pence)


def test_money_of_tomorrow_and_for_drafts_is_refused(approved, receive, now):
    claim = approved()
    with pytest.raises(Refused, match="not come yet"):
        receive(claim.line_id, 100, on=now.date() + timedelta(days=1))


def test_money_for_a_draft_is_refused(approved, receive):
    with pytest.raises(Refused, match="approved claims"):
        receive(approved(state=ClaimState.DRAFT).line_id, 100)


def test_another_authoritys_line_is_not_found(approved, receive, world):
    with pytest.raises(NotFound):
        receive(approved().line_id, 100, within=world.other_authority)


def test_what_goes_back_is_never_more_than_was_taken_back(house, world, now, approved, receive):
    claim = approved()
    receive(claim.line_id, 7500)

    def give_back(pence):
        with house.database.writing() as db:
            services.give_back(
                db,
                once=uuid4(),
                line_id=claim.line_id,
                within=[world.authority],
                pence=pence,
                paid_on=now.date(),
                reference="",
                by=world.funding_officer,
                now=now,
            )

    with pytest.raises(Refused, match="no more than was taken back"):
        give_back(1)
    with house.database.writing() as db:
        claims.recover(
            db,
            recovery_id=uuid4(),
            line_id=claim.line_id,
            within=[world.authority],
            pence=2000,
            reason="Left the course",
            by=world.funding_officer,
            now=now,
        )
    give_back(1500)
    with pytest.raises(Refused, match="no more than was taken back"):
        give_back(501)
    give_back(500)
    with house.database.reading() as db:
        assert sum(each.pence for each in queries.repayments_of(db, claim.claim_id)) == 2000


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_claim_that_was_closed_without_money_is_not_said_to_be_paid(approved, settle, browser_for, world):
    claim = approved()
    settle(claim.line_id, Settled.REST_CLOSED)
    page = browser_for(world.coordinator).get(f"/funding/claims/{claim.claim_id}").get_data(as_text=True)
    assert '<strong class="govuk-tag">Closed, nothing paid</strong>' in page
