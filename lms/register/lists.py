"""The register team's list of PAs: where each stands, what is missing, what comes next, narrowed down and in pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select

from lms.core.db import Db, columns
from lms.people.by_name import ids_named
from lms.register.kinds import ListingState
from lms.register.listing.models import Listing
from lms.register.listing.moves import VISIBLE
from lms.register.models import Standing, StandingLack
from lms.register.reasons import Step

LAPSES_WITHIN = timedelta(days=60)
NONE = "none"
"""Of the states of a listing: who has not applied. A draft is the PA's own business and counts as none."""


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


@dataclass(frozen=True)
class ListRow:
    """One PA of the list. `listing` None: has not applied. `lapses_on` counts only for those who are shown."""

    person_id: UUID
    listing: ListingState | None
    since: date | None
    state: ListingState
    missing: int
    next_step: Step | None
    next_for: str | None
    holds_until: date | None
    lapses_on: date | None

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
_LACKS = select(StandingLack.person_id, StandingLack.code).where(
    StandingLack.authority_id == bindparam("authority_id"),
    StandingLack.person_id.in_(bindparam("ids", expanding=True)),
)


def page_of(
    db: Db, authority_id: UUID, on: date, chosen: Chosen, *, offset: int, limit: int
) -> tuple[list[ListRow], int]:
    """A part of the list, what changes next first, and how many there are in all. Two queries."""
    total = columns(db, _counted(authority_id, on, chosen), {}).scalar_one()
    order = (Standing.holds_until.is_(None), Standing.holds_until, Standing.missing, Standing.person_id)
    # Only the rows of this page are joined with their listings: joining all of them first costs most of the page.
    these = _picked(chosen, select(Standing.id)).where(*_where(authority_id, on, chosen))
    these = these.order_by(*order).offset(offset).limit(limit)
    wanted = select(*_COLUMNS).outerjoin(Listing, _THEIRS).where(Standing.id.in_(these.scalar_subquery()))
    return _rows(db, wanted.order_by(*order)), total


def _picked(chosen: Chosen, wanted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return wanted.outerjoin(Listing, _THEIRS) if chosen.listing or chosen.lapses else wanted


def count(db: Db, authority_id: UUID, on: date, chosen: Chosen) -> int:
    """How many there are. One query."""
    return columns(db, _counted(authority_id, on, chosen), {}).scalar_one()


def after(db: Db, authority_id: UUID, on: date, chosen: Chosen, *, after_id: UUID | None, limit: int) -> list[ListRow]:
    """The next ones in the order of their ids, for whoever goes through all of them in small steps. One query."""
    wanted = _narrowed(authority_id, on, chosen)
    if after_id is not None:
        wanted = wanted.where(Standing.person_id > after_id)
    return _rows(db, wanted.order_by(Standing.person_id).limit(limit))


def every(db: Db, authority_id: UUID, on: date, chosen: Chosen, *, at_once: int = 1000) -> Iterator[list[ListRow]]:
    """All of the list, a piece at a time."""
    after_id: UUID | None = None
    while rows := after(db, authority_id, on, chosen, after_id=after_id, limit=at_once):
        yield rows
        after_id = rows[-1].person_id


def lapsing(db: Db, authority_id: UUID, on: date, *, limit: int) -> tuple[list[ListRow], int]:
    """Who is shown and lapses within 60 days if nothing is done, the soonest first, and how many. Two queries."""
    chosen = Chosen(lapses=True)
    wanted = _narrowed(authority_id, on, chosen).order_by(Standing.lapses_on, Standing.person_id)
    total = columns(db, _counted(authority_id, on, chosen), {}).scalar_one()
    return (_rows(db, wanted.limit(limit)) if total else []), total


def lacks_of(db: Db, authority_id: UUID, ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """The codes of what each of these PAs lacks, mandatory and recommended, in order. One query."""
    found: dict[UUID, list[str]] = {}
    for person_id, code in columns(db, _LACKS.order_by(StandingLack.code), {"authority_id": authority_id, "ids": ids}):
        found.setdefault(person_id, []).append(code)
    return found


def _rows(db: Db, wanted: Select[*tuple[Any, ...]]) -> list[ListRow]:
    return [ListRow(*row) for row in columns(db, wanted, {})]


def _narrowed(authority_id: UUID, on: date, chosen: Chosen) -> Select[*tuple[Any, ...]]:
    return select(*_COLUMNS).outerjoin(Listing, _THEIRS).where(*_where(authority_id, on, chosen))


def _counted(authority_id: UUID, on: date, chosen: Chosen) -> Select[int]:
    wanted = _picked(chosen, select(func.count()).select_from(Standing))
    return wanted.where(*_where(authority_id, on, chosen))


def _where(authority_id: UUID, on: date, chosen: Chosen) -> Iterator[ColumnElement[bool]]:
    yield Standing.authority_id == authority_id
    yield or_(Standing.ended_on.is_(None), Standing.ended_on >= on)
    if chosen.name:
        yield Standing.person_id.in_(ids_named(chosen.name))
    if chosen.listing == NONE:
        yield Listing.id.is_(None)
    elif chosen.listing:
        yield Listing.state == ListingState(chosen.listing)
    if chosen.rules:
        yield Standing.state == ListingState(chosen.rules)
    if chosen.step:
        yield Standing.next_step == Step(chosen.step)
    if chosen.lacks:
        yield (
            select(StandingLack.code)
            .where(
                StandingLack.authority_id == authority_id,
                StandingLack.code == chosen.lacks,
                StandingLack.person_id == Standing.person_id,
            )
            .exists()
        )
    if chosen.lapses:
        yield Standing.lapses_on.between(on, on + LAPSES_WITHIN)
        yield Listing.state.in_(VISIBLE)
