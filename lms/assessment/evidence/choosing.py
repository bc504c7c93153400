"""The lines of a learner's units to choose from in a form: grouped by unit, found by a word without a script."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from lms.assessment.content import Framework, Placed, Unit
from lms.assessment.deciding.queries import UnitStand
from lms.assessment.deciding.rules import Stand
from lms.assessment.rules import UnitState
from lms.assessment.shelf.parts import Line

MOST_LINES = 60
"""Lines one piece of evidence can speak to: more than any activity shows."""
LONGEST_FIND = 80


@dataclass(frozen=True)
class Choice:
    """A line that can be ticked, where it stands, and whether it is ticked."""

    line: Line
    stand: Stand
    ticked: bool


@dataclass(frozen=True)
class Group:
    """The lines of a unit that can be ticked. `note`: what to know before; `open`: shown without being asked for."""

    framework: Framework
    unit: Unit
    choices: tuple[Choice, ...]
    open: bool
    note: str = ""

    @property
    def size(self) -> int:
        """How many lines are shown."""
        return len(self.choices)

    @property
    def ticked(self) -> int:
        """How many of the lines are ticked."""
        return sum(choice.ticked for choice in self.choices)


def open_lines(stands: Iterable[UnitStand]) -> list[tuple[Placed, tuple[Line, ...]]]:
    """The lines of every unit that is not signed off: nothing is added to one that is."""
    still = (each for each in stands if each.state is not UnitState.SIGNED_OFF)
    return [(each.placed, each.placed.unit.lines) for each in still]


def groups(
    stands: Sequence[UnitStand],
    *,
    ticked: Collection[str] = (),
    find: str = "",
    beginning: str = "",
    notes: Mapping[str, str] | None = None,
    without: Collection[str] = (),
    told: bool = True,
) -> list[Group]:
    """Every open unit with its lines; with words to find only what has all of them, and what is ticked.

    `beginning` is the unit somebody came from: it is shown open. `notes`: what to know before, by unit. `without`:
    lines that are not offered. `told` False: where a line stands is not for whoever reads.
    """
    wanted = find.casefold().split()[:8]
    made = []
    for stand in stands:
        if stand.state is UnitState.SIGNED_OFF:
            continue
        choices = (each for each in _choices(stand, wanted, ticked) if each.line.key not in without)
        found = tuple(each if told else replace(each, stand=Stand.NOTHING) for each in choices)
        if found:
            unit = stand.placed.unit
            begins = bool(wanted) or unit.code == beginning or any(choice.ticked for choice in found)
            made.append(Group(stand.placed.framework, unit, found, begins, (notes or {}).get(unit.code, "")))
    return [Group(*_fields(made[0]), open=True, note=made[0].note)] if len(made) == 1 else made


def _fields(group: Group) -> tuple[Framework, Unit, tuple[Choice, ...]]:
    return group.framework, group.unit, group.choices


def _choices(stand: UnitStand, wanted: Sequence[str], ticked: Collection[str]) -> Iterable[Choice]:
    for line in stand.placed.unit.lines:
        if line.key in ticked or not wanted or _has(line, stand.placed.unit, wanted):
            yield Choice(line, stand.lines[line.key].stand, line.key in ticked)


def _has(line: Line, unit: Unit, wanted: Sequence[str]) -> bool:
    words = (line.key, line.code or "", line.text.en, line.text.cy or "", unit.title.en, unit.title.cy or "")
    text = " ".join(words).casefold()
    return all(word in text for word in wanted)
