"""Certificates as files to take along: whole, bounded, listed, and of nobody else."""

import csv
import io
import zipfile
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms.certification import queries as certificates
from lms.certification import services as issuing
from lms.certification.bulk import packing, queries, services
from lms.certification.bulk.rules import Line
from lms.certification.rules import WithdrawalReason
from lms.core import work
from lms.core.house import House
from lms.core.models import FileRow
from lms.core.words import NotFound, Refused
from tests.certification.bulk.conftest import Cohort, looked
from tests.world import World


@pytest.fixture
def batch(house: House, world: World, cohort: Cohort, now: datetime) -> UUID:
    """A batch with two certificates, whose files nobody has made yet."""
    made = looked(house, world, now)
    with house.database.writing() as db:
        services.start(db, batch_id=made, by=world.coordinator, now=now)
    return made


def pack(house: House, batch: UUID, by: UUID, now: datetime) -> list[zipfile.ZipFile]:
    with house.database.writing() as db:
        services.ask_for_files(db, id=uuid4(), batch_id=batch, by=by, now=now)
    work.do_all(house, now=now)
    with house.database.reading() as db:
        newest = queries.downloads_of(db, batch)[0]
        assert newest.done_at is not None
        found = [queries.part_file(db, batch, newest.id, part) for part, *_rest in newest.parts]
    return [zipfile.ZipFile(io.BytesIO(house.files.get(each.sha256))) for each in found]


def index(packed: zipfile.ZipFile) -> list[dict[str, str]]:
    text = packed.read(packing.INDEX).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_download_has_each_file_once_and_a_list_that_says_whose_it_is(
    house: House, world: World, batch: UUID, now: datetime
) -> None:
    work.do_all(house, now=now)
    (packed,) = pack(house, batch, world.coordinator, now)
    rows = index(packed)
    assert [row["Holder"] for row in rows] == ["Pat Morgan", "Sam Okoro"]
    assert packed.namelist() == [*(row["File"] for row in rows), packing.INDEX]
    assert packed.testzip() is None
    for row in rows:
        assert packed.read(row["File"]).startswith(b"%PDF-")
        assert row["Number"] in row["File"]
        assert row["How it stands"] == "Valid"


def test_files_nobody_has_made_are_made_while_they_are_packed(
    house: House, world: World, batch: UUID, now: datetime
) -> None:
    for step in range(2):
        house.workers[services.ISSUE](house, services.key_of(batch, 1, step), now)
    with house.database.writing() as db:
        download = services.ask_for_files(db, id=uuid4(), batch_id=batch, by=world.coordinator, now=now)
    packing.pack_some(house, services.key_of(download, 0, 1), now)
    with house.database.reading() as db:
        assert queries.downloads_of(db, batch)[0].parts[0][2] == 2
        assert queries.count_printed(db, batch) == 2


def test_one_that_cannot_be_printed_is_named_in_the_list_and_the_others_are_there(
    house: House, world: World, batch: UUID, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.do_all(house, now=now)
    real = house.files.get
    with house.database.reading() as db:
        first, second = (each.certificate_id for each in queries.lines(db, batch, [Line.ISSUED]))
        gone = certificates.pdf_digest(db, first)  # type: ignore[arg-type]
        number = certificates.certificate(db, second).number  # type: ignore[arg-type]

    def get(digest: str) -> bytes:
        if digest == gone:
            raise OSError("this file cannot be read")
        return real(digest)

    monkeypatch.setattr(house.files, "get", get)
    with house.database.writing() as db:
        download = services.ask_for_files(db, id=uuid4(), batch_id=batch, by=world.coordinator, now=now)
    work.do_all(house, now=now)
    monkeypatch.undo()
    with house.database.reading() as db:
        (part,) = queries.downloads_of(db, batch)[0].parts
        assert part[2:] == (1, 1)
        packed = zipfile.ZipFile(io.BytesIO(house.files.get(queries.part_file(db, batch, download, 1).sha256)))
    assert packed.namelist() == [f"{number}.pdf", packing.INDEX]
    assert "could not be made" in index(packed)[0]["How it stands"]


def test_what_was_withdrawn_is_listed_without_a_file_and_what_was_replaced_comes_as_it_is_now(
    house: House, world: World, batch: UUID, now: datetime
) -> None:
    work.do_all(house, now=now)
    with house.database.writing() as db:
        first, second = (each.certificate_id for each in queries.lines(db, batch, [Line.ISSUED]))
        assert first is not None
        assert second is not None
        issuing.withdraw(
            db, certificate_id=first, reason=WithdrawalReason.ISSUED_IN_ERROR, by=world.coordinator, now=now
        )
        issuing.replace(db, certificate_id=second, holder_name="=Sam Okoro-Jones", by=world.coordinator, now=now)
    work.do_all(house, now=now)
    (packed,) = pack(house, batch, world.coordinator, now)
    withdrawn, replaced = index(packed)
    assert (withdrawn["File"], withdrawn["How it stands"]) == ("", "Withdrawn: no file")
    assert replaced["Holder"] == "'=Sam Okoro-Jones"
    assert packed.namelist() == [replaced["File"], packing.INDEX]


def test_a_large_download_comes_in_parts_each_with_its_list(
    house: House, world: World, batch: UUID, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "MOST_FILES", 1)
    work.do_all(house, now=now)
    parts = pack(house, batch, world.coordinator, now)
    assert [[row["Holder"] for row in index(part)] for part in parts] == [["Pat Morgan"], ["Sam Okoro"]]


def test_a_part_ends_where_it_would_grow_too_large(
    house: House, world: World, batch: UUID, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "MOST_BYTES", 10)
    work.do_all(house, now=now)
    assert len(pack(house, batch, world.coordinator, now)) == 2


def test_asked_for_twice_it_is_packed_once_and_the_same_certificates_give_the_same_file(
    house: House, world: World, batch: UUID, now: datetime
) -> None:
    work.do_all(house, now=now)
    with house.database.writing() as db:
        asked = {
            services.ask_for_files(db, id=uuid4(), batch_id=batch, by=world.coordinator, now=now) for _ in range(2)
        }
    (download,) = asked
    work.do_all(house, now=now)
    packing.pack_some(house, services.key_of(download, 0, 1), now)
    pack(house, batch, world.coordinator, now)
    with house.database.reading() as db:
        zips = select(func.count()).select_from(FileRow).where(FileRow.media_type == packing.ZIP)
        assert db.scalar(zips) == 1


def test_nothing_is_packed_where_nothing_is_issued_or_for_somebody_elses_coordinator(
    house: House, world: World, cohort: Cohort, now: datetime
) -> None:
    batch = looked(house, world, now)
    with house.database.writing() as db, pytest.raises(Refused, match="no certificate"):
        services.ask_for_files(db, id=uuid4(), batch_id=batch, by=world.coordinator, now=now)
    with house.database.writing() as db, pytest.raises(NotFound):
        services.ask_for_files(db, id=uuid4(), batch_id=batch, by=world.other_coordinator, now=now)
