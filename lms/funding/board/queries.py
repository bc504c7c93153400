"""Read the board: numbers from claims in short, and the list behind each of them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, func, literal_column, select, union_all

from lms.core.content import Words
from lms.core.db import Db, columns
from lms.funding.board.models import ClaimInShort
from lms.funding.board.rules import Age, Due
from lms.funding.claims.models import Claim
from lms.funding.vocabulary import ClaimShape, ClaimState
from lms.people import queries as people


@dataclass(frozen=True)
class Number:
    """So many claims, about so many pence."""

    count: int = 0
    pence: int = 0


@dataclass(frozen=True)
class AtRisk:
    """Claims with one thing in their way, and who can mend it; both are codes."""

    risk: str
    ask: str
    number: Number


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which claims a list is about; None does not narrow. The numbers of the board and their lists both use it."""

    state: ClaimState | None = None
    age: Age | None = None
    due: Due | None = None
    risk: str | None = None
    ask: str | None = None
    scheme: str | None = None


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A claim in a list of the board."""

    id: UUID
    reference: str
    shape: ClaimShape
    scheme: str
    scheme_title: Words
    claimant_name: str
    state: ClaimState
    since: date
    lines: int
    amount_pence: int
    deadline_on: date | None
    risk: str
    ask: str
    drafted_at: datetime


_S = ClaimInShort
_BEHIND = _S.authority_id.in_(bindparam("authority_ids", expanding=True))
_Day = BindParameter[date]
_EVERY_STATE = _S.state.in_([literal_column(f"'{state.value}'") for state in ClaimState])
"""Always true: it lets SQLite go by the days inside each state, where it would read the whole index otherwise."""


def _aged(age: Age) -> Select[*tuple[Any, ...]]:
    days: tuple[_Day, _Day] = bindparam(f"{age.name}_first"), bindparam(f"{age.name}_last")
    name: ColumnElement[str] = literal_column(f"'{age.value}'")
    wanted = select(name.label("age"), _S.state, func.count(), func.sum(_S.amount_pence))
    return wanted.where(_BEHIND, _EVERY_STATE, _S.since.between(*days)).group_by(_S.state)


def _due_in(due: Due) -> Select[*tuple[Any, ...]]:
    days: tuple[_Day, _Day] = bindparam(f"{due.name}_first"), bindparam(f"{due.name}_last")
    name: ColumnElement[str] = literal_column(f"'{due.value}'")
    wanted = select(name.label("due"), func.count(), func.sum(_S.amount_pence))
    return wanted.where(_BEHIND, _S.deadline_on.between(*days))


_BY_STATE = union_all(*map(_aged, Age))
_DUE = union_all(*map(_due_in, Due))
_RISKS = (
    select(_S.risk, _S.ask, func.count(), func.sum(_S.amount_pence))
    .where(_BEHIND, _S.risk > "")
    .group_by(_S.risk, _S.ask)
    .order_by(func.sum(_S.amount_pence).desc(), _S.risk)
)
"""Put together once. Each reads its part of one index and no table: every claim is counted where it stands, once."""


def by_state(db: Db, authority_ids: Collection[UUID], on: date) -> dict[tuple[ClaimState, Age], Number]:
    """How many claims there are, and about how much, by state and by how long they have been in it."""
    rows = columns(db, _BY_STATE, {"authority_ids": list(authority_ids), **_days(Age, on)})
    return {(state, Age(age)): Number(count, int(pence)) for age, state, count, pence in rows}


def due(db: Db, authority_ids: Collection[UUID], on: date) -> dict[Due, Number]:
    """How many claims somebody has to act on by a day that is gone, or comes within 30 or 90 days."""
    rows = columns(db, _DUE, {"authority_ids": list(authority_ids), **_days(Due, on)})
    return {Due(due): Number(count, int(pence or 0)) for due, count, pence in rows}


def _days(spans: Iterable[Age | Due], on: date) -> dict[str, date]:
    """The first and the last day of each of these, by the names that the statements give them."""
    found = {}
    for each in spans:
        found[f"{each.name}_first"], found[f"{each.name}_last"] = each.between(on)
    return found


def at_risk(db: Db, authority_ids: Collection[UUID]) -> list[AtRisk]:
    """What stands in the way of money, with who can mend it, the most money first."""
    rows = columns(db, _RISKS, {"authority_ids": list(authority_ids)})
    return [AtRisk(risk, ask, Number(count, int(pence))) for risk, ask, count, pence in rows]


def conditions(wanted: Wanted, on: date) -> list[ColumnElement[bool]]:
    """What narrows claims in short to a list; its bound authorities are `authority_ids`."""
    found: list[ColumnElement[bool]] = [_BEHIND]
    if wanted.state is not None:
        found.append(_S.state == wanted.state)
    if wanted.age is not None:
        first, last = wanted.age.between(on)
        found += [_S.since >= first, _S.since <= last]
    if wanted.due is not None:
        first, last = wanted.due.between(on)
        found += [_S.deadline_on >= first, _S.deadline_on <= last]
    if wanted.risk is not None:
        found.append(_S.risk == wanted.risk)
    if wanted.ask is not None:
        found.append(_S.ask == wanted.ask)
    if wanted.scheme is not None:
        found.append(_S.scheme == wanted.scheme)
    return found


def count(db: Db, authority_ids: Collection[UUID], wanted: Wanted, on: date) -> Number:
    """How many claims a list has, and about how much."""
    asked = select(func.count(), func.coalesce(func.sum(_S.amount_pence), 0)).where(*conditions(wanted, on))
    row = columns(db, asked, {"authority_ids": list(authority_ids)}).one()
    return Number(row[0], int(row[1]))


_DETAILS: Select[*tuple[Any, ...]] = (
    select(
        _S.claim_id,
        _S.scheme,
        _S.state,
        _S.since,
        _S.lines,
        _S.amount_pence,
        _S.deadline_on,
        _S.risk,
        _S.ask,
        Claim.reference,
        Claim.shape,
        Claim.scheme_title,
        Claim.claimant_id,
        Claim.claimant_person_id,
        Claim.drafted_at,
    )
    .join(Claim, Claim.id == _S.claim_id)
    .where(_S.claim_id.in_(bindparam("claim_ids", expanding=True)))
)


def listed(
    db: Db, authority_ids: Collection[UUID], wanted: Wanted, on: date, *, offset: int = 0, limit: int = 50
) -> list[Listed]:
    """The claims behind a number: those with a last day first, the soonest before; then the oldest. Four queries.

    Which ones they are is read from an index in its order, and only then what is shown of them.
    """
    asked = (
        select(_S.claim_id)
        .where(*conditions(wanted, on))
        .order_by(_S.deadline_on.asc().nulls_last(), _S.since, _S.claim_id)
        .offset(offset)
        .limit(limit)
    )
    ids = [row[0] for row in columns(db, asked, {"authority_ids": list(authority_ids)})]
    found = {row.claim_id: row for row in columns(db, _DETAILS, {"claim_ids": ids})} if ids else {}
    names = claimants(db, found.values())
    return [
        Listed(
            **{name: getattr(row, name) for name in _SAME},
            id=row.claim_id,
            scheme_title=Words.model_validate(row.scheme_title),
            claimant_name=names[row.claimant_id or row.claimant_person_id],
        )
        for row in (found[id] for id in ids)
    ]


_SAME = (
    "reference",
    "shape",
    "scheme",
    "state",
    "since",
    "lines",
    "amount_pence",
    "deadline_on",
    "risk",
    "ask",
    "drafted_at",
)


def claimants(db: Db, rows: Collection[Any]) -> Mapping[UUID, str]:
    """The names of whoever claims in some rows, by id: an organisation's, or a PA's own."""
    organisations = people.organisations(db, {row.claimant_id for row in rows if row.claimant_id})
    persons = people.persons(db, {row.claimant_person_id for row in rows if row.claimant_person_id})
    return {
        **{id: each.name for id, each in organisations.items()},
        **{id: each.name for id, each in persons.items()},
    }
