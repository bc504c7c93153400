"""How one requirement stands on a day, and why. `rules` puts the findings of all requirements together.

Each kind of requirement answers with its evidence: the spans of days on which it is satisfied, and what to say when
today is in none of them. What follows from that (met, soon over, over) is the same for every kind and stands once.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from lms.register.evidence import Asked, evidence, turning_days
from lms.register.held import Held
from lms.register.kinds import LearningNeeded, Requirement, RequirementKind, RequirementState
from lms.register.reasons import HOLDS_BACK, STEP_OF, Step, Why
from lms.register.spans import Span, day_after, expiring_from, longest

State = RequirementState


_NO_VALUES: Mapping[str, Any] = {}


class Finding(NamedTuple):
    """How one requirement stands. `since` is its first day, `until` the first day on which something else can be said.

    `values` fill the sentence of `why`; days among them are dates. `next_step` is None when there is nothing to do.
    A plain tuple, since after a change of rules a million of them are made.
    """

    code: str
    kind: RequirementKind
    mandatory: bool
    state: RequirementState
    why: Why
    values: Mapping[str, Any] = _NO_VALUES
    since: date | None = None
    until: date | None = None
    next_step: Step | None = None

    @property
    def satisfied(self) -> bool:
        """Whether nothing is missing here."""
        return self.state.satisfied

    @property
    def holds_back(self) -> bool:
        """Whether the whole listing waits for this."""
        return self.why in HOLDS_BACK


def finding(requirement: Requirement, held: Held, asked: Asked) -> Finding:
    """How a requirement stands on the day asked about, and the first day on which that changes by the calendar."""

    today = _at(requirement, held, asked)
    if asked.settled and _only_ends(requirement, held, today):
        until = _end(today, asked)
    else:
        until = next_turn(requirement, held, asked, today)
    return today if until is None else today._replace(until=until)


def next_turn(requirement: Requirement, held: Held, asked: Asked, today: Finding) -> date | None:
    """The first day on which something else is said of a requirement: every day on which that may be is asked."""
    turning = sorted({day for day in turning_days(requirement, held, asked) if day > asked.on})
    later = (replace(asked, on=day, settled=False) for day in turning)
    return next((each.on for each in later if _at(requirement, held, each) != today), None)


def _only_ends(requirement: Requirement, held: Held, today: Finding) -> bool:
    """Whether the end of what counts today is all that can change, so that no other day has to be asked.

    Nothing begins any more (`asked.settled`), so what is lacking stays lacking; only of learning that is done in part
    less may be left to say one day.
    """
    if today.state is State.NOT_APPLICABLE:
        return True
    if any(waiver.code == requirement.code for waiver in held.waivers):
        return False
    return today.state in _COUNTING or not isinstance(requirement, LearningNeeded)


_COUNTING = frozenset({State.MET, State.EXPIRING})


def _end(today: Finding, asked: Asked) -> date | None:
    last = today.values.get("last") if today.state in _COUNTING else None
    if last is None:
        return None
    return expiring_from(last, asked.remind_days) if today.state is State.MET else day_after(last)


def _at(requirement: Requirement, held: Held, asked: Asked) -> Finding:
    def found(state: State, why: Why, **rest: Any) -> Finding:
        return Finding(
            code=requirement.code, kind=requirement.kind, mandatory=requirement.mandatory, state=state, why=why, **rest
        )

    day = asked.on
    if requirement.when is not None and requirement.when not in held.circumstances:
        return found(State.NOT_APPLICABLE, Why.DOES_NOT_APPLY, values={"when": requirement.when.value})
    shown = evidence(requirement, held, asked)
    spans = () if shown.stop else shown.spans
    best = longest([s for s in spans if s.covers(day)]) if spans else None
    if best is not None:
        return found(**_counting(best, asked, requirement.kind), since=best.since)
    held_back = shown.stop is not None and shown.stop.why in HOLDS_BACK  # what is talked about, nobody does without
    for waiver in () if held_back else held.waivers:
        if requirement.waivable and waiver.code == requirement.code and waiver.on <= day <= waiver.ends_on:
            return found(State.WAIVED, Why.WAIVED, values={"last": waiver.ends_on}, since=waiver.on)
    over = longest([s for s in spans if s.last and s.last < day]) if spans else None
    lacking = shown.stop or shown.lacking
    if over is not None and not lacking.outranks_expiry:
        values = {**lacking.values, "last": over.last}
        return found(State.EXPIRED, Why.RAN_OUT, values=values, since=over.since, next_step=lacking.step)
    return found(lacking.state, lacking.why, values=lacking.values, next_step=lacking.step)


def _counting(best: Span, asked: Asked, kind: RequirementKind) -> dict[str, Any]:
    if best.last is None or asked.on < expiring_from(best.last, asked.remind_days):
        values = {"since": best.since} if best.last is None else {"since": best.since, "last": best.last}
        return {"state": State.MET, "why": Why.MET, "values": values}
    return {"state": State.EXPIRING, "why": Why.RUNS_OUT, "values": {"last": best.last}, "next_step": STEP_OF[kind]}
