"""What is known of the knowledge part of a framework: of a line, a standard and an edition. Plain Python.

It is never said of practice, and never that somebody has the award itself: in England the Care Certificate is complete
when every standard, practice included, was assessed (Skills for Health, Skills for Care and Health Education England,
Care Certificate framework guidance; the same holds for the 2025 edition).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from lms.assessment.rules import Kind
from lms.core.words import N_

LONGEST_NOTE = 2000
"""Characters of what was asked, and of what was said, in a conversation: notes, not a transcript."""

LONGEST_WORD = 1000
"""Characters of the word to the learner."""


class LineState(StrEnum):
    """Where a line stands. Of a practice line study says nothing: it stays untouched here."""

    UNTOUCHED = "untouched"
    STUDIED = "studied"
    SHOWN = "shown"


class UnitState(StrEnum):
    """Where the knowledge of a standard stands."""

    UNTOUCHED = "untouched"
    BEGUN = "begun"
    COMPLETE = "complete"


def line_state(kind: Kind, *, studied: bool, shown: bool) -> LineState:
    """Where a line stands: shown by somebody's answer, studied when a whole lesson that teaches it was read."""
    if kind is not Kind.KNOWLEDGE:
        return LineState.UNTOUCHED
    if shown:
        return LineState.SHOWN
    return LineState.STUDIED if studied else LineState.UNTOUCHED


def unit_state(knowledge: Collection[LineState], *, begun: bool = False, finished: bool = False) -> UnitState:
    """Where a standard's knowledge stands, from the states of its knowledge lines.

    A standard without any, such as basic life support, has nothing to be shown by study: it counts as complete when
    every unit that prepares for it is `finished`; `begun` says that something of that unit was done.
    """
    complete = all(state is LineState.SHOWN for state in knowledge) if knowledge else finished
    if complete:
        return UnitState.COMPLETE
    touched = any(state is not LineState.UNTOUCHED for state in knowledge) if knowledge else begun
    return UnitState.BEGUN if touched else UnitState.UNTOUCHED


def now_whole(
    needs: Mapping[str, Collection[str]], shown: Collection[str], touched: Iterable[str] | None = None
) -> tuple[str, ...]:
    """The lines of which all that teaches them is shown, among those `touched` (None: all), in a fixed order.

    `needs` has for each line the outcomes that teach it. A line that nothing teaches is never whole.
    """
    among = needs if touched is None else touched
    return tuple(sorted(key for key in among if needs.get(key) and set(needs[key]) <= set(shown)))


@dataclass(frozen=True)
class Sentence:
    """A sentence in English with values for its places; whoever shows it has it translated."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message


def of_edition(edition: str, states: Sequence[UnitState]) -> Sentence:
    """How far somebody is with the knowledge of an edition, for a stranger."""
    done = sum(state is UnitState.COMPLETE for state in states)
    values = {"edition": edition, "done": done, "total": len(states)}
    if states and done == len(states):
        return Sentence(N_("Knowledge complete (%(edition)s edition, %(done)s of %(total)s)"), values)
    return Sentence(N_("Knowledge of %(done)s of %(total)s standards complete (%(edition)s edition)"), values)


def of_unit(number: int | None, state: UnitState, *, shown: int, knowledge: int, practice: int) -> Sentence:
    """How far somebody is with one standard, for a stranger. The numbers count lines: shown, to know, and to do."""
    values = {"number": number, "shown": shown, "total": knowledge}
    if not knowledge:
        return Sentence(_PREPARED[state], values)
    if state is UnitState.COMPLETE:
        return Sentence(_COMPLETE_TO_DO if practice else _COMPLETE, values)
    if shown:
        return Sentence(N_("Standard %(number)s: %(shown)s of %(total)s points of knowledge shown"), values)
    return Sentence(_STUDIED if state is UnitState.BEGUN else _NOT_STARTED, values)


_COMPLETE_TO_DO = N_("Standard %(number)s: knowledge complete, practice not yet")
_COMPLETE = N_("Standard %(number)s: knowledge complete")
_STUDIED = N_("Standard %(number)s: studied, nothing shown yet")
_NOT_STARTED = N_("Standard %(number)s: not started")
_PREPARED = {
    UnitState.COMPLETE: N_("Standard %(number)s: preparation done, practice not yet"),
    UnitState.BEGUN: N_("Standard %(number)s: preparation begun, practice not yet"),
    UnitState.UNTOUCHED: _NOT_STARTED,
}
