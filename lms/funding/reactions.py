"""What funding writes when something happens elsewhere."""

from datetime import datetime

from lms.certification import queries as certification
from lms.certification.events import CertificateIssued, CertificateSuspensionLifted, CertificateWithdrawn
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
    if fact.enrolment_id is None:  # earned by being there: no course that a scheme could pay for
        return
    on = london_day(now)
    training = training_of(db, fact.enrolment_id, fact.code, completed_on=on, certificate_id=fact.certificate_id, on=on)
    for found in queries.verdicts_for(db, training, on=on):
        if found.verdict.claimable:
            services.open_draft(db, training=training, found=found, by=None, now=now)


def open_claims_again(db: Db, fact: CertificateSuspensionLifted, now: datetime) -> None:
    """A certificate counts again: what it opens that is not open yet, such as under a scheme that began meanwhile."""
    found = certification.certificate(db, fact.certificate_id)
    if found.enrolment_id is None:
        return
    on = london_day(now)
    training = training_of(
        db, found.enrolment_id, found.code, completed_on=found.issued_on, certificate_id=found.id, on=on
    )
    for verdict in queries.verdicts_for(db, training, on=on):
        if verdict.verdict.claimable:
            services.open_draft(db, training=training, found=verdict, by=None, now=now)


def drop_drafts(db: Db, fact: CertificateWithdrawn, now: datetime) -> None:
    """Withdraw drafts whose certificate counts no more; one that was only replaced still proves the training."""
    if fact.reason is not WithdrawalReason.REPLACED:
        services.drop_drafts(db, certificate_id=fact.certificate_id, now=now)
