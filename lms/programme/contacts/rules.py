"""When somebody is called back, when to try again, and who hears of an alert next. Plain Python.

Days are days in the United Kingdom. What the law asks of an authority stands in docs/call-backs.md; the times here are
the service's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from lms.core.clock import LONDON
from lms.programme.contacts.words import AlertStep, Standing
from lms.register.working_days import working_days_after

USUALLY = (28,)
"""Days after the start of an employment on which both are called back, where an authority says nothing else."""
SHORTEST, LONGEST, MOST_INTERVALS = 1, 730, 6
TOO_LATE = timedelta(days=28)
"""A call-back that would have been due longer ago is not made: an old employment does not begin with a heap."""
OVERDUE_AFTER = 5
"""Working days after its day on which a call-back is overdue."""
TRIES = (1, 3)
"""Working days until the next try, after each time somebody could not be reached; then it ends."""

REMIND_AFTER = timedelta(hours=2)
PASS_ON_AFTER = timedelta(hours=4)
"""An alert nobody has acknowledged: whoever was told is reminded, then the next one is told as well, at any hour."""
ALL_AGAIN_AFTER = timedelta(hours=24)
"""When everybody has been told, how often they are all reminded."""


def due_on(since: date, days: int, nation: str) -> date:
    """The day on which somebody is called: so many days after the start, or the next working day after that."""
    return working_days_after(since + timedelta(days=days), 0, nation)


def is_made(due: date, today: date) -> bool:
    """Whether a call-back is made at all; not when its day was long ago."""
    return due >= today - TOO_LATE


def overdue_since(due: date, nation: str) -> date:
    """The first day on which a call-back counts as overdue."""
    return working_days_after(due, OVERDUE_AFTER, nation) + timedelta(days=1)


def standing(*, due: date, next_on: date, overdue_from: date, ended: bool, today: date) -> Standing:
    """Where a call-back stands. `next_on` is its day, or the day of the next try; it is overdue all the same."""
    if ended:
        return Standing.DONE
    if today >= overdue_from:
        return Standing.OVERDUE
    return Standing.DUE if today >= max(due, next_on) else Standing.COMING


def next_try(tries: int, today: date, nation: str) -> date | None:
    """The day of the next try after so many without an answer; None when the last one was made."""
    return working_days_after(today, TRIES[tries - 1], nation) if tries <= len(TRIES) else None


def ends_with(*, due: date, until: date, today: date) -> bool:
    """Whether a call-back ends because the employment does: it is over by then, or would come after its last day."""
    return until <= today or due > until


def sees_from(named_at: datetime, since: date) -> datetime:
    """From which moment on alerts are raised for somebody who was named at a moment, for a time from a day on."""
    return max(named_at, datetime.combine(since, time.min, LONDON).astimezone(UTC))


@dataclass(frozen=True)
class Heard:
    """Somebody was told of an alert, or reminded of it, at a moment."""

    person_id: UUID
    step: AlertStep
    at: datetime


@dataclass(frozen=True)
class Next:
    """What happens to an alert now: who is told or reminded."""

    person_id: UUID
    step: AlertStep


def escalation(named: Sequence[UUID], heard: Sequence[Heard], now: datetime) -> list[Next]:
    """Who hears next of an alert nobody has acknowledged: at most one new person, and reminders.

    `named` are those named today, in their order; who is not named any more does not count. The first is told at once;
    after two hours the last one told is reminded; after four, the next one is told; when all were, all are reminded
    once a day.
    """
    told = {each.person_id: each.at for each in heard if each.step is AlertStep.TOLD and each.person_id in named}
    unheard = [each for each in named if each not in told]
    if not told:
        return [Next(unheard[0], AlertStep.TOLD)] if unheard else []
    latest = max(told, key=lambda each: (told[each], named.index(each)))
    if unheard and now >= told[latest] + PASS_ON_AFTER:
        return [Next(unheard[0], AlertStep.TOLD)]
    last = {each: max(row.at for row in heard if row.person_id == each) for each in told}
    if last[latest] == told[latest] and now >= told[latest] + REMIND_AFTER:
        return [Next(latest, AlertStep.REMINDED)]
    if unheard:
        return []
    return [Next(each, AlertStep.REMINDED) for each in named if now >= last[each] + ALL_AGAIN_AFTER]
