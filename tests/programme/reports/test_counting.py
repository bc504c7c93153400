"""Whatever people do in whatever order: every number of a report is what a recount over the facts gives."""

import random
from collections import Counter
from datetime import date, timedelta
from statistics import median
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from lms.assessment.knowledge.mapping import COURSE
from lms.core.clock import london_day
from lms.core.house import House
from lms.core.models import EventRow
from lms.funding.board.moved import Amount, Money
from lms.learning import services as learning
from lms.people import services as people
from lms.people.rules import Role
from lms.programme.desk.models import DeskStanding
from lms.programme.desk.rules import State
from lms.programme.reports.counting import money_table, tables_of
from lms.programme.reports.kinds import ReportKind
from lms.programme.reports.rules import quarter_of
from lms.programme.reports.tables import TOTAL, Table
from tests.programme.desk.test_counting import History
from tests.world import World


def values(tables: list[Table], code: str) -> dict[str, tuple[int | None, ...]]:
    """The rows of one table by their keys."""
    table = next(each for each in tables if each.code == code)
    return {row.key: tuple(cell.value for cell in row.cells) for row in table.rows}


@pytest.mark.parametrize("seed", [3, 11, 29])
def test_a_report_is_what_the_event_log_says(house: House, world: World, clock: Any, seed: int) -> None:
    history = History(house, world, clock, seed)
    for _step in range(60):
        history.go_on()
        clock.on(days=history.chance.choice([0, 1, 4]))
    last = london_day(clock())
    first = last - timedelta(days=history.chance.choice([20, 90, 300]))
    with house.database.reading() as db:
        found = tables_of(db, ReportKind.PROGRAMME, world.authority, (first, last), today=last)
        rows = db.scalars(select(EventRow).order_by(EventRow.id)).all()
    began, left = list[tuple[UUID, date]](), set[str]()
    for row in rows:
        match row.kind:
            case "LearnerEnrolled":
                began.append((row.about, london_day(row.at)))
            case "LearnerLeft":
                left.add(str(row.data["enrolment_id"]))
    learners = set(history.enrolments.values())
    working = {pa for id, pa in history.enrolments.items() if str(id) not in left}
    stages = Counter("working" if pa in working else "left" for pa in learners)
    assert values(found, "stages") == {
        "working": (stages["working"],),
        "completed": (0,),  # nobody here gets as far as a certificate
        "left": (stages["left"],),
        TOTAL: (len(learners),),
    }
    by_area = values(found, "areas")
    for area in {*history.areas, None}:
        here = {pa for pa in learners if history.lives.get(pa) == area}
        assert by_area[str(area) if area else "none"] == (len(here & working), 0, len(here - working))
    firsts: dict[UUID, date] = {}
    for pa, day in began:
        if first <= day <= last:
            firsts.setdefault(pa, day)
    months = Counter(day.isoformat()[:7] for day in firsts.values())
    by_month = values(found, "months")
    assert {key: row[0] for key, row in by_month.items() if row[0]} == {**months, **_total(len(firsts))}
    decided = Counter(
        row.about for row in rows if row.kind == "CriterionJudged" and first <= london_day(row.at) <= last
    )
    assert values(found, "quality")["decisions"] == (sum(decided.values()),)
    assert _adds_up(found)


def _total(many: int) -> dict[str, int]:
    return {TOTAL: many} if many else {}


def _adds_up(tables: list[Table]) -> bool:
    for table in tables:
        rows = values([table], table.code)
        if TOTAL in rows and len(rows) > 1:
            for place, (_code, unit) in enumerate(table.columns):
                parts = [row[place] or 0 for key, row in rows.items() if key != TOTAL]
                assert unit.value == "days" or sum(parts) == rows[TOTAL][place], table.code
    return True


@pytest.mark.parametrize("seed", range(4))
def test_time_to_complete_is_that_of_a_recount(house: House, world: World, clock: Any, seed: int) -> None:
    """Standings with random days; the recount asks each person by themself."""
    chance, today = random.Random(seed), london_day(clock())  # noqa: S311  the same each time
    learners = [world.pa, world.second_pa]
    with house.database.writing() as db:
        for place in range(12):
            email = f"learner{place}@example.com"
            learners.append(people.add_person(db, name=f"Pa {place}", email=email, by=None, now=clock()))
            people.give_role(
                db, person_id=learners[-1], organisation_id=world.authority, role=Role.PA, by=None, now=clock()
            )
        for pa in learners:
            for course in ("PAI", COURSE)[: chance.randint(0, 2)]:
                same = {"authority_id": world.authority, "by": world.coordinator, "now": clock()}
                learning.enrol(db, learner_id=pa, course=course, **same)
    with house.database.writing() as db:
        for row in db.scalars(select(DeskStanding)):
            row.started_on = today - timedelta(days=chance.randint(0, 500))
            if chance.random() < 0.7:
                row.completed_on = min(row.started_on + timedelta(days=chance.randint(0, 300)), today)
                row.state, row.waits_for, row.why, row.since = State.COMPLETED, None, None, None
    first, last = today - timedelta(days=chance.randint(0, 365)), today
    with house.database.reading() as db:
        found = tables_of(db, ReportKind.PROGRAMME, world.authority, (first, last), today=today)
        rows = db.scalars(select(DeskStanding)).all()
    took = dict[str, list[int]]()
    for pa in learners:
        mine = [(r.completed_on, r.course, r.started_on) for r in rows if r.learner_id == pa and r.completed_on]
        within = sorted(each for each in mine if first <= each[0] <= last)
        if within:
            done, course, start = within[-1]
            took.setdefault(course, []).append((done - start).days)
    expected = {code: (len(days), int(median(days) + 0.5)) for code, days in took.items()}
    every = [days for several in took.values() for days in several]
    expected[TOTAL] = len(every), int(median(every) + 0.5) if every else None  # type: ignore[assignment]  # none at all
    assert {key: row[:2] for key, row in values(found, "courses").items()} == expected
    assert _adds_up(found)


def test_money_is_added_up_to_the_penny() -> None:
    chance = random.Random(5)  # noqa: S311  the same each time
    first, last = date(2026, 4, 1), date(2027, 3, 31)
    amounts = [
        Amount(
            chance.choice(list(Money)),
            chance.choice(["A", "B"]),
            UUID(int=chance.randrange(9)),
            first + timedelta(days=chance.randrange(365)),
            chance.randrange(100_000),
        )
        for _each in range(300)
    ]
    table = money_table(amounts, first, last)
    rows = values([table], "money")
    for scheme in "AB":
        for quarter in ("2026-Q2", "2026-Q3", "2026-Q4", "2027-Q1"):
            assert rows[f"{scheme} {quarter}"] == tuple(
                sum(a.pence for a in amounts if (a.what, a.scheme, quarter_of(a.on)) == (what, scheme, quarter))
                for what in Money
            )
    assert rows[TOTAL] == tuple(sum(a.pence for a in amounts if a.what is what) for what in Money)
    assert _adds_up([table])


def test_the_register_and_another_authority_are_counted_apart(house: House, world: World, clock: Any) -> None:
    today = london_day(clock())
    with house.database.reading() as db:
        here = tables_of(db, ReportKind.REGISTER, world.authority, (today, today), today=today)
        there = tables_of(db, ReportKind.REGISTER, world.other_authority, (today, today), today=today)
    assert values(here, "verdicts")[TOTAL] == values(here, "listings")[TOTAL] == (2,)
    assert values(there, "verdicts")[TOTAL] == (1,)
    assert _adds_up([*here, *there])
