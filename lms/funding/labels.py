"""What funding calls things and says of them: every word of the vocabulary and every reason, as message ids."""

from lms.core.words import N_
from lms.funding.reasons import Act, FigureName
from lms.funding.vocabulary import (
    ClaimantKind,
    ClaimState,
    CostKind,
    Decision,
    LearnerKind,
    Provenance,
    Refusal,
    SchemeStatus,
    Support,
    WageSource,
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
    Provenance.CONFIRMED: N_("Confirmed by your authority"),
}

CLAIMANTS = {
    ClaimantKind.ADULT_SOCIAL_CARE_EMPLOYER: N_("an adult social care employer"),
    ClaimantKind.PARTNERSHIP_LEAD: N_("the lead of a partnership"),
    ClaimantKind.INDIVIDUAL_EMPLOYER: N_("an individual employer"),
    ClaimantKind.USER_LED_ORGANISATION: N_("a user-led organisation"),
    ClaimantKind.LOCAL_AUTHORITY_PARTNERSHIP: N_("a partnership of local authorities"),
    ClaimantKind.PERSONAL_ASSISTANT: N_("a PA"),
}

LEARNERS = {
    LearnerKind.CARE_WORKER: N_("a care worker"),
    LearnerKind.PERSONAL_ASSISTANT: N_("a PA"),
    LearnerKind.PA_OF_INDIVIDUAL_EMPLOYER: N_("a PA of an individual employer"),
    LearnerKind.INDIVIDUAL_EMPLOYER: N_("an individual employer"),
    LearnerKind.REGULATED_PROFESSIONAL: N_("a regulated professional"),
}

WAGES = {
    WageSource.DIRECT_PAYMENT: N_("a direct payment"),
    WageSource.PERSONAL_HEALTH_BUDGET: N_("a personal health budget"),
    WageSource.OWN_MONEY: N_("the employer's own money"),
}

COSTS = {
    CostKind.COURSE_FEE: N_("the course"),
    CostKind.TRAVEL: N_("travel"),
    CostKind.REPLACEMENT_COVER: N_("cover while the PA trains"),
    CostKind.SALARY_WHILE_TRAINING: N_("wages while training"),
    CostKind.WAGE_REPLACEMENT: N_("wages of whoever stands in"),
    CostKind.COACHING_AND_MENTORING: N_("coaching and mentoring"),
    CostKind.VENUE: N_("the venue"),
    CostKind.STATIONERY: N_("stationery"),
}

NATIONS = {Nation.ENGLAND: N_("England"), Nation.WALES: N_("Wales")}

INSIDE = {
    "achievement": N_("The training was finished on %(day_on)s, inside the scheme's dates (%(span)s)."),
    "delivery": N_("The training was finished on %(day_on)s, inside the delivery window (%(span)s)."),
    "course_date": N_("The course was on %(day_on)s, inside the scheme's dates (%(span)s)."),
    "payment": N_("The training was paid for on %(day_on)s, inside the payment window (%(span)s)."),
    "claim_year": N_("The training was finished on %(day_on)s, inside the scheme's year (%(span)s)."),
}

OUTSIDE = {
    "achievement": N_("The training was finished on %(day_on)s. The scheme only counts %(span)s."),
    "delivery": N_("The training was finished on %(day_on)s. The scheme only pays for training delivered %(span)s."),
    "course_date": N_("The course was on %(day_on)s. The scheme only counts courses %(span)s."),
    "payment": N_("The training was paid for on %(day_on)s. The scheme only counts payments %(span)s."),
    "claim_year": N_("The training was finished on %(day_on)s. The scheme's year was %(span)s."),
    "start": N_("The training started on %(day_on)s. The scheme only counts training that starts %(span)s."),
}

TOO_LATE_TO_TRAIN = N_("It is too late to do the training. The scheme only counts training %(span)s.")
TOO_LATE = {"payment": N_("It is too late to pay for the training. The scheme only counts payments %(span)s.")}

REASONS: dict[Refusal | Support, str] = {
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
    Refusal.ORGANISATION_LIMIT_REACHED: N_(
        "The organisation's limit for the year leaves %(left_pence)s. The rest cannot be claimed this year."
    ),
    Refusal.COST_NOT_COVERED: N_("This scheme does not pay for %(cost)s."),
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
    Support.PRICE_TO_PA_COMES_OFF: N_(
        "The PA pays %(price_pence)s of %(cost_pence)s, so the scheme pays at most the rest."
    ),
    Support.ORGANISATION_CAP_UNKNOWN: N_(
        "The scheme limits what one organisation may have in a year. We do not know the amount, so ask the funder."
    ),
    Support.BOOKED_BEFORE_DECISION: N_(
        "The training is booked already. This scheme decides before booking, so the funder may say no."
    ),
    Support.LAST_YEAR_FOR_ITEM: N_("This is the last year in which the scheme pays for %(item)s."),
    Support.COMPLETED_NOT_PASSED: N_("The training was finished but not passed. The scheme pays all the same."),
    Support.RESIDUAL_CLAIM: N_("The scheme is closing. It still takes claims for training that began before."),
}

STATUS_REFUSED = {
    SchemeStatus.CLOSING: N_("The scheme is closing. It only takes second parts, and training that began before."),
    SchemeStatus.CLOSED: N_("The scheme is closed. It takes no new claims."),
}

SPECIAL: dict[tuple[Refusal | Support, str], str] = {
    (Refusal.COST_NOT_COVERED, "price_pence"): N_("The PA pays %(price_pence)s, which is all that the place cost."),
    (Refusal.OUTSIDE_SUBMISSION_WINDOW, "done_on"): N_(
        "The training was finished on %(done_on)s. This scheme is asked before the training is booked."
    ),
    (Refusal.CLAIMANT_KIND_NOT_ALLOWED, "wages"): N_(
        "This scheme is not for employers who pay their PA from %(wages)s."
    ),
}
"""Sentences of a reason that was given because of one of its values."""

DUPLICATE = {
    True: N_("You have already claimed for this learner and this training."),
    False: N_("A claim for this learner and this training exists already."),
}

MISSING = {
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

CONDITIONS = {
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
    "lives_in_wales": N_("The employer lives in Wales."),
    "national_insurance_number": N_("The learner has a National Insurance number."),
    "employed_by_claimant": N_("The learner is employed by whoever claims."),
    "not_a_regulated_professional": N_("The learner is not a regulated professional, such as a nurse."),
    "not_on_apprenticeship_item": N_("The learner is not funded for an apprenticeship by this scheme as well."),
    "regulated_provider_registration": N_("The employer is registered with the care regulator."),
}

ADVICE = {
    "do_not_book_before_decision": N_("Do not book or pay for anything before the funder has decided."),
}

FIGURES = {
    FigureName.RATE: N_("Most the scheme pays"),
    FigureName.RATE_A_DAY: N_("Most the scheme pays for one day"),
    FigureName.RATE_A_CREDIT: N_("Most the scheme pays for one credit"),
    FigureName.GUIDE_MINIMUM: N_("Least the guide expects for one day"),
    FigureName.DAYS: N_("Days this training counts as"),
    FigureName.YEAR_LIMIT: N_("Limit for one learner in a year"),
    FigureName.YEAR_CREDITS: N_("Credits for one learner in a year"),
    FigureName.ORGANISATION_CAP: N_("Limit for one organisation"),
    FigureName.GRANT_PERCENT: N_("Share paid by the grant"),
    FigureName.PRICE_TO_PA: N_("Price to the PA"),
}

DEADLINES = {
    Act.APPLY: N_("Apply by %(on)s"),
    Act.SUBMIT: N_("Claim by %(on)s"),
    Act.DELIVER: N_("Training up to %(on)s counts"),
}
