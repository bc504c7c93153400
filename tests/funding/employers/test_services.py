"""Six answers become an application that is sent in; bank details; a permission withdrawn meanwhile. Both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms.core.db import Db
from lms.core.house import House
from lms.core.locked import Locker
from lms.core.words import NotFound, Refused
from lms.funding.claims import services as claims
from lms.funding.claims.models import Claim, ClaimSubmission
from lms.funding.claims.queries import ClaimView, claim
from lms.funding.employers import applying, bank, queries, services
from lms.funding.employers.answers import Step
from lms.funding.employers.bank import WrongField, account_of
from lms.funding.employers.models import BankDetails
from lms.funding.permissions import queries as permissions
from lms.funding.permissions import services as permitted
from lms.funding.permissions.rules import Action
from lms.funding.permissions.words import Deed
from lms.funding.vocabulary import ClaimShape, ClaimState
from lms.notifications.models import Notice
from tests.funding.employers.conftest import ASK, answered, enrol, let_act
from tests.world import World

LOCKER = Locker("a long secret for tests", bank.PURPOSE)


def prepared(db: Db, world: World, now: datetime, *, by: UUID | None = None) -> ClaimView:
    enrol(db, world, now)
    enquiry = answered(db, world, now, by=by)
    made = applying.prepare(
        db, enquiry_id=enquiry, scheme=ASK, claim_id=uuid4(), by=by or world.employer_person, now=now
    )
    return claim(db, made, within=[world.authority])


def accept(db: Db, world: World, made: ClaimView, by: UUID, now: datetime) -> None:
    claims.accept_terms(db, claim_id=made.id, within=[world.authority], by=by, now=now, version=made.version)


def send(db: Db, world: World, made: ClaimView, by: UUID, now: datetime) -> None:
    claims.submit(db, claim_id=made.id, within=[world.authority], by=by, now=now)


def state_of(db: Db, made: ClaimView) -> ClaimState:
    return db.scalars(select(Claim.state).where(Claim.id == made.id)).one()


def test_an_employer_applies_alone(db: Db, world: World, now: datetime) -> None:
    made = prepared(db, world, now)
    assert (made.shape, made.claimant_id, made.state) == (ClaimShape.APPLICATION, world.employer, ClaimState.DRAFT)
    assert {line.item: line.cost_pence for line in made.lines} == {"COURSE": 15000, "TRAVEL": 1200}
    accept(db, world, made, world.employer_person, now)
    send(db, world, made, world.employer_person, now)
    assert state_of(db, made) is ClaimState.SUBMITTED


def test_an_adviser_prepares_and_sends_what_the_employer_accepted(db: Db, world: World, now: datetime) -> None:
    permission = let_act(db, world, now)
    made = prepared(db, world, now, by=world.adviser)
    told = db.scalars(select(Notice.kind).where(Notice.person_id == world.employer_person)).all()
    assert "application_prepared" in told
    with pytest.raises(Refused, match="cannot accept"):
        accept(db, world, made, world.adviser, now)
    with pytest.raises(Refused, match="in the way"):
        send(db, world, made, world.adviser, now)
    accept(db, world, made, world.employer_person, now)
    send(db, world, made, world.adviser, now)
    assert state_of(db, made) is ClaimState.SUBMITTED
    deeds = [use.deed for use in permissions.uses_of(db, [permission])]
    assert {Deed.QUESTIONS_BEGUN, Deed.PREPARED, Deed.SUBMITTED} <= set(deeds)


def test_a_representative_prepares_but_cannot_accept(db: Db, world: World, now: datetime) -> None:
    made = prepared(db, world, now, by=world.representative)
    with pytest.raises(Refused, match="cannot accept"):
        accept(db, world, made, world.representative, now)


def test_what_was_accepted_is_void_once_changed(db: Db, world: World, now: datetime) -> None:
    made = prepared(db, world, now)
    accept(db, world, made, world.employer_person, now)
    claims.take_line_out(db, line_id=made.lines[1].id, within=[world.authority], by=world.employer_person, now=now)
    with pytest.raises(Refused, match="in the way"):
        send(db, world, made, world.employer_person, now)


def test_prepared_twice_it_is_one(db: Db, world: World, now: datetime) -> None:
    enrol(db, world, now)
    enquiry = answered(db, world, now)
    here = {"enquiry_id": enquiry, "scheme": ASK, "by": world.employer_person, "now": now}
    assert applying.prepare(db, claim_id=uuid4(), **here) == applying.prepare(db, claim_id=uuid4(), **here)  # type: ignore[arg-type]
    again = answered(db, world, now)
    with pytest.raises(Refused, match="already"):
        applying.prepare(db, enquiry_id=again, scheme=ASK, claim_id=uuid4(), by=world.employer_person, now=now)


def test_money_that_does_not_fit_is_refused(db: Db, world: World, now: datetime) -> None:
    enrol(db, world, now)
    enquiry = answered(db, world, now)
    for scheme in ("LDSS-2025-26", "IEF-2017-18", "ULO-2026-27", "NOWHERE"):
        with pytest.raises(Refused, match="does not fit"):
            applying.prepare(db, enquiry_id=enquiry, scheme=scheme, claim_id=uuid4(), by=world.employer_person, now=now)


@pytest.mark.parametrize("who", ["coordinator", "second_employer_person", "adviser", "other_employer_person", "pa"])
def test_strangers_begin_and_answer_nothing(db: Db, world: World, now: datetime, who: str) -> None:
    someone = getattr(world, who)
    with pytest.raises((Refused, NotFound)):
        services.begin(db, once=uuid4(), employer_id=world.employer, by=someone, now=now)
    enquiry = answered(db, world, now)
    with pytest.raises((Refused, NotFound)):
        services.answer(db, enquiry_id=enquiry, step=Step.HOME, given={"lives": "wales"}, by=someone, now=now)
    assert queries.enquiry(db, enquiry).answers.lives == "england"


def test_an_adviser_only_for_the_pas_of_the_permission(db: Db, world: World, now: datetime) -> None:
    let_act(db, world, now)
    enquiry = uuid4()
    services.begin(db, once=enquiry, employer_id=world.employer, by=world.adviser, now=now)
    with pytest.raises(Refused, match="for this PA"):
        services.answer(
            db,
            enquiry_id=enquiry,
            step=Step.COURSE,
            given={"pa_id": world.second_pa, "training": None, "course_name": "First aid"},
            by=world.adviser,
            now=now,
        )


def test_a_decision_reaches_the_adviser_who_may_receive_it(db: Db, world: World, now: datetime) -> None:
    permission = let_act(db, world, now)
    made = prepared(db, world, now, by=world.adviser)
    accept(db, world, made, world.employer_person, now)
    send(db, world, made, world.adviser, now)
    claims.reject(
        db, claim_id=made.id, within=[world.authority], reason="Nothing is left.", by=world.funding_officer, now=now
    )
    sent = [use for use in permissions.uses_of(db, [permission]) if use.deed is Deed.DECISION_SENT]
    assert [use.values["reference"] for use in sent] == [made.reference]
    told = db.scalars(select(Notice.kind).where(Notice.person_id == world.adviser)).all()
    assert told.count("decision_for_employer") == 1


def at_once(house: House, calls: list[Callable[[Db], object]]) -> list[str]:
    ready = Barrier(len(calls))

    def start(call: Callable[[Db], object]) -> str:
        ready.wait(timeout=30)
        try:
            with house.database.writing() as db:
                call(db)
        except Refused as refusal:
            return str(refusal)
        return "done"

    with ThreadPoolExecutor(len(calls)) as pool:
        return [done.result(timeout=60) for done in [pool.submit(start, call) for call in calls]]


def test_withdrawn_in_the_middle_of_a_submission(house: House, world: World, now: datetime) -> None:
    """Both at the same moment: either it was sent in first and whole, or refused whole and nothing is written."""
    with house.database.writing() as db:
        permission = let_act(db, world, now)
        made = prepared(db, world, now, by=world.adviser)
        accept(db, world, made, world.employer_person, now)
    sent, withdrawn = at_once(
        house,
        [
            lambda db: send(db, world, made, world.adviser, now),
            lambda db: permitted.withdraw(db, permission_id=permission, by=world.employer_person, now=now),
        ],
    )
    assert withdrawn == "done"
    with house.database.reading() as db:
        submissions = db.scalar(select(func.count()).select_from(ClaimSubmission))
        uses = [use for use in permissions.uses_of(db, [permission]) if use.deed is Deed.SUBMITTED]
        if sent == "done":
            assert (state_of(db, made), submissions, len(uses)) == (ClaimState.SUBMITTED, 1, 1)
        else:
            assert "withdrawn" in sent
            assert (state_of(db, made), submissions, len(uses)) == (ClaimState.DRAFT, 0, 0)


def test_withdrawn_after_the_page_was_opened(house: House, world: World, now: datetime) -> None:
    """The page was shown while the permission held; the submission that follows looks again, inside its own unit."""
    with house.database.writing() as db:
        permission = let_act(db, world, now)
        made = prepared(db, world, now, by=world.adviser)
        accept(db, world, made, world.employer_person, now)
    with house.database.unit(writing=True) as submitting:
        leave = permissions.may(
            submitting,
            person_id=world.adviser,
            claimant_id=world.employer,
            claimant_kind=made.claimant_kind,
            authority_id=world.authority,
            action=Action.SUBMIT,
            scheme=ASK,
            learner_ids=[world.pa],
            on=now.date(),
        )
        assert leave.allowed
        submitting.rollback()
        with house.database.writing() as db:
            permitted.withdraw(db, permission_id=permission, by=world.representative, now=now)
        with pytest.raises(Refused, match="withdrawn"):
            send(submitting, world, made, world.adviser, now)
        submitting.rollback()
    with house.database.reading() as db:
        assert state_of(db, made) is ClaimState.DRAFT


def give_account(
    db: Db,
    world: World,
    by: UUID,
    now: datetime,
    *,
    number: str = "12345678",
    fits: bool = True,
    once: UUID | None = None,
) -> None:
    bank.give(
        db,
        LOCKER,
        once=once or uuid4(),
        employer_id=world.employer,
        account=account_of("Amina Yusuf", "12-34-56", number),
        own_account=True,
        secret_fits=fits,
        by=by,
        now=now,
    )


def test_the_account_is_locked_and_only_its_end_is_shown(db: Db, world: World, now: datetime) -> None:
    give_account(db, world, world.employer_person, now)
    kept = db.scalars(select(BankDetails)).one()
    assert b"12345678" not in kept.locked
    assert b"Yusuf" not in kept.locked
    shown = bank.shown(db, world.employer)
    assert shown is not None
    assert shown.ending == "5678"
    opened = bank.opened(db, LOCKER, world.employer)
    assert opened is not None
    assert (opened.sort_code_in_pairs, opened.number) == ("12-34-56", "12345678")
    assert bank.opened(db, Locker("another secret", bank.PURPOSE), world.employer) is None


def test_a_form_sent_again_with_another_number_is_not_said_to_be_saved(db: Db, world: World, now: datetime) -> None:
    once = uuid4()
    give_account(db, world, world.employer_person, now, once=once)
    give_account(db, world, world.employer_person, now, once=once)  # a double tap is quiet
    with pytest.raises(Refused, match="saved from this page before"):
        give_account(db, world, world.employer_person, now, once=once, number="87654321")
    assert len(db.scalars(select(BankDetails)).all()) == 1


def test_an_account_is_not_told_by_whoever_writes_it_down_whole() -> None:
    assert "12345678" not in repr(account_of("Amina Yusuf", "12-34-56", "12345678"))


@pytest.mark.parametrize(
    "who", ["representative", "adviser", "coordinator", "funding_officer", "second_employer_person"]
)
def test_only_the_employer_gives_an_account(db: Db, world: World, now: datetime, who: str) -> None:
    let_act(db, world, now)
    with pytest.raises(NotFound):
        give_account(db, world, getattr(world, who), now)
    with pytest.raises(Refused, match="not your password"):
        give_account(db, world, world.employer_person, now, fits=False)
    assert bank.shown(db, world.employer) is None


def test_every_employer_of_the_household_is_told_both_times(db: Db, world: World, now: datetime) -> None:
    give_account(db, world, world.employer_person, now)
    give_account(db, world, world.employer_person, now + timedelta(days=1), number="876543")
    told = db.scalars(select(Notice.kind).where(Notice.person_id == world.employer_person))
    assert sorted(kind for kind in told if kind.startswith("bank_details")) == [
        "bank_details_changed",
        "bank_details_given",
    ]
    shown = bank.shown(db, world.employer)
    assert shown is not None
    assert shown.ending == "6543"


@pytest.mark.parametrize(
    ("sort_code", "number", "field"),
    [
        ("12-34-5", "12345678", "sort_code"),
        ("00-00-00", "12345678", "sort_code"),
        ("12 34 56", "12345", "number"),
        ("123456", "123456789", "number"),
        ("123456", "00000000", "number"),
        ("123456", "1234567a", "number"),
        ("١٢٣٤٥٦", "12345678", "sort_code"),
    ],
)
def test_what_cannot_be_an_account(sort_code: str, number: str, field: str) -> None:
    with pytest.raises(WrongField) as wrong:
        account_of("Amina Yusuf", sort_code, number)
    assert wrong.value.field == field
