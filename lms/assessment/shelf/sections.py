"""Sections of a framework that we only point at: numbers and titles, no criteria; `<folder>/sections.yaml`."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property

from pydantic import Field

from lms.assessment.shelf.parts import CODE, HowSure
from lms.core.content import Authored, Words
from lms.people.rules import Nation

SECTIONS = "sections.yaml"


class Audience(StrEnum):
    """Whose support a section is about."""

    ADULTS = "adults"
    CHILDREN = "children"
    ALL = "all"


class Section(Authored):
    """One section. `source` says how sure its number and title are."""

    code: str = Field(pattern=CODE)
    number: int = Field(ge=1)
    title: Words
    audience: Audience
    source: HowSure


class Sections(Authored):
    """A framework known by its sections. `says` tells readers whose it is and what we say about it."""

    code: str = Field(pattern=CODE)
    nation: Nation | None = None
    title: Words
    says: Words
    sections: tuple[Section, ...] = Field(min_length=1)

    @cached_property
    def by_code(self) -> Mapping[str, Section]:
        """Each section by its code, in order."""
        return {section.code: section for section in self.sections}
