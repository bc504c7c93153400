"""What the board says: ages, last days, what stands in the way and whom to ask. Message ids; no Flask."""

from lms.core.words import N_, Say
from lms.funding.board.risks import LOOK, PAYER_ASKS, READY
from lms.funding.board.rules import Age, Due
from lms.funding.labels import MISSING
from lms.funding.vocabulary import ClaimShape, Part, Refusal

AGES = {
    Age.WEEK: N_("7 days or less"),
    Age.MONTH: N_("8 to 30 days"),
    Age.QUARTER: N_("31 to 90 days"),
    Age.OLDER: N_("More than 90 days"),
}

DUES = {
    Due.GONE: N_("Last day has gone"),
    Due.IN_30: N_("Last day in the next 30 days"),
    Due.IN_90: N_("Last day in the next 90 days"),
}

SHAPES = {ClaimShape.CLAIM: N_("Paid first, claimed back"), ClaimShape.APPLICATION: N_("Asked first")}

PARTS = {
    Part.FULL: N_("Whole"),
    Part.FIRST: N_("First part"),
    Part.SECOND: N_("Second part"),
    Part.BOTH: N_("Both parts"),
}

ASKS = {
    "claimant": N_("The claimant"),
    "learner": N_("The learner"),
    "provider": N_("The training provider"),
    "coordinator": N_("The training coordinator"),
    "funding_officer": N_("The funding officer"),
    "administrator": N_("The administrator"),
    "nobody": N_("Nobody: it is a rule of the scheme"),
}

_RISKS = {
    READY: N_("Nothing is missing, and nobody has sent it in"),
    PAYER_ASKS: N_("The payer asks for something"),
    LOOK: N_("Something changed since it was sent in"),
    "certificate_withdrawn": N_("The certificate was withdrawn"),
    "certificate_suspended": N_("The certificate is suspended"),
    "figure_not_confirmed": N_("A figure of the scheme is not confirmed yet"),
    "dates_not_confirmed": N_("Days of the scheme are not confirmed yet"),
    "evidence": N_("The evidence does not agree"),
    "source_met_by_other": N_("Other money meets this cost already"),
    "source_met_twice": N_("Together with other money it is more than the cost"),
    "terms_changed": N_("The scheme has changed since the draft was opened"),
    "terms_not_accepted": N_("The terms are not accepted"),
    "justification_missing": N_("The cost is above the guide, and nobody has said why"),
    "nothing_payable": N_("Nothing is left to pay for it"),
    "not_permitted": N_("The employer has not allowed it"),
    "no_lines": N_("There is no line in it"),
}

_REFUSED = {
    Refusal.OUTSIDE_ACHIEVEMENT_WINDOW: N_("The training is outside the scheme's dates"),
    Refusal.OUTSIDE_SUBMISSION_WINDOW: N_("The dates for sending it in have passed or not begun"),
    Refusal.DUPLICATE_ITEM_FOR_LEARNER: N_("A claim for this learner and training exists already"),
    Refusal.LEARNER_LIMIT_REACHED: N_("The learner's limit for the year is used up"),
    Refusal.EVIDENCE_MISSING: N_("Evidence is missing"),
    Refusal.TERMS_NOT_ACCEPTED: N_("The terms are not accepted"),
    Refusal.COST_NOT_INCURRED: N_("The cost was not paid yet"),
    Refusal.PART_OUT_OF_ORDER: N_("The part before this one is not approved"),
}
_OTHER = N_("The scheme does not pay for it as it stands")


def risk(code: str, say: Say) -> str:
    """What stands in the way, in words; empty when nothing does."""
    if not code:
        return ""
    kind, _colon, detail = code.partition(":")
    if kind == "missing":
        return say(N_("Still missing: %(what)s")) % {"what": say(MISSING.get(detail, detail))}
    if kind == "refused":
        known = {each.value: sentence for each, sentence in _REFUSED.items()}
        return say(known.get(detail, _OTHER))
    return say(_RISKS.get(kind, _OTHER))


def ask(code: str, say: Say) -> str:
    """Whom to ask, in words."""
    return say(ASKS[code]) if code in ASKS else ""
