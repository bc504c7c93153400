"""What funding writes when something happens elsewhere."""

from datetime import datetime

from lms.certification.events import CertificateIssued, CertificateWithdrawn
from lms.certification.rules import WithdrawalReason
from lms.core.clock import london_day
from lms.core.db import Db
from lms.funding import queries, services
from lms.funding.trainings import training_of


def open_claims(db: Db, fact: CertificateIssued, now: datetime) -> None:
    """Open a draft claim from every scheme that pays for what the certificate is about.

    A scheme pays for what the learner's authority counts under it, or what its own list names by this code. Told
    twice, it opens a claim once.
    """
    on = london_day(now)
    training = training_of(db, fact.enrolment_id, fact.code, completed_on=on, certificate_id=fact.certificate_id, on=on)
    for found in queries.verdicts_for(db, training, on=on):
        if found.verdict.claimable:
            services.open_draft(db, training=training, found=found, by=None, now=now)


def drop_drafts(db: Db, fact: CertificateWithdrawn, now: datetime) -> None:
    """Withdraw drafts whose certificate counts no more; one that was only replaced still proves the training."""
    if fact.reason is not WithdrawalReason.REPLACED:
        services.drop_drafts(db, certificate_id=fact.certificate_id, now=now)
