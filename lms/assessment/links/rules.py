"""Which questions a link asks, in which order, what an answer may be, and how long a link lives. Plain Python.

The rules are ours. They follow from whom a link is for: somebody who may be tired, reads little, uses one hand, and
owes nobody an answer. So: one question a page, nothing twice, and “I did not see this” is always an answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

DAYS = 14
"""Days a link works, where the authority has not set another number."""
FEWEST_DAYS, MOST_DAYS = 2, 60
MOST_LINES = 5
"""Lines one link asks about: each is a page of its own."""
MOST_OPEN = 20
"""Links that may be open about one learner at a time."""
MOST_A_DAY = 20
"""Links one person may send in a day: a link is a mail to somebody who did not ask for it."""
MOST_SENDINGS = 3
"""How often the asker may send one link: the first time, and twice again when it was lost."""
NOT_RIGHT_FOR = timedelta(days=7)
"""For how long somebody may say that what they answered was not right."""
LONGEST_NAME, LONGEST_RELATION = 120, 120
LONGEST_SAID, LONGEST_NEXT, LONGEST_NOTE = 3500, 1000, 1000


class Asks(StrEnum):
    """In which part somebody asked for an answer."""

    LEARNER = "learner"
    ASSESSOR = "assessor"
    COORDINATOR = "coordinator"


class End(StrEnum):
    """Why a link does not ask any more. That its days are over is told by the calendar."""

    ANSWERED = "answered"
    CANCELLED = "cancelled"
    SOMEBODY_ELSE = "somebody_else"


class State(StrEnum):
    """Where a link stands."""

    WAITING = "waiting"
    STARTED = "started"
    ANSWERED = "answered"
    CANCELLED = "cancelled"
    SOMEBODY_ELSE = "somebody_else"
    OVER = "over"


def state(*, end: End | None, started: bool, expires_at: datetime, now: datetime) -> State:
    """Where a link stands at a moment."""
    if end is not None:
        return State(end.value)
    if now >= expires_at:
        return State.OVER
    return State.STARTED if started else State.WAITING


def ends(asked_at: datetime, days: int) -> datetime:
    """When a link stops working: so many days after it was asked for."""
    return asked_at + timedelta(days=days)


def remind_at(asked_at: datetime, expires_at: datetime) -> datetime:
    """When the one reminder is due: after half of the days."""
    return asked_at + (expires_at - asked_at) / 2


class Kind(StrEnum):
    """What a question is about."""

    SAW = "saw"
    DAY = "day"
    WHAT = "what"
    REAL = "real"
    MET = "met"
    NEXT = "next"
    CLOSE = "close"
    SIGN = "sign"


class Saw(StrEnum):
    """Whether somebody saw it."""

    YES = "yes"
    NO = "no"


class Day(StrEnum):
    """Which day it was."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    OTHER = "other"


class Real(StrEnum):
    """Whether it was real work."""

    REAL = "real"
    SHOWN = "shown"
    UNSURE = "unsure"


class Met(StrEnum):
    """Whether they can do it."""

    YES = "yes"
    NOT_YET = "not_yet"
    UNSURE = "unsure"


class Close(StrEnum):
    """How somebody is tied to the learner; relatives and people of one home may tell, and do not decide."""

    NO = "no"
    RELATED = "related"
    SAME_HOME = "same_home"
    NOT_SAID = "not_said"


class Sign(StrEnum):
    """Whether the unit is signed off as well."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True)
class Question:
    """One page. `line` is the line it is about, for those that are about one. `code` is its place in the address."""

    kind: Kind
    line: str | None = None
    number: int = 0

    @property
    def code(self) -> str:
        """What it is called in an address: kind, and the number of its line."""
        return f"{self.kind}-{self.number}" if self.number else str(self.kind)


Answers = Mapping[str, str]
"""Answers by the code of their question, as codes: of a day its date, of free text the text itself."""


def questions(
    lines: Sequence[str], answers: Answers, *, decides: bool, close_known: bool = False, can_sign: bool = False
) -> tuple[Question, ...]:
    """The pages to go through, given what was answered so far.

    `decides`: this person may decide, so they are asked whether it is met. `close_known`: how they are tied to the
    learner is on record already. `can_sign`: with the lines asked about here the unit would be complete.
    Whoever saw nothing is asked nothing more, and no answer is a wrong one.
    """
    numbered = list(enumerate(lines, start=1))
    saw = [Question(Kind.SAW, line, number) for number, line in numbered]
    seen = [(number, line) for number, line in numbered if answers.get(f"{Kind.SAW}-{number}") == Saw.YES]
    if not seen:
        return tuple(saw)
    asked = [*saw, Question(Kind.DAY), Question(Kind.WHAT), Question(Kind.REAL)]
    if not close_known:
        asked.append(Question(Kind.CLOSE))
    if may_be_decided(answers, decides=decides):
        asked += _deciding(seen, answers)
        if can_sign and len(seen) == len(numbered) and _all_met(numbered, answers):
            asked.append(Question(Kind.SIGN))
    return tuple(asked)


def most(lines: Sequence[str], *, decides: bool, close_known: bool, can_sign: bool) -> int:
    """How many pages there are at most, when somebody saw everything and each is met."""
    saw = {f"{Kind.SAW}-{number}": str(Saw.YES) for number in range(1, len(lines) + 1)}
    met = {f"{Kind.MET}-{number}": str(Met.YES) for number in range(1, len(lines) + 1)}
    answers = saw | met | {str(Kind.REAL): str(Real.REAL), str(Kind.CLOSE): str(Close.NO)}
    return len(questions(lines, answers, decides=decides, close_known=close_known, can_sign=can_sign))


def may_be_decided(answers: Answers, *, decides: bool) -> bool:
    """Whether the answers can carry a decision: real work, and by somebody who is not too close."""
    free = answers.get(Kind.CLOSE, Close.NO) == Close.NO
    return decides and free and answers.get(Kind.REAL) == Real.REAL


def _deciding(seen: Sequence[tuple[int, str]], answers: Answers) -> list[Question]:
    found = []
    for number, line in seen:
        met = Question(Kind.MET, line, number)
        found.append(met)
        if answers.get(met.code) == Met.NOT_YET:
            found.append(Question(Kind.NEXT, line, number))
    return found


def _all_met(numbered: Sequence[tuple[int, str]], answers: Answers) -> bool:
    return all(answers.get(f"{Kind.MET}-{number}") == Met.YES for number, _line in numbered)


def first_open(asked: Sequence[Question], answers: Answers) -> Question | None:
    """The first page that has no answer yet; None when all have one."""
    return next((question for question in asked if question.code not in answers), None)


def seen_lines(lines: Sequence[str], answers: Answers) -> tuple[str, ...]:
    """The lines that somebody saw."""
    return tuple(line for number, line in enumerate(lines, start=1) if answers.get(f"{Kind.SAW}-{number}") == Saw.YES)


class BadDay(StrEnum):
    """What is wrong with a day."""

    FUTURE = "future"
    TOO_EARLY = "too_early"


def wrong_day(on: date, *, enrolled_on: date, today: date) -> BadDay | None:
    """What is wrong with the day somebody gives, or None."""
    if on > today:
        return BadDay.FUTURE
    return BadDay.TOO_EARLY if on < enrolled_on else None


def masked_email(address: str) -> str:
    """An address of which only its owner recognises the rest: “a•••@example.com”."""
    name, _at, host = address.partition("@")
    return f"{name[:1]}•••@{host}"


def masked_phone(number: str) -> str:
    """A number by its last three figures: “••• 789”."""
    return f"••• {number[-3:]}"
