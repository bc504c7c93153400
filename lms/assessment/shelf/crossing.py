"""Crosswalk files as somebody wrote them: which line of one framework went where in another, and how sure that is.

They stand in a folder `crosswalk` of the shelf, one file for each pair of frameworks, from the older to the newer one
or from one nation's to another's. A later pack replaces a file by its code.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import Field

from lms.assessment.shelf.parts import CODE, HowSure
from lms.core.content import Authored, Problems, Source, Words, read_yaml, validated

FOLDER = "crosswalk"
HowSureOrOurs = HowSure | Literal["ours"]


class Basis(StrEnum):
    """What a link rests on."""

    REPORTED = "reported"
    SAME_PLACE = "same_place"
    SAME_MATTER = "same_matter"
    PROPOSAL = "proposal"
    TEACHES = "teaches"
    LESSON = "lesson"
    MODULE = "module"
    PRACTICE = "practice"


class Change(StrEnum):
    """How what is asked for changed on the way from the older line to the newer."""

    WIDENED = "widened"
    NARROWED = "narrowed"
    MERGED = "merged"
    SPLIT = "split"
    REWORDED = "reworded"


class Went(Authored):
    """Where one line went. An empty `to` says that it went nowhere as a line; the note says what came of it."""

    from_: str = Field(alias="from")
    to: tuple[str, ...]
    source: HowSureOrOurs
    basis: Basis = Basis.REPORTED
    change: Change | None = None
    note: Words | None = None
    through: tuple[str, ...] = ()


class New(Authored):
    """A line of the newer framework that is reported as new in it."""

    line: str
    source: HowSure
    note: Words


class Unknown(Authored):
    """A line of the older framework of which nobody has established where it went."""

    from_: str = Field(alias="from")
    note: Words


class Crossing(Authored):
    """One crosswalk file."""

    code: str = Field(pattern=CODE)
    from_: str = Field(alias="from", pattern=CODE)
    to: str = Field(pattern=CODE)
    says: Words
    links: tuple[Went, ...] = ()
    new: tuple[New, ...] = ()
    not_established: tuple[Unknown, ...] = ()


@dataclass(frozen=True)
class Crossings:
    """Every crosswalk file, by code, and where each was read."""

    read: tuple[tuple[Crossing, Source], ...]


def load(folders: Sequence[Path], problems: Problems) -> Crossings:
    """Read every crosswalk file of every folder; a later folder replaces what has the same code."""
    found: dict[str, tuple[Crossing, Source]] = {}
    for folder in folders:
        here: dict[str, Path] = {}
        for path in sorted((folder / FOLDER).glob("*.yaml")):
            source = read_yaml(path, problems)
            crossing = validated(Crossing, source, problems) if source else None
            if source is None or crossing is None:
                continue
            if crossing.code in here:
                problems.add(path, source.line("code"), f"“{crossing.code}” is the code of {here[crossing.code]} too.")
            here[crossing.code] = path
            _check_once(crossing, source, problems)
            found[crossing.code] = crossing, source
    return Crossings(tuple(found.values()))


def _check_once(crossing: Crossing, source: Source, problems: Problems) -> None:
    """A line went where it went: it stands once among the links and those nobody knows about, and new ones once."""
    seen: set[str] = set()
    named: list[tuple[str, tuple[str | int, ...]]] = [
        *((went.from_, ("links", i)) for i, went in enumerate(crossing.links)),
        *((gone.from_, ("not_established", i)) for i, gone in enumerate(crossing.not_established)),
    ]
    for line, where in named:
        if line in seen:
            problems.add(source.path, source.line(*where), f"{line} of {crossing.from_} stands here twice.")
        seen.add(line)
    reached = {line for went in crossing.links for line in went.to}
    for i, new in enumerate(crossing.new):
        if new.line in reached:
            message = f"{new.line} cannot be new in {crossing.to}: a link above leads to it."
            problems.add(source.path, source.line("new", i), message)
        reached.add(new.line)
