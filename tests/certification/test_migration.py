"""Upgrading keeps every certificate with its PDF and its withdrawal, and says of each what it says of new ones."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import MetaData, Table, insert, select, text
from sqlalchemy.exc import IntegrityError

from lms.certification.freezing import FROZEN, digest_of
from lms.certification.models import Certificate
from lms.core import migrate
from lms.core.db import Database, Db

AT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
HOLDER, AUTHORITY, ENROLMENT, FIRST, SECOND = (UUID(int=n) for n in range(1, 6))


def _add(db: Db, table: str, **row: Any) -> None:
    if db.get_bind().dialect.name == "sqlite":  # a table that was read knows nothing of ids there
        row = {name: value.hex if isinstance(value, UUID) else value for name, value in row.items()}
    db.execute(insert(Table(table, MetaData(), autoload_with=db.connection())).values(**row))


def _certificate(db: Db, id: UUID, number: str, **more: Any) -> None:
    said = dict.fromkeys(
        (
            "holder_name",
            "title",
            "course",
            "course_title",
            "design_edition",
            "content_edition",
            "authority_name",
            "html",
        ),
        "x",
    )
    row = said | {"kind": "module", "code": "PAI-1", "nation": "england", "language": "en"}
    row |= {"proves": ["a"], "does_not_prove": ["b"], "issued_on": date(2026, 11, 1), "issued_at": AT}
    row |= {"enrolment_id": ENROLMENT, "holder_id": HOLDER, "authority_id": AUTHORITY}
    _add(db, "lms_certificate", id=id, number=number, **row, **more)


def _standing(database: Database, revision: str) -> None:
    migrate.bring_up(database, revision)
    with database.writing() as db:
        _add(db, "lms_person", id=HOLDER, name="Pat", language="en", access_needs="", created_at=AT)
        _add(
            db,
            "lms_organisation",
            id=AUTHORITY,
            kind="authority",
            name="Rivermere",
            nation="england",
            user_led=False,
            created_at=AT,
        )
        _certificate(db, FIRST, "AAAA")
        _add(db, "lms_file", sha256="f" * 64, size=1, media_type="application/pdf", stored_at=AT)
        _add(db, "lms_certificate_pdf", certificate_id=FIRST, sha256="f" * 64, made_at=AT)
        why = {"reason": "ground_fell_away", "withdrawn_on": date(2026, 11, 2), "by": HOLDER, "at": AT}
        _add(db, "lms_withdrawal", certificate_id=FIRST, **why)
    database.engine.dispose()


def test_certificates_stay_and_can_be_earned_anew(url: str) -> None:
    database = Database(url)
    _standing(database, "0028")
    migrate.bring_up(database, "0029")
    with database.writing() as db:
        assert db.execute(text("SELECT number, turn FROM lms_certificate")).all() == [("AAAA", 1)]
        assert db.scalar(text("SELECT sha256 FROM lms_certificate_pdf")) == "f" * 64
        assert db.scalar(text("SELECT reason FROM lms_withdrawal")) == "ground_fell_away"
        _certificate(db, SECOND, "BBBB", turn=2)
    with pytest.raises(IntegrityError), database.writing() as db:
        _certificate(db, UUID(int=9), "CCCC", turn=2)
    with pytest.raises(IntegrityError), database.writing() as db:
        db.execute(text("DELETE FROM lms_certificate"))
    database.close()


def test_certificates_that_stand_say_what_new_ones_say(url: str) -> None:
    database = Database(url)
    _standing(database, "0029")
    migrate.bring_up(database, "0031")
    with database.writing() as db:
        assert db.scalar(text("SELECT sha256 FROM lms_certificate_pdf")) == "f" * 64
        assert db.scalar(text("SELECT reason FROM lms_withdrawal")) == "ground_fell_away"
        row = db.scalars(select(Certificate)).one()
        assert (row.source_id, row.enrolment_id, row.languages) == (ENROLMENT, ENROLMENT, ["en"])
        assert {"label": "Issued", "text": "1 November 2026"} in row.shown
        assert row.frozen_digest == digest_of({name: getattr(row, name) for name in FROZEN})
        assert (row.replaces_id, row.renews_id, row.face) == (None, None, None)
    with pytest.raises(IntegrityError), database.writing() as db:
        db.execute(text("UPDATE lms_certificate SET replaces_id = :nobody"), {"nobody": UUID(int=99).hex})
    with pytest.raises(IntegrityError), database.writing() as db:
        db.execute(text("UPDATE lms_certificate SET source_id = :other"), {"other": UUID(int=99).hex})
    database.close()


def test_the_digest_is_made_of_every_column() -> None:
    assert set(FROZEN) == {column.name for column in Certificate.__table__.columns} - {"frozen_digest"}
