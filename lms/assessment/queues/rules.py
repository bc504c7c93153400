"""What waits for somebody, in which order, who has it open, and when people are reminded. Plain Python.

Every room says what waits in its own words (`Waiting`); the queue puts them in one order and knows none of the rooms.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from lms.core.clock import london_day

LEASE = timedelta(minutes=30)
"""How long somebody has a thing open when they do nothing more about it."""

TELL_AFTER = timedelta(days=7)
"""From here on whoever it waits for is reminded."""

TELL_COORDINATOR_AFTER = timedelta(days=21)
"""From here on the authority's coordinators hear of it as well."""

QUIET = timedelta(days=6)
"""Nobody is reminded again before so long has passed."""


class Waits(StrEnum):
    """What is waited for."""

    EVIDENCE = "evidence"
    DRAFTS = "drafts"
    SENT_BACK = "sent_back"
    COUNTERSIGN = "countersign"
    SIGN_OFF = "sign_off"
    SEEN = "seen"
    ASSESSOR = "assessor"
    SAMPLE = "sample"
    APPEAL = "appeal"
    LINK = "link"
    TWO_VERSIONS = "two_versions"
    PERSONAL = "personal"
    OTHER = "other"


_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Waiting(NamedTuple):
    """One thing that waits for somebody, with its one next step. A tuple, since a queue of hundreds shows a page.

    `key` names the thing for everybody it waits for, such as "evidence:<enrolment>": what is open and what was
    reminded of is known by it. `title` and `step` are message ids; `values` fill the title, where "name" is filled with
    the name of the person it is `about`. `open_to_others` says that somebody else may see to it as well, so that it is
    taken for a while before it is opened.
    """

    kind: Waits
    key: str
    since: datetime
    title: str
    step: str
    endpoint: str
    args: Mapping[str, Any] = _NOTHING
    values: Mapping[str, object] = _NOTHING
    about: UUID | None = None
    authority_id: UUID | None = None
    due_on: date | None = None
    open_to_others: bool = True


def in_order(found: Iterable[Waiting], on: date) -> list[Waiting]:
    """What waits for somebody, in the order to see to it: what is due by now, then what has waited longest."""
    return sorted(found, key=lambda one: (_not_due(one, on), one.due_on or date.max, one.since, one.key))


def _not_due(one: Waiting, on: date) -> bool:
    return one.due_on is None or one.due_on > on


def days_waited(since: datetime, on: date) -> int:
    """Whole days since something began to wait; 0 on its first day."""
    return max((on - london_day(since)).days, 0)


@dataclass(frozen=True)
class Held:
    """Who has a thing open, since when, and until when (aware UTC)."""

    person: UUID
    since: datetime
    until: datetime


def taken_by_other(held: Held | None, *, person: UUID, now: datetime) -> bool:
    """Whether somebody else has it open now. What ran out is free."""
    return held is not None and held.person != person and held.until > now


class Stage(StrEnum):
    """Who was told that something has waited long."""

    PERSON = "person"
    COORDINATOR = "coordinator"


def stage(since: datetime, due_on: date | None, on: date) -> Stage | None:
    """Who should know on a day that something waits: first whoever it waits for, then the coordinators; or nobody yet.

    What is to be done by a day is told on that day, and a fortnight later to the coordinators, however it waited.
    """
    told_from = london_day(since) + TELL_AFTER
    coordinator_from = london_day(since) + TELL_COORDINATOR_AFTER
    if due_on is not None:
        told_from, coordinator_from = due_on, due_on + (TELL_COORDINATOR_AFTER - TELL_AFTER)
    if on >= coordinator_from:
        return Stage.COORDINATOR
    return Stage.PERSON if on >= told_from else None
