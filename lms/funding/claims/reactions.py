"""What claims write when something happens elsewhere."""

from datetime import date, datetime
from uuid import UUID

from lms.certification import queries as certification
from lms.certification.events import (
    CertificateIssued,
    CertificateSuspended,
    CertificateSuspensionLifted,
    CertificateWithdrawn,
)
from lms.certification.rules import WithdrawalReason
from lms.core.clock import london_day
from lms.core.db import Db
from lms.funding.claims import queries, services
from lms.funding.claims.events import ClaimApproved
from lms.funding.trainings import training_of
from lms.funding.vocabulary import ClaimShape, ClaimState

WITHDRAWN, SUSPENDED = "certificate_withdrawn", "certificate_suspended"
_OVER = frozenset({ClaimState.WITHDRAWN, ClaimState.REJECTED, ClaimState.RECOVERED})


def open_claims(db: Db, fact: CertificateIssued, now: datetime) -> None:
    """Open a draft claim from every scheme that pays for what the certificate is about.

    A scheme pays for what the learner's authority counts under it, or what its own list names by this code. Told
    twice, it opens a claim once. Where the first part was claimed before, the certificate opens the second.
    """
    if fact.enrolment_id is None:  # earned by being there: no course that a scheme could pay for
        return
    _open(db, fact.enrolment_id, fact.code, fact.certificate_id, completed_on=london_day(now), now=now)


def open_claims_again(db: Db, fact: CertificateSuspensionLifted, now: datetime) -> None:
    """A certificate counts again: what it opens that is not open yet, such as under a scheme that began meanwhile."""
    services.end_looks(db, certificate_id=fact.certificate_id, what=SUSPENDED, now=now)
    found = certification.certificate(db, fact.certificate_id)
    if found.enrolment_id is not None:
        _open(db, found.enrolment_id, found.code, found.id, completed_on=found.issued_on, now=now)


def _open(db: Db, enrolment_id: UUID, code: str, certificate_id: UUID, *, completed_on: date, now: datetime) -> None:
    on = london_day(now)
    training = training_of(db, enrolment_id, code, completed_on=completed_on, certificate_id=certificate_id, on=on)
    services.open_seconds(
        db,
        learner_id=training.learner_id,
        training=code,
        certificate_id=certificate_id,
        completed_on=completed_on,
        now=now,
    )
    earlier = queries.earlier_of(db, [training.learner_id])[training.learner_id]
    standing = {(each.scheme, each.item) for each in earlier if each.training == code and each.state not in _OVER}
    for found in queries.verdicts_for(db, training, on=on):
        asked_before = found.scheme.shape is ClaimShape.APPLICATION  # asked for before anything is booked, not after
        if asked_before or (found.scheme.code, found.asked.item) in standing:
            continue
        if found.verdict.claimable:
            services.open_draft(db, training=training, found=found, by=None, now=now)


def open_second_when_approved(db: Db, fact: ClaimApproved, now: datetime) -> None:
    """A first part was approved: the second is ready where the training is completed already."""
    line = queries.line(db, fact.line_id)
    held = (c for c in certification.not_withdrawn_of(db, line.learner_id) if c.code == line.training)
    certificate = next(held, None)
    if certificate is not None:
        services.open_second(
            db,
            first_line_id=line.id,
            certificate_id=certificate.id,
            completed_on=certificate.issued_on,
            by=None,
            now=now,
        )


def drop_drafts(db: Db, fact: CertificateWithdrawn, now: datetime) -> None:
    """Withdraw drafts whose certificate counts no more, and have the desk look at what was sent in with it.

    One that was only replaced still proves the training.
    """
    if fact.reason is not WithdrawalReason.REPLACED:
        services.drop_drafts(db, certificate_id=fact.certificate_id, now=now)
        services.raise_look(db, certificate_id=fact.certificate_id, what=WITHDRAWN, now=now)


def look_when_suspended(db: Db, fact: CertificateSuspended, now: datetime) -> None:
    """A certificate does not count for a while: the desk looks at what was sent in with it."""
    services.raise_look(db, certificate_id=fact.certificate_id, what=SUSPENDED, now=now)
