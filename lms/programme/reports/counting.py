"""Count what a report says, from what the rooms recorded: tables out, nothing written."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from lms.assessment.deciding.waited import decided_in, waited_in
from lms.assessment.quality.counted import assured_in
from lms.core.db import Db
from lms.funding.board.moved import Amount, Money, amounts_in
from lms.learning.titles import titles
from lms.people.areas import queries as areas
from lms.people.counted import employer_kinds_in, languages_in
from lms.people.rules import OrganisationKind
from lms.programme.desk.counted import Days, days_of_all
from lms.programme.reports.kinds import ReportKind, Stage, Unit
from lms.programme.reports.rules import middle, months_between, quarter_of, quarters, quarters_between, stage_of
from lms.programme.reports.tables import TOTAL, Cell, Row, Table
from lms.register.kinds import ListingState
from lms.register.listing.counted import on_register

STAGES = tuple((stage.value, Unit.COUNT) for stage in Stage)
SAME = {stage.value: f"stages/{stage.value}/people" for stage in Stage}
"""The totals of tables by group are the numbers of the table of stages."""

BOTH, NONE = "both", "none"


def tables_of(db: Db, kind: ReportKind, authority_id: UUID, days: tuple[date, date], *, today: date) -> list[Table]:
    """The tables of a report over a period, as at its last day; the register stands as it does today.

    A constant number of queries, whatever the number of people.
    """
    first, last = days
    if kind is ReportKind.REGISTER:
        return list(register_tables(db, authority_id, today))
    if kind is ReportKind.MONEY:
        return [money_table(amounts_in(db, authority_id, first, last), first, last)]
    return programme_tables(db, authority_id, first, last)


def programme_tables(db: Db, authority_id: UUID, first: date, last: date) -> list[Table]:
    """Learners, how long they take, who they are, how long assessment takes and what was looked at again."""
    enrolments: defaultdict[UUID, list[Days]] = defaultdict(list)
    for one in days_of_all(db, authority_id, last):
        enrolments[one.learner_id].append(one)
    stages = {
        id: stage_of([(one.started_on, one.completed_on, one.left_on) for one in days], last)
        for id, days in enrolments.items()
    }
    return [
        _stages(stages),
        *_courses_and_months(enrolments, (first, last), titles(db, "en")),
        _by_area(db, authority_id, stages),
        _by_language(db, authority_id, stages),
        _by_employer(db, authority_id, stages, last),
        _waits(db, authority_id, first, last),
        _quality(db, authority_id, first, last),
    ]


def _people(number: int) -> Cell:
    return Cell(number, number)


def _stages(stages: Mapping[UUID, Stage | None]) -> Table:
    counted = Counter(stages.values())
    rows = [Row(stage.value, (_people(counted[stage]),)) for stage in Stage]
    total = Row(TOTAL, (_people(sum(counted[stage] for stage in Stage)),))
    return Table("stages", (("people", Unit.COUNT),), (*rows, total))


def _courses_and_months(
    enrolments: Mapping[UUID, Sequence[Days]], period: tuple[date, date], called: Mapping[str, str]
) -> list[Table]:
    """Who completed in the period, each person once, by the course they completed last in it; and when."""
    first, last = period
    ended, began = list[tuple[Days, date]](), list[date]()
    for days in enrolments.values():
        done = [(each.completed_on, each.course, each) for each in days if each.completed_on]
        within = [each for each in done if first <= each[0] <= last]
        if within:
            day, _course, latest = max(within, key=lambda each: each[:2])
            ended.append((latest, day))
        starts = [each.started_on for each in days if first <= each.started_on <= last]
        if starts:
            began.append(min(starts))
    taken: defaultdict[str, list[int]] = defaultdict(list)
    for one, day in ended:
        taken[one.course].append((day - one.started_on).days)
    every = [days for several in taken.values() for days in several]
    columns = ("people", Unit.COUNT), ("median", Unit.DAYS), ("lower", Unit.DAYS), ("upper", Unit.DAYS)
    courses = Table(
        "courses",
        columns,
        (
            *(Row(code, _taken(taken[code]), name=called.get(code, code)) for code in sorted(taken)),
            Row(TOTAL, _taken(every)),
        ),
    )
    begins, ends = Counter(_month(day) for day in began), Counter(_month(day) for _one, day in ended)
    months = [
        Row(each, (_people(begins[each]), _people(ends[each])), name=each) for each in months_between(first, last)
    ]
    total = Row(TOTAL, (_people(len(began)), _people(len(ended))))
    by_month = Table(
        "months",
        (("began", Unit.COUNT), ("completed", Unit.COUNT)),
        (*months, total),
        {"completed": "courses/total/people"},
    )
    return [courses, by_month]


def _month(day: date) -> str:
    return day.isoformat()[:7]


def _taken(days: Sequence[int]) -> tuple[Cell, ...]:
    low, high = quarters(days) or (None, None)
    return _people(len(days)), *(Cell(value, len(days)) for value in (middle(days), low, high))


def _grouped(
    code: str, stages: Mapping[UUID, Stage | None], group_of: Callable[[UUID], str], rows: Iterable[tuple[str, str]]
) -> Table:
    """A table of people by group and stage; `rows` are the groups in order, each key with its name."""
    counted = Counter((group_of(id), stage) for id, stage in stages.items())
    lines = [Row(key, tuple(_people(counted[key, stage]) for stage in Stage), name) for key, name in rows]
    all_in = Counter(stages.values())
    total = Row(TOTAL, tuple(_people(all_in[stage]) for stage in Stage))
    return Table(code, STAGES, (*lines, total), SAME)


def _by_area(db: Db, authority_id: UUID, stages: Mapping[UUID, Stage | None]) -> Table:
    held = areas.area_of_people(db, authority_id)
    named = [(str(one.id), one.name) for one in areas.areas_of(db, authority_id)]
    return _grouped("areas", stages, lambda id: str(held[id]) if id in held else NONE, [*named, (NONE, "")])


def _by_language(db: Db, authority_id: UUID, stages: Mapping[UUID, Stage | None]) -> Table:
    spoken = languages_in(db, authority_id)
    known = sorted({one.value for one in spoken.values()} | {"en", "cy"}, reverse=True)
    rows = [(each, "") for each in reversed(known)]
    return _grouped("languages", stages, lambda id: spoken[id].value if id in spoken else NONE, [*rows, (NONE, "")])


def _by_employer(db: Db, authority_id: UUID, stages: Mapping[UUID, Stage | None], on: date) -> Table:
    """Kinds of employer nobody works for are left out: a table of nothing but 0 tells a committee nothing."""
    kinds = employer_kinds_in(db, authority_id, on)
    seen = {OrganisationKind.INDIVIDUAL_EMPLOYER}.union(*kinds.values())
    rows = [(kind.value, "") for kind in OrganisationKind if kind in seen]
    rows += [*([(BOTH, "")] if len(seen) > 1 else []), (NONE, "")]

    def group_of(id: UUID) -> str:
        found = kinds.get(id, frozenset())
        return next(iter(found)).value if len(found) == 1 else BOTH if found else NONE

    return _grouped("employers", stages, group_of, rows)


def _waits(db: Db, authority_id: UUID, first: date, last: date) -> Table:
    """How long evidence waited for its first decision, by the quarter of that decision."""
    found = waited_in(db, authority_id, first, last)
    rows = []
    for quarter in quarters_between(first, last):
        here = [each for each in found if quarter_of(each.decided_on) == quarter]
        rows.append(Row(quarter, _waited([(e.learner_id, e.days) for e in here]), name=quarter))
    columns = ("pieces", Unit.COUNT), ("median", Unit.DAYS), ("longest", Unit.DAYS)
    return Table("waits", columns, (*rows, Row(TOTAL, _waited([(e.learner_id, e.days) for e in found]))))


def _waited(found: Sequence[tuple[UUID, int]]) -> tuple[Cell, ...]:
    people, days = len({id for id, _days in found}), [each for _id, each in found]
    return Cell(len(days), people), Cell(middle(days), people), Cell(max(days, default=None), people)


def _quality(db: Db, authority_id: UUID, first: date, last: date) -> Table:
    done = assured_in(db, authority_id, first, last)
    every = {"decisions": decided_in(db, authority_id, first, last), **done._asdict()}
    rows = [Row(key, (Cell(len(ids), len(set(ids))),)) for key, ids in every.items()]
    return Table("quality", (("number", Unit.COUNT),), tuple(rows))


def register_tables(db: Db, authority_id: UUID, on: date) -> Iterable[Table]:
    """How PAs stand on the register on a day: by the rules, by their listing, and what is missing."""
    found = on_register(db, authority_id, on)
    total = Row(TOTAL, (_people(sum(found.verdicts.values())),))
    people, same = (("people", Unit.COUNT),), {"people": "verdicts/all/people"}
    verdicts = [Row(s.value, (_people(found.verdicts[s]),)) for s in ListingState if found.verdicts.get(s)]
    listings = [Row(s.value, (_people(found.listings[s]),)) for s in ListingState if found.listings.get(s)]
    unlisted = Row(NONE, (_people(found.listings.get(None, 0)),))
    lacking = [Row(code, (_people(many),), name=code) for code, many in sorted(found.lacking.items())]
    yield Table("verdicts", people, (*verdicts, total), same)
    yield Table("listings", people, (*listings, unlisted, total), same)
    yield Table("lacking", people, tuple(lacking))


def money_table(amounts: Sequence[Amount], first: date, last: date) -> Table:
    """What was claimed, approved, paid and taken back, by scheme and quarter."""
    sums: Counter[tuple[str, str, Money]] = Counter()
    people: defaultdict[tuple[str, str, Money], set[UUID]] = defaultdict(set)
    for each in amounts:
        for key in ((each.scheme, quarter_of(each.on), each.what), (TOTAL, "", each.what)):
            sums[key] += each.pence
            people[key].add(each.learner_id)

    def cells(scheme: str, quarter: str) -> tuple[Cell, ...]:
        return tuple(Cell(sums[scheme, quarter, what], len(people.get((scheme, quarter, what), ()))) for what in Money)

    rows = [
        Row(f"{scheme} {quarter}", cells(scheme, quarter), name=f"{scheme} {quarter}")
        for scheme in sorted({each.scheme for each in amounts})
        for quarter in quarters_between(first, last)
    ]
    columns = tuple((what.value, Unit.PENCE) for what in Money)
    return Table("money", columns, (*rows, Row(TOTAL, cells(TOTAL, ""))))
