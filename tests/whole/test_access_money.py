"""Every page of payments and budgets, and who may open it: all others get nothing, as for what is not there."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from lms.core.house import House
from lms.funding.budgets import services as budgets
from lms.funding.budgets.models import BudgetAlert, PotChange
from lms.funding.budgets.words import Alert
from lms.funding.claims.models import Claim, ClaimLine
from lms.funding.paying import services as payments
from lms.funding.paying.models import Difference, Payment, Remittance, Repayment
from lms.funding.paying.words import Column
from lms.funding.vocabulary import ClaimState
from tests.funding.conftest import certify
from tests.world import World

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

DESK = {"coordinator", "funding officer"}
WRITES = {"funding officer"}

MAY: dict[str, set[str]] = {
    "/funding/payments?authority={authority}": DESK,
    "/funding/payments/new?authority={authority}": WRITES,
    "/funding/payments/{remittance}": DESK,
    "/funding/payments/{remittance}/rows.csv": DESK,
    "/funding/payments/{remittance}/columns": WRITES,
    "/funding/payments/{remittance}/rows/2": WRITES,
    "/funding/payments/claims/{claim}": DESK,
    "/funding/payments/lines/{line}/receive": WRITES,
    "/funding/payments/lines/{line}/give-back": WRITES,
    "/funding/payments/lines/{line}/settle/rest_closed": WRITES,
    "/funding/budgets?authority={authority}": DESK,
    "/funding/budgets/pots.csv?authority={authority}": DESK,
    "/funding/budgets/new?authority={authority}": WRITES,
    "/funding/budgets/{pot}": DESK,
    "/funding/budgets/{pot}/change": WRITES,
}
POSTS: dict[str, set[str]] = {
    "/funding/payments/{remittance}/confirm": WRITES,
    "/funding/payments/{remittance}/drop": WRITES,
    "/funding/budgets/alerts/{alert}/put-away": DESK,
}
WRITTEN = (Payment, Repayment, Difference, PotChange, Remittance)


@pytest.fixture
def who(world: World) -> dict[str, UUID | None]:
    """Everybody who might come by."""
    return {
        "nobody": None,
        "pa": world.pa,
        "employer": world.employer_person,
        "representative": world.representative,
        "adviser": world.adviser,
        "assessor": world.assessor,
        "coordinator": world.coordinator,
        "coordinator elsewhere": world.other_coordinator,
        "register officer": world.register_officer,
        "funding officer": world.funding_officer,
        "admin": world.admin,
    }


@pytest.fixture
def things(house: House, world: World, now: datetime) -> dict[str, UUID]:
    """An approved claim, a list that waits, a pot and an alert."""
    remittance, pot, alert = uuid4(), uuid4(), uuid4()
    by, here = world.funding_officer, world.authority
    with house.database.writing() as db:
        certify(db, world.pa, here, by=world.coordinator, now=now)
        line = db.scalars(select(ClaimLine).where(ClaimLine.scheme == "ULO-2026-27")).one()
        db.execute(update(Claim).where(Claim.id == line.claim_id).values(state=ClaimState.APPROVED))
        line.approved_pence = 7_500
        reference = db.scalars(select(Claim.reference).where(Claim.id == line.claim_id)).one()
        data = f"Claim,Amount,Date\n{reference},75.00,2026-11-20\n".encode()
        payments.upload(db, house.files, once=remittance, authority_id=here, data=data, name="list.csv", by=by, now=now)
        columns = {Column.REFERENCE: "Claim", Column.AMOUNT: "Amount", Column.DAY: "Date"}
        payments.map_columns(
            db,
            house.files,
            remittance_id=remittance,
            within=[here],
            columns=columns,
            day_order=None,
            paid_on=None,
            now=now,
        )
        budgets.open_pot(
            db,
            once=pot,
            authority_id=here,
            scheme="ULO-2026-27",
            organisation_id=None,
            pence=100,
            reason="Letter",
            by=by,
            now=now,
        )
        db.add(
            BudgetAlert(
                id=alert,
                key="k",
                authority_id=here,
                pot_id=pot,
                scheme="ULO-2026-27",
                what=Alert.POT_OVER,
                pence=1,
                count=0,
                told_at=now,
            )
        )
        claim = line.claim_id
    return {
        "authority": here,
        "remittance": remittance,
        "pot": pot,
        "alert": alert,
        "claim": claim,
        "line": line.id,
    }


def test_everybody_opens_what_is_theirs_and_nothing_else(
    who: dict[str, UUID | None], things: dict[str, UUID], browser_for: Callable[..., Any]
) -> None:
    wrong = {}
    for name, person in who.items():
        browser = browser_for(person)
        for pattern, may in MAY.items():
            answer = browser.get(pattern.format_map(things))
            answer.close()
            assert answer.status_code in {200, 302, 403, 404}, (pattern, name, answer.status_code)
            asked = answer.status_code == 302 and "/sign-in" in answer.location
            if (answer.status_code in {200, 302} and not asked) != (name in may):
                wrong[name, pattern] = answer.status_code
    assert wrong == {}


def test_nobody_else_writes_anything(
    who: dict[str, UUID | None], things: dict[str, UUID], house: House, browser_for: Callable[..., Any]
) -> None:
    def stands() -> list[object]:
        with house.database.reading() as db:
            counted = [db.scalar(select(func.count()).select_from(table)) for table in WRITTEN]
            seen = db.get_one(BudgetAlert, things["alert"]).put_away_at
            return [*counted, seen, db.get_one(Remittance, things["remittance"]).dropped_at]

    before = stands()
    form = {"once": str(uuid4()), "amount": "1.00", "paid_on": "2026-11-20", "reason": "x", "way": "in"}
    for name, person in who.items():
        browser = browser_for(person)
        for pattern, may in (MAY | POSTS).items():
            if name not in may:
                browser.post(pattern.format_map(things), data={**form, "once": str(uuid4())}).close()
    assert stands() == before


def test_every_page_of_payments_and_budgets_is_in_these_tables(app: Flask, things: dict[str, UUID]) -> None:
    listed = set()
    adapter = app.url_map.bind("localhost")
    for pattern in MAY:
        listed.add(adapter.match(pattern.format_map(things).partition("?")[0], method="GET")[0])
    for pattern in POSTS:
        listed.add(adapter.match(pattern.format_map(things), method="POST")[0])
    ours = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(("/funding/payments", "/funding/budgets"))
    }
    assert ours == listed
