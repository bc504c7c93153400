"""The worker's part: the PDF of a certificate, made once from the page that was frozen at issue."""

from datetime import datetime
from uuid import UUID

from lms.certification import queries
from lms.certification.models import CertificatePdf
from lms.certification.printing.pdf import address_of, pdf_of
from lms.core.db import add_once
from lms.core.files import keep
from lms.core.house import House

MEDIA_TYPE = "application/pdf"


def render(house: House, key: str, now: datetime) -> None:
    """Make the PDF of the certificate whose id is `key`. Done twice, the first one stays.

    Printing holds no transaction: a writer that waited for it would wait for each certificate in turn.
    """
    certificate_id = UUID(key)
    with house.database.reading() as db:
        page = queries.page_to_print(db, certificate_id)
    if page is None:
        return
    data = pdf_of(
        page.html,
        address=address_of(house.settings.base_url, page.number),
        title=f"{page.title} ({page.number})",
        language=page.language,
        at=now,
    )
    with house.database.writing() as db:
        digest = keep(db, house.files, data, MEDIA_TYPE, now=now)
        add_once(db, CertificatePdf(certificate_id=certificate_id, sha256=digest, made_at=now))
