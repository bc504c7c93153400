"""Who can take away an obstacle. Plain Python."""

from lms.funding.obstacles import Ask
from lms.funding.vocabulary import ClaimantKind, EvidenceKind, Refusal

_REFUSALS = {
    Refusal.COST_NOT_INCURRED: Ask.CLAIMANT,
    Refusal.TERMS_NOT_ACCEPTED: Ask.CLAIMANT,
    Refusal.WORKFORCE_DATA_NOT_CURRENT: Ask.CLAIMANT,
    Refusal.PART_OUT_OF_ORDER: Ask.FUNDING_OFFICER,
    Refusal.DUPLICATE_ITEM_FOR_LEARNER: Ask.FUNDING_OFFICER,
    Refusal.CLAIMANT_KIND_NOT_ALLOWED: Ask.COORDINATOR,
    Refusal.ITEM_NOT_ON_LIST: Ask.COORDINATOR,
}
_MISSING = {
    EvidenceKind.CERTIFICATE: Ask.LEARNER,
    EvidenceKind.CERTIFICATE_UNIT_BREAKDOWN: Ask.PROVIDER,
    EvidenceKind.UNIT_SUMMARY_SIGNED: Ask.PROVIDER,
    EvidenceKind.ENDPOINT_ASSESSMENT_RESULT: Ask.PROVIDER,
    EvidenceKind.QUOTE: Ask.PROVIDER,
    EvidenceKind.ATTENDANCE_RECORD: Ask.PROVIDER,
}


def asked_for_refusal(code: Refusal) -> Ask:
    """Who can do something about a refusal; nobody about a day that has passed or a rule of the scheme."""
    return _REFUSALS.get(code, Ask.NOBODY)


def asked_for_missing(code: str) -> Ask:
    """Who has what is missing: a provider its papers, the claimant everything about money."""
    return _MISSING.get(EvidenceKind(code), Ask.CLAIMANT) if code in set(EvidenceKind) else Ask.CLAIMANT


def asked_for_finding(code: str) -> Ask:
    """Who can mend what a payer would stumble over in the evidence: whoever keeps the learner's record, or claims."""
    return Ask.COORDINATOR if "learner" in code or "number" in code or "certificate" in code else Ask.CLAIMANT


def asked_for_terms(claimant: ClaimantKind) -> Ask:
    """Who accepts the terms: an employer or a PA in person, for an organisation the authority's funding officer."""
    in_person = claimant in {ClaimantKind.INDIVIDUAL_EMPLOYER, ClaimantKind.PERSONAL_ASSISTANT}
    return Ask.CLAIMANT if in_person else Ask.FUNDING_OFFICER
