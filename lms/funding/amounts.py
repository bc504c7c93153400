"""How much: maximum, cost, yearly limit, parts and shares of one item. Plain Python; docs/claims.md tells it in prose.

Payable is the lower of the maximum for the item and the cost really paid (less what the PA pays for a place), then
limited by what is left of the learner's and the organisation's limit. A fixed rate pays its amount whatever the cost.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from lms.funding import money
from lms.funding.money import Pence
from lms.funding.question import Question
from lms.funding.reasons import Figure, FigureName, Reason
from lms.funding.scheme import ClaimItem, Limits
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
    return _parted(q, item, _limited(q, item, _unlimited(q, item)))


def most_of(q: Question) -> Pence:
    """The most a funder who decides may give: above the maximum only where the item lets it be asked for.

    Never more than the cost, what is left of the limits, and the part or the share that was asked for.
    """
    if q.item is None:
        return 0
    if q.part is Part.SECOND and q.asked.first_part:
        return amount_of(q, q.item).amount
    found, cost = _unlimited(q, q.item), q.asked.cost
    if cost is not None and q.item.asks_over_maximum and not q.item.fixed_rate:
        payable = max(0, cost - (q.item.price_to_pa_pence or 0))
        found = replace(found, amount=payable, payable=payable)
    return _parted(q, q.item, _limited(q, q.item, found)).amount


def _parted(q: Question, item: ClaimItem, found: Amount) -> Amount:
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
    price = item.price_to_pa_pence or 0
    payable = most if item.fixed_rate or cost is None else min(most, max(0, cost - price))
    over = cost is not None and cost > most and item.asks_over_maximum
    to_decide = item.case_by_case or over
    return Amount(
        amount=payable,
        payable=payable,
        cost_known=item.fixed_rate or q.asked.cost_paid is not None,
        limited=bool(cost and price and not payable),
        to_decide=to_decide,
        requested=(most if cost is None else cost) if to_decide else None,
        reasons=(*_why(item, cost, most, over=over), *_price(item, cost)),
    )


def _price(item: ClaimItem, cost: Pence | None) -> Iterator[Reason]:
    """What the PA pays for a place is met already, so the same cost is not met twice."""
    price = item.price_to_pa_pence
    if price and cost is not None:
        code = Refusal.COST_NOT_COVERED if cost and cost <= price else Support.PRICE_TO_PA_COMES_OFF
        yield Reason(code, {"price_pence": price, "cost_pence": cost})


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
    """What is left of the limits of the learner and of the organisation; the tighter one gives the reason."""
    limits = q.scheme.limits
    if limits is None:
        return found
    if limits.per_organisation_cap and limits.per_organisation_cap_pence is None:  # named, never guessed
        found = replace(found, reasons=(*found.reasons, Reason(Support.ORGANISATION_CAP_UNKNOWN)))
    room, code = min(_left(q, item, limits), default=(found.payable, Refusal.LEARNER_LIMIT_REACHED))
    if room >= found.payable:  # a learner who had too much already has no room, even for nothing
        return found
    payable = max(0, room)
    return replace(
        found,
        amount=payable,
        payable=payable,
        limited=True,
        reasons=(*found.reasons, Reason(code, {"left_pence": payable})),
    )


def _left(q: Question, item: ClaimItem, limits: Limits) -> Iterator[tuple[Pence, Refusal]]:
    learner, organisation = Refusal.LEARNER_LIMIT_REACHED, Refusal.ORGANISATION_LIMIT_REACHED
    if limits.per_learner_per_year_pence is not None:
        yield limits.per_learner_per_year_pence - q.asked.had_this_year, learner
    if limits.per_learner_per_year_credits is not None and item.measure is Measure.PER_CREDIT:
        yield (limits.per_learner_per_year_credits - q.asked.credits_this_year) * item.max_amount_pence, learner
    if limits.per_organisation_cap_pence is not None:
        yield limits.per_organisation_cap_pence - q.asked.organisation_had_this_year, organisation


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
    """Every figure the amount rests on, each with its standing and where it stands."""
    item, limits = q.item, q.scheme.limits
    if item is None:
        return
    for name, value in item_figures(item):
        yield Figure(name, str(value), item.amount_provenance, q.scheme.code, f"items.{item.code}")
    if item.measure is Measure.PER_PERSON_DAY and q.asked.days is not None:
        key = f"days.{q.asked.training}"
        yield Figure(FigureName.DAYS, str(q.asked.days), q.asked.days_provenance, q.scheme.code, key)
    if q.scheme.grant_share and item.measure is Measure.COST_SHARE:
        share = q.scheme.grant_share
        percent = str(share.grant_percent)
        yield Figure(FigureName.GRANT_PERCENT, percent, share.provenance, q.scheme.code, "grant_share")
    if limits:
        for name, value in limit_figures(limits):
            if name is not FigureName.YEAR_CREDITS or item.measure is Measure.PER_CREDIT:
                yield Figure(name, str(value), limits.provenance, q.scheme.code, "limits")


def item_figures(item: ClaimItem) -> Iterator[tuple[FigureName, Pence]]:
    """The figures of an item: its maximum, and where they are stated the least of the guide and the price to a PA."""
    yield _RATES.get(item.measure, FigureName.RATE), item.max_amount_pence
    if item.guide_min_pence is not None:
        yield FigureName.GUIDE_MINIMUM, item.guide_min_pence
    if item.price_to_pa_pence is not None:
        yield FigureName.PRICE_TO_PA, item.price_to_pa_pence


def limit_figures(limits: Limits) -> Iterator[tuple[FigureName, int]]:
    """The limits that are stated as figures."""
    if limits.per_learner_per_year_pence is not None:
        yield FigureName.YEAR_LIMIT, limits.per_learner_per_year_pence
    if limits.per_learner_per_year_credits is not None:
        yield FigureName.YEAR_CREDITS, limits.per_learner_per_year_credits
    if limits.per_organisation_cap_pence is not None:
        yield FigureName.ORGANISATION_CAP, limits.per_organisation_cap_pence
