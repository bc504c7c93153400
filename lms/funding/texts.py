"""Verdicts in plain words, in the reader's language. No Flask: the pages, the worker and documents say the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lms.core.i18n import day, money
from lms.core.words import N_, Say
from lms.funding.money import Pence
from lms.funding.reasons import Act, Deadline, Figure, FigureName, Plain, Reason, Verdict
from lms.funding.scheme import Scheme
from lms.funding.vocabulary import (
    ClaimantKind,
    ClaimState,
    Decision,
    LearnerKind,
    Provenance,
    Refusal,
    SchemeStatus,
    Support,
)
from lms.people.rules import Nation

DECISIONS = {
    Decision.PAYABLE: N_("Claimable"),
    Decision.PAYABLE_IN_PART: N_("Claimable in part"),
    Decision.DECIDE_CASE_BY_CASE: N_("Claimable if the funder agrees"),
    Decision.REFUSED: N_("Not claimable"),
}

STATES = {
    ClaimState.DRAFT: N_("Draft"),
    ClaimState.SUBMITTED: N_("Submitted"),
    ClaimState.NEEDS_ACTION: N_("Needs action"),
    ClaimState.APPROVED: N_("Approved"),
    ClaimState.REJECTED: N_("Rejected"),
    ClaimState.PAID: N_("Paid"),
    ClaimState.WITHDRAWN: N_("Withdrawn"),
    ClaimState.RECOVERED: N_("Recovered"),
}

SCHEME_STATUSES = {
    SchemeStatus.OPEN: N_("Open"),
    SchemeStatus.CLOSING: N_("Closing"),
    SchemeStatus.CLOSED: N_("Closed"),
    SchemeStatus.WITHDRAWN: N_("Never opened"),
}

STANDINGS = {
    Provenance.OFFICIAL: N_("Official figure"),
    Provenance.PROTOTYPE: N_("Example figure your authority must confirm"),
    Provenance.SEED: N_("Example figure your authority must confirm"),
    Provenance.ILLUSTRATIVE: N_("Example figure your authority must confirm"),
}

_CLAIMANTS = {
    ClaimantKind.ADULT_SOCIAL_CARE_EMPLOYER: N_("an adult social care employer"),
    ClaimantKind.PARTNERSHIP_LEAD: N_("the lead of a partnership"),
    ClaimantKind.INDIVIDUAL_EMPLOYER: N_("an individual employer"),
    ClaimantKind.USER_LED_ORGANISATION: N_("a user-led organisation"),
    ClaimantKind.LOCAL_AUTHORITY_PARTNERSHIP: N_("a partnership of local authorities"),
    ClaimantKind.PERSONAL_ASSISTANT: N_("a PA"),
}

_LEARNERS = {
    LearnerKind.CARE_WORKER: N_("a care worker"),
    LearnerKind.PERSONAL_ASSISTANT: N_("a PA"),
    LearnerKind.PA_OF_INDIVIDUAL_EMPLOYER: N_("a PA of an individual employer"),
    LearnerKind.INDIVIDUAL_EMPLOYER: N_("an individual employer"),
    LearnerKind.REGULATED_PROFESSIONAL: N_("a regulated professional"),
}

_NATIONS = {Nation.ENGLAND: N_("England"), Nation.WALES: N_("Wales")}

_INSIDE = {
    "achievement": N_("The training was finished on %(day_on)s, inside the scheme's dates (%(span)s)."),
    "delivery": N_("The training was finished on %(day_on)s, inside the delivery window (%(span)s)."),
    "course_date": N_("The course was on %(day_on)s, inside the scheme's dates (%(span)s)."),
    "payment": N_("The training was paid for on %(day_on)s, inside the payment window (%(span)s)."),
    "claim_year": N_("The training was finished on %(day_on)s, inside the scheme's year (%(span)s)."),
}

_OUTSIDE = {
    "achievement": N_("The training was finished on %(day_on)s. The scheme only counts %(span)s."),
    "delivery": N_("The training was finished on %(day_on)s. The scheme only pays for training delivered %(span)s."),
    "course_date": N_("The course was on %(day_on)s. The scheme only counts courses %(span)s."),
    "payment": N_("The training was paid for on %(day_on)s. The scheme only counts payments %(span)s."),
    "claim_year": N_("The training was finished on %(day_on)s. The scheme's year was %(span)s."),
    "start": N_("The training started on %(day_on)s. The scheme only counts training that starts %(span)s."),
}

_TOO_LATE_TO_TRAIN = N_("It is too late to do the training. The scheme only counts training %(span)s.")
_TOO_LATE = {"payment": N_("It is too late to pay for the training. The scheme only counts payments %(span)s.")}

_REASONS: dict[Refusal | Support, str] = {
    Refusal.OUTSIDE_SUBMISSION_WINDOW: N_("It is too late, or too early, to send in a claim."),
    Refusal.STARTED_AFTER_CUTOFF: N_("The training started on %(day_on)s. It had to start by %(to_on)s."),
    Refusal.CERTIFICATE_AFTER_CUTOFF: N_("The certificate is dated %(day_on)s. It had to be dated by %(to_on)s."),
    Refusal.ITEM_NOT_ON_LIST: N_("%(item)s is not on the list of things this scheme pays for in your authority."),
    Refusal.LEARNER_LIMIT_REACHED: N_(
        "The learner's limit for the year leaves %(left_pence)s. The rest cannot be claimed this year."
    ),
    Refusal.EVIDENCE_MISSING: N_("Evidence is missing."),
    Refusal.WORKFORCE_DATA_NOT_CURRENT: N_(
        "The employer's workforce record is not up to date, or fewer than 9 in 10 of its entries are complete."
    ),
    Refusal.COST_NOT_INCURRED: N_("The cost was not paid before the claim was made."),
    Refusal.TERMS_NOT_ACCEPTED: N_("The employer has to accept the terms. Nobody can do that for the employer."),
    Refusal.CLAIMANT_KIND_NOT_ALLOWED: N_("The claim would come from %(claimant)s, who cannot claim from this scheme."),
    Refusal.LEARNER_NOT_ELIGIBLE: N_("The learner is %(learner)s. This scheme does not pay for their training."),
    Refusal.NATION_NOT_COVERED: N_("This scheme is only for %(nation)s."),
    Refusal.PART_OUT_OF_ORDER: N_("The part before this one has to be approved first."),
    Refusal.EMPLOYER_CHANGED_BETWEEN_PARTS: N_("The learner changed employer between the two parts of the claim."),
    Refusal.SCHEME_WITHDRAWN: N_("This scheme was announced but never opened for claims."),
    Refusal.EMPLOYS_FOR_A_CHILD: N_("This scheme does not pay where the PA is employed to support a child."),
    Refusal.OUTSIDE_AREA: N_("This scheme is only for PAs who work in its own area."),
    Support.TRAINING_COVERED: N_("Your authority counts %(training)s under this scheme."),
    Support.CLAIMANT_ALLOWED: N_("The claim comes from %(claimant)s, who can claim from this scheme."),
    Support.LEARNER_COVERED: N_("The learner is %(learner)s, and the scheme pays for their training."),
    Support.NOT_TOO_LATE: N_("There is still time to send in the claim: the last day is %(to_on)s."),
    Support.NOT_CLAIMED_BEFORE: N_("No claim for this learner and this training stands in the way."),
    Support.UP_TO_MAXIMUM: N_("The scheme pays what the training cost, up to %(max_pence)s."),
    Support.COST_IS_LOWER: N_(
        "The training cost %(cost_pence)s. That is not more than the most the scheme pays, %(max_pence)s."
    ),
    Support.OVER_GUIDE_MAXIMUM: N_(
        "The training cost %(cost_pence)s. The guide is up to %(max_pence)s, so the funder will ask why."
    ),
    Support.FIXED_RATE: N_("The scheme pays a fixed %(max_pence)s, whatever the training cost."),
    Support.FIRST_PAYMENT_SETS_RATE: N_(
        "The whole amount was set by the first payment: %(payable_pence)s. The first part was %(first_pence)s."
    ),
    Support.DECIDED_CASE_BY_CASE: N_("The funder decides each request by itself."),
}

_DUPLICATE = {
    True: N_("You have already claimed for this learner and this training."),
    False: N_("A claim for this learner and this training exists already."),
}

_MISSING = {
    "cost": N_("What the training cost"),
    "credits": N_("How many credits the training has"),
    "terms": N_("The terms, accepted by the employer"),
    "justification": N_("Why the cost is above the guide"),
    "certificate": N_("Certificate of completion"),
    "certificate_unit_breakdown": N_("Certificate that lists each unit"),
    "unit_summary_signed": N_("Signed summary of units"),
    "payment_proof": N_("Proof of payment: an invoice with its receipt"),
    "cost_record": N_("Record of the cost"),
    "endpoint_assessment_result": N_("Result of the end-point assessment"),
    "quote": N_("The provider's price before booking"),
    "employer_proof": N_("Proof that the employer employs a PA"),
    "bank_details": N_("Bank details in the employer's name"),
    "attendance_record": N_("Signed list of who attended"),
    "declaration": N_("Signed statement of truth"),
}

_CONDITIONS = {
    "employs_care_staff_in_england": N_("The claimant employs care staff in England."),
    "terms_accepted_by_senior_officer": N_("A senior officer has accepted the scheme's terms."),
    "terms_accepted_by_employer": N_("The employer has accepted the scheme's terms."),
    "cost_records_kept": N_("Records of the cost are kept."),
    "declaration_signed": N_("The declaration is signed."),
    "lives_in_england": N_("The employer lives in England."),
    "employs_a_pa": N_("The employer employs a PA."),
    "run_by_and_for_disabled_people": N_("The organisation is run by and for disabled people."),
    "board_disabled_share_75": N_("At least three quarters of its board are disabled people."),
    "direct_contact_with_employers_and_pas": N_("It is in direct contact with individual employers and PAs."),
    "engaged_in_training_employers_and_pas": N_("It trains individual employers and PAs."),
    "justification_given": N_("It has said why the training is needed."),
    "partnership_plan_agreed": N_("The partnership's plan is agreed."),
    "whole_sector_offer": N_("Places are offered to the whole sector."),
    "pa_works_in_area": N_("The PA works in the area."),
}

_FIGURES = {
    FigureName.RATE: N_("Most the scheme pays"),
    FigureName.RATE_A_DAY: N_("Most the scheme pays for one day"),
    FigureName.RATE_A_CREDIT: N_("Most the scheme pays for one credit"),
    FigureName.GUIDE_MINIMUM: N_("Least the guide expects for one day"),
    FigureName.DAYS: N_("Days this training counts as"),
    FigureName.YEAR_LIMIT: N_("Limit for one learner in a year"),
    FigureName.YEAR_CREDITS: N_("Credits for one learner in a year"),
    FigureName.GRANT_PERCENT: N_("Share paid by the grant"),
    FigureName.PRICE_TO_PA: N_("Price to the PA"),
}

_DEADLINES = {
    Act.APPLY: N_("Apply by %(on)s"),
    Act.SUBMIT: N_("Claim by %(on)s"),
    Act.DELIVER: N_("Training up to %(on)s counts"),
}


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
    match found.code:
        case Support.INSIDE_WINDOW:
            return _INSIDE[window]
        case Refusal.OUTSIDE_ACHIEVEMENT_WINDOW:
            return _OUTSIDE[window] if "day_on" in found.values else _TOO_LATE.get(window, _TOO_LATE_TO_TRAIN)
        case Refusal.OUTSIDE_SUBMISSION_WINDOW if found.values.get("to_on"):
            late = str(found.values["day_on"]) >= str(found.values["to_on"])
            too_late = N_("It is too late to send in a claim: the last day was %(to_on)s.")
            return too_late if late else _REASONS[found.code]
        case Refusal.DUPLICATE_ITEM_FOR_LEARNER:
            return _DUPLICATE[bool(found.values["same_claimant"])]
        case _:
            return _REASONS[found.code]


def _values(plain: Mapping[str, Plain], say: Say, language: str) -> dict[str, str]:
    values = {name: _value(name, value, say, language) for name, value in plain.items()}
    values["span"] = _span(values, say)
    return values


def _value(name: str, value: Plain, say: Say, language: str) -> str:
    if name.endswith("_on"):
        return day(date.fromisoformat(str(value)), language)
    if name.endswith("_pence"):
        return money(int(value))
    match name:
        case "claimant":
            return say(_CLAIMANTS[ClaimantKind(str(value))])
        case "learner":
            return say(_LEARNERS[LearnerKind(str(value))])
        case "nation":
            return say(_NATIONS[Nation(str(value))])
        case _:
            return str(value)


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
    return [say(_MISSING[code]) for code in verdict.missing]


def conditions(verdict: Verdict, say: Say) -> list[str]:
    """What people have to confirm, because no record here can. A pack's own condition is shown by its code."""
    return [say(_CONDITIONS[c]) if c in _CONDITIONS else c.replace("_", " ") for c in verdict.conditions]


def deadline(found: Deadline | None, say: Say, language: str) -> str:
    """The last day to act in words; empty when none is stated."""
    return say(_DEADLINES[found.act]) % {"on": day(found.on, language)} if found else ""


def _deadline_note(found: Deadline | None, say: Say) -> str:
    if found is None or found.act is not Act.DELIVER:
        return ""
    return say(N_("The scheme does not say by which day a claim has to be sent in."))


def figure(found: Figure, say: Say) -> tuple[str, str, str]:
    """A figure's label, its value and its standing."""
    return say(_FIGURES[found.name]), _figure_value(found), say(STANDINGS[found.provenance])


def _figure_value(found: Figure) -> str:
    match found.name:
        case FigureName.DAYS | FigureName.YEAR_CREDITS:
            return f"{Decimal(found.value).normalize():f}"
        case FigureName.GRANT_PERCENT:
            return f"{found.value}%"
        case _:
            return money(int(found.value))
