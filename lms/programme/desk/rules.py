"""Where somebody stands on a course, who has the next move, since when and why, and from when on that is stuck.

Plain Python: days and values in, answers with reasons out. This is the one place where both are defined.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum


class State(StrEnum):
    """Where somebody stands on a course."""

    WORKING = "working"
    COMPLETED = "completed"
    LEFT = "left"


class Who(StrEnum):
    """Whose move it is."""

    SELF = "self"
    EMPLOYER = "employer"
    ASSESSOR = "assessor"
    READER = "reader"
    COORDINATOR = "coordinator"
    REGISTER_TEAM = "register_team"


class Why(StrEnum):
    """What they are waited for. Each belongs to a sentence in `texts.WHYS`."""

    TO_BEGIN = "to_begin"
    TO_STUDY = "to_study"
    TO_WRITE_AGAIN = "to_write_again"
    TO_READ = "to_read"
    TO_SEE = "to_see"
    TO_DECIDE = "to_decide"
    TO_SIGN_OFF = "to_sign_off"
    TO_FIND_ASSESSOR = "to_find_assessor"
    TO_CERTIFY = "to_certify"
    TO_LIST = "to_list"


DAYS: Mapping[Who, int] = {
    Who.SELF: 21,
    Who.EMPLOYER: 14,
    Who.ASSESSOR: 14,
    Who.READER: 7,
    Who.COORDINATOR: 7,
    Who.REGISTER_TEAM: 14,
}
"""From so many days on somebody is stuck, by who is waited for, until an authority sets other days."""

LEAST_DAYS, MOST_DAYS = 1, 365

NUDGE_AGAIN_AFTER = 7
"""Nobody is nudged again about the same person and course before so many days have passed."""

LAPSES_WITHIN = timedelta(days=60)
"""A certificate that ends within this time lapses soon."""


@dataclass(frozen=True)
class Spell:
    """From a day, up to and including another; None: open."""

    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.since <= on and (self.until is None or self.until >= on)


def any_holds(spells: Iterable[Spell], on: date) -> bool:
    """Whether one of them holds on a day."""
    return any(each.holds(on) for each in spells)


def changes_on(spells: Iterable[Spell], on: date) -> date | None:
    """The first day after `on` on which one of them begins or has ended."""
    days = [day for each in spells for day in (each.since, _after(each.until)) if day is not None and day > on]
    return min(days, default=None)


def _after(day: date | None) -> date | None:
    return None if day is None or day == date.max else day + timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Practice:
    """What there is to show at work in one framework. Each day is the earliest of what waits so, or None.

    `standards`: it is the standards of the Care Certificate, which a household is not asked about unless the PA
    shares them. `undecided`: evidence nobody has decided on. `ready`: all met, and not signed off. `to_see`: the
    learning is done and nothing of it was offered for a decision.
    """

    standards: bool = False
    units: int = 0
    signed_off: int = 0
    undecided: date | None = None
    ready: date | None = None
    to_see: date | None = None


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the rooms have recorded of one enrolment.

    `completed_on` is the day of the certificate for the whole course; `studied`: all of its learning is done. `unread`
    and `sent_back`: texts, since the earliest of each. `applied_on`: the day of an application to the register that is
    not decided. `last_on`: when the learner did something last.
    """

    started_on: date
    left_on: date | None = None
    completed_on: date | None = None
    last_on: date | None = None
    studied: bool = False
    unread: date | None = None
    sent_back: date | None = None
    practice: tuple[Practice, ...] = ()
    assessors: tuple[Spell, ...] = ()
    employers: tuple[Spell, ...] = ()
    applied_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Stand:
    """Where an enrolment stands. `waits_for`, `why` and `since` are there together, or none of them is.

    `assess_on`: since when anything waits for an assessor, whoever else is waited for; `sign_off_on`: since when
    something is ready to sign off. `holds_until` is the first day on which the calendar may change the answer.
    """

    state: State
    started_on: date
    completed_on: date | None = None
    left_on: date | None = None
    waits_for: Who | None = None
    why: Why | None = None
    since: date | None = None
    assess_on: date | None = None
    sign_off_on: date | None = None
    holds_until: date | None = None


@dataclass(frozen=True)
class Move:
    """A move that somebody has, since a day."""

    since: date
    who: Who
    why: Why


_ORDER = list(Why)


def stand(known: Known, on: date) -> Stand:
    """Where an enrolment stands on a day.

    It waits for whoever else has had a move the longest; for the learner only where nobody else has one. Who has left
    waits for nobody; who has completed, for the register team at most.
    """
    same = {"started_on": known.started_on, "completed_on": known.completed_on, "left_on": known.left_on}
    if known.left_on is not None and known.completed_on is None:
        return Stand(state=State.LEFT, **same)  # type: ignore[arg-type]  # days, all of them
    listing = () if known.applied_on is None else (Move(known.applied_on, Who.REGISTER_TEAM, Why.TO_LIST),)
    if known.completed_on is not None:
        move = next(iter(listing), None) if known.left_on is None else None
        return Stand(state=State.COMPLETED, **same, **_moved(move))  # type: ignore[arg-type]
    others = [*listing, *_others(known, on)]
    move = min(others, key=lambda each: (each.since, _ORDER.index(each.why)), default=None) or _own(known)
    ready = [each.ready for each in known.practice if each.ready]
    undecided = [each.undecided for each in known.practice if each.undecided]
    return Stand(
        state=State.WORKING,
        **same,  # type: ignore[arg-type]
        **_moved(move),  # type: ignore[arg-type]
        assess_on=min([*ready, *undecided], default=None),
        sign_off_on=min(ready, default=None),
        holds_until=changes_on([*known.assessors, *known.employers], on),
    )


def _moved(move: Move | None) -> dict[str, object]:
    return {"waits_for": move.who, "why": move.why, "since": move.since} if move else {}


def _others(known: Known, on: date) -> Iterable[Move]:
    """The moves that others have."""
    if known.unread is not None:
        yield Move(known.unread, Who.READER, Why.TO_READ)
    assessor, employer = any_holds(known.assessors, on), any_holds(known.employers, on)
    for each in known.practice:
        household = employer and not each.standards
        if each.undecided is not None:
            yield _by(assessor, False, each.undecided, Why.TO_DECIDE)  # noqa: FBT003  a household decides on nothing offered
        if each.ready is not None:
            yield _by(assessor, household, each.ready, Why.TO_SIGN_OFF)
        if each.to_see is not None and not each.standards:
            yield _by(assessor and not household, household, each.to_see, Why.TO_SEE)
    if known.studied and all(each.units == each.signed_off for each in known.practice):
        yield Move(known.last_on or known.started_on, Who.COORDINATOR, Why.TO_CERTIFY)


def _by(assessor: bool, household: bool, since: date, why: Why) -> Move:  # noqa: FBT001  who there is
    if assessor:
        return Move(since, Who.ASSESSOR, why)
    if household:
        return Move(since, Who.EMPLOYER, why)
    return Move(since, Who.COORDINATOR, Why.TO_FIND_ASSESSOR)


def _own(known: Known) -> Move:
    if known.sent_back is not None:
        return Move(known.sent_back, Who.SELF, Why.TO_WRITE_AGAIN)
    if known.last_on is None:
        return Move(known.started_on, Who.SELF, Why.TO_BEGIN)
    return Move(known.last_on, Who.SELF, Why.TO_STUDY)


@dataclass(frozen=True)
class Limits:
    """From how many days on each wait is stuck, by an authority's word."""

    days: Mapping[Who, int] = field(default_factory=lambda: DAYS)

    def stuck_since(self, who: Who, on: date) -> date:
        """What has waited for somebody since this day or earlier is stuck on a day."""
        return on - timedelta(days=self.days[who])

    def is_stuck(self, one: Stand, on: date) -> bool:
        """Whether an enrolment is stuck on a day."""
        return one.waits_for is not None and one.since is not None and one.since <= self.stuck_since(one.waits_for, on)


def may_nudge_again(last_on: date | None, on: date) -> bool:
    """Whether enough days have passed since the last nudge."""
    return last_on is None or (on - last_on).days >= NUDGE_AGAIN_AFTER
