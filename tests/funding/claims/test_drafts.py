"""Drafts open once, keep what they relied on, take a cost, and are withdrawn with a reason."""

from datetime import date, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from lms.certification.events import CertificateIssued, CertificateWithdrawn
from lms.certification.rules import WithdrawalReason
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.funding.claims import moving, queries, reactions, services
from lms.funding.claims.models import Claim, ClaimCost, ClaimLine, ClaimMove
from lms.funding.trainings import training_of
from lms.funding.vocabulary import ClaimShape, ClaimState, Decision, Part, Provenance
from lms.wiring import REACTIONS
from tests.funding.conftest import certify


def only_claim(db, world):
    found = queries.claims_in(db, [world.authority])
    assert len(found) == 1
    return queries.claim(db, found[0].id, within=[world.authority])


def only_line(db, world):
    (line,) = only_claim(db, world).lines
    return line


def test_a_certificate_opens_a_draft_under_the_scheme_that_pays(db, world, certified):
    claim, line = only_claim(db, world), only_line(db, world)
    assert (claim.scheme, claim.scheme_edition, line.item) == ("ULO-2026-27", "2026.1", "TRAIN-DAY")
    assert (claim.reference, claim.shape) == ("RIVERMERE-2026-0001", ClaimShape.CLAIM)
    assert (claim.state, line.training) == (ClaimState.DRAFT, "PAI-1")
    assert (line.learner_name, claim.claimant_name) == ("Pat Morgan", "Rivermere Independent Living")
    assert (line.rate_pence, line.rate_standing, line.amount_at_most_pence) == (15000, Provenance.OFFICIAL, 7500)
    assert line.verdict.missing == ("cost", "quote", "attendance_record")
    events = db.execute(select(EventRow.about, EventRow.data, EventRow.behalf).where(EventRow.kind == "ClaimDrafted"))
    about, data, behalf = events.one()
    assert (about, data["claim_id"], behalf) == (world.pa, str(claim.id), world.support)


def test_the_house_tells_funding_about_certificates():
    assert reactions.open_claims in REACTIONS[CertificateIssued]
    assert reactions.drop_drafts in REACTIONS[CertificateWithdrawn]


def test_told_twice_it_opens_one_claim(db, world, certified, now):
    certified.again(db, now)
    only_claim(db, world)
    assert db.scalar(select(func.count(ClaimMove.id))) == 1
    assert db.scalar(select(func.count(EventRow.id)).where(EventRow.kind == "ClaimDrafted")) == 1


def test_told_by_many_at_once_it_opens_one_claim(house, world, now):
    with house.database.writing() as db:
        told = certify(db, world.pa, world.authority, by=world.coordinator, now=now, code="PAI-7")
    barrier, troubles = Barrier(6), []

    def tell():
        try:
            barrier.wait()
            with house.database.writing() as db:
                about = training_of(
                    db, told.enrolment_id, "PAI-1", completed_on=now.date(), certificate_id=uuid4(), on=now.date()
                )
                best = queries.verdicts_for(db, about, on=now.date())[0]
                services.open_draft(db, training=about, found=best, by=None, now=now)
        except Exception as trouble:  # noqa: BLE001  shown below, whatever it is
            troubles.append(trouble)

    threads = [Thread(target=tell) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    with house.database.reading() as db:
        only_claim(db, world)


def test_what_no_authority_counts_opens_nothing(db, world, now):
    certify(db, world.pa, world.authority, by=world.coordinator, now=now, code="PAI-7")
    assert queries.claims_in(db, [world.authority]) == []


def test_an_english_scheme_opens_nothing_in_wales(db, world, now):
    certify(db, world.other_pa, world.other_authority, by=world.other_coordinator, now=now)
    assert {claim.scheme for claim in queries.claims_in(db, [world.other_authority])} <= {"DYFFRYN-GRANT-2026-27"}


def test_training_after_the_window_opens_nothing(db, world, now):
    certify(db, world.pa, world.authority, by=world.coordinator, now=now + timedelta(days=120))
    assert queries.claims_in(db, [world.authority]) == []


def record_cost(db, world, claim_id, now, *, pence=4000, paid_on=date(2026, 11, 20), **more):
    values = {"cost_id": uuid4(), "within": [world.authority], "by": world.coordinator, **more}
    (line,) = queries.claim(db, claim_id, within=[world.authority]).lines
    services.record_cost(db, line_id=line.id, cost_pence=pence, paid_on=paid_on, now=now, **values)


def test_a_recorded_cost_says_what_is_payable(db, world, certified, now):
    claim = only_claim(db, world)
    record_cost(db, world, claim.id, now)
    after = only_line(db, world)
    assert (after.cost_pence, after.paid_on, after.verdict.amount) == (4000, date(2026, 11, 20), 4000)
    assert after.verdict.cost_known
    assert after.verdict.missing == ("quote", "attendance_record")
    assert after.amount_at_most_pence == 7500


def test_the_latest_cost_counts_and_the_earlier_one_stays(db, world, certified, now):
    claim = only_claim(db, world)
    record_cost(db, world, claim.id, now, pence=4000)
    record_cost(db, world, claim.id, now + timedelta(minutes=1), pence=9000)
    after = only_line(db, world)
    assert (after.cost_pence, after.verdict.amount) == (9000, 7500)
    assert after.verdict.decision is Decision.DECIDE_CASE_BY_CASE
    assert after.verdict.missing == ("quote", "attendance_record", "justification")
    assert db.scalar(select(func.count(ClaimCost.id))) == 2


@pytest.mark.usefixtures("certified")
def test_a_claim_keeps_its_rate_when_the_scheme_changes(db, world, now, schemes, monkeypatch):
    scheme = schemes.by_code["ULO-2026-27"]
    cheaper = scheme.items[0].model_copy(update={"max_amount_pence": 1000})
    changed = scheme.model_copy(update={"items": (cheaper,)})
    monkeypatch.setitem(db.info["shelves"], type(schemes), type(schemes)({changed.code: changed}, schemes.adoptions))
    claim = only_claim(db, world)
    record_cost(db, world, claim.id, now, pence=7000)
    assert only_line(db, world).verdict.amount == 7000


def test_a_cost_sent_twice_is_recorded_once(db, world, certified, now):
    claim, once = only_claim(db, world), uuid4()
    for _ in range(2):
        record_cost(db, world, claim.id, now, cost_id=once)
    assert db.scalar(select(func.count(ClaimCost.id))) == 1
    assert db.scalar(select(func.count(EventRow.id)).where(EventRow.kind == "ClaimCostRecorded")) == 1


def test_another_cost_under_the_same_number_is_not_lost_without_a_word(db, world, certified, now):
    claim, once = only_claim(db, world), uuid4()
    record_cost(db, world, claim.id, now, cost_id=once, pence=4000)
    with pytest.raises(Refused):
        record_cost(db, world, claim.id, now, cost_id=once, pence=5000)


def test_costs_that_cannot_be_are_refused(db, world, certified, now):
    for wrong in [{"pence": 0}, {"pence": -1}, {"pence": 100_000_001}, {"paid_on": date(2026, 11, 22)}]:
        with pytest.raises(Refused):
            record_cost(db, world, only_claim(db, world).id, now, **wrong)


def withdraw(db, world, claim_id, now, *, reason="Claimed elsewhere", **more):
    values = {"within": [world.authority], "by": world.coordinator, **more}
    services.withdraw(db, claim_id=claim_id, reason=reason, now=now, **values)


def test_a_draft_is_withdrawn_with_its_reason_and_stays_to_be_read(db, world, certified, now):
    claim = only_claim(db, world)
    withdraw(db, world, claim.id, now + timedelta(minutes=1))
    assert only_claim(db, world).state is ClaimState.WITHDRAWN
    moves = queries.moves_of(db, claim.id)
    assert [(m.came_from, m.went_to, m.reason, m.by_name) for m in moves] == [
        (None, ClaimState.DRAFT, "", None),
        (ClaimState.DRAFT, ClaimState.WITHDRAWN, "Claimed elsewhere", "Cora Coordinator"),
    ]


def test_a_reason_is_needed_and_bounded(db, world, certified, now):
    for reason in ["", "   ", "x" * 501]:
        with pytest.raises(Refused):
            withdraw(db, world, only_claim(db, world).id, now, reason=reason)


def test_what_was_withdrawn_moves_no_more(db, world, certified, now):
    claim = only_claim(db, world)
    withdraw(db, world, claim.id, now)
    with pytest.raises(Refused):
        withdraw(db, world, claim.id, now)
    with pytest.raises(Refused):
        record_cost(db, world, claim.id, now)
    certified.again(db, now)
    assert only_claim(db, world).state is ClaimState.WITHDRAWN


def test_of_two_who_move_a_claim_at_once_one_is_told(db, world, certified, now):
    claim = only_claim(db, world)
    row = db.get_one(Claim, claim.id)
    elsewhere = update(Claim).where(Claim.id == claim.id).values(state=ClaimState.SUBMITTED)
    db.execute(elsewhere.execution_options(synchronize_session=False))
    assert row.state is ClaimState.DRAFT  # as somebody read it a moment ago
    with pytest.raises(Refused):
        moving.move(db, row, ClaimState.WITHDRAWN, reason="x", by=world.coordinator, now=now)
    assert db.scalar(select(func.count(ClaimMove.id))) == 1


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        (WithdrawalReason.ISSUED_IN_ERROR, ClaimState.WITHDRAWN),
        (WithdrawalReason.GROUND_FELL_AWAY, ClaimState.WITHDRAWN),
        (WithdrawalReason.REPLACED, ClaimState.DRAFT),
    ],
)
@pytest.mark.usefixtures("certified")
def test_a_draft_falls_with_its_certificate(db, world, now, reason, state):
    certificate_id = db.scalars(select(ClaimLine.certificate_id)).one()
    fact = CertificateWithdrawn(
        about=world.pa, certificate_id=certificate_id, kind="module", code="PAI-1", reason=reason
    )
    for _ in range(2):
        reactions.drop_drafts(db, fact, now)
    assert only_claim(db, world).state is state


def test_behind_another_wall_there_is_no_claim(db, world, certified, now):
    claim = only_claim(db, world)
    there = {"within": [world.other_authority], "by": world.other_coordinator}
    with pytest.raises(NotFound):
        record_cost(db, world, claim.id, now, **there)
    with pytest.raises(NotFound):
        withdraw(db, world, claim.id, now, **there)
    with pytest.raises(NotFound):
        queries.claim(db, claim.id, within=[world.other_authority])
    assert queries.claims_in(db, [world.other_authority]) == []
    assert queries.count_by_state(db, [world.other_authority]) == {}


def test_nothing_is_claimed_that_a_scheme_refuses_or_nobody_certified(db, world, certified, now):
    on = now.date()
    about = training_of(db, certified.enrolment_id, "PAI-1", completed_on=on, certificate_id=None, on=on)
    verdicts = {f.scheme.code: f for f in queries.verdicts_for(db, about, on=on)}
    for code in ("LDSS-2025-26", "ULO-2026-27"):
        with pytest.raises(Refused):
            services.open_draft(db, training=about, found=verdicts[code], by=None, now=now)


def test_the_database_itself_refuses(db, world, certified, now):
    record_cost(db, world, only_claim(db, world).id, now)
    for table, change in (
        (ClaimLine, {"amount_at_most_pence": -1}),
        (ClaimLine, {"rate_pence": -1}),
        (ClaimLine, {"payable_pence": -1}),
        (ClaimLine, {"recovered_pence": 1}),
        (ClaimLine, {"part": Part.SECOND}),
        (Claim, {"claimant_id": None}),
        (ClaimMove, {"came_from": ClaimState.DRAFT}),
        (ClaimCost, {"cost_pence": 0}),
        (ClaimCost, {"payable_pence": -1}),
    ):
        with pytest.raises(IntegrityError), db.begin_nested():
            db.execute(update(table).values(**change))
