"""The list of claims: one page of it in a few queries, whatever it is narrowed to, and what it can be narrowed by."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, false, func, or_, select

from lms.core.content import Words
from lms.core.db import Db, columns
from lms.core.types import Pence
from lms.funding.claims.models import Claim, ClaimLine, ClaimLook
from lms.funding.claims.shown import OPEN_STATES, Wanted
from lms.funding.reasons import Act
from lms.funding.vocabulary import ClaimState, Decision, Provenance
from lms.people import queries as people
from lms.people.rules import Role

ALL = Wanted()


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A claim as the list shows it. Amounts in pence; of one line also whose and for what, else only how many.

    `payable` is None where nothing could be paid; `is_fact` says whether every figure behind it may be shown as fact.
    `missing` holds the codes of what its only line still needs while somebody here has to act; None when it has
    several lines, of which each has its own.
    """

    id: UUID
    reference: str
    scheme_title: Words
    state: ClaimState
    lines: int
    learners: int
    learner_name: str
    training: str
    payable: Pence | None
    cost_known: bool
    approved: Pence | None
    is_fact: bool
    missing: tuple[str, ...] | None
    act: Act | None
    last_day: date | None


_BEHIND = Claim.authority_id.in_(bindparam("authority_ids", expanding=True))
_IDS: BindParameter[UUID] = bindparam("claim_ids", expanding=True)
_IN = ClaimLine.taken_out_at.is_(None)
_SUMS: Select[*tuple[Any, ...]] = (
    select(
        ClaimLine.claim_id,
        func.count().label("lines"),
        func.count(ClaimLine.learner_id.distinct()).label("learners"),
        func.sum(ClaimLine.payable_pence).label("payable"),
        func.count().filter(ClaimLine.cost_known.is_(false())).label("unknown"),
        func.sum(ClaimLine.approved_pence).label("approved"),
        func.min(ClaimLine.last_day).label("last_day"),
    )
    .where(ClaimLine.claim_id.in_(_IDS), _IN)
    .group_by(ClaimLine.claim_id)
)
_WHOSE: Select[*tuple[Any, ...]] = select(
    ClaimLine.claim_id, ClaimLine.learner_id, ClaimLine.training, ClaimLine.last_act
).where(ClaimLine.claim_id.in_(_IDS), _IN)
_ANSWERS: Select[*tuple[Any, ...]] = select(ClaimLine.claim_id, ClaimLine.verdict).where(
    ClaimLine.claim_id.in_(_IDS), _IN
)
"""Put together once. An answer is read only where nothing is decided yet: it stands behind the whole terms."""


def page_of(
    db: Db, authority_ids: Collection[UUID], wanted: Wanted = ALL, *, offset: int = 0, limit: int = 25
) -> list[Listed]:
    """Claims behind these walls, the newest first; five queries at most, however many there are."""
    asked = {**_values(authority_ids, wanted), "offset": offset, "limit": limit}
    rows = columns(db, _page(_shape(wanted)), asked).all()
    if not rows:
        return []
    sums = {row.claim_id: row for row in columns(db, _SUMS, {"claim_ids": [row.id for row in rows]})}
    single = [id for id, row in sums.items() if row.learners == 1]
    only = {row.claim_id: row for row in columns(db, _WHOSE, {"claim_ids": single})} if single else {}
    undecided = [id for id in single if sums[id].lines == 1 and sums[id].approved is None]
    answers = {row[0]: row[1] for row in columns(db, _ANSWERS, {"claim_ids": undecided})} if undecided else {}
    names = people.persons(db, {row.learner_id for row in only.values()})
    return [_listed(row, sums.get(row.id), only.get(row.id), answers.get(row.id), names) for row in rows]


def _listed(
    row: Any, sums: Any, only: Any, answer: Mapping[str, Any] | None, names: Mapping[UUID, people.PersonView]
) -> Listed:
    alone = sums is not None and sums.lines == 1
    answer = answer or {}
    payable = None if sums is None or answer.get("decision") == Decision.REFUSED else int(sums.payable)
    missing = tuple(answer.get("missing", ())) if row.state in OPEN_STATES else ()
    return Listed(
        id=row.id,
        reference=row.reference,
        scheme_title=Words.model_validate(row.scheme_title),
        state=row.state,
        lines=sums.lines if sums else 0,
        learners=sums.learners if sums else 0,
        learner_name=names[only.learner_id].name if only else "",
        training=only.training if only and alone else "",
        payable=payable,
        cost_known=sums is None or not sums.unknown,
        approved=None if sums is None or sums.approved is None else int(sums.approved),
        is_fact=all(Provenance(figure["provenance"]).is_fact for figure in answer.get("figures", ())),
        missing=missing if alone else None,
        act=only.last_act if only and alone else None,
        last_day=sums.last_day if sums else None,
    )


def learners_named(db: Db, authority_ids: Collection[UUID], text: str, on: date) -> tuple[UUID, ...]:
    """The PAs behind these walls whose name has this text in it, a hundred at most."""
    found = (people.people_in(db, id, Role.PA, on, search=text, limit=100) for id in authority_ids)
    return tuple(person.id for several in found for person in several)


def count(db: Db, authority_ids: Collection[UUID], wanted: Wanted) -> int:
    """How many claims a list has."""
    return columns(db, _count(_shape(wanted)), _values(authority_ids, wanted)).scalar_one()


_NARROWS = ("state", "scheme", "claimant", "older_than", "text", "learners", "needs_look")


def _shape(wanted: Wanted) -> frozenset[str]:
    """By what a list is narrowed: each way has a statement that is put together once."""
    return frozenset(name for name in _NARROWS if getattr(wanted, name))


def _values(authority_ids: Collection[UUID], wanted: Wanted) -> dict[str, Any]:
    narrowed = {name: getattr(wanted, name) for name in _shape(wanted) if name != "needs_look"}
    if "learners" in narrowed:
        narrowed["learners"] = list(narrowed["learners"])
    if "text" in narrowed:
        narrowed["text"] = f"%{_escaped(wanted.text)}%"
    return {"authority_ids": list(authority_ids), **narrowed}


def _escaped(text: str) -> str:
    for special in "/%_":
        text = text.replace(special, f"/{special}")
    return text


@lru_cache(maxsize=128)
def _page(shape: frozenset[str]) -> Select[*tuple[Any, ...]]:
    wanted = select(Claim.id, Claim.reference, Claim.scheme_title, Claim.state).where(*_conditions(shape))
    ordered = wanted.order_by(Claim.drafted_at.desc(), Claim.id.desc())
    return ordered.offset(bindparam("offset")).limit(bindparam("limit"))


@lru_cache(maxsize=128)
def _count(shape: frozenset[str]) -> Select[int]:
    return select(func.count()).select_from(Claim).where(*_conditions(shape))


def _conditions(shape: frozenset[str]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [_BEHIND]
    for name, column in (("state", Claim.state), ("scheme", Claim.scheme)):
        if name in shape:
            found.append(column == bindparam(name))
    if "claimant" in shape:
        asked: BindParameter[UUID] = bindparam("claimant")
        found.append(or_(Claim.claimant_id == asked, Claim.claimant_person_id == asked))
    if "older_than" in shape:
        found.append(Claim.state_since < bindparam("older_than"))
    if "text" in shape:
        referenced = Claim.reference.ilike(bindparam("text"), escape="/")
        theirs = ClaimLine.learner_id.in_(bindparam("learners", expanding=True))
        named = Claim.id.in_(select(ClaimLine.claim_id).where(theirs))
        found.append(or_(referenced, named) if "learners" in shape else referenced)
    if "needs_look" in shape:
        line = select(ClaimLine.claim_id).join(ClaimLook, ClaimLook.line_id == ClaimLine.id)
        found.append(Claim.id.in_(line.where(ClaimLook.looked_at.is_(None))))
    return found


def _each(column: Any) -> Select[*tuple[Any, ...]]:
    """Every value of a column behind one wall: each is found by a step into an index, however many claims have it."""
    here = Claim.authority_id == bindparam("authority_id")
    first = select(column).where(here, column.is_not(None)).order_by(column).limit(1).scalar_subquery()
    every = select(first.label("value")).cte("every", recursive=True)
    later = select(column).where(here, column > every.c.value).order_by(column).limit(1)
    every = every.union_all(select(later.correlate(every).scalar_subquery()).where(every.c.value.is_not(None)))
    return select(every.c.value).where(every.c.value.is_not(None))


_SCHEMES = _each(Claim.scheme)
_CLAIMANTS = _each(Claim.claimant_id)
_TITLE = (
    select(Claim.scheme_title)
    .where(Claim.authority_id == bindparam("authority_id"), Claim.scheme == bindparam("scheme"))
    .order_by(Claim.drafted_at.desc())
    .limit(1)
)


def schemes_claimed(db: Db, authority_ids: Collection[UUID]) -> list[tuple[str, Words]]:
    """The schemes that were claimed from behind these walls, by code, with the title a claim had last."""
    found: dict[str, Words] = {}
    for authority_id in authority_ids:
        for (scheme,) in columns(db, _SCHEMES, {"authority_id": authority_id}).all():
            asked = {"authority_id": authority_id, "scheme": scheme}
            found[scheme] = Words.model_validate(columns(db, _TITLE, asked).scalar_one())
    return sorted(found.items())


def claimants_of(db: Db, authority_ids: Collection[UUID]) -> list[tuple[UUID, str]]:
    """The organisations that claimed behind these walls, by name."""
    ids = {row[0] for id in authority_ids for row in columns(db, _CLAIMANTS, {"authority_id": id})}
    found = people.organisations(db, ids)
    return sorted(((id, each.name) for id, each in found.items()), key=lambda pair: pair[1])
