"""Read what a file is compared with: the digest, the size and the key of the PDF that was issued."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.certification.models import Certificate, CertificatePdf
from lms.core import files
from lms.core.db import Db, columns


@dataclass(frozen=True)
class IssuedPdf:
    """The PDF of a certificate as it was made: digest, bytes, and when (aware UTC)."""

    sha256: str
    size: int
    made_at: datetime


def number_by_digest(db: Db, digest: str) -> str | None:
    """The number of the certificate whose PDF has a SHA-256; None when none has."""
    return columns(db, _BY_DIGEST, {"digest": digest}).scalar_one_or_none()


def issued_pdf(db: Db, certificate_id: UUID) -> IssuedPdf | None:
    """The PDF of a certificate; None while it is not made."""
    row = columns(db, _PDF, {"certificate_id": certificate_id}).one_or_none()
    return IssuedPdf(row[0], files.size_of(db, row[0]), row[1]) if row else None


_BY_DIGEST = (
    select(Certificate.number)
    .join(CertificatePdf, CertificatePdf.certificate_id == Certificate.id)
    .where(CertificatePdf.sha256 == bindparam("digest"))
)
_PDF = select(CertificatePdf.sha256, CertificatePdf.made_at).where(
    CertificatePdf.certificate_id == bindparam("certificate_id")
)
