"""Rules about roles for a period: what an admin may do, and that somebody is always left who can. Plain Python.

Days are Europe/London days; the last day counts.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lms.people.rules import Role

GIVEN: tuple[Role, ...] = (
    Role.COORDINATOR,
    Role.REGISTER_OFFICER,
    Role.REGISTER_MANAGER,
    Role.FUNDING_OFFICER,
    Role.QUALITY_ASSURER,
    Role.ASSESSOR,
    Role.ADMIN,
)
"""Roles an admin gives. PAs are invited by the coordinators, verifiers by the quality assurers."""

HELD: tuple[Role, ...] = (*GIVEN, Role.VERIFIER)
"""Roles the list of holders shows."""

SAID_BEFORE = timedelta(days=14)
"""How long before its last day holder and admins are told that a role ends."""

FARTHEST = timedelta(days=366)
LEAST_REASON, LONGEST_REASON = 3, 300


class Not(StrEnum):
    """Why an admin cannot do something about a role."""

    ONESELF = "oneself"
    BEFORE_TODAY = "before_today"
    TOO_FAR = "too_far"
    ENDS_BEFORE = "ends_before"
    BESIDE = "beside"
    LAST_ADMIN = "last_admin"


@dataclass(frozen=True)
class Span:
    """A time in which a role is held; `until` None: without an end."""

    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it counts on a day."""
        return self.since <= on and (self.until is None or on <= self.until)

    def meets(self, other: "Span") -> bool:
        """Whether both count on some day."""
        first = max(self.since, other.since)
        return self.holds(first) and other.holds(first)


def cannot_give(wanted: Span, there: Collection[Span], *, own: bool, today: date) -> Not | None:
    """Why a role cannot be given for a time beside those somebody has of it; None when it can.

    Nobody gives themself anything: another admin has to agree, by doing it.
    """
    if own:
        return Not.ONESELF
    if wanted.since < today:
        return Not.BEFORE_TODAY
    if wanted.since > today + FARTHEST:
        return Not.TOO_FAR
    if wanted.until is not None and wanted.until < wanted.since:
        return Not.ENDS_BEFORE
    return Not.BESIDE if any(wanted.meets(each) for each in there) else None


def cannot_end(held: Span, until: date | None, there: Collection[Span], *, own: bool, today: date) -> Not | None:
    """Why a role cannot get another last day, beside other times of the same person; None when it can.

    One's own can be made shorter, never longer.
    """
    longer = held.until is not None and (until is None or until > held.until)
    if own and longer:
        return Not.ONESELF
    if until is not None and until < held.since:
        return Not.ENDS_BEFORE
    if until is not None and until < today:
        return Not.BEFORE_TODAY
    return Not.BESIDE if any(Span(held.since, until).meets(each) for each in there) else None


def leaves_nobody(others: Collection[Span], last: date | None, *, today: date) -> bool:
    """Whether nobody would be admin on the day after an admin's last day, given the times of all others.

    A last day before today asks for today.
    """
    if last is None:
        return False
    after = max(last + timedelta(days=1), today)
    return not any(each.holds(after) for each in others)
