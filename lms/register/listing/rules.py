"""What the calendar does to a listing, and when a PA is warned: a verdict in, a state or days out. Plain Python."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lms.register.kinds import ListingState
from lms.register.listing.moves import HELD_BACK, Act
from lms.register.listing.reasons import Reason
from lms.register.rules import AuthorityRules, Because, Before, Verdict
from lms.register.spans import day_after, earliest

State = ListingState


@dataclass(frozen=True)
class Turn:
    """What the calendar makes of a listing: where it goes, and why."""

    to: State
    act: Act
    reason: Reason


def turn_of(state: State, verdict: Verdict) -> Turn | None:
    """Where a listing goes by itself once the rules say this; None when it stays.

    Only what is shown, or was hidden by the calendar, moves by the calendar: everything else waits for people.
    """
    shown = state in {State.LISTED, State.PROVISIONAL}
    if shown and verdict.because in HELD_BACK:
        return Turn(State.CHECKING, Act.TALK_FIRST, Reason.DISCLOSURE_DISCUSSED)
    if state is State.LISTED and verdict.state is not State.LISTED:
        return Turn(State.LAPSED, Act.LAPSE, Reason.SOMETHING_RAN_OUT)
    if state is State.PROVISIONAL and verdict.state is State.LISTED:
        return Turn(State.LISTED, Act.LIST, Reason.EVERYTHING_MET)
    if state is State.PROVISIONAL and verdict.state is not State.PROVISIONAL:
        over = verdict.because is Because.PROVISIONAL_PERIOD_OVER
        return Turn(State.LAPSED, Act.LAPSE, Reason.PROVISIONAL_OVER if over else Reason.SOMETHING_RAN_OUT)
    if state is State.LAPSED and verdict.state is State.LISTED:
        return Turn(State.LISTED, Act.COME_BACK, Reason.EVERYTHING_MET)
    return None


def before(state: State, *, shown_as: State | None, provisional_since: date | None) -> Before:
    """What the rules have to know of a listing: what the PA was until today.

    Pausing and suspending hide a PA and change nothing else, so what they were shown as counts.
    """
    match state:
        case State.LISTED | State.LAPSED:
            return Before(state=state, provisional_since=provisional_since)
        case State.PROVISIONAL:
            return Before(state=state, provisional_since=provisional_since)
        case State.PAUSED | State.SUSPENDED:
            return Before(state=shown_as, provisional_since=provisional_since)
        case _:
            return Before()


@dataclass(frozen=True)
class Ends:
    """The first day on which something no longer counts, and the first on which that hides the PA."""

    runs_out_on: date | None = None
    lapses_on: date | None = None


def ends_of(
    state: State, verdict: Verdict, rules: AuthorityRules, *, provisional_since: date | None, lapses_on: date | None
) -> Ends:
    """When a listing that is shown ends by the calendar alone. Nothing for one that is not shown.

    `lapses_on` is what `lapsing` says of a listed PA, days of grace counted. What has run out already counts too while
    they last. For a PA shown with a label the requirements that let them begin count, without grace, and the
    provisional period itself.
    """
    if state is State.LISTED and lapses_on is not None:
        out = earliest([*_runs_out(verdict, {f.code for f in verdict.findings if f.mandatory}), lapses_on])
        return Ends(out, lapses_on)
    if state is State.PROVISIONAL:
        part = rules.provisional
        needed = {*part.needs, *part.needs_when_applicable}
        out = earliest([*_runs_out(verdict, needed), _over(rules, provisional_since)])
        return Ends(out, out)
    return Ends()


def _runs_out(verdict: Verdict, codes: set[str]) -> Iterable[date | None]:
    for one in verdict.findings:
        last = one.values.get("last")
        if one.code in codes and isinstance(last, date):
            yield day_after(last)


def _over(rules: AuthorityRules, since: date | None) -> date | None:
    if since is None or rules.provisional.maximum_days is None:
        return None
    return day_after(since) + timedelta(days=rules.provisional.maximum_days)


def warning_days(remind_days: Sequence[int], grace_days: int) -> tuple[int, ...]:
    """So many days before something runs out a PA is warned, the most first; with days of grace also on that day."""
    return tuple(sorted({*remind_days, *([0] if grace_days else [])}, reverse=True))


def warning_due(ends: Ends, on: date, days: Sequence[int]) -> int | None:
    """The warning that belongs to a day: of those whose day has come, the last one. None before, and once it lapses."""
    if ends.runs_out_on is None or ends.lapses_on is None or on >= ends.lapses_on:
        return None
    left = (ends.runs_out_on - on).days
    return min((each for each in days if left <= each), default=None)


def next_look(ends: Ends, on: date, days: Sequence[int]) -> date | None:
    """The next day after this one on which a warning belongs to be sent."""
    if ends.runs_out_on is None or ends.lapses_on is None:
        return None
    each = (ends.runs_out_on - timedelta(days=number) for number in days)
    return min((day for day in each if on < day < ends.lapses_on), default=None)
