"""Seals, looked at by tools that are not ours: whole, permitting no change, in our key's name, stamped where asked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.signers import Signer
from pyhanko.sign.validation import SignatureCoverageLevel

from lms.certification.keys import queries as keys
from lms.certification.keys import services
from lms.certification.keys.rules import Purpose, Sealed
from lms.certification.models import CertificatePdf
from lms.certification.printing import sealing, stamping
from lms.certification.printing.rendering import render
from lms.certification.queries import CertificateView
from lms.core.aside import finished
from lms.core.house import House
from tests.certification.checking.sealing import drawn
from tests.certification.printing.tools import judged, on_disk, run, server
from tests.certification.printing.tools import stamping as stamping_server
from tests.core.tagged_pages import everything_is_marked, outline
from tests.world import World


def printed(house: House, issued: CertificateView, now: datetime) -> tuple[bytes, CertificatePdf]:
    """The certificate's PDF, made by the worker, and its row."""
    render(house, str(issued.id), now)
    with house.database.reading() as db:
        row = db.get_one(CertificatePdf, issued.id)
        return house.files.get(row.sha256), row


def key_of(house: House, row: CertificatePdf) -> keys.PublicKey:
    assert row.key_id is not None
    with house.database.reading() as db:
        return keys.key(db, row.key_id)


def test_it_is_sealed_by_its_authority_and_permits_no_change(
    house: House, world: World, issued: CertificateView, now: datetime
) -> None:
    data, row = printed(house, issued, now)
    key = key_of(house, row)
    assert (key.authority_id, key.purpose, row.sealed) == (world.authority, Purpose.SEAL, Sealed.SEALED)
    status = judged(data, key)
    assert status.intact
    assert status.valid
    assert status.trusted
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert status.modification_level is ModificationLevel.NONE
    (found,) = PdfFileReader(BytesIO(data)).embedded_signatures
    assert found.docmdp_level is MDPPerm.NO_CHANGES
    assert found.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert found.sig_object["/Name"] == "Rivermere Council"
    assert len(data) < 500_000


def test_tools_that_are_not_ours_find_it_whole(
    house: House, issued: CertificateView, now: datetime, tmp_path: Path
) -> None:
    data, _row = printed(house, issued, now)
    path = on_disk(data, tmp_path)
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", path)
    said = run("pdfsig", path)
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert "CN=Rivermere Council" in said
    fonts = run("pdffonts", path).splitlines()[2:]
    assert fonts
    assert all("yes yes yes" in line for line in fonts), "embedded, a part of it, and with its letters told"
    told = run("pdfinfo", path)
    assert "Encrypted:       no" in told
    assert "Tagged:          yes" in told
    assert "Pages:           1" in told


def test_the_tags_are_still_whole_below_the_seal(house: House, issued: CertificateView, now: datetime) -> None:
    import pikepdf

    data, _row = printed(house, issued, now)
    with pikepdf.open(BytesIO(data)) as pdf:
        everything_is_marked(pdf)
        assert any("Figure “QR code" in line for line in outline(pdf))
        assert any(line.strip().startswith("H") for line in outline(pdf))


def test_a_changed_byte_breaks_the_seal(house: House, issued: CertificateView, now: datetime) -> None:
    data, row = printed(house, issued, now)
    at = data.index(b"stream") + 20
    status = judged(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :], key_of(house, row))
    assert not (status.intact and status.valid)


def test_what_is_added_later_is_noticed(house: House, issued: CertificateView, now: datetime) -> None:
    data, row = printed(house, issued, now)
    writer = IncrementalPdfFileWriter(BytesIO(data))
    writer.root["/Lang"] = generic.pdf_string("cy")
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    status = judged(out.getvalue(), key_of(house, row))
    assert status.coverage is not SignatureCoverageLevel.ENTIRE_FILE
    assert not status.bottom_line


def test_sealed_with_the_key_of_its_day_it_stays_good_after_a_new_one(
    house: House, world: World, issued: CertificateView, now: datetime
) -> None:
    data, row = printed(house, issued, now)
    with house.database.writing() as db:
        new = services.new(db, house, world.authority, Purpose.SEAL, now)
        assert row.key_id is not None
        services.retire(db, key_id=row.key_id, by=None, now=now + timedelta(days=1))
    old = key_of(house, row)
    assert old.retired_at is not None
    assert judged(data, old).bottom_line
    assert not judged(data, new).trusted


@pytest.fixture(scope="module")
def tsa() -> tuple[asn1_x509.Certificate, bytes]:
    """A time-stamping authority of this test's own: its certificate and its private key."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Stamps of a test")])
    at = datetime(2020, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(7)
        .not_valid_before(at)
        .not_valid_after(at + timedelta(days=36500))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(private, hashes.SHA256())
    )
    der = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return asn1_x509.Certificate.load(made.public_bytes(Encoding.DER)), der


def with_stamps(house: House, url: str) -> House:
    return replace(house, settings=replace(house.settings, timestamp_url=url))


def test_where_a_server_is_set_it_bears_its_time_stamp(
    house: House, issued: CertificateView, now: datetime, tsa: tuple[asn1_x509.Certificate, bytes], tmp_path: Path
) -> None:
    with server(stamping_server(*tsa)) as (url, asked):
        data, row = printed(with_stamps(house, url), issued, now)
    assert row.sealed is Sealed.STAMPED
    assert len(asked) == 1
    assert b"Pat" not in asked[0]
    status = judged(data, key_of(house, row), stamps=tsa[0])
    assert status.bottom_line
    assert status.timestamp_validity is not None
    assert status.timestamp_validity.valid
    assert status.timestamp_validity.trusted
    assert len(data) < 500_000
    assert "Signature is Valid." in run("pdfsig", on_disk(data, tmp_path))


@pytest.mark.parametrize(
    "answer",
    [
        (500, "text/plain", b"no"),
        (200, "text/html", b"<html>sign in</html>"),
        (200, "application/timestamp-reply", b"nonsense"),
        (200, "application/timestamp-reply", b"\x30" * 200_000),
    ],
    ids=["error", "a page", "nonsense", "endless"],
)
def test_a_server_that_fails_never_loses_a_certificate_and_is_left_alone_for_a_while(
    house: House, issued: CertificateView, now: datetime, answer: tuple[int, str, bytes]
) -> None:
    with server(lambda _body: answer) as (url, asked):
        there = with_stamps(house, url)
        data, row = printed(there, issued, now)
        stamper = stamping.stamper_at(url)
        assert stamper is not None
        assert not stamper.awake()
    assert len(asked) == 1
    assert row.sealed is Sealed.SEALED
    assert judged(data, key_of(house, row)).bottom_line


def test_a_server_that_is_not_there_never_loses_a_certificate(
    house: House, issued: CertificateView, now: datetime
) -> None:
    with server(lambda _body: (200, "", b"")) as (url, _asked):
        gone = url
    data, row = printed(with_stamps(house, gone), issued, now)
    assert row.sealed is Sealed.SEALED
    assert judged(data, key_of(house, row)).bottom_line


def test_a_host_that_runs_a_loop_of_its_own_prints_too(house: House, issued: CertificateView, now: datetime) -> None:
    async def host() -> bool:
        data, row = printed(house, issued, now)
        return row.sealed is Sealed.SEALED and judged(data, key_of(house, row)).bottom_line

    assert finished(host())


def test_later_seals_of_a_key_are_the_very_bytes_the_library_makes(house: House, world: World, now: datetime) -> None:
    key = services.at_hand(house, world.authority, Purpose.SEAL, now)
    papers = [drawn(name=name) for name in ("Pat Morgan", "Ida Example", "Aled Jones")]
    sealed = [sealing.sealed(paper, key, name="Rivermere Council", stamper=None)[0] for paper in papers]
    with house.database.reading() as db:
        known = keys.key(db, key.id)
    for data in sealed:
        status = judged(data, known)
        assert status.intact
        assert status.valid
        assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
        (found,) = PdfFileReader(BytesIO(data)).embedded_signatures
        made_anew = Signer.async_sign(
            sealing.signer_of(key)[0], found.compute_digest(), "sha256", use_pades=True, signed_attr_settings=None
        )
        assert bytes(found.pkcs7_content).startswith(finished(made_anew).dump())
