"""Many people signing, judging and tapping in the same moment."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.assessment.deciding.models import Decision
from lms.assessment.evidence.models import Evidence
from lms.assessment.rules import Judgement
from lms.assessment.signing.models import SignOff
from lms.core.house import House
from lms.core.words import Refused
from tests.assessment.conftest import Course
from tests.assessment.reading import count, facts
from tests.world import World


def test_fifty_signing_at_once_make_one_sign_off_and_plain_answers(house: House, course: Course, world: World) -> None:
    with house.database.writing() as db:
        course.look(db, world.assessor)
        course.look(db, world.employer_person)
    signers = [world.assessor, world.employer_person] * 25
    start = Barrier(len(signers))

    def attempt(by: UUID) -> str:
        start.wait(timeout=60)
        try:
            with house.database.writing() as db:
                course.sign(db, by)
        except Refused as refusal:
            return refusal.message
        return "signed"

    with ThreadPoolExecutor(len(signers)) as pool:
        answers = Counter(pool.map(attempt, signers))
    assert answers.pop("signed") == 1
    assert set(answers) <= {
        "You signed this off already, on %(day)s.",
        "This was already signed off by %(name)s on %(day)s.",
    }
    assert sum(answers.values()) == 49
    with house.database.reading() as db:
        assert (count(db, SignOff), len(facts(db, "UnitSignedOff"))) == (1, 1)


def test_no_doubt_slips_in_beside_a_sign_off(house: House, course: Course, world: World) -> None:
    with house.database.writing() as db:
        course.look(db, world.assessor)
    start = Barrier(16)

    def attempt(number: int) -> None:
        start.wait(timeout=60)
        try:
            with house.database.writing() as db:
                if number % 2:
                    course.sign(db, world.assessor)
                else:
                    course.look(db, world.assessor, judgement=Judgement.NOT_YET_MET, feedback="Ask first.")
        except Refused:
            pass

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(attempt, range(16)))
    with house.database.reading() as db:
        doubts = select(Decision.id).where(Decision.judgement == Judgement.NOT_YET_MET)
        assert count(db, SignOff) + bool(db.scalars(doubts).all()) == 1


def test_a_hundred_double_taps_at_once_make_one_observation(house: House, course: Course, world: World) -> None:
    once, start = uuid4(), Barrier(20)

    def tap(_number: int) -> None:
        start.wait(timeout=60)
        for _ in range(5):
            with house.database.writing() as db:
                course.look(db, world.employer_person, id=once)

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(tap, range(20)))
    with house.database.reading() as db:
        assert (count(db, Evidence), count(db, Decision), len(facts(db, "EvidenceOffered"))) == (1, 1, 1)
