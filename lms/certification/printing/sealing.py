"""The seal on a PDF: a signature of the authority's (PAdES) that certifies the paper and permits no later change.

By pyHanko, which comes with xhtml2pdf's `signing` extra. That extra itself does not serve: it signs what xhtml2pdf has
just set, before the tags are in, with a key from a file, and cannot say that nothing may be changed (DocMDP, P=1).
"""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from io import BytesIO
from typing import Any

import structlog
from asn1crypto import pem, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from lms.certification.keys.rules import Sealed
from lms.certification.keys.services import Key
from lms.certification.printing.stamping import Stamper

log = structlog.get_logger(__name__)

FIELD = "Seal"
DIGEST = "sha256"
CMS, STAMP = 4_000, 16_000
"""Bytes kept free for the signature itself and for a stamp with its certificates; what is left stays zeros."""


class _Signer(Signer):
    """Signs with a key that is loaded once; pyHanko's own reads and checks it each time, ten times the work."""

    def __init__(self, private: RSAPrivateKey, chain: list[x509.Certificate]) -> None:
        self._private = private
        issuers = SimpleCertificateStore.from_certs(chain[1:])
        super().__init__(signing_cert=chain[0], cert_registry=issuers, embed_roots=True)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: FBT001, FBT002  pyHanko's own
        """The plain RSA signature."""
        return self._private.sign(data, PKCS1v15(), hashes.SHA256())


def sealed(data: bytes, key: Key, *, name: str, stamper: Stamper | None) -> tuple[bytes, Sealed]:
    """A PDF with its seal, and how it was sealed. `name` is who seals, as readers show it.

    When the server of time stamps fails the seal is set without its stamp: a certificate never waits for it.
    Raises NotFound when the private half of the key has gone.
    """
    signer, reserved = _signer(key)
    if stamper is not None and stamper.awake():
        try:
            return _set(data, signer, name, 2 * (reserved + STAMP), stamper), Sealed.STAMPED
        except Exception as trouble:  # noqa: BLE001  whatever a server far away made of it
            stamper.rest()
            log.warning("time_stamp_failed", trouble=type(trouble).__name__)
    return _set(data, signer, name, 2 * reserved, None), Sealed.SEALED


def _set(data: bytes, signer: _Signer, name: str, reserved: int, stamper: Stamper | None) -> bytes:
    said = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        name=name,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
    )
    out: Any = BytesIO()
    writer = IncrementalPdfFileWriter(BytesIO(data))
    _run(PdfSigner(said, signer, timestamper=stamper).async_sign_pdf(writer, bytes_reserved=reserved, output=out))
    result: bytes = out.getvalue()
    return result


def _run(work: Coroutine[Any, Any, object]) -> None:
    """Do asynchronous work to its end; in a thread of its own where this one runs a loop already, as a host's may."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(work)
    else:
        with ThreadPoolExecutor(1) as aside:
            aside.submit(asyncio.run, work).result()


@lru_cache(maxsize=64)
def _signer(key: Key) -> tuple[_Signer, int]:
    chain = [der for _kind, _headers, der in pem.unarmor((key.certificate_pem or "").encode(), multiple=True)]
    private = key.private()
    assert isinstance(private, RSAPrivateKey)
    return _Signer(private, [x509.Certificate.load(der) for der in chain]), CMS + sum(map(len, chain))
