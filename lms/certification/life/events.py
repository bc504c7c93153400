"""Facts about the end of certificates that the calendar brings. What people do to them is in `certification.events`."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class CertificateLapsesSoon(Fact):
    """A certificate stops counting on a day that is at most so many days away; nothing renews it yet."""

    certificate_id: UUID
    kind: str
    code: str
    days: int
    lapses_on: date


@dataclass(frozen=True, kw_only=True)
class CertificateLapsed(Fact):
    """A certificate has stopped counting; this was the first day."""

    certificate_id: UUID
    kind: str
    code: str
    lapses_on: date
