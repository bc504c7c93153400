"""Facts about changes of rules. They name codes and days, never what somebody holds."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class RuleChangeAhead(Fact):
    """A PA is affected by a change of rules that comes on a day: they are to be told. `effect` is a rules.Effect."""

    authority_id: UUID
    edition: str
    day: date
    effect: str


@dataclass(frozen=True, kw_only=True)
class RuleChangeOff(Fact):
    """A change a PA was told of was taken back: it does not come."""

    authority_id: UUID
    edition: str
    day: date
