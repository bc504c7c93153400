"""The assessments shelf: frameworks by code and edition, each a tree of units, outcomes and criteria.

One folder holds one edition: `<folder>/framework.yaml`. For the Care Certificate a unit is a standard. Editions stand
beside each other, since a learner finishes by the edition they began with.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, StrictBool, model_validator

from lms.assessment.rules import HOUSEHOLD, Capacity, Kind
from lms.core.content import Authored, Problems, Source, Words, read_yaml, validated

FILE = "framework.yaml"
_CODE = r"^[A-Za-z0-9][A-Za-z0-9.-]{0,39}$"


class Wording(StrEnum):
    """Whose words the criteria are. A paraphrase is shown as one, beside the official code."""

    OUR_OWN = "our_own"
    PARAPHRASE = "paraphrase"


class HowSure(StrEnum):
    """How sure the code and meaning of a published line are; see the reference data."""

    FOUND = "found"
    RECALLED = "recalled"
    INFERRED = "inferred"


class Criterion(Authored):
    """One thing somebody has to know or to do. `maps_to` names criteria of other frameworks it speaks to."""

    code: str = Field(pattern=_CODE)
    text: Words
    about_me: Words | None = None
    kind: Kind
    simulation_allowed: StrictBool | Literal["unknown"]
    source: HowSure | None = None
    note: str | None = None
    what_to_look_for: tuple[Words, ...] = Field(default=(), max_length=5)
    maps_to: Mapping[str, tuple[str, ...]] = {}

    @property
    def may_be_simulated(self) -> bool:
        """Whether it may be shown away from real work. Unknown means no, until somebody has checked."""
        return self.simulation_allowed is True

    @property
    def said_to_learner(self) -> Words:
        """The criterion as the learner reads it."""
        return self.about_me or self.text


class Outcome(Authored):
    """Criteria that belong together."""

    code: str = Field(pattern=_CODE)
    title: Words
    source: HowSure | None = None
    criteria: tuple[Criterion, ...] = Field(min_length=1)


class Unit(Authored):
    """What is signed off as a whole. `module` is the taught module it belongs to, if any."""

    code: str = Field(pattern=_CODE)
    number: int | None = None
    title: Words
    about: Words | None = None
    module: str | None = None
    outcomes: tuple[Outcome, ...] = Field(min_length=1)

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """Every criterion in order."""
        return tuple(criterion for outcome in self.outcomes for criterion in outcome.criteria)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of every criterion in order."""
        return tuple(criterion.code for criterion in self.criteria)


class Statements(Authored):
    """What somebody confirms when they sign off, by the part in which they saw the work."""

    assessor: Words
    household: Words

    def for_(self, capacity: Capacity) -> Words:
        """The statement for a capacity."""
        return self.household if capacity in HOUSEHOLD else self.assessor


class CourseEdition(Authored):
    """The course, and its edition, whose learners are assessed by a framework."""

    code: str
    edition: str


class Framework(Authored):
    """One edition of a framework. `says` tells readers whose it is and what it is not."""

    code: str = Field(pattern=_CODE)
    edition: str = Field(pattern=r"^[A-Za-z0-9.-]{1,20}$")
    title: Words
    says: Words
    wording: Wording
    course: CourseEdition | None = None
    statements: Statements
    units: tuple[Unit, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _practice_can_be_seen(self) -> Self:
        ours = self.wording is Wording.OUR_OWN
        for unit in self.units:
            for criterion in unit.criteria:
                if ours and criterion.kind is Kind.PRACTICE and len(criterion.what_to_look_for) < 3:
                    raise ValueError(f"{criterion.code} needs 3 to 5 things to look for, since employers judge by them")
        return self


@dataclass(frozen=True)
class Placed:
    """A unit with the framework it stands in."""

    framework: Framework
    unit: Unit

    def criterion(self, code: str) -> Criterion | None:
        """The criterion with a code, or None."""
        return next((criterion for criterion in self.unit.criteria if criterion.code == code), None)


@dataclass(frozen=True)
class Frameworks:
    """Every framework there is, by code and edition."""

    by_edition: Mapping[tuple[str, str], Framework]

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


def load(folders: Sequence[Path], problems: Problems) -> Frameworks:
    """Read every framework of every folder; a later folder replaces what has the same code and edition."""
    found: dict[tuple[str, str], Framework] = {}
    for folder in folders:
        here: dict[tuple[str, str], Path] = {}
        for path, framework in _read(folder, problems):
            key = (framework.code, framework.edition)
            if key in here:
                problems.add(path, 1, f"{framework.code} {framework.edition} stands in {here[key]} already.")
            here[key], found[key] = path, framework
    return Frameworks(found)


def _read(folder: Path, problems: Problems) -> Iterator[tuple[Path, Framework]]:
    for place in sorted(p for p in folder.iterdir() if p.is_dir()) if folder.is_dir() else ():
        source = read_yaml(place / FILE, problems)
        framework = validated(Framework, source, problems) if source else None
        if source and framework:
            _check_codes(framework, source, problems)
            yield source.path, framework


def _check_codes(framework: Framework, source: Source, problems: Problems) -> None:
    """Units, and criteria, have their codes to themselves within a framework: facts name them by code."""
    units: set[str] = set()
    criteria: set[str] = set()
    for u, unit in enumerate(framework.units):
        if unit.code in units:
            problems.add(source.path, source.line("units", u, "code"), f"Unit {unit.code} stands here twice.")
        units.add(unit.code)
        for o, outcome in enumerate(unit.outcomes):
            for c, criterion in enumerate(outcome.criteria):
                if criterion.code in criteria:
                    line = source.line("units", u, "outcomes", o, "criteria", c, "code")
                    problems.add(source.path, line, f"Criterion {criterion.code} stands here twice.")
                criteria.add(criterion.code)
