"""Read events: of an authority, of somebody who may come, and who has a place."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, case, func, or_, select

from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.people import queries as people
from lms.programme.gatherings import rules
from lms.programme.gatherings.knowing import known_of, open_words
from lms.programme.gatherings.models import Gathering, GatheringAttendance, GatheringPlace
from lms.programme.gatherings.rules import Knows
from lms.programme.gatherings.words import HERE, Came, How, Kind, Standing, Where

MOST = 300
KEPT = timedelta(days=90)
"""How long an event that is over stays in somebody's calendar."""


@dataclass(frozen=True)
class GatheringView:
    """An event. `taken` and `waiting` count people."""

    id: UUID
    authority_id: UUID
    kind: Kind
    title: str
    about: str
    led_by: str
    starts_at: datetime
    ends_at: datetime
    where: Where
    place: str
    link: str
    employer_id: UUID | None
    access: tuple[str, ...]
    access_notes: str
    capacity: int | None
    paid: bool
    paid_by: str
    open_to: tuple[str, ...]
    group_id: UUID | None
    course: str | None
    walk_ins: bool
    remind: tuple[int, ...]
    number: int
    changed_at: datetime
    cancelled_at: datetime | None
    cancelled_why: str
    taken: int
    waiting: int

    @property
    def free(self) -> int | None:
        """How many places are free; None: as many as come."""
        return rules.free(self.capacity, self.taken)

    @property
    def over(self) -> int:
        """How many more have a place than the room holds now."""
        return max(self.taken - self.capacity, 0) if self.capacity is not None else 0

    @property
    def other_hours(self) -> bool:
        """Whether some of it is in the evening, early or at a weekend."""
        return rules.other_hours(self.starts_at, self.ends_at)


@dataclass(frozen=True)
class PlaceView:
    """Somebody with a place, or who waits for one. `came` None: nobody noted anything yet."""

    id: UUID
    person_id: UUID
    name: str
    needs: str
    at: datetime
    standing: Standing
    came: Came | None
    reason: str
    how: How | None
    noted_at: datetime | None


def _counted(*, placed: bool) -> Any:
    has = GatheringPlace.placed_at.is_not(None) if placed else GatheringPlace.placed_at.is_(None)
    mine = (GatheringPlace.gathering_id == Gathering.id, GatheringPlace.ended_at.is_(None), has)
    return select(func.count()).where(*mine).correlate(Gathering).scalar_subquery()


_FIELDS = [name for name in GatheringView.__dataclass_fields__ if name not in {"taken", "waiting"}]
_GATHERINGS = select(
    *(getattr(Gathering, name) for name in _FIELDS),
    _counted(placed=True).label("taken"),
    _counted(placed=False).label("waiting"),
)
_HERE = Gathering.authority_id == bindparam("authority_id")
_COMING, _PAST = Gathering.ends_at > bindparam("now"), Gathering.ends_at <= bindparam("now")
_ONE = _GATHERINGS.where(Gathering.id == bindparam("gathering_id"))


def _view(row: Any) -> GatheringView:
    values = row._asdict()
    for name in ("access", "open_to", "remind"):
        values[name] = tuple(values[name])
    return GatheringView(**values)


def gathering(db: Db, gathering_id: UUID, authorities: Collection[UUID]) -> GatheringView:
    """One event of one of these authorities. Raises NotFound for any other, as for one that is not there."""
    row = columns(db, _ONE, {"gathering_id": gathering_id}).one_or_none()
    if row is None or row.authority_id not in authorities:
        raise NotFound("event")
    return _view(row)


def gatherings_in(
    db: Db, authority_id: UUID, now: datetime, *, past: bool, offset: int, limit: int
) -> tuple[list[GatheringView], int]:
    """Events of an authority: those to come, the next first, or those that are over, the latest first. Two queries."""
    values = {"authority_id": authority_id, "now": now}
    when = (_HERE, _PAST if past else _COMING)
    order = Gathering.starts_at.desc() if past else Gathering.starts_at
    asked = _GATHERINGS.where(*when).order_by(order, Gathering.id).offset(offset).limit(limit)
    total = columns(db, select(func.count()).select_from(Gathering).where(*when), values).scalar_one()
    return [_view(row) for row in columns(db, asked, values)], total


def places(db: Db, gathering_id: UUID, *, offset: int = 0, limit: int | None = None) -> tuple[list[PlaceView], int]:
    """Who has a place, in the order in which they asked, then who waits; and how many. Four queries."""
    mine = (GatheringPlace.gathering_id == gathering_id, GatheringPlace.ended_at.is_(None))
    total = db.scalar(select(func.count()).where(*mine)) or 0
    waits = case((GatheringPlace.placed_at.is_(None), 1), else_=0)
    wanted = select(GatheringPlace).where(*mine).order_by(waits, GatheringPlace.number)
    rows = db.scalars(wanted.offset(offset).limit(limit)).all()
    names = people.persons(db, {row.person_id for row in rows})
    of = GatheringAttendance.gathering_id == gathering_id
    last = select(func.max(GatheringAttendance.number)).where(of).group_by(GatheringAttendance.person_id)
    noted = {
        row.person_id: row
        for row in db.scalars(select(GatheringAttendance).where(GatheringAttendance.number.in_(last)))
    }
    return [_place(row, names[row.person_id].name, noted.get(row.person_id)) for row in rows], total


def _place(row: GatheringPlace, name: str, noted: GatheringAttendance | None) -> PlaceView:
    return PlaceView(
        row.id,
        row.person_id,
        name,
        row.needs,
        row.at,
        Standing.PLACE if row.placed_at else Standing.WAITING,
        noted.came if noted else None,
        noted.reason if noted else "",
        noted.how if noted else None,
        noted.at if noted else None,
    )


@dataclass(frozen=True)
class Mine:
    """An event as somebody who may come sees it. `before` counts who waits in front of them."""

    event: GatheringView
    standing: Standing | None
    needs: str = ""
    before: int = 0
    came: Came | None = None


def for_person(db: Db, person_id: UUID, now: datetime) -> list[Mine]:
    """The events to come that are open to somebody, or at which they have a place; the next first. A few queries."""
    mine = _open_places(db, person_id)
    known = known_of(db, person_id, _day(now))
    values = {"now": now, "authorities": list(known), "ids": list(mine)}
    found = [_view(row) for row in columns(db, _FOR_PERSON, values)]
    return [
        _mine(each, mine.get(each.id))
        for each in found
        if each.id in mine or (each.cancelled_at is None and _may(each, known.get(each.authority_id, Knows())))
    ]


_FOR_PERSON = (
    _GATHERINGS.where(
        _COMING,
        or_(
            Gathering.authority_id.in_(bindparam("authorities", expanding=True)),
            Gathering.id.in_(bindparam("ids", expanding=True)),
        ),
    )
    .order_by(Gathering.starts_at, Gathering.id)
    .limit(MOST)
)


def one_for(db: Db, gathering_id: UUID, person_id: UUID, now: datetime) -> Mine:
    """One event as somebody sees it: one they have or had a part in, or that is open to them. Raises NotFound."""
    row = columns(db, _ONE, {"gathering_id": gathering_id}).one_or_none()
    if row is None:
        raise NotFound("event")
    found, mine = _view(row), _open_places(db, person_id).get(gathering_id)
    known = known_of(db, person_id, _day(now)).get(found.authority_id, Knows())
    noted = _came(db, gathering_id, person_id)
    if not known.anybody or (mine is None and noted is None and not _may(found, known)):
        raise NotFound("event")
    before = _before(db, gathering_id, mine) if mine is not None and mine.placed_at is None else 0
    return _mine(found, mine, before=before, came=noted)


def _may(event: GatheringView, known: Knows) -> bool:
    return rules.may_join(open_words(event.open_to), known, group=event.group_id, course=event.course)


def _mine(event: GatheringView, place: GatheringPlace | None, *, before: int = 0, came: Came | None = None) -> Mine:
    if place is None:
        return Mine(event, None, came=came)
    standing = Standing.PLACE if place.placed_at else Standing.WAITING
    return Mine(event, standing, place.needs, before, came)


def _open_places(db: Db, person_id: UUID) -> dict[UUID, GatheringPlace]:
    wanted = select(GatheringPlace).where(GatheringPlace.person_id == person_id, GatheringPlace.ended_at.is_(None))
    return {row.gathering_id: row for row in db.scalars(wanted)}


def _before(db: Db, gathering_id: UUID, mine: GatheringPlace) -> int:
    waits = (GatheringPlace.ended_at.is_(None), GatheringPlace.placed_at.is_(None))
    ahead = (GatheringPlace.gathering_id == gathering_id, GatheringPlace.number < mine.number)
    return db.scalar(select(func.count()).where(*ahead, *waits)) or 0


def _came(db: Db, gathering_id: UUID, person_id: UUID) -> Came | None:
    mine = (GatheringAttendance.gathering_id == gathering_id, GatheringAttendance.person_id == person_id)
    wanted = select(GatheringAttendance.came).where(*mine)
    return db.scalar(wanted.order_by(GatheringAttendance.number.desc()).limit(1))


def in_calendar(db: Db, person_id: UUID, now: datetime) -> list[Mine]:
    """What stands in somebody's calendar: events they have a place at or wait for, also of the last 90 days. A few
    queries; nothing of an authority they do not belong to any more."""
    mine, known = _open_places(db, person_id), known_of(db, person_id, _day(now))
    values = {"authorities": list(known), "ids": list(mine), "after": now - KEPT}
    return [_mine(_view(row), mine[row.id]) for row in columns(db, _IN_CALENDAR, values)] if mine and known else []


_IN_CALENDAR = (
    _GATHERINGS.where(
        Gathering.id.in_(bindparam("ids", expanding=True)),
        Gathering.authority_id.in_(bindparam("authorities", expanding=True)),
        Gathering.ends_at > bindparam("after"),
    )
    .order_by(Gathering.starts_at, Gathering.id)
    .limit(MOST)
)


def next_of(db: Db, person_id: UUID, now: datetime) -> tuple[UUID, str, datetime] | None:
    """The next event somebody has a place at: its id, title and beginning. One query."""
    row = columns(db, _NEXT_OF, {"person_id": person_id, "now": now}).first()
    return (row[0], row[1], row[2]) if row is not None else None


_NEXT_OF = (
    select(Gathering.id, Gathering.title, Gathering.starts_at)
    .join(GatheringPlace, GatheringPlace.gathering_id == Gathering.id)
    .where(
        GatheringPlace.person_id == bindparam("person_id"),
        GatheringPlace.ended_at.is_(None),
        GatheringPlace.placed_at.is_not(None),
        Gathering.ends_at > bindparam("now"),
        Gathering.cancelled_at.is_(None),
    )
    .order_by(Gathering.starts_at, Gathering.id)
    .limit(1)
)


def told_of(db: Db, gathering_id: UUID) -> GatheringView:
    """One event, for a message to somebody who has to hear of it. Raises NotFound."""
    row = columns(db, _ONE, {"gathering_id": gathering_id}).one_or_none()
    if row is None:
        raise NotFound("event")
    return _view(row)


def here_counts(found: Collection[PlaceView]) -> int:
    """How many of these were there."""
    return sum(each.came in HERE for each in found)


def _day(now: datetime) -> date:
    return london_day(now)
