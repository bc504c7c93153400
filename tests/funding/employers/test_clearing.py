"""Bank accounts are kept as long as money may still go there, and no longer; on both databases."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from lms.core.db import Db
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.funding.claims import services as claims
from lms.funding.claims.models import Claim
from lms.funding.employers import bank, clearing, queries
from lms.funding.employers.clearing import Use, needed
from lms.funding.employers.models import BankDetails
from lms.funding.vocabulary import ClaimState
from tests.funding.employers.conftest import answered
from tests.funding.employers.test_paying_out import approved, read, sent_in
from tests.funding.employers.test_services import LOCKER, give_account
from tests.world import World

NINETY = timedelta(days=90)
DAY = timedelta(days=1)


def kept(house: House) -> list[tuple[bool, str]]:
    with house.database.reading() as db:
        rows = db.scalars(select(BankDetails).order_by(BankDetails.number)).all()
        return [(bool(row.locked), row.ending) for row in rows]


@pytest.mark.parametrize(
    ("states", "days", "says"),
    [
        ((), 90, True),
        ((), 91, False),
        ((ClaimState.DRAFT,), 999, True),
        ((ClaimState.NEEDS_ACTION,), 999, True),
        ((ClaimState.APPROVED,), 999, True),
        ((ClaimState.PAID,), 130, True),
        ((ClaimState.PAID,), 131, False),
        ((ClaimState.WITHDRAWN, ClaimState.REJECTED), 131, False),
        ((ClaimState.PAID, ClaimState.SUBMITTED), 131, True),
    ],
)
def test_an_account_is_needed_while_money_may_go_there(
    now: datetime, states: tuple[ClaimState, ...], days: int, says: bool
) -> None:
    uses = [Use(state, now + timedelta(days=40), 90) for state in states]
    assert needed(now, None, uses, (now + timedelta(days=days)).date()) is says


def test_one_that_was_replaced_is_needed_for_what_was_approved_before(now: datetime) -> None:
    replaced, later = now + DAY, (now + 2 * DAY).date()
    assert needed(now, replaced, [Use(ClaimState.APPROVED, now, 90)], later)
    assert not needed(now, replaced, [Use(ClaimState.APPROVED, now + 2 * DAY, 90)], later)
    assert not needed(now, replaced, [Use(ClaimState.PAID, now, 90), Use(ClaimState.DRAFT, now, 90)], later)


def test_it_goes_ninety_days_after_the_application_ended_and_two_digits_stay(
    house: House, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        made = sent_in(db, world, now)
        give_account(db, world, world.employer_person, now)
    assert clearing.clear(house, now + timedelta(days=400)) == 0
    with house.database.writing() as db:
        here = {"claim_id": made.id, "within": [world.authority]}
        claims.reject(db, **here, reason="No money is left.", by=world.funding_officer, now=now + 10 * DAY)
    assert clearing.clear(house, now + 10 * DAY + NINETY) == 0
    assert kept(house) == [(True, "5678")]
    assert clearing.clear(house, now + 11 * DAY + NINETY) == 1
    assert kept(house) == [(False, "78")]
    assert clearing.clear(house, now + 12 * DAY + NINETY) == 0
    with house.database.reading() as db:
        assert bank.shown(db, world.employer) is None
        assert bank.opened(db, LOCKER, world.employer) is None
        gone = bank.cleared(db, world.employer)
        assert gone is not None
        assert (gone.ending, gone.by, gone.at) == ("78", world.employer_person, now)
        facts = db.scalars(select(EventRow).where(EventRow.kind == "BankDetailsCleared")).all()
        assert [fact.about for fact in facts] == [world.employer_person]
        assert "78" not in facts[0].data.values()


def test_a_replaced_one_goes_at_once_unless_something_approved_waits(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        give_account(db, world, world.employer_person, now, number="11111111")
        made = approved(db, world, now)
        give_account(db, world, world.employer_person, now + DAY, number="22222222")
    assert clearing.clear(house, now + 2 * DAY) == 0
    with house.database.writing() as db:
        db.execute(update(Claim).where(Claim.id == made.id).values(state=ClaimState.PAID, state_since=now + 2 * DAY))
    assert clearing.clear(house, now + 3 * DAY) == 1
    assert kept(house) == [(False, "11"), (True, "2222")]


def test_what_was_cleared_is_given_anew_and_an_old_form_does_not_bring_it_back(
    db: Db, world: World, now: datetime
) -> None:
    made = approved(db, world, now)
    give_account(db, world, world.employer_person, now)
    row = db.scalars(select(BankDetails)).one()
    row.locked, row.ending = b"", "78"
    db.flush()
    with pytest.raises(Refused, match="has not given"):
        read(db, world, made, world.funding_officer, now)
    with pytest.raises(Refused, match="Open the page anew"):
        give_account(db, world, world.employer_person, now, once=row.id)
    give_account(db, world, world.employer_person, now + DAY)
    assert bank.cleared(db, world.employer) is None
    assert read(db, world, made, world.funding_officer, now + DAY).number == "12345678"


def test_questions_that_nobody_went_on_with_end_after_thirty_days(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        made = sent_in(db, world, now)
        begun = answered(db, world, now)
    assert clearing.end_begun(house, now + 30 * DAY) == 0
    assert clearing.end_begun(house, now + 31 * DAY) == 1
    with house.database.reading() as db:
        assert queries.enquiry_of_claim(db, made.id) is not None
        with pytest.raises(NotFound):
            queries.enquiry(db, begun)
