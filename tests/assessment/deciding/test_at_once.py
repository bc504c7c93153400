"""Assessors who decide, review and sign in the same instant, on both databases."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

from sqlalchemy import select

from lms.assessment.deciding import services
from lms.assessment.deciding.models import Decision
from lms.assessment.deciding.services import ALL_FIVE, Deciding
from lms.assessment.evidence import services as evidence
from lms.assessment.rules import Judgement
from lms.assessment.signing import services as signing
from lms.assessment.signing.models import SignOff, SignOffWithdrawal
from lms.assessment.signing.rules import Declaration, How
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import Refused
from tests.assessment.practising import Practice
from tests.assessment.reading import count
from tests.world import World

LINES = ("12.1a", "12.1b", "12.1c")
TIMES = 12


def together(house: House, call: Callable[[Db, int], object]) -> Counter[str]:
    """Many do something at the same instant; how often it was done, and what was said otherwise."""
    start = Barrier(TIMES)

    def attempt(number: int) -> str:
        start.wait(timeout=60)
        try:
            with house.database.writing() as db:
                call(db, number)
        except Refused as refusal:
            return refusal.message
        return "done"

    with ThreadPoolExecutor(TIMES) as pool:
        return Counter(pool.map(attempt, range(TIMES)))


def test_of_two_who_saw_the_same_only_one_decides(house: House, practice: Practice, world: World) -> None:
    with house.database.writing() as db:
        piece = practice.offer(db, world.assessor, LINES)

    def decide(db: Db, number: int) -> object:
        judgement = Judgement.MET if number % 2 else Judgement.MORE_EVIDENCE
        made = [Deciding(line, judgement, feedback="x", rests_on=piece, five=ALL_FIVE) for line in LINES]
        return services.decide(
            db,
            id=uuid4(),
            enrolment_id=practice.enrolment,
            decisions=made if number % 3 else made[::-1],
            by=world.assessor,
            now=practice.now,
            saw=dict.fromkeys(LINES),
        )

    answers = together(house, decide)
    assert answers.pop("done") == 1
    assert all("in the meantime" in said for said in answers)
    with house.database.reading() as db:
        assert count(db, Decision) == len(LINES)


def test_without_saying_what_they_saw_they_come_after_each_other(
    house: House, practice: Practice, world: World
) -> None:
    with house.database.writing() as db:
        piece = practice.offer(db, world.assessor, LINES)
    answers = together(house, lambda db, _: practice.decide(db, world.assessor, piece, LINES[:1], Judgement.MET))
    assert answers == {"done": TIMES}
    with house.database.reading() as db:
        rows = db.scalars(select(Decision).order_by(Decision.turn)).all()
        assert [row.turn for row in rows] == list(range(1, TIMES + 1))
        assert [row.saw for row in rows] == [None, *(row.id for row in rows[:-1])]


def test_nothing_slips_in_beside_a_sign_off_and_its_withdrawal(house: House, practice: Practice, world: World) -> None:
    with house.database.writing() as db:
        piece = practice.offer(db, world.assessor, LINES)
        practice.decide(db, world.assessor, piece, LINES, Judgement.MET)
    once = uuid4()

    def act(db: Db, number: int) -> object:
        if number % 3 == 0:
            return signing.sign_off(
                db,
                id=once,
                enrolment_id=practice.enrolment,
                unit="CC12",
                declaration=Declaration("Dai", "Assessor", How.TYPED),
                by=world.assessor,
                now=practice.now,
            )
        if number % 3 == 1:
            return practice.decide(db, world.assessor, piece, LINES[:1], Judgement.NOT_YET_MET, feedback="Ask.")
        return evidence.withdraw_evidence(db, evidence_id=piece, reason="Wrong.", by=world.assessor, now=practice.now)

    together(house, act)
    with house.database.reading() as db:
        doubts = db.scalars(select(Decision.id).where(Decision.judgement == Judgement.NOT_YET_MET)).all()
        assert count(db, SignOff) + bool(doubts) == 1
        assert count(db, SignOffWithdrawal) == 0
    if not doubts:
        again = together(
            house,
            lambda db, _: signing.withdraw_sign_off(
                db, sign_off_id=once, reason="Wrong.", by=world.coordinator, now=practice.now
            ),
        )
        assert again == {"done": TIMES}
        with house.database.reading() as db:
            assert count(db, SignOffWithdrawal) == 1
