"""The doctor: well when all is well, and each thing that can be wrong is named."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete, text, update

from lms.core import doctor, jobs, migrate, work
from lms.core.db import Database
from lms.core.doctor import Level, examine
from lms.core.events import record
from lms.core.files import keep
from lms.core.house import House
from lms.core.models import EventRow, WorkRow
from lms.people.events import SignedOut
from tests.core.sites import NOW, everything, migrated

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def site(house: House, tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A site on which all is well: a sealed fact, a kept head, a stored file."""
    for name in [name for name in os.environ if name.startswith("LMS_")]:
        monkeypatch.delenv(name)
    path = shutil.copy(migrated_file, tmp_path / "site.db")
    with migrated(house, f"sqlite:///{path}", tmp_path / "site") as made:
        with made.database.writing() as db:
            record(db, SignedOut(about=uuid4(), everywhere=True), by=None, now=NOW)
            keep(db, made.files, b"a certificate", "application/pdf", now=NOW)
        jobs.tidy(made)
        yield made


def wrong(site: House, **later: Any) -> list[tuple[str, str]]:
    found = examine(site, now=NOW + timedelta(**later))
    return [(finding.about, finding.sentence) for finding in found if finding.level is Level.WRONG]


def test_all_is_well(site: House) -> None:
    found = list(examine(site, now=NOW))
    assert {finding.level for finding in found} == {Level.WELL}
    assert [finding.about for finding in found] == ["database", "disk", "work", "seals", "chain", "heads", "files"]


def test_it_changes_nothing(site: House) -> None:
    before = everything(site.database)
    list(examine(site, now=NOW))
    assert everything(site.database) == before


def test_pending_migrations(site: House, tmp_path: Path) -> None:
    behind = Database(f"sqlite:///{tmp_path / 'behind.db'}")
    assert wrong(replace(site, database=behind))[0][1].endswith("Run `lms upgrade`.")
    migrate.bring_up(behind, "0001")
    assert "It stands at 0001" in wrong(replace(site, database=behind))[0][1]
    behind.close()


def test_an_unreachable_database(site: House, tmp_path: Path) -> None:
    away = Database(f"sqlite:///{tmp_path / 'nowhere' / 'palms.db'}")
    assert wrong(replace(site, database=away)) == [("database", "The database does not answer.")]


def test_a_changed_fact_is_named(site: House) -> None:
    with site.database.writing() as db:
        db.execute(update(EventRow).values(data={}))
    assert wrong(site) == [("chain", "Fact 1 (SignedOut, place 1) was changed after it was written.")]


def test_work_nobody_does(site: House) -> None:
    with site.database.writing() as db:
        work.later(db, "test.job", "1", now=NOW)
    assert wrong(site, minutes=59) == []
    assert [about for about, _sentence in wrong(site, minutes=61)] == ["work"]


def test_work_that_fails_again_and_again_is_named_without_what_it_said(site: House) -> None:
    with site.database.writing() as db:
        work.later(db, "test.job", "1", now=NOW)
        db.execute(update(WorkRow).values(attempts=5, trouble="SMTPError: no mailbox pat@example.com"))
    ((about, sentence),) = wrong(site)
    assert about == "work"
    assert "failed 5 times, the last time with SMTPError." in sentence


def test_facts_nobody_seals(site: House) -> None:
    with site.database.writing() as db:
        record(db, SignedOut(about=uuid4(), everywhere=True), by=None, now=NOW)
    assert wrong(site, minutes=59) == []
    assert [about for about, _sentence in wrong(site, hours=2)] == ["seals"]


def test_heads_that_are_old_or_gone(site: House) -> None:
    assert [about for about, _sentence in wrong(site, days=3)] == ["heads"]
    for path in site.settings.heads.iterdir():
        path.unlink()
    assert [about for about, _sentence in wrong(site)] == ["heads"]


@pytest.mark.parametrize("what", ["missing", "changed"])
def test_a_stored_file_that_is_not_what_it_was(site: House, what: str) -> None:
    digest = everything(site.database)["lms_file"][0][0]
    path = site.settings.data / "files" / digest[:2] / digest
    path.unlink() if what == "missing" else path.write_bytes(b"another")
    assert wrong(site) == [("files", f"The stored file {digest} is missing or was changed. Restore it.")]


def test_a_full_disk(site: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LEAST_FREE", 1 << 60)
    assert [about for about, _sentence in wrong(site)] == ["disk"]


def test_a_row_that_refers_to_nothing(site: House) -> None:
    with site.database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql(
            "INSERT INTO lms_sign_in_link (secret_digest, person_id, made_at, expires_at)"
            " VALUES ('x', '00000000000040008000000000000000', '2026-01-01', '2026-01-01')"
        )
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        connection.exec_driver_sql("BEGIN")
    assert wrong(site) == [("database", "Row 1 of lms_sign_in_link refers to a row of lms_person that is gone.")]


def test_a_site_without_facts_has_only_a_note_about_heads(site: House) -> None:
    with site.database.writing() as db:
        for table in ("lms_seal", "lms_event"):
            db.execute(text(f"DELETE FROM {table}"))  # noqa: S608  names of ours
        db.execute(delete(WorkRow))
    for path in site.settings.heads.iterdir():
        path.unlink()
    found = {finding.about: finding.level for finding in examine(site, now=NOW)}
    assert found["heads"] is Level.NOTE


def test_settings_that_are_none_and_mail_that_goes_nowhere(site: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LMS_MAILURL", "smtp://mail.example")
    live = replace(site, settings=replace(site.settings, mode="production"))
    noted = [finding.sentence for finding in examine(live, now=NOW) if finding.level is Level.NOTE]
    assert [sentence.split()[0] for sentence in noted] == ["LMS_MAILURL", "Mail"]
