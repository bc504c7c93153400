"""DBS disclosures: what one covers, what follows when it has content, and who may start an enhanced check.

A certificate either has content or not. Content is never recorded here: no offence, no police text, no image. What is
kept is that the certificate was seen, that it was talked about, and who decided what. These rules are the law's and the
DBS code of practice's for England and Wales, so they stand here and not in a council's file.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from lms.register.kinds import Level, Workforce


class Content(StrEnum):
    """What can be said of a certificate."""

    NONE = "no_content"
    SOME = "has_content"
    NOT_SEEN = "not_seen"


class Decision(StrEnum):
    """How an open discussion can end."""

    PROCEED = "proceed"
    WITH_CONDITIONS = "proceed_with_conditions"
    DO_NOT_PROCEED = "do_not_proceed"
    BARRED = "barred_cannot_proceed"

    @property
    def needs_second_person(self) -> bool:
        """Whether a second named person has to agree."""
        return self in {Decision.WITH_CONDITIONS, Decision.DO_NOT_PROCEED}


class FollowUp(StrEnum):
    """What can follow a disclosure that was seen. For one with content the first ones come in this order."""

    INVITED = "invited"
    DISCUSSED = "discussed"
    CONSIDERED = "considered"
    DECIDED = "decided"
    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    TOLD = "told"
    EMPLOYER_TOLD = "employer_told"
    RISK_REVIEW = "risk_review_raised"
    STATUS_CHECKED = "status_checked"


class Factor(StrEnum):
    """What is weighed before anybody decides. It is ticked that it was weighed, never what came of it."""

    RELEVANCE = "relevance_to_role"
    SERIOUSNESS = "seriousness"
    TIME_PASSED = "time_passed"
    AGE = "age_at_time"
    ONCE_OR_MORE = "single_or_repeated"
    CIRCUMSTANCES = "circumstances_then_and_now"
    OPENNESS = "openness"
    SUPERVISION = "supervision_available"


class StatusResult(StrEnum):
    """What the update service answered."""

    NO_CHANGE_NO_CONTENT = "no_change_no_content"
    NO_CHANGE_HAS_CONTENT = "no_change_has_content"
    CHANGED = "changed_new_check_needed"
    DETAILS_DO_NOT_MATCH = "details_do_not_match"


class Starter(StrEnum):
    """Who asks for an enhanced check."""

    EMPLOYER = "individual_employer_through_registered_body"
    LOCAL_AUTHORITY = "local_authority"
    SUPPORT_ORGANISATION = "support_organisation"
    UMBRELLA_FOR_EMPLOYER = "umbrella_body_for_employer"
    PA_THROUGH_UMBRELLA = "pa_through_umbrella_body"


@dataclass(frozen=True, kw_only=True)
class StatusCheck:
    """One look at the update service."""

    on: date
    result: StatusResult


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """A disclosure certificate as far as it may be remembered.

    `seen_on` is the day the team saw it, or for one not seen yet, the day it was asked for. `decided_on` is the day the
    decision was complete: for those that need a second person, the day that person agreed.
    """

    level: Level
    workforce: Workforce
    issued_on: date
    seen_on: date
    content: Content
    discussed_on: date | None = None
    decision: Decision | None = None
    decided_on: date | None = None
    status_checks: tuple[StatusCheck, ...] = ()

    def covers(self, level: Level, workforce: Workforce) -> bool:
        """Whether it reaches a level and was asked for that workforce."""
        return self.level in _REACHED_BY[level] and self.workforce in {workforce, Workforce.ADULT_AND_CHILD}

    def open_on(self, day: date) -> bool:
        """Whether there was content and no decision yet on a day."""
        return self.content is Content.SOME and self.decision_on(day) is None

    def decision_on(self, day: date) -> Decision | None:
        """The decision as it stood on a day."""
        return self.decision if self.decided_on is not None and self.decided_on <= day else None


@dataclass(frozen=True, kw_only=True)
class Taken:
    """One step that followed a disclosure, in the order in which it was recorded."""

    step: FollowUp
    on: date
    by: UUID
    decision: Decision | None = None


_AFTER: dict[FollowUp | None, FollowUp] = {
    None: FollowUp.INVITED,
    FollowUp.INVITED: FollowUp.DISCUSSED,
    FollowUp.DISCUSSED: FollowUp.CONSIDERED,
    FollowUp.CONSIDERED: FollowUp.DECIDED,
    FollowUp.NOT_AGREED: FollowUp.DECIDED,
    FollowUp.AGREED: FollowUp.TOLD,
}
_ORDERED = frozenset(_AFTER) | {FollowUp.DECIDED, FollowUp.TOLD}


def waits_for(taken: Iterable[Taken]) -> FollowUp | None:
    """The step a disclosure with content waits for; None when the PA was told of the decision and nothing is open.

    A decision that was told can be followed by another one, after a review: then it goes on from there.
    """
    last = next((t for t in reversed(list(taken)) if t.step in _ORDERED), None)
    if last is None or last.step is not FollowUp.DECIDED:
        return _AFTER.get(last.step if last else None)
    assert last.decision is not None
    return FollowUp.AGREED if last.decision.needs_second_person else FollowUp.TOLD


def complete(taken: Iterable[Taken]) -> Taken | None:
    """The step with which the decision that stands was complete; None while there is none.

    For a decision that needs a second person it is the one in which they agreed.
    """
    for step in reversed(list(taken)):
        alone = step.step is FollowUp.DECIDED and step.decision is not None and not step.decision.needs_second_person
        if alone or step.step is FollowUp.AGREED:
            return step
    return None


_REACHED_BY: dict[Level, frozenset[Level]] = {
    Level.BASIC: frozenset(Level),
    Level.STANDARD: frozenset(Level) - {Level.BASIC},
    Level.ENHANCED: frozenset(Level) - {Level.BASIC, Level.STANDARD},
    Level.ENHANCED_ADULTS: frozenset({Level.ENHANCED_ADULTS, Level.ENHANCED_BOTH}),
    Level.ENHANCED_CHILDRENS: frozenset({Level.ENHANCED_CHILDRENS, Level.ENHANCED_BOTH}),
    Level.ENHANCED_BOTH: frozenset({Level.ENHANCED_BOTH}),
}


@dataclass(frozen=True, kw_only=True)
class Starts:
    """Who may start an enhanced check from a day to a day, both included; None is without an end.

    `conditions` have to hold of the role when it is the PA who starts it.
    """

    from_day: date | None
    until: date | None
    allowed: frozenset[Starter]
    conditions: frozenset[str] = frozenset()

    @property
    def pa_self(self) -> bool:
        """Whether the PA may start it, through an umbrella body."""
        return Starter.PA_THROUGH_UMBRELLA in self.allowed

    def covers(self, day: date) -> bool:
        """Whether a day is among its days."""
        return (self.from_day is None or self.from_day <= day) and (self.until is None or day <= self.until)


PA_MAY_START_FROM = date(2026, 1, 21)
"""From this day a PA may start their own enhanced check through an umbrella body (official, England and Wales)."""

WHO_MAY_START = (
    Starts(from_day=None, until=date(2026, 1, 20), allowed=frozenset(Starter) - {Starter.PA_THROUGH_UMBRELLA}),
    Starts(
        from_day=PA_MAY_START_FROM,
        until=None,
        allowed=frozenset(Starter),
        conditions=frozenset({"paid_role", "role_eligible"}),
    ),
)
"""The days of the law. A basic check was never part of this: a PA can always ask for one themselves."""


@dataclass(frozen=True)
class MayStart:
    """Whether somebody may start an enhanced check, and what stands in the way."""

    allowed: bool
    why: str
    lacking: tuple[str, ...] = ()


def who_may_start_an_enhanced_check(by: Starter, *, on: date, conditions: Collection[str] = ()) -> MayStart:
    """Whether `by` may start an enhanced check on a day; `conditions` are those known to hold of the role.

    Anybody acting for the employer or the authority always could. The PA can since 21 January 2026, through an umbrella
    body, for a paid role that is eligible for an enhanced check.
    """
    if by is not Starter.PA_THROUGH_UMBRELLA:
        return MayStart(allowed=True, why="acts_for_employer_or_authority")
    days = next(days for days in WHO_MAY_START if days.covers(on))
    if not days.pa_self:
        return MayStart(allowed=False, why="not_before_2026_01_21")
    lacking = tuple(sorted(days.conditions - set(conditions)))
    return MayStart(allowed=not lacking, why="conditions_lacking" if lacking else "conditions_hold", lacking=lacking)
