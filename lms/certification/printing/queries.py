"""Read what the worker prints."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.certification.freezing import FROZEN, as_frozen
from lms.certification.models import Certificate, CertificatePdf
from lms.core.db import Db
from lms.core.words import Refused


@dataclass(frozen=True)
class FrozenPage:
    """What the worker prints and seals: the page as it was frozen, whose seal it gets, and the logo it shows."""

    holder_id: UUID
    kind: str
    code: str
    number: str
    title: str
    language: str
    html: str
    authority_id: UUID
    authority_name: str
    logo_sha256: str | None


def page_to_print(db: Db, certificate_id: UUID) -> FrozenPage | None:
    """The frozen page of a certificate that has no PDF yet; None when there is nothing to print.

    Refused for a row that is not as it was frozen: nothing is sealed that somebody wrote into the database.
    """
    row = db.execute(_TO_PRINT, {"certificate_id": certificate_id}).mappings().one_or_none()
    if row is None:
        return None
    if not as_frozen(row):
        raise Refused("Certificate %(number)s was changed after it was issued.", number=row["number"])
    return FrozenPage(
        holder_id=row["holder_id"],
        kind=row["kind"],
        code=row["code"],
        number=row["number"],
        title=row["title"],
        language=str(row["language"]),
        html=row["html"],
        authority_id=row["authority_id"],
        authority_name=row["authority_name"],
        logo_sha256=row["logo_sha256"],
    )


_TO_PRINT = (
    select(*(getattr(Certificate, name) for name in FROZEN), Certificate.frozen_digest)
    .outerjoin(CertificatePdf, CertificatePdf.certificate_id == Certificate.id)
    .where(Certificate.id == bindparam("certificate_id"), CertificatePdf.certificate_id.is_(None))
)
