"""Read an authority's certificates: the list staff search, and the whole life of one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Select, Uuid, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from lms.certification import queries
from lms.certification.life.conditions import stands
from lms.certification.life.models import OPEN, LapseNote, LifeWord, Suspension, SuspensionLift
from lms.certification.life.moves import Move
from lms.certification.life.reasons import SuspensionReason
from lms.certification.life.rules import ENDED, Life, Span, may, reasons
from lms.certification.models import Certificate, Withdrawal
from lms.certification.numbers import reads
from lms.certification.queries import CertificateView
from lms.certification.rules import Standing, WithdrawalReason, standing
from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.people import queries as people
from lms.people.viewer import Viewer


@dataclass(frozen=True)
class Wanted:
    """What staff look for: a number or part of a name, a kind, a standing; empty: whatever."""

    search: str = ""
    kind: str = ""
    standing: Standing | None = None


class Listed(NamedTuple):
    """A certificate as a line of a list says it, and how it stands that day."""

    id: UUID
    number: str
    holder_name: str
    title: str
    language: str
    issued_on: date
    stands: Standing


def issued_in(
    db: Db, authority_id: UUID, wanted: Wanted, on: date, *, offset: int, limit: int
) -> tuple[Sequence[Listed], int]:
    """A page of an authority's certificates, the newest first, and how many fit. Two queries, of what a list shows."""
    count, page = _lists(_fitting(wanted, on)) if wanted != Wanted() else _EVERYTHING
    here = {"authority_id": authority_id}
    found = columns(db, page, {**here, "offset": offset, "limit": limit})
    return [_listed(row, on) for row in found], columns(db, count, here).scalar_one()


_NEWER = aliased(Certificate)
_LISTED = (
    select(
        Certificate.id,
        Certificate.number,
        Certificate.holder_name,
        Certificate.title,
        Certificate.language,
        Certificate.issued_on,
        Certificate.lapses_on,
        Withdrawal.withdrawn_on,
        _NEWER.issued_at.label("replaced_at"),
        Suspension.suspended_on,
    )
    .outerjoin(Withdrawal, Withdrawal.certificate_id == Certificate.id)
    .outerjoin(Suspension, OPEN)
    .outerjoin(_NEWER, _NEWER.replaces_id == Certificate.id)
)


def _lists(conditions: Collection[ColumnElement[bool]]) -> tuple[Select[int], Select[*tuple[Any, ...]]]:
    """The statements that count an authority's certificates that fit, and that read a page of them."""
    fits = and_(Certificate.authority_id == bindparam("authority_id"), *conditions)
    newest = (Certificate.issued_on.desc(), Certificate.issued_at.desc(), Certificate.id)
    picked = select(Certificate.id).where(fits).order_by(*newest)
    page = picked.offset(bindparam("offset")).limit(bindparam("limit")).subquery()
    return select(func.count()).where(fits), _LISTED.join(page, page.c.id == Certificate.id).order_by(*newest)


_EVERYTHING = _lists(())


def _listed(row: Any, on: date) -> Listed:
    replaced = london_day(row.replaced_at) if row.replaced_at else None
    stands = standing(
        on=on, lapses=row.lapses_on, withdrawn=row.withdrawn_on, replaced=replaced, suspended=row.suspended_on
    )
    return Listed(row.id, row.number, row.holder_name, row.title, row.language, row.issued_on, stands)


def kinds_in(db: Db, authority_id: UUID) -> list[str]:
    """The kinds an authority has ever issued, for the filter."""
    return sorted(kind for (kind,) in columns(db, _KINDS, {"authority_id": authority_id}))


_KINDS = select(Certificate.kind).where(Certificate.authority_id == bindparam("authority_id")).distinct()


def _fitting(wanted: Wanted, on: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    number = reads(wanted.search) if wanted.search else None
    if number is not None:
        found.append(Certificate.number == number)
    elif wanted.search:
        by_name = Certificate.holder_name.icontains(wanted.search, autoescape=True)
        found.append(or_(by_name, Certificate.number.contains(wanted.search.upper(), autoescape=True)))
    if wanted.kind:
        found.append(Certificate.kind == wanted.kind)
    if wanted.standing is not None:
        found.append(stands(wanted.standing, on))
    return found


class Happened(StrEnum):
    """What can happen to a certificate."""

    ISSUED = "issued"
    IN_PLACE = "in_place"
    SUSPENDED = "suspended"
    LIFTED = "lifted"
    TOLD_OF_END = "told_of_end"
    LAPSED = "lapsed"
    RENEWED = "renewed"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One thing that happened. `by_name` is empty when nobody did it: a rule, or the calendar.

    `word` is what the holder was told beside the reason class; `other` the number that renews or replaces it.
    """

    what: Happened
    on: date
    at: datetime | None = None
    by_name: str = ""
    because: SuspensionReason | WithdrawalReason | None = None
    word: str = ""
    days: int = 0
    other: str = ""
    other_id: UUID | None = None


def looked_after(db: Db, certificate_id: UUID, viewer: Viewer) -> CertificateView:
    """One certificate for coordinators and quality assurers of its authority. Raises NotFound for everybody else."""
    found = queries.certificate(db, certificate_id)
    if not may(roles_behind(viewer, found.authority_id)):
        raise NotFound("certificate")
    return found


def roles_behind(viewer: Viewer, authority_id: UUID) -> frozenset[Any]:
    """The roles somebody holds behind an authority's wall."""
    return frozenset(held.role for held in viewer.roles if held.authority_id == authority_id)


def moves_for(found: CertificateView, viewer: Viewer, on: date) -> dict[Move, frozenset[str]]:
    """What the viewer may do to a certificate now, with which reason classes. Nothing to one's own."""
    if found.holder_id == viewer.person_id:
        return {}
    roles, stands = roles_behind(viewer, found.authority_id), found.standing(on)
    allowed = {
        move: reasons(move, standing=stands, roles=roles, suspended_because=found.suspended_because) for move in Move
    }
    return {move: classes for move, classes in allowed.items() if classes}


def life_of(db: Db, found: CertificateView, on: date) -> list[Happening]:
    """Everything that happened to a certificate up to a day, the oldest first.

    Two queries where nothing did, six at most: what the view says never happened is not asked for.
    """
    of_this = {"certificate_id": found.id}
    suspensions = columns(db, _SUSPENSIONS, of_this).all()
    withdrawal = columns(db, _WITHDRAWN, of_this).one() if found.withdrawn_on else None
    said = columns(db, _WORDS, of_this).all()
    words = {(row.move, row.by, row.at): row for row in said if row.certificate_id == found.id}
    notes = columns(db, _NOTES, of_this).all() if found.lapses_on else []
    others = columns(db, _OTHERS, of_this).all() if found.replaced_by or found.renewed_by else []
    replaced = next((word for word in words.values() if word.move is Move.REPLACE), None)
    came = next((row for row in said if row.certificate_id != found.id), None)
    ids = {by for row in suspensions for by in (row.by, row.lifted_by) if by}
    ids |= {word.by for word in words.values()} | {row.by for row in (withdrawal, came) if row}
    names = {id: someone.name for id, someone in people.persons(db, ids).items()}

    def told(move: Move, by: UUID, at: datetime) -> str:
        word = words.get((move, by, at))
        return word.word if word else ""

    happened = [
        Happening(
            what=Happened.IN_PLACE if found.replaces else Happened.ISSUED,
            on=london_day(found.issued_at) if found.replaces else found.issued_on,
            by_name=names.get(came.by, "") if came else "",
            word=came.word if came else "",
            other=found.replaces or "",
        )
    ]
    for row in suspensions:
        happened.append(
            Happening(
                what=Happened.SUSPENDED,
                on=row.suspended_on,
                at=row.at,
                by_name=names.get(row.by, ""),
                because=row.reason,
                word=told(Move.SUSPEND, row.by, row.at),
            )
        )
        if row.lifted_on:
            happened.append(
                Happening(
                    what=Happened.LIFTED,
                    on=row.lifted_on,
                    at=row.lifted_at,
                    by_name=names.get(row.lifted_by, ""),
                    word=told(Move.LIFT, row.lifted_by, row.lifted_at),
                )
            )
    happened += [
        Happening(what=Happened.TOLD_OF_END, on=london_day(note.at), at=note.at, days=note.days)
        for note in notes
        if note.days != ENDED
    ]
    if found.lapses_on is not None and found.lapses_on <= on:
        happened.append(Happening(what=Happened.LAPSED, on=found.lapses_on))
    for other in others:
        is_replacement = other.replaces_id == found.id
        happened.append(
            Happening(
                what=Happened.REPLACED if is_replacement else Happened.RENEWED,
                on=london_day(other.issued_at),
                at=other.issued_at,
                by_name=names.get(replaced.by, "") if is_replacement and replaced else "",
                word=replaced.word if is_replacement and replaced else "",
                other=other.number,
                other_id=other.id,
            )
        )
    if withdrawal:
        happened.append(
            Happening(
                what=Happened.WITHDRAWN,
                on=withdrawal.withdrawn_on,
                at=withdrawal.at,
                by_name=names.get(withdrawal.by, ""),
                because=withdrawal.reason,
                word=told(Move.WITHDRAW, withdrawal.by, withdrawal.at),
            )
        )
    return sorted(happened, key=_order)


def days_of(db: Db, found: CertificateView) -> Life:
    """The days that matter in the life of a certificate, for asking how it stood on one."""
    spans = columns(db, _SUSPENSIONS, {"certificate_id": found.id})
    return Life(
        issued=found.issued_on,
        lapses=found.lapses_on,
        suspensions=tuple(Span(row.suspended_on, row.lifted_on) for row in spans),
        withdrawn=found.withdrawn_on,
        replaced=found.replaced_on,
    )


def moved_by(db: Db, certificate_id: UUID, at: datetime) -> UUID | None:
    """Who moved a certificate by hand at this moment; None when a rule did."""
    return db.scalar(select(LifeWord.by).where(LifeWord.certificate_id == certificate_id, LifeWord.at == at).limit(1))


def count_suspended(db: Db, authority_ids: Collection[UUID]) -> int:
    """How many certificates of these authorities are suspended, so that somebody has still to decide."""
    return columns(db, _COUNT_SUSPENDED, {"suspended_in": list(authority_ids)}).scalar_one()


_SUSPENDED = (
    select(Certificate.id)
    .select_from(Suspension)
    .join(Certificate, OPEN)
    .where(
        Certificate.authority_id.in_(bindparam("suspended_in", expanding=True)),
        ~select(Withdrawal.by).where(Withdrawal.certificate_id == Certificate.id).exists(),
    )
)
_COUNT_SUSPENDED = _SUSPENDED.with_only_columns(func.count())
ANY_SUSPENDED: Select[UUID] = _SUSPENDED
"""Whether any is suspended."""


def latest_words(db: Db, ids: Collection[UUID]) -> dict[UUID, str]:
    """What was said to the holder last about each certificate; those of which nothing was said are left out."""
    said = columns(db, _SAID, {"ids": list(ids)}) if ids else ()
    return {certificate_id: word for certificate_id, word in said if word}


_SAID = (
    select(LifeWord.certificate_id, LifeWord.word)
    .where(LifeWord.certificate_id.in_(bindparam("ids", expanding=True)))
    .order_by(LifeWord.at)
)


def _order(happening: Happening) -> tuple[date, bool, datetime | date]:
    """By day; what the calendar brings comes first on its day, the issue before everything."""
    return happening.on, happening.at is not None, happening.at or happening.on


_OF_THIS: BindParameter[UUID] = bindparam("certificate_id", type_=Uuid())
_SUSPENSIONS = (
    select(
        Suspension.suspended_on,
        Suspension.at,
        Suspension.by,
        Suspension.reason,
        SuspensionLift.lifted_on,
        SuspensionLift.at.label("lifted_at"),
        SuspensionLift.by.label("lifted_by"),
    )
    .outerjoin(SuspensionLift, SuspensionLift.suspension_id == Suspension.id)
    .where(Suspension.certificate_id == _OF_THIS)
    .order_by(Suspension.turn)
)
_WITHDRAWN = select(Withdrawal.withdrawn_on, Withdrawal.at, Withdrawal.by, Withdrawal.reason).where(
    Withdrawal.certificate_id == _OF_THIS
)
_BEFORE_THIS = select(Certificate.replaces_id).where(Certificate.id == _OF_THIS).scalar_subquery()
_WORDS = select(LifeWord.certificate_id, LifeWord.move, LifeWord.word, LifeWord.by, LifeWord.at).where(
    or_(
        LifeWord.certificate_id == _OF_THIS,
        and_(LifeWord.certificate_id == _BEFORE_THIS, LifeWord.move == Move.REPLACE),
    )
)
"""What was said about a certificate, and when another one gave way to it."""
_NOTES = select(LapseNote.days, LapseNote.at).where(LapseNote.certificate_id == _OF_THIS)
_OTHERS = (
    select(Certificate.id, Certificate.number, Certificate.replaces_id, Certificate.issued_at)
    .where(or_(Certificate.replaces_id == _OF_THIS, Certificate.renews_id == _OF_THIS))
    .order_by(Certificate.issued_at)
)
