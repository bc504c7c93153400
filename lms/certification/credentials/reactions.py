"""What credentials write when something happens to a certificate: work for the worker, nothing slow."""

from datetime import datetime

from lms.certification.credentials import lists, making
from lms.certification.events import (
    CertificateIssued,
    CertificateReplaced,
    CertificateSuspended,
    CertificateSuspensionLifted,
    CertificateWithdrawn,
)
from lms.core.db import Db
from lms.core.work import Workers, later

MAKE = "certification.credential"
LIST = "certification.status"

WORKERS: Workers = {MAKE: making.make, LIST: lists.refresh_for}
"""What the worker does, by kind of waiting work."""

Changed = CertificateWithdrawn | CertificateSuspended | CertificateSuspensionLifted
"""What changes a status list."""


def make_credential(db: Db, fact: CertificateIssued, now: datetime) -> None:
    """A certificate was issued: make its credential."""
    later(db, MAKE, str(fact.certificate_id), now=now)


def make_credential_of_replacement(db: Db, fact: CertificateReplaced, now: datetime) -> None:
    """A certificate was replaced: make the credential of the new one, and mark the old one."""
    later(db, MAKE, str(fact.by_id), now=now)
    later(db, LIST, str(fact.certificate_id), now=now)


def mark_in_list(db: Db, fact: Changed, now: datetime) -> None:
    """A certificate was withdrawn or suspended, or counts again: its list says so."""
    later(db, LIST, str(fact.certificate_id), now=now)
