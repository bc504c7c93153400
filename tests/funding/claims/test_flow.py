"""A claim from draft to money and back, with everything that refuses on the way."""

from datetime import date
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from lms.core.words import NotFound, Refused
from lms.funding.claims import checking, queries, services
from lms.funding.claims.models import Claim, ClaimReliedOn, ClaimSubmission, ClaimTaken
from lms.funding.claims.services import LineDecision
from lms.funding.obstacles import ObstacleCode
from lms.funding.vocabulary import ClaimState, Part


def obstacles(house, claim_id, now):
    with house.database.reading() as db:
        return {o.code for o in checking.obstacles(db, claim_id, now=now) if o.blocks}


def test_what_is_in_the_way_is_listed_and_stops_the_sending(house, steps, world, now):
    claim_id = steps.draft()
    assert obstacles(house, claim_id, now) == {ObstacleCode.MISSING, ObstacleCode.TERMS_NOT_ACCEPTED}
    with pytest.raises(Refused, match="in the way"):
        steps.submit(claim_id)
    assert steps.claim(claim_id).state is ClaimState.DRAFT
    steps.cost(claim_id, 10000)
    assert obstacles(house, claim_id, now) == {ObstacleCode.TERMS_NOT_ACCEPTED}
    steps.submit(claim_id)
    assert steps.claim(claim_id).state is ClaimState.SUBMITTED


def test_what_was_relied_on_is_frozen(house, steps, world):
    claim_id = steps.sent(pence=10000)
    with house.database.reading() as db:
        relied = db.scalars(select(ClaimReliedOn)).one()
        assert (relied.rate_pence, relied.payable_pence) == (16000, 10000)
        assert (relied.terms["code"], relied.asked["cost_paid"]) == ("PLAIN-2026-27", 10000)
        assert relied.asked["submitted_on"] == "2026-11-21"
        submission = queries.submissions_of(db, claim_id)[0]
        assert (submission.number, submission.total_pence, submission.by) == (1, 10000, world.funding_officer)
    with pytest.raises(Refused, match="not a draft any more"):
        steps.cost(claim_id, 5000)


def test_only_who_may_accepts_the_terms(steps, world):
    claim_id = steps.draft()
    steps.cost(claim_id, 10000)
    with pytest.raises(Refused, match="cannot accept"):
        steps.submit(claim_id, by=world.coordinator)
    steps.do(services.accept_terms, claim_id=claim_id, by=world.funding_officer)
    steps.submit(claim_id, by=world.coordinator, accept=False)
    assert steps.claim(claim_id).state is ClaimState.SUBMITTED


def test_an_employers_terms_are_accepted_by_the_employer_alone(steps, world):
    claim_id = steps.draft(employer=world.employer)
    steps.cost(claim_id, 10000)
    for other in (world.funding_officer, world.coordinator, world.representative, world.adviser):
        with pytest.raises(Refused, match="cannot accept"):
            steps.do(services.accept_terms, claim_id=claim_id, by=other)
    steps.do(services.accept_terms, claim_id=claim_id, by=world.employer_person)
    steps.submit(claim_id, by=world.employer_person, accept=False)


def test_what_is_changed_has_to_be_accepted_anew(house, steps, world, now):
    claim_id = steps.draft()
    steps.cost(claim_id, 10000)
    shown = steps.claim(claim_id).version
    steps.do(services.accept_terms, claim_id=claim_id, by=world.funding_officer, version=shown)
    assert obstacles(house, claim_id, now) == set()
    steps.cost(claim_id, 9000)
    assert obstacles(house, claim_id, now) == {ObstacleCode.TERMS_NOT_ACCEPTED}
    with pytest.raises(Refused, match="changed while you read"):
        steps.do(services.accept_terms, claim_id=claim_id, by=world.funding_officer, version=shown)


def test_a_double_tap_sends_in_once_and_another_is_told_who_did(house, steps, world):
    claim_id, once = steps.draft(), uuid4()
    steps.cost(claim_id, 10000)
    first, again = (steps.submit(claim_id, once=once) for _ in range(2))
    assert (first.before, again.before, first.id) == (False, True, again.id)
    with pytest.raises(Refused) as told:
        steps.submit(claim_id, by=world.coordinator, accept=False)
    assert "name" in told.value.values
    with house.database.reading() as db:
        assert db.scalar(select(func.count(ClaimSubmission.id))) == 1


def at_once(*calls):
    """Run these in threads that start together; what each raised, or None."""
    barrier, ended = Barrier(len(calls)), [None] * len(calls)

    def run(n, call):
        try:
            barrier.wait()
            call()
        except Exception as trouble:  # noqa: BLE001  looked at by the caller
            ended[n] = trouble

    threads = [Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ended


def sending(house, world, claim_id, now, by):
    def send():
        with house.database.writing() as db:
            services.submit(db, claim_id=claim_id, within=[world.authority], by=by, now=now, accept=True)

    return send


def test_of_many_who_send_it_in_at_once_one_does(house, steps, world, now):
    claim_id = steps.draft()
    steps.cost(claim_id, 10000)
    ended = at_once(*[sending(house, world, claim_id, now, world.funding_officer)] * 6)
    assert [type(trouble) for trouble in ended].count(type(None)) == 1
    assert {type(trouble) for trouble in ended} == {type(None), Refused}
    with house.database.reading() as db:
        assert db.scalar(select(func.count(ClaimSubmission.id))) == 1


def test_of_two_claimants_at_once_one_gets_the_training(house, steps, world, now):
    ours, theirs = steps.draft(), steps.draft(employer=world.employer)
    for claim_id in (ours, theirs):
        steps.cost(claim_id, 10000)
    ended = at_once(
        sending(house, world, ours, now, world.funding_officer),
        sending(house, world, theirs, now, world.employer_person),
    )
    assert sorted(type(trouble).__name__ for trouble in ended) == ["NoneType", "Refused"]
    states = {steps.claim(claim_id).state for claim_id in (ours, theirs)}
    assert states == {ClaimState.DRAFT, ClaimState.SUBMITTED}
    with house.database.reading() as db:
        assert db.scalar(select(func.count(ClaimTaken.key))) == 1


def test_a_duplicate_is_named_without_saying_whose(house, steps, world, now):
    other = steps.draft(employer=world.employer)
    steps.cost(other, 10000)
    steps.sent()
    with house.database.reading() as db:
        (found,) = [o for o in checking.obstacles(db, other, now=now) if o.code is ObstacleCode.REFUSED]
    assert found.values == {"same_claimant": False, "code": "duplicate_item_for_learner"}


@pytest.mark.parametrize("end", ["reject", "withdraw"])
def test_what_was_rejected_or_withdrawn_is_free_for_others(steps, world, end):
    other = steps.draft(employer=world.employer)
    steps.cost(other, 10000)
    first = steps.sent()
    with pytest.raises(Refused):
        steps.submit(other, by=world.employer_person)
    steps.do(getattr(services, end), claim_id=first, reason="No", by=world.coordinator)
    steps.submit(other, by=world.employer_person)


def test_the_learners_limit_counts_what_others_had_and_the_lines_before(steps, world):
    steps.sent(training="PAI-3", pence=16000)
    claim_id = steps.draft(training="PAI-4")
    steps.cost(claim_id, 16000)
    steps.submit(claim_id)
    assert steps.line(claim_id).payable_pence == 30000 - 16000


def test_a_claim_is_approved_in_part_paid_in_parts_and_taken_back(steps, world):
    claim_id = steps.sent(pence=10000)
    line = steps.line(claim_id)
    for wrong in (10001, -1):
        with pytest.raises(Refused):
            steps.approve(claim_id, pence=wrong)
    with pytest.raises(Refused, match="Say why less"):
        steps.do(services.approve, claim_id=claim_id, decisions={line.id: LineDecision(1)}, by=world.coordinator)
    with pytest.raises(Refused, match="Reject the claim"):
        steps.approve(claim_id, pence=0)
    steps.approve(claim_id, pence=8000)
    assert (steps.claim(claim_id).state, steps.claim(claim_id).approved_pence) == (ClaimState.APPROVED, 8000)
    steps.paid({line.id: 3000})
    assert (steps.claim(claim_id).state, steps.claim(claim_id).paid_pence) == (ClaimState.APPROVED, 3000)
    steps.paid({line.id: 8000})
    assert steps.claim(claim_id).state is ClaimState.PAID
    once = uuid4()
    back = {"line_id": line.id, "reason": "Too much", "by": world.funding_officer}
    for _ in range(2):
        steps.do(services.recover, recovery_id=once, pence=3000, **back)
    assert (steps.claim(claim_id).state, steps.claim(claim_id).sums.recovered) == (ClaimState.PAID, 3000)
    with pytest.raises(Refused):
        steps.do(services.recover, recovery_id=uuid4(), pence=5001, **back)
    steps.do(services.recover, recovery_id=uuid4(), pence=5000, **back)
    assert steps.claim(claim_id).state is ClaimState.RECOVERED


def test_where_the_authority_pays_another_funding_officer_decides(steps, world):
    claim_id = steps.sent("HERE-2026-27", "PAI-8")
    with pytest.raises(Refused, match="only a funding officer"):
        steps.approve(claim_id)
    with pytest.raises(Refused, match="Somebody else"):
        steps.approve(claim_id, by=world.funding_officer)


def test_the_payer_asks_and_the_same_claim_goes_in_again(steps, world):
    claim_id = steps.sent()
    steps.do(services.ask_action, claim_id=claim_id, reason="The receipt", by=world.coordinator)
    assert steps.claim(claim_id).state is ClaimState.NEEDS_ACTION
    assert steps.submit(claim_id).number == 2


def test_after_a_rejection_it_is_asked_anew_under_its_own_reference(steps, world):
    first = steps.sent()
    steps.do(services.reject, claim_id=first, reason="Wrong form", by=world.coordinator)
    once = uuid4()
    for _ in range(2):
        again = steps.do(services.resubmit, claim_id=first, once=once, by=world.coordinator)
    new = steps.claim(again)
    assert (new.resubmits_id, new.state, new.sums.payable) == (first, ClaimState.DRAFT, 10000)
    assert new.reference != steps.claim(first).reference
    with pytest.raises(Refused, match="already"):
        steps.do(services.resubmit, claim_id=first, once=uuid4(), by=world.coordinator)
    steps.submit(again)
    assert steps.claim(first).state is ClaimState.REJECTED


def test_two_parts_in_order_add_up_and_keep_the_rate(house, steps, world):
    first = steps.draft("PARTS-2026-27", "PAI-5", part=Part.FIRST, finished=False)
    steps.cost(first, 99999)
    steps.submit(first)
    line = steps.line(first)
    assert (line.payable_pence, line.part) == (59999, Part.FIRST)
    second = {
        "learner_id": world.pa,
        "training": "PAI-5",
        "certificate_id": uuid4(),
        "completed_on": date(2026, 11, 21),
    }

    def ready():
        with steps.writing() as (db, now):
            return services.open_seconds(db, now=now, **second)

    assert ready() == []
    steps.approve(first)
    (opened,) = ready()
    assert ready() == []
    rest = steps.line(opened)
    assert (rest.payable_pence, rest.part, rest.first_line_id) == (40000, Part.SECOND, line.id)
    assert rest.payable_pence + line.payable_pence == 99999
    steps.submit(opened)
    assert steps.claim(opened).state is ClaimState.SUBMITTED


def test_drafts_are_put_together_and_lines_taken_out(house, steps, world):
    learners = [steps.learner(f"Learner {n}") for n in range(3)]
    drafts = [steps.draft(learner=learner) for learner in learners]
    lines = {steps.line(draft).id for draft in drafts}
    assert steps.do(services.join, into=drafts[0], others=drafts[1:], by=world.coordinator) == 2
    joined = steps.claim(drafts[0])
    assert {line.id for line in joined.lines} == lines
    assert {steps.claim(draft).state for draft in drafts[1:]} == {ClaimState.WITHDRAWN}
    steps.do(services.take_line_out, line_id=joined.lines[0].id, by=world.coordinator)
    steps.draft(training="PAI-4", learner=learners[1], into=drafts[0])
    assert steps.claim(drafts[0]).sums.lines == 3
    with pytest.raises(Refused, match="already"):
        steps.draft(training="PAI-4", learner=learners[1], into=drafts[0])
    with pytest.raises(Refused, match="belongs in another"):
        steps.draft(training="PAI-3", learner=learners[2], employer=world.employer, into=drafts[0])
    steps.do(services.withdraw, claim_id=drafts[0], reason="x", by=world.coordinator)
    with pytest.raises(Refused):
        steps.do(services.join, into=drafts[0], others=[drafts[1]], by=world.coordinator)


def test_behind_another_wall_nothing_is_there(steps, world):
    claim_id = steps.draft()
    for service, more in (
        (services.submit, {}),
        (services.reject, {"reason": "x"}),
        (services.resubmit, {"once": uuid4()}),
        (services.accept_terms, {}),
        (services.justify, {"text": "x"}),
    ):
        with pytest.raises(NotFound), steps.writing() as (db, now):
            service(db, claim_id=claim_id, within=[world.other_authority], by=world.other_coordinator, now=now, **more)


def test_numbers_are_given_once_and_in_order(house, steps, world):
    drafts = [steps.draft(learner=steps.learner(f"Learner {n}")) for n in range(3)]
    assert [steps.claim(draft).reference for draft in drafts] == [f"RIVERMERE-2026-{n:04d}" for n in (1, 2, 3)]
    with house.database.reading() as db:
        assert db.scalar(select(func.count(Claim.reference.distinct()))) == 3
