"""What somebody could try for money that is not theirs, and what careless hands do; on both databases."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from lms.core.words import Refused
from lms.funding.board.histories import histories
from lms.funding.board.models import ClaimInShort
from lms.funding.board.year import year_of
from lms.funding.budgets.models import MoneyEntry
from lms.funding.claims import services
from lms.funding.claims.models import ClaimLine, ClaimTaken
from lms.funding.vocabulary import ClaimState, Provenance
from lms.people import services as people_services
from lms.people.rules import Role


def two_lines(steps):
    """A claim of two trainings that was sent in, and that the payer wants something more for."""
    claim_id = steps.draft()
    other = steps.draft(training="PAI-4", into=claim_id)
    for line in steps.claim(claim_id).lines:
        steps.cost(claim_id, 9000, line.id)
    steps.submit(claim_id)
    steps.do(services.ask_action, claim_id=claim_id, reason="An invoice is missing", by=steps.world.coordinator)
    return claim_id, other


def waiting(house):
    with house.database.reading() as db:
        return db.scalar(select(func.sum(MoneyEntry.waiting_pence)))


def test_a_line_taken_out_after_it_was_sent_in_is_free_for_others_and_waits_for_nothing(house, steps, world):
    claim_id, other = two_lines(steps)
    steps.do(services.take_line_out, line_id=other, by=world.coordinator)
    assert waiting(house) == steps.claim(claim_id).sums.payable == 9000
    with house.database.reading() as db:
        assert db.scalars(select(ClaimTaken.line_id).where(ClaimTaken.line_id == other)).all() == []
    theirs = steps.draft(training="PAI-4", employer=world.employer)
    steps.cost(theirs, 9000)
    steps.submit(theirs, by=world.employer_person)
    assert steps.claim(theirs).state is ClaimState.SUBMITTED


def test_a_cost_changed_after_the_payer_asked_is_what_the_book_waits_for(house, steps):
    claim_id, other = two_lines(steps)
    steps.cost(claim_id, 4000, other)
    assert waiting(house) == steps.claim(claim_id).sums.payable == 13000
    steps.submit(claim_id)
    assert waiting(house) == 13000


def test_what_was_taken_out_is_not_left_undecided_in_a_statement(house, steps, world):
    claim_id, other = two_lines(steps)
    steps.do(services.take_line_out, line_id=other, by=world.coordinator)
    steps.submit(claim_id)
    with house.database.reading() as db:
        found = histories(db, world.authority, world.support)
    whole = year_of(found, first=date(2026, 4, 1), last=date(2027, 3, 31), as_at=date(2027, 3, 31)).total
    assert (whole.asked, whole.withdrawn, whole.undecided) == (18000, 9000, 9000)


def test_a_line_that_goes_with_its_certificate_is_not_counted_on_the_board(house, steps):
    claim_id = steps.draft()
    steps.draft(training="PAI-4", into=claim_id)
    for line in steps.claim(claim_id).lines:
        steps.cost(claim_id, 9000, line.id)
    fallen = steps.claim(claim_id).lines[0].certificate_id
    with steps.writing() as (db, now):
        services.drop_drafts(db, certificate_id=fallen, now=now)
    stands = steps.claim(claim_id)
    with house.database.reading() as db:
        short = db.get_one(ClaimInShort, claim_id)
    assert (short.lines, short.amount_pence) == (len(stands.lines), stands.sums.payable) == (1, 9000)


def test_a_line_that_asks_anew_says_the_rate_of_today(house, steps, world, loaded):
    claim_id = steps.sent()
    steps.do(services.reject, claim_id=claim_id, reason="Wrong form", by=world.coordinator)
    with house.database.writing() as db:
        line = db.scalars(select(ClaimLine).where(ClaimLine.claim_id == claim_id)).one()
        line.rate_pence, line.rate_standing = 12000, Provenance.ILLUSTRATIVE
    again = steps.do(services.resubmit, claim_id=claim_id, once=uuid4(), by=world.coordinator)
    assert (steps.line(again).rate_pence, steps.line(again).rate_standing) == (16000, Provenance.OFFICIAL)


def test_nobody_decides_on_money_of_their_own(steps, world):
    claim_id = steps.sent("HERE-2026-27", "PAI-8")
    learner = steps.line(claim_id).learner_id
    with steps.writing() as (db, now):
        people_services.give_role(
            db, person_id=learner, organisation_id=world.authority, role=Role.FUNDING_OFFICER, by=None, now=now,
            since=now.date(),
        )  # fmt: skip
    with pytest.raises(Refused, match="Somebody else has to decide"):
        steps.approve(claim_id, by=learner)
