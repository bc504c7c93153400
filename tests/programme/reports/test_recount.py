"""Whatever people do in whatever order: each table of a report is recounted from nothing but the record of facts."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from lms.assessment.knowledge.mapping import COURSE
from lms.core.clock import london_day
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.work import do_all
from lms.programme.reports.counting import tables_of
from lms.programme.reports.kinds import ReportKind
from lms.programme.reports.tables import TOTAL, Table
from lms.register.queries import verdict_of
from tests.assessment.practising import begun
from tests.programme.reports.histories import Lives, Looks, Register
from tests.programme.reports.test_counting import values
from tests.world import World

COURSES = ("PAI", COURSE)
"""The courses of PAs: what staff and employers study is in no report about the programme."""
Period = tuple[date, date]


def told(house: House) -> Sequence[EventRow]:
    """The record, in the order in which it was written."""
    with house.database.reading() as db:
        return db.scalars(select(EventRow).order_by(EventRow.id)).all()


def counted(house: House, world: World, kind: ReportKind, period: Period, today: date) -> list[Table]:
    with house.database.reading() as db:
        return tables_of(db, kind, world.authority, period, today=today)


def day_of(row: EventRow) -> date:
    return london_day(row.at)


def within(period: Period, day: date) -> bool:
    return period[0] <= day <= period[1]


def on_the_edge(rows: Iterable[EventRow], chance: random.Random, *kinds: str) -> Period:
    """A period that begins and ends on days on which something happened: there a day too many or too few is seen."""
    days = sorted({day_of(row) for row in rows if row.kind in kinds})
    first, last = chance.choice(days[: len(days) // 3]), chance.choice(days[-len(days) // 3 :])
    return first, last


def as_it_is_told(days: Iterable[int]) -> int | None:
    """The middle, half a day up."""
    found = list(days)
    return int(median(found) + 0.5) if found else None


@pytest.mark.parametrize("seed", range(4))
def test_who_learns_and_how_long_it_takes(house: House, world: World, clock: Any, seed: int) -> None:
    lives = Lives(house, world, clock, seed)
    for _step in range(110):
        lives.go_on()
        clock.on(days=lives.chance.choice([0, 0, 1, 3]))
    rows = told(house)
    period = on_the_edge(rows, lives.chance, "LearnerEnrolled", "CertificateIssued", "EmploymentEnded", "LearnerLeft")
    last, found = period[1], counted(house, world, ReportKind.PROGRAMME, period, london_day(clock()))
    stages = stages_at(rows, last)
    _everybody(found, stages)
    _grouped(found, "languages", stages, lives.language, known=("en", "cy"))
    kinds = {lives.agency: "home_care_agency", world.employer: "individual_employer"}
    kinds |= dict.fromkeys((world.second_employer, world.other_employer), "individual_employer")
    _grouped(found, "employers", stages, worked_for(rows, kinds, last), known=())
    areas = {pa: str(area) for pa, area in lives.lives.items() if area}
    _grouped(found, "areas", stages, areas, known=[str(each) for each in lives.areas])
    _durations(found, rows, period)
    assert any(row.kind == "CertificateIssued" and row.data["kind"] == "induction" for row in rows), (
        "nobody completed anything: the history is too short"
    )


def stages_at(rows: Iterable[EventRow], last: date) -> dict[UUID, str]:
    """Where each person stood, read from the facts about each of their enrolments."""
    of: defaultdict[UUID, dict[str, str]] = defaultdict(dict)
    for row in (each for each in rows if day_of(each) <= last):
        match row.kind:
            case "LearnerEnrolled" if row.data["course"] in COURSES:
                of[row.about][row.data["enrolment_id"]] = "working"
            case "LearnerLeft":
                if of[row.about].get(row.data["enrolment_id"]) == "working":
                    of[row.about][row.data["enrolment_id"]] = "left"
            case "CertificateIssued" if row.data["kind"] == "induction":
                of[row.about][row.data["enrolment_id"]] = "completed"
    order = ("working", "completed", "left")
    return {id: next(each for each in order if each in states.values()) for id, states in of.items() if states}


def _everybody(found: list[Table], stages: dict[UUID, str]) -> None:
    counts = Counter(stages.values())
    expected = {each: (counts[each],) for each in ("working", "completed", "left")}
    assert values(found, "stages") == {**expected, TOTAL: (len(stages),)}


def _grouped(found: list[Table], code: str, stages: dict[UUID, str], group: Any, known: Iterable[str]) -> None:
    """A table by group, person by person; who has no group stands under none."""
    rows: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for each in (*known, "none"):
        rows[each] = [0, 0, 0]
    for id, stage in stages.items():
        key = group[id] if isinstance(group, defaultdict) else group.get(id, "none")
        rows[key][("working", "completed", "left").index(stage)] += 1
    shown = values(found, code)
    assert {key: list(row) for key, row in shown.items() if key != TOTAL and (any(row) or key in rows)} == rows
    assert list(shown[TOTAL]) == [sum(row[place] for row in rows.values()) for place in range(3)]


def worked_for(rows: Iterable[EventRow], kinds: dict[UUID, str], last: date) -> dict[UUID, str]:
    """The kind of employer of each PA on a day, from when employments began and ended."""
    spells: defaultdict[tuple[UUID, UUID], list[tuple[date, date]]] = defaultdict(list)
    for row in rows:
        if row.kind == "EmploymentStarted":
            since = date.fromisoformat(row.data["since"])
            spells[row.about, UUID(row.data["employer_id"])].append((since, date.max))
        elif row.kind == "EmploymentEnded":
            spell = spells[row.about, UUID(row.data["employer_id"])]
            spell[-1] = spell[-1][0], date.fromisoformat(row.data["until"])
    at: defaultdict[UUID, set[str]] = defaultdict(set)
    for (pa, employer), periods in spells.items():
        if any(since <= last <= until for since, until in periods):
            at[pa].add(kinds[employer])
    return {pa: each.pop() if len(each) == 1 else "both" for pa, each in at.items()}


def _durations(found: list[Table], rows: Iterable[EventRow], period: Period) -> None:
    """Days from beginning to the certificate, each person once, for their last in the period; and month by month."""
    start, ends, begins = dict[str, date](), dict[UUID, tuple[date, int]](), dict[UUID, date]()
    for row in rows:
        if row.kind == "LearnerEnrolled" and row.data["course"] in COURSES:
            start[row.data["enrolment_id"]] = day_of(row)
            if within(period, day_of(row)):
                begins.setdefault(row.about, day_of(row))
        elif row.kind == "CertificateIssued" and row.data["kind"] == "induction" and within(period, day_of(row)):
            ends[row.about] = day_of(row), (day_of(row) - start[row.data["enrolment_id"]]).days
    days = sorted(each for _day, each in ends.values())
    half = (len(days) + 1) // 2
    line = len(days), as_it_is_told(days), as_it_is_told(days[:half]), as_it_is_told(days[len(days) - half :])
    assert values(found, "courses") == {TOTAL: line} | ({"PAI": line} if days else {})
    months = values(found, "months")
    for place, counts in enumerate((begins.values(), [day for day, _took in ends.values()])):
        by_month = Counter(day.isoformat()[:7] for day in counts)
        assert {key: row[place] for key, row in months.items() if key != TOTAL and row[place]} == by_month
        assert months[TOTAL][place] == sum(by_month.values())


@pytest.mark.parametrize("seed", range(3))
def test_how_long_assessment_takes_and_what_is_looked_at_again(
    house: House, world: World, clock: Any, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311  the same each time
    looks = Looks(house, world, begun(house, world, clock()), clock, chance)
    told_of = ("CriterionJudged", "SampleSentBack", "SampleChosen", "DecisionAppealed")
    for step in range(300):  # which decisions are sampled hangs on their ids, so a history is as long as it must be
        looks.go_on()
        clock.on(days=chance.choice([0, 0, 1, 4]))
        if step >= 90 and set(told_of) <= {row.kind for row in told(house)}:
            break
    rows = told(house)
    period = on_the_edge(rows, chance, *told_of)
    found = counted(house, world, ReportKind.PROGRAMME, period, london_day(clock()))
    _waits(found, rows, looks.stands_on, period)
    kinds = {"decisions": "CriterionJudged", "sampled": "SampleChosen", "appealed": "DecisionAppealed"}
    expected = {
        key: (sum(row.kind == kind and within(period, day_of(row)) for row in rows),) for key, kind in kinds.items()
    }
    back: dict[str, date] = {}
    for row in rows:
        if row.kind == "SampleSentBack":
            back.setdefault(row.data["sample_id"], day_of(row))
    assert values(found, "quality") == {**expected, "sent_back": (sum(within(period, day) for day in back.values()),)}
    seen = {row.kind for row in rows}
    assert {*kinds.values(), "SampleSentBack"} <= seen, "nobody did one of these: the history is too short"


def _waits(
    found: list[Table], rows: Iterable[EventRow], stands_on: dict[UUID, tuple[UUID, ...]], period: Period
) -> None:
    """Each piece once, from when it was offered to the first decision that stands on it, by the quarter of that day."""
    offered: dict[str, tuple[date, UUID | None]] = {}
    waited: dict[str, tuple[date, int] | None] = {}
    judged = {row.data["judgement_id"]: row for row in rows if row.kind == "CriterionJudged"}
    sittings = [row for row in rows if row.kind == "DecisionsFinalised"]
    assert len(judged) == len(sittings)
    for row in rows:
        if row.kind == "EvidenceOffered":
            offered[row.data["evidence_id"]] = day_of(row), row.by
        elif row.kind == "DecisionsFinalised":
            for piece in map(str, stands_on[UUID(row.data["sitting_id"])]):
                day, by = offered[piece]
                waited.setdefault(piece, None if by == row.by else (day_of(row), (day_of(row) - day).days))
    inside = [each for each in waited.values() if each and within(period, each[0])]
    quarters: defaultdict[str, list[int]] = defaultdict(list)
    for day, took in inside:
        quarters[f"{day.year}-Q{(day.month + 2) // 3}"].append(took)
        quarters[TOTAL].append(took)
    table = values(found, "waits")
    assert {key: row for key, row in table.items() if row[0] or key == TOTAL} == {
        key: (len(days), as_it_is_told(days), max(days, default=None)) for key, days in {TOTAL: [], **quarters}.items()
    }


@pytest.mark.parametrize("seed", range(3))
def test_who_may_be_listed_and_what_is_missing(house: House, world: World, clock: Any, seed: int) -> None:
    lives = Register(house, world, clock, seed)
    for _step in range(70):
        lives.go_on()
        clock.on(days=lives.chance.choice([0, 0, 1]))
    do_all(house, now=clock())
    today, rows, here = london_day(clock()), told(house), str(world.authority)
    found = counted(house, world, ReportKind.REGISTER, (today, today), today)
    pas, listed = dict[UUID, date](), dict[UUID, str]()
    for row in rows:
        match row.kind:
            case "RoleGiven" if (row.data["organisation_id"], row.data["role"]) == (here, "pa"):
                pas[row.about] = date.max
            case "RoleEnded" if (row.data["organisation_id"], row.data["role"]) == (here, "pa"):
                pas[row.about] = date.fromisoformat(row.data["until"])
            case "ListingMoved" if row.data["authority_id"] == here:
                listed[row.about] = row.data["state"]
    everybody = [pa for pa, until in pas.items() if until >= today]
    assert len(everybody) < len(pas), "nobody went: the history is too short"
    with house.database.reading() as db:
        judged = [verdict_of(db, pa, world.authority, today) for pa in everybody]
    verdicts = [each.verdict for each in judged if each]
    states = Counter(each.state.value for each in verdicts)
    assert values(found, "verdicts") == {TOTAL: (len(everybody),), **{key: (many,) for key, many in states.items()}}
    where = Counter(listed.get(pa, "none") for pa in everybody)
    assert {key: row for key, row in values(found, "listings").items() if row[0]} == {
        TOTAL: (len(everybody),),
        **{key: (many,) for key, many in where.items()},
    }
    lacks = Counter(code for each in verdicts for code in (*each.missing, *each.recommended_missing))
    assert values(found, "lacking") == {code: (many,) for code, many in lacks.items()}
