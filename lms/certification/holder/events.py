"""Facts about what holders share of their certificates, and with how much of their name."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.certification.holder.rules import NameShown
from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class CertificateShared(Fact):
    """A holder made a link to a certificate that works up to a day. With whom stands in their own list only."""

    certificate_id: UUID
    share_id: UUID
    until: date


@dataclass(frozen=True, kw_only=True)
class CertificateShareEnded(Fact):
    """A holder ended a link before its last day."""

    certificate_id: UUID
    share_id: UUID


@dataclass(frozen=True, kw_only=True)
class HolderChose(Fact):
    """A holder said what strangers see of their name, and whether they go on seeing it after the account is closed."""

    name_shown: NameShown
    stays_checkable: bool
