"""What a newer edition asks beyond an older one, line by line, and the short way to it. Plain Python.

Worked out of the crosswalk and of what modules teach, and the same for everybody: nothing here is about a person.
What is not known is said to be not known: a line of the newer edition is called new only where that is reported.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from lms.assessment.content import Framework, HowSure, Line, Unit
from lms.assessment.rules import Kind
from lms.assessment.shelf.crossing import Change, HowSureOrOurs, Went
from lms.assessment.shelf.crosswalk import Moves, Origin
from lms.core.content import Words
from lms.learning.catalogue import Lesson, Module


class Grade(StrEnum):
    """What a line of the newer edition is to somebody who holds the older one."""

    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"
    NOT_ESTABLISHED = "not_established"
    SAME = "same"


_ASKS_MORE = frozenset({Change.WIDENED, Change.REWORDED, Change.SPLIT})
"""Changes after which there is something to learn; a line that was narrowed or merged asks for no more than before."""


@dataclass(frozen=True)
class GapLine:
    """A line of the newer edition beside the lines of the older one it comes from.

    `notes` say what changed, each once; `sure` how sure that is. `more`: it asks for something the older one did not,
    or nobody knows whether it did.
    """

    line: Line
    grade: Grade
    before: tuple[str, ...]
    notes: tuple[Words, ...]
    sure: HowSureOrOurs | None
    more: bool


@dataclass(frozen=True)
class Gone:
    """A line of the older edition that is no line of its own any more, or of which nobody knows; and what is known."""

    line: Line
    note: Words | None
    established: bool


@dataclass(frozen=True)
class UnitGap:
    """One standard of the newer edition."""

    unit: Unit
    lines: tuple[GapLine, ...]

    def of(self, grade: Grade) -> tuple[GapLine, ...]:
        """Its lines of one grade, in order."""
        return tuple(each for each in self.lines if each.grade is grade)

    @cached_property
    def to_learn(self) -> tuple[str, ...]:
        """The keys of the knowledge lines that ask for more than before."""
        return tuple(each.line.key for each in self.lines if each.more and each.line.kind is Kind.KNOWLEDGE)

    @cached_property
    def to_do(self) -> int:
        """How many practice lines ask for more than before: they are seen at work."""
        return sum(each.more and each.line.kind is Kind.PRACTICE for each in self.lines)


@dataclass(frozen=True)
class Gap:
    """What is new between two editions."""

    older: Framework
    newer: Framework
    says: Words
    units: tuple[UnitGap, ...]
    gone: tuple[Gone, ...]

    @cached_property
    def counts(self) -> Mapping[Grade, int]:
        """How many lines there are of each grade."""
        return {grade: sum(len(unit.of(grade)) for unit in self.units) for grade in Grade}


def gap_between(older: Framework, newer: Framework, moves: Moves) -> Gap:
    """What the newer edition asks beyond the older one."""
    units = tuple(UnitGap(unit, tuple(_graded(line, moves) for line in unit.lines)) for unit in newer.units)
    return Gap(older, newer, moves.says, units, tuple(_gone(older, moves)))


def _graded(line: Line, moves: Moves) -> GapLine:
    came = moves.came.get(line.key, ())
    if not came:
        new = moves.new.get(line.key) if moves.origin(line.key) is Origin.NEW else None
        grade = Grade.NEW if new else Grade.NOT_ESTABLISHED
        return GapLine(line, grade, (), (new.note,) if new else (), new.source if new else line.source, more=True)
    return GapLine(
        line,
        _grade(line, came),
        tuple(went.from_ for went in came),
        tuple(dict.fromkeys(went.note for went in came if went.note)),
        least_sure([went.source for went in came]),
        more=any(went.change in _ASKS_MORE for went in came),
    )


def _grade(line: Line, came: Sequence[Went]) -> Grade:
    if any(went.change for went in came):
        return Grade.CHANGED
    if line.code is None:
        return Grade.NOT_ESTABLISHED
    return Grade.SAME if any(went.from_ == line.code for went in came) else Grade.MOVED


def least_sure(sources: Sequence[HowSureOrOurs]) -> HowSureOrOurs:
    """The least sure of several: a line is no surer than the weakest thing it rests on."""
    order: tuple[HowSureOrOurs, ...] = (HowSure.FOUND, HowSure.RECALLED, HowSure.INFERRED, "ours")
    return max(sources, key=order.index)


def _gone(older: Framework, moves: Moves) -> Iterator[Gone]:
    for key, line in older.lines.items():
        went = moves.went.get(key)
        if went is None:
            unknown = moves.unknown.get(key)
            yield Gone(line, unknown.note if unknown else None, established=False)
        elif not went.to:
            yield Gone(line, went.note, established=True)


@dataclass(frozen=True)
class Step:
    """What there is to do about one standard: lessons to read, then questions about just these outcomes.

    `outcomes` are those of the module that teach the lines; `asked` those with a question, `written` those that a text
    or a conversation shows. `module` is None where nobody has written it yet.
    """

    unit: Unit
    keys: tuple[str, ...]
    module: Module | None
    outcomes: tuple[str, ...] = ()
    lessons: tuple[Lesson, ...] = ()

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The outcomes with a question."""
        known = {question.outcome for question in self.module.questions} if self.module else set()
        return tuple(code for code in self.outcomes if code in known)

    @cached_property
    def written(self) -> tuple[str, ...]:
        """The outcomes without one."""
        return tuple(code for code in self.outcomes if code not in self.asked)

    @cached_property
    def minutes(self) -> int:
        """How long the lessons take, in minutes."""
        return sum(lesson.minutes for lesson in self.lessons)


def steps_of(gap: Gap, modules: Mapping[str, Module]) -> tuple[Step, ...]:
    """The short way: for each standard that asks for more knowledge its lessons and outcomes, in order.

    `modules` has for the code of each standard the module that is made for it.
    """
    return tuple(_step(gap.newer, unit, modules.get(unit.unit.code)) for unit in gap.units if unit.to_learn)


def _step(newer: Framework, gap: UnitGap, module: Module | None) -> Step:
    if module is None:
        return Step(gap.unit, gap.to_learn, None)
    wanted = set(gap.to_learn)
    outcomes = tuple(o.code for o in module.outcomes if wanted & set(o.maps_to.get(newer.code, ())))
    return Step(gap.unit, gap.to_learn, module, outcomes, _lessons(module, outcomes))


def _lessons(module: Module, outcomes: Collection[str]) -> tuple[Lesson, ...]:
    """As few lessons as teach these outcomes, in the module's order: whoever tops up does not read everything anew."""
    left, chosen = set(outcomes), set()
    while left:
        best = max(module.lessons, key=lambda lesson: len(left & set(lesson.outcomes)), default=None)
        if best is None or not left & set(best.outcomes):
            break  # no lesson teaches the rest
        chosen.add(best.code)
        left -= set(best.outcomes)
    return tuple(lesson for lesson in module.lessons if lesson.code in chosen)
