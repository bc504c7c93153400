"""Who may be listed: one authority's rules, what a PA holds and a day in; a verdict with its reasons out.

Plain Python. The verdict says what the rules allow. Whether a PA is listed, suspended or refused is decided by people.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lms.register.evidence import Asked
from lms.register.findings import Finding, finding
from lms.register.held import Held
from lms.register.kinds import (
    Circumstance,
    ContactModel,
    ListingState,
    Requirement,
    RequirementKind,
    RequirementState,
)
from lms.register.reasons import STEP_OF, Step
from lms.register.settled import settled
from lms.register.spans import day_after, earliest


@dataclass(frozen=True, kw_only=True)
class Provisional:
    """When an authority shows a PA with a label that says what is still missing.

    `needs_when_applicable` are requirements that count only for PAs to whom they apply. `maximum_days` None: no limit.
    """

    allowed: bool
    needs: tuple[str, ...] = ()
    needs_when_applicable: tuple[str, ...] = ()
    maximum_days: int | None = None
    may_apply_for_adverts: bool = False


@dataclass(frozen=True, kw_only=True)
class AuthorityRules:
    """One edition of one authority's rules, good from `valid_from` until the day before `replaced_on`.

    `remind_days` is how long before its end something is called expiring, `grace_days` how long a listed PA stays
    listed after something ran out. `remind_days_before` are all the days of reminders, the longest first, and
    `review_months` how often a listing is looked at again. A waiver lasts `waiver_days` at most.
    """

    authority: str
    edition: str
    valid_from: date
    contact_model: ContactModel
    requirements: tuple[Requirement, ...]
    provisional: Provisional
    remind_days: int
    grace_days: int
    replaced_on: date | None = None
    remind_days_before: tuple[int, ...] = ()
    review_months: int | None = None
    waiver_days: int = 180


@dataclass(frozen=True, kw_only=True)
class Before:
    """What the PA was until today. A new applicant was nothing, so days of grace are not for them."""

    state: ListingState | None = None
    provisional_since: date | None = None

    @property
    def listed(self) -> bool:
        """Whether the PA is listed so far."""
        return self.state is ListingState.LISTED

    @property
    def shown(self) -> bool:
        """Whether employers see the PA so far, with a label or without."""
        return self.state in {ListingState.LISTED, ListingState.PROVISIONAL}


NEW_APPLICANT = Before()


class Because(StrEnum):
    """Why the listing stands where it stands."""

    NOTHING_IS_MISSING = "nothing_is_missing"
    DISCLOSURE_IS_DISCUSSED = "disclosure_is_discussed"
    DECIDED_AGAINST = "decided_against"
    WITHIN_GRACE = "within_grace"
    SOMETHING_RAN_OUT = "something_ran_out"
    ENOUGH_TO_BEGIN = "enough_to_begin"
    PROVISIONAL_PERIOD_OVER = "provisional_period_over"
    SOMETHING_IS_MISSING = "something_is_missing"


@dataclass(frozen=True)
class NextStep:
    """The one thing that helps most now, and the requirement it is for."""

    step: Step
    code: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The answer for one PA and one authority. `until` is the first day on which the calendar alone changes it.

    `missing` and `recommended_missing` are codes in order; `findings` are in the order of the rules.
    """

    authority: str
    edition: str
    state: ListingState
    because: Because
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]
    recommended_missing: tuple[str, ...]
    next_step: NextStep | None
    may_apply_for_adverts: bool
    until: date | None

    def finding(self, code: str) -> Finding:
        """How the requirement with a code stands."""
        return next(f for f in self.findings if f.code == code)


def eligibility(rules: AuthorityRules, held: Held, *, on: date, before: Before = NEW_APPLICANT) -> Verdict:
    """Whether a PA may be listed on a day, what is missing, what to do next, and until when all that holds."""
    asked = Asked(on, rules.remind_days, before.listed, settled(held, on), before.shown)
    findings = tuple(finding(each, held, asked) for each in rules.requirements)
    state, because, changes = _state(rules, findings, before, on)
    helpful = in_order_of_help(rules, findings)
    return Verdict(
        authority=rules.authority,
        edition=rules.edition,
        state=state,
        because=because,
        findings=findings,
        missing=_missing(findings, mandatory=True),
        recommended_missing=_missing(findings, mandatory=False),
        next_step=NextStep(helpful[0].next_step, helpful[0].code) if helpful and helpful[0].next_step else None,
        may_apply_for_adverts=_may_apply(rules, state),
        until=earliest([*(f.until for f in findings), *changes, rules.replaced_on]),
    )


_EFFORT = {kind: place for place, kind in enumerate(STEP_OF)}


def in_order_of_help(rules: AuthorityRules, findings: Iterable[Finding]) -> list[Finding]:
    """The findings there is something to do about, in the order that helps most.

    An open discussion comes first, since everything waits for it; then what lets a PA begin provisionally, the rest of
    what is missing, what runs out soon, and what is only recommended. Among equals, what takes least effort.
    """
    begin = {*rules.provisional.needs, *rules.provisional.needs_when_applicable} if rules.provisional.allowed else set()

    def rank(one: Finding) -> tuple[bool, bool, bool, bool, int, str]:
        lacks = not one.satisfied
        return (
            not one.holds_back,
            not (lacks and one.mandatory),
            not (lacks and one.code in begin),
            not one.mandatory,
            _EFFORT[one.kind],
            one.code,
        )

    return sorted((f for f in findings if f.next_step is not None), key=rank)


def circumstances_asked(rules: AuthorityRules) -> tuple[Circumstance, ...]:
    """What an authority needs to know of a PA's work before it can say which requirements apply."""
    asked = {requirement.when for requirement in rules.requirements}
    return tuple(each for each in Circumstance if each in asked)


def _missing(findings: Iterable[Finding], *, mandatory: bool) -> tuple[str, ...]:
    return tuple(sorted(f.code for f in findings if f.mandatory is mandatory and not f.satisfied))


def _state(
    rules: AuthorityRules, findings: tuple[Finding, ...], before: Before, on: date
) -> tuple[ListingState, Because, list[date]]:
    """State and reason, with the days on which the state changes though no requirement does."""
    missing = [f for f in findings if f.mandatory and not f.satisfied]
    if any(f.holds_back for f in findings):
        against = any(f.holds_back and f.state is RequirementState.NOT_MET for f in findings)
        return ListingState.CHECKING, Because.DECIDED_AGAINST if against else Because.DISCLOSURE_IS_DISCUSSED, []
    if not missing:
        return ListingState.LISTED, Because.NOTHING_IS_MISSING, []
    if before.state in {ListingState.LISTED, ListingState.LAPSED}:
        return _listed_before(rules, missing, before, on)
    if not _enough_to_begin(rules, findings):
        return ListingState.CHECKING, Because.SOMETHING_IS_MISSING, []
    over = provisional_over(rules, before)
    if over is not None and on >= over:
        return ListingState.LAPSED, Because.PROVISIONAL_PERIOD_OVER, []
    return ListingState.PROVISIONAL, Because.ENOUGH_TO_BEGIN, [over] if over else []


def _listed_before(
    rules: AuthorityRules, missing: list[Finding], before: Before, on: date
) -> tuple[ListingState, Because, list[date]]:
    """Days of grace are for a PA who is listed and for things that ran out, not for one who has lapsed already."""
    ends = [grace_over(rules, f) for f in missing]
    known = [end for end in ends if end is not None]
    if before.listed and len(known) == len(missing) and on < min(known):
        return ListingState.LISTED, Because.WITHIN_GRACE, [min(known)]
    return ListingState.LAPSED, Because.SOMETHING_RAN_OUT, []


def grace_over(rules: AuthorityRules, one: Finding) -> date | None:
    """The first day after the days of grace of something that ran out; None where there are none to count."""
    last = one.values.get("last")
    if one.state is not RequirementState.EXPIRED or not isinstance(last, date):
        return None
    return day_after(last) + timedelta(days=rules.grace_days)


def _enough_to_begin(rules: AuthorityRules, findings: Iterable[Finding]) -> bool:
    needed = {*rules.provisional.needs, *rules.provisional.needs_when_applicable, *_for_a_child(rules)}
    return rules.provisional.allowed and all(f.satisfied for f in findings if f.code in needed)


def _for_a_child(rules: AuthorityRules) -> Iterable[str]:
    """A check that is mandatory because a child is there: without it nobody is shown, with whatever label."""
    return (
        r.code
        for r in rules.requirements
        if r.kind is RequirementKind.DBS and r.mandatory and r.when is Circumstance.CHILD
    )


def provisional_over(rules: AuthorityRules, before: Before) -> date | None:
    """The first day after the provisional period. Its days are counted from the day after it began."""
    if before.provisional_since is None or rules.provisional.maximum_days is None:
        return None
    return day_after(before.provisional_since) + timedelta(days=rules.provisional.maximum_days)


def _may_apply(rules: AuthorityRules, state: ListingState) -> bool:
    if rules.contact_model is not ContactModel.ADVERT_REPLY:
        return False
    provisional = state is ListingState.PROVISIONAL and rules.provisional.may_apply_for_adverts
    return state is ListingState.LISTED or provisional
