"""The same batch sent many times in the same moment, and two people settling one thing."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from lms.assessment.deciding.models import DecisionDraft
from lms.assessment.evidence.queries import evidence_of
from lms.assessment.visits import settling
from lms.assessment.visits.models import VisitSettled, VisitThing
from lms.assessment.visits.rules import Came
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import Refused
from tests.assessment.conftest import Course
from tests.assessment.visits.test_receiving import DAY, Take
from tests.world import World


def count(db: Db, table: type) -> int:
    return db.scalar(select(func.count()).select_from(table)) or 0


def test_a_batch_sent_many_times_at_once_is_there_once(house: House, course: Course, take: Take) -> None:
    with house.database.writing() as db:
        phone = take(db)
    seen = phone.observation()
    said = phone.draft(seen.id)
    start = Barrier(8)

    def send(_number: int) -> tuple[Came, ...]:
        start.wait(timeout=60)
        with house.database.writing() as db:
            return tuple(each.came for each in phone.send(db, seen, said))

    with ThreadPoolExecutor(8) as pool:
        came = Counter(pool.map(send, range(8)))
    assert came == {(Came.SAVED, Came.SAVED): 1, (Came.THERE, Came.THERE): 7}
    with house.database.reading() as db:
        assert len(evidence_of(db, course.enrolment)) == count(db, DecisionDraft) == 1
        assert count(db, VisitThing) == 2


def test_two_who_settle_one_thing_at_once_settle_it_one_way(
    house: House, course: Course, world: World, take: Take
) -> None:
    today = london_day(course.now)
    with house.database.writing() as db:
        phone = take(db)
        seen = phone.observation(on=today + DAY)
        phone.send(db, seen)
    start = Barrier(6)

    def settle(number: int) -> str:
        start.wait(timeout=60)
        whose = {"thing_id": seen.id, "by": world.coordinator, "now": course.now}
        try:
            with house.database.writing() as db:
                if number % 2:
                    settling.file(db, on=today, **whose)  # type: ignore[arg-type]
                else:
                    settling.close(db, word="Entered twice.", **whose)  # type: ignore[arg-type]
        except Refused:
            return "refused"
        return "filed" if number % 2 else "closed"

    with ThreadPoolExecutor(6) as pool:
        found = Counter(pool.map(settle, range(6)))
    assert found["refused"] == 3
    with house.database.reading() as db:
        settled = db.scalars(select(VisitSettled)).one()
        assert len(evidence_of(db, course.enrolment)) == (settled.how == "filed")
