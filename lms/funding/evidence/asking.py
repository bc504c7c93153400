"""Who can mend what a payer would stumble over. Plain Python."""

from collections.abc import Mapping

from lms.funding.evidence.vocabulary import FindingCode
from lms.funding.obstacles import Ask

_OTHERS: Mapping[FindingCode, Ask] = {
    FindingCode.CERTIFICATE_NOT_HELD: Ask.COORDINATOR,
    FindingCode.NAME_DIFFERS: Ask.LEARNER,
    FindingCode.CERTIFICATE_BEFORE_START: Ask.COORDINATOR,
    FindingCode.CERTIFICATE_BEFORE_COMPLETION: Ask.COORDINATOR,
    FindingCode.CERTIFICATE_AFTER_SUBMISSION: Ask.COORDINATOR,
    FindingCode.NUMBER_MISSING: Ask.LEARNER,
    FindingCode.NUMBER_SHARED: Ask.LEARNER,
    FindingCode.NUMBERS_THE_SAME: Ask.LEARNER,
    FindingCode.PAYMENT_NOT_SHOWN: Ask.PROVIDER,
    FindingCode.RECEIPT_MISSING: Ask.PROVIDER,
}


def whom(code: FindingCode) -> Ask:
    """Whom to ask about a finding: the claimant, where nobody else is nearer to it."""
    return _OTHERS.get(code, Ask.CLAIMANT)
