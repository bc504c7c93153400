"""The rules of checks that are the law's and the DBS's, so that they stand here and in no council's file.

Sources, with their days, stand in docs/register-checks.md. Plain Python: facts and days in, answers with reasons out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lms.register.disclosures import Content, Decision, Disclosure, StatusResult
from lms.register.kinds import Circumstance, DisclosureNeeded, Requirement
from lms.register.spans import months_after

NUMBER_DAYS = 183
"""How long a certificate's number is kept after the decision, or after it was seen where none was needed."""
JOIN_DAYS = 30
"""How long after its issue a certificate can be added to the update service."""
ASK_EARLY = timedelta(days=30)
"""How long before its day a status check waits for the register team."""

MAY_STORE = frozenset(
    {
        "level",
        "lists_checked",
        "workforce",
        "issue_date",
        "seen_on",
        "seen_by",
        "status_check_result",
        "status_check_on",
        "decision",
        "decision_on",
        "decision_by",
        "renewal_due",
    }
)
MAY_STORE_FOR_A_TIME = frozenset({"certificate_number"})
NEVER_STORE = frozenset({"certificate_image", "offences", "police_information", "free_text_about_offences"})
"""The whole of what may be kept of a disclosure. A test holds the tables against it."""


def delete_number_on(seen_on: date, decided_on: date | None) -> date:
    """The day on which a certificate's number goes."""
    return (decided_on or seen_on) + timedelta(days=NUMBER_DAYS)


def join_by(issued_on: date) -> date:
    """The last day on which a certificate can be added to the update service."""
    return issued_on + timedelta(days=JOIN_DAYS)


class Stop(StrEnum):
    """Why the update service may not be asked about a certificate."""

    NO_CONSENT = "no_consent"
    NOT_SEEN = "not_seen"
    OPEN = "open"
    NOT_FOR_THIS_WORK = "not_for_this_work"
    CHANGED = "changed"


def stops(requirements: Iterable[Requirement], disclosure: Disclosure, *, consent: bool, on: date) -> Stop | None:
    """What stands in the way of a status check: the PA agrees, the certificate itself was seen, the work is the same.

    `requirements` are those that apply to the PA. The authority may ask only as far as it may know: for the same
    workforce, and a level and lists that the certificate reaches.
    """
    if disclosure.content is Content.NOT_SEEN:
        return Stop.NOT_SEEN
    if disclosure.open_on(on):
        return Stop.OPEN
    if not rules_for(requirements, disclosure):
        return Stop.NOT_FOR_THIS_WORK
    if any(check.result is StatusResult.CHANGED for check in disclosure.status_checks):
        return Stop.CHANGED
    return None if consent else Stop.NO_CONSENT


def rules_for(requirements: Iterable[Requirement], disclosure: Disclosure) -> list[DisclosureNeeded]:
    """The requirements for which the update service may be asked about a certificate."""
    return [
        rule
        for rule in requirements
        if isinstance(rule, DisclosureNeeded)
        and rule.update_service_accepted
        and rule.workforce is disclosure.workforce
        and disclosure.covers(rule.level, rule.workforce)
    ]


def agrees(disclosure: Disclosure, result: StatusResult) -> bool:
    """Whether an answer can be about the certificate as it was recorded: content does not come or go by itself."""
    said = {StatusResult.NO_CHANGE_NO_CONTENT: Content.NONE, StatusResult.NO_CHANGE_HAS_CONTENT: Content.SOME}
    return result not in said or said[result] is disclosure.content


def recheck_due(requirements: Iterable[Requirement], disclosure: Disclosure) -> date | None:
    """The day by which the update service is to be asked again; None when no rule asks for it.

    It is counted from the day the certificate was seen, or from the last answer that found no change.
    """
    months = [rule.update_service_recheck_months for rule in rules_for(requirements, disclosure)]
    known = [each for each in months if each is not None]
    if not known:
        return None
    unchanged = [
        check.on
        for check in disclosure.status_checks
        if check.result is not StatusResult.DETAILS_DO_NOT_MATCH and agrees(disclosure, check.result)
    ]
    return months_after(max([disclosure.seen_on, *unchanged]), min(known))


def applying(requirements: Iterable[Requirement], circumstances: Iterable[Circumstance]) -> list[Requirement]:
    """The requirements that are for a PA whose work is like that."""
    holding = set(circumstances)
    return [rule for rule in requirements if rule.when is None or rule.when in holding]


def newest(disclosures: Sequence[Disclosure]) -> Disclosure | None:
    """The certificate that speaks for a PA now: of those that were seen the one issued last."""
    seen = [d for d in disclosures if d.content is not Content.NOT_SEEN]
    return max(enumerate(seen), key=lambda pair: (pair[1].issued_on, pair[0]))[1] if seen else None


@dataclass(frozen=True)
class MayReview:
    """Whether a PA can ask for a review of a decision; `asked` while one is open."""

    allowed: bool
    asked: bool = False


def may_review(decision: Decision | None, *, open_review: bool) -> MayReview:
    """A decision that is complete can be looked at again, one review at a time. “Go on” leaves nothing to review."""
    if open_review:
        return MayReview(allowed=False, asked=True)
    return MayReview(allowed=decision not in {None, Decision.PROCEED})
