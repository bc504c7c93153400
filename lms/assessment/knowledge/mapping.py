"""Which lines of a framework the modules of a course teach, worked out of what their authors wrote."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lms.assessment.content import Framework
from lms.assessment.rules import Kind
from lms.learning.catalogue import Courses, Module
from lms.people.rules import Nation

COURSE = "CCK"
"""The course that teaches the knowledge of the Care Certificate standards."""


@dataclass(frozen=True)
class Teaching:
    """What modules teach of one edition of a framework. Practice lines are in none of it.

    `outcomes`: the outcomes that teach a line, with their modules. `lines`: the lines a lesson teaches. `modules`: the
    modules that belong to a unit, the one that is made for it first. `lessons`: the lessons of each module.
    """

    outcomes: Mapping[str, Mapping[str, str]]
    lines: Mapping[str, frozenset[str]]
    modules: Mapping[str, tuple[str, ...]]
    lessons: Mapping[str, tuple[str, ...]]


def teachers(courses: Courses) -> tuple[Module, ...]:
    """The modules that teach lines of frameworks: those of the course, then others whose outcomes name lines."""
    own = courses.modules_of(COURSE)
    others = (module for module in courses.modules.values() if module not in own and _names_lines(module))
    return (*own, *others)


def _names_lines(module: Module) -> bool:
    return module.ready and any("." in key for o in module.outcomes for keys in o.maps_to.values() for key in keys)


def teaching(framework: Framework, modules: Sequence[Module], nation: Nation | None = None) -> Teaching:
    """What these modules teach of a framework; codes the framework does not have are passed over.

    In a nation only the outcomes count that hold there: nobody has to show what they are not asked.
    """
    outcomes: dict[str, dict[str, str]] = {}
    lessons: dict[str, set[str]] = {}
    units: dict[str, list[str]] = {unit.code: [] for unit in framework.units}
    for module in modules:
        mine = dict(_mapped(framework, module, nation))
        for outcome, keys in mine.items():
            for key in keys:
                outcomes.setdefault(key, {})[outcome] = module.code
        for lesson in module.lessons:
            lessons.setdefault(lesson.code, set()).update(k for o in lesson.outcomes for k in mine.get(o, ()))
        for unit in module.maps_to.get(framework.code, ()):
            if unit in units:
                units[unit].append(module.code)
    _add_teachers(framework, outcomes, units)
    return Teaching(
        outcomes,
        {lesson: frozenset(keys) for lesson, keys in lessons.items() if keys},
        {unit: tuple(codes) for unit, codes in units.items()},
        {module.code: tuple(lesson.code for lesson in module.lessons) for module in modules},
    )


def _mapped(framework: Framework, module: Module, nation: Nation | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    for outcome in module.outcomes:
        if nation is not None and nation not in outcome.nations:
            continue
        keys = outcome.maps_to.get(framework.code, ())
        known = tuple(k for k in keys if k in framework.lines and framework.lines[k].kind is Kind.KNOWLEDGE)
        if known:
            yield outcome.code, known


def _add_teachers(
    framework: Framework, outcomes: Mapping[str, Mapping[str, str]], units: Mapping[str, list[str]]
) -> None:
    for key, teachers in outcomes.items():
        listed = units[framework.lines[key].unit]
        listed.extend(module for module in dict.fromkeys(teachers.values()) if module not in listed)


def digest(frameworks: Iterable[Framework], modules: Iterable[Module], corrected: str = "") -> str:
    """A name for everything that says which outcomes show which lines; it changes when any of that does."""
    said = hashlib.sha256(corrected.encode())
    for framework in sorted(frameworks, key=lambda each: (each.code, each.edition)):
        known = sorted(key for key, line in framework.lines.items() if line.kind is Kind.KNOWLEDGE)
        said.update(repr((framework.code, framework.edition, known)).encode())
    for module in sorted(modules, key=lambda each: (each.code, each.edition)):
        mapped = [(o.code, sorted((f, sorted(keys)) for f, keys in o.maps_to.items())) for o in module.outcomes]
        said.update(repr((module.code, module.edition, mapped)).encode())
    return said.hexdigest()
