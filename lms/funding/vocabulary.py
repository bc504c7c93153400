"""The words of funding: one enumeration for each thing that scheme files and claims may say."""

from enum import StrEnum


class Provenance(StrEnum):
    """How sure a figure or date is. Only OFFICIAL, and what the authority CONFIRMED, may be shown as fact."""

    OFFICIAL = "official"
    PROTOTYPE = "prototype"
    SEED = "seed"
    ILLUSTRATIVE = "illustrative"
    CONFIRMED = "confirmed"
    """Confirmed by the authority whose schemes are read. No file says so; `authoring` does, from its own records."""

    @property
    def is_fact(self) -> bool:
        """Whether it may be shown without asking an administrator to confirm it."""
        return self in {Provenance.OFFICIAL, Provenance.CONFIRMED}


class SchemeKind(StrEnum):
    """How a scheme hands out its money."""

    REIMBURSEMENT = "reimbursement"
    PROSPECTIVE_GRANT = "prospective_grant"
    BLOCK_GRANT = "block_grant"
    PARTNERSHIP_GRANT = "partnership_grant"
    PLACE_SUBSIDY = "place_subsidy"


class ClaimShape(StrEnum):
    """Paid first and claimed back, or asked first and told."""

    CLAIM = "claim"
    APPLICATION = "application"


class DecidedBy(StrEnum):
    """Who says yes or no to a claim: the payer outside, or a funding officer of the authority here."""

    PAYER = "payer"
    AUTHORITY = "authority"


class SchemeStatus(StrEnum):
    """Where a scheme stands in its life: what new it takes. Since when, `Scheme.status_on` says."""

    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Measure(StrEnum):
    """What a maximum amount is counted for."""

    PER_CREDIT = "per_credit"
    PER_ITEM = "per_item"
    PER_PERSON_DAY = "per_person_day"
    COST_SHARE = "cost_share"


class PaymentModel(StrEnum):
    """Whether an item is paid at once or in two parts."""

    FULL = "full"
    SPLIT = "split_60_40"


class Part(StrEnum):
    """Which part of an item is asked for."""

    FULL = "full"
    FIRST = "first"
    SECOND = "second"
    BOTH = "both"


class CountedFrom(StrEnum):
    """The day from which the months of a deadline run."""

    COMPLETION = "completion"
    LATER_OF_PAYMENT_AND_START = "later_of_payment_and_start"


class ClaimantKind(StrEnum):
    """Who asks for the money."""

    ADULT_SOCIAL_CARE_EMPLOYER = "adult_social_care_employer"
    PARTNERSHIP_LEAD = "partnership_lead"
    INDIVIDUAL_EMPLOYER = "individual_employer"
    USER_LED_ORGANISATION = "user_led_organisation"
    LOCAL_AUTHORITY_PARTNERSHIP = "local_authority_partnership"
    PERSONAL_ASSISTANT = "personal_assistant"


class LearnerKind(StrEnum):
    """What a learner is to a scheme."""

    CARE_WORKER = "care_worker"
    PERSONAL_ASSISTANT = "personal_assistant"
    PA_OF_INDIVIDUAL_EMPLOYER = "pa_of_individual_employer"
    INDIVIDUAL_EMPLOYER = "individual_employer"
    REGULATED_PROFESSIONAL = "regulated_professional"

    @property
    def also(self) -> "frozenset[LearnerKind]":
        """This kind and every wider one: who works for an individual employer is a personal assistant too."""
        if self is LearnerKind.PA_OF_INDIVIDUAL_EMPLOYER:
            return frozenset({self, LearnerKind.PERSONAL_ASSISTANT})
        return frozenset({self})


class EvidenceKind(StrEnum):
    """What a claim has to be shown with."""

    CERTIFICATE = "certificate"
    CERTIFICATE_UNIT_BREAKDOWN = "certificate_unit_breakdown"
    UNIT_SUMMARY_SIGNED = "unit_summary_signed"
    PAYMENT_PROOF = "payment_proof"
    COST_RECORD = "cost_record"
    ENDPOINT_ASSESSMENT_RESULT = "endpoint_assessment_result"
    QUOTE = "quote"
    EMPLOYER_PROOF = "employer_proof"
    BANK_DETAILS = "bank_details"
    ATTENDANCE_RECORD = "attendance_record"
    DECLARATION = "declaration"


class ItemKind(StrEnum):
    """What kind of thing an item is, or a scheme says it never pays for."""

    UNIT = "unit"
    SINGLE_UNIT = "single_unit"
    QUALIFICATION = "qualification"
    LEARNING_PROGRAMME = "learning_programme"
    APPRENTICESHIP_STAGE = "apprenticeship_stage"
    DIGITAL_MODULE = "digital_module"
    COURSE = "course"
    SHORT_COURSE = "short_course"
    REFRESHER = "refresher"
    INDUCTION_OUTSIDE_A_QUALIFICATION = "induction_outside_a_qualification"
    COURSE_FEE = "course_fee"
    TRAVEL = "travel"
    REPLACEMENT_COVER = "replacement_cover"
    PLACE = "place"


class CostKind(StrEnum):
    """What a cost was for."""

    COURSE_FEE = "course_fee"
    TRAVEL = "travel"
    REPLACEMENT_COVER = "replacement_cover"
    SALARY_WHILE_TRAINING = "salary_while_training"
    WAGE_REPLACEMENT = "wage_replacement"
    COACHING_AND_MENTORING = "coaching_and_mentoring"
    VENUE = "venue"
    STATIONERY = "stationery"


class WageSource(StrEnum):
    """From what an individual employer pays a PA."""

    DIRECT_PAYMENT = "direct_payment"
    PERSONAL_HEALTH_BUDGET = "personal_health_budget"
    OWN_MONEY = "own_money"


class DelegateAction(StrEnum):
    """What an individual employer may let somebody else do. Whatever is not here can never be handed on."""

    SEE_TRAINING_RECORD = "see_training_record"
    PREPARE_APPLICATION = "prepare_application"
    UPLOAD_EVIDENCE = "upload_evidence"
    SUBMIT = "submit"
    RECEIVE_DECISION = "receive_decision"


class NeverDelegable(StrEnum):
    """What only the employer can do."""

    ACCEPT_GRANT_CONDITIONS = "accept_grant_conditions"
    CHANGE_BANK_DETAILS = "change_bank_details"


class KeptFrom(StrEnum):
    """The day from which the years run for which records are kept."""

    CLAIM_YEAR_END = "claim_year_end"
    DECISION = "decision"
    LAST_PAYMENT = "last_payment"


class ClaimState(StrEnum):
    """Where a claim stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    NEEDS_ACTION = "needs_action"
    APPROVED = "approved"
    REJECTED = "rejected"
    PAID = "paid"
    WITHDRAWN = "withdrawn"
    RECOVERED = "recovered"


MOVES: dict[ClaimState, frozenset[ClaimState]] = {
    ClaimState.DRAFT: frozenset({ClaimState.SUBMITTED, ClaimState.WITHDRAWN}),
    ClaimState.SUBMITTED: frozenset(
        {ClaimState.NEEDS_ACTION, ClaimState.APPROVED, ClaimState.REJECTED, ClaimState.WITHDRAWN}
    ),
    ClaimState.NEEDS_ACTION: frozenset({ClaimState.SUBMITTED, ClaimState.WITHDRAWN}),
    ClaimState.APPROVED: frozenset({ClaimState.PAID, ClaimState.RECOVERED}),
    ClaimState.PAID: frozenset({ClaimState.RECOVERED}),
    ClaimState.REJECTED: frozenset(),
    ClaimState.WITHDRAWN: frozenset(),
    ClaimState.RECOVERED: frozenset(),
}
"""The moves a claim may make. Whatever is not here is refused."""

BLOCKING = frozenset({ClaimState.SUBMITTED, ClaimState.NEEDS_ACTION, ClaimState.APPROVED, ClaimState.PAID})
"""An earlier claim in one of these states stands in the way of another for the same thing."""


class Decision(StrEnum):
    """What a verdict comes to."""

    PAYABLE = "payable"
    PAYABLE_IN_PART = "payable_in_part"
    REFUSED = "refused"
    DECIDE_CASE_BY_CASE = "decide_case_by_case"


class Refusal(StrEnum):
    """Why something is not claimable, or only in part. The last two are ours; the others are the reference list."""

    OUTSIDE_ACHIEVEMENT_WINDOW = "outside_achievement_window"
    OUTSIDE_SUBMISSION_WINDOW = "outside_submission_window"
    STARTED_AFTER_CUTOFF = "started_after_cutoff"
    CERTIFICATE_AFTER_CUTOFF = "certificate_after_cutoff"
    ITEM_NOT_ON_LIST = "item_not_on_list"
    DUPLICATE_ITEM_FOR_LEARNER = "duplicate_item_for_learner"
    LEARNER_LIMIT_REACHED = "learner_limit_reached"
    EVIDENCE_MISSING = "evidence_missing"
    WORKFORCE_DATA_NOT_CURRENT = "workforce_data_not_current"
    COST_NOT_INCURRED = "cost_not_incurred"
    TERMS_NOT_ACCEPTED = "terms_not_accepted"
    CLAIMANT_KIND_NOT_ALLOWED = "claimant_kind_not_allowed"
    LEARNER_NOT_ELIGIBLE = "learner_not_eligible"
    NATION_NOT_COVERED = "nation_not_covered"
    PART_OUT_OF_ORDER = "part_out_of_order"
    EMPLOYER_CHANGED_BETWEEN_PARTS = "employer_changed_between_parts"
    SCHEME_WITHDRAWN = "scheme_withdrawn"
    EMPLOYS_FOR_A_CHILD = "employs_for_a_child"
    OUTSIDE_AREA = "outside_area"
    ORGANISATION_LIMIT_REACHED = "organisation_limit_reached"
    COST_NOT_COVERED = "cost_not_covered"


class Support(StrEnum):
    """What speaks for a claim, or explains its amount."""

    TRAINING_COVERED = "training_covered"
    CLAIMANT_ALLOWED = "claimant_allowed"
    LEARNER_COVERED = "learner_covered"
    INSIDE_WINDOW = "inside_window"
    NOT_TOO_LATE = "not_too_late"
    NOT_CLAIMED_BEFORE = "not_claimed_before"
    UP_TO_MAXIMUM = "up_to_maximum"
    COST_IS_LOWER = "cost_is_lower"
    OVER_GUIDE_MAXIMUM = "over_guide_maximum"
    FIXED_RATE = "fixed_rate"
    FIRST_PAYMENT_SETS_RATE = "first_payment_sets_rate"
    DECIDED_CASE_BY_CASE = "decided_case_by_case"
    PRICE_TO_PA_COMES_OFF = "price_to_pa_comes_off"
    ORGANISATION_CAP_UNKNOWN = "organisation_cap_unknown"
    BOOKED_BEFORE_DECISION = "booked_before_decision"
    LAST_YEAR_FOR_ITEM = "last_year_for_item"
    COMPLETED_NOT_PASSED = "completed_not_passed"
    RESIDUAL_CLAIM = "residual_claim"
