"""Whatever people do in whatever order: every number of the desk is what a recount over the facts gives."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select, update

from lms.assessment import allocating
from lms.assessment import services as assessment
from lms.assessment.knowledge.mapping import COURSE
from lms.assessment.models import Allocation
from lms.assessment.rules import Judgement, Setting
from lms.assessment.services import Seen
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.events import Fact
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.learning import leaving
from lms.learning import services as learning
from lms.people import services as people
from lms.people.areas import services as areas
from lms.people.rules import Role
from lms.programme.desk import charts, facts, keeping, lists, reactions
from lms.programme.desk.lists import NO_AREA, Glance, Wanted, Which
from lms.programme.desk.models import DeskStanding
from lms.programme.desk.rules import Limits, State, Who, stand
from lms.programme.desk.selecting import people_in
from lms.register.listing import services as listings
from tests.world import World

UNIT, CRITERION = "PAI-1-P", "PAI-1-P.1"


class History:
    """What people do, each step committed by itself; what is not allowed is refused and changes nothing."""

    def __init__(self, house: House, world: World, clock: Any, seed: int) -> None:
        self.house, self.world, self.clock = house, world, clock
        self.chance = random.Random(seed)  # noqa: S311  the same each time
        self.pas: list[UUID] = [world.pa, world.second_pa]
        self.enrolments: dict[UUID, UUID] = {}
        self.areas: list[UUID] = []
        self.lives: dict[UUID, UUID | None] = {}

    def go_on(self) -> None:
        """One thing somebody could do."""
        doing: list[Callable[[Db], None]] = [
            self._joins, self._enrols, self._enrols, self._studies, self._writes, self._leaves, self._allocates,
            self._allocation_ends, self._sees, self._sees, self._signs, self._works, self._stops, self._applies,
            self._moves, self._moves,
        ]  # fmt: skip
        try:
            with self.house.database.writing() as db:
                self.chance.choice(doing)(db)
        except (Refused, NotFound):
            pass

    @property
    def on(self) -> date:
        return london_day(self.clock())

    def _one(self) -> tuple[UUID, UUID]:
        if not self.enrolments:
            raise NotFound("enrolment")
        return self.chance.choice(sorted(self.enrolments.items()))

    def _joins(self, db: Db) -> None:
        name = f"Learner {len(self.pas)}"
        person = people.add_person(db, name=name, email=f"{uuid4().hex}@example.com", by=None, now=self.clock())
        place = {"organisation_id": self.world.authority, "role": Role.PA, "by": None, "now": self.clock()}
        people.give_role(db, person_id=person, since=self.on, **place)
        self.pas.append(person)

    def _enrols(self, db: Db) -> None:
        pa, course = self.chance.choice(self.pas), self.chance.choice(["PAI", "PAI", COURSE])
        enrolment = learning.enrol(
            db, learner_id=pa, authority_id=self.world.authority, course=course, by=self.world.coordinator,
            now=self.clock(),
        )  # fmt: skip
        self.enrolments[enrolment] = pa

    def _studies(self, db: Db) -> None:
        enrolment, pa = self._one()
        lesson = f"PAI-1-L{self.chance.randrange(1, 4)}"
        learning.study_lesson(db, enrolment_id=enrolment, lesson=lesson, by=pa, now=self.clock())

    def _writes(self, db: Db) -> None:
        enrolment, pa = self._one()
        finished = self.chance.random() < 0.7
        learning.write_activity(
            db, enrolment_id=enrolment, activity="PAI-1-A1", text="My plan", finished=finished, by=pa, now=self.clock()
        )

    def _leaves(self, db: Db) -> None:
        enrolment, pa = self._one()
        if self.chance.random() < 0.3:
            leaving.leave(db, enrolment_id=enrolment, by=pa, now=self.clock())

    def _allocates(self, db: Db) -> None:
        enrolment, _pa = self._one()
        until = self.on + timedelta(days=self.chance.randrange(1, 40)) if self.chance.random() < 0.5 else None
        allocating.allocate_assessor(
            db, enrolment_id=enrolment, assessor_id=self.world.assessor, since=self.on, until=until,
            by=self.world.coordinator, now=self.clock(),
        )  # fmt: skip

    def _allocation_ends(self, db: Db) -> None:
        every = list(db.scalars(select(Allocation.id).order_by(Allocation.id)))
        if every:
            ends = self.chance.choice(every)
            allocating.end_allocation(db, allocation_id=ends, by=self.world.coordinator, now=self.clock())

    def _sees(self, db: Db) -> None:
        enrolment, _pa = self._one()
        seen = Seen(
            on=self.on,
            text="They asked before moving the boxes.",
            judgement=self.chance.choice([Judgement.MET, Judgement.MET, Judgement.NOT_YET_MET]),
            feedback="Once more, please.",
            setting=Setting.OWN_HOME,
        )
        assessment.record_observation_and_judge(
            db, id=uuid4(), enrolment_id=enrolment, criterion=CRITERION, seen=seen,
            by=self.world.assessor, now=self.clock(),
        )  # fmt: skip

    def _signs(self, db: Db) -> None:
        enrolment, _pa = self._one()
        assessment.sign_off(db, id=uuid4(), enrolment_id=enrolment, unit=UNIT, by=self.world.assessor, now=self.clock())

    def _works(self, db: Db) -> None:
        people.start_employment(
            db, pa_id=self.chance.choice(self.pas), employer_id=self.world.employer, since=self.on, by=None,
            now=self.clock(),
        )  # fmt: skip

    def _stops(self, db: Db) -> None:
        until = self.on + timedelta(days=self.chance.randrange(0, 20))
        people.end_employment(
            db, pa_id=self.chance.choice(self.pas), employer_id=self.world.employer, until=until,
            by=self.world.coordinator, now=self.clock(),
        )  # fmt: skip

    def _applies(self, db: Db) -> None:
        listings.apply(
            db, once=uuid4(), person_id=self.chance.choice(self.pas), authority_id=self.world.authority,
            now=self.clock(),
        )  # fmt: skip

    def _moves(self, db: Db) -> None:
        """A PA is said to belong to an area, to another one, or to none."""
        if len(self.areas) < 3:
            self.areas.append(uuid4())
            areas.add_area(
                db, id=self.areas[-1], authority_id=self.world.authority, code=f"A{len(self.areas)}",
                name=f"Area {len(self.areas)}", name_cy="", by=self.world.coordinator, now=self.clock(),
            )  # fmt: skip
        given = {self.chance.choice(self.pas): self.chance.choice([*self.areas, None])}
        areas.give_areas(
            db, authority_id=self.world.authority, areas=given, by=self.world.coordinator, now=self.clock()
        )
        self.lives.update(given)


@pytest.mark.parametrize("seed", range(6))
def test_a_random_history_is_counted_as_it_happened(house: House, world: World, clock: Any, seed: int) -> None:
    history = History(house, world, clock, seed)
    for _ in range(45):
        history.go_on()
        assert list(keeping.recount(house, clock(), check=True)) == []
        if history.chance.random() < 0.25:
            clock.on(days=history.chance.randrange(1, 25))
            keeping.sweep(house, clock())
    _counted(house, world, history)
    _counted_by_area(house, world, history)
    _told_by_the_log(house, world, history)


def _counted(house: House, world: World, history: History) -> None:
    """Every number, and the length of the list behind it, from the facts of each enrolment one by one."""
    on, limits = history.on, Limits()
    with house.database.reading() as db:
        every = [each for each in facts.of_learners(db, history.pas) if each.authority_id == world.authority]
        stands = [stand(each.known, on) for each in every]
        found = lists.glance(db, world.authority, limits, on)

        def listed(which: Which) -> int:
            lines, total = lists.page_of(db, world.authority, Wanted(which=which), limits, on, limit=1000)
            assert len(lines) == total
            return total

        overdue = limits.stuck_since(Who.ASSESSOR, on)
        expected = {
            Which.WORKING: sum(one.state is State.WORKING for one in stands),
            Which.COMPLETED: sum(one.state is State.COMPLETED for one in stands),
            Which.ASSESSMENT: sum(one.assess_on is not None for one in stands),
            Which.OVERDUE: sum(one.sign_off_on is not None and one.sign_off_on <= overdue for one in stands),
            Which.STUCK: sum(limits.is_stuck(one, on) for one in stands),
            Which.UNDER_WAY: sum(one.waits_for is not None for one in stands),
        }
        assert {which: listed(which) for which in Which} == expected
        assert (found.working, found.completed, found.assessment, found.overdue, found.stuck) == tuple(
            expected[which] for which in list(Which)[:5]
        )
        stuck = Counter(one.waits_for for one in stands if limits.is_stuck(one, on))
        assert found.waits == {who: stuck[who] for who in Who if stuck[who]}


def _counted_by_area(house: House, world: World, history: History) -> None:
    """Each area's numbers, and its lists, are those of its people alone; all areas together are everybody."""
    on, limits = history.on, Limits()
    with house.database.reading() as db:
        every = [each for each in facts.of_learners(db, history.pas) if each.authority_id == world.authority]
        stands = [(history.lives.get(each.learner_id), stand(each.known, on)) for each in every]
        found = lists.by_area(db, world.authority, limits, on)
        assert set(found) == {area for area, _one in stands}
        for area in {*history.areas, None}:
            here = [one for where, one in stands if where == area]
            glance = found.get(area, Glance(waits={}))
            assert glance == lists.glance(db, world.authority, limits, on, area=area or NO_AREA)
            assert (glance.working, glance.stuck) == (
                sum(one.state is State.WORKING for one in here),
                sum(limits.is_stuck(one, on) for one in here),
            )
            for which, number in ((Which.WORKING, glance.working), (Which.STUCK, glance.stuck)):
                wanted = Wanted.read(Wanted(which=which, area=area or NO_AREA).told(), on)
                lines, total = lists.page_of(db, world.authority, wanted, limits, on, limit=1000)
                assert total == len(lines) == number == len(people_in(db, world.authority, wanted.told(), on))
                assert {line.area_id for line in lines} <= {area}


def _told_by_the_log(house: House, world: World, history: History) -> None:
    """Who began and who is under way, from nothing but the event log: today, month by month, and at a day gone by."""
    with house.database.reading() as db:
        rows = db.scalars(select(EventRow).where(EventRow.kind.in_(["LearnerEnrolled", "LearnerLeft"]))).all()
        began = {row.data["enrolment_id"]: london_day(row.at) for row in rows if row.kind == "LearnerEnrolled"}
        left = {row.data["enrolment_id"]: london_day(row.at) for row in rows if row.kind == "LearnerLeft"}
        found = lists.glance(db, world.authority, Limits(), history.on)
        assert found.working == len(began) - len(left)  # nobody here gets as far as a certificate
        months = charts.months_until(history.on)
        counted = lists.counted_by_month(db, world.authority, months)
        assert [each for each, _completed in counted] == [
            sum(first <= day <= last for day in began.values()) for first, last in months
        ]
        for days in (1, 30, 90):
            then = history.on - timedelta(days=days)
            wanted = Wanted(which=Which.WORKING, on=then)
            _lines, total = lists.page_of(db, world.authority, wanted, Limits(), history.on, limit=1000)
            assert total == sum(day <= then and left.get(id, date.max) > then for id, day in began.items())


def test_a_recount_finds_and_mends_whatever_is_otherwise(house: House, world: World, clock: Any) -> None:
    with house.database.writing() as db:
        same = {"authority_id": world.authority, "course": "PAI", "by": world.coordinator, "now": clock()}
        first = learning.enrol(db, learner_id=world.pa, **same)
        second = learning.enrol(db, learner_id=world.second_pa, **same)
    with house.database.writing() as db:
        db.execute(update(DeskStanding).where(DeskStanding.enrolment_id == first).values(since=date(2020, 1, 1)))
        db.execute(delete(DeskStanding).where(DeskStanding.enrolment_id == second))
        row = db.get_one(DeskStanding, first)
        values = {name: getattr(row, name) for name in DeskStanding.__table__.c.keys()}  # noqa: SIM118  no mapping
        gone = uuid4()
        db.add(DeskStanding(**{**values, "enrolment_id": gone}))
    found = {each.enrolment_id for each in keeping.recount(house, clock(), check=True)}
    assert found == {first, second, gone}
    assert {each.enrolment_id for each in keeping.recount(house, clock(), check=True)} == found, "looking mends nothing"
    assert {each.enrolment_id for each in keeping.recount(house, clock())} == found
    assert list(keeping.recount(house, clock(), check=True)) == []


def test_older_data_is_caught_up_with(house: House, world: World, clock: Any) -> None:
    with house.database.writing() as db:
        learning.enrol(
            db, learner_id=world.pa, authority_id=world.authority, course="PAI", by=world.coordinator, now=clock()
        )
    with house.database.writing() as db:
        db.execute(delete(DeskStanding))
    keeping.sweep(house, clock())
    with house.database.reading() as db:
        assert lists.glance(db, world.authority, Limits(), london_day(clock())).working == 1


def test_a_day_that_comes_changes_who_is_waited_for(house: House, world: World, clock: Any) -> None:
    """The last day of an assessor passes without a fact."""
    with house.database.writing() as db:
        enrolment = learning.enrol(
            db, learner_id=world.pa, authority_id=world.authority, course="PAI", by=world.coordinator, now=clock()
        )
        until = london_day(clock()) + timedelta(days=3)
        allocating.allocate_assessor(
            db, enrolment_id=enrolment, assessor_id=world.assessor, since=london_day(clock()), until=until,
            by=world.coordinator, now=clock(),
        )  # fmt: skip
    with house.database.reading() as db:
        assert db.get_one(DeskStanding, enrolment).holds_until == until + timedelta(days=1)
    clock.on(days=4)
    keeping.sweep(house, clock())
    with house.database.reading() as db:
        assert db.get_one(DeskStanding, enrolment).holds_until is None


LEFT_OUT = frozenset(
    {
        "CheckPassed", "CheckNotPassed", "CriterionJudged", "Nudged", "PriorOffered", "PriorTakenBack", "LinkAsked",
        "LinkSentAgain", "LinkAnswered", "LinkCancelled", "LinkNotTheirs", "LinkDoubted", "TogetherStarted",
        "TogetherSaid", "TogetherRecorded", "TogetherDropped", "LearnerTakenAlong", "VisitReceived", "VisitSettled",
        "FilesAttached", "PaperSheetMade", "SampleChosen", "SampleAccepted", "SampleSentBack", "SampleAnswered",
        "SampleWaitsLong", "SampleWaitEnded", "DecisionAppealed", "MoneySourceSaid", "GroupJoined", "GroupLeft",
    }
)  # fmt: skip
"""Facts that name an enrolment and give nobody the next move: another one beside them does, or nothing changes."""


def test_every_fact_of_an_enrolment_is_taken_in_or_left_out_on_purpose() -> None:
    named = {
        name
        for name, kind in Fact.kinds.items()
        if kind.__module__.startswith("lms.") and "enrolment_id" in kind.__dataclass_fields__
    }
    assert named - {kind.__name__ for kind in reactions.TAKEN_IN} == LEFT_OUT
