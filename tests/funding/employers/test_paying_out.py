"""The account as a funding officer sees it to pay an approved application: never unseen by the employer."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from lms.core.db import Db
from lms.core.house import House
from lms.core.locked import locker_of
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.funding.claims import services as claims
from lms.funding.claims.deciding import LineDecision
from lms.funding.claims.queries import ClaimView
from lms.funding.employers import bank, paying_out
from lms.notifications.models import Notice
from tests.funding.employers.test_services import LOCKER, accept, give_account, prepared, send
from tests.world import World


def approved(db: Db, world: World, now: datetime) -> ClaimView:
    """Amina's application, sent in by her and approved by a funding officer."""
    made = sent_in(db, world, now)
    decisions = {line.id: LineDecision(approved=line.payable_pence) for line in made.lines}
    here = {"claim_id": made.id, "within": [world.authority], "now": now}
    claims.approve(db, decisions=decisions, by=world.funding_officer, **here)  # type: ignore[arg-type]
    return made


def sent_in(db: Db, world: World, now: datetime) -> ClaimView:
    made = prepared(db, world, now)
    accept(db, world, made, world.employer_person, now)
    send(db, world, made, world.employer_person, now)
    return made


def read(db: Db, world: World, made: ClaimView, by: UUID, now: datetime) -> bank.Account:
    return paying_out.read(db, LOCKER, claim_id=made.id, within=[world.authority], by=by, now=now)[1]


def test_a_funding_officer_sees_where_to_pay_and_the_employer_is_told(db: Db, world: World, now: datetime) -> None:
    made = approved(db, world, now)
    give_account(db, world, world.employer_person, now)
    account = read(db, world, made, world.funding_officer, now)
    assert (account.holder, account.sort_code_in_pairs, account.number) == ("Amina Yusuf", "12-34-56", "12345678")
    told = db.scalars(select(Notice.kind).where(Notice.person_id == world.employer_person)).all()
    assert told.count("bank_details_read") == 1
    facts = db.scalars(select(EventRow).where(EventRow.kind == "BankDetailsRead")).all()
    assert [fact.by for fact in facts] == [world.funding_officer]
    assert "12345678" not in str(facts[0].data)


@pytest.mark.parametrize("who", ["coordinator", "adviser", "representative", "employer_person", "other_coordinator"])
def test_nobody_else_sees_it(db: Db, world: World, now: datetime, who: str) -> None:
    made = approved(db, world, now)
    give_account(db, world, world.employer_person, now)
    with pytest.raises(NotFound):
        read(db, world, made, getattr(world, who), now)


def test_it_is_shown_only_while_something_waits_to_be_paid(db: Db, world: World, now: datetime) -> None:
    made = sent_in(db, world, now)
    give_account(db, world, world.employer_person, now)
    with pytest.raises(Refused, match="waits to be paid"):
        read(db, world, made, world.funding_officer, now)


def test_an_account_that_was_never_given_is_asked_for(db: Db, world: World, now: datetime) -> None:
    made = approved(db, world, now)
    with pytest.raises(Refused, match="not given a bank account"):
        read(db, world, made, world.funding_officer, now)


def test_the_page_shows_it_only_once_pressed(
    browser_for: Callable[..., Any], house: House, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        made = approved(db, world, now)
        bank.give(
            db,
            locker_of(house, bank.PURPOSE),
            once=made.id,
            employer_id=world.employer,
            account=bank.account_of("Amina Yusuf", "12-34-56", "12345678"),
            own_account=True,
            secret_fits=True,
            by=world.employer_person,
            now=now,
        )
    officer, path = browser_for(world.funding_officer), f"/funding/claims/{made.id}/account"
    assert path in officer.get(f"/funding/claims/{made.id}").get_data(as_text=True)
    before = officer.get(path).get_data(as_text=True)
    assert "ending in 5678" in before
    assert "12345678" not in before
    assert "12345678" in officer.submit(f"{path}/show", {}).get_data(as_text=True)
    assert path not in browser_for(world.coordinator).get(f"/funding/claims/{made.id}").get_data(as_text=True)
