"""Lines somebody looked up in the official document: confirmed, or corrected. Written in packs, kept for authorities.

`<folder>/corrections.yaml` of a pack holds for everybody who loads the pack; what an authority's administrators
looked up holds for that authority. Both are laid over frameworks by the same function, so an exported correction
says the same as the one it was exported from.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self, TypeVar

from pydantic import Field, model_validator

from lms.assessment.rules import Kind
from lms.assessment.shelf.framework import Framework, Unit
from lms.assessment.shelf.parts import (
    CODE,
    Criterion,
    Line,
    LineStanding,
    Looked,
    Outcome,
    Simulation,
    Topic,
    with_,
)
from lms.core.content import Authored, Problems, Source, Words

CORRECTIONS = "corrections.yaml"
P = TypeVar("P", Criterion, Topic)
LONGEST_TEXT = 200
"""Characters of a paraphrase: enough for a short sentence of ours, too few for an official one to be pasted in."""


@dataclass(frozen=True)
class LineCheck:
    """One line as somebody with the official document says it is: they confirm it, or this is what it should be."""

    key: str
    looked: Looked
    code: str | None
    text: Words
    kind: Kind
    simulation_allowed: Simulation
    on: date
    by_name: str

    def fits(self, line: Line) -> bool:
        """Whether a line says just this."""
        mine = (self.code, self.text, self.kind, self.simulation_allowed)
        return mine == (line.code, line.text, line.kind, line.simulation_allowed)


class LineLooked(Authored):
    """One entry of corrections.yaml. `was` is the kind it had, and needed where the kind is another now."""

    framework: str
    edition: str
    key: str = Field(max_length=60)
    looked: Looked
    code: str | None = Field(default=None, pattern=CODE)
    text: Words
    kind: Kind
    was: Kind | None = None
    simulation_allowed: Simulation
    looked_up_in: str = Field(min_length=1, max_length=300)
    document_on: date | None = None
    on: date
    by: str = Field(min_length=1, max_length=200)

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.looked is Looked.UNCHECKED:
            raise ValueError("a line here is confirmed or corrected")
        if any(len(text or "") > LONGEST_TEXT for text in (self.text.en, self.text.cy)):
            raise ValueError(f"the text is our own paraphrase and has at most {LONGEST_TEXT} characters")
        return self

    def check(self) -> LineCheck:
        """What it says of its line."""
        return LineCheck(
            self.key, self.looked, self.code, self.text, self.kind, self.simulation_allowed, self.on, self.by
        )


class Corrections(Authored):
    """A file of lines that were looked up."""

    code: str = Field(pattern=CODE)
    corrections: tuple[LineLooked, ...] = ()


def laid_over(framework: Framework, checks: Iterable[LineCheck]) -> Framework:
    """A framework with lines as they were looked up; a later check of a line replaces an earlier one.

    A confirmation holds only for what was confirmed: where a newer edition of our files says something else, the line
    has to be looked up again. A check of a line that is not there is passed over.
    """
    latest = {check.key: check for check in checks if check.key in framework.lines}
    if not latest:
        return framework
    units = tuple(_unit(unit, latest) for unit in framework.units)
    return with_(framework, units=units)


def _unit(unit: Unit, latest: Mapping[str, LineCheck]) -> Unit:
    if not any(line.key in latest for line in unit.lines):
        return unit
    return with_(unit, outcomes=tuple(_outcome(outcome, unit, latest) for outcome in unit.outcomes))


def _outcome(outcome: Outcome, unit: Unit, latest: Mapping[str, LineCheck]) -> Outcome:
    lines = {line.key: line for line in unit.lines}
    return with_(
        outcome,
        criteria=tuple(_part(each, lines[each.key], latest.get(each.key)) for each in outcome.criteria),
        topics=tuple(_part(each, lines[each.key], latest.get(each.key)) for each in outcome.topics),
    )


def _part(part: P, line: Line, check: LineCheck | None) -> P:
    if check is None or (check.looked is Looked.CONFIRMED and not check.fits(line)):
        return part
    said: dict[str, Any] = {}
    if check.looked is Looked.CORRECTED:
        said = {"text": check.text, "kind": check.kind, "simulation_allowed": check.simulation_allowed}
        if isinstance(part, Topic):
            said["code"] = check.code
    changed = with_(part, **said)
    changed._standing = LineStanding(check.looked, check.on, check.by_name)  # noqa: SLF001  only this module sets it
    return changed


def wrong(
    entry: LineLooked, where: tuple[str | int, ...], source: Source, framework: Framework | None, problems: Problems
) -> bool:
    """Note what is the matter with an entry, given the framework it speaks of as it stands so far."""
    before = len(problems.found)
    if framework is None:
        sentence = f"{entry.framework} {entry.edition} is not loaded."
        problems.add(source.path, source.line(*where, "framework"), sentence)
        return True
    if entry.key not in framework.lines:
        sentence = f"{entry.framework} {entry.edition} has no line “{entry.key}”."
        problems.add(source.path, source.line(*where, "key"), sentence)
        return True
    line = framework.lines[entry.key]
    if not line.is_topic and entry.code != entry.key:
        problems.add(source.path, source.line(*where, "code"), f"{entry.key} keeps its code: records name it by that.")
    if taken := code_taken(framework, entry.key, entry.code):
        problems.add(source.path, source.line(*where, "code"), f"{entry.code} is the code of {taken} already.")
    if entry.kind is not line.kind and entry.was is not line.kind:
        sentence = f"{entry.key} is {line.kind}: write `was: {line.kind}` if it is really to be {entry.kind}."
        problems.add(source.path, source.line(*where, "kind"), sentence)
    return len(problems.found) > before


def code_taken(framework: Framework, key: str, code: str | None) -> str | None:
    """The key of another line that has a code, or None."""
    if code is None:
        return None
    return next(
        (line.key for line in framework.lines.values() if line.key != key and code in (line.key, line.code)), None
    )
