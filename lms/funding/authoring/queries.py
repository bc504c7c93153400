"""Read schemes: what stands on the shelf, with what an authority published, counts and confirmed laid over it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, select

from lms.core.content import Problems
from lms.core.db import Db, columns, writes
from lms.core.shelves import shelf
from lms.core.words import NotFound
from lms.funding.authoring.editing import Looked, look
from lms.funding.authoring.models import (
    Adopted,
    FigureConfirmationEnded,
    FigureConfirmed,
    SchemeDraft,
    SchemeEdition,
    SchemeEditionWithdrawn,
    SchemesChanged,
)
from lms.funding.content import Schemes, read
from lms.funding.reasons import Figure, Verdict
from lms.funding.scheme import Adoption, Scheme
from lms.funding.standing import Confirmed, Standing, Values, adoption_with_confirmed, dated, with_confirmed
from lms.funding.vocabulary import Provenance
from lms.people import queries as people

_OF: BindParameter[object] = bindparam("authority_id")
_MARK = select(SchemesChanged.mark).where(SchemesChanged.authority_id == _OF)
_EDITIONS = (
    select(SchemeEdition.valid_from, SchemeEdition.scheme, SchemeEdition.edition, SchemeEdition.document)
    .where(SchemeEdition.authority_id == _OF, SchemeEdition.id.not_in(select(SchemeEditionWithdrawn.edition_id)))
    .order_by(SchemeEdition.valid_from, SchemeEdition.number)
)
_ADOPTED = select(Adopted.document).where(Adopted.authority_id == _OF).order_by(Adopted.number)
_CONFIRMED = (
    select(FigureConfirmed.scheme, FigureConfirmed.key, FigureConfirmed.values, FigureConfirmed.until)
    .where(
        FigureConfirmed.authority_id == _OF,
        FigureConfirmed.id.not_in(select(FigureConfirmationEnded.confirmed_id)),
    )
    .order_by(FigureConfirmed.number)
)
"""Put together once: every verdict asks the first."""


@dataclass(frozen=True)
class _Own:
    """What an authority wrote itself, as it stands under one mark."""

    mark: UUID
    editions: tuple[tuple[date, Scheme], ...]
    adoptions: tuple[Adoption, ...]
    confirmed: tuple[tuple[str, str, Values, date | None], ...]
    made: dict[Any, Schemes]


def schemes_for(db: Db, authority_id: UUID | None, *, on: date, as_written: bool = False) -> Schemes:
    """The schemes as they are to an authority on a day: the shelf, its own published editions that hold by then, what
    it counts, and what it confirmed (whose standing is then CONFIRMED). One small query.

    Without an authority, or for one that wrote nothing itself, the shelf as it is. `as_written` leaves out what was
    confirmed, so that every figure has the word of its file.
    """
    there = shelf(db, Schemes)
    own = _own(db, authority_id, there) if authority_id else None
    if own is None:
        return there
    editions = {scheme.code: scheme for first, scheme in own.editions if first <= on}
    holding = () if as_written else _holding(own, on)
    key = (tuple((code, scheme.edition) for code, scheme in editions.items()), holding)
    if key not in own.made:
        own.made[key] = _laid(there, editions.values(), own.adoptions, _valid(own, on) if holding else {})
    return own.made[key]


def unconfirmed(db: Db, authority_id: UUID, figures: Iterable[Figure], *, on: date) -> tuple[Figure, ...]:
    """Of these figures, those that are not official and that the authority has not confirmed by their value on a day.

    A claim cannot be sent in while there is one. A figure of a draft that was confirmed under another value, or until
    a day that is over, is among them.
    """
    asked = [figure for figure in figures if figure.provenance is not Provenance.OFFICIAL]
    if not asked:
        return ()
    own = _own(db, authority_id, shelf(db, Schemes))
    confirmed = _valid(own, on) if own else {}
    return tuple(figure for figure in asked if not _is_confirmed(figure, confirmed))


def days_unconfirmed(db: Db, authority_id: UUID, scheme: Scheme, *, on: date) -> tuple[Standing, ...]:
    """The days a scheme's answers rest on that are not official and that the authority has not confirmed on a day."""
    asked = [each for each in dated(scheme) if not each.is_fact]
    if not asked:
        return ()
    own = _own(db, authority_id, shelf(db, Schemes))
    confirmed = _valid(own, on).get(scheme.code, {}) if own else {}
    return tuple(each for each in asked if each.values not in confirmed.get(each.key, ()))


def as_confirmed(db: Db, authority_id: UUID, verdict: Verdict, *, on: date) -> Verdict:
    """The same verdict, with the figures that the authority confirmed by a day said as confirmed."""
    still_open = unconfirmed(db, authority_id, verdict.figures, on=on)
    figures = tuple(
        figure if figure.is_fact or figure in still_open else replace(figure, provenance=Provenance.CONFIRMED)
        for figure in verdict.figures
    )
    return replace(verdict, figures=figures)


def _is_confirmed(figure: Figure, confirmed: Mapping[str, Confirmed]) -> bool:
    several = confirmed.get(figure.scheme, {}).get(figure.key, ())
    return any(values.get(figure.name.value) == figure.value for values in several)


def _own(db: Db, authority_id: UUID, there: Schemes) -> _Own | None:
    """What an authority wrote itself; None when it never did.

    Kept in the process by the mark, but never what a unit of work wrote that may still be undone.
    """
    asked = ("lms_schemes_mark", authority_id)
    if asked in db.info:
        mark: UUID | None = db.info[asked]
    else:
        mark = columns(db, _MARK, {"authority_id": authority_id}).scalar_one_or_none()
        if not writes(db):
            db.info[asked] = mark
    if mark is None:
        return None
    kept: _Own | None = there.known.get(authority_id)
    if kept is not None and kept.mark == mark:
        return kept
    own = _read(db, authority_id, mark)
    if not writes(db):
        there.known[authority_id] = own
    return own


def _read(db: Db, authority_id: UUID, mark: UUID) -> _Own:
    values = {"authority_id": authority_id}
    return _Own(
        mark=mark,
        editions=tuple(
            (first, scheme_in(f"{code}-{edition}.yaml", document))
            for first, code, edition, document in columns(db, _EDITIONS, values)
        ),
        adoptions=tuple(Adoption.model_validate(document) for document in columns(db, _ADOPTED, values).scalars()),
        confirmed=tuple((row[0], row[1], row[2], row[3]) for row in columns(db, _CONFIRMED, values)),
        made={},
    )


def scheme_in(name: str, document: str) -> Scheme:
    """A published scheme from its document, which was checked when it was published."""
    problems = Problems()
    found = read(name, document, problems)
    problems.stop_if_any()
    assert found is not None
    return found


def _valid(own: _Own, on: date) -> dict[str, dict[str, list[Values]]]:
    """What is confirmed on a day, by scheme and key."""
    found: dict[str, dict[str, list[Values]]] = {}
    for scheme, key, values, until in own.confirmed:
        if until is None or on <= until:
            found.setdefault(scheme, {}).setdefault(key, []).append(values)
    return found


def _holding(own: _Own, on: date) -> tuple[int, ...]:
    return tuple(i for i, (*_, until) in enumerate(own.confirmed) if until is None or on <= until)


def _laid(
    there: Schemes,
    editions: Iterable[Scheme],
    adoptions: Iterable[Adoption],
    confirmed: Mapping[str, Confirmed],
) -> Schemes:
    whole = there.overlaid(editions, adoptions)
    schemes = [with_confirmed(whole.by_code[code], keys) for code, keys in confirmed.items() if code in whole.by_code]
    adopted = [
        adoption_with_confirmed(a, confirmed[a.scheme]) for a in whole.adoptions.values() if a.scheme in confirmed
    ]
    return replace(whole.overlaid(schemes, adopted), known={})


@dataclass(frozen=True)
class PublishedView:
    """An edition of a scheme that was published in the browser. `withdrawn_at` is set when it was taken back."""

    id: UUID
    scheme: str
    edition: str
    valid_from: date
    by: UUID
    at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class DraftView:
    """A scheme somebody is writing. `data` has the shape of a scheme file, and `version` counts what was saved."""

    id: UUID
    authority_id: UUID
    based_on: str
    data: Mapping[str, Any]
    version: int
    changed_by: UUID
    changed_at: datetime
    last_once: UUID | None

    @property
    def code(self) -> str:
        """The code the scheme would have."""
        return str(self.data.get("code") or "")


@dataclass(frozen=True)
class ConfirmedView:
    """A confirmation as it was given. `ended_at` is set when it was taken back."""

    id: UUID
    key: str
    values: Mapping[str, str]
    was: Provenance
    source: str
    until: date | None
    by: UUID
    at: datetime
    ended_at: datetime | None
    ended_reason: str | None


@dataclass(frozen=True)
class AdoptedView:
    """What an authority decided to count under a scheme, and when."""

    by: UUID
    at: datetime
    adoption: Adoption


_PUBLISHED = (
    select(
        SchemeEdition.id,
        SchemeEdition.scheme,
        SchemeEdition.edition,
        SchemeEdition.valid_from,
        SchemeEdition.by,
        SchemeEdition.at,
        SchemeEditionWithdrawn.at,
    )
    .outerjoin(SchemeEditionWithdrawn, SchemeEditionWithdrawn.edition_id == SchemeEdition.id)
    .order_by(SchemeEdition.number)
)
_DRAFT = select(
    SchemeDraft.id,
    SchemeDraft.authority_id,
    SchemeDraft.based_on,
    SchemeDraft.data,
    SchemeDraft.version,
    SchemeDraft.changed_by,
    SchemeDraft.changed_at,
    SchemeDraft.last_once,
).where(SchemeDraft.ended_at.is_(None))
_CONFIRMATIONS = (
    select(
        FigureConfirmed.id,
        FigureConfirmed.key,
        FigureConfirmed.values,
        FigureConfirmed.was,
        FigureConfirmed.source,
        FigureConfirmed.until,
        FigureConfirmed.by,
        FigureConfirmed.at,
        *(FigureConfirmationEnded.at, FigureConfirmationEnded.reason),
    )
    .outerjoin(FigureConfirmationEnded, FigureConfirmationEnded.confirmed_id == FigureConfirmed.id)
    .where(FigureConfirmed.authority_id == _OF, FigureConfirmed.scheme == bindparam("scheme"))
    .order_by(FigureConfirmed.number.desc())
)


def published_in(db: Db, authority_id: UUID) -> list[PublishedView]:
    """Every edition an authority published in the browser, those it took back among them, from the first."""
    rows = columns(db, _PUBLISHED.where(SchemeEdition.authority_id == authority_id), {})
    return [PublishedView(*row) for row in rows]


def drafts_of(db: Db, authority_id: UUID) -> list[DraftView]:
    """The drafts an authority is working on, the one changed last first."""
    wanted = _DRAFT.where(SchemeDraft.authority_id == authority_id).order_by(SchemeDraft.changed_at.desc())
    return [DraftView(*row) for row in columns(db, wanted, {})]


def draft(db: Db, draft_id: UUID, authority_ids: Collection[UUID]) -> DraftView:
    """One draft of one of these authorities that is still worked on. Raises NotFound."""
    wanted = _DRAFT.where(SchemeDraft.id == draft_id, SchemeDraft.authority_id.in_(authority_ids))
    row = columns(db, wanted, {}).one_or_none()
    if row is None:
        raise NotFound("draft")
    return DraftView(*row)


def copied_from(db: Db, authority_id: UUID, scheme: str) -> str | None:
    """The other scheme an authority's own one was copied from last, such as the edition of the year before."""
    wanted = (
        select(SchemeDraft.based_on)
        .join(SchemeEdition, SchemeEdition.id == SchemeDraft.published_id)
        .where(SchemeDraft.authority_id == authority_id, SchemeEdition.scheme == scheme)
        .where(SchemeDraft.based_on != scheme)
        .order_by(SchemeDraft.ended_at.desc())
        .limit(1)
    )
    return columns(db, wanted, {}).scalars().first()


def whole(db: Db, one: DraftView, *, on: date) -> dict[str, Any]:
    """The data of a draft with the number its edition would get on a day."""
    return {**one.data, "edition": next_edition(db, one.authority_id, one.code, year=on.year)}


def look_through(db: Db, one: DraftView, *, on: date) -> Looked:
    """A draft looked through for mistakes, and its worked cases run."""
    return look(whole(db, one, on=on), shelf(db, Schemes).by_code)


def next_edition(db: Db, authority_id: UUID, code: str, *, year: int) -> str:
    """The number of the next edition of a scheme: the year, and a number that was never used."""
    taken = [each.edition for each in published_in(db, authority_id) if each.scheme == code]
    there = shelf(db, Schemes).by_code.get(code)
    every = [*taken, there.edition if there else ""]
    parts = (each.partition(".") for each in every)
    numbers = [int(number) for of_year, _dot, number in parts if of_year == str(year) and number.isdigit()]
    return f"{year}.{max(numbers, default=0) + 1}"


def confirmations(db: Db, authority_id: UUID, scheme: str) -> list[ConfirmedView]:
    """What an authority confirmed of a scheme, the last first, also what it took back."""
    rows = columns(db, _CONFIRMATIONS, {"authority_id": authority_id, "scheme": scheme})
    return [ConfirmedView(*tuple(row)) for row in rows]


def adopted(db: Db, authority_id: UUID, scheme: str) -> list[AdoptedView]:
    """What an authority decided to count under a scheme in the browser, the last decision first."""
    wanted = (
        select(Adopted.by, Adopted.at, Adopted.document)
        .where(Adopted.authority_id == authority_id, Adopted.scheme == scheme)
        .order_by(Adopted.number.desc())
    )
    return [AdoptedView(by, at, Adoption.model_validate(document)) for by, at, document in columns(db, wanted, {})]


def authority_code(db: Db, authority_id: UUID) -> str:
    """The code by which files name an authority."""
    return people.organisation(db, authority_id).code or ""
