"""The worker's part: the PDF of a certificate, made once from the page that was frozen at issue, tagged and sealed."""

from datetime import datetime
from uuid import UUID

import structlog

from lms.certification.events import CertificatePrinted
from lms.certification.keys import services as keys
from lms.certification.keys.rules import Purpose
from lms.certification.models import CertificatePdf
from lms.certification.printing import queries
from lms.certification.printing.pdf import address_of, pdf_of
from lms.certification.printing.queries import FrozenPage
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.files import keep
from lms.core.house import House
from lms.core.words import NotFound

log = structlog.get_logger(__name__)

MEDIA_TYPE = "application/pdf"


def render(house: House, key: str, now: datetime) -> None:
    """Make the PDF of the certificate whose id is `key`. Done twice, the first one stays.

    Printing and sealing hold no transaction: a writer that waited for them would wait for each certificate in turn.
    Without a key nothing is printed: it is tried again, and `lms doctor` says so.
    """
    from lms.certification.printing import sealing, stamping  # noqa: PLC0415  pyHanko is heavy, and only the worker seals

    certificate_id = UUID(key)
    with house.database.reading() as db:
        page = queries.page_to_print(db, certificate_id)
    if page is None:
        return
    with_key = keys.at_hand(house, page.authority_id, Purpose.SEAL, now)
    plain = pdf_of(
        page.html,
        address=address_of(house.settings.base_url, page.number),
        title=f"{page.title} ({page.number})",
        language=page.language,
        at=now,
        logo=_logo(house, page),
    )
    stamper = stamping.stamper_at(house.settings.timestamp_url)
    data, how = sealing.sealed(plain, with_key, name=page.authority_name, stamper=stamper)
    with house.database.writing() as db:
        digest = keep(db, house.files, data, MEDIA_TYPE, now=now)
        row = CertificatePdf(certificate_id=certificate_id, sha256=digest, made_at=now, key_id=with_key.id, sealed=how)
        if add_once(db, row):
            _record(db, page, row, with_key.id, now)


def _record(db: Db, page: FrozenPage, row: CertificatePdf, key_id: UUID, now: datetime) -> None:
    """The fact that this is the paper: a row that somebody points at a file of their own no longer agrees with it."""
    fact = CertificatePrinted(
        about=page.holder_id,
        certificate_id=row.certificate_id,
        kind=page.kind,
        code=page.code,
        sha256=row.sha256,
        key_id=key_id,
    )
    record(db, fact, by=None, now=now, behalf=page.authority_id)


def _logo(house: House, page: FrozenPage) -> bytes | None:
    """The logo's picture. A certificate whose logo has gone is printed without: the authority's name stands there."""
    if page.logo_sha256 is None:
        return None
    try:
        return house.files.get(page.logo_sha256)
    except NotFound:
        log.warning("logo_gone", logo=page.logo_sha256)
        return None
