"""The words of evidence: how payment is shown, which numbers a learner has, and what a payer would stumble over."""

from enum import StrEnum


class PaidShown(StrEnum):
    """How an invoice shows that it was paid."""

    RECEIPT = "receipt"
    MARKED_PAID = "marked_paid"
    NOT_SHOWN = "not_shown"


class NumberKind(StrEnum):
    """A number by which a payer knows a learner."""

    UNIQUE_LEARNER_NUMBER = "unique_learner_number"
    NATIONAL_INSURANCE_NUMBER = "national_insurance_number"
    AWARDING_BODY_REGISTRATION = "awarding_body_registration"


class FindingCode(StrEnum):
    """What a payer would stumble over in the evidence of a claim."""

    KIND_MISSING = "kind_missing"
    CERTIFICATE_NOT_HELD = "certificate_not_held"
    TOO_MANY_FILES = "too_many_files"
    FILE_TOO_LARGE = "file_too_large"
    FORMAT_NOT_TAKEN = "format_not_taken"
    SAME_FILE_TWICE = "same_file_twice"
    SAME_FILE_ELSEWHERE = "same_file_elsewhere"
    INVOICE_NOT_READ = "invoice_not_read"
    PAYMENT_NOT_SHOWN = "payment_not_shown"
    RECEIPT_MISSING = "receipt_missing"
    PAYER_DIFFERS = "payer_differs"
    COURSE_DIFFERS = "course_differs"
    AMOUNT_TOO_LOW = "amount_too_low"
    LEARNERS_TOO_FEW = "learners_too_few"
    PAID_ON_DIFFERS = "paid_on_differs"
    PAID_AFTER_SUBMISSION = "paid_after_submission"
    INVOICE_AFTER_SUBMISSION = "invoice_after_submission"
    NAME_DIFFERS = "name_differs"
    CERTIFICATE_BEFORE_START = "certificate_before_start"
    CERTIFICATE_BEFORE_COMPLETION = "certificate_before_completion"
    CERTIFICATE_AFTER_SUBMISSION = "certificate_after_submission"
    NUMBER_MISSING = "number_missing"
    NUMBER_SHARED = "number_shared"
    NUMBERS_THE_SAME = "numbers_the_same"
