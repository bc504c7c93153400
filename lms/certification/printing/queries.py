"""Read what the worker prints."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from lms.certification.models import Certificate, CertificatePdf
from lms.core.db import Db


@dataclass(frozen=True)
class FrozenPage:
    """What the worker prints and seals: the page as it was frozen, whose seal it gets, and the logo it shows."""

    number: str
    title: str
    language: str
    html: str
    authority_id: UUID
    authority_name: str
    logo_sha256: str | None


def page_to_print(db: Db, certificate_id: UUID) -> FrozenPage | None:
    """The frozen page of a certificate that has no PDF yet; None when there is nothing to print."""
    wanted = (
        select(
            Certificate.number,
            Certificate.title,
            Certificate.language,
            Certificate.html,
            Certificate.authority_id,
            Certificate.authority_name,
            Certificate.logo_sha256,
        )
        .outerjoin(CertificatePdf, CertificatePdf.certificate_id == Certificate.id)
        .where(Certificate.id == certificate_id, CertificatePdf.certificate_id.is_(None))
    )
    row = db.execute(wanted).one_or_none()
    if row is None:
        return None
    return FrozenPage(
        number=row.number,
        title=row.title,
        language=str(row.language),
        html=row.html,
        authority_id=row.authority_id,
        authority_name=row.authority_name,
        logo_sha256=row.logo_sha256,
    )
