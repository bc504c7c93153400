"""How much: maximum, cost, yearly limit, parts and shares of one item. Plain Python; docs/claims.md tells it in prose.

Payable is the lower of the maximum for the item and the cost really paid, then limited by what is left of the
learner's yearly limit. A fixed rate pays its amount whatever the cost.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from lms.funding import money
from lms.funding.money import Pence
from lms.funding.question import Question
from lms.funding.reasons import Figure, FigureName, Reason
from lms.funding.scheme import ClaimItem
from lms.funding.vocabulary import Measure, Part, Refusal, Support


@dataclass(frozen=True, kw_only=True)
class Amount:
    """What one item comes to. `amount` is for the part that was asked for, `payable` for the whole item."""

    amount: Pence
    payable: Pence
    cost_known: bool
    limited: bool = False
    to_decide: bool = False
    requested: Pence | None = None
    first_part: Pence | None = None
    second_part: Pence | None = None
    grant: Pence | None = None
    match: Pence | None = None
    reasons: tuple[Reason, ...] = ()


def amount_of(q: Question, item: ClaimItem) -> Amount:
    """The amount for an item of the list. Only the learner's yearly limit can leave nothing of it."""
    if q.part is Part.SECOND and q.asked.first_part:
        return _second_part(q.asked.first_part.payable)
    found = _limited(q, item, _unlimited(q, item))
    if q.is_split:
        return _in_parts(found, q.part)
    if item.measure is Measure.COST_SHARE and q.scheme.grant_share:
        grant, match = money.shared(found.payable, q.scheme.grant_share.grant_percent)
        return replace(found, amount=grant, grant=grant, match=match)
    return found


def maximum_of(item: ClaimItem, credit_count: int | None, days: Decimal | None) -> Pence:
    """The most an item pays: its maximum, times credits or days where it is counted by those."""
    match item.measure:
        case Measure.PER_CREDIT:
            return item.max_amount_pence * (1 if credit_count is None else credit_count)
        case Measure.PER_PERSON_DAY:
            return money.for_days(item.max_amount_pence, Decimal(1) if days is None else days)
        case _:
            return item.max_amount_pence


def _unlimited(q: Question, item: ClaimItem) -> Amount:
    cost, most = q.asked.cost, maximum_of(item, q.asked.credits, q.asked.days)
    payable = most if item.fixed_rate or cost is None else min(most, cost)
    over = cost is not None and cost > most and item.asks_over_maximum
    to_decide = item.case_by_case or over
    return Amount(
        amount=payable,
        payable=payable,
        cost_known=item.fixed_rate or q.asked.cost_paid is not None,
        to_decide=to_decide,
        requested=(most if cost is None else cost) if to_decide else None,
        reasons=tuple(_why(item, cost, most, over=over)),
    )


def _why(item: ClaimItem, cost: Pence | None, most: Pence, *, over: bool) -> Iterator[Reason]:
    if over:
        yield Reason(Support.OVER_GUIDE_MAXIMUM, {"max_pence": most, "cost_pence": cost or 0})
    elif item.fixed_rate:
        yield Reason(Support.FIXED_RATE, {"max_pence": most})
    elif cost is not None and cost <= most:
        yield Reason(Support.COST_IS_LOWER, {"max_pence": most, "cost_pence": cost})
    else:
        yield Reason(Support.UP_TO_MAXIMUM, {"max_pence": most})
    if item.case_by_case:
        yield Reason(Support.DECIDED_CASE_BY_CASE)


def _limited(q: Question, item: ClaimItem, found: Amount) -> Amount:
    limits = q.scheme.limits
    if limits is None:
        return found
    left: list[Pence | None] = []
    if limits.per_learner_per_year_pence is not None:
        left.append(limits.per_learner_per_year_pence - q.asked.had_this_year)
    if limits.per_learner_per_year_credits is not None and item.measure is Measure.PER_CREDIT:
        left.append((limits.per_learner_per_year_credits - q.asked.credits_this_year) * item.max_amount_pence)
    room = money.lowest(left)
    if room is None or room >= found.payable:  # a learner who had too much already has no room, even for nothing
        return found
    payable = max(0, room)
    reason = Reason(Refusal.LEARNER_LIMIT_REACHED, {"left_pence": payable})
    return replace(found, amount=payable, payable=payable, limited=True, reasons=(*found.reasons, reason))


def _in_parts(found: Amount, part: Part) -> Amount:
    first, second = money.in_two_parts(found.payable)
    amount = first if part is Part.FIRST else found.payable
    return replace(found, amount=amount, first_part=first, second_part=second)


def _second_part(payable: Pence) -> Amount:
    """The second part uses the rate of the first payment date, whatever the rate is today."""
    first, second = money.in_two_parts(payable)
    reason = Reason(Support.FIRST_PAYMENT_SETS_RATE, {"payable_pence": payable, "first_pence": first})
    return Amount(
        amount=second, payable=payable, cost_known=True, first_part=first, second_part=second, reasons=(reason,)
    )


_RATES = {Measure.PER_CREDIT: FigureName.RATE_A_CREDIT, Measure.PER_PERSON_DAY: FigureName.RATE_A_DAY}


def figures_of(q: Question) -> Iterator[Figure]:
    """Every figure the amount rests on, each with its standing."""
    item, limits = q.item, q.scheme.limits
    if item is None:
        return
    yield Figure(_RATES.get(item.measure, FigureName.RATE), str(item.max_amount_pence), item.amount_provenance)
    if item.guide_min_pence is not None:
        yield Figure(FigureName.GUIDE_MINIMUM, str(item.guide_min_pence), item.amount_provenance)
    if item.measure is Measure.PER_PERSON_DAY and q.asked.days is not None:
        yield Figure(FigureName.DAYS, str(q.asked.days), q.asked.days_provenance)
    if item.price_to_pa_pence is not None:
        yield Figure(FigureName.PRICE_TO_PA, str(item.price_to_pa_pence), item.amount_provenance)
    if q.scheme.grant_share and item.measure is Measure.COST_SHARE:
        share = q.scheme.grant_share
        yield Figure(FigureName.GRANT_PERCENT, str(share.grant_percent), share.provenance)
    if limits and limits.per_learner_per_year_pence is not None:
        yield Figure(FigureName.YEAR_LIMIT, str(limits.per_learner_per_year_pence), limits.provenance)
    if limits and limits.per_learner_per_year_credits is not None and item.measure is Measure.PER_CREDIT:
        yield Figure(FigureName.YEAR_CREDITS, str(limits.per_learner_per_year_credits), limits.provenance)
