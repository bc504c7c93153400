"""Upgrading carries every claim over as a claim with one line: its moves, costs, amounts and what it relied on."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import MetaData, Table, func, insert, select

from lms.core import migrate
from lms.core.db import Database, Db
from lms.funding.claims import queries
from lms.funding.claims.models import Claim, ClaimCost, ClaimLearner, ClaimLine, ClaimMove, ClaimNumber
from lms.funding.claims.once import opened_as
from lms.funding.vocabulary import ClaimShape, ClaimState, Part
from tests.funding.claims.before import ASKED, TERMS, VERDICT

AT = datetime(2025, 12, 31, 9, 0, tzinfo=UTC)
PERSON, AUTHORITY, SUPPORT, ENROLMENT, CERTIFICATE = (UUID(int=n) for n in range(1, 6))
DRAFT, TAKEN_BACK, OWN = (UUID(int=n) for n in range(11, 14))


def _add(db: Db, table: str, **row: Any) -> None:
    if db.get_bind().dialect.name == "sqlite":  # a table that was read knows nothing of ids there
        row = {name: value.hex if isinstance(value, UUID) else value for name, value in row.items()}
    db.execute(insert(Table(table, MetaData(), autoload_with=db.connection())).values(**row))


def _organisation(db: Db, id: UUID, **more: Any) -> None:
    _add(db, "lms_organisation", id=id, nation="england", user_led=False, created_at=AT, **more)


def _claim(db: Db, id: UUID, at: datetime, **more: Any) -> None:
    row = {"scheme": "ULO-2026-27", "scheme_edition": "2026.1", "item": "TRAIN-DAY", "part": "full"}
    row |= {"training": f"PAI-{id.int}", "authority_id": AUTHORITY, "claimant_id": SUPPORT, "learner_id": PERSON}
    row |= {"claimant_kind": "user_led_organisation", "enrolment_id": ENROLMENT, "certificate_id": CERTIFICATE}
    row |= {"rate_pence": 15000, "rate_standing": "official", "amount_at_most_pence": 7500, "state": "draft"}
    row |= {"terms": TERMS, "asked": ASKED, "verdict": VERDICT, "drafted_at": at}
    _add(db, "lms_claim", id=id, **row | more)
    move = {"claim_id": id, "went_to": "draft", "reason": "", "at": at}
    _add(db, "lms_claim_move", id=UUID(int=id.int + 100), came_from=None, by=None, **move)


def _standing(database: Database) -> None:
    migrate.bring_up(database, "0044")
    later = AT + timedelta(days=1)
    with database.writing() as db:
        _add(db, "lms_person", id=PERSON, name="Pat", language="en", access_needs="", created_at=AT)
        _organisation(db, AUTHORITY, kind="authority", name="Rivermere", code="RIVERMERE")
        _organisation(db, SUPPORT, kind="support_organisation", name="Together", authority_id=AUTHORITY)
        _claim(db, DRAFT, later)
        for n, pence in enumerate((9000, 4000)):
            cost = {"cost_pence": pence, "payable_pence": min(pence, 7500), "by": PERSON}
            told = {**VERDICT, "amount": min(pence, 7500), "cost_known": True}
            paid_on = date(2026, 1, 1 + n)
            _add(
                db, "lms_claim_cost", id=UUID(int=31 + n), claim_id=DRAFT, paid_on=paid_on, verdict=told,
                at=later + timedelta(hours=2 - n), **cost,
            )  # fmt: skip
        _claim(db, TAKEN_BACK, AT, state="withdrawn")
        move = {"came_from": "draft", "went_to": "withdrawn", "reason": "Paid elsewhere", "by": PERSON}
        _add(db, "lms_claim_move", id=UUID(int=41), claim_id=TAKEN_BACK, at=AT + timedelta(hours=1), **move)
        _claim(db, OWN, later + timedelta(hours=1), claimant_id=None, claimant_kind="personal_assistant")
    database.engine.dispose()


@pytest.fixture
def carried(url: str):
    database = Database(url)
    _standing(database)
    migrate.bring_up(database, "0045")
    yield database
    database.close()


def test_every_claim_keeps_its_id_and_gets_one_line_and_a_reference(carried: Database) -> None:
    with carried.reading() as db:
        claims = {claim.id: claim for claim in db.scalars(select(Claim))}
        lines = {line.id: line for line in db.scalars(select(ClaimLine))}
        assert set(claims) == set(lines) == {DRAFT, TAKEN_BACK, OWN}
        assert {id: claim.reference for id, claim in claims.items()} == {
            TAKEN_BACK: "RIVERMERE-2025-0001",
            DRAFT: "RIVERMERE-2026-0001",
            OWN: "RIVERMERE-2026-0002",
        }
        numbers = {row.year: row.last for row in db.scalars(select(ClaimNumber))}
        assert numbers == {2025: 1, 2026: 2}
        assert {(line.claim_id, line.part) for line in lines.values()} == {(id, Part.FULL) for id in claims}
        assert (claims[OWN].claimant_id, claims[OWN].claimant_person_id) == (None, PERSON)
        assert {claim.shape for claim in claims.values()} == {ClaimShape.CLAIM}
        assert lines[DRAFT].opened_as == opened_as(
            learner=PERSON, scheme="ULO-2026-27", item="TRAIN-DAY", training="PAI-11", part=Part.FULL,
            claimant=SUPPORT, turn=1,
        )  # fmt: skip
        assert db.scalars(select(ClaimLearner.learner_id)).all() == [PERSON]


def test_costs_and_moves_stay_and_the_latest_cost_counts(carried: Database) -> None:
    with carried.reading() as db:
        assert {(c.id.int, c.line_id, c.what, c.cost_pence) for c in db.scalars(select(ClaimCost))} == {
            (31, DRAFT, "course", 9000),
            (32, DRAFT, "course", 4000),
        }
        line = db.get_one(ClaimLine, DRAFT)
        assert (line.payable_pence, line.amount_at_most_pence, line.cost_known) == (7500, 7500, True)
        assert (line.asked["cost_paid"], line.asked["paid_on"]) == (9000, "2026-01-01")
        other = db.get_one(ClaimLine, OWN)
        assert (other.payable_pence, other.cost_known, other.approved_pence) == (7500, False, None)
        assert other.last_day == date(2027, 2, 28)
        assert db.scalar(select(func.count(ClaimMove.id))) == 4
        moves = queries.moves_of(db, TAKEN_BACK)
        assert [(m.went_to, m.reason, m.by_name) for m in moves] == [
            (ClaimState.DRAFT, "", None),
            (ClaimState.WITHDRAWN, "Paid elsewhere", "Pat"),
        ]
        assert db.get_one(Claim, TAKEN_BACK).state_since == AT + timedelta(hours=1)


def test_pages_read_what_was_carried_over(carried: Database) -> None:
    with carried.reading() as db:
        found = queries.claim(db, DRAFT, within=[AUTHORITY])
        assert (found.sums.payable, found.sums.lines, found.lines[0].cost_pence) == (7500, 1, 9000)
        assert found.scheme_title.en == TERMS["title"]["en"]
        assert len(queries.claims_in(db, [AUTHORITY])) == 3
