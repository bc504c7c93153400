"""`lms doctor` finds a certificate that somebody changed in the database, also with its digest made anew."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from lms.certification import doctor, services
from lms.certification.events import CertificateIssued
from lms.certification.freezing import FROZEN, digest_of
from lms.certification.models import Certificate, CertificatePdf
from lms.certification.printing import rendering
from lms.certification.queries import CertificateView
from lms.core.db import Db
from lms.core.doctor import Finding, Level
from lms.core.events import record
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import Refused
from tests.world import World


def said(house: House, now: datetime) -> list[Finding]:
    with house.database.reading() as db:
        return [found for found in doctor.look(db, house, now) if found.about == "certificates"]


def change(db: Db, issued: CertificateView, *, digest_too: bool = False, **values: Any) -> None:
    db.execute(update(Certificate).where(Certificate.id == issued.id).values(**values))
    if digest_too:
        row = db.get_one(Certificate, issued.id, populate_existing=True)
        row.frozen_digest = digest_of({name: getattr(row, name) for name in FROZEN})


def test_untouched_ones_are_well(house: House, issued: CertificateView, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        services.replace(db, certificate_id=issued.id, holder_name="Right Name", by=world.coordinator, now=now)
    (found,) = said(house, now)
    assert (found.level, "All 2 " in found.sentence) == (Level.WELL, True)


@pytest.mark.parametrize("digest_too", [False, True])
def test_a_changed_row_is_found(house: House, issued: CertificateView, now: datetime, digest_too: bool) -> None:
    with house.database.writing() as db:
        change(db, issued, holder_name="Mallory", digest_too=digest_too)
    (found,) = said(house, now)
    assert found.level is Level.WRONG
    assert issued.number in found.sentence
    assert "Mallory" not in found.sentence


def test_a_changed_replacement_is_found_though_its_digest_was_made_anew(
    house: House, issued: CertificateView, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        id = services.replace(db, certificate_id=issued.id, holder_name="Right Name", by=world.coordinator, now=now)
    with house.database.writing() as db:
        row = db.get_one(Certificate, id)
        row.holder_name = "Mallory"
        db.flush()
        row.frozen_digest = digest_of({name: getattr(row, name) for name in FROZEN})
        number = row.number
    (found,) = said(house, now)
    assert (found.level, number in found.sentence) == (Level.WRONG, True)


def test_a_row_that_is_gone_is_found(house: House, issued: CertificateView, now: datetime) -> None:
    with house.database.writing() as db:
        db.execute(delete(Certificate).where(Certificate.id == issued.id))
    (found,) = said(house, now)
    assert (found.level, str(issued.id) in found.sentence) == (Level.WRONG, True)


def test_erased_facts_and_those_of_old_witness_nothing(house: House, issued: CertificateView, now: datetime) -> None:
    with house.database.writing() as db:
        row = db.scalars(select(EventRow).where(EventRow.kind == "CertificateIssued")).one()
        row.data, row.salt = {}, None
        old = CertificateIssued(
            about=issued.holder_id, certificate_id=issued.id, kind="module", code="PAI-1", enrolment_id=None
        )
        record(db, old, by=None, now=now)
    assert [found.level for found in said(house, now)] == [Level.WELL]


def test_a_changed_row_is_never_sealed(house: House, issued: CertificateView, now: datetime) -> None:
    with house.database.writing() as db:
        change(db, issued, html="<p>Mallory is a doctor</p>")
    with pytest.raises(Refused, match="changed"):
        rendering.render(house, str(issued.id), now)
    with house.database.reading() as db:
        assert db.get(CertificatePdf, issued.id) is None
