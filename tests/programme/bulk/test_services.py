"""What is done for many: looked at, confirmed, carried out, judged again, stopped, taken back; on both databases."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from lms.core.house import House
from lms.core.models import EventRow
from lms.learning import queries as learning
from lms.programme.bulk.words import Fate, State, What
from tests.programme.bulk.conftest import enrolled, fates, looked, started, state
from tests.world import World


def people(world: World, *more: UUID) -> dict[str, list[str]]:
    return {"people": [str(each) for each in (world.pa, world.second_pa, *more)]}


def test_who_is_on_the_course_already_is_not_affected_and_the_others_are_enrolled_once(
    house: House, world: World, now: datetime
) -> None:
    enrolled(house, world, now, world.pa)
    id = looked(house, world, What.ENROL, people(world), now, course="PAI")
    assert state(house, id) is State.READY
    assert fates(house, id) == {world.pa: Fate.WONT, world.second_pa: Fate.WILL}
    with house.database.reading() as db:
        assert learning.enrolments_of(db, world.second_pa) == []  # nothing is done by looking
    started(house, world, id, now)
    started(house, world, id, now)
    assert state(house, id) is State.DONE
    assert fates(house, id) == {world.pa: Fate.WONT, world.second_pa: Fate.DONE}
    with house.database.reading() as db:
        assert [each.course for each in learning.enrolments_of(db, world.second_pa)] == ["PAI"]
        told = db.scalars(select(EventRow).where(EventRow.about == world.second_pa).order_by(EventRow.id)).all()
        kinds = {row.kind: row for row in told}
        assert kinds["LearnerEnrolled"].by == kinds["DoneAmongMany"].by == world.coordinator
        assert kinds["DoneAmongMany"].data["work_id"] == str(id)
