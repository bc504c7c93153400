"""Pots on a real database: the book of money follows every fact, pots add up, and what runs out is told once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from lms.core.words import NotFound, Refused
from lms.funding.budgets import alerts, queries, reactions, services
from lms.funding.budgets.models import BudgetAlert, MoneyEntry
from lms.funding.budgets.rules import Standing
from lms.funding.budgets.words import Alert
from lms.funding.claims.events import ClaimApproved, ClaimPaid, ClaimRecovered, ClaimRejected, ClaimSubmitted
from lms.funding.claims.models import Claim, ClaimLine
from lms.funding.vocabulary import ClaimState
from lms.notifications.models import Notice
from tests.funding.conftest import certify

SCHEME = "ULO-2026-27"


@pytest.fixture
def line(house, world, now):
    """A draft of the user-led organisation for the first PA: its ids."""
    with house.database.writing() as db:
        certify(db, world.pa, world.authority, by=world.coordinator, now=now)
        return db.execute(
            select(ClaimLine.id, ClaimLine.claim_id, ClaimLine.learner_id, Claim.claimant_id)
            .join(Claim, Claim.id == ClaimLine.claim_id)
            .where(ClaimLine.scheme == SCHEME)
        ).one()


@pytest.fixture
def becomes(house, line, now):
    """The line comes to stand in a way, as a service would write it, and the fact is told."""

    def stand(fact, state, **values):
        with house.database.writing() as db:
            db.execute(update(Claim).where(Claim.id == line.claim_id).values(state=state))
            if values:
                db.execute(update(ClaimLine).where(ClaimLine.id == line.id).values(**values))
            told = {"about": line.learner_id, "claim_id": line.claim_id, "line_id": line.id}
            more = {
                ClaimSubmitted: {"submission_id": uuid4(), "payable_pence": 0},
                ClaimApproved: {"approved_pence": 0},
                ClaimPaid: {"paid_pence": 0},
                ClaimRecovered: {"recovered_pence": 0},
            }.get(fact, {})
            for _ in range(2):  # told twice, entered once
                reactions.enter(db, fact(**told, **more), now)

    return stand


@pytest.fixture
def open_pot(house, world, now):
    def pot(pence=100_000, organisation=None, once=None, reason="Letter of 1 April", scheme=SCHEME):
        with house.database.writing() as db:
            return services.open_pot(
                db,
                once=once or uuid4(),
                authority_id=world.authority,
                scheme=scheme,
                organisation_id=organisation,
                pence=pence,
                reason=reason,
                by=world.funding_officer,
                now=now,
            )

    return pot


@pytest.fixture
def stands(house, world, now):
    def of(pot_id):
        with house.database.reading() as db:
            found = queries.pots(db, world.authority, on=now.date())
        return next(each.standing for each in found if each.id == pot_id)

    return of


def test_the_book_follows_a_line_from_draft_to_money_and_back(open_pot, stands, becomes):
    pot = open_pot()
    draft = stands(pot)
    assert draft.drafts > 0
    assert draft.left == 100_000, "a draft speaks for nothing"
    becomes(ClaimSubmitted, ClaimState.SUBMITTED, payable_pence=7500)
    assert stands(pot) == Standing(allocated=100_000, waiting=7500)
    becomes(ClaimApproved, ClaimState.APPROVED, approved_pence=7000)
    assert stands(pot) == Standing(allocated=100_000, approved=7000)
    becomes(ClaimPaid, ClaimState.APPROVED, paid_pence=4000)
    now = stands(pot)
    assert (now.owed, now.spent, now.left) == (3000, 4000, 93_000)
    becomes(ClaimPaid, ClaimState.PAID, paid_pence=7500)
    now = stands(pot)
    assert (now.owed, now.spent, now.left) == (0, 7500, 92_500), "what came too much is spent all the same"
    becomes(ClaimRecovered, ClaimState.RECOVERED, recovered_pence=7500)
    now = stands(pot)
    assert (now.committed, now.left, now.paid, now.recovered) == (0, 100_000, 7500, 7500)


def test_a_pot_is_for_an_organisation_of_the_authority(open_pot, world):
    for elsewhere in (world.other_employer, world.other_authority, uuid4()):
        with pytest.raises(NotFound):
            open_pot(organisation=elsewhere)
    for here in (world.support, world.employer):
        assert open_pot(organisation=here)


def test_a_rejected_claim_speaks_for_nothing(open_pot, stands, becomes):
    pot = open_pot()
    becomes(ClaimSubmitted, ClaimState.SUBMITTED, payable_pence=7500)
    becomes(ClaimRejected, ClaimState.REJECTED)
    assert stands(pot) == Standing(allocated=100_000)


def test_the_entries_of_a_line_always_add_up_to_how_it_stands(house, becomes, line):
    becomes(ClaimSubmitted, ClaimState.SUBMITTED, payable_pence=7500)
    becomes(ClaimApproved, ClaimState.APPROVED, approved_pence=7000)
    becomes(ClaimPaid, ClaimState.PAID, paid_pence=7000)
    with house.database.reading() as db:
        sums = db.execute(
            select(
                func.sum(MoneyEntry.waiting_pence),
                func.sum(MoneyEntry.approved_pence),
                func.sum(MoneyEntry.paid_pence),
                func.count(),
            ).where(MoneyEntry.line_id == line.id)
        ).one()
    assert tuple(int(each) for each in sums) == (0, 7000, 7000, 3)


def test_an_organisation_with_a_pot_of_its_own_takes_from_that(open_pot, stands, becomes, line):
    common, own = open_pot(), open_pot(organisation=line.claimant_id, pence=50_000)
    becomes(ClaimSubmitted, ClaimState.SUBMITTED, payable_pence=7500)
    assert (stands(common).waiting, stands(own).waiting) == (0, 7500)


def test_money_without_a_pot_is_shown_all_the_same(house, world, becomes, now):
    becomes(ClaimSubmitted, ClaimState.SUBMITTED, payable_pence=7500)
    with house.database.reading() as db:
        found = {each.scheme: each for each in queries.pots(db, world.authority, on=now.date())}
    assert (found[SCHEME].id, found[SCHEME].standing.waiting, found[SCHEME].standing.left) == (None, 7500, -7500)


def test_there_is_one_pot_of_each_and_a_double_tap_opens_one(open_pot, stands):
    once = uuid4()
    assert open_pot(once=once) == open_pot(once=once) == once
    assert stands(once).allocated == 100_000
    with pytest.raises(Refused, match="a pot for this scheme"):
        open_pot()
    with pytest.raises(Refused, match="Say where"):
        open_pot(reason=" ", scheme="RIVERMERE-GRANT-2026-27")
    with pytest.raises(NotFound):
        open_pot(scheme="NOTHING")


def test_more_than_is_in_a_pot_cannot_be_taken_out(house, world, now, open_pot, stands):
    pot = open_pot()

    def change(pence, once=None, within=None):
        with house.database.writing() as db:
            services.change_pot(
                db,
                once=once or uuid4(),
                pot_id=pot,
                within=[within or world.authority],
                pence=pence,
                reason="Moved",
                by=world.funding_officer,
                now=now,
            )

    once = uuid4()
    change(5_000, once)
    change(5_000, once)
    assert stands(pot).allocated == 105_000
    with pytest.raises(Refused, match=r"only £1,050\.00"):
        change(-105_001)
    change(-105_000)
    assert stands(pot).allocated == 0
    with pytest.raises(NotFound):
        change(1, within=world.other_authority)


def test_the_months_of_a_pot_say_what_was_spoken_for_then(house, world, open_pot, becomes, now):
    pot_id = open_pot()
    becomes(ClaimSubmitted, ClaimState.SUBMITTED, payable_pence=7500)
    with house.database.reading() as db:
        pot = queries.pot(db, pot_id, [world.authority], on=now.date())
        points = queries.by_month(db, pot, on=now.date())
    assert points[-1].on == now.date()
    assert [point.committed for point in points] == [0] * (len(points) - 1) + [7500]


def told(house):
    with house.database.reading() as db:
        return (
            set(db.scalars(select(BudgetAlert.what))),
            db.scalar(select(func.count()).select_from(Notice).where(Notice.kind == "money_runs_out")),
        )


def test_a_pot_that_runs_out_is_told_once_to_everybody_at_the_desk(house, world, open_pot, becomes, now):
    pot = open_pot(pence=9_000)
    becomes(ClaimSubmitted, ClaimState.SUBMITTED, payable_pence=7500)
    assert alerts.tell(house, now) == 1
    assert told(house) == ({Alert.POT_NEARLY_SPOKEN_FOR}, 2)
    assert alerts.tell(house, now + timedelta(days=1)) == 0
    with house.database.writing() as db:
        services.change_pot(
            db,
            once=uuid4(),
            pot_id=pot,
            within=[world.authority],
            pence=-2000,
            reason="Less came",
            by=world.funding_officer,
            now=now,
        )
    assert alerts.tell(house, now) == 1
    assert told(house)[0] == {Alert.POT_NEARLY_SPOKEN_FOR, Alert.POT_OVER}


def test_a_deadline_is_told_before_it_comes_and_once_for_each_step(house, world, line, now):
    last = now.date() + timedelta(days=20)
    with house.database.writing() as db:
        db.execute(update(ClaimLine).where(ClaimLine.id == line.id).values(last_day=last))
        db.execute(update(ClaimLine).where(ClaimLine.id != line.id).values(last_day=None))
    assert [alerts.tell(house, now + timedelta(days=after)) for after in (0, 1, 13, 14, 20, 21)] == [1, 0, 1, 0, 0, 0]
    assert told(house)[0] == {Alert.DEADLINE_IN_30, Alert.DEADLINE_IN_7}
    with house.database.writing() as db:
        one = db.scalars(select(BudgetAlert)).first()
        for _ in range(2):
            services.put_away(db, alert_id=one.id, within=[one.authority_id], by=world.coordinator, now=now)
