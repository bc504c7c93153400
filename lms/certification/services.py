"""Write certificates: issue by rule, exactly once, and withdraw with a reason. Nothing is changed, nothing deleted."""

import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from lms.certification import drafting, queries
from lms.certification.content import CertificateDesigns
from lms.certification.events import CertificateIssued, CertificateWithdrawn
from lms.certification.models import Withdrawal
from lms.certification.numbers import BITS, number_of
from lms.certification.rules import WithdrawalReason, issuable, turn_to_issue
from lms.certification.waiting import waits_since
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.shelves import shelf
from lms.core.work import later

MODULE = "module"
"""The kind of certificate that is issued for one module."""

RENDER = "certification.render"
"""The kind of waiting work that makes the PDF."""


def issue_if_complete(
    db: Db, enrolment_id: UUID, module: str, now: datetime, *, edition: str | None = None
) -> UUID | None:
    """Issue the certificate of a module as soon as its rule is met; returns it, or None when nothing was issued.

    It is issued once for an enrolment, however often and from however many sides this is asked at the same moment;
    again only when what an earlier one rested on fell away and was earned anew.
    `edition` is the module's edition that was studied, where the caller knows it. Where the authority lets certificates
    wait for a quality sample, nothing is issued before that is accepted.
    """
    _one_at_a_time(db, enrolment_id)
    earlier = queries.withdrawals_of(db, enrolment_id, MODULE, module)
    if None in earlier:
        return None
    design = shelf(db, CertificateDesigns).design(MODULE)
    found = drafting.on_record(db, enrolment_id, module)
    turn = turn_to_issue(earlier, signed_off_at=found.sign_off.at if found.sign_off else None)
    if turn is None:
        return None
    if waits_since(db, found.practice) is not None:
        return None  # it is asked again as soon as the sample is accepted
    if not issuable(design.needs, found.earned).issuable or (found.prior and not design.proves_with_prior):
        return None
    row = drafting.drawn_up(db, design, found, number=_new_number(db), turn=turn, edition=edition, now=now)
    if not add_once(db, row):
        return None
    fact = CertificateIssued(
        about=row.holder_id, certificate_id=row.id, kind=row.kind, code=row.code, enrolment_id=enrolment_id
    )
    record(db, fact, by=None, now=now)
    later(db, RENDER, str(row.id), now=now)
    return row.id


def withdraw(db: Db, *, certificate_id: UUID, reason: WithdrawalReason, by: UUID, now: datetime) -> None:
    """Withdraw a certificate for good; its check page then says so. A second time changes nothing. Raises NotFound."""
    issued = queries.certificate(db, certificate_id)
    row = Withdrawal(certificate_id=certificate_id, reason=reason, withdrawn_on=london_day(now), by=by, at=now)
    if add_once(db, row):
        fact = CertificateWithdrawn(
            about=issued.holder_id, certificate_id=certificate_id, kind=issued.kind, code=issued.code, reason=reason
        )
        record(db, fact, by=by, now=now)


def _one_at_a_time(db: Db, enrolment_id: UUID) -> None:
    """Let whoever looks at this enrolment wait for whoever looks at it already.

    When a module is finished in one transaction while its practice is signed off in another, neither sees the other,
    and the certificate would never be issued. SQLite's writers wait for each other anyway.
    """
    if db.get_bind().dialect.name == "postgresql":
        key = int.from_bytes(enrolment_id.bytes[:8], signed=True)
        db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


def _new_number(db: Db) -> str:
    """A number nobody has. The unique key is the last word, should the same one be drawn twice within a moment."""
    while queries.number_taken(db, number := number_of(secrets.randbits(BITS))):
        pass
    return number
