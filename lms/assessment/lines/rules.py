"""What lines of a framework still have to be looked up, and how many there are of each kind. Plain Python."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from lms.assessment.rules import Kind
from lms.assessment.shelf.parts import HowSure, Line, Simulation


class Simulated(StrEnum):
    """Whether a line may be shown away from real work. Not known counts as no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @property
    def allowed(self) -> Simulation:
        """The same as framework files write it."""
        return "unknown" if self is Simulated.UNKNOWN else self is Simulated.YES


def simulated(allowed: Simulation) -> Simulated:
    """What a framework file says, as a form asks for it."""
    if allowed == "unknown":
        return Simulated.UNKNOWN
    return Simulated.YES if allowed else Simulated.NO


class Why(StrEnum):
    """Why a line has to be looked up before anybody relies on it."""

    NO_CODE = "no_code"
    RECALLED = "recalled"
    INFERRED = "inferred"
    SIMULATION = "simulation"


def why_look_up(line: Line) -> tuple[Why, ...]:
    """What is not certain about a line; nothing once somebody looked it up, or where it was found whole.

    A topic goes on wanting its official code, also when somebody confirmed that it stands there.
    """
    found = [Why.NO_CODE] if line.is_topic and line.code is None else []
    if line.standing:
        return tuple(found)
    if line.source is HowSure.RECALLED:
        found.append(Why.RECALLED)
    if line.source is HowSure.INFERRED:
        found.append(Why.INFERRED)
    if line.simulation_allowed == "unknown":
        found.append(Why.SIMULATION)
    return tuple(found)


def mark_of(line: Line) -> str:
    """A short name for what a line says just now: whoever confirms or corrects it has seen it say that."""
    said = (line.code, line.text.en, line.text.cy, line.kind.value, line.simulation_allowed)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Counts:
    """How the lines of an edition stand. A line counts once in `to_look_up`, however much is uncertain about it."""

    lines: int
    knowledge: int
    practice: int
    found: int
    recalled: int
    inferred: int
    unknown_simulation: int
    without_code: int
    confirmed: int
    corrected: int
    to_look_up: int


def counts(lines: Iterable[Line]) -> Counts:
    """Count lines by how sure they are and what became of them."""
    every = tuple(lines)

    def many(of: Iterable[bool]) -> int:
        return sum(of)

    return Counts(
        lines=len(every),
        knowledge=many(line.kind is Kind.KNOWLEDGE for line in every),
        practice=many(line.kind is Kind.PRACTICE for line in every),
        found=many(line.source is HowSure.FOUND for line in every),
        recalled=many(line.source is HowSure.RECALLED for line in every),
        inferred=many(line.source is HowSure.INFERRED for line in every),
        unknown_simulation=many(line.simulation_allowed == "unknown" for line in every),
        without_code=many(line.is_topic and line.code is None for line in every),
        confirmed=many(line.standing.looked == "confirmed" for line in every),
        corrected=many(line.standing.looked == "corrected" for line in every),
        to_look_up=many(bool(why_look_up(line)) for line in every),
    )
