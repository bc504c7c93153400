"""The register team's list of PAs: where each stands, what is missing, what comes next, narrowed down and in pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, case, func, or_, select

from lms.core.db import Db, columns
from lms.people.by_name import IDS_NAMED, as_part, name_of
from lms.register.kinds import ListingState
from lms.register.listing.models import Listing
from lms.register.listing.moves import VISIBLE
from lms.register.models import Standing, StandingLack
from lms.register.reasons import Step

LAPSES_WITHIN = timedelta(days=60)
NONE = "none"
"""Of the states of a listing: who has not applied. A draft is the PA's own business and counts as none."""

Kind = frozenset[str]
"""The ways in which a list is narrowed down."""


@dataclass(frozen=True)
class Chosen:
    """How the list is narrowed down; what is empty narrows nothing.

    `listing` is a state of a listing or NONE, `rules` what the rules say, `lacks` the code of a requirement, `step`
    what comes next. `lapses`: only those who are shown and lapse within 60 days if nothing is done.
    """

    name: str = ""
    listing: str = ""
    rules: str = ""
    lacks: str = ""
    step: str = ""
    lapses: bool = False

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "Chosen":
        """From an address or a stored row; what is no such choice is passed over."""
        listing, rules, step = (str(given.get(name) or "") for name in ("listing", "rules", "step"))
        states = {state.value for state in ListingState if state is not ListingState.DRAFT}
        return cls(
            name=str(given.get("name") or "").strip()[:100],
            listing=listing if listing in {*states, NONE} else "",
            rules=rules if rules in states else "",
            lacks=str(given.get("lacks") or "")[:40],
            step=step if step in {each.value for each in Step} else "",
            lapses=str(given.get("lapses") or "") in {"yes", "True"},
        )

    def told(self) -> dict[str, str]:
        """As an address or a stored row carries it; only what narrows something."""
        every = {"name": self.name, "listing": self.listing, "rules": self.rules, "lacks": self.lacks}
        every |= {"step": self.step, "lapses": "yes" if self.lapses else ""}
        return {name: value for name, value in every.items() if value}

    @property
    def kind(self) -> Kind:
        """In which ways it narrows, whatever the values: lists that are narrowed alike are asked by one statement."""
        return frozenset(NONE if name == "listing" and value == NONE else name for name, value in self.told().items())


class ListRow(NamedTuple):
    """One PA of the list. `listing` None: has not applied. `lapses_on` counts only for those who are shown.

    `name` and the codes of what they lack are there on a page of the list; who goes through all of it asks for them.
    """

    person_id: UUID
    listing: ListingState | None
    since: date | None
    state: ListingState
    missing: int
    next_step: Step | None
    next_for: str | None
    holds_until: date | None
    lapses_on: date | None
    name: str | None = None
    lacking: str | None = None

    @property
    def lacks(self) -> list[str]:
        """The codes of what they lack, mandatory and recommended, in order."""
        return sorted(self.lacking.split(",")) if self.lacking else []

    @property
    def shown(self) -> bool:
        """Whether employers see them."""
        return self.listing in VISIBLE


_COLUMNS = (
    Standing.person_id,
    Listing.state,
    Listing.since,
    Standing.state,
    Standing.missing,
    Standing.next_step,
    Standing.next_for,
    Standing.holds_until,
    Standing.lapses_on,
)
_THEIRS = and_(
    Listing.person_id == Standing.person_id,
    Listing.authority_id == Standing.authority_id,
    Listing.state != ListingState.DRAFT,
)
# What somebody lacks at other authorities is left out within the sum: SQLite would go through all of this authority's
# lacks for each PA if it were asked for in the condition.
_LACKING_HERE = case((StandingLack.authority_id == Standing.authority_id, StandingLack.code))
_ON_A_PAGE = (
    *_COLUMNS,
    name_of(Standing.person_id),
    select(func.aggregate_strings(_LACKING_HERE, ","))
    .where(StandingLack.person_id == Standing.person_id)
    .scalar_subquery(),
)
_LACKS = (
    select(StandingLack.person_id, func.aggregate_strings(StandingLack.code, ","))
    .where(
        StandingLack.authority_id == bindparam("authority_id"),
        StandingLack.person_id.in_(bindparam("ids", expanding=True)),
    )
    .group_by(StandingLack.person_id)
)


def page_of(
    db: Db, authority_id: UUID, on: date, chosen: Chosen, *, offset: int, limit: int
) -> tuple[list[ListRow], int]:
    """A part of the list, what changes next first, and how many there are in all. Two queries."""
    values = _values(authority_id, on, chosen)
    total = columns(db, _counted(chosen.kind), values).scalar_one()
    return _rows(db, _page(chosen.kind), {**values, "offset": offset, "limit": limit}), total


def count(db: Db, authority_id: UUID, on: date, chosen: Chosen) -> int:
    """How many there are. One query."""
    return columns(db, _counted(chosen.kind), _values(authority_id, on, chosen)).scalar_one()


def after(db: Db, authority_id: UUID, on: date, chosen: Chosen, *, after_id: UUID | None, limit: int) -> list[ListRow]:
    """The next ones in the order of their ids, for whoever goes through all of them in small steps. One query."""
    wanted = _narrowed(chosen.kind)
    if after_id is not None:
        wanted = wanted.where(Standing.person_id > after_id)
    return _rows(db, wanted.order_by(Standing.person_id).limit(limit), _values(authority_id, on, chosen))


def every(db: Db, authority_id: UUID, on: date, chosen: Chosen, *, at_once: int = 1000) -> Iterator[list[ListRow]]:
    """All of the list, a piece at a time."""
    after_id: UUID | None = None
    while rows := after(db, authority_id, on, chosen, after_id=after_id, limit=at_once):
        yield rows
        after_id = rows[-1].person_id


def lapsing(db: Db, authority_id: UUID, on: date, *, limit: int) -> tuple[list[tuple[UUID, date]], int]:
    """Who is shown and lapses within 60 days if nothing is done, and when, the soonest first; and how many. One query.

    `limit` is 1 or more.
    """
    values = {**_values(authority_id, on, _LAPSING), "limit": limit}
    rows = columns(db, _LAPSE_SOON, values).all()
    return [(row[0], row[1]) for row in rows if row[1]], rows[0][2] if rows else 0


def lacks_of(db: Db, authority_id: UUID, ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """The codes of what each of these PAs lacks, mandatory and recommended, in order. One query."""
    rows = columns(db, _LACKS, {"authority_id": authority_id, "ids": ids})
    return {person_id: sorted(codes.split(",")) for person_id, codes in rows}


def _rows(db: Db, wanted: Select[*tuple[Any, ...]], values: Mapping[str, object]) -> list[ListRow]:
    return [ListRow(*row) for row in columns(db, wanted, values)]


def _values(authority_id: UUID, on: date, chosen: Chosen) -> dict[str, object]:
    """What the statements of this room ask with, whichever way the list is narrowed down."""
    return {
        "authority_id": authority_id,
        "on": on,
        "soon": on + LAPSES_WITHIN,
        "listing": ListingState(chosen.listing) if chosen.listing not in ("", NONE) else None,
        "rules": ListingState(chosen.rules) if chosen.rules else None,
        "step": Step(chosen.step) if chosen.step else None,
        "lacks": chosen.lacks,
        "name": as_part(chosen.name),
    }


@lru_cache(maxsize=128)
def _page(kind: Kind) -> Select[*tuple[Any, ...]]:
    order = (Standing.holds_until.is_(None), Standing.holds_until, Standing.missing, Standing.person_id)
    # Only the rows of this page are joined with their listings: joining all of them first costs most of the page.
    these = _picked(kind, select(Standing.id)).where(*_where(kind)).order_by(*order)
    these = these.offset(bindparam("offset", type_=Integer)).limit(bindparam("limit", type_=Integer))
    wanted = select(*_ON_A_PAGE).outerjoin(Listing, _THEIRS).where(Standing.id.in_(these.scalar_subquery()))
    return wanted.order_by(*order)


@lru_cache(maxsize=128)
def _narrowed(kind: Kind) -> Select[*tuple[Any, ...]]:
    return select(*_COLUMNS).outerjoin(Listing, _THEIRS).where(*_where(kind))


@lru_cache(maxsize=128)
def _counted(kind: Kind) -> Select[int]:
    return _picked(kind, select(func.count()).select_from(Standing)).where(*_where(kind))


def _picked(kind: Kind, wanted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return wanted.outerjoin(Listing, _THEIRS) if kind & {"listing", NONE, "lapses"} else wanted


def _where(kind: Kind) -> Iterator[ColumnElement[bool]]:
    yield Standing.authority_id == bindparam("authority_id")
    yield or_(Standing.ended_on.is_(None), Standing.ended_on >= bindparam("on"))
    if "name" in kind:
        yield Standing.person_id.in_(IDS_NAMED)
    if NONE in kind:
        yield Listing.id.is_(None)
    if "listing" in kind:
        yield Listing.state == bindparam("listing")
    if "rules" in kind:
        yield Standing.state == bindparam("rules")
    if "step" in kind:
        yield Standing.next_step == bindparam("step")
    if "lacks" in kind:
        yield (
            select(StandingLack.code)
            .where(
                StandingLack.authority_id == bindparam("authority_id"),
                StandingLack.code == bindparam("lacks"),
                StandingLack.person_id == Standing.person_id,
            )
            .exists()
        )
    if "lapses" in kind:
        yield Standing.lapses_on.between(bindparam("on"), bindparam("soon"))
        yield Listing.state.in_(VISIBLE)


_LAPSING = Chosen(lapses=True)
_LAPSE_SOON = (
    _narrowed(_LAPSING.kind)
    .with_only_columns(Standing.person_id, Standing.lapses_on, func.count().over())
    .order_by(Standing.lapses_on, Standing.person_id)
    .limit(bindparam("limit", type_=Integer))
)
