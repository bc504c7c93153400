"""Facts about certificates."""

from dataclasses import dataclass
from uuid import UUID

from lms.certification.rules import WithdrawalReason
from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class CertificateIssued(Fact):
    """A certificate was issued. `kind` is its design's kind; `code` is what was earned, such as "PAI-1"."""

    certificate_id: UUID
    kind: str
    code: str
    enrolment_id: UUID


@dataclass(frozen=True, kw_only=True)
class CertificateWithdrawn(Fact):
    """A certificate was withdrawn, with the class of the reason; the certificate itself stays as it was issued."""

    certificate_id: UUID
    kind: str
    code: str
    reason: WithdrawalReason
