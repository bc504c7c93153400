"""Packs: one ZIP in a stable order, the same bytes twice, with papers that can be read aloud and nothing that leaks."""

import csv
import hashlib
import io
import zipfile
from dataclasses import replace
from uuid import UUID, uuid4

import pikepdf
import pytest
from sqlalchemy import select

from lms.core import work
from lms.core.words import NotFound
from lms.funding.evidence import forgetting, packing, packs, queries, services, sheets
from lms.funding.evidence.contents import contents_from
from lms.funding.evidence.models import ClaimPack
from lms.funding.evidence.rules import InvoiceFacts
from lms.funding.evidence.vocabulary import PaidShown
from lms.funding.vocabulary import EvidenceKind
from tests.funding.evidence import papers
from tests.funding.evidence.conftest import Claimed

FORMULA = '=HYPERLINK("https://evil.example")'


@pytest.fixture
def proved(claimed: Claimed) -> Claimed:
    """A draft with everything its payer asks for, and an invoice that says something odd."""
    with claimed.house.database.writing() as db:
        quote = claimed.add(db, papers.invoice_pdf("Quote"))
        claimed.add(db, papers.photo(2400, 1800, noisy=True), EvidenceKind.ATTENDANCE_RECORD)
        on = claimed.now.date()
        services.read_off(
            db,
            read_id=uuid4(),
            file_id=quote,
            about=claimed.about(db),
            facts=InvoiceFacts(
                payer=FORMULA,
                payee="Rivermere College",
                course="PA <b>induction</b>",
                amount=7_500,
                invoiced_on=on,
                paid_on=None,
                learners=1,
                paid_shown=PaidShown.MARKED_PAID,
            ),
            by=claimed.world.coordinator,
            now=claimed.now,
        )
    return claimed


def asked(claimed: Claimed, pack_id: UUID | None = None) -> UUID:
    """A pack asked for and made by the worker."""
    made = pack_id or uuid4()
    with claimed.house.database.writing() as db:
        view = claimed.view(db)
        packs.ask(db, pack_id=made, claim=view, language="en", by=claimed.world.coordinator, now=claimed.now)
    work.do_all(claimed.house, now=claimed.now)
    return made


def opened(claimed: Claimed, pack_id: UUID) -> zipfile.ZipFile:
    """The ZIP of a pack."""
    with claimed.house.database.reading() as db:
        pack = packs.pack_of(db, claimed.claim_id, pack_id)
    assert pack.sha256
    return zipfile.ZipFile(io.BytesIO(claimed.house.files.get(pack.sha256)))


def reference(claimed: Claimed) -> str:
    with claimed.house.database.reading() as db:
        return claimed.view(db).reference


def test_everything_is_in_the_pack_in_a_stable_order(proved: Claimed) -> None:
    packed = opened(proved, asked(proved))
    folder = reference(proved)
    names = [name.removeprefix(f"{folder}/") for name in packed.namelist()]
    assert names[0] == "cover.pdf"
    assert names[1].startswith("line-001/certificate-")
    assert names[2:] == ["line-001/quote-1.pdf", "line-001/attendance-record-1.jpg", "index.html", "index.csv"]
    assert all(entry.date_time == (2026, 11, 21, 0, 0, 0) for entry in packed.infolist())
    assert packed.testzip() is None
    assert max(entry.file_size for entry in packed.infolist()) <= 2_000_000


def test_the_index_names_every_file_by_its_digest_and_runs_nothing(proved: Claimed) -> None:
    packed, folder = opened(proved, asked(proved)), reference(proved)
    rows = list(csv.reader(io.StringIO(packed.read(f"{folder}/index.csv").decode("utf-8-sig"))))
    assert len(rows) == 4
    for row in rows[1:]:
        assert hashlib.sha256(packed.read(f"{folder}/{row[9]}")).hexdigest() == row[11]
        assert int(row[10]) == len(packed.read(f"{folder}/{row[9]}"))
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    page = packed.read(f"{folder}/index.html").decode()
    assert "<b>induction" not in page
    assert 'lang="en"' in page


def test_the_same_pack_has_the_same_bytes(proved: Claimed) -> None:
    first = asked(proved)
    with proved.house.database.writing() as db:
        row = db.get_one(ClaimPack, first)
        digest, row.sha256, row.size, row.made_at = row.sha256, None, None, None
    packing.pack(proved.house, str(first), proved.now.replace(year=2027))
    packing.pack(proved.house, str(first), proved.now)  # made already, nothing happens
    with proved.house.database.reading() as db:
        assert packs.pack_of(db, proved.claim_id, first).sha256 == digest


def test_a_pack_asked_for_twice_is_one(proved: Claimed) -> None:
    once = uuid4()
    assert asked(proved, once) == asked(proved, once)
    with proved.house.database.reading() as db:
        assert len(packs.packs_of(db, proved.claim_id)) == 1


def test_what_was_frozen_stays_when_files_change(proved: Claimed) -> None:
    pack_id = uuid4()
    with proved.house.database.writing() as db:
        view = proved.view(db)
        packs.ask(db, pack_id=pack_id, claim=view, language="en", by=proved.world.coordinator, now=proved.now)
        for each in queries.files_of(db, [proved.claim_id])[proved.claim_id]:
            services.take_out(db, file_id=each.id, about=proved.about(db), by=proved.world.coordinator, now=proved.now)
    work.do_all(proved.house, now=proved.now)
    assert len(opened(proved, pack_id).namelist()) == 6


def test_the_cover_sheet_is_tagged_and_says_what_is_missing(claimed: Claimed) -> None:
    packed, folder = opened(claimed, asked(claimed)), reference(claimed)
    data = packed.read(f"{folder}/cover.pdf")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en"
        assert str(pdf.docinfo.Title) == f"Cover sheet of {folder}"
        assert "Pat Morgan" not in str(pdf.docinfo)
    html = sheets.page(_contents(claimed), {}, language="en").decode()
    assert html.count("missing") == 2


def _contents(claimed: Claimed):  # type: ignore[no-untyped-def]
    with claimed.house.database.reading() as db:
        row = db.scalars(select(ClaimPack).where(ClaimPack.claim_id == claimed.claim_id)).first()
        assert row
        return contents_from(row.contents)


def test_letters_that_cannot_be_printed_are_said_to_be_lost(proved: Claimed) -> None:
    asked(proved)
    found = _contents(proved)
    odd = replace(found, lines=tuple(replace(line, learner="अनीता") for line in found.lines))
    assert sheets.cover(odd, language="en", at=proved.now).startswith(b"%PDF")


def test_a_cleared_pack_is_gone(proved: Claimed) -> None:
    pack_id = asked(proved)
    with proved.house.database.writing() as db:
        digest = packs.pack_of(db, proved.claim_id, pack_id).sha256
        assert digest in forgetting.forget(db, [proved.claim_id], now=proved.now)
        assert packs.pack_of(db, proved.claim_id, pack_id).gone
    packing.pack(proved.house, str(pack_id), proved.now)  # and is not made again
    with proved.house.database.reading() as db:
        assert packs.pack_of(db, proved.claim_id, pack_id).sha256 is None


def test_a_pack_of_another_claim_is_not_there(proved: Claimed, second: Claimed) -> None:
    pack_id = asked(proved)
    with proved.house.database.reading() as db, pytest.raises(NotFound):
        packs.pack_of(db, second.claim_id, pack_id)
