"""When a listing would lapse by the calendar alone: the day people are warned of and lists are ordered by.

Plain Python. It says of a PA who is listed today what the verdicts of the coming days say, without asking each of them.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from heapq import heappop, heappush

from lms.register.evidence import Asked
from lms.register.findings import Finding, finding
from lms.register.held import Held
from lms.register.kinds import CodeNeeded, LearningNeeded, ListingState, Requirement
from lms.register.rules import AuthorityRules, Before, Verdict, grace_over, provisional_over
from lms.register.settled import settled
from lms.register.spans import day_after

_LISTED = Before(state=ListingState.LISTED)


def lapses_on(rules: AuthorityRules, held: Held, verdict: Verdict, *, on: date, before: Before) -> date | None:
    """The first day on which a PA of whom the rules say `verdict` on a day is listed no more if nothing is recorded.

    For one who may be listed it is asked as if they were listed that day, days of grace counted. For one who is listed
    provisionally it is the day on which that time is over. None: not by the calendar, or they could not lapse. The
    edition is asked as it is: what a later one changes is the room `changing`'s to say.
    """
    if verdict.state is ListingState.PROVISIONAL and before.state is ListingState.PROVISIONAL:
        return provisional_over(rules, before)
    if verdict.state is not ListingState.LISTED:
        return None
    asked = Asked(on, rules.remind_days, listed=True, settled=settled(held, on), shown=True)
    ends_only = asked.settled and not held.waivers
    waiting: list[tuple[date, int]] = []
    for place, one in enumerate(_found(rules, held, verdict, asked, listed=before.listed)):
        if one.mandatory or not ends_only:  # what is only recommended holds somebody up while it is talked about
            _push(waiting, one, place, ends_only=ends_only)
    return _first(rules, held, asked, waiting)


def _found(rules: AuthorityRules, held: Held, verdict: Verdict, asked: Asked, *, listed: bool) -> Iterator[Finding]:
    """The findings of a PA who is listed: a verdict on one who is not yet differs where the rules are kinder then."""
    for requirement, one in zip(rules.requirements, verdict.findings, strict=True):
        yield one if listed or not _kinder(requirement) else finding(requirement, held, asked)


def _kinder(requirement: Requirement) -> bool:
    return isinstance(requirement, CodeNeeded | LearningNeeded)


def _first(rules: AuthorityRules, held: Held, asked: Asked, waiting: list[tuple[date, int]]) -> date | None:
    """Each requirement is looked at on the day it may end, the earliest first, until none can end before the answer."""
    best: date | None = None
    while waiting and (best is None or waiting[0][0] < best):
        day, place = heappop(waiting)
        then = finding(rules.requirements[place], held, replace(asked, on=day))
        if then.satisfied or not (then.mandatory or then.holds_back):
            _push(waiting, then, place)
            continue
        over = grace_over(rules, then) or day
        if over <= day:
            best = day if best is None else min(best, day)
        elif then.until is not None and then.until < over:  # it changes again within the days of grace
            heappush(waiting, (then.until, place))
        else:
            best = over if best is None else min(best, over)
    return best


def _push(waiting: list[tuple[date, int]], one: Finding, place: int, *, ends_only: bool = False) -> None:
    """When a requirement is worth another look: where only ends are left, the day after its own; else its next turn."""
    last = one.values.get("last")
    day = day_after(last) if ends_only and isinstance(last, date) else one.until
    if day is not None:
        heappush(waiting, (day, place))
