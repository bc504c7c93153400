"""The words a scheme file may use for conditions, advice and checks. A scheme may add its own, with a text for each."""

CONDITIONS = frozenset(
    {
        "employs_care_staff_in_england",
        "workforce_data_current",
        "cost_incurred",
        "cost_records_kept",
        "item_on_list",
        "declaration_signed",
        "terms_accepted_by_employer",
        "terms_accepted_by_senior_officer",
        "lives_in_england",
        "lives_in_wales",
        "employs_a_pa",
        "not_employing_for_a_child",
        "run_by_and_for_disabled_people",
        "board_disabled_share_75",
        "direct_contact_with_employers_and_pas",
        "engaged_in_training_employers_and_pas",
        "justification_given",
        "partnership_plan_agreed",
        "whole_sector_offer",
        "pa_works_in_area",
    }
)
"""What a claimant has to be, or to have done."""

LEARNER_CONDITIONS = frozenset(
    {
        "national_insurance_number",
        "employed_by_claimant",
        "not_a_regulated_professional",
        "not_on_apprenticeship_item",
    }
)
ITEM_CONDITIONS = frozenset({"regulated_provider_registration"})
ADVICE = frozenset({"do_not_book_before_decision"})
CHECKS_AFTER = frozenset({"verification", "audit_review", "counter_fraud"})
MAY_FUND = frozenset(
    {
        "care_certificate_training",
        "care_certificate_assessor_training",
        "employer_training",
        "first_aid",
        "moving_and_assisting",
    }
)
IDENTIFIERS = frozenset({"unique_learner_number", "awarding_body_registration", "national_insurance_number"})
PERMISSION_RECORD = frozenset(
    {
        "employer",
        "delegate_organisation",
        "schemes",
        "workers_covered",
        "actions_allowed",
        "given_on",
        "given_how",
        "ends_on",
        "withdrawn_on",
    }
)
"""What a permission of an employer holds."""

BY_FIELD = {
    "conditions": CONDITIONS,
    "learner_conditions": LEARNER_CONDITIONS,
    "advice": ADVICE,
    "checks_after_submission": CHECKS_AFTER,
    "may_fund": MAY_FUND,
}
"""The words of each field of a scheme."""
