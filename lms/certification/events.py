"""Facts about certificates."""

from dataclasses import dataclass
from uuid import UUID

from lms.certification.life.reasons import SuspensionReason
from lms.certification.rules import WithdrawalReason
from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class CertificateIssued(Fact):
    """A certificate was issued. `kind` is its design's kind; `code` is what was earned, such as "PAI-1".

    `enrolment_id` is None for what was earned by being there. `frozen_digest` is the digest of all it says, empty in
    facts from before there was one.
    """

    certificate_id: UUID
    kind: str
    code: str
    enrolment_id: UUID | None
    frozen_digest: str = ""


@dataclass(frozen=True, kw_only=True)
class CertificatePrinted(Fact):
    """The PDF of a certificate was made: `sha256` is the digest of its bytes, `key_id` the key that sealed it.

    There is one for each certificate, but none for what was printed before these facts were kept.
    """

    certificate_id: UUID
    kind: str
    code: str
    sha256: str
    key_id: UUID


@dataclass(frozen=True, kw_only=True)
class CertificateWithdrawn(Fact):
    """A certificate was withdrawn, with the class of the reason; the certificate itself stays as it was issued."""

    certificate_id: UUID
    kind: str
    code: str
    reason: WithdrawalReason


@dataclass(frozen=True, kw_only=True)
class CertificateReplaced(Fact):
    """A certificate gave way to one with its holder's right name; everything else that it says stayed.

    `frozen_digest` is the digest of all that the new one, `by_id`, says; empty in facts from before it was kept.
    """

    certificate_id: UUID
    by_id: UUID
    kind: str
    code: str
    frozen_digest: str = ""


@dataclass(frozen=True, kw_only=True)
class CertificateSuspended(Fact):
    """A certificate does not count for a while, with the class of the reason."""

    certificate_id: UUID
    kind: str
    code: str
    reason: SuspensionReason


@dataclass(frozen=True, kw_only=True)
class CertificateSuspensionLifted(Fact):
    """A suspended certificate counts again."""

    certificate_id: UUID
    kind: str
    code: str
