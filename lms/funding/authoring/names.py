"""What the words of a scheme are called on the editor's pages."""

from lms.core.words import N_
from lms.funding.labels import CONDITIONS, MISSING
from lms.funding.vocabulary import (
    CountedFrom,
    DecidedBy,
    EvidenceKind,
    ItemKind,
    KeptFrom,
    Measure,
    PaymentModel,
    Provenance,
    Refusal,
    SchemeKind,
)
from lms.funding.words_known import CONDITIONS as CONDITION_WORDS
from lms.funding.words_known import ITEM_CONDITIONS, LEARNER_CONDITIONS

KINDS = {
    SchemeKind.REIMBURSEMENT: N_("Paid first, claimed back"),
    SchemeKind.PROSPECTIVE_GRANT: N_("Asked for first, then booked"),
    SchemeKind.BLOCK_GRANT: N_("A grant to an organisation that trains many"),
    SchemeKind.PARTNERSHIP_GRANT: N_("A grant shared out by a partnership"),
    SchemeKind.PLACE_SUBSIDY: N_("Places with a lower price"),
}
ITEM_KINDS = {
    ItemKind.COURSE: N_("Course"),
    ItemKind.QUALIFICATION: N_("Qualification"),
    ItemKind.UNIT: N_("Unit of a qualification"),
    ItemKind.SINGLE_UNIT: N_("Single unit"),
    ItemKind.LEARNING_PROGRAMME: N_("Learning programme"),
    ItemKind.APPRENTICESHIP_STAGE: N_("Stage of an apprenticeship"),
    ItemKind.DIGITAL_MODULE: N_("E-learning module"),
    ItemKind.SHORT_COURSE: N_("Short course"),
    ItemKind.REFRESHER: N_("Refresher"),
    ItemKind.INDUCTION_OUTSIDE_A_QUALIFICATION: N_("Induction outside a qualification"),
    ItemKind.COURSE_FEE: N_("Fee of a course"),
    ItemKind.TRAVEL: N_("Travel"),
    ItemKind.REPLACEMENT_COVER: N_("Cover while the PA trains"),
    ItemKind.PLACE: N_("Training place"),
}
MEASURES = {
    Measure.PER_ITEM: N_("for one item"),
    Measure.PER_CREDIT: N_("for each credit"),
    Measure.PER_PERSON_DAY: N_("for one person for one day"),
    Measure.COST_SHARE: N_("a share of the cost"),
}
PAYMENTS = {
    PaymentModel.FULL: N_("At once"),
    PaymentModel.SPLIT: N_("In two parts, 60 and 40 percent"),
}
STANDINGS = {
    Provenance.OFFICIAL: N_("Official: the scheme's owner states it"),
    Provenance.PROTOTYPE: N_("Prototype: from published test data"),
    Provenance.SEED: N_("From a document PALMS was planned from"),
    Provenance.ILLUSTRATIVE: N_("Example: invented, or not known yet"),
}
STANDING_TAGS = {
    Provenance.OFFICIAL: (N_("Official"), "green"),
    Provenance.CONFIRMED: (N_("Confirmed"), "turquoise"),
    Provenance.PROTOTYPE: (N_("Example: prototype"), "yellow"),
    Provenance.SEED: (N_("Example: planning document"), "yellow"),
    Provenance.ILLUSTRATIVE: (N_("Example"), "yellow"),
}
COUNTED = {
    CountedFrom.COMPLETION: N_("the day the training was finished"),
    CountedFrom.LATER_OF_PAYMENT_AND_START: N_("the day of payment or the first day, whichever is later"),
}
KEPT = {
    KeptFrom.CLAIM_YEAR_END: N_("the end of the scheme's year"),
    KeptFrom.DECISION: N_("the decision"),
    KeptFrom.LAST_PAYMENT: N_("the last payment"),
}
DECIDERS = {DecidedBy.PAYER: N_("The payer outside"), DecidedBy.AUTHORITY: N_("A funding officer of the authority")}
SCOPES = {"all_claimants": N_("Claims of everybody count"), "one_claimant": N_("Only the claimant's own claims count")}
KEYS = {
    "learner": N_("the learner"),
    "item": N_("the item"),
    "unit_code": N_("the unit"),
    "training": N_("the training"),
}
WINDOWS = {
    "payment": N_("Training paid for"),
    "start": N_("Training started"),
    "achievement": N_("Training finished"),
    "delivery": N_("Training delivered"),
    "course_date": N_("Date of the course"),
    "certificate": N_("Date of the certificate"),
    "application": N_("Applied for"),
    "submission": N_("Claim sent in"),
}
EVIDENCE = {kind: MISSING[kind.value] for kind in EvidenceKind}
CONDITION_NAMES = {
    "workforce_data_current": N_("The employer's workforce record is up to date."),
    "cost_incurred": N_("The cost was paid before claiming."),
    "item_on_list": N_("The item is on the scheme's list."),
    "not_employing_for_a_child": N_("The PA is not employed to support a child."),
    **CONDITIONS,
}
CLAIMANT_CONDITIONS = {word: CONDITION_NAMES[word] for word in sorted(CONDITION_WORDS)}
OF_LEARNERS = {word: CONDITION_NAMES[word] for word in sorted(LEARNER_CONDITIONS)}
OF_ITEMS = {word: CONDITION_NAMES[word] for word in sorted(ITEM_CONDITIONS)}
REFUSALS = {
    Refusal.OUTSIDE_ACHIEVEMENT_WINDOW: N_("Training or payment outside the dates"),
    Refusal.OUTSIDE_SUBMISSION_WINDOW: N_("Sent in too early or too late"),
    Refusal.STARTED_AFTER_CUTOFF: N_("Started too late"),
    Refusal.CERTIFICATE_AFTER_CUTOFF: N_("Certificate dated too late"),
    Refusal.ITEM_NOT_ON_LIST: N_("Item not on the list"),
    Refusal.DUPLICATE_ITEM_FOR_LEARNER: N_("Claimed before"),
    Refusal.LEARNER_LIMIT_REACHED: N_("Limit of the learner reached"),
    Refusal.ORGANISATION_LIMIT_REACHED: N_("Limit of the organisation reached"),
    Refusal.EVIDENCE_MISSING: N_("Evidence missing"),
    Refusal.WORKFORCE_DATA_NOT_CURRENT: N_("Workforce record not up to date"),
    Refusal.COST_NOT_INCURRED: N_("Cost not paid yet"),
    Refusal.COST_NOT_COVERED: N_("Cost not covered"),
    Refusal.TERMS_NOT_ACCEPTED: N_("Terms not accepted by who has to"),
    Refusal.CLAIMANT_KIND_NOT_ALLOWED: N_("This kind of claimant cannot claim"),
    Refusal.LEARNER_NOT_ELIGIBLE: N_("This kind of learner is not paid for"),
    Refusal.NATION_NOT_COVERED: N_("Other nation"),
    Refusal.PART_OUT_OF_ORDER: N_("Part out of order"),
    Refusal.EMPLOYER_CHANGED_BETWEEN_PARTS: N_("Employer changed between the parts"),
    Refusal.SCHEME_WITHDRAWN: N_("Scheme never opened"),
    Refusal.EMPLOYS_FOR_A_CHILD: N_("PA supports a child"),
    Refusal.OUTSIDE_AREA: N_("Outside the area"),
}
