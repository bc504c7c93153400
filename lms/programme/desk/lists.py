"""The desk's numbers and the lists behind them: one way to say which enrolments are meant, used by both."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select

from lms.core.db import Db, columns
from lms.people.areas.queries import HELD, IDS_IN_AREA, IDS_WITH_AREA, area_of
from lms.people.by_name import IDS_NAMED, as_part, name_of
from lms.programme.desk.models import DeskStanding
from lms.programme.desk.rules import Limits, State, Who, Why


class Which(StrEnum):
    """The lists there are."""

    WORKING = "working"
    COMPLETED = "completed"
    ASSESSMENT = "assessment"
    OVERDUE = "overdue"
    STUCK = "stuck"
    UNDER_WAY = "under_way"


@dataclass(frozen=True)
class Wanted:
    """Which enrolments a list is about; what is empty narrows nothing.

    `on` asks where people stood on a day that is gone, and counts for those working towards it and those who
    completed. `longer`: waits for at least so many days. `name` is part of a name. `area` is the area's id, or NO_AREA.
    """

    which: Which = Which.WORKING
    on: date | None = None
    waits_for: Who | None = None
    longer: int | None = None
    course: str = ""
    name: str = ""
    area: UUID | str = ""

    @classmethod
    def read(cls, given: Mapping[str, Any], today: date) -> "Wanted":
        """From an address or a saved view; what is no such choice is passed over, and a day to come is today."""
        which = _one(Which, given.get("which")) or Which.WORKING
        on = _day(given.get("on")) if which in AT_A_DAY else None
        longer = str(given.get("longer") or "")
        return cls(
            which=which,
            on=on if on and on < today else None,
            waits_for=_one(Who, given.get("waits_for")) if which in WAITING else None,
            longer=int(longer)
            if which in WAITING and longer.isascii() and longer.isdigit() and len(longer) < 5
            else None,
            course=str(given.get("course") or "")[:40],
            name=str(given.get("name") or "").strip()[:100],
            area=area_asked(given.get("area")),
        )

    def told(self) -> dict[str, str]:
        """As an address or a saved view carries it; only what narrows something."""
        every = {
            "which": self.which.value,
            "on": self.on.isoformat() if self.on else "",
            "waits_for": self.waits_for.value if self.waits_for else "",
            "longer": str(self.longer or ""),
            "course": self.course,
            "name": self.name,
            "area": str(self.area),
        }
        return {name: value for name, value in every.items() if value}


AT_A_DAY = frozenset({Which.WORKING, Which.COMPLETED})
WAITING = frozenset({Which.STUCK, Which.UNDER_WAY})


NO_AREA = "none"
"""In place of an area's id: those who have none."""


def area_asked(given: Any) -> UUID | str:
    """An area's id, NO_AREA, or "" for all of them, from an address."""
    if given == NO_AREA:
        return NO_AREA
    try:
        return UUID(str(given or ""))
    except ValueError:
        return ""


def _one(kind: Any, given: Any) -> Any:
    return kind(given) if given in set(kind) else None


def _day(given: Any) -> date | None:
    try:
        return date.fromisoformat(str(given or ""))
    except ValueError:
        return None


class Line(NamedTuple):
    """One enrolment of a list. Whatever the list, `since` is the day of what it waits for now."""

    enrolment_id: UUID
    learner_id: UUID
    name: str
    course: str
    state: State
    started_on: date
    completed_on: date | None
    waits_for: Who | None
    why: Why | None
    since: date | None
    assess_on: date | None
    sign_off_on: date | None
    area_id: UUID | None

    def days(self, on: date) -> int | None:
        """Whole days since it began to wait."""
        return None if self.since is None else max((on - self.since).days, 0)


@dataclass(frozen=True)
class Glance:
    """The programme at a glance."""

    working: int = 0
    completed: int = 0
    assessment: int = 0
    overdue: int = 0
    stuck: int = 0
    waits: Mapping[Who, int] | None = None


_S = DeskStanding
_HERE = _S.authority_id == bindparam("authority_id")


def glance(db: Db, authority_id: UUID, limits: Limits, on: date, *, area: UUID | str = "") -> Glance:
    """Every number of the desk that comes from standings, of everybody or of one area. One query."""
    values = {"authority_id": authority_id, **_limits(limits, on), **_area_values(area)}
    return _summed(columns(db, _GLANCE.where(*_area(area)), values).all())


def by_area(db: Db, authority_id: UUID, limits: Limits, on: date) -> dict[UUID | None, Glance]:
    """The same for every area that has somebody; None: those without one. One query."""
    found: dict[UUID | None, list[Any]] = {}
    for row in columns(db, _BY_AREA, {"authority_id": authority_id, **_limits(limits, on)}):
        found.setdefault(row.area_id, []).append(row)
    return {area: _summed(rows) for area, rows in found.items()}


def _summed(rows: Sequence[Any]) -> Glance:
    waits: dict[Who, int] = {}
    state: dict[State, int] = {}
    assessment = overdue = stuck = 0
    for row in rows:
        state[row.state] = state.get(row.state, 0) + row.many
        assessment, overdue, stuck = assessment + int(row.assess), overdue + int(row.overdue), stuck + int(row.stuck)
        if row.waits_for is not None and row.stuck:
            waits[row.waits_for] = waits.get(row.waits_for, 0) + int(row.stuck)
    working, completed = state.get(State.WORKING, 0), state.get(State.COMPLETED, 0)
    return Glance(working, completed, assessment, overdue, stuck, {who: waits[who] for who in Who if who in waits})


def _limits(limits: Limits, on: date) -> dict[str, date]:
    return {f"before_{who.value}": limits.stuck_since(who, on) for who in Who}


_STUCK: ColumnElement[bool] = or_(
    *(and_(_S.waits_for == who, _S.since <= bindparam(f"before_{who.value}")) for who in Who)
)
_OVERDUE: ColumnElement[bool] = _S.sign_off_on <= bindparam(f"before_{Who.ASSESSOR.value}")


def _many(condition: ColumnElement[bool]) -> Any:
    return func.sum(case((condition, 1), else_=0))


_GLANCE = (
    select(
        _S.state,
        _S.waits_for,
        func.count().label("many"),
        _many(_S.assess_on.is_not(None)).label("assess"),
        _many(_OVERDUE).label("overdue"),
        _many(_STUCK).label("stuck"),
    )
    .where(_HERE)
    .group_by(_S.state, _S.waits_for)
)
_AREA = area_of(_S.learner_id, _S.authority_id)
_BY_AREA = (
    _GLANCE.add_columns(HELD.c.area_id)
    .outerjoin(HELD, and_(HELD.c.person_id == _S.learner_id, HELD.c.authority_id == _S.authority_id))
    .group_by(HELD.c.area_id)
)


def _area(area: UUID | str) -> list[ColumnElement[bool]]:
    if area == NO_AREA:
        return [_S.learner_id.not_in(IDS_WITH_AREA)]
    return [_S.learner_id.in_(IDS_IN_AREA)] if area else []


def _area_values(area: UUID | str) -> dict[str, UUID]:
    return {"area_id": area} if isinstance(area, UUID) else {}


def page_of(
    db: Db, authority_id: UUID, wanted: Wanted, limits: Limits, on: date, *, offset: int = 0, limit: int
) -> tuple[list[Line], int]:
    """Some lines of a list, those who wait longest first, and how many there are. Two queries."""
    values = _values(authority_id, wanted, limits, on)
    total = columns(db, select(func.count()).select_from(_S).where(*_conditions(wanted)), values).scalar_one()
    asked = LINES.where(*_conditions(wanted)).order_by(*_order(wanted)).offset(offset).limit(limit)
    return [Line(*row) for row in columns(db, asked, values)], total


def ids_of(db: Db, authority_id: UUID, wanted: Wanted, limits: Limits, on: date) -> Sequence[Any]:
    """Enrolment and learner of every line of a list, in its order. One query."""
    asked = select(_S.enrolment_id, _S.learner_id).where(*_conditions(wanted)).order_by(*_order(wanted))
    return columns(db, asked, _values(authority_id, wanted, limits, on)).all()


def one(db: Db, authority_id: UUID, enrolment_id: UUID) -> Line | None:
    """One enrolment of an authority."""
    row = columns(db, LINES.where(_HERE, _S.enrolment_id == enrolment_id), {"authority_id": authority_id}).one_or_none()
    return Line(*row) if row is not None else None


def of_person(db: Db, authority_id: UUID, learner_id: UUID) -> list[Line]:
    """Every enrolment of a person behind an authority's wall, the latest first."""
    asked = LINES.where(_HERE, _S.learner_id == learner_id).order_by(_S.started_on.desc(), _S.enrolment_id)
    return [Line(*row) for row in columns(db, asked, {"authority_id": authority_id})]


def of_people(db: Db, authority_id: UUID, learner_ids: Collection[UUID]) -> list[Line]:
    """Every enrolment of these people behind an authority's wall, those who wait longest first. One query."""
    asked = LINES.where(_HERE, _S.learner_id.in_(bindparam("ids", expanding=True))).order_by(_S.since, _S.enrolment_id)
    values = {"authority_id": authority_id, "ids": list(learner_ids)}
    return [Line(*row) for row in columns(db, asked, values)] if learner_ids else []


def courses_in(db: Db, authority_id: UUID) -> list[str]:
    """The courses an authority has enrolments on, for the filter."""
    asked = select(_S.course).where(_HERE).distinct().order_by(_S.course)
    return [row[0] for row in columns(db, asked, {"authority_id": authority_id})]


LINES: Select[*tuple[Any, ...]] = select(
    _S.enrolment_id,
    _S.learner_id,
    name_of(_S.learner_id).label("name"),
    _S.course,
    _S.state,
    _S.started_on,
    _S.completed_on,
    _S.waits_for,
    _S.why,
    _S.since,
    _S.assess_on,
    _S.sign_off_on,
    _AREA.label("area_id"),
)


def _values(authority_id: UUID, wanted: Wanted, limits: Limits, on: date) -> dict[str, object]:
    values: dict[str, object] = {"authority_id": authority_id}
    if wanted.which in {Which.STUCK, Which.OVERDUE}:
        values |= _limits(limits, on)
    if wanted.longer is not None:
        values["longest"] = _days_before(on, wanted.longer)
    if wanted.name:
        values["name"] = as_part(wanted.name)
    return values | _area_values(wanted.area)


def _days_before(on: date, days: int) -> date:
    """The day so many days before another."""
    return date.fromordinal(max(on.toordinal() - days, 1))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [_HERE, *_which(wanted)]
    if wanted.waits_for is not None:
        found.append(_S.waits_for == wanted.waits_for)
    if wanted.longer is not None:
        found.append(_S.since <= bindparam("longest"))
    if wanted.course:
        found.append(_S.course == wanted.course)
    if wanted.name:
        found.append(_S.learner_id.in_(IDS_NAMED))
    return found + _area(wanted.area)


def _which(wanted: Wanted) -> list[ColumnElement[bool]]:
    if wanted.on is None:
        return [_ARE[wanted.which]]
    if wanted.which is Which.COMPLETED:
        return [_S.completed_on <= wanted.on]
    return [_S.started_on <= wanted.on, _after(_S.completed_on, wanted.on), _after(_S.left_on, wanted.on)]


_ARE: Mapping[Which, ColumnElement[bool]] = {
    Which.WORKING: _S.state == State.WORKING,
    Which.COMPLETED: _S.state == State.COMPLETED,
    Which.ASSESSMENT: _S.assess_on.is_not(None),
    Which.OVERDUE: _OVERDUE,
    Which.STUCK: _STUCK,
    Which.UNDER_WAY: _S.waits_for.is_not(None),
}


def _after(day: Any, on: date) -> ColumnElement[bool]:
    return or_(day.is_(None), day > on)


def _order(wanted: Wanted) -> Sequence[Any]:
    first: Any = {
        Which.COMPLETED: _S.completed_on.desc(),
        Which.ASSESSMENT: _S.assess_on,
        Which.OVERDUE: _S.sign_off_on,
    }.get(wanted.which, _S.since)
    return first, _S.enrolment_id


def counted_by_month(db: Db, authority_id: UUID, months: Sequence[tuple[date, date]]) -> list[tuple[int, int]]:
    """How many began and how many completed in each month, given by its first and last day in order. Two queries."""
    span = {"authority_id": authority_id, "first": months[0][0], "last": months[-1][1]}
    began = dict(columns(db, _BEGAN, span).all())
    completed = dict(columns(db, _COMPLETED, span).all())

    def within(found: Mapping[Any, int], first: date, last: date) -> int:
        return sum(many for day, many in found.items() if first <= day <= last)

    return [(within(began, *month), within(completed, *month)) for month in months]


def _by_day(day: Any) -> Select[*tuple[Any, ...]]:
    return select(day, func.count()).where(_HERE, day.between(bindparam("first"), bindparam("last"))).group_by(day)


_BEGAN, _COMPLETED = _by_day(_S.started_on), _by_day(_S.completed_on)
