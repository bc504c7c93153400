"""How a cohort is narrowed, and what a grid counts. Plain Python."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lms.assessment.rules import UnitState


class Wanted(StrEnum):
    """Which learners of a cohort are shown: by where their standards stand, or one of them."""

    OPEN = "open"
    READY = "ready"
    NOT_YET_MET = "not_yet_met"
    SIGNED_OFF = "signed_off"
    WITHOUT_ASSESSOR = "without_assessor"


@dataclass(frozen=True)
class Cell:
    """One learner's standard: where it stands, and how many lines are met of those needed (0: nobody counted yet)."""

    state: UnitState
    met: int
    needed: int


@dataclass(frozen=True)
class Total:
    """One standard over a cohort: of how many learners, how many are signed off, and ready to be."""

    learners: int = 0
    signed_off: int = 0
    ready: int = 0


def totals(counted: Iterable[tuple[str, UnitState, int]]) -> Mapping[str, Total]:
    """Totals by standard, of how many learners stand where in each."""
    found: dict[str, Total] = {}
    for unit, state, number in counted:
        was = found.get(unit, Total())
        found[unit] = Total(
            was.learners + number,
            was.signed_off + number * (state is UnitState.SIGNED_OFF),
            was.ready + number * (state is UnitState.READY),
        )
    return found
