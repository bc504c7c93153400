"""Reads framework files: one folder holds one edition, `<folder>/framework.yaml`; mistakes come with file and line."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from lms.assessment.shelf.framework import Framework
from lms.assessment.shelf.frameworks import Frameworks
from lms.core.content import Problems, Source, read_yaml, validated

FILE = "framework.yaml"


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
                names = {topic.key} | ({topic.code} if topic.code else set())
                for name in sorted(names & lines):
                    problems.add(source.path, source.line(*at, "topics", t), f"{name} stands here twice.")
                lines |= names
                if not topic.key.startswith(f"{outcome.code}~"):
                    line = source.line(*at, "topics", t, "key")
                    problems.add(source.path, line, f"The key {topic.key} has to begin with {outcome.code}~.")
