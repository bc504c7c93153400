"""The seal on a PDF: a signature of the authority's (PAdES) that certifies the paper and permits no later change.

By pyHanko, which comes with xhtml2pdf's `signing` extra. That extra itself does not serve: it signs what xhtml2pdf has
just set, before the tags are in, with a key from a file, and cannot say that nothing may be changed (DocMDP, P=1).
"""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

import structlog
from asn1crypto import cms, pem, x509
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
from lms.core.aside import finished

log = structlog.get_logger(__name__)

FIELD = "Seal"
DIGEST = "sha256"
SET = b"\x31"
CMS, STAMP = 4_000, 16_000
"""Bytes kept free for the signature itself and for a stamp with its certificates; what is left stays zeros."""


@dataclass(frozen=True)
class _Form:
    """A key's signature (CMS, RFC 5652) as pyHanko made it the first time, and the places where two of them differ.

    They have the same certificates and attributes; only the digest of the paper and the signature itself are others,
    each as long as before. To put those in takes a fiftieth of the time of building all of it anew.
    """

    whole: bytes
    digest: slice
    attributes: slice
    signature: slice

    @classmethod
    def of(cls, made: cms.ContentInfo, digest: bytes) -> "_Form | None":
        """The form of a signature over `digest`; None when it is not found to be of this shape."""
        whole: bytes = made.dump()
        signer = made["content"]["signer_infos"][0]
        attributes: bytes = signer["signed_attrs"].dump()
        parts = (digest, attributes, signer["signature"].native)
        if len(signer["unsigned_attrs"]) or any(whole.count(part) != 1 for part in parts):
            return None
        return cls(whole, *(slice(start := whole.index(part), start + len(part)) for part in parts))

    def over(self, digest: bytes, private: RSAPrivateKey) -> cms.ContentInfo:
        """The signature over another digest."""
        whole = bytearray(self.whole)
        whole[self.digest] = digest
        # What is signed is the set of attributes under its own tag, not under the one it has as a part (5.4).
        signed = SET + bytes(whole[self.attributes])[1:]
        whole[self.signature] = _signed(private, signed)
        return cms.ContentInfo.load(bytes(whole))


def _signed(private: RSAPrivateKey, data: bytes) -> bytes:
    return private.sign(data, PKCS1v15(), hashes.SHA256())


class _Signer(Signer):
    """Signs with a key that is loaded once; pyHanko's own reads and checks it each time, ten times the work."""

    def __init__(self, private: RSAPrivateKey, chain: list[x509.Certificate]) -> None:
        self._private = private
        self._form: _Form | None = None
        issuers = SimpleCertificateStore.from_certs(chain[1:])
        super().__init__(signing_cert=chain[0], cert_registry=issuers, embed_roots=True)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: FBT001, FBT002  pyHanko's own
        """The plain RSA signature."""
        return _signed(self._private, data)

    async def async_sign(self, data_digest: bytes, digest_algorithm: str, *given: Any, **named: Any) -> cms.ContentInfo:
        """The whole signature: by pyHanko the first time and where it gets a stamp, in the same form otherwise."""
        if given or named.get("timestamper") is not None or named.get("dry_run"):
            return await super().async_sign(data_digest, digest_algorithm, *given, **named)
        if self._form is not None:
            return self._form.over(data_digest, self._private)
        made = await super().async_sign(data_digest, digest_algorithm, **named)
        self._form = _Form.of(made, data_digest)
        return made


def sealed(data: bytes, key: Key, *, name: str, stamper: Stamper | None) -> tuple[bytes, Sealed]:
    """A PDF with its seal, and how it was sealed. `name` is who seals, as readers show it.

    When the server of time stamps fails the seal is set without its stamp: a certificate never waits for it.
    Raises NotFound when the private half of the key has gone.
    """
    signer, reserved = signer_of(key)
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
    finished(PdfSigner(said, signer, timestamper=stamper).async_sign_pdf(writer, bytes_reserved=reserved, output=out))
    result: bytes = out.getvalue()
    return result


@lru_cache(maxsize=64)
def signer_of(key: Key) -> tuple[_Signer, int]:
    """What signs with a key, once a process, and the bytes its signature needs."""
    chain = [der for _kind, _headers, der in pem.unarmor((key.certificate_pem or "").encode(), multiple=True)]
    private = key.private()
    assert isinstance(private, RSAPrivateKey)
    return _Signer(private, [x509.Certificate.load(der) for der in chain]), CMS + sum(map(len, chain))
