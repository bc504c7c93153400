"""The crosswalk as somebody reads it: one standard, module or section, and what speaks to each part of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lms.assessment.content import Framework, Frameworks, Line, Unit
from lms.assessment.shelf.crossing import HowSureOrOurs
from lms.assessment.shelf.crosswalk import Crosswalk, Link, Ref
from lms.core.content import Words
from lms.core.words import NotFound
from lms.learning.catalogue import Courses, Module


@dataclass(frozen=True)
class Part:
    """One end of a link: a line, standard, section, module or outcome.

    `of` is the title of the framework or module it stands in; `group` and `page` say on which sheet. Of a line `line`
    is it, and `code` what is shown where there is none.
    """

    ref: Ref
    of: Words
    text: Words
    group: str
    page: str
    code: str = ""
    line: Line | None = None
    number: int | None = None


@dataclass(frozen=True)
class Spoken:
    """Something that speaks to a part, on what grounds, and how sure that is."""

    part: Part
    because: tuple[str, Mapping[str, str]]
    source: HowSureOrOurs
    note: Words | None


@dataclass(frozen=True)
class Row:
    """A part with everything that speaks to it."""

    part: Part
    spoken: tuple[Spoken, ...]


@dataclass(frozen=True)
class Sheet:
    """A standard, section or module, `head`, and its lines or outcomes."""

    head: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Sheets:
    """Everything that can be looked up, as one authority has it."""

    frameworks: Frameworks
    courses: Courses
    crosswalk: Crosswalk

    def sheet(self, group: str, page: str) -> Sheet:
        """One of them. Raises NotFound."""
        head, *parts = self._parts(group, page)
        return Sheet(self._row(head), tuple(self._row(part) for part in parts))

    def _parts(self, group: str, page: str) -> Iterator[Part]:
        frameworks = self.frameworks
        if group in frameworks.newest:
            framework = frameworks.framework(group)
            unit = framework.unit(page)
            yield _unit(framework, unit)
            yield from (_line(framework, line) for line in unit.lines)
        elif group in self.courses.modules and group == page:
            module = self.courses.modules[group]
            yield _module(module)
            yield from self._outcomes(module)
        else:
            section = self._section(Ref(group, page))
            if section is None:
                raise NotFound("part")
            yield section

    def _outcomes(self, module: Module) -> Iterator[Part]:
        for outcome in module.outcomes:
            ref = Ref(module.code, outcome.code)
            yield Part(ref, module.title, outcome.text, module.code, module.code, outcome.code)

    def _section(self, ref: Ref) -> Part | None:
        found = self.frameworks.sections.get(ref.framework)
        if found is None or ref.key not in found.by_code:
            return None
        section = found.by_code[ref.key]
        return Part(ref, found.title, section.title, ref.framework, ref.key, number=section.number)

    def _row(self, part: Part) -> Row:
        spoken = (self._spoken(part.ref, link) for link in self.crosswalk.of(part.ref))
        return Row(part, tuple(each for each in spoken if each is not None))

    def _spoken(self, ref: Ref, link: Link) -> Spoken | None:
        part = self._part(link.other(ref))
        return Spoken(part, link.because, link.source, link.note) if part else None

    def _part(self, ref: Ref) -> Part | None:
        if ref.framework in self.frameworks.newest:
            framework = self.frameworks.framework(ref.framework)
            if ref.key in framework.lines:
                return _line(framework, framework.lines[ref.key])
            return next((_unit(framework, unit) for unit in framework.units if unit.code == ref.key), None)
        if ref.framework in self.courses.modules:
            module = self.courses.modules[ref.framework]
            if ref.key == module.code:
                return _module(module)
            return next((part for part in self._outcomes(module) if part.ref == ref), None)
        return self._section(ref)


def _unit(framework: Framework, unit: Unit) -> Part:
    ref = Ref(framework.code, unit.code)
    return Part(ref, framework.title, unit.title, framework.code, unit.code, number=unit.number)


def _line(framework: Framework, line: Line) -> Part:
    ref = Ref(framework.code, line.key)
    return Part(ref, framework.title, line.text, framework.code, line.unit, line.code or "", line)


def _module(module: Module) -> Part:
    return Part(Ref(module.code, module.code), module.title, module.title, module.code, module.code, module.code)
