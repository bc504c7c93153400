"""Verdicts in plain words, in the reader's language. No Flask: the pages, the worker and documents say the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lms.core.i18n import day, money
from lms.core.words import N_, Say
from lms.funding.labels import (
    ADVICE,
    CLAIMANTS,
    CONDITIONS,
    COSTS,
    DEADLINES,
    DECISIONS,
    DUPLICATE,
    FIGURES,
    INSIDE,
    LEARNERS,
    MISSING,
    NATIONS,
    OUTSIDE,
    REASONS,
    SCHEME_STATUSES,
    SPECIAL,
    STANDINGS,
    STATES,
    STATUS_REFUSED,
    TOO_LATE,
    TOO_LATE_TO_TRAIN,
    WAGES,
)
from lms.funding.money import Pence
from lms.funding.reasons import Act, Deadline, Figure, FigureName, Plain, Reason, Verdict
from lms.funding.scheme import Scheme
from lms.funding.vocabulary import (
    ClaimantKind,
    Decision,
    Refusal,
    SchemeStatus,
    Support,
)

__all__ = [
    "COSTS", "DECISIONS", "SCHEME_STATUSES", "STANDINGS", "STATES", "WAGES", "Brief", "Told",
    "advice", "amount", "conditions", "deadline", "figure", "hint", "missing", "reason", "tell", "tell_briefly",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Told:
    """A verdict in words, ready for a page: `tone` is "yes", "soon" (the funder decides) or "no"."""

    decision: str
    tone: str
    amount: str
    amount_is_fact: bool
    requested: str
    parts: tuple[str, str] | None
    share: tuple[str, str] | None
    reasons: tuple[str, ...]
    for_it: tuple[str, ...]
    missing: tuple[str, ...]
    conditions: tuple[str, ...]
    advice: tuple[str, ...]
    figures: tuple[tuple[str, str, str], ...]
    deadline: str
    deadline_note: str


@dataclass(frozen=True, kw_only=True)
class Brief:
    """What a list says of a verdict."""

    amount: str
    amount_is_fact: bool
    missing: tuple[str, ...]
    deadline: str


def tell_briefly(verdict: Verdict, say: Say, language: str) -> Brief:
    """What a list says of a verdict, in the reader's language; the reasons stay on the claim's own page."""
    return Brief(
        amount=amount(verdict, say),
        amount_is_fact=verdict.amount_is_fact,
        missing=tuple(missing(verdict, say)),
        deadline=deadline(verdict.deadline, say, language),
    )


def tell(verdict: Verdict, say: Say, language: str) -> Told:
    """Everything about a verdict in the reader's language. `for_it` is what a refused verdict has in its favour."""
    spoken = [(found, reason(found, say, language)) for found in verdict.reasons]
    mattering = {found.code for found in verdict.reasons if verdict.claimable or found.against}
    return Told(
        decision=say(DECISIONS[verdict.decision]),
        tone=_TONES[verdict.decision],
        amount=amount(verdict, say),
        amount_is_fact=verdict.amount_is_fact,
        requested=money(verdict.requested) if verdict.requested is not None else "",
        parts=_pair(verdict.first_part, verdict.second_part),
        share=_pair(verdict.grant, verdict.match),
        reasons=tuple(words for found, words in spoken if found.code in mattering),
        for_it=tuple(words for found, words in spoken if found.code not in mattering),
        missing=tuple(missing(verdict, say)),
        conditions=tuple(conditions(verdict, say)),
        advice=tuple(advice(verdict, say)),
        figures=tuple(figure(f, say) for f in verdict.figures),
        deadline=deadline(verdict.deadline, say, language),
        deadline_note=_deadline_note(verdict.deadline, say),
    )


_TONES = {
    Decision.PAYABLE: "yes",
    Decision.PAYABLE_IN_PART: "yes",
    Decision.DECIDE_CASE_BY_CASE: "soon",
    Decision.REFUSED: "no",
}


def hint(scheme: Scheme, verdict: Verdict, say: Say) -> str:
    """What somebody in the authority could do about a refusal; empty when nothing here helps."""
    organised = ClaimantKind.USER_LED_ORGANISATION in scheme.claimants
    if Refusal.CLAIMANT_KIND_NOT_ALLOWED in verdict.refusals and organised:
        return say(N_("No user-led organisation works with your authority yet. An agreement with one would help."))
    if verdict.refusals == (Refusal.ITEM_NOT_ON_LIST,):
        return say(N_("Your authority decides which training it counts under this scheme."))
    return ""


def _pair(one: Pence | None, other: Pence | None) -> tuple[str, str] | None:
    return (money(one), money(other)) if one is not None and other is not None else None


def reason(found: Reason, say: Say, language: str) -> str:
    """One reason as a sentence."""
    values = _values(found.values, say, language)
    return say(_sentence(found)) % values


def _sentence(found: Reason) -> str:
    window = str(found.values.get("window", ""))
    special = SPECIAL.get((found.code, next((v for v in _TELLING if v in found.values), "")))
    if special or "status" in found.values:
        return special or STATUS_REFUSED[SchemeStatus(str(found.values["status"]))]
    match found.code:
        case Support.INSIDE_WINDOW:
            return INSIDE[window]
        case Refusal.OUTSIDE_ACHIEVEMENT_WINDOW:
            return OUTSIDE[window] if "day_on" in found.values else TOO_LATE.get(window, TOO_LATE_TO_TRAIN)
        case Refusal.OUTSIDE_SUBMISSION_WINDOW if found.values.get("to_on"):
            late = str(found.values["day_on"]) >= str(found.values["to_on"])
            too_late = N_("It is too late to send in a claim: the last day was %(to_on)s.")
            return too_late if late else REASONS[found.code]
        case Refusal.DUPLICATE_ITEM_FOR_LEARNER:
            return DUPLICATE[bool(found.values["same_claimant"])]
        case _:
            return REASONS[found.code]


_TELLING = ("price_pence", "wages", "done_on")
"""Values that make another sentence of the same reason."""


def _values(plain: Mapping[str, Plain], say: Say, language: str) -> dict[str, str]:
    values = {name: _value(name, value, say, language) for name, value in plain.items()}
    values["span"] = _span(values, say)
    return values


def _value(name: str, value: Plain, say: Say, language: str) -> str:
    if name.endswith("_on"):
        return day(date.fromisoformat(str(value)), language)
    if name.endswith("_pence"):
        return money(int(value))
    named = _NAMED.get(name)
    return say(named[str(value)]) if named else str(value)


_NAMED: Mapping[str, Mapping[Any, str]] = {
    "claimant": CLAIMANTS,
    "learner": LEARNERS,
    "wages": WAGES,
    "cost": COSTS,
    "nation": NATIONS,
}
"""Values that are words of the vocabulary; each is its own text, so it is found by it."""


def _span(values: Mapping[str, str], say: Say) -> str:
    if "from_on" in values and "to_on" in values:
        return say(N_("from %(from_on)s to %(to_on)s")) % values
    if "from_on" in values:
        return say(N_("from %(from_on)s on")) % values
    return say(N_("up to %(to_on)s")) % values if "to_on" in values else ""


def amount(verdict: Verdict, say: Say) -> str:
    """The amount, as "£40.00", or "up to £75.00" while the cost is not known."""
    if not verdict.claimable:
        return ""
    told = money(verdict.amount)
    return told if verdict.cost_known else say(N_("up to %(amount)s")) % {"amount": told}


def missing(verdict: Verdict, say: Say) -> list[str]:
    """What is still needed."""
    return [say(MISSING[code]) for code in verdict.missing]


def conditions(verdict: Verdict, say: Say) -> list[str]:
    """What people have to confirm, because no record here can. A pack's own condition is shown by its code."""
    return [say(CONDITIONS[c]) if c in CONDITIONS else c.replace("_", " ") for c in verdict.conditions]


def advice(verdict: Verdict, say: Say) -> list[str]:
    """What to mind before doing anything."""
    return [say(ADVICE[a]) if a in ADVICE else a.replace("_", " ") for a in verdict.advice]


def deadline(found: Deadline | None, say: Say, language: str) -> str:
    """The last day to act in words; empty when none is stated."""
    return say(DEADLINES[found.act]) % {"on": day(found.on, language)} if found else ""


def _deadline_note(found: Deadline | None, say: Say) -> str:
    if found is None or found.act is not Act.DELIVER:
        return ""
    return say(N_("The scheme does not say by which day a claim has to be sent in."))


def figure(found: Figure, say: Say) -> tuple[str, str, str]:
    """A figure's label, its value and its standing."""
    return say(FIGURES[found.name]), _figure_value(found), say(STANDINGS[found.provenance])


def _figure_value(found: Figure) -> str:
    match found.name:
        case FigureName.DAYS | FigureName.YEAR_CREDITS:
            return f"{Decimal(found.value).normalize():f}"
        case FigureName.GRANT_PERCENT:
            return f"{found.value}%"
        case _:
            return money(int(found.value))
