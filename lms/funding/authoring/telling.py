"""A scheme in words, for its own page: what it pays, for whom, when, on what evidence, and how sure each figure is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from lms.core.i18n import day, money
from lms.core.words import N_, Say
from lms.funding.authoring import names
from lms.funding.labels import ADVICE, COSTS, FIGURES
from lms.funding.reasons import FigureName
from lms.funding.scheme import ClaimItem, Scheme
from lms.funding.standing import Standing
from lms.funding.vocabulary import Measure, PaymentModel, Provenance
from lms.funding.windows import Submission, Window


@dataclass(frozen=True)
class Line:
    """One figure or date in words: its key, what it is about, its values, and its standing with a colour."""

    key: str
    about: str
    values: tuple[str, ...]
    standing: str
    colour: str
    provenance: Provenance


def line(standing: Standing, scheme: Scheme, say: Say, language: str) -> Line:
    """A standing in words."""
    label, colour = names.STANDING_TAGS[standing.provenance]
    about = _about(standing.key, scheme, say, language)
    values = tuple(_values(standing, scheme, say, language))
    return Line(standing.key, about, values, say(label), colour, standing.provenance)


def _about(key: str, scheme: Scheme, say: Say, language: str) -> str:
    kind, _dot, name = key.partition(".")
    match kind:
        case "items":
            item = scheme.item(name)
            return item.title.text(language) if item else name
        case "windows":
            return say(names.WINDOWS[name])
        case "days":
            return say(N_("Days that %(training)s counts as")) % {"training": name}
        case _:
            return say(_PARTS[kind])


_PARTS = {
    "limits": N_("Limits in a year"),
    "grant_share": N_("Share of the cost"),
    "claim_year": N_("The scheme's year"),
}


def _values(standing: Standing, scheme: Scheme, say: Say, language: str) -> Iterator[str]:
    name = standing.key.partition(".")[2]
    if standing.key == "claim_year" and scheme.claim_year:
        yield span(scheme.claim_year, say, language)
    elif standing.key.startswith("windows."):
        yield from window(getattr(scheme.windows, name), say, language)
    else:
        for figure, value in standing.values.items():
            yield f"{say(FIGURES[FigureName(figure)])}: {_value(FigureName(figure), value)}"


def _value(name: FigureName, value: str) -> str:
    if name in {FigureName.DAYS, FigureName.YEAR_CREDITS}:
        return f"{Decimal(value).normalize():f}"
    return f"{value}%" if name is FigureName.GRANT_PERCENT else money(int(value))


def span(found: Window, say: Say, language: str) -> str:
    """First and last day of a window."""
    return _span(found.first, found.last, found.closes_at, say, language)


def _span(first: date | None, last: date | None, closes_at: time | None, say: Say, language: str) -> str:
    if first and last:
        told = say(N_("from %(first)s to %(last)s")) % {"first": day(first, language), "last": day(last, language)}
    elif last:
        told = say(N_("up to %(last)s")) % {"last": day(last, language)}
    else:
        told = say(N_("from %(first)s on")) % {"first": day(first, language) if first else ""}
    return f"{told}, {closes_at:%H:%M}" if closes_at else told


def window(found: Window | Submission, say: Say, language: str) -> Iterator[str]:
    """A window in words, with the months after a day where it has such."""
    if found.first or found.last:
        yield _span(found.first, found.last, found.closes_at, say, language)
    if isinstance(found, Submission):
        for part, rule in found.months_after.items():
            values = {
                "part": say(_PART_NAMES[part.value]),
                "months": rule.months,
                "since": say(names.COUNTED[rule.counted_from]),
            }
            one = rule.months == 1
            told = N_("%(part)s: 1 month after %(since)s") if one else N_("%(part)s: %(months)s months after %(since)s")
            yield say(told) % values
        if found.discretionary_until:
            last = day(found.discretionary_until, language)
            yield say(N_("the funder may still say yes up to %(last)s")) % {"last": last}


_PART_NAMES = {"full": N_("Paid at once"), "first": N_("First part"), "second": N_("Second part"), "both": N_("Both")}


def item_notes(item: ClaimItem, say: Say) -> Iterator[str]:
    """What is special about an item, in words."""
    yield say(names.MEASURES[item.measure])
    if item.payment_model is PaymentModel.SPLIT:
        yield say(N_("paid in two parts, 60 and 40 percent"))
    if item.fixed_rate:
        yield say(N_("whatever the cost"))
    if item.case_by_case:
        yield say(N_("the funder decides each request"))
    if item.asks_over_maximum:
        yield say(N_("a higher cost is a question for the funder"))
    if item.price_to_pa_pence is not None:
        yield say(N_("the PA pays %(price)s")) % {"price": money(item.price_to_pa_pence)}
    if item.places:
        yield say(N_("%(count)s places")) % {"count": item.places}
    if item.requires_approved_item:
        yield say(N_("after %(item)s is approved")) % {"item": item.requires_approved_item}
    if item.guide_min_pence is not None and item.measure is Measure.PER_PERSON_DAY:
        yield say(N_("the guide begins at %(least)s")) % {"least": money(item.guide_min_pence)}


def rules_in_words(scheme: Scheme, say: Say, language: str) -> Iterator[tuple[str, str]]:
    """How a scheme is run, as pairs of a heading and a sentence."""
    yield say(N_("Who decides")), say(names.DECIDERS[scheme.decider])
    if scheme.decision_within_days:
        yield say(N_("Answer")), say(N_("within %(days)s days")) % {"days": scheme.decision_within_days}
    if scheme.first_come_first_served:
        yield say(N_("Order")), say(N_("first come, first served"))
    if scheme.excluded_costs:
        yield say(N_("Never pays for")), ", ".join(say(COSTS[cost]) for cost in scheme.excluded_costs)
    if scheme.eligible_costs:
        yield say(N_("Costs that count")), ", ".join(say(COSTS[cost]) for cost in scheme.eligible_costs)
    if scheme.duplicate_rule:
        rule = scheme.duplicate_rule
        keys = ", ".join(say(names.KEYS[key]) for key in rule.key)
        reach = say(N_("for life, under any scheme")) if rule.lifetime else say(N_("under this scheme"))
        yield say(N_("Claimed twice")), f"{keys}; {say(names.SCOPES[rule.scope])}; {reach}"
    years = {"years": scheme.retention.years, "since": say(names.KEPT[scheme.retention.counted_from])}
    yield say(N_("Records are kept")), say(N_("%(years)s years after %(since)s")) % years
    if scheme.limits and scheme.limits.per_organisation_cap and scheme.limits.per_organisation_cap_pence is None:
        yield say(N_("Limit of an organisation")), say(N_("There is one. We do not know the amount."))
    for word in scheme.advice:
        yield say(N_("Mind")), say(ADVICE[word]) if word in ADVICE else own(scheme, word, language)
    if scheme.replaces or scheme.superseded_by:
        yield say(N_("Followed by")), scheme.superseded_by or "–"


def conditions_in_words(scheme: Scheme, say: Say, language: str) -> Iterator[str]:
    """Everything that has to be so, in words; the scheme's own words where it brought some."""
    for word in (*scheme.conditions, *scheme.learner_conditions):
        known: Mapping[str, str] = names.CONDITION_NAMES
        yield say(known[word]) if word in known else own(scheme, word, language)


def own(scheme: Scheme, word: str, language: str) -> str:
    """A word the scheme brought itself."""
    found = scheme.words.get(word)
    return found.text(language) if found else word.replace("_", " ")
