"""Read certificates: whose, how they stand, and who may open one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, case, func, select
from sqlalchemy.orm import aliased

from lms.assessment.sharing import queries as sharing
from lms.assessment.sharing.rules import What
from lms.certification.content import CertificateDesigns
from lms.certification.life.conditions import stands
from lms.certification.life.models import OPEN, Suspension
from lms.certification.life.reasons import SuspensionReason
from lms.certification.models import Certificate, CertificatePdf, DesignPage, Withdrawal
from lms.certification.rules import Standing, WithdrawalReason, standing
from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.core.shelves import shelf
from lms.core.words import NotFound
from lms.people import queries as people
from lms.people.rules import Role
from lms.people.viewer import Viewer

NEW_FOR = timedelta(days=14)
"""How long a certificate is news on its holder's home page."""


@dataclass(frozen=True)
class CertificateView:
    """A certificate as issued. `edition` is the design's, `code` what was earned, `lapses_on` the first day it no
    longer counts. Everything here was said on the day it was issued, except what became of it since: withdrawn,
    suspended, replaced, renewed.

    `shown` are the facts on the paper, in order: {label, text}; `signatories` {name, role, organisation};
    `achievements` {code, title, on, by}, the day in ISO 8601; `relied_on` {what, id, on, digest, code}; `also` the
    texts of the other languages. `renews`, `renewed_by`, `replaces` and `replaced_by` are numbers.
    """

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
    source_id: UUID
    turn: int
    issued_at: datetime
    languages: tuple[str, ...]
    shown: tuple[Mapping[str, str], ...]
    signatories: tuple[Mapping[str, str], ...]
    achievements: tuple[Mapping[str, str], ...]
    relied_on: tuple[Mapping[str, str], ...]
    also: Mapping[str, Any]
    logo_sha256: str | None
    frozen_digest: str
    suspended_since: date | None = None
    suspended_because: SuspensionReason | None = None
    replaced_on: date | None = None
    renews: str | None = None
    renewed_by: str | None = None
    replaces: str | None = None
    replaced_by: str | None = None

    def standing(self, on: date) -> Standing:
        """How it stands on a day."""
        return standing(
            on=on,
            lapses=self.lapses_on,
            withdrawn=self.withdrawn_on,
            replaced=self.replaced_on,
            suspended=self.suspended_since,
        )


_Joined = Select[*tuple[Any, ...]]


def certificates_of(db: Db, person_id: UUID) -> list[CertificateView]:
    """The certificates somebody holds, the newest first; those lapsed are among them.

    Those withdrawn, replaced or suspended are not: nothing may rest on them.
    """
    return [view_of(row) for row in columns(db, _HELD, {"holder_id": person_id})]


@dataclass(frozen=True)
class Earned:
    """What a certificate is about: enough for whoever asks what somebody learned. `lapses_on` as in CertificateView."""

    kind: str
    code: str
    framework_edition: str | None
    issued_on: date
    lapses_on: date | None
    enrolment_id: UUID | None = None


def earned_by(db: Db, holder_ids: Collection[UUID]) -> dict[UUID, list[Earned]]:
    """The certificates of many holders as `certificates_of` gives them, by holder, the newest first. One query."""
    found: dict[UUID, list[Earned]] = {}
    for holder_id, *rest in columns(db, _EARNED, {"holder_ids": list(holder_ids)}):
        found.setdefault(holder_id, []).append(Earned(*rest))
    return found


def every_certificate_of(db: Db, person_id: UUID, *, offset: int, limit: int) -> list[CertificateView]:
    """Every certificate that was issued to somebody, the newest first, with those withdrawn since."""
    page = {"holder_id": person_id, "offset": offset, "limit": limit}
    return [view_of(row) for row in columns(db, _EVERY, page)]


def page_of(db: Db, person_id: UUID, on: date, *, offset: int, limit: int) -> tuple[Sequence[CertificateView], int]:
    """A page of all certificates somebody was given, those that count on a day first, each part the newest first;
    and how many there are. One query, two where there is no such page."""
    page = {"holder_id": person_id, "on": on, "offset": offset, "limit": limit}
    rows = columns(db, _COUNTING_FIRST, page).all()
    return [view_of(row) for row in rows], rows[0].total if rows else count_certificates_of(db, person_id)


def count_certificates_of(db: Db, person_id: UUID) -> int:
    """How many certificates were issued to somebody."""
    return columns(db, _COUNT, {"holder_id": person_id}).scalar_one()


def new_certificates_of(db: Db, person_id: UUID, on: date) -> list[CertificateView]:
    """Certificates that are news to their holder on a day, the newest first, three at most."""
    return [view_of(row) for row in columns(db, _NEWS, {"holder_id": person_id, "after": on - NEW_FOR})]


ANY_HELD: Select[UUID] = select(Certificate.id).where(Certificate.holder_id == bindparam("certificates_of"))
"""Whether somebody ever had a certificate."""


def certificate(db: Db, certificate_id: UUID) -> CertificateView:
    """One certificate, whoever asks. Raises NotFound."""
    found = _one(db, _BY_ID, certificate_id)
    if found is None:
        raise NotFound("certificate")
    return found


def views(db: Db, ids: Sequence[UUID]) -> list[CertificateView]:
    """Several certificates in the order of their ids, in one query; unknown ids are left out."""
    found = (
        {each.id: each for each in (view_of(row) for row in columns(db, _BY_IDS, {"ids": list(ids)}))} if ids else {}
    )
    return [found[id] for id in ids if id in found]


def of_sources(db: Db, source_ids: Sequence[UUID]) -> dict[UUID, list[CertificateView]]:
    """Every certificate that came of these enrolments or attendances, by its source, the newest first. One query."""
    found: dict[UUID, list[CertificateView]] = {}
    for row in columns(db, _OF_SOURCES, {"ids": list(source_ids)}) if source_ids else ():
        each = view_of(row)
        found.setdefault(each.source_id, []).append(each)
    return found


def by_number(db: Db, number: str) -> CertificateView | None:
    """The certificate with a number in its one spelling (see `numbers.reads`); None when it is not in our records."""
    return _one(db, _BY_NUMBER, number)


def certificate_for(db: Db, certificate_id: UUID, viewer: Viewer, on: date) -> CertificateView:
    """One certificate for somebody who may open it on a day. Raises NotFound for everybody else.

    These are the holder, the coordinators of the authority it was issued in, and whoever employs the holder that day,
    or represents them; what says what the holder knows, only when the holder shares that with them.
    """
    found = certificate(db, certificate_id)
    if (
        found.holder_id == viewer.person_id
        or found.authority_id in viewer.authorities(Role.COORDINATOR)
        or _open_to_household(db, found, viewer, on)
    ):
        return found
    raise NotFound("certificate")


def kinds_of_knowledge(db: Db) -> frozenset[str]:
    """The kinds of certificate that say what somebody knows: whether a household sees them is theirs to share."""
    every = shelf(db, CertificateDesigns).by_kind.values()
    return frozenset(each.kind for each in every if each.needs.knowledge_shown)


def _open_to_household(db: Db, found: CertificateView, viewer: Viewer, on: date) -> bool:
    households = viewer.organisations(Role.EMPLOYER, Role.REPRESENTATIVE)
    if not households or people.employer_for(db, found.holder_id, households, on) is None:
        return False
    if found.kind not in kinds_of_knowledge(db):
        return True
    shared = sharing.shared_with_households(db, viewer, on, among=[found.holder_id])
    return What.RECORD in shared.get(found.holder_id, ())


def pdf_digest(db: Db, certificate_id: UUID) -> str | None:
    """The SHA-256 under which a certificate's PDF is stored; None while it is not made yet."""
    return columns(db, _PDF, {"certificate_id": certificate_id}).scalar_one_or_none()


def last_turn(db: Db, source_id: UUID, kind: str, code: str) -> int:
    """How many certificates were issued for the same in a source; 0 for none."""
    return columns(db, _LAST_TURN, {"source_id": source_id, "kind": kind, "code": code}).scalar_one() or 0


def not_withdrawn_of(db: Db, person_id: UUID) -> list[CertificateView]:
    """The certificates of somebody that were not withdrawn, also those suspended or replaced."""
    return [view_of(row) for row in columns(db, _NOT_WITHDRAWN, {"holder_id": person_id})]


def design_page(db: Db, sha256: str) -> str | None:
    """The page of a design that was kept, by its SHA-256."""
    return db.scalar(select(DesignPage.html).where(DesignPage.sha256 == sha256))


def number_taken(db: Db, number: str) -> bool:
    """Whether a certificate has this number."""
    return columns(db, _NUMBER_TAKEN, {"number": number}).first() is not None


_Newer, _Renewal, _Older, _Renewed = (aliased(Certificate) for _ in range(4))


_LARGE = frozenset({"html", "face"})
"""What was printed: only whoever prints it reads it."""


def all_where(condition: ColumnElement[bool]) -> _Joined:
    """Certificates with what became of them. A renewal that was replaced itself gives way to the one in its place.

    As columns: entities cost twice as much, and nothing here is changed.
    """
    again = aliased(Certificate)
    renewed_by = (
        select(_Renewal.number)
        .where(_Renewal.renews_id == Certificate.id)
        .where(~select(again.id).where(again.replaces_id == _Renewal.id).exists())
        .order_by(_Renewal.issued_at)
        .limit(1)
        .correlate(Certificate)
        .scalar_subquery()
    )
    return (
        select(
            *(column for column in Certificate.__table__.c if column.name not in _LARGE),
            CertificatePdf.sha256.is_not(None).label("pdf_ready"),
            Withdrawal.withdrawn_on,
            Withdrawal.reason.label("withdrawn_because"),
            Suspension.suspended_on,
            Suspension.reason.label("suspended_because"),
            _Newer.number.label("replaced_by"),
            _Newer.issued_at.label("replaced_at"),
            _Older.number.label("replaces"),
            _Renewed.number.label("renews"),
            renewed_by.label("renewed_by"),
        )
        .outerjoin(CertificatePdf, CertificatePdf.certificate_id == Certificate.id)
        .outerjoin(Withdrawal, Withdrawal.certificate_id == Certificate.id)
        .outerjoin(Suspension, OPEN)
        .outerjoin(_Newer, _Newer.replaces_id == Certificate.id)
        .outerjoin(_Older, _Older.id == Certificate.replaces_id)
        .outerjoin(_Renewed, _Renewed.id == Certificate.renews_id)
        .where(condition)
    )


def _newest(wanted: _Joined) -> _Joined:
    return wanted.order_by(Certificate.issued_on.desc(), Certificate.issued_at.desc(), Certificate.id)


_OWN = _newest(all_where(Certificate.holder_id == bindparam("holder_id")))
_EVERY = _OWN.offset(bindparam("offset")).limit(bindparam("limit"))
_COUNTING_FIRST = (
    _OWN.add_columns(func.count().over().label("total"))
    .order_by(None)
    .order_by(
        case((stands(Standing.VALID, bindparam("on")), 0), else_=1),
        Certificate.issued_on.desc(),
        Certificate.issued_at.desc(),
        Certificate.id,
    )
    .offset(bindparam("offset"))
    .limit(bindparam("limit"))
)
_NOT_WITHDRAWN = _OWN.where(Withdrawal.certificate_id.is_(None))
_HELD = _NOT_WITHDRAWN.where(_Newer.id.is_(None), Suspension.id.is_(None))
_EARNED = _newest(
    select(
        Certificate.holder_id,
        Certificate.kind,
        Certificate.code,
        Certificate.framework_edition,
        Certificate.issued_on,
        Certificate.lapses_on,
        Certificate.enrolment_id,
    )
    .outerjoin(Withdrawal, Withdrawal.certificate_id == Certificate.id)
    .outerjoin(Suspension, OPEN)
    .outerjoin(_Newer, _Newer.replaces_id == Certificate.id)
    .where(Certificate.holder_id.in_(bindparam("holder_ids", expanding=True)))
    .where(Withdrawal.certificate_id.is_(None), _Newer.id.is_(None), Suspension.id.is_(None))
)
_NEWS = _HELD.where(Certificate.issued_on > bindparam("after"), Certificate.replaces_id.is_(None)).limit(3)
_LAST_TURN = select(func.max(Certificate.turn)).where(
    Certificate.source_id == bindparam("source_id"),
    Certificate.kind == bindparam("kind"),
    Certificate.code == bindparam("code"),
)
_PDF = select(CertificatePdf.sha256).where(CertificatePdf.certificate_id == bindparam("certificate_id"))
_NUMBER_TAKEN = select(Certificate.id).where(Certificate.number == bindparam("number"))
_COUNT = select(func.count()).where(Certificate.holder_id == bindparam("holder_id"))
_BY_ID = all_where(Certificate.id == bindparam("key"))
_BY_IDS = all_where(Certificate.id.in_(bindparam("ids", expanding=True)))
_OF_SOURCES = _newest(all_where(Certificate.source_id.in_(bindparam("ids", expanding=True))))
_BY_NUMBER = all_where(Certificate.number == bindparam("key"))
"""Put together once: home pages, every verdict of the register and whoever checks a number ask these."""


def _one(db: Db, wanted: _Joined, key: UUID | str) -> CertificateView | None:
    row = columns(db, wanted, {"key": key}).one_or_none()
    return view_of(row) if row else None


def view_of(row: Any) -> CertificateView:
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
        pdf_ready=row.pdf_ready,
        withdrawn_on=row.withdrawn_on,
        withdrawn_because=row.withdrawn_because,
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
        source_id=row.source_id,
        turn=row.turn,
        issued_at=row.issued_at,
        languages=tuple(row.languages),
        shown=tuple(row.shown),
        signatories=tuple(row.signatories),
        achievements=tuple(row.achievements),
        relied_on=tuple(row.relied_on),
        also=row.also,
        logo_sha256=row.logo_sha256,
        frozen_digest=row.frozen_digest,
        suspended_since=row.suspended_on,
        suspended_because=row.suspended_because,
        replaced_on=london_day(row.replaced_at) if row.replaced_at else None,
        renews=row.renews,
        renewed_by=row.renewed_by,
        replaces=row.replaces,
        replaced_by=row.replaced_by,
    )
