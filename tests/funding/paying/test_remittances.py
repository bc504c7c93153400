"""Remittances on a real database: nothing counts before it is confirmed, then all of it or nothing, and once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.funding.claims import services as claims
from lms.funding.claims.models import Claim, ClaimLine
from lms.funding.paying import queries, services
from lms.funding.paying.models import Difference, Payment, RemittanceRow, Repayment
from lms.funding.paying.words import Choice, Column, DayOrder, Finding
from lms.funding.vocabulary import ClaimState
from tests.benchmarks.measure import counted


def states(house):
    with house.database.reading() as db:
        return dict(db.execute(select(Claim.reference, Claim.state)).all())


def money(house):
    with house.database.reading() as db:
        return [db.scalar(select(func.coalesce(func.sum(t.pence), 0))) for t in (Payment, Repayment, Difference)]


def test_a_payment_that_agrees_pays_the_claim(house, approved, desk):
    claim = approved()
    remittance = desk.take_in(f"{claim.reference},£75.00,20/11/2026,B-1")
    assert [each.finding for each in desk.look(remittance).matched] == [Finding.AGREES]
    assert money(house) == [0, 0, 0], "a dry run writes nothing"
    assert desk.confirm(remittance).taken == 7500
    assert states(house)[claim.reference] is ClaimState.PAID
    with house.database.reading() as db:
        (payment,) = queries.payments_of(db, claim.claim_id)
        assert (payment.pence, payment.paid_on, payment.reference) == (7500, date(2026, 11, 20), "B-1")
        assert payment.remittance == "remittance.csv"
        assert db.get(ClaimLine, claim.line_id).paid_pence == 7500


def test_a_row_that_waits_for_somebody_keeps_the_whole_file_back(house, approved, desk):
    one, two = approved(), approved(desk.world.second_pa)
    remittance = desk.take_in(f"{one.reference},75.00,20/11/2026,B-1", f"{two.reference},70.00,20/11/2026,B-2")
    with pytest.raises(Refused, match="wait for a decision"):
        desk.confirm(remittance)
    assert money(house) == [0, 0, 0]
    assert set(states(house).values()) == {ClaimState.APPROVED}


def test_a_part_payment_is_taken_with_a_reason_and_the_claim_waits_for_the_rest(house, approved, desk):
    claim = approved()
    remittance = desk.take_in(f"{claim.reference},70.00,20/11/2026,B-1")
    with pytest.raises(Refused, match="Say why"):
        desk.decide(remittance, 2, Choice.TAKE, reason=" ")
    desk.decide(remittance, 2, Choice.TAKE)
    desk.confirm(remittance)
    assert states(house)[claim.reference] is ClaimState.APPROVED
    rest = desk.take_in(f"{claim.reference},5.00,21/11/2026,B-2")
    desk.confirm(rest)
    assert states(house)[claim.reference] is ClaimState.PAID
    assert money(house) == [7500, 0, 0]


def test_the_rest_can_be_closed_with_the_part_payment(house, approved, desk):
    claim = approved()
    remittance = desk.take_in(f"{claim.reference},70.00,20/11/2026,B-1")
    desk.decide(remittance, 2, Choice.TAKE_AND_CLOSE, reason="The payer took off the certificate's fee")
    desk.confirm(remittance)
    assert states(house)[claim.reference] is ClaimState.PAID
    assert money(house) == [7000, 0, 500]


def test_unknown_double_and_altered_rows_never_become_money_by_themselves(house, approved, desk):
    one = approved()
    desk.confirm(desk.take_in(f"{one.reference},75.00,20/11/2026,B-1"))
    two = approved(desk.world.second_pa, pence=2000)
    remittance = desk.take_in(
        "RIVERMERE-2026-9999,10.00,20/11/2026,B-3",
        f"{one.reference},75.00,20/11/2026,B-1",
        f"{one.reference},80.00,20/11/2026,B-1",
        f"{two.reference},20.00,20/11/2026,B-4",
        f"{two.reference},20.00,20/11/2026,B-4",
        f"{two.reference},20.005,20/11/2026,B-5",
    )
    assert [each.finding for each in desk.look(remittance).matched] == [
        Finding.UNKNOWN,
        Finding.ALREADY,
        Finding.ALTERED,
        Finding.AGREES,
        Finding.DOUBLE,
        Finding.UNREADABLE,
    ]
    for number in (2, 4, 7):
        desk.decide(remittance, number, Choice.LEAVE_OUT)
    assert desk.confirm(remittance).taken == 2000
    assert money(house) == [9500, 0, 0]


def test_the_same_file_is_told_and_changes_nothing(house, approved, desk):
    claim = approved()
    desk.confirm(desk.take_in(f"{claim.reference},75.00,20/11/2026,B-1"))
    with pytest.raises(Refused, match="taken in on"):
        desk.take_in(f"{claim.reference},75.00,20/11/2026,B-1")
    assert money(house) == [7500, 0, 0]


def test_the_same_file_that_was_not_confirmed_is_found_again(approved, desk):
    claim = approved()
    assert desk.take_in(f"{claim.reference},75.00,2026-11-20,B") == desk.take_in(
        f"{claim.reference},75.00,2026-11-20,B"
    )


def test_columns_are_remembered_for_files_with_the_same_headings(house, approved, desk):
    claim = approved()
    desk.take_in(f"{claim.reference},1.00,20/11/2026,B-1")
    again = desk.take_in(f"{claim.reference},75.00,20/11/2026,B-2", columns={})
    assert desk.look(again).matched[0].finding is Finding.AGREES


def test_days_that_can_be_read_two_ways_are_asked_about_and_the_answer_counts(house, approved, desk):
    claim = approved()
    with pytest.raises(Refused, match="two ways"):
        desk.take_in(f"{claim.reference},75.00,05/06/2026,B-1")
    remittance = desk.take_in(f"{claim.reference},75.00,05/06/2026,B-1", order=DayOrder.MONTH_FIRST)
    assert desk.look(remittance).matched[0].row.paid_on == date(2026, 5, 6)


def test_a_file_without_days_asks_for_one(approved, desk):
    claim, columns = approved(), {Column.REFERENCE: "Claim", Column.AMOUNT: "Paid"}
    with pytest.raises(Refused, match="names no day"):
        desk.take_in(f"{claim.reference},75.00", head="Claim,Paid\n", columns=columns)
    remittance = desk.take_in(
        f"{claim.reference},75.00", head="Claim,Paid\n", columns=columns, paid_on=date(2026, 11, 20)
    )
    assert desk.look(remittance).matched[0].row.paid_on == date(2026, 11, 20)


def test_what_changed_since_it_was_seen_is_looked_at_again(house, approved, desk):
    claim = approved()
    remittance = desk.take_in(f"{claim.reference},75.00,20/11/2026,B-1")
    seen = desk.look(remittance).seen
    with house.database.writing() as db:
        services.receive(
            db,
            once=uuid4(),
            line_id=claim.line_id,
            within=[desk.world.authority],
            pence=7500,
            paid_on=desk.now.date(),
            reference="",
            note="",
            by=desk.world.funding_officer,
            now=desk.now,
        )
    with pytest.raises(Refused):
        desk.confirm(remittance, seen=seen)
    assert money(house) == [7500, 0, 0]


def test_confirming_twice_writes_once(house, approved, desk):
    claim = approved()
    remittance = desk.take_in(f"{claim.reference},75.00,20/11/2026,B-1")
    seen = desk.look(remittance).seen
    desk.confirm(remittance, seen)
    with pytest.raises(Refused, match="confirmed or dropped"):
        desk.confirm(remittance, seen)
    assert money(house) == [7500, 0, 0]


def test_a_dropped_file_can_be_taken_in_anew(house, approved, desk):
    claim = approved()
    remittance = desk.take_in(f"{claim.reference},75.00,20/11/2026,B-1")
    with house.database.writing() as db:
        services.drop(db, remittance_id=remittance, within=[desk.world.authority], now=desk.now)
    again = desk.take_in(f"{claim.reference},75.00,20/11/2026,B-1")
    assert again != remittance
    desk.confirm(again)
    assert money(house) == [7500, 0, 0]


def test_another_authoritys_remittance_is_not_found(house, approved, desk):
    remittance = desk.take_in(f"{approved().reference},75.00,20/11/2026,B-1")
    with house.database.writing() as db, pytest.raises(NotFound):
        services.confirm(
            db,
            remittance_id=remittance,
            within=[desk.world.other_authority],
            seen="",
            by=desk.world.other_coordinator,
            now=desk.now,
        )


def test_money_taken_back_goes_back_by_a_row_with_a_minus(house, approved, desk):
    claim = approved()
    desk.confirm(desk.take_in(f"{claim.reference},75.00,20/11/2026,B-1"))
    early = desk.take_in(f"{claim.reference},-30.00,21/11/2026,B-2")
    assert desk.look(early).matched[0].finding is Finding.WENT_BACK_TOO_MUCH
    with house.database.writing() as db:
        claims.recover(
            db,
            recovery_id=uuid4(),
            line_id=claim.line_id,
            within=[desk.world.authority],
            pence=3000,
            reason="Left the course",
            by=desk.world.funding_officer,
            now=desk.now,
        )
    assert desk.look(early).matched[0].finding is Finding.WENT_BACK
    assert desk.confirm(early).taken == -3000
    assert money(house) == [7500, 3000, 0]


def test_two_people_who_confirm_the_same_file_at_once_write_it_once(house, approved, desk):
    claims_there = [approved(), approved(desk.world.second_pa)]
    remittance = desk.take_in(*(f"{each.reference},75.00,20/11/2026,B-{each.reference}" for each in claims_there))
    seen, ready = desk.look(remittance).seen, Barrier(2)

    def confirm(_person: int) -> str:
        ready.wait(timeout=30)
        try:
            desk.confirm(remittance, seen)
        except Refused as refusal:
            return str(refusal)
        return "done"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(confirm, range(2)))
    assert answers.count("done") == 1, answers
    assert money(house) == [15000, 0, 0]
    assert set(states(house).values()) == {ClaimState.PAID}
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(RemittanceRow).where(RemittanceRow.taken)) == 2
        assert told_pence(db) == [7500, 7500]


def told_pence(db):
    """What each fact of money that came says, in pence."""
    return [row.data["pence"] for row in db.scalars(select(EventRow).where(EventRow.kind == "MoneyReceived"))]


def test_a_file_of_many_rows_is_written_with_a_statement_for_all_of_them(house, approved, desk):
    def sent(count: int) -> int:
        rows = [f"RIVERMERE-2026-9{number:03d},10.00,20/11/2026,X-{count}-{number}" for number in range(count)]
        one = desk.take_in(*rows, f"{claim.reference},10.00,20/11/2026,B-{count}")
        for each in desk.look(one).matched:
            ours = each.row.reference == claim.reference
            desk.decide(one, each.row.number, Choice.TAKE if ours else Choice.LEAVE_OUT)
        with counted(house.database.engine) as statements:
            desk.confirm(one)
        return len(statements)

    claim = approved()
    sent(1)  # the first of an authority brings its turn with it
    assert sent(12) == sent(2)


def test_letters_that_grow_when_they_are_capitals_fit_all_the_same(desk):
    taken = desk.take_in(f"{'ß' * 70},75.00,2026-11-20,B1", f"{'ŉ' * 60},75.00,2026-11-20,{'ß' * 80}")
    assert {each.finding for each in desk.look(taken).matched} == {Finding.UNKNOWN}
