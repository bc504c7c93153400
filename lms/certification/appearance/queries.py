"""Read how an authority's certificates look on a day."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, or_, select

from lms.certification.appearance import models
from lms.certification.appearance.rules import Languages
from lms.core.db import Db, columns
from lms.core.words import NotFound


@dataclass(frozen=True)
class SignatoryView:
    """Somebody who answers for certificates. `role_cy` and `organisation` may be empty; `until` is the last day."""

    id: UUID
    name: str
    role: str
    role_cy: str
    organisation: str
    since: date
    until: date | None

    def runs(self, on: date) -> bool:
        """Whether they sign on a day."""
        return self.since <= on and (self.until is None or on <= self.until)

    def called(self, language: str) -> str:
        """Their role in a language."""
        return (self.role_cy or self.role) if language == "cy" else self.role


@dataclass(frozen=True)
class Appearance:
    """How certificates look that are issued on a day. Without a logo `logo_sha256` is None and its words are empty."""

    signatories: tuple[SignatoryView, ...]
    languages: Languages
    logo_sha256: str | None
    logo_alt: str
    logo_alt_cy: str
    set_at: datetime | None = None
    set_by: UUID | None = None

    def alt(self, language: str) -> str:
        """What the logo shows, in a language."""
        return (self.logo_alt_cy or self.logo_alt) if language == "cy" else self.logo_alt


def appearance_of(db: Db, authority_id: UUID, on: date) -> Appearance:
    """How an authority's certificates look on a day; before anybody has set anything: nobody signs, no logo,
    and the holder's language. Two queries."""
    signs = columns(db, _SIGN, {"authority_id": authority_id, "on": on})
    signatories = tuple(SignatoryView(*row) for row in signs)
    row = columns(db, _NEWEST, {"authority_id": authority_id}).first()
    if row is None:
        return Appearance(signatories, Languages.HOLDER, None, "", "")
    return Appearance(signatories, *row)


def signatories_of(db: Db, authority_id: UUID, *, offset: int = 0, limit: int = 200) -> list[SignatoryView]:
    """Everybody who signs, will sign or signed for an authority, who began last first."""
    wanted = _SIGNATORIES.where(models.Signatory.authority_id == authority_id)
    in_order = wanted.order_by(models.Signatory.since.desc(), models.Signatory.name, models.Signatory.id)
    return [SignatoryView(*row) for row in columns(db, in_order.offset(offset).limit(limit), {})]


def signatory(db: Db, signatory_id: UUID, authority_id: UUID) -> SignatoryView:
    """One who signs for an authority. Raises NotFound."""
    wanted = _SIGNATORIES.where(
        models.Signatory.id == signatory_id,
        models.Signatory.authority_id == authority_id,
    )
    found = columns(db, wanted, {}).one_or_none()
    if found is None:
        raise NotFound("signatory")
    return SignatoryView(*found)


_SIGNATORIES = select(
    models.Signatory.id,
    models.Signatory.name,
    models.Signatory.role,
    models.Signatory.role_cy,
    models.Signatory.organisation,
    models.Signatory.since,
    models.Signatory.until,
)
_SIGN = (
    _SIGNATORIES.where(
        models.Signatory.authority_id == bindparam("authority_id"),
        models.Signatory.since <= bindparam("on"),
        or_(models.Signatory.until.is_(None), models.Signatory.until >= bindparam("on")),
    )
    .order_by(models.Signatory.since, models.Signatory.named_at, models.Signatory.id)
    .limit(10)
)
_NEWEST = (
    select(
        models.Appearance.languages,
        models.Appearance.logo_sha256,
        models.Appearance.logo_alt,
        models.Appearance.logo_alt_cy,
        models.Appearance.set_at,
        models.Appearance.set_by,
    )
    .where(models.Appearance.authority_id == bindparam("authority_id"))
    .order_by(models.Appearance.set_at.desc(), models.Appearance.id)
    .limit(1)
)
