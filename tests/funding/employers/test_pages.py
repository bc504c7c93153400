"""Pages of the employers' side, as people walk through them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from lms.core.house import House
from lms.funding.claims import services as claims
from lms.funding.claims.models import Claim, ClaimMove
from lms.funding.employers.models import TrainingEnquiry
from lms.funding.vocabulary import ClaimState
from tests.funding.employers.conftest import answered, enrol, let_act_for_the_grant
from tests.funding.employers.test_paying_out import sent_in
from tests.world import World

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

BrowserFor = Callable[..., Any]


def test_an_employer_finds_their_page(browser_for: BrowserFor, world: World) -> None:
    page = browser_for(world.employer_person).get("/get-training-paid")
    assert page.status_code == 200
    assert b"Get training paid" in page.data


def test_a_double_tap_begins_once(browser_for: BrowserFor, house: House, world: World) -> None:
    browser = browser_for(world.employer_person)
    once = {"once": "5a2c3a52-3f52-4f1e-9d58-9f6f5d2f0d10", "household": str(world.employer)}
    first, second = (browser.post("/get-training-paid/begin", once) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(TrainingEnquiry)) == 1


def test_a_wrong_answer_is_told_and_nothing_is_saved(
    browser_for: BrowserFor, house: House, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        enquiry = answered(db, world, now)
    browser = browser_for(world.employer_person)
    for step, wrong, said in (
        ("costs", {"course": "40.505"}, "Enter an amount of pounds"),
        ("costs", {"course": "-40"}, "Enter an amount of pounds"),
        ("costs", {}, "Enter at least one cost"),
        ("course", {"pa": str(world.second_pa), "training": "PAI-1"}, "Not a valid choice"),
        ("booked", {"booked": "no", "starts_on": ["31", "2", "2027"]}, "Enter a real date"),
    ):
        page = browser.submit(f"/get-training-paid/{enquiry}/{step}", wrong).get_data(as_text=True)
        assert "<title>Error:" in page, step
        assert said in page, step


def test_an_adviser_sees_only_what_the_permission_covers(
    browser_for: BrowserFor, house: House, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        enrol(db, world, now)
        permission = let_act_for_the_grant(db, world, now)
        enquiry = answered(db, world, now)
    employer, adviser = browser_for(world.employer_person), browser_for(world.adviser)
    made = employer.post(f"/get-training-paid/{enquiry}/apply/ASK-2026-27")
    assert made.status_code == 302
    with house.database.reading() as db:
        reference = db.scalars(select(Claim.reference)).one()
    assert reference in employer.get("/get-training-paid").get_data(as_text=True)
    # The permission is for another scheme, so neither the list nor the page is there.
    assert reference not in adviser.get(f"/get-training-paid?permission={permission}").get_data(as_text=True)
    assert adviser.get(made.location).status_code == 404


def test_a_record_opens_by_a_press_the_employer_sees(
    browser_for: BrowserFor, house: House, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        permission = let_act_for_the_grant(db, world, now)
    adviser = browser_for(world.adviser)
    path = f"/acting-for/{permission}/records/{world.pa}"
    assert adviser.get(path).status_code == 302
    assert adviser.post(f"{path}/open").status_code == 302
    assert "Training of Pat Morgan" in adviser.get(path).get_data(as_text=True)
    seen = browser_for(world.employer_person).get(f"/training-permissions/{permission}").get_data(as_text=True)
    assert "Looked at the training record of Pat Morgan." in seen
    browser_for(world.employer_person).post(f"/training-permissions/{permission}/withdraw")
    assert adviser.get(path).status_code == 302


def test_costs_are_named_where_answers_are_checked(
    browser_for: BrowserFor, house: House, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        enquiry = answered(db, world, now)
    page = browser_for(world.employer_person).get(f"/get-training-paid/{enquiry}/answers").get_data(as_text=True)
    assert "The course: £" in page


@pytest.mark.parametrize(
    "told",
    [
        (ClaimState.SUBMITTED, "Somebody reads it and decides"),
        (ClaimState.APPROVED, "You can book the course now."),
        (ClaimState.REJECTED, "wrote: “The quote has no date.”"),
        (ClaimState.NEEDS_ACTION, "They wrote: “The quote has no date.”"),
        (ClaimState.WITHDRAWN, "Nothing more happens with it."),
    ],
)
def test_an_application_says_what_happens_next(
    browser_for: BrowserFor, house: House, world: World, now: datetime, told: tuple[ClaimState, str]
) -> None:
    state, said = told
    with house.database.writing() as db:
        enrol(db, world, now)
        enquiry = answered(db, world, now)
    employer = browser_for(world.employer_person)
    made = employer.post(f"/get-training-paid/{enquiry}/apply/ASK-2026-27").location
    with house.database.writing() as db:
        row = db.scalars(select(Claim)).one()
        move = ClaimMove(
            id=uuid4(), claim_id=row.id, came_from=row.state, went_to=state, reason="The quote has no date.", at=now
        )
        db.add(move)
        row.state = state
    assert said in employer.get(made).get_data(as_text=True)
    if state is ClaimState.NEEDS_ACTION:
        assert "Something is asked about your application" in employer.get("/").get_data(as_text=True)


def test_after_a_no_the_employer_asks_again_once(
    browser_for: BrowserFor, house: House, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        made = sent_in(db, world, now)
        claims.reject(
            db,
            claim_id=made.id,
            within=[world.authority],
            reason="The quote is old.",
            by=world.funding_officer,
            now=now,
        )
    employer, page = browser_for(world.employer_person), f"/get-training-paid/applications/{made.id}"
    assert "Ask again" in employer.get(page).get_data(as_text=True)
    new = employer.submit(page, to=f"{page}/again")
    assert new.status_code == 302
    assert new.location != page
    assert "Being prepared" in employer.get(new.location).get_data(as_text=True)
    assert employer.submit(page, to=f"{page}/again").status_code == 409
    assert employer.post(f"{new.location}/again", {"once": str(uuid4())}).status_code == 404


def test_an_employer_reads_of_their_own_nation_and_of_themselves(
    browser_for: BrowserFor, house: House, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        enrol(db, world, now)
        enquiry = answered(db, world, now)
    shown = browser_for(world.employer_person).get(f"/get-training-paid/{enquiry}/result").get_data(as_text=True)
    assert "each nation has its own" in shown
    assert "Dyffryn" not in shown
    assert "The employer lives in England." not in shown
