"""Read standardisation meetings: of an authority, of somebody who was asked, and what somebody attended."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from lms.assessment.content import Frameworks, Placed
from lms.assessment.quality.models import Meeting, MeetingAgreed, MeetingAsked, MeetingAttended
from lms.assessment.standing import assessors_for
from lms.core.db import Db
from lms.core.shelves import shelf
from lms.core.words import NotFound
from lms.people import queries as people
from lms.people.queries import PersonView
from lms.people.rules import Role

MOST = 100


@dataclass(frozen=True)
class MeetingView:
    """A meeting with who was asked and who came, by name. `agreed`: what stands, None until it is written down."""

    id: UUID
    authority_id: UUID
    on: date
    at_time: str
    place: str
    link: str
    units: tuple[Placed, ...]
    asked_by_name: str
    asked: tuple[PersonView, ...]
    came: frozenset[UUID]
    agreed: str | None
    agreed_by_name: str
    agreed_at: datetime | None


@dataclass(frozen=True)
class MeetingLine:
    """A meeting in a list."""

    id: UUID
    on: date
    at_time: str
    place: str
    link: str
    units: int
    asked: int
    came: int


@dataclass(frozen=True)
class Attended:
    """A meeting somebody was at: a basis of their competence. `units` are "framework:unit"."""

    meeting_id: UUID
    authority_id: UUID
    on: date
    units: tuple[str, ...]


def meetings_in(db: Db, authority_id: UUID, *, offset: int, limit: int) -> tuple[list[MeetingLine], int]:
    """An authority's meetings, the latest first, and how many. Two queries."""
    here = Meeting.authority_id == authority_id
    total = db.scalar(select(func.count()).select_from(Meeting).where(here)) or 0
    asked = select(func.count()).where(MeetingAsked.meeting_id == Meeting.id).scalar_subquery()
    came = select(func.count()).where(MeetingAttended.meeting_id == Meeting.id).scalar_subquery()
    wanted = select(Meeting, asked, came).where(here).order_by(Meeting.on_day.desc(), Meeting.id)
    found = [_line(row, a, c) for row, a, c in db.execute(wanted.offset(offset).limit(limit))]
    return found, total


def _line(row: Meeting, asked: int, came: int) -> MeetingLine:
    return MeetingLine(row.id, row.on_day, row.at_time, row.place, row.link, len(row.units), asked, came)


def meeting(db: Db, meeting_id: UUID, authority_id: UUID) -> MeetingView:
    """One meeting of an authority. Five queries. Raises NotFound."""
    row = db.get(Meeting, meeting_id)
    if row is None or row.authority_id != authority_id:
        raise NotFound("meeting")
    return _view(db, row)


def meeting_for(db: Db, meeting_id: UUID, person_id: UUID) -> MeetingView:
    """A meeting somebody was asked to. Raises NotFound for everybody else."""
    row = db.get(Meeting, meeting_id)
    if row is None or db.get(MeetingAsked, (meeting_id, person_id)) is None:
        raise NotFound("meeting")
    return _view(db, row)


def _view(db: Db, row: Meeting) -> MeetingView:
    asked = set(db.scalars(select(MeetingAsked.person_id).where(MeetingAsked.meeting_id == row.id)))
    came = frozenset(db.scalars(select(MeetingAttended.person_id).where(MeetingAttended.meeting_id == row.id)))
    newest = select(MeetingAgreed).where(MeetingAgreed.meeting_id == row.id).order_by(MeetingAgreed.at.desc()).limit(1)
    agreed = db.scalars(newest).one_or_none()
    names = people.persons(db, asked | {row.asked_by} | ({agreed.by} if agreed else set()))
    return MeetingView(
        id=row.id,
        authority_id=row.authority_id,
        on=row.on_day,
        at_time=row.at_time,
        place=row.place,
        link=row.link,
        units=tuple(placed for each in row.units if (placed := _placed(db, each))),
        asked_by_name=names[row.asked_by].name,
        asked=tuple(sorted((names[id] for id in asked if id in names), key=lambda each: (each.name, each.id))),
        came=came,
        agreed=agreed.text if agreed else None,
        agreed_by_name=names[agreed.by].name if agreed else "",
        agreed_at=agreed.at if agreed else None,
    )


def asked_of(db: Db, person_id: UUID) -> list[MeetingLine]:
    """The meetings somebody was asked to, the latest first; `came` 1 when they were there. One query."""
    came = (
        select(func.count())
        .where(MeetingAttended.meeting_id == Meeting.id, MeetingAttended.person_id == person_id)
        .scalar_subquery()
    )
    rows = db.execute(
        select(Meeting, came)
        .join(MeetingAsked, MeetingAsked.meeting_id == Meeting.id)
        .where(MeetingAsked.person_id == person_id)
        .order_by(Meeting.on_day.desc(), Meeting.id)
        .limit(MOST)
    )
    return [_line(row, 1, there) for row, there in rows]


def attended(db: Db, person_id: UUID) -> tuple[Attended, ...]:
    """What somebody was at, the latest first. One query."""
    rows = db.scalars(
        select(Meeting)
        .join(MeetingAttended, MeetingAttended.meeting_id == Meeting.id)
        .where(MeetingAttended.person_id == person_id)
        .order_by(Meeting.on_day.desc(), Meeting.id)
        .limit(MOST)
    )
    return tuple(Attended(row.id, row.authority_id, row.on_day, tuple(row.units)) for row in rows)


def could_come(db: Db, authority_id: UUID, on: date) -> list[PersonView]:
    """Everybody who assesses or assures quality in an authority, by name. Three queries."""
    assurers = people.people_in(db, authority_id, Role.QUALITY_ASSURER, on)
    found = {each.id: each for each in (*assessors_for(db, authority_id, on), *assurers)}
    return sorted(found.values(), key=lambda each: (each.name, each.id))


def units_there(db: Db) -> frozenset[str]:
    """Every unit with something to be seen at work, as "framework:unit"."""
    return frozenset(f"{placed.framework.code}:{placed.unit.code}" for placed in units(db))


def units(db: Db) -> list[Placed]:
    """The same as they are placed, in the newest edition of each framework and its order."""
    frameworks = shelf(db, Frameworks)
    return [
        placed
        for framework in frameworks.newest.values()
        for unit in framework.units
        if unit.practice and (placed := frameworks.placed(framework.code, framework.edition, unit.code))
    ]


def _placed(db: Db, word: str) -> Placed | None:
    framework, _, unit = word.partition(":")
    return next((each for each in units(db) if (each.framework.code, each.unit.code) == (framework, unit)), None)
