"""Whatever people do in whatever order: the board and a statement say what a recount of the claims themselves says."""

import hashlib
import io
import json
import random
import zipfile
from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from lms.core import work
from lms.core.clock import london_day
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.funding.board import auditing, keeping, queries, statements
from lms.funding.board.models import AuditFile, ClaimInShort, YearStatement
from lms.funding.board.queries import Wanted
from lms.funding.board.rules import Age, age_of
from lms.funding.claims import queries as claims
from lms.funding.claims import services
from lms.funding.claims.models import Claim, ClaimLine
from lms.funding.paying import by_hand
from lms.funding.paying.models import Payment
from lms.funding.vocabulary import ClaimState
from tests.funding.claims.steps import Steps
from tests.world import World


@pytest.mark.parametrize("seed", range(3))
def test_a_random_history_is_counted_as_it_happened(
    steps: Steps, house: House, world: World, clock: Any, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311  the same each time
    every = [steps.draft(learner=steps.learner(f"Learner {place}")) for place in range(5)]
    for claim_id in every:
        steps.cost(claim_id, chance.randrange(1, 20_000))
    for _ in range(18):
        _something(steps, chance, chance.choice(every))
        if chance.random() < 0.3:
            clock.on(days=chance.randrange(1, 40))
    _recounted(house, world, london_day(clock()))
    _stated(house, world, clock)


def _something(steps: Steps, chance: random.Random, claim_id: UUID) -> None:
    """One thing somebody could do with a claim; what is not allowed is refused and changes nothing."""
    claim, world = steps.claim(claim_id), steps.world
    try:
        match claim.state:
            case ClaimState.DRAFT | ClaimState.NEEDS_ACTION:
                steps.submit(claim_id)
            case ClaimState.SUBMITTED:
                _decide(steps, chance, claim_id)
            case ClaimState.APPROVED | ClaimState.PAID:
                line = claim.lines[0]
                pence = chance.randrange(1, max(2, line.approved_pence or 2))
                if line.paid_pence and chance.random() < 0.3:
                    steps.do(services.recover, recovery_id=uuid4(), line_id=line.id, pence=min(pence, line.paid_pence),
                             reason="It was not due", by=world.funding_officer)  # fmt: skip
                else:
                    on = london_day(steps.clock())
                    steps.do(by_hand.receive, once=uuid4(), line_id=line.id, pence=pence, paid_on=on, reference="",
                             note="By hand", by=world.funding_officer)  # fmt: skip
    except Refused:
        pass


def _decide(steps: Steps, chance: random.Random, claim_id: UUID) -> None:
    how = chance.randrange(5)
    said = {"claim_id": claim_id, "reason": "Because", "by": steps.world.coordinator}
    if how == 0:
        steps.do(services.reject, **said)
    elif how == 1:
        steps.do(services.ask_action, **said)
    elif how == 2:
        steps.do(services.withdraw, **said)
    else:
        most = steps.claim(claim_id).lines[0].payable_pence
        steps.approve(claim_id, pence=chance.randrange(0, most + 1))


def _recounted(house: House, world: World, today: date) -> None:
    """The board, against every claim read one by one."""
    with house.database.reading() as db:
        counted: Counter[tuple[ClaimState, Age]] = Counter()
        about: Counter[tuple[ClaimState, Age]] = Counter()
        for claim_id in db.scalars(select(Claim.id)):
            claim = claims.claim(db, claim_id, within=[world.authority])
            key = claim.state, age_of(london_day(claim.state_since), today)
            counted[key] += 1
            paid = {ClaimState.PAID: "paid_pence", ClaimState.RECOVERED: "recovered_pence"}
            column = {ClaimState.APPROVED: "approved_pence", **paid}.get(claim.state, "payable_pence")
            about[key] += sum(getattr(line, column) or 0 for line in claim.lines)
        board = queries.by_state(db, [world.authority], today)
        assert {key: number.count for key, number in board.items()} == counted
        assert {key: number.pence for key, number in board.items()} == {key: about[key] for key in counted}
        for state in ClaimState:
            listed = queries.listed(db, [world.authority], Wanted(state=state), today, limit=100)
            assert len(listed) == sum(number for (each, _age), number in counted.items() if each is state)


def _stated(house: House, world: World, clock: Any) -> None:
    """A statement, against the rows of money."""
    today = london_day(clock())
    with house.database.writing() as db:
        made = statements.make(
            db, statement_id=uuid4(), authority_id=world.authority, claimant_id=world.support,
            first=date(2026, 4, 1), last=date(2027, 3, 31), as_at=today, by=world.coordinator, now=clock(),
        )  # fmt: skip
    with house.database.reading() as db:
        data = db.get_one(YearStatement, made).data
        paid = sum(row.pence for row in db.scalars(select(Payment)) if row.paid_on <= date(2027, 3, 31))
        assert data["moved"]["came_in"] == paid
        lines = db.scalars(select(ClaimLine)).all()
        assert data["total"]["paid"] == sum(line.paid_pence for line in lines)
        assert data["total"]["taken_back"] == sum(line.recovered_pence for line in lines)
        total = data["total"]
        assert total["asked"] == total["approved"] + total["refused"] + total["withdrawn"] + total["undecided"]


def test_what_stands_in_the_way_is_looked_at_by_the_worker(
    steps: Steps, house: House, world: World, clock: Any
) -> None:
    claim_id = steps.draft()
    with house.database.reading() as db:
        assert queries.at_risk(db, [world.authority]) == []
    keeping.sweep(house, clock())
    with house.database.reading() as db:
        (found,) = queries.at_risk(db, [world.authority])
        assert (found.risk, found.ask, found.number.count) == ("missing:cost", "claimant", 1)
    steps.cost(claim_id, 5000)
    steps.submit(claim_id)
    keeping.sweep(house, clock())
    with house.database.reading() as db:
        assert queries.at_risk(db, [world.authority]) == []


def test_claims_that_were_never_summed_up_are_found(steps: Steps, house: House, world: World, clock: Any) -> None:
    steps.draft()
    with house.database.writing() as db:
        for row in db.scalars(select(ClaimInShort)).all():
            db.delete(row)
    keeping.sweep(house, clock())
    _recounted(house, world, london_day(clock()))


def test_a_statement_is_made_once_and_never_changes(steps: Steps, house: House, world: World, clock: Any) -> None:
    claim_id = steps.sent()
    asked = {
        "statement_id": uuid4(), "authority_id": world.authority, "claimant_id": world.support,
        "first": date(2026, 4, 1), "last": date(2027, 3, 31), "as_at": london_day(clock()), "by": world.coordinator,
    }  # fmt: skip
    for _ in range(2):
        with house.database.writing() as db:
            made = statements.make(db, now=clock(), **asked)
    with house.database.reading() as db:
        before = dict(db.get_one(YearStatement, made).data)
        assert len(db.scalars(select(YearStatement)).all()) == 1
    steps.approve(claim_id)
    with house.database.reading() as db:
        row = db.get_one(YearStatement, made)
        assert row.data == before
        assert row.digest == statements.digest_of(before)
        assert before["total"]["undecided"] == before["total"]["asked"] > 0
    with house.database.writing() as db, pytest.raises(NotFound):
        statements.make(db, now=clock(), **{**asked, "statement_id": uuid4(), "claimant_id": world.college})


def test_an_audit_file_stands_alone(steps: Steps, house: House, world: World, clock: Any) -> None:
    claim_id = steps.sent()
    steps.approve(claim_id, pence=4000)
    line = steps.line(claim_id)
    steps.do(by_hand.receive, once=uuid4(), line_id=line.id, pence=4000, paid_on=london_day(clock()),
             reference="BACS 1", note="By hand", by=world.funding_officer)  # fmt: skip
    file_id, within = uuid4(), [world.authority]
    for _ in range(2):
        with house.database.writing() as db:
            auditing.ask(db, file_id=file_id, claim_id=claim_id, within=within, by=world.coordinator, now=clock())
    work.do_all(house, now=clock())
    with house.database.reading() as db:
        row = db.get_one(AuditFile, file_id)
        assert row.sha256
        first = row.sha256
    packed = zipfile.ZipFile(io.BytesIO(house.files.get(first)))
    names = set(packed.namelist())
    assert {
        "index.html",
        "index.pdf",
        "claim.json",
        "SHA256SUMS",
        "payments.csv",
        "relied-on/submission-1.json",
    } <= names
    sums = dict(reversed(each.split("  ")) for each in packed.read("SHA256SUMS").decode().splitlines())
    assert names == {*sums, "SHA256SUMS"}
    assert all(hashlib.sha256(packed.read(name)).hexdigest() == digest for name, digest in sums.items())
    (relied,) = json.loads(packed.read("relied-on/submission-1.json"))
    assert relied["payable_pence"] == line.payable_pence
    assert "BACS 1" in packed.read("index.html").decode()
    with house.database.writing() as db:
        db.get_one(AuditFile, file_id).sha256 = None
    auditing.make(house, str(file_id), clock())
    with house.database.reading() as db:
        assert db.get_one(AuditFile, file_id).sha256 == first
    with house.database.writing() as db, pytest.raises(NotFound):
        auditing.ask(
            db,
            file_id=uuid4(),
            claim_id=claim_id,
            within=[world.other_authority],
            by=world.other_coordinator,
            now=clock(),
        )
