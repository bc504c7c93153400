"""What is known of the knowledge part of a framework: of a line, a standard and an edition. Plain Python.

Study never says anything of practice; what was decided of it elsewhere (`Work`) is told beside, to those who may know.
It is never said that somebody has the award itself: in England the Care Certificate is complete when every standard,
practice included, was assessed (Skills for Health, Skills for Care and Health Education England, Care Certificate
framework guidance; the same holds for the 2025 edition).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
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


class Seen(StrEnum):
    """What somebody is told of a practice line: met by a decision that counts, not yet, or nothing."""

    MET = "met"
    NOT_YET = "not_yet"
    UNTOLD = "untold"


@dataclass(frozen=True)
class Work:
    """How far the practice of a standard is: how many of its practice lines are `met`, and the day it was signed off.

    `begun`: something was offered or decided.
    """

    met: int
    needed: int
    begun: bool = False
    signed_on: date | None = None


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


def of_unit(number: int | None, state: UnitState, *, shown: int, knowledge: int, work: Work | None = None) -> Sentence:
    """How far somebody is with one standard, for a stranger. `shown` and `knowledge` count lines of knowledge.

    Without `work` nothing is said of practice: there is none, or it is not for whoever reads.
    """
    values: dict[str, object] = {"number": number, "shown": shown, "total": knowledge}
    about = _UNTOLD
    if work is not None:
        if work.signed_on is not None:
            return Sentence(_SIGNED_OFF, {"number": number, "day": work.signed_on})
        values |= {"met": work.met, "needed": work.needed}
        if work.needed:
            about = _BEGUN if work.begun else _NOT_BEGUN
    return Sentence(about[_known(state, shown=shown, knowledge=knowledge)], values)


def of_practice(work: Sequence[Work]) -> Sentence | None:
    """How far somebody is with the practice of an edition, of all of whose standards `work` tells; None without any."""
    if not work:
        return None
    signed = sum(each.signed_on is not None for each in work)
    if signed == len(work):
        return Sentence(N_("Every standard is signed off, knowledge and practice. This record is no certificate"))
    if signed or any(each.begun for each in work):
        return Sentence(
            N_("Practice: %(done)s of %(total)s standards signed off"), {"done": signed, "total": len(work)}
        )
    return Sentence(_PRACTICE_NOT_BEGUN)


def of_work(work: Work | None) -> Sentence | None:
    """How far the practice of one standard is, beside its knowledge; None where there is nothing to tell."""
    if work is None:
        return None
    if work.signed_on is not None:
        return Sentence(N_("Signed off on %(day)s"), {"day": work.signed_on})
    if not work.needed:
        return None
    if work.begun:
        return Sentence(N_("Practice: %(met)s of %(needed)s points met"), {"met": work.met, "needed": work.needed})
    return Sentence(_PRACTICE_NOT_BEGUN)


_PRACTICE_NOT_BEGUN = N_("Practice: not begun")


class _Known(StrEnum):
    """What is said of the knowledge of a standard."""

    COMPLETE = "complete"
    SHOWN = "shown"
    STUDIED = "studied"
    UNTOUCHED = "untouched"
    PREPARED = "prepared"
    PREPARING = "preparing"


def _known(state: UnitState, *, shown: int, knowledge: int) -> _Known:
    if state is UnitState.UNTOUCHED and not shown:
        return _Known.UNTOUCHED
    if not knowledge:
        return _Known.PREPARED if state is UnitState.COMPLETE else _Known.PREPARING
    if state is UnitState.COMPLETE:
        return _Known.COMPLETE
    return _Known.SHOWN if shown else _Known.STUDIED


_SIGNED_OFF = N_("Standard %(number)s: signed off on %(day)s")
_UNTOLD = {
    _Known.COMPLETE: N_("Standard %(number)s: knowledge complete"),
    _Known.SHOWN: N_("Standard %(number)s: %(shown)s of %(total)s points of knowledge shown"),
    _Known.STUDIED: N_("Standard %(number)s: studied, nothing shown yet"),
    _Known.UNTOUCHED: N_("Standard %(number)s: not started"),
    _Known.PREPARED: N_("Standard %(number)s: preparation done"),
    _Known.PREPARING: N_("Standard %(number)s: preparation begun"),
}
_NOT_BEGUN = _UNTOLD | {
    _Known.COMPLETE: N_("Standard %(number)s: knowledge complete, practice not begun"),
    _Known.PREPARED: N_("Standard %(number)s: preparation done, practice not begun"),
    _Known.PREPARING: N_("Standard %(number)s: preparation begun, practice not begun"),
}
_BEGUN = {
    _Known.COMPLETE: N_("Standard %(number)s: knowledge complete; practice: %(met)s of %(needed)s points met"),
    _Known.SHOWN: N_(
        "Standard %(number)s: %(shown)s of %(total)s points of knowledge shown; practice: %(met)s of %(needed)s points "
        "met"
    ),
    _Known.STUDIED: N_("Standard %(number)s: studied, nothing shown yet; practice: %(met)s of %(needed)s points met"),
    _Known.UNTOUCHED: N_("Standard %(number)s: not studied yet; practice: %(met)s of %(needed)s points met"),
    _Known.PREPARED: N_("Standard %(number)s: preparation done; practice: %(met)s of %(needed)s points met"),
    _Known.PREPARING: N_("Standard %(number)s: preparation begun; practice: %(met)s of %(needed)s points met"),
}
