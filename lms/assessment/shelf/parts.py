"""Parts of a framework as somebody wrote them down: criteria, topics, outcomes; and the line a reader sees of each.

A criterion has an official code. A topic is known to stand in an outcome, but its code was not established: it has a
key of ours, such as `5.3~assessing`, that nobody can take for a code. A line's key is its identity for ever; when the
code of a topic becomes known, the code is shown and the key stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Literal, Self, TypeVar, cast

from pydantic import Field, PrivateAttr, StrictBool, model_validator

from lms.assessment.rules import Kind
from lms.core.content import Authored, Words

CODE = r"^[A-Za-z0-9][A-Za-z0-9.-]{0,39}$"
TOPIC_KEY = r"^[A-Za-z0-9][A-Za-z0-9.-]{0,19}~[a-z][a-z0-9-]{0,29}$"
Simulation = StrictBool | Literal["unknown"]
A = TypeVar("A", bound=Authored)


class HowSure(StrEnum):
    """How sure the code and meaning of a published line are; see the reference data."""

    FOUND = "found"
    RECALLED = "recalled"
    INFERRED = "inferred"


class Complete(StrEnum):
    """Whether all criteria of a published outcome are listed: yes, probably, nobody knows, or certainly not."""

    TRUE = "true"
    LIKELY = "likely"
    UNKNOWN = "unknown"
    FALSE = "false"


class Looked(StrEnum):
    """What became of a line that somebody should look up in the official document."""

    UNCHECKED = "unchecked"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"


@dataclass(frozen=True)
class LineStanding:
    """Whether somebody with the official document looked a line up: when, and their name as they gave it."""

    looked: Looked = Looked.UNCHECKED
    on: date | None = None
    by_name: str | None = None

    def __bool__(self) -> bool:
        return self.looked is not Looked.UNCHECKED


UNCHECKED = LineStanding()


class Criterion(Authored):
    """One thing somebody has to know or to do. `maps_to` names criteria of other frameworks it speaks to."""

    code: str = Field(pattern=CODE)
    text: Words
    about_me: Words | None = None
    kind: Kind
    simulation_allowed: Simulation
    source: HowSure | None = None
    note: str | None = None
    what_to_look_for: tuple[Words, ...] = Field(default=(), max_length=5)
    maps_to: Mapping[str, tuple[str, ...]] = {}
    _standing: LineStanding = PrivateAttr(default=UNCHECKED)

    @property
    def key(self) -> str:
        """Its identity: the official code."""
        return self.code

    @property
    def may_be_simulated(self) -> bool:
        """Whether it may be shown away from real work. Unknown means no, until somebody has checked."""
        return self.simulation_allowed is True

    @property
    def said_to_learner(self) -> Words:
        """The criterion as the learner reads it."""
        return self.about_me or self.text

    @property
    def standing(self) -> LineStanding:
        """Whether it was looked up in the official document."""
        return self._standing


class Topic(Authored):
    """Something an outcome is known to ask for, whose official code was not established or came later.

    `simulation_allowed` reads as for a criterion; left out, it is true for knowledge and unknown for practice.
    """

    key: str = Field(pattern=TOPIC_KEY)
    code: str | None = Field(default=None, pattern=CODE)
    text: Words
    kind: Kind
    simulation_allowed: Simulation | None = None
    source: HowSure | None = None
    note: str | None = None
    _standing: LineStanding = PrivateAttr(default=UNCHECKED)

    @property
    def standing(self) -> LineStanding:
        """Whether it was looked up in the official document."""
        return self._standing


class Outcome(Authored):
    """Criteria that belong together, and topics that do too. Every outcome has at least one of either."""

    code: str = Field(pattern=CODE)
    title: Words
    source: HowSure | None = None
    complete: Complete | None = None
    criteria: tuple[Criterion, ...] = ()
    topics: tuple[Topic, ...] = ()

    @property
    def parts(self) -> tuple[Criterion | Topic, ...]:
        """Criteria, then topics."""
        return (*self.criteria, *self.topics)

    @model_validator(mode="before")
    @classmethod
    def _yaml_has_true_and_false(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("complete"), bool):
            return data | {"complete": str(data["complete"]).lower()}
        return data

    @model_validator(mode="after")
    def _has_something(self) -> Self:
        if not (self.criteria or self.topics):
            raise ValueError("an outcome needs criteria, or topics where no code was established")
        return self


@dataclass(frozen=True)
class Line:
    """One line of a framework as a reader sees it: a criterion, or a topic. Shown by `code`, known by `key`."""

    key: str
    code: str | None
    kind: Kind
    simulation_allowed: bool | Literal["unknown"]
    text: Words
    source: HowSure | None
    note: str | None
    is_topic: bool
    outcome: str
    unit: str
    standing: LineStanding = UNCHECKED

    @property
    def may_be_simulated(self) -> bool:
        """Whether it may be shown away from real work. Unknown means no, until somebody has checked."""
        return self.simulation_allowed is True

    @property
    def called(self) -> str:
        """What a sentence calls it: its official code, or its words where none is known."""
        return self.code or f"“{self.text.en}”"


def line_of(part: Criterion | Topic, outcome: str, unit: str) -> Line:
    """The line of a criterion or topic."""
    allowed = part.simulation_allowed
    if allowed is None:
        allowed = True if part.kind is Kind.KNOWLEDGE else "unknown"
    return Line(
        key=part.key,
        code=part.code,
        kind=part.kind,
        simulation_allowed=allowed,
        text=part.text,
        source=part.source,
        note=part.note,
        is_topic=isinstance(part, Topic),
        outcome=outcome,
        unit=unit,
        standing=part.standing,
    )


def with_(part: A, **changes: Any) -> A:
    """The same part with some fields changed, and nothing remembered that was worked out from the old ones."""
    kept = {name: getattr(part, name) for name in type(part).model_fields}
    changed = type(part).model_construct(**kept | changes)
    return cast(A, changed)
