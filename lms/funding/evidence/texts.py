"""Evidence in plain words, in the reader's language. No Flask: pages, the worker and documents say the same."""

from collections.abc import Mapping
from datetime import date

from lms.core.i18n import day, money
from lms.core.words import N_, Say
from lms.funding.evidence.queries import Finding
from lms.funding.evidence.shrinking import megabytes
from lms.funding.evidence.vocabulary import FindingCode, NumberKind, PaidShown
from lms.funding.reasons import Plain
from lms.funding.vocabulary import EvidenceKind

KINDS: Mapping[EvidenceKind, str] = {
    EvidenceKind.CERTIFICATE: N_("Certificate"),
    EvidenceKind.CERTIFICATE_UNIT_BREAKDOWN: N_("Certificate with its units"),
    EvidenceKind.UNIT_SUMMARY_SIGNED: N_("Signed summary of units"),
    EvidenceKind.PAYMENT_PROOF: N_("Proof of payment"),
    EvidenceKind.COST_RECORD: N_("Record of the cost"),
    EvidenceKind.ENDPOINT_ASSESSMENT_RESULT: N_("Result of the end-point assessment"),
    EvidenceKind.QUOTE: N_("Quote from the provider"),
    EvidenceKind.EMPLOYER_PROOF: N_("Proof that a PA is employed"),
    EvidenceKind.BANK_DETAILS: N_("Bank details"),
    EvidenceKind.ATTENDANCE_RECORD: N_("Record of who attended"),
    EvidenceKind.DECLARATION: N_("Declaration"),
}

ABOUT_KINDS: Mapping[EvidenceKind, str] = {
    EvidenceKind.CERTIFICATE: N_("A dated certificate that names the learner and the provider."),
    EvidenceKind.CERTIFICATE_UNIT_BREAKDOWN: N_("A certificate or transcript with each unit, its code and full title."),
    EvidenceKind.UNIT_SUMMARY_SIGNED: N_("A summary of the units, signed by an internal verifier."),
    EvidenceKind.PAYMENT_PROOF: N_("An invoice with a separate receipt, or an invoice marked as paid."),
    EvidenceKind.COST_RECORD: N_("A record kept by the employer that shows the cost was really met."),
    EvidenceKind.ENDPOINT_ASSESSMENT_RESULT: N_("Proof that the end-point assessment was passed."),
    EvidenceKind.QUOTE: N_("The provider's price, from before the training is booked."),
    EvidenceKind.EMPLOYER_PROOF: N_("Something that shows the applicant employs a PA, such as a payslip."),
    EvidenceKind.BANK_DETAILS: N_("The account in the applicant's own name."),
    EvidenceKind.ATTENDANCE_RECORD: N_("A signed list of who attended."),
    EvidenceKind.DECLARATION: N_("A statement of truth, accepted by somebody who may."),
}

PAID_SHOWN: Mapping[PaidShown, str] = {
    PaidShown.RECEIPT: N_("There is a separate receipt"),
    PaidShown.MARKED_PAID: N_("The invoice itself is marked as paid"),
    PaidShown.NOT_SHOWN: N_("Neither: the payment cannot be seen"),
}

NUMBERS: Mapping[NumberKind, str] = {
    NumberKind.UNIQUE_LEARNER_NUMBER: N_("Unique learner number (ULN)"),
    NumberKind.NATIONAL_INSURANCE_NUMBER: N_("National Insurance number"),
    NumberKind.AWARDING_BODY_REGISTRATION: N_("Registration with the awarding body"),
}

FINDINGS: Mapping[FindingCode, str] = {
    FindingCode.KIND_MISSING: N_("Missing: %(kind)s. Add it."),
    FindingCode.CERTIFICATE_NOT_HELD: N_(
        "The certificate does not count at the moment: it is suspended or was withdrawn. Ask whoever issued it."
    ),
    FindingCode.TOO_MANY_FILES: N_(
        "%(kind)s: there are %(count)s files, and the payer takes %(most)s. Take out what is not needed."
    ),
    FindingCode.FILE_TOO_LARGE: N_("%(kind)s: a file is larger than %(most_bytes)s, the most this payer takes."),
    FindingCode.FORMAT_NOT_TAKEN: N_("%(kind)s: a file is of a kind that this payer does not take."),
    FindingCode.SAME_FILE_TWICE: N_("%(kind)s: the same file is here twice. Take one out, if that was a slip."),
    FindingCode.SAME_FILE_ELSEWHERE: N_(
        "%(kind)s: the same file was handed in with another claim. Look whether it really belongs to this one."
    ),
    FindingCode.INVOICE_NOT_READ: N_("Nobody has typed in yet what the invoice says: who paid whom, how much, when."),
    FindingCode.PAYMENT_NOT_SHOWN: N_("The invoice does not show that it was paid. Add the receipt."),
    FindingCode.RECEIPT_MISSING: N_("The receipt is not here: the invoice was paid with a separate one. Add it."),
    FindingCode.PAYER_DIFFERS: N_(
        "The invoice was paid by “%(read)s”, and the claim is made by “%(expected)s”. Look whether they are the same."
    ),
    FindingCode.COURSE_DIFFERS: N_(
        "The invoice is for “%(read)s”, and the training is “%(expected)s”. Look whether they are the same."
    ),
    FindingCode.AMOUNT_TOO_LOW: N_("The invoices come to %(read_pence)s, and %(cost_pence)s is claimed as the cost."),
    FindingCode.LEARNERS_TOO_FEW: N_("The invoice is for %(read)s learners, and it has to prove %(expected)s."),
    FindingCode.PAID_ON_DIFFERS: N_("The proof says it was paid on %(read_on)s, the claim says on %(day_on)s."),
    FindingCode.PAID_AFTER_SUBMISSION: N_("It was paid on %(day_on)s: that is not yet. A claim is for what was paid."),
    FindingCode.INVOICE_AFTER_SUBMISSION: N_("The invoice is dated %(day_on)s: that is not yet. Look at it again."),
    FindingCode.NAME_DIFFERS: N_(
        "The certificate was issued to “%(read)s”, and the learner is now called “%(expected)s”. Say so to the payer."
    ),
    FindingCode.CERTIFICATE_BEFORE_START: N_(
        "The certificate is dated %(day_on)s, before the training began on %(start_on)s."
    ),
    FindingCode.CERTIFICATE_BEFORE_COMPLETION: N_(
        "The certificate is dated %(day_on)s, before the training was finished on %(completed_on)s."
    ),
    FindingCode.CERTIFICATE_AFTER_SUBMISSION: N_("The certificate is dated %(day_on)s: that is not yet."),
    FindingCode.NUMBER_MISSING: N_("Missing for this learner: %(number)s."),
    FindingCode.NUMBER_SHARED: N_("%(number)s: another learner has the same one. One of them is wrong."),
    FindingCode.NUMBERS_THE_SAME: N_("%(number)s: it is the same as another of the learner's numbers. One is wrong."),
}


def say_finding(found: Finding, say: Say, language: str) -> str:
    """A finding as a sentence that says how to mend it."""
    values = {name: _said(name, value, say, language) for name, value in found.values.items()}
    text = say(FINDINGS[found.code])
    return text % values if values else text


def _said(name: str, value: Plain, say: Say, language: str) -> str:
    if name == "kind":
        return say(KINDS[EvidenceKind(str(value))])
    if name == "number":
        return say(NUMBERS[NumberKind(str(value))])
    if name.endswith("_on"):
        return day(date.fromisoformat(str(value)), language)
    if name.endswith("_pence"):
        return money(int(value))
    return megabytes(int(value)) if name.endswith("_bytes") else str(value)
