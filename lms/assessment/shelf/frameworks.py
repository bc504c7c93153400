"""Every framework there is, by code and edition, and what can be asked of them together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lms.assessment.shelf.framework import CourseEdition, Framework, Unit
from lms.assessment.shelf.parts import Criterion, Line
from lms.assessment.shelf.sections import Sections
from lms.core.words import NotFound
from lms.learning.catalogue import Place, edition_order


@dataclass(frozen=True)
class Placed:
    """A unit with the framework it stands in."""

    framework: Framework
    unit: Unit

    def criterion(self, code: str) -> Criterion | None:
        """The criterion with a code, or None."""
        return next((criterion for criterion in self.unit.criteria if criterion.code == code), None)

    def line(self, key: str) -> Line | None:
        """The line with a key, or None."""
        return next((line for line in self.unit.lines if line.key == key), None)


@dataclass(frozen=True)
class Frameworks:
    """Every framework there is, by code and edition, and those known by their sections.

    `places` says where each unit and line was written, by framework, edition, and code or key.
    `held` keeps what authorities laid over this, while the process runs; see `lines.queries.frameworks_for`.
    """

    by_edition: Mapping[tuple[str, str], Framework]
    sections: Mapping[str, Sections] = field(default_factory=dict)
    places: Mapping[tuple[str, str], Mapping[str, Place]] = field(default_factory=dict, repr=False, compare=False)
    held: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def newest(self) -> Mapping[str, Framework]:
        """The newest edition of each framework, by code."""
        ordered = sorted(self.by_edition.values(), key=lambda each: edition_order(each.edition))
        return {framework.code: framework for framework in ordered}

    def framework(self, code: str) -> Framework:
        """The newest edition of a framework. Raises NotFound."""
        if code not in self.newest:
            raise NotFound("framework")
        return self.newest[code]

    def has(self, framework: str, key: str) -> bool:
        """Whether there is a framework with this line, unit or section."""
        if framework in self.newest:
            found = self.newest[framework]
            return key in found.lines or any(unit.code == key for unit in found.units)
        return framework in self.sections and key in self.sections[framework].by_code

    def knows(self, framework: str) -> bool:
        """Whether a framework is loaded, with its lines or by its sections."""
        return framework in self.newest or framework in self.sections

    def standards(self) -> tuple[Framework, ...]:
        """The published sets of numbered standards, the one introduced last first."""
        found = (framework for framework in self.newest.values() if framework.is_standards)
        return tuple(sorted(found, key=lambda each: (each.introduced or "", each.code), reverse=True))

    def units_for(self, course: str, edition: str) -> tuple[Placed, ...]:
        """The units that learners of an edition of a course have to show; none when no framework names it."""
        wanted = CourseEdition(code=course, edition=edition)
        return tuple(
            Placed(framework, unit)
            for framework in self.by_edition.values()
            if framework.course == wanted
            for unit in framework.units
        )

    def units_of_module(self, module: str, edition: str | None = None) -> tuple[Placed, ...]:
        """The units that belong to a taught module in an edition of its course; None means the newest there is."""
        found = [
            (framework.course.edition, Placed(framework, unit))
            for framework in self.by_edition.values()
            if framework.course is not None
            for unit in framework.units
            if unit.module == module
        ]
        wanted = edition or max((of for of, _ in found), default="")
        return tuple(placed for of, placed in found if of == wanted)

    def placed(self, framework: str, edition: str, unit: str) -> Placed | None:
        """One unit of one edition, or None."""
        found = self.by_edition.get((framework, edition))
        inside = next((one for one in found.units if one.code == unit), None) if found else None
        return Placed(found, inside) if found and inside else None
