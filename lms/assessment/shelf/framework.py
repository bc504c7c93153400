"""One edition of a framework: units (for the Care Certificate, standards) with their outcomes and lines."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Self

from pydantic import Field, model_validator

from lms.assessment.rules import HOUSEHOLD, Capacity, Kind
from lms.assessment.shelf.judging import Judging
from lms.assessment.shelf.parts import CODE, Criterion, Line, Outcome, line_of
from lms.core.content import Authored, Words
from lms.core.words import NotFound
from lms.people.rules import Nation


class Wording(StrEnum):
    """Whose words the criteria are. A paraphrase is shown as one, beside the official code."""

    OUR_OWN = "our_own"
    PARAPHRASE = "paraphrase"


class Unit(Authored):
    """What is signed off as a whole. `module` is the taught module it belongs to, if any."""

    code: str = Field(pattern=CODE)
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

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line in order: of each outcome its criteria, then its topics."""
        return tuple(line_of(part, outcome.code, self.code) for outcome in self.outcomes for part in outcome.parts)

    @cached_property
    def knowledge(self) -> tuple[Line, ...]:
        """The lines about what somebody knows."""
        return tuple(line for line in self.lines if line.kind is Kind.KNOWLEDGE)

    @cached_property
    def practice(self) -> tuple[Line, ...]:
        """The lines about what somebody does: seen at work, never shown by e-learning."""
        return tuple(line for line in self.lines if line.kind is Kind.PRACTICE)


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
    """One edition of a framework. `says` tells readers whose it is and what it is not.

    `introduced` is a year and month; `supersedes` the code of the framework it took the place of, which stays loaded,
    since records and awards of it stay.
    """

    code: str = Field(pattern=CODE)
    edition: str = Field(pattern=r"^[A-Za-z0-9.-]{1,20}$")
    nation: Nation | None = None
    introduced: str | None = Field(default=None, pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")
    supersedes: str | None = None
    title: Words
    says: Words
    wording: Wording
    course: CourseEdition | None = None
    statements: Statements
    judging: Judging = Judging()
    units: tuple[Unit, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _practice_can_be_seen(self) -> Self:
        ours = self.wording is Wording.OUR_OWN
        for unit in self.units:
            for criterion in unit.criteria:
                if ours and criterion.kind is Kind.PRACTICE and len(criterion.what_to_look_for) < 3:
                    raise ValueError(f"{criterion.code} needs 3 to 5 things to look for, since employers judge by them")
        return self

    @cached_property
    def lines(self) -> Mapping[str, Line]:
        """Every line by its key, in order."""
        return {line.key: line for unit in self.units for line in unit.lines}

    @cached_property
    def knowledge(self) -> tuple[Line, ...]:
        """Every line about what somebody knows, in order."""
        return tuple(line for unit in self.units for line in unit.knowledge)

    @cached_property
    def _units(self) -> Mapping[str, Unit]:
        return {unit.code: unit for unit in self.units}

    def line(self, key: str) -> Line:
        """One line. Raises NotFound."""
        if key not in self.lines:
            raise NotFound("line")
        return self.lines[key]

    def unit(self, code: str) -> Unit:
        """One unit. Raises NotFound."""
        if code not in self._units:
            raise NotFound("unit")
        return self._units[code]

    @cached_property
    def is_standards(self) -> bool:
        """Whether this is a published set of numbered standards, told in our own words."""
        return self.wording is Wording.PARAPHRASE and all(unit.number is not None for unit in self.units)
