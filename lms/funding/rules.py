"""Is this training claimable under this scheme, how much, why, and what is missing? Plain Python.

Sources: the rules of the reference data (amount, split, months, duplicate); docs/claims.md shows them with examples.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from lms.funding import checks, days
from lms.funding.amounts import Amount, amount_of, figures_of
from lms.funding.asked import Asked
from lms.funding.question import Question
from lms.funding.reasons import Reason, Verdict
from lms.funding.scheme import ClaimItem, Scheme
from lms.funding.vocabulary import Decision, Measure, Part, Refusal, SchemeStatus, Support

COST, CREDITS, TERMS, JUSTIFICATION = "cost", "credits", "terms", "justification"
"""What may be missing beside evidence."""

_CHECKED_HERE = frozenset({"item_on_list", "cost_incurred", "workforce_data_current", "not_employing_for_a_child"})


def claimable(scheme: Scheme, asked: Asked, *, on: date) -> Verdict:
    """What a scheme says to one item, asked on a day.

    Everything known is checked, and every reason is named, not only the first. What is not known refuses nothing;
    where the evidence held is known, what is missing is listed. Days are Europe/London days, amounts whole pence.
    """
    if scheme.status is SchemeStatus.WITHDRAWN:
        return Verdict(decision=Decision.REFUSED, reasons=(Reason(Refusal.SCHEME_WITHDRAWN),))
    q = Question(scheme, scheme.item(asked.item), asked, on)
    reasons = [reason for check in (*checks.CHECKS, *days.CHECKS) for reason in check(q)]
    at_discretion = days.discretion(q)
    if at_discretion:
        reasons = [r for r in reasons if r.code is not Refusal.OUTSIDE_SUBMISSION_WINDOW]
        reasons.append(Reason(Support.DECIDED_CASE_BY_CASE))
    figures = tuple(figures_of(q))
    if q.item is None or any(reason.against for reason in reasons):
        return Verdict(decision=Decision.REFUSED, reasons=tuple(reasons), figures=figures)
    found = amount_of(q, q.item)
    return Verdict(
        decision=_decision(found, at_discretion=at_discretion),
        amount=found.amount,
        cost_known=found.cost_known,
        reasons=(*reasons, *found.reasons),
        missing=tuple(_missing(q, found)),
        conditions=tuple(_conditions(q, q.item)),
        advice=scheme.advice,
        figures=figures,
        deadline=days.deadline(q),
        requested=found.requested,
        first_part=found.first_part,
        second_part=found.second_part,
        grant=found.grant,
        match=found.match,
    )


def _conditions(q: Question, item: ClaimItem) -> Iterator[str]:
    """What people have to confirm, of claimant, learner and item, because no record here can."""
    known = {"not_a_regulated_professional"} if q.asked.learner else set()
    for condition in (*q.scheme.conditions, *q.scheme.learner_conditions, *item.item_conditions):
        if condition not in _CHECKED_HERE and condition not in known:
            yield condition


def one_after_another(scheme: Scheme, asks: Sequence[tuple[Hashable, Asked]], *, on: date) -> tuple[Verdict, ...]:
    """What a scheme says to several items asked in one claim, each with its learner, in their order.

    What the lines before use up of a learner's limit or of the organisation's is gone for those after, so that a claim
    of many lines never gets more than is left.
    """
    pence: defaultdict[Hashable, int] = defaultdict(int)
    credit_counts: defaultdict[Hashable, int] = defaultdict(int)
    verdicts: list[Verdict] = []
    for learner, asked in asks:
        whole = replace(
            asked,
            had_this_year=asked.had_this_year + pence[learner],
            credits_this_year=asked.credits_this_year + credit_counts[learner],
            organisation_had_this_year=asked.organisation_had_this_year + sum(pence.values()),
        )
        verdict = claimable(scheme, whole, on=on)
        verdicts.append(verdict)
        if verdict.claimable:
            pence[learner] += verdict.amount
            credit_counts[learner] += asked.credits or 0
    return tuple(verdicts)


def together(verdicts: Sequence[Verdict]) -> Verdict:
    """One answer for several items of one application: refused when one is, otherwise their sums."""
    decisions = [v.decision for v in verdicts]
    # The gravest decision of all stands for the whole application.
    gravest = next(d for d in _GRAVEST_FIRST if d in decisions)
    refused = gravest is Decision.REFUSED
    seen: dict[object, Reason] = {(r.code, *sorted(r.values.items())): r for v in verdicts for r in v.reasons}
    deadlines = [v.deadline for v in verdicts if v.deadline]
    return Verdict(
        decision=gravest,
        amount=0 if refused else sum(v.amount for v in verdicts),
        cost_known=all(v.cost_known for v in verdicts),
        reasons=tuple(seen.values()),
        missing=tuple(dict.fromkeys(m for v in verdicts for m in v.missing)),
        conditions=tuple(dict.fromkeys(c for v in verdicts for c in v.conditions)),
        advice=tuple(dict.fromkeys(a for v in verdicts for a in v.advice)),
        figures=tuple(f for v in verdicts for f in v.figures),
        deadline=min(deadlines, key=lambda d: d.on, default=None),
        requested=None if refused else sum(v.requested if v.requested is not None else v.amount for v in verdicts),
    )


_GRAVEST_FIRST = (Decision.REFUSED, Decision.DECIDE_CASE_BY_CASE, Decision.PAYABLE_IN_PART, Decision.PAYABLE)


def _decision(found: Amount, *, at_discretion: bool) -> Decision:
    if found.limited and not found.payable:
        return Decision.REFUSED
    if found.to_decide or at_discretion:
        return Decision.DECIDE_CASE_BY_CASE
    return Decision.PAYABLE_IN_PART if found.limited else Decision.PAYABLE


def _missing(q: Question, found: Amount) -> Iterator[str]:
    """What is still needed before the claim can be sent in; only asked when it is known which evidence is held."""
    held, item = q.asked.evidence, q.item
    if held is None or item is None:
        return
    if not found.cost_known and q.part is not Part.SECOND:
        yield COST
    if item.measure is Measure.PER_CREDIT and q.asked.credits is None:
        yield CREDITS
    yield from checks.still_missing(q, item, held)
    if q.has(checks.TERMS_BY_EMPLOYER) and q.asked.terms_accepted_by is None:
        yield TERMS
    if found.to_decide and item.asks_over_maximum:
        yield JUSTIFICATION
