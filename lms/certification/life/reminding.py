"""What the calendar does to certificates: their holders are told before they stop counting, and when they have."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, case, select
from sqlalchemy.orm import aliased

from lms.certification.life.events import CertificateLapsed, CertificateLapsesSoon
from lms.certification.life.models import OPEN, LapseNote, Suspension
from lms.certification.life.rules import ENDED, TOO_LATE, WARNINGS, step_on, warns
from lms.certification.models import Certificate, Withdrawal
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import Fact, record
from lms.core.house import House

AT_ONCE = 200
"""Certificates looked through in one unit of work, so that nobody waits long for the writer."""


def remind(house: House, now: datetime) -> int:
    """Tell holders what ends soon and what has ended, each once; returns how many. The worker asks each minute.

    What was withdrawn, replaced or renewed is nobody's news; a suspended one becomes so when that is lifted.
    """
    told = 0
    while True:
        with house.database.reading() as db:
            due = [row.id for row in db.execute(_due(london_day(now)))]
        for certificate_id in due:
            with house.database.writing() as db:
                told += _tell(db, certificate_id, now)
        if len(due) < AT_ONCE:
            return told


def _tell(db: Db, certificate_id: UUID, now: datetime) -> bool:
    """Note the step of today and record its fact, unless somebody was faster or it says nothing new."""
    row = db.execute(
        select(
            Certificate.holder_id,
            Certificate.authority_id,
            Certificate.kind,
            Certificate.code,
            Certificate.issued_on,
            Certificate.lapses_on,
        ).where(Certificate.id == certificate_id)
    ).one()
    assert row.lapses_on is not None
    step = step_on(row.lapses_on, london_day(now))
    if step is None or not add_once(db, LapseNote(certificate_id=certificate_id, days=step, at=now)):
        return False
    if not warns(step, issued=row.issued_on, lapses=row.lapses_on):
        return False
    named = {
        "about": row.holder_id,
        "certificate_id": certificate_id,
        "kind": row.kind,
        "code": row.code,
        "lapses_on": row.lapses_on,
    }
    fact: Fact = CertificateLapsed(**named) if step == ENDED else CertificateLapsesSoon(days=step, **named)
    record(db, fact, by=None, now=now, behalf=row.authority_id)
    return True


def _due(on: date) -> Select[UUID]:
    """Certificates whose holder has not been told yet what belongs to this day (see rules.step_on)."""
    first, *_between, _last = WARNINGS
    earlier = [days for days in WARNINGS if days != first]
    step = case(*((Certificate.lapses_on <= on + timedelta(days=days), days) for days in sorted(earlier)), else_=first)
    later, successor = aliased(Certificate), aliased(Certificate)
    gone = select(Withdrawal.certificate_id)
    return (
        select(Certificate.id)
        .outerjoin(Suspension, OPEN)
        .where(
            Certificate.lapses_on > on - TOO_LATE,
            Certificate.lapses_on <= on + timedelta(days=first),
            ~select(LapseNote.days).where(LapseNote.certificate_id == Certificate.id, LapseNote.days == step).exists(),
            ~gone.where(Withdrawal.certificate_id == Certificate.id).exists(),
            ~select(successor.id).where(successor.replaces_id == Certificate.id).exists(),
            ~select(later.id)
            .where(
                later.renews_id == Certificate.id,
                ~gone.where(Withdrawal.certificate_id == later.id).exists(),
            )
            .exists(),
            Suspension.id.is_(None),
        )
        .order_by(Certificate.lapses_on, Certificate.id)
        .limit(AT_ONCE)
    )
