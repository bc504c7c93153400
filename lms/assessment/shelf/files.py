"""Reads the assessments shelf: frameworks, sections and corrections, every mistake with file and line.

A folder of the shelf holds one edition (`framework.yaml`), a framework known by its sections (`sections.yaml`), lines
that were looked up (`corrections.yaml`), or several of them. The folder `crosswalk` is read by `crossing`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from lms.assessment.shelf.corrections import CORRECTIONS, Corrections, LineLooked, laid_over, wrong
from lms.assessment.shelf.crossing import FOLDER
from lms.assessment.shelf.framework import Framework
from lms.assessment.shelf.frameworks import Frameworks
from lms.assessment.shelf.sections import SECTIONS, Sections
from lms.core.content import Authored, Problems, Source, read_yaml, validated
from lms.learning.catalogue import Place

FILE = "framework.yaml"
Edition = tuple[str, str]
A = TypeVar("A", bound=Authored)


@dataclass
class _Found:
    """What the folders hold so far. `replaced` are editions a later folder put another in the place of."""

    frameworks: dict[Edition, Framework] = field(default_factory=dict)
    sources: dict[Edition, Source] = field(default_factory=dict)
    sections: dict[str, Sections] = field(default_factory=dict)
    corrections: dict[str, tuple[Corrections, Source]] = field(default_factory=dict)
    replaced: list[tuple[Framework, Framework, Source]] = field(default_factory=list)


def load(folders: Sequence[Path], problems: Problems) -> Frameworks:
    """Read every framework of every folder; a later folder replaces what has the same code and edition."""
    found = _Found()
    for folder in folders:
        here: dict[object, Path] = {}
        for place in sorted(p for p in folder.iterdir() if p.is_dir()) if folder.is_dir() else ():
            if place.name != FOLDER:
                _read(place, found, here, problems)
    _check_replaced(found, problems)
    _check_superseded(found, problems)
    places = {edition: _places(framework, found.sources[edition]) for edition, framework in found.frameworks.items()}
    return Frameworks(_corrected(found, problems), found.sections, places)


def _read(place: Path, found: _Found, here: dict[object, Path], problems: Problems) -> None:
    if (place / SECTIONS).is_file():
        for sections, source in _one(Sections, place / SECTIONS, problems):
            _once(sections.code, source, here, problems)
            _check_sections(sections, source, problems)
            found.sections[sections.code] = sections
    if (place / CORRECTIONS).is_file():
        for corrections, source in _one(Corrections, place / CORRECTIONS, problems):
            _once(("corrections", corrections.code), source, here, problems)
            found.corrections[corrections.code] = corrections, source
    if (place / FILE).is_file() or not any((place / name).is_file() for name in (SECTIONS, CORRECTIONS)):
        for framework, source in _one(Framework, place / FILE, problems):
            edition = (framework.code, framework.edition)
            _once(edition, source, here, problems)
            _check_codes(framework, source, problems)
            if edition in found.frameworks:
                found.replaced.append((found.frameworks[edition], framework, source))
            found.frameworks[edition], found.sources[edition] = framework, source


def _one(model: type[A], path: Path, problems: Problems) -> Iterator[tuple[A, Source]]:
    source = read_yaml(path, problems)
    read = validated(model, source, problems) if source else None
    if source and read:
        yield read, source


def _once(name: object, source: Source, here: dict[object, Path], problems: Problems) -> None:
    if name in here:
        said = " ".join(name) if isinstance(name, tuple) else name
        problems.add(source.path, source.line("code"), f"{said} stands in {here[name]} already.")
    here[name] = source.path


def _check_codes(framework: Framework, source: Source, problems: Problems) -> None:
    """Units, and lines, have their codes and keys to themselves within a framework: facts name them by it."""
    units: set[str] = set()
    lines: set[str] = set()
    for u, unit in enumerate(framework.units):
        if unit.code in units:
            problems.add(source.path, source.line("units", u, "code"), f"Unit {unit.code} stands here twice.")
        units.add(unit.code)
        for o, outcome in enumerate(unit.outcomes):
            at = ("units", u, "outcomes", o)
            for c, criterion in enumerate(outcome.criteria):
                if criterion.code in lines:
                    line = source.line(*at, "criteria", c, "code")
                    problems.add(source.path, line, f"Criterion {criterion.code} stands here twice.")
                lines.add(criterion.code)
            for t, topic in enumerate(outcome.topics):
                line = source.line(*at, "topics", t, "key")
                names = {topic.key} | ({topic.code} if topic.code else set())
                for name in sorted(names & lines):
                    problems.add(source.path, line, f"Topic {name} stands here twice.")
                lines |= names
                if not topic.key.startswith(f"{outcome.code}~"):
                    problems.add(source.path, line, f"The key {topic.key} has to begin with {outcome.code}~.")


def _check_sections(sections: Sections, source: Source, problems: Problems) -> None:
    codes = [section.code for section in sections.sections]
    for i, code in enumerate(codes):
        if code in codes[:i]:
            problems.add(source.path, source.line("sections", i), f"Section {code} stands here twice.")


def _check_replaced(found: _Found, problems: Problems) -> None:
    """Records name lines by key and stand on their kind, so an edition that is replaced keeps both."""
    moved = {
        (entry.framework, entry.edition, entry.key): entry.was
        for corrections, _source in found.corrections.values()
        for entry in corrections.corrections
        if entry.was is not None
    }
    for old, new, source in found.replaced:
        where = _spots(source)
        for key, line in old.lines.items():
            if key not in new.lines:
                problems.add(source.path, 1, f"{key} of {old.code} {old.edition} is left out: records may name it.")
            elif new.lines[key].kind is not line.kind and moved.get((old.code, old.edition, key)) is not line.kind:
                sentence = f"{key} was {line.kind} and is {new.lines[key].kind} here. Only {CORRECTIONS} may move it."
                problems.add(source.path, where.get(key, 1), sentence)


def _spots(source: Source) -> Mapping[str, int]:
    """On which line each unit and each line of a framework stands, by code or key."""
    found: dict[str, int] = {}
    for u, unit in enumerate(source.data["units"]):
        found[str(unit["code"])] = source.line("units", u)
        for o, outcome in enumerate(unit["outcomes"]):
            for kind, name in (("criteria", "code"), ("topics", "key")):
                for i, part in enumerate(outcome.get(kind) or ()):
                    found[str(part[name])] = source.line("units", u, "outcomes", o, kind, i)
    return found


def _places(framework: Framework, source: Source) -> Mapping[str, Place]:
    spots = {key: (source.path, line) for key, line in _spots(source).items()}
    return {framework.code: (source.path, source.line("code")), **spots}


def _check_superseded(found: _Found, problems: Problems) -> None:
    """Whatever took the place of another has it loaded, and nothing took, by way of others, the place of itself."""
    before = {code: framework.supersedes for (code, _edition), framework in found.frameworks.items()}
    for edition, framework in found.frameworks.items():
        if framework.supersedes is None:
            continue
        source = found.sources[edition]
        if framework.supersedes not in before:
            sentence = f"The framework “{framework.supersedes}” is not loaded."
            problems.add(source.path, source.line("supersedes"), sentence)
        seen: set[str] = set()
        step: str | None = framework.supersedes
        while step is not None and step not in seen:
            seen.add(step)
            step = before.get(step)
        if framework.code in seen:
            sentence = f"{framework.code} would have taken the place of itself: what supersedes what goes in a circle."
            problems.add(source.path, source.line("supersedes"), sentence)


def _corrected(found: _Found, problems: Problems) -> Mapping[Edition, Framework]:
    """Every framework with what packs corrected, in the order of the packs."""
    frameworks = dict(found.frameworks)
    for corrections, source in found.corrections.values():
        for i, entry in enumerate(corrections.corrections):
            _lay(entry, ("corrections", i), source, frameworks, problems)
    return frameworks


def _lay(
    entry: LineLooked,
    where: tuple[str | int, ...],
    source: Source,
    frameworks: dict[Edition, Framework],
    problems: Problems,
) -> None:
    edition = (entry.framework, entry.edition)
    if not wrong(entry, where, source, frameworks.get(edition), problems):
        frameworks[edition] = laid_over(frameworks[edition], [entry.check()])
