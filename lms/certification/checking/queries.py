"""Read what the check page shows: a certificate as strangers see it, and the PDF a file is compared with.

One statement gives all of a page. It reads columns, not entities: this page is opened by everybody, and more often than
any other page of ours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, bindparam, select
from sqlalchemy.orm import aliased

from lms.certification.checking import throttle
from lms.certification.checking.rules import BOUNDS, REMEMBERED, Tried, Tries, wait
from lms.certification.holder.models import HolderChoice
from lms.certification.holder.rules import NameShown
from lms.certification.life.models import OPEN, Suspension
from lms.certification.life.reasons import SuspensionReason
from lms.certification.models import Certificate, CertificatePdf, Withdrawal
from lms.certification.rules import Standing, WithdrawalReason, standing
from lms.core import files
from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.people import queries as people


@dataclass(frozen=True)
class CheckedView:
    """A certificate as it was issued, and what became of it. `name_shown` is how much of the name strangers see.

    `checkable` is False when the holder's account is closed and they did not ask us to go on answering: then nothing
    here may be shown. `shown` are the facts on the paper: {label, text}; `also` has the texts of further languages;
    `achieved` is the heading of the second page, None from before it was kept.
    """

    id: UUID
    number: str
    authority_id: UUID
    holder_id: UUID
    holder_name: str
    title: str
    language: str
    shown: Sequence[Mapping[str, str]]
    also: Mapping[str, Mapping[str, Any]]
    proves: Sequence[str]
    does_not_prove: Sequence[str]
    signatories: Sequence[Mapping[str, str]]
    achievements: Sequence[Mapping[str, str]]
    achieved: str | None
    issued_on: date
    lapses_on: date | None
    withdrawn_on: date | None
    withdrawn_because: WithdrawalReason | None
    suspended_since: date | None
    suspended_because: SuspensionReason | None
    replaced_on: date | None
    renewed: bool
    name_shown: NameShown
    checkable: bool

    def standing(self, on: date) -> Standing:
        """How it stands on a day."""
        return standing(
            on=on,
            lapses=self.lapses_on,
            withdrawn=self.withdrawn_on,
            replaced=self.replaced_on,
            suspended=self.suspended_since,
        )


def by_number(db: Db, number: str) -> CheckedView | None:
    """The certificate with a number in its one spelling (see `numbers.reads`); None when it is not in our records."""
    row = columns(db, _BY_NUMBER, {"number": number}).mappings().one_or_none()
    return _view(dict(row)) if row else None


def looked_up(
    connection: Connection, number: str, *, place: str, now: datetime
) -> tuple[timedelta, CheckedView | None]:
    """How long somebody at a place has to wait before a number is answered, and the certificate with it, at once."""
    asked = {"number": number, "place": place, "since": now - REMEMBERED, "about": None}
    found = dict(connection.execute(_LOOKED_UP, asked).mappings().one())
    tried = Tries(found.pop("here"), found.pop("last"), found.pop("in_all"))
    view = _view(found) if found["id"] is not None else None
    return wait(tried, BOUNDS[Tried.NUMBER], now), view


def _view(found: dict[str, Any]) -> CheckedView:
    replaced_at, name = found.pop("replaced_at"), found.pop("name_shown")
    is_open, stays = found.pop("is_open"), found.pop("stays")
    return CheckedView(
        **found,
        replaced_on=london_day(replaced_at) if replaced_at else None,
        name_shown=name or NameShown.INITIALS,
        checkable=bool(is_open or stays),
    )


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


_NEWER, _LATER = aliased(Certificate), aliased(Certificate)
_CHOSEN = (
    select(HolderChoice)
    .where(HolderChoice.holder_id == Certificate.holder_id)
    .correlate(Certificate)
    .order_by(HolderChoice.made_at.desc(), HolderChoice.id)
    .limit(1)
)
_SEEN: tuple[Any, ...] = (
    Certificate.id,
    Certificate.number,
    Certificate.authority_id,
    Certificate.holder_id,
    Certificate.holder_name,
    Certificate.title,
    Certificate.language,
    Certificate.shown,
    Certificate.also,
    Certificate.proves,
    Certificate.does_not_prove,
    Certificate.signatories,
    Certificate.achievements,
    Certificate.face["say"]["achievements"].as_string().label("achieved"),
    Certificate.issued_on,
    Certificate.lapses_on,
    Withdrawal.withdrawn_on,
    Withdrawal.reason.label("withdrawn_because"),
    Suspension.suspended_on.label("suspended_since"),
    Suspension.reason.label("suspended_because"),
    _NEWER.issued_at.label("replaced_at"),
    select(_LATER.id).where(_LATER.renews_id == Certificate.id).correlate(Certificate).exists().label("renewed"),
    people.account_open(Certificate.holder_id).label("is_open"),
    _CHOSEN.with_only_columns(HolderChoice.name_shown).scalar_subquery().label("name_shown"),
    _CHOSEN.with_only_columns(HolderChoice.stays_checkable).scalar_subquery().label("stays"),
)


def _with_what_became(wanted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        wanted.outerjoin(Withdrawal, Withdrawal.certificate_id == Certificate.id)
        .outerjoin(Suspension, OPEN)
        .outerjoin(_NEWER, _NEWER.replaces_id == Certificate.id)
    )


_NUMBERED = Certificate.number == bindparam("number")
_TRIES = throttle.tries(Tried.NUMBER).subquery()
_BY_NUMBER = _with_what_became(select(*_SEEN).select_from(Certificate)).where(_NUMBERED)
_LOOKED_UP = _with_what_became(select(*_SEEN, *_TRIES.c).select_from(_TRIES).outerjoin(Certificate, _NUMBERED))
_BY_DIGEST = (
    select(Certificate.number)
    .join(CertificatePdf, CertificatePdf.certificate_id == Certificate.id)
    .where(CertificatePdf.sha256 == bindparam("digest"))
)
_PDF = select(CertificatePdf.sha256, CertificatePdf.made_at).where(
    CertificatePdf.certificate_id == bindparam("certificate_id")
)
