"""The gap between two editions as an authority has them, and where one learner is on the short way across it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from lms.assessment.content import Frameworks
from lms.assessment.crossing.gap import Gap, Step, gap_between, steps_of
from lms.assessment.knowledge.kept import kept
from lms.assessment.knowledge.mapping import COURSE
from lms.assessment.knowledge.queries import Standing
from lms.assessment.knowledge.rules import LineState
from lms.assessment.shelf.crosswalk import Crosswalk
from lms.core.words import NotFound
from lms.learning.catalogue import Courses, Lesson, Module
from lms.learning.rules import Studied
from lms.people.rules import Nation


def gap_of(frameworks: Frameworks, crosswalk: Crosswalk, older: str, newer: str) -> Gap:
    """What the newer edition asks beyond the older one; worked out once. Raises NotFound where nobody wrote it down."""
    before, after, moves = frameworks.framework(older), frameworks.framework(newer), crosswalk.moves(older, newer)
    if moves is None:
        raise NotFound("crosswalk")
    return kept("gap", (before, after, moves), lambda: gap_between(before, after, moves))


def way_across(gap: Gap, courses: Courses) -> tuple[Step, ...]:
    """The short way, standard by standard; worked out once."""
    return kept("way across", (gap, courses), lambda: steps_of(gap, _made_for(gap, courses)))


def _made_for(gap: Gap, courses: Courses) -> Mapping[str, Module]:
    """The module of the course that is made for each standard of the newer edition."""
    if COURSE not in courses.courses:
        return {}
    found: dict[str, Module] = {}
    for module in courses.modules_of(COURSE):
        for unit in module.maps_to.get(gap.newer.code, ()):
            if module.ready:
                found.setdefault(unit, module)
    return found


def ahead_of(way: tuple[Step, ...], standing: Standing) -> tuple[Step, ...]:
    """The steps of which somebody has not shown every line; for a page that tells no more than that."""
    states = standing.lines
    return tuple(step for step in way if any(states[key] is not LineState.SHOWN for key in step.keys))


def minutes_of(steps: tuple[Step, ...]) -> int:
    """How long the lessons of these steps take, in minutes; one that serves twice counts once."""
    return sum({lesson.code: lesson.minutes for step in steps for lesson in step.lessons}.values())


@dataclass(frozen=True)
class Stage:
    """A step of the short way and where a learner is in it. `left` are the outcomes still to be asked about.

    `module` is the edition the learner keeps; None where there is none. `written` are outcomes without a question.
    """

    step: Step
    module: Module | None
    lessons: tuple[tuple[Lesson, bool], ...]
    left: tuple[str, ...]
    written: tuple[str, ...]
    lines_left: int

    @property
    def done(self) -> bool:
        """Whether every line of it is shown."""
        return self.lines_left == 0


@dataclass(frozen=True)
class Path:
    """The whole short way for one learner."""

    stages: tuple[Stage, ...]

    @cached_property
    def done(self) -> int:
        """How many standards of it are done."""
        return sum(stage.done for stage in self.stages)

    @cached_property
    def ahead(self) -> tuple[Stage, ...]:
        """The standards that are not."""
        return tuple(stage for stage in self.stages if not stage.done)

    @cached_property
    def minutes(self) -> int:
        """How long the lessons take that are still to read, in minutes; one that serves twice counts once."""
        left = {lesson.code: lesson.minutes for stage in self.ahead for lesson, read in stage.lessons if not read}
        return sum(left.values())

    @cached_property
    def questions(self) -> int:
        """How many outcomes are still to be asked about."""
        return sum(len(stage.left) for stage in self.ahead)


def path_of(
    way: tuple[Step, ...],
    standing: Standing,
    *,
    modules: Mapping[str, Module],
    done: Studied,
    shown: Mapping[str, object],
    nation: Nation | None = None,
) -> Path:
    """Where somebody is: `modules` are those of their course in the editions they keep, `shown` their outcomes.

    `nation` is where they are; outcomes that do not hold there are not asked about.
    """
    over = set(shown) | done.prior
    stages = ((step, _kept(step, modules)) for step in way)
    return Path(tuple(_stage(step, standing, module, done, _open(module, nation, over)) for step, module in stages))


def _kept(step: Step, modules: Mapping[str, Module]) -> Module | None:
    return modules.get(step.module.code, step.module) if step.module else None


def _open(module: Module | None, nation: Nation | None, over: Collection[str]) -> frozenset[str]:
    """The outcomes of a module that hold in a nation and are still to be shown."""
    if module is None:
        return frozenset()
    here = module.outcomes_in(nation) if nation else [outcome.code for outcome in module.outcomes]
    return frozenset(here).difference(over)


def _stage(step: Step, standing: Standing, module: Module | None, done: Studied, left: Collection[str]) -> Stage:
    return Stage(
        step=step,
        module=module,
        lessons=tuple((lesson, lesson.code in done.lessons) for lesson in step.lessons),
        left=tuple(code for code in step.asked if code in left),
        written=tuple(code for code in step.written if code in left),
        lines_left=sum(standing.lines[key] is not LineState.SHOWN for key in step.keys),
    )
