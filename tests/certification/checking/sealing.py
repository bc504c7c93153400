"""Small PDFs sealed as ours are, and everything that somebody could do to them afterwards."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from io import BytesIO

import pikepdf
from asn1crypto import keys as asn1_keys
from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

NUMBER = "PALMS-0000-000S-4"


def drawn(number: str = NUMBER, name: str = "Pat Morgan", *, rest: bytes = b"") -> bytes:
    """A PDF of one page that names a holder, not sealed."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        pdf.pages[0].Contents = pdf.make_stream(f"BT /F 20 Tf 72 700 Td ({name}) Tj ET".encode() + rest)
        pdf.trailer.Info = pikepdf.Dictionary(Title=f"Module certificate ({number})")
        out = BytesIO()
        pdf.save(out, compress_streams=False)
    return out.getvalue()


@lru_cache(maxsize=4)
def key(whose: str) -> rsa.RSAPrivateKey:
    """A key of somebody's, the same each time."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@lru_cache(maxsize=8)
def signer_with(private: rsa.RSAPrivateKey, name: str = "Rivermere Council") -> signers.SimpleSigner:
    """Signs with a key and a certificate that says any name, since anybody can make one."""
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    began = datetime(2026, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(private.public_key())
        .serial_number(4711)
        .not_valid_before(began)
        .not_valid_after(began + timedelta(days=9999))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(private, hashes.SHA256())
    )
    shut = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    certificate = asn1_x509.Certificate.load(pem.unarmor(made.public_bytes(Encoding.PEM))[2])
    return signers.SimpleSigner(
        signing_cert=certificate,
        signing_key=asn1_keys.PrivateKeyInfo.load(shut),
        cert_registry=SimpleCertificateStore.from_certs([certificate]),
    )


def sealed(data: bytes, private: rsa.RSAPrivateKey, *, field: str = "Seal", certify: bool = True) -> bytes:
    """The PDF with a seal: certified, no change permitted afterwards."""
    meta = signers.PdfSignatureMetadata(
        field_name=field,
        certify=certify,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        subfilter=fields.SigSeedSubFilter.PADES,
        md_algorithm="sha256",
    )
    out = BytesIO()
    writer, signer = IncrementalPdfFileWriter(BytesIO(data)), signer_with(private)
    with ThreadPoolExecutor(1) as beside:  # it runs a loop of its own, and tests in a browser have one already
        beside.submit(signers.sign_pdf, writer, meta, signer=signer, output=out).result()
    return out.getvalue()


def whole_and_sealed(number: str = NUMBER, *, name: str = "Pat Morgan", private: rsa.RSAPrivateKey) -> bytes:
    """A certificate as it is issued."""
    return sealed(drawn(number, name), private)
