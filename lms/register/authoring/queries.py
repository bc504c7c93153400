"""Read register rules: what stands on the shelf, with the editions published in the browser among it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, select

from lms.core.content import Problems
from lms.core.db import Db, columns, writes
from lms.core.shelves import Shelves, shelf
from lms.core.words import NotFound
from lms.people import queries as people
from lms.register.across import codes
from lms.register.authoring.models import RegisterDraft, RegisterEdition, RegisterEditionWithdrawn
from lms.register.authoring.writing import Looked, Mistake, look
from lms.register.conduct import queries as conduct
from lms.register.conduct.overlay import over
from lms.register.content import Edition, RegisterRules, on, overlaid, read

_NOT_WITHDRAWN = RegisterEdition.id.not_in(select(RegisterEditionWithdrawn.edition_id))
_HERE = bindparam("authority_id", type_=Uuid())
_AUTHORITY = select(people.code_of(_HERE).label("code")).subquery()
_CODE_AND_IDS = (
    select(_AUTHORITY.c.code, RegisterEdition.id)
    .select_from(_AUTHORITY)
    .outerjoin(RegisterEdition, and_(RegisterEdition.authority_id == _HERE, _NOT_WITHDRAWN))
    .order_by(RegisterEdition.number)
)
_DOCUMENTS = select(RegisterEdition.id, RegisterEdition.edition, RegisterEdition.document).where(
    RegisterEdition.id.in_(bindparam("ids", expanding=True))
)
_AUTHORITIES = select(RegisterEdition.authority_id).where(_NOT_WITHDRAWN).distinct()
"""Put together once: every verdict asks the first."""


def edition_on(db: Db, authority_id: UUID, day: date) -> Edition | None:
    """The edition of an authority's rules that holds on a day; None when it has none.

    A code of conduct published in the browser lies over the one that the edition brings. A unit of work that only
    reads asks once: several parts of a page need the rules.
    """
    place = ("lms_register_rules", authority_id, day)
    if place in db.info:
        kept: Edition | None = db.info[place]
        return kept
    found = on(editions(db, authority_id), day)
    found = over(found, conduct.versions(db, authority_id), day) if found else None
    if not writes(db):
        db.info[place] = found
    return found


def editions(db: Db, authority_id: UUID) -> tuple[Edition, ...]:
    """All editions of an authority, from the oldest, each with the day on which the next takes over: one small query.

    What is made of them is kept by the ids of the published editions, so nothing is read twice.
    """
    rules, (code, ids) = shelf(db, RegisterRules), _code_and_ids(db, authority_id)
    if not ids:
        return rules.editions.get(code, ())
    key = (authority_id, ids)
    if key not in rules.known:
        rules.known[key] = overlaid(rules.editions.get(code, ()), _published(db, code, ids))
    found: tuple[Edition, ...] = rules.known[key]
    return found


def published(db: Db, authority_code: str) -> tuple[Edition, ...]:
    """The editions an authority published in the browser and did not take back, in the order of publication."""
    authority = people.authority_by_code(db, authority_code)
    return _published(db, authority_code, _code_and_ids(db, authority.id)[1])


@dataclass(frozen=True)
class PublishedView:
    """An edition that was published in the browser. `withdrawn_at` is set when it was taken back before its day."""

    id: UUID
    edition: str
    valid_from: date
    by: UUID
    at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class DraftView:
    """Rules somebody is writing. `data` has the shape of a rule file, and `version` counts what was saved."""

    id: UUID
    authority_id: UUID
    based_on: str
    data: Mapping[str, Any]
    version: int
    made_by: UUID
    made_at: datetime
    changed_by: UUID
    changed_at: datetime
    last_once: UUID | None

    @property
    def valid_from(self) -> date | None:
        """The day from which it is meant to hold, where one is written."""
        try:
            return date.fromisoformat(str(self.data.get("valid_from")))
        except ValueError:
            return None


_PUBLISHED = (
    select(
        RegisterEdition.id,
        RegisterEdition.edition,
        RegisterEdition.valid_from,
        RegisterEdition.by,
        RegisterEdition.at,
        RegisterEditionWithdrawn.at,
    )
    .outerjoin(RegisterEditionWithdrawn, RegisterEditionWithdrawn.edition_id == RegisterEdition.id)
    .order_by(RegisterEdition.number)
)
_DRAFT = select(
    RegisterDraft.id,
    RegisterDraft.authority_id,
    RegisterDraft.based_on,
    RegisterDraft.data,
    RegisterDraft.version,
    RegisterDraft.made_by,
    RegisterDraft.made_at,
    RegisterDraft.changed_by,
    RegisterDraft.changed_at,
    RegisterDraft.last_once,
).where(RegisterDraft.ended_at.is_(None))


def published_in(db: Db, authority_id: UUID) -> list[PublishedView]:
    """Every edition an authority published in the browser, those it took back among them, from the first."""
    rows = columns(db, _PUBLISHED.where(RegisterEdition.authority_id == authority_id), {})
    return [PublishedView(*row) for row in rows]


def drafts_of(db: Db, authority_id: UUID) -> list[DraftView]:
    """The drafts an authority is working on, the one changed last first."""
    wanted = _DRAFT.where(RegisterDraft.authority_id == authority_id).order_by(RegisterDraft.changed_at.desc())
    return [DraftView(*row) for row in columns(db, wanted, {})]


def draft(db: Db, draft_id: UUID, authority_ids: Collection[UUID]) -> DraftView:
    """One draft of one of these authorities that is still worked on. Raises NotFound."""
    wanted = _DRAFT.where(RegisterDraft.id == draft_id, RegisterDraft.authority_id.in_(authority_ids))
    row = columns(db, wanted, {}).one_or_none()
    if row is None:
        raise NotFound("draft")
    return DraftView(*row)


def authority_of(db: Db, draft_id: UUID, authority_ids: Collection[UUID]) -> UUID:
    """The authority of a draft of one of these, also of one that has ended. Raises NotFound."""
    wanted = select(RegisterDraft.authority_id).where(
        RegisterDraft.id == draft_id, RegisterDraft.authority_id.in_(authority_ids)
    )
    found = columns(db, wanted, {}).scalar_one_or_none()
    if found is None:
        raise NotFound("draft")
    return found


def whole(db: Db, one: DraftView) -> dict[str, Any]:
    """The data of a draft with the number its edition would get today."""
    day = one.valid_from
    return {**one.data, "edition": next_edition(db, one.authority_id, day.year if day else one.changed_at.year)}


def look_through(db: Db, one: DraftView) -> Looked:
    """A draft looked through for mistakes, its days among them, and its worked cases run."""
    shelves: Shelves = db.info["shelves"]
    found = look(whole(db, one), codes(shelves))
    if found.edition is None:
        return found
    late = days_taken(editions(db, one.authority_id), found.edition.file.valid_from)
    return replace(found, mistakes=[*found.mistakes, *(Mistake(("valid_from",), said) for said in late)])


def draft_edition(db: Db, draft_id: UUID, authority_id: UUID) -> Edition | None:
    """The edition a draft would be, for a look at what it would change; None while it has mistakes. Raises NotFound.

    Cases that disagree do not matter here.
    """
    return look_through(db, draft(db, draft_id, [authority_id])).edition


def days_taken(there: Sequence[Edition], first: date) -> Iterator[str]:
    """Why an edition cannot begin on a day: the editions of an authority follow each other, each from its own day."""
    newest = there[-1] if there else None
    if newest is not None and first <= newest.file.valid_from:
        yield (
            f"Edition {newest.file.edition} begins on {newest.file.valid_from}. "
            "Choose a later day, so that one follows the other."
        )


def next_edition(db: Db, authority_id: UUID, year: int) -> str:
    """The number of an authority's next edition: the year it begins in, and a number that was never used."""
    taken = [one.file.edition for one in editions(db, authority_id)]
    taken += [one.edition for one in published_in(db, authority_id)]
    newest = max(((int(y), int(n)) for y, _dot, n in (each.partition(".") for each in taken)), default=(0, 0))
    return f"{year}.1" if year > newest[0] else f"{newest[0]}.{newest[1] + 1}"


def authorities_with_rules(db: Db) -> dict[UUID, str]:
    """Every authority that has rules on the shelf or published some, by id with its code."""
    publishing = people.organisations(db, set(columns(db, _AUTHORITIES, {}).scalars()))
    found = {each.id: each.code for each in publishing.values() if each.code}
    for code in shelf(db, RegisterRules).editions:
        with suppress(NotFound):  # rules may come before their authority
            found[people.authority_by_code(db, code).id] = code
    return found


def _code_and_ids(db: Db, authority_id: UUID) -> tuple[str, tuple[UUID, ...]]:
    """The code of an authority, and the editions it published and did not take back, in their order."""
    rows = columns(db, _CODE_AND_IDS, {"authority_id": authority_id}).all()
    return rows[0].code or "", tuple(row.id for row in rows if row.id is not None)


def _published(db: Db, code: str, ids: tuple[UUID, ...]) -> tuple[Edition, ...]:
    """Published editions by id. A document was checked when it was published; it is read once in a process."""
    known = shelf(db, RegisterRules).known
    missing = [each for each in ids if each not in known]
    if missing:
        for edition_id, edition, document in columns(db, _DOCUMENTS, {"ids": missing}):
            known[edition_id] = _whole(code, edition, document)
    return tuple(known[each] for each in ids)


def _whole(code: str, edition: str, document: str) -> Edition:
    problems = Problems()
    found = read(f"{code.lower()}-{edition}.yaml", document, problems)
    problems.stop_if_any()
    assert found is not None
    return found
