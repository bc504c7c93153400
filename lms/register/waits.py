"""What waits for a register team, in one shape for every part of the register that has something to bring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Waiting:
    """One thing that waits. `since` is the day it began to, `due` the last day in time where its part knows that day.

    `endpoint` and `args` lead to where it is dealt with. `person_id` None: it is about no PA.
    """

    person_id: UUID | None
    since: date
    endpoint: str
    args: Mapping[str, Any] = field(default_factory=dict)
    due: date | None = None


@dataclass(frozen=True)
class Group:
    """Everything of one kind that waits: how much it is, and the oldest of it (at most 20)."""

    kind: str
    total: int
    oldest: Sequence[Waiting]
