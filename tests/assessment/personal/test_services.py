"""Who writes a sign-off for one person down, how it ends, and who is reminded; on both databases."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from lms.assessment.personal import queries, services
from lms.assessment.personal.models import PersonalEnd, PersonalLook, PersonalReminder, PersonalSignOff
from lms.assessment.personal.rules import Days, EndedWhy, Looked, RecordedAs, State
from lms.core.clock import london_day
from lms.core.db import Base, Db
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.notifications.models import Notice
from lms.people import queries as people
from lms.people import services as people_services
from tests.assessment.conftest import Course
from tests.assessment.personal.conftest import Sign, write_in
from tests.world import World


def count(db: Db, table: type[Base]) -> int:
    return db.scalar(select(func.count()).select_from(table)) or 0


BESIDE = {
    "employer_person": RecordedAs.EMPLOYER,
    "representative": RecordedAs.REPRESENTATIVE,
    "assessor": RecordedAs.ASSESSOR,
    "coordinator": RecordedAs.COORDINATOR,
}


@pytest.mark.parametrize("who", BESIDE)
def test_those_beside_the_pa_write_it_down(db: Db, world: World, course: Course, now: datetime, who: str) -> None:
    part, made = BESIDE[who], write_in(db, world, now, by=getattr(world, who))
    row = db.get_one(PersonalSignOff, made)
    assert (row.recorded_as, row.authority_id, row.employer_id) == (part, world.authority, world.employer)


@pytest.mark.parametrize(
    "who", ["pa", "second_pa", "second_employer_person", "other_coordinator", "other_assessor", "quality_assurer"]
)
def test_nobody_else_does(db: Db, world: World, course: Course, now: datetime, who: str) -> None:
    with pytest.raises(NotFound):
        write_in(db, world, now, by=getattr(world, who))
    assert count(db, PersonalSignOff) == 0


def test_only_for_a_home_the_pa_works_in(db: Db, world: World, course: Course, now: datetime) -> None:
    with pytest.raises(NotFound):
        write_in(db, world, now, by=world.coordinator, pa=world.second_pa)


def test_the_same_form_twice_is_one(db: Db, world: World, course: Course, now: datetime) -> None:
    id = uuid4()
    for _ in range(2):
        write_in(db, world, now, id=id)
    assert count(db, PersonalSignOff) == 1
    with pytest.raises(Refused):
        write_in(db, world, now, id=id, what="Something else.")


def test_a_name_and_impossible_days_are_refused(db: Db, world: World, course: Course, now: datetime) -> None:
    on = london_day(now)
    with pytest.raises(Refused, match="looks like a name"):
        write_in(db, world, now, person_code="Amina")
    with pytest.raises(Refused, match="have to have happened"):
        write_in(db, world, now, days=Days(on, on + timedelta(days=1), on + timedelta(days=9)))


def test_it_tells_no_task_and_no_household_in_the_facts(db: Db, world: World, course: Course, now: datetime) -> None:
    made = write_in(db, world, now)
    rows = db.scalars(select(EventRow).where(EventRow.kind.startswith("PersonalSignOff"))).all()
    assert [row.data for row in rows] == [{"personal_id": str(made)}]


def test_a_change_of_plan_pauses_it_until_somebody_competent_looked(
    db: Db, world: World, course: Course, now: datetime
) -> None:
    made = write_in(db, world, now)
    on = london_day(now)
    pa, employer = (people.viewer_of(db, each, on) for each in (world.pa, world.employer_person))
    assert pa
    assert employer

    def look(looked: Looked, by: object, minutes: int, who: str = "") -> None:
        services.look_again(
            db,
            id=uuid4(),
            personal_id=made,
            looked=looked,
            looked_by=who,
            by=by,  # type: ignore[arg-type]
            now=now + timedelta(minutes=minutes),
        )

    look(Looked.PAUSED, world.pa, 1)
    assert queries.one(db, employer, made, on).state is State.PAUSED
    with pytest.raises(Refused, match="Somebody else"):
        look(Looked.FITS, world.pa, 2, "Nia Nurse")
    with pytest.raises(Refused, match="who looked"):
        look(Looked.FITS, world.employer_person, 3)
    look(Looked.FITS, world.employer_person, 4, "Nia Nurse, nurse")
    assert queries.one(db, pa, made, on).state is State.STANDS
    assert count(db, PersonalLook) == 2


def test_stopping_it_is_the_last_day_and_twice_is_once(db: Db, world: World, course: Course, now: datetime) -> None:
    made = write_in(db, world, now)
    with pytest.raises(NotFound):
        services.stop(db, personal_id=made, word="", by=world.pa, now=now)
    for _ in range(2):
        services.stop(db, personal_id=made, word="The hoist was taken away.", by=world.representative, now=now)
    viewer = people.viewer_of(db, world.pa, london_day(now))
    assert viewer
    assert queries.one(db, viewer, made, london_day(now)).last_day == london_day(now)
    tomorrow = queries.one(db, viewer, made, london_day(now) + timedelta(days=1))
    assert tomorrow.state is State.ENDED
    with pytest.raises(Refused, match="This has ended"):
        services.look_again(
            db,
            id=uuid4(),
            personal_id=made,
            looked=Looked.PAUSED,
            by=world.representative,
            now=now + timedelta(days=1),
        )


def test_it_ends_with_the_job_and_does_not_come_back_with_the_next(
    db: Db, world: World, course: Course, now: datetime
) -> None:
    made = write_in(db, world, now)
    other = write_in(db, world, now, by=world.second_employer_person, employer_id=world.second_employer)
    on = london_day(now)
    people_services.end_employment(
        db, pa_id=world.pa, employer_id=world.employer, until=on, by=world.coordinator, now=now
    )
    later = now + timedelta(days=3)
    people_services.start_employment(
        db,
        pa_id=world.pa,
        employer_id=world.employer,
        since=london_day(later),
        by=world.coordinator,
        now=later,
    )
    viewer = people.viewer_of(db, world.pa, london_day(later))
    assert viewer
    states = {each.id: each.state for each in queries.own(db, viewer, london_day(later))}
    assert states == {made: State.ENDED, other: State.STANDS}
    ends = db.scalars(select(PersonalEnd)).all()
    assert [(each.personal_id, each.why, each.last_day) for each in ends] == [(made, EndedWhy.JOB_ENDED, on)]


def test_reminders_go_out_thirty_days_before_and_seven_once_each(
    house: House, world: World, sign: Sign, now: datetime
) -> None:
    sign()
    until = now + timedelta(days=300)
    stopped = sign(by=world.second_employer_person, employer_id=world.second_employer)
    with house.database.writing() as db:
        services.stop(db, personal_id=stopped, word="", by=world.second_employer_person, now=now)
    told = []
    for left in (31, 30, 29, 8, 7, 6, 0, -1):
        services.remind(house, until - timedelta(days=left))
        services.remind(house, until - timedelta(days=left, minutes=-1))
        with house.database.reading() as db:
            told.append(count(db, PersonalReminder))
    assert told == [0, 1, 1, 1, 2, 2, 2, 2]
    with house.database.reading() as db:
        found = db.execute(select(Notice.name, Notice.values).where(Notice.kind == "personal_ending")).all()
    assert sorted((name, values["days"]) for name, values in found) == [
        ("Amina Yusuf", "30"),
        ("Amina Yusuf", "7"),
        ("Pat Morgan", "30"),
        ("Pat Morgan", "7"),
        ("Ruth Yusuf", "30"),
        ("Ruth Yusuf", "7"),
    ]
