"""Read how far a learner's knowledge is, line by line, in a constant number of queries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, select, union

from lms.assessment.content import Framework, Line, Unit
from lms.assessment.deciding.models import Decision
from lms.assessment.evidence.models import Evidence, EvidenceLine
from lms.assessment.knowledge import rules
from lms.assessment.knowledge.kept import kept
from lms.assessment.knowledge.mapping import Teaching, teachers, teaching
from lms.assessment.knowledge.models import KnowledgeShown
from lms.assessment.knowledge.practised import Practised
from lms.assessment.knowledge.rules import LineState, Seen, Sentence, UnitState, Work
from lms.core.db import Db, columns
from lms.core.shelves import shelf
from lms.learning.catalogue import Courses
from lms.learning.done import Done, done_by
from lms.learning.shown.rules import HowShown
from lms.people import queries as people


@dataclass(frozen=True)
class Showing:
    """How a line was shown, when, and by whom it was judged; `judged_by` is None where PALMS marked it."""

    outcome: str
    module: str
    how: HowShown
    source_id: UUID | None
    enrolment_id: UUID
    at: datetime
    judged_by: UUID | None = None
    judged_by_name: str | None = None


@dataclass(frozen=True)
class LineProgress:
    """A line with its state and, when it is shown, how: the earliest first. `seen`: what is told of a practice line."""

    line: Line
    state: LineState
    showings: tuple[Showing, ...] = ()
    seen: Seen = Seen.UNTOLD

    @property
    def at(self) -> datetime | None:
        """When it was shown whole."""
        return max((showing.at for showing in self.showings), default=None)


@dataclass(frozen=True)
class UnitProgress:
    """A standard with its lines. `modules` are the codes of those that teach it, its own first.

    `work` is what is told of its practice; None: nothing.
    """

    unit: Unit
    lines: tuple[LineProgress, ...]
    state: UnitState
    modules: tuple[str, ...]
    work: Work | None = None

    @cached_property
    def shown(self) -> int:
        """How many lines are shown."""
        return sum(line.state is LineState.SHOWN for line in self.lines)

    @property
    def sentence(self) -> Sentence:
        """Where it stands, for a stranger."""
        unit = self.unit
        return rules.of_unit(unit.number, self.state, shown=self.shown, knowledge=len(unit.knowledge), work=self.work)


@dataclass(frozen=True)
class KnowledgeProgress:
    """An edition with every standard and line, and where each stands for one learner."""

    framework: Framework
    units: tuple[UnitProgress, ...]
    practised: Practised | None = None

    @property
    def complete(self) -> int:
        """How many standards' knowledge is complete."""
        return sum(unit.state is UnitState.COMPLETE for unit in self.units)

    @property
    def sentence(self) -> Sentence:
        """How far somebody is, for a stranger."""
        return rules.of_edition(self.framework.edition, [unit.state for unit in self.units])

    def unit(self, code: str) -> UnitProgress | None:
        """One standard, or None."""
        return next((each for each in self.units if each.unit.code == code), None)


@dataclass(frozen=True)
class Standing:
    """The same without how and by whom: the state of every line and unit."""

    framework: Framework
    taught: Teaching
    lines: Mapping[str, LineState]
    units: Mapping[str, UnitState]
    practised: Practised | None = None

    @property
    def complete(self) -> int:
        """How many standards' knowledge is complete."""
        return sum(state is UnitState.COMPLETE for state in self.units.values())

    @property
    def sentence(self) -> Sentence:
        """How far somebody is, for a stranger."""
        return rules.of_edition(self.framework.edition, list(self.units.values()))

    def shown_in(self, unit: Unit) -> int:
        """How many of a standard's lines are shown."""
        return sum(self.lines[line.key] is LineState.SHOWN for line in unit.knowledge)

    def sentence_of(self, unit: Unit) -> Sentence:
        """Where a standard stands, for a stranger."""
        return rules.of_unit(
            unit.number,
            self.units[unit.code],
            shown=self.shown_in(unit),
            knowledge=len(unit.knowledge),
            work=self.work_of(unit),
        )

    def work_of(self, unit: Unit) -> Work | None:
        """What is told of a standard's practice; None: nothing."""
        return self.practised.units.get(unit.code) if self.practised else None


def taught_of(db: Db, framework: Framework) -> Teaching:
    """What the modules on the shelf teach of a framework; worked out once for each."""
    courses = shelf(db, Courses)
    return kept("teaching", (framework, courses), lambda: teaching(framework, teachers(courses)))


def standing_of(
    db: Db,
    learner_id: UUID,
    framework: Framework,
    *,
    authority_id: UUID | None = None,
    practised: Practised | None = None,
) -> Standing:
    """Where every line stands for a learner: two queries. None: behind every wall.

    `practised`: what is told of practice beside it; None: nothing.
    """
    about = {"learner_id": learner_id, "framework": framework.code, "edition": framework.edition}
    if authority_id is None:
        shown = frozenset(db.scalars(_SHOWN, about))
    else:
        shown = frozenset(db.scalars(_SHOWN_HERE, {**about, "authority_id": authority_id}))
    return _standing(framework, taught_of(db, framework), shown, done_by(db, learner_id, authority_id), practised)


def shown_lines(db: Db, learner_id: UUID, framework: str, edition: str, *, authority_id: UUID) -> frozenset[str]:
    """The keys of the lines of an edition that a learner has shown whole behind one wall. One query."""
    about = {"learner_id": learner_id, "framework": framework, "edition": edition, "authority_id": authority_id}
    return frozenset(row[0] for row in columns(db, _SHOWN_HERE, about))


def _standing(
    framework: Framework, taught: Teaching, shown: Collection[str], done: Done, practised: Practised | None
) -> Standing:
    read: set[str] = set().union(*(taught.lines.get(lesson, ()) for lesson in done.lessons))
    lines = {
        key: rules.line_state(line.kind, studied=key in read, shown=key in shown)
        for key, line in framework.lines.items()
    }
    units = {unit.code: _unit_state(unit, taught, lines, done) for unit in framework.units}
    return Standing(framework, taught, lines, units, practised)


def _unit_state(unit: Unit, taught: Teaching, lines: Mapping[str, LineState], done: Done) -> UnitState:
    modules = taught.modules.get(unit.code, ())
    return rules.unit_state(
        [lines[line.key] for line in unit.knowledge],
        begun=any(lesson in done.lessons for module in modules for lesson in taught.lessons.get(module, ())),
        finished=bool(modules) and all(module in done.modules for module in modules),
    )


_SHOWN = (
    select(KnowledgeShown.line)
    .distinct()
    .where(
        KnowledgeShown.learner_id == bindparam("learner_id", type_=Uuid()),
        KnowledgeShown.framework == bindparam("framework"),
        KnowledgeShown.edition == bindparam("edition"),
    )
)
_SHOWN_HERE = _SHOWN.where(KnowledgeShown.authority_id == bindparam("authority_id", type_=Uuid()))


def progress_of(
    db: Db,
    learner_id: UUID,
    framework: Framework,
    *,
    authority_id: UUID | None = None,
    unit: str | None = None,
    practised: Practised | None = None,
) -> KnowledgeProgress:
    """Where every line stands for a learner, how it was shown and who judged it: four queries.

    What was shown behind other walls than `authority_id` is left out; None is for the learner themself. With a `unit`
    only its lines say how they were shown; where the others stand is known all the same. `practised`: what is told of
    practice beside it; None: nothing.
    """
    standing = standing_of(db, learner_id, framework, authority_id=authority_id, practised=practised)
    asked = [line.key for line in framework.unit(unit).knowledge] if unit else None
    showings = _showings(db, learner_id, framework, authority_id, asked)
    units = tuple(_unit(standing, showings, each) for each in framework.units)
    return KnowledgeProgress(framework, units, practised)


def _unit(standing: Standing, showings: Mapping[str, tuple[Showing, ...]], unit: Unit) -> UnitProgress:
    seen = standing.practised.lines if standing.practised else {}
    lines = tuple(
        LineProgress(
            line,
            state,
            showings.get(line.key, ()) if state is LineState.SHOWN else (),
            seen.get(line.key, Seen.UNTOLD),
        )
        for line in unit.lines
        for state in (standing.lines[line.key],)
    )
    modules = standing.taught.modules.get(unit.code, ())
    return UnitProgress(unit, lines, standing.units[unit.code], modules, standing.work_of(unit))


_HOW_SHOWN = (
    select(
        KnowledgeShown.line,
        KnowledgeShown.outcome,
        KnowledgeShown.module,
        KnowledgeShown.how,
        KnowledgeShown.source_id,
        KnowledgeShown.enrolment_id,
        KnowledgeShown.at,
        KnowledgeShown.judged_by,
    )
    .where(
        KnowledgeShown.learner_id == bindparam("learner_id", type_=Uuid()),
        KnowledgeShown.framework == bindparam("framework"),
        KnowledgeShown.edition == bindparam("edition"),
    )
    .order_by(KnowledgeShown.at, KnowledgeShown.outcome)
)


def _showings(
    db: Db, learner_id: UUID, framework: Framework, authority_id: UUID | None, asked: Collection[str] | None
) -> Mapping[str, tuple[Showing, ...]]:
    wanted = _HOW_SHOWN if authority_id is None else _HOW_SHOWN.where(KnowledgeShown.authority_id == authority_id)
    if asked is not None:
        wanted = wanted.where(KnowledgeShown.line.in_(asked))
    about = {"learner_id": learner_id, "framework": framework.code, "edition": framework.edition}
    rows = db.execute(wanted, about).all()
    names = people.persons(db, {row.judged_by for row in rows if row.judged_by})
    found: dict[str, tuple[Showing, ...]] = {}
    for row in rows:
        judge = names.get(row.judged_by)
        shown = Showing(
            outcome=row.outcome,
            module=row.module,
            how=row.how,
            source_id=row.source_id,
            enrolment_id=row.enrolment_id,
            at=row.at,
            judged_by=row.judged_by,
            judged_by_name=judge.name if judge else None,
        )
        found[row.line] = (*found.get(row.line, ()), shown)
    return found


@dataclass(frozen=True)
class Hanging:
    """How many people's evidence hangs on a line, and the names of some of them, in order."""

    count: int
    names: tuple[str, ...]

    def __bool__(self) -> bool:
        return self.count > 0


NAMED = 20
"""People named at most when something hangs on a line."""


def hanging_on(db: Db, authority_id: UUID | None, framework: str, edition: str, key: str) -> Hanging:
    """Who has shown, or was seen doing, what a line asks; behind one wall, or anywhere (None). Three queries."""
    known = _knowledge_on(authority_id, framework, edition, key)
    learners = union(known, *_practice_on(authority_id, framework, edition, key)).subquery()
    count = db.scalar(select(func.count()).select_from(learners)) or 0
    ids = list(db.scalars(select(learners.c.learner_id).limit(NAMED))) if count else []
    return Hanging(count, tuple(sorted(person.name for person in people.persons(db, ids).values())))


def _knowledge_on(authority_id: UUID | None, framework: str, edition: str, key: str) -> Any:
    found = select(KnowledgeShown.learner_id).where(
        KnowledgeShown.framework == framework, KnowledgeShown.edition == edition, KnowledgeShown.line == key
    )
    return found if authority_id is None else found.where(KnowledgeShown.authority_id == authority_id)


def _practice_on(authority_id: UUID | None, framework: str, edition: str, key: str) -> tuple[Any, Any]:
    """Whose evidence speaks to a line, or on whose work somebody decided."""
    spoken = (
        select(EvidenceLine.learner_id)
        .join(Evidence, Evidence.id == EvidenceLine.evidence_id)
        .where(Evidence.framework == framework, Evidence.edition == edition, EvidenceLine.line == key)
    )
    decided = select(Decision.learner_id).where(
        Decision.framework == framework, Decision.edition == edition, Decision.line == key
    )
    if authority_id is not None:
        spoken = spoken.where(Evidence.authority_id == authority_id)
        decided = decided.where(Decision.authority_id == authority_id)
    return spoken, decided


def lines_held(db: Db) -> list[tuple[str, str, str]]:
    """Framework, edition and key of every line that somebody's evidence hangs on; for checking a pack at start."""
    known = select(KnowledgeShown.framework, KnowledgeShown.edition, KnowledgeShown.line).distinct()
    spoken = (
        select(Evidence.framework, Evidence.edition, EvidenceLine.line)
        .join(EvidenceLine, EvidenceLine.evidence_id == Evidence.id)
        .distinct()
    )
    decided = select(Decision.framework, Decision.edition, Decision.line).distinct()
    return [(row[0], row[1], row[2]) for row in db.execute(union(known, spoken, decided))]
