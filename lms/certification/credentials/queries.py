"""Read credentials: what a certificate says for one, what was signed, the lists, and the keys of an issuer."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from lms.certification.credentials import rules
from lms.certification.credentials.models import Credential, StatusDocument, StatusList
from lms.certification.credentials.rules import Mark
from lms.certification.freezing import FROZEN, as_frozen
from lms.certification.keys import queries as keys
from lms.certification.keys.queries import PublicKey
from lms.certification.life.models import Suspension, SuspensionLift
from lms.certification.models import Certificate, Withdrawal
from lms.core.db import Db, columns
from lms.core.words import NotFound, Refused


@dataclass(frozen=True)
class Facts:
    """What of a certificate goes into its credential, as it was frozen. `face` are the words of its design."""

    number: str
    code: str
    title: str
    language: str
    authority_id: UUID
    authority_name: str
    holder_name: str
    issued_on: date
    lapses_on: date | None
    proves: tuple[str, ...]
    does_not_prove: tuple[str, ...]
    shown: tuple[Mapping[str, str], ...]
    achievements: tuple[Mapping[str, str], ...]
    face: Mapping[str, Any]


@dataclass(frozen=True)
class Kept:
    """A credential as it was signed, with the certificate it belongs to."""

    certificate_id: UUID
    number: str
    document: str
    token: str
    key: PublicKey


@dataclass(frozen=True)
class ListView:
    """A status list: its issuer's name and where it is read."""

    id: UUID
    authority_id: UUID
    issuer: str
    address: str


@dataclass(frozen=True)
class Published:
    """What a status list says now."""

    document: str
    token: str
    marked: str
    made_at: datetime


def ready(db: Db, certificate_id: UUID) -> bool:
    """Whether a certificate's credential is made, so that its holder can take it away."""
    return columns(db, _MADE, {"certificate_id": certificate_id}).first() is not None


_MADE = select(Credential.certificate_id).where(Credential.certificate_id == bindparam("certificate_id"))


def facts(db: Db, certificate_id: UUID) -> Facts:
    """What a certificate's credential says. Raises NotFound; Refused for a row that is not as it was frozen."""
    row = db.execute(_FACTS.where(Certificate.id == certificate_id)).mappings().one_or_none()
    if row is None:
        raise NotFound("certificate")
    if not as_frozen(row):
        raise Refused("Certificate %(number)s was changed after it was issued.", number=row["number"])
    values = {name: row[name] for name in Facts.__dataclass_fields__}
    texts = {name: tuple(values[name]) for name in ("proves", "does_not_prove", "shown", "achievements")}
    return Facts(**{**values, **texts, "face": values["face"] or {}, "language": str(values["language"])})


_FACTS = select(*(getattr(Certificate, name) for name in FROZEN), Certificate.frozen_digest)


def kept(db: Db, certificate_id: UUID) -> Kept | None:
    """The credential of a certificate; None while it is not made."""
    return _kept(db, Credential.certificate_id == certificate_id)


def by_name(db: Db, credential_id: UUID) -> Kept | None:
    """The credential with a name (urn:uuid:…); None when we made none of that name."""
    return _kept(db, Credential.id == credential_id)


def by_number(db: Db, number: str) -> Kept | None:
    """The credential of the certificate with a number."""
    return _kept(db, Certificate.number == number)


def list_of(db: Db, certificate_id: UUID) -> UUID | None:
    """The list a certificate's credential has its place in; None while there is no credential."""
    return db.scalar(select(Credential.list_id).where(Credential.certificate_id == certificate_id))


def newest_list(db: Db, authority_id: UUID, issuer: str) -> ListView | None:
    """The list that takes an authority's next credential."""
    wanted = select(StatusList).where(StatusList.issuer == issuer, StatusList.authority_id == authority_id)
    row = db.scalars(wanted.order_by(StatusList.opened_at.desc(), StatusList.id).limit(1)).one_or_none()
    return _list(row) if row else None


def one_list(db: Db, list_id: UUID) -> ListView:
    """A list. Raises NotFound."""
    row = db.get(StatusList, list_id)
    if row is None:
        raise NotFound("status list")
    return _list(row)


def taken(db: Db, list_id: UUID, places: Collection[int]) -> set[int]:
    """Which of some places in a list are taken."""
    wanted = select(Credential.place).where(Credential.list_id == list_id, Credential.place.in_(places))
    return set(db.scalars(wanted))


def marked(db: Db, list_id: UUID, mark: Mark) -> list[int]:
    """The places that are marked in a list, in order: worked out from what happened to the certificates."""
    wanted = select(Credential.place).where(Credential.list_id == list_id)
    happened = _happened(Credential.certificate_id)
    which = happened["withdrawn"] | happened["replaced"] if mark is Mark.WITHDRAWN else happened[mark.value]
    return sorted(db.scalars(wanted.where(which)))


def marks_of(db: Db, certificate_id: UUID) -> frozenset[Mark]:
    """In which lists a certificate has to be marked."""
    happened = _happened(Certificate.id)
    wanted = select(*(which.label(name) for name, which in happened.items())).where(Certificate.id == certificate_id)
    return rules.marks(**db.execute(wanted).one()._asdict())


def _happened(certificate_id: InstrumentedAttribute[UUID]) -> dict[str, ColumnElement[bool]]:
    later = aliased(Certificate)
    lifted = select(SuspensionLift.suspension_id).where(SuspensionLift.suspension_id == Suspension.id).exists()
    return {
        "withdrawn": select(Withdrawal.certificate_id).where(Withdrawal.certificate_id == certificate_id).exists(),
        "replaced": select(later.id).where(later.replaces_id == certificate_id).exists(),
        "suspended": select(Suspension.id).where(Suspension.certificate_id == certificate_id, ~lifted).exists(),
    }


def published(db: Db, list_id: UUID, mark: Mark) -> Published:
    """What a list says now. Raises NotFound."""
    row = db.get(StatusDocument, (list_id, mark))
    if row is None:
        raise NotFound("status list")
    return Published(row.document, row.token, row.marked, row.made_at)


def lists_made_before(db: Db, moment: datetime) -> list[UUID]:
    """The lists that were last signed before a moment."""
    return list(db.scalars(select(StatusDocument.list_id).where(StatusDocument.made_at < moment).distinct()))


def signed_before(db: Db, moment: datetime, limit: int) -> tuple[int, list[tuple[str, datetime]]]:
    """How many lists were last signed before a moment, and of the oldest the address and when. For the doctor."""
    made = select(StatusList.address, func.min(StatusDocument.made_at).label("at"))
    old = made.join(StatusDocument, StatusDocument.list_id == StatusList.id).where(StatusDocument.made_at < moment)
    each = old.group_by(StatusList.id, StatusList.address)
    count = db.scalar(select(func.count()).select_from(each.subquery())) or 0
    return count, [(address, at) for address, at in db.execute(each.order_by("at", StatusList.address).limit(limit))]


def issuers(db: Db, authority_id: UUID) -> set[str]:
    """Every name an authority's lists were signed under: more than one when the site moved to another address."""
    return set(db.scalars(select(StatusList.issuer).where(StatusList.authority_id == authority_id).distinct()))


def _kept(db: Db, condition: ColumnElement[bool]) -> Kept | None:
    wanted = select(Credential, Certificate.number).join(Certificate, Certificate.id == Credential.certificate_id)
    row = db.execute(wanted.where(condition)).one_or_none()
    if row is None:
        return None
    made, number = row
    return Kept(made.certificate_id, number, made.document, made.token, keys.key(db, made.key_id))


def _list(row: StatusList) -> ListView:
    return ListView(row.id, row.authority_id, row.issuer, row.address)
