"""Read certificates: whose, how they stand, and who may open one."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import defer

from lms.certification.models import Certificate, CertificatePdf, Withdrawal
from lms.certification.rules import Standing, WithdrawalReason, Withdrawn, standing
from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.people import queries as people
from lms.people.rules import Role
from lms.people.viewer import Viewer

NEW_FOR = timedelta(days=14)
"""How long a certificate is news on its holder's home page."""


@dataclass(frozen=True)
class CertificateView:
    """A certificate as issued. `edition` is the design's, `code` what was earned, `lapses_on` the first day it no
    longer counts. Everything here was said on the day it was issued, except whether it was withdrawn since."""

    id: UUID
    number: str
    kind: str
    code: str
    title: str
    edition: str
    issued_on: date
    lapses_on: date | None
    holder_id: UUID
    holder_name: str
    authority_id: UUID
    enrolment_id: UUID | None
    pdf_ready: bool
    withdrawn_on: date | None
    withdrawn_because: WithdrawalReason | None
    module_title: str | None
    course_title: str | None
    content_edition: str | None
    framework_edition: str | None
    authority_name: str
    proves: tuple[str, ...]
    does_not_prove: tuple[str, ...]
    studied_on: date | None
    signed_off_on: date | None
    signed_off_by: str | None
    signed_off_as: str | None
    language: str

    def standing(self, on: date) -> Standing:
        """How it stands on a day."""
        return standing(lapses=self.lapses_on, withdrawn=self.withdrawn_on, on=on)


@dataclass(frozen=True)
class FrozenPage:
    """What the worker prints."""

    number: str
    title: str
    language: str
    html: str


_Joined = Select[Certificate, Any, Any]


def certificates_of(db: Db, person_id: UUID) -> list[CertificateView]:
    """The certificates somebody holds, the newest first; those withdrawn are not among them, those lapsed are."""
    return [_view(*row) for row in db.execute(_HELD, {"holder_id": person_id})]


def every_certificate_of(db: Db, person_id: UUID, *, offset: int, limit: int) -> list[CertificateView]:
    """Every certificate that was issued to somebody, the newest first, with those withdrawn since."""
    page = {"holder_id": person_id, "offset": offset, "limit": limit}
    return [_view(*row) for row in db.execute(_EVERY, page)]


def count_certificates_of(db: Db, person_id: UUID) -> int:
    """How many certificates were issued to somebody."""
    return columns(db, _COUNT, {"holder_id": person_id}).scalar_one()


def new_certificates_of(db: Db, person_id: UUID, on: date) -> list[CertificateView]:
    """Certificates that are news to their holder on a day, the newest first, three at most."""
    return [_view(*row) for row in db.execute(_NEWS, {"holder_id": person_id, "after": on - NEW_FOR})]


def certificate(db: Db, certificate_id: UUID) -> CertificateView:
    """One certificate, whoever asks. Raises NotFound."""
    found = _one(db, _BY_ID, certificate_id)
    if found is None:
        raise NotFound("certificate")
    return found


def by_number(db: Db, number: str) -> CertificateView | None:
    """The certificate with a number in its one spelling (see `numbers.reads`); None when it is not in our records."""
    return _one(db, _BY_NUMBER, number)


def certificate_for(db: Db, certificate_id: UUID, viewer: Viewer, on: date) -> CertificateView:
    """One certificate for somebody who may open it on a day. Raises NotFound for everybody else.

    These are the holder, the coordinators of the authority it was issued in, and whoever employs the holder that day,
    or represents them.
    """
    found = certificate(db, certificate_id)
    households = viewer.organisations(Role.EMPLOYER, Role.REPRESENTATIVE)
    if (
        found.holder_id == viewer.person_id
        or found.authority_id in viewer.authorities(Role.COORDINATOR)
        or (households and people.employer_for(db, found.holder_id, households, on) is not None)
    ):
        return found
    raise NotFound("certificate")


def pdf_digest(db: Db, certificate_id: UUID) -> str | None:
    """The SHA-256 under which a certificate's PDF is stored; None while it is not made yet."""
    return db.scalar(select(CertificatePdf.sha256).where(CertificatePdf.certificate_id == certificate_id))


def page_to_print(db: Db, certificate_id: UUID) -> FrozenPage | None:
    """The frozen page of a certificate that has no PDF yet; None when there is nothing to print."""
    if pdf_digest(db, certificate_id) is not None:
        return None
    wanted = select(Certificate.number, Certificate.title, Certificate.language, Certificate.html)
    row = db.execute(wanted.where(Certificate.id == certificate_id)).one_or_none()
    return FrozenPage(row.number, row.title, str(row.language), row.html) if row else None


def withdrawals_of(db: Db, enrolment_id: UUID, kind: str, code: str) -> list[Withdrawn | None]:
    """How each certificate issued for what was earned in an enrolment was withdrawn; None for one that was not."""
    found = (
        select(Withdrawal.reason, Withdrawal.at)
        .select_from(Certificate)
        .outerjoin(Withdrawal, Withdrawal.certificate_id == Certificate.id)
        .where(Certificate.enrolment_id == enrolment_id, Certificate.kind == kind, Certificate.code == code)
    )
    return [Withdrawn(reason, at) if reason else None for reason, at in db.execute(found)]


def number_taken(db: Db, number: str) -> bool:
    """Whether a certificate has this number."""
    return db.scalar(select(Certificate.id).where(Certificate.number == number)) is not None


def _all(condition: ColumnElement[bool]) -> _Joined:
    return (
        select(Certificate, CertificatePdf.sha256, Withdrawal)
        .outerjoin(CertificatePdf, CertificatePdf.certificate_id == Certificate.id)
        .outerjoin(Withdrawal, Withdrawal.certificate_id == Certificate.id)
        .where(condition)
        .options(defer(Certificate.html, raiseload=True))
    )


def _newest(wanted: _Joined) -> _Joined:
    return wanted.order_by(Certificate.issued_on.desc(), Certificate.issued_at.desc(), Certificate.id)


_OWN = _newest(_all(Certificate.holder_id == bindparam("holder_id")))
_EVERY = _OWN.offset(bindparam("offset")).limit(bindparam("limit"))
_HELD = _OWN.where(Withdrawal.certificate_id.is_(None))
_NEWS = _HELD.where(Certificate.issued_on > bindparam("after")).limit(3)
_COUNT = select(func.count()).where(Certificate.holder_id == bindparam("holder_id"))
_BY_ID = _all(Certificate.id == bindparam("key"))
_BY_NUMBER = _all(Certificate.number == bindparam("key"))
"""Put together once: home pages, every verdict of the register and whoever checks a number ask these."""


def _one(db: Db, wanted: _Joined, key: UUID | str) -> CertificateView | None:
    row = db.execute(wanted, {"key": key}).one_or_none()
    return _view(*row) if row else None


def _view(row: Certificate, digest: str | None, withdrawal: Withdrawal | None) -> CertificateView:
    return CertificateView(
        id=row.id,
        number=row.number,
        kind=row.kind,
        code=row.code,
        title=row.title,
        edition=row.design_edition,
        issued_on=row.issued_on,
        lapses_on=row.lapses_on,
        holder_id=row.holder_id,
        holder_name=row.holder_name,
        authority_id=row.authority_id,
        enrolment_id=row.enrolment_id,
        pdf_ready=digest is not None,
        withdrawn_on=withdrawal.withdrawn_on if withdrawal else None,
        withdrawn_because=withdrawal.reason if withdrawal else None,
        module_title=row.module_title,
        course_title=row.course_title,
        content_edition=row.content_edition,
        framework_edition=row.framework_edition,
        authority_name=row.authority_name,
        proves=tuple(row.proves),
        does_not_prove=tuple(row.does_not_prove),
        studied_on=row.studied_on,
        signed_off_on=row.signed_off_on,
        signed_off_by=row.signed_off_by,
        signed_off_as=row.signed_off_as,
        language=str(row.language),
    )
