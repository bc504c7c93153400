"""Holders are told before a certificate stops counting, and when it has: once each, and only when it is news."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from lms.certification import queries
from lms.certification.life import services
from lms.certification.life.reasons import SuspensionReason
from lms.certification.life.reminding import remind
from lms.certification.models import Certificate
from lms.certification.numbers import number_of
from lms.certification.queries import CertificateView
from lms.certification.rules import WithdrawalReason
from lms.core.clock import london_day
from lms.core.house import House
from lms.core.models import EventRow
from tests.world import World

SOON, LAPSED = "CertificateLapsesSoon", "CertificateLapsed"


@pytest.fixture
def ends(house: House, issued: CertificateView, now: datetime) -> CertificateView:
    """The certificate, which ends in 200 days."""
    with house.database.writing() as db:
        db.execute(update(Certificate).values(lapses_on=london_day(now) + timedelta(days=200)))
    return issued


def told(house: House) -> list[tuple[str, int]]:
    with house.database.reading() as db:
        rows = db.scalars(select(EventRow).where(EventRow.kind.in_([SOON, LAPSED])).order_by(EventRow.at))
        return [(row.kind, row.data.get("days", 0)) for row in rows]


def test_each_step_is_told_once(house: House, ends: CertificateView, now: datetime) -> None:
    for days in (0, 109, 110, 110, 111, 169, 170, 171, 199, 200, 200, 201, 229, 230, 400):
        remind(house, now + timedelta(days=days))
    assert told(house) == [(SOON, 90), (SOON, 30), (LAPSED, 0)]


def test_after_a_standstill_only_the_last_step_is_told(house: House, ends: CertificateView, now: datetime) -> None:
    remind(house, now + timedelta(days=180))
    assert told(house) == [(SOON, 30)]
    remind(house, now + timedelta(days=400))
    assert told(house) == [(SOON, 30)]


def test_what_was_said_at_the_issue_is_no_warning(house: House, issued: CertificateView, now: datetime) -> None:
    with house.database.writing() as db:
        db.execute(update(Certificate).values(lapses_on=london_day(now) + timedelta(days=20)))
    for days in (0, 1, 2):
        assert remind(house, now + timedelta(days=days)) == 0
    assert told(house) == []
    assert remind(house, now + timedelta(days=20)) == 1
    assert told(house) == [(LAPSED, 0)]


def test_what_was_withdrawn_or_replaced_is_nobodys_news(
    house: House, ends: CertificateView, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        new = services.replace(
            db, id=uuid4(), certificate_id=ends.id, holder_name="Pat Rees", by=world.coordinator, now=now
        )
    assert remind(house, now + timedelta(days=120)) == 1  # the new one
    with house.database.writing() as db:
        services.withdraw(
            db,
            id=uuid4(),
            certificate_id=new,
            reason=WithdrawalReason.ISSUED_IN_ERROR,
            word="Not yours.",
            by=world.coordinator,
            now=now,
        )
    assert remind(house, now + timedelta(days=175)) == 0


def test_a_suspended_one_is_told_of_when_it_counts_again(
    house: House, ends: CertificateView, world: World, now: datetime
) -> None:
    at = now + timedelta(days=120)
    with house.database.writing() as db:
        services.suspend(
            db,
            id=uuid4(),
            certificate_id=ends.id,
            reason=SuspensionReason.HOLDER_ASKED,
            word="As you asked.",
            by=world.coordinator,
            now=now,
        )
    assert remind(house, at) == 0
    with house.database.writing() as db:
        services.lift(db, id=uuid4(), certificate_id=ends.id, by=world.coordinator, now=at)
    assert remind(house, at) == 1


def test_what_is_renewed_needs_no_warning(house: House, ends: CertificateView, now: datetime) -> None:
    with house.database.writing() as db:
        kept = db.get_one(Certificate, ends.id)
        copied = {c.key: getattr(kept, c.key) for c in Certificate.__table__.columns}
        fresh = {"id": uuid4(), "number": number_of(7), "turn": 2, "renews_id": ends.id, "lapses_on": None}
        db.add(Certificate(**{**copied, **fresh}))
    assert remind(house, now + timedelta(days=120)) == 0
    with house.database.reading() as db:
        assert queries.certificate(db, ends.id).renewed_by == number_of(7)
