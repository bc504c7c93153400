"""What a scheme file says that cannot be meant: each as the place where it stands and a sentence. Plain Python."""

from collections.abc import Iterator, Mapping

from lms.funding.scheme import ClaimItem, Scheme
from lms.funding.vocabulary import Measure, Part, PaymentModel, Provenance
from lms.funding.words_known import BY_FIELD, IDENTIFIERS, ITEM_CONDITIONS

Where = tuple[str | int, ...]
Found = Iterator[tuple[Where, str]]


def contradictions(scheme: Scheme) -> Found:
    """Everything in one scheme that cannot be meant, each with the place to mend."""
    yield from _words(scheme)
    yield from _stages(scheme)
    yield from _parts(scheme)
    yield from _costs(scheme)
    for place, item in enumerate(scheme.items):
        for field, said in _item(item):
            yield ("items", place, field), said
    for place, case in enumerate(scheme.cases):
        if case.id in {other.id for other in scheme.cases[:place]}:
            yield ("cases", place, "id"), f"The case {case.id} stands here twice."
    if scheme.totals and scheme.totals.grant > scheme.totals.programme:
        yield ("totals",), "The grant is more than the whole programme."


def unheld_standing(data: object, where: Where = ()) -> Found:
    """Where a file says “confirmed”: only an authority's own records do, never a file."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            if str(key).endswith("provenance") and value == Provenance.CONFIRMED:
                yield (*where, str(key)), "A file cannot confirm a figure. An authority does, in the browser."
            else:
                yield from unheld_standing(value, (*where, str(key)))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from unheld_standing(value, (*where, place))


def _words(scheme: Scheme) -> Found:
    for field, known in BY_FIELD.items():
        for place, word in enumerate(getattr(scheme, field)):
            if word not in known and word not in scheme.words:
                yield (field, place), _unknown(word)
    for place, each in enumerate(scheme.learner_identifiers):
        if each.kind not in IDENTIFIERS and each.kind not in scheme.words:
            yield ("learner_identifiers", place, "kind"), _unknown(each.kind)
    for number, item in enumerate(scheme.items):
        for place, word in enumerate(item.item_conditions):
            if word not in ITEM_CONDITIONS and word not in scheme.words:
                yield ("items", number, "item_conditions", place), _unknown(word)


def _unknown(word: str) -> str:
    return f"PALMS does not know the word {word}. Mend it, or give it a text under words."


def _stages(scheme: Scheme) -> Found:
    needs = {item.code: item.requires_approved_item for item in scheme.items}
    for place, item in enumerate(scheme.items):
        needed, seen = item.requires_approved_item, [item.code]
        if needed is None:
            continue
        where = ("items", place, "requires_approved_item")
        if needed not in needs:
            yield where, f"{item.code} requires {needed}, which is not on the list."
        while needed is not None and needed not in seen:
            seen.append(needed)
            needed = needs.get(needed)
        if needed == item.code:
            yield (
                where,
                f"{item.code} can never be approved: it requires itself ({' requires '.join([*seen, needed])}).",
            )


def _parts(scheme: Scheme) -> Found:
    split = [item for item in scheme.items if item.payment_model is PaymentModel.SPLIT]
    submission = scheme.windows.submission
    months = set(submission.months_after) if submission else set()
    halves = {Part.FIRST, Part.SECOND}
    if months and split and not halves & months:
        said = f"{split[0].code} is paid in two parts, and the months are said for neither first nor second."
        yield ("windows", "submission", "months_after"), said
    named = months | set(submission.last_applies_to if submission else ())
    if not split and named & halves:
        yield ("windows", "submission"), "Parts are named here, and no item is paid in two parts."
    if Part.BOTH in named:
        yield ("windows", "submission"), "Name the first and the second part, not both at once."
    if scheme.split_rules and not split:
        yield ("split_rules",), "There are rules for two parts, and no item is paid in two parts."


def _costs(scheme: Scheme) -> Found:
    for place, cost in enumerate(scheme.excluded_costs):
        if cost in scheme.eligible_costs:
            yield ("excluded_costs", place), f"{cost} is among the costs that count, too."
    excluded = {str(cost) for cost in scheme.excluded_costs} | {str(kind) for kind in scheme.not_fundable}
    for place, item in enumerate(scheme.items):
        if item.kind in excluded:
            yield ("items", place, "kind"), f"{item.code} is a {item.kind}, which the scheme says it never pays for."


def _item(item: ClaimItem) -> Iterator[tuple[str, str]]:
    if item.guide_min_pence is not None and item.guide_min_pence > item.max_amount_pence:
        yield "guide_min_pence", f"The least of the guide of {item.code} is more than its most."
    if item.payment_model is PaymentModel.SPLIT and item.measure is Measure.COST_SHARE:
        yield "payment_model", f"{item.code} is a share of a cost, so it cannot be paid in two parts as well."
    if item.evidence_alternatives and not item.evidence:
        yield "evidence_alternatives", f"{item.code} needs no evidence, so there is nothing to take instead."
    if item.fixed_rate and item.price_to_pa_pence:
        yield "price_to_pa_pence", f"{item.code} pays a fixed rate, whatever the place costs, so a price means nothing."
    if item.measure is Measure.PER_CREDIT and item.fixed_rate and item.asks_over_maximum:
        yield "over_maximum", f"{item.code} pays a fixed rate, so no cost is over it."
