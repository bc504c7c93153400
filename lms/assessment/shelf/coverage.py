"""How much of each published edition the modules cover: a lesson, and a question or activity, for every line.

It is said for what is loaded and can be studied. Practice is not counted: it is seen at work, and no module covers it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.assessment.shelf.frameworks import Frameworks
from lms.assessment.shelf.parts import Line
from lms.core.content import Problem
from lms.core.shelves import Shelves
from lms.learning.catalogue import Courses, Module, Outcome


@dataclass(frozen=True)
class Coverage:
    """One edition: its knowledge lines and those that are not covered; topics without a code are counted apart."""

    framework: str
    edition: str
    criteria: tuple[Line, ...]
    topics: tuple[Line, ...]
    uncovered: Mapping[str, str]

    def _covered(self, lines: Sequence[Line]) -> int:
        return sum(line.key not in self.uncovered for line in lines)

    @property
    def sentence(self) -> str:
        """What `lms check` says of it."""
        criteria = f"{self._covered(self.criteria)} of {len(self.criteria)} knowledge criteria covered"
        topics = f"{self._covered(self.topics)} of {len(self.topics)} topics without a code"
        return f"{self.framework}: {criteria} by a lesson and a question or activity; {topics}."

    def plain(self) -> dict[str, object]:
        """The same as numbers and names, for a script."""
        topics = {line.key for line in self.topics}
        return {
            "framework": self.framework,
            "edition": self.edition,
            "criteria": len(self.criteria),
            "criteria_covered": self._covered(self.criteria),
            "topics": len(self.topics),
            "topics_covered": self._covered(self.topics),
            "uncovered_criteria": [key for key in self.uncovered if key not in topics],
            "uncovered_topics": [key for key in self.uncovered if key in topics],
        }


def coverage(shelves: Shelves) -> tuple[Coverage, ...]:
    """The coverage of every published edition, the newest first."""
    frameworks, courses = shelves[Frameworks], shelves[Courses]
    return tuple(
        Coverage(
            framework=framework.code,
            edition=framework.edition,
            criteria=tuple(line for line in framework.knowledge if line.code is not None),
            topics=tuple(line for line in framework.knowledge if line.code is None),
            uncovered=_uncovered(framework.code, framework.knowledge, courses),
        )
        for framework in frameworks.standards()
    )


def notes(shelves: Shelves) -> list[Problem]:
    """A note for each line that is not covered, where the line is written."""
    places, found = shelves[Frameworks].places, list[Problem]()
    for each in coverage(shelves):
        here = places.get((each.framework, each.edition), {})
        for line in (*each.criteria, *each.topics):
            if line.key in each.uncovered and line.key in here:
                what = f"{line.key} of {each.framework}"
                name = what if line.code else f"{what}, a topic without a code,"
                path, number = here[line.key]
                found.append(Problem(path, number, f"{name} {each.uncovered[line.key]}."))
    return found


def _uncovered(framework: str, lines: Sequence[Line], courses: Courses) -> dict[str, str]:
    teachers: dict[str, list[tuple[Module, Outcome]]] = {}
    for module in courses.modules.values():
        for outcome in module.outcomes if module.ready else ():
            for key in outcome.maps_to.get(framework, ()):
                teachers.setdefault(key, []).append((module, outcome))
    lacks = ((line.key, _lack(teachers.get(line.key, ()))) for line in lines)
    return {key: lack for key, lack in lacks if lack}


def _lack(teachers: Sequence[tuple[Module, Outcome]]) -> str:
    """What is missing for a line, or nothing: one module has to have both for one of its outcomes."""
    if not teachers:
        return "is in no module that can be studied"
    found = [(_taught(module, outcome), _asked(module, outcome)) for module, outcome in teachers]
    if any(taught and asked for taught, asked in found):
        return ""
    codes = ", ".join(outcome.code for _module, outcome in teachers)
    if any(taught for taught, _asked_ in found):
        return f"has no question and no activity ({codes})"
    return f"has no lesson ({codes})"


def _taught(module: Module, outcome: Outcome) -> bool:
    return any(outcome.code in lesson.outcomes for lesson in module.lessons)


def _asked(module: Module, outcome: Outcome) -> bool:
    by_question = any(question.outcome == outcome.code for question in module.questions)
    by_activity = module.activity is not None and outcome.code in module.activity.shows
    return by_question or by_activity or bool(outcome.asked_also)
