"""Read workshops: an authority's list, one with who attended, and one attendance for its certificate."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, func, select

from lms.certification.attendance.models import Attendance, Workshop
from lms.certification.attendance.rules import Place
from lms.core.db import Db, columns
from lms.core.words import NotFound


@dataclass(frozen=True)
class Attended:
    """One person at one workshop, with everything a certificate says of it. `led_by` may be empty."""

    id: UUID
    person_id: UUID
    authority_id: UUID
    workshop_id: UUID
    title: str
    on: date
    minutes: int
    place: Place
    led_by: str


@dataclass(frozen=True)
class WorkshopView:
    """A workshop. `attended` counts who was there; `issued_at` is None while everything can still be corrected."""

    id: UUID
    authority_id: UUID
    title: str
    on: date
    minutes: int
    place: Place
    led_by: str
    recorded_by: UUID
    recorded_at: datetime
    issued_at: datetime | None
    attended: int


class Present(NamedTuple):
    """One line of a workshop's list. `settled`: their certificate was asked for, so the line stays."""

    id: UUID
    person_id: UUID
    settled: bool


def attended(db: Db, attendance_id: UUID) -> Attended:
    """One attendance. Raises NotFound."""
    found = columns(db, _ATTENDED, {"id": attendance_id}).one_or_none()
    if found is None:
        raise NotFound("attendance")
    return Attended(*found)


_ATTENDANCES = select(
    Attendance.id,
    Attendance.person_id,
    Workshop.authority_id,
    Workshop.id,
    Workshop.title,
    Workshop.on_day,
    Workshop.minutes,
    Workshop.place,
    Workshop.led_by,
).join(Workshop, Workshop.id == Attendance.workshop_id)
_ATTENDED = _ATTENDANCES.where(Attendance.id == bindparam("id"))


def workshops_in(db: Db, authority_id: UUID, *, offset: int, limit: int) -> tuple[list[WorkshopView], int]:
    """One page of an authority's workshops, the newest first, and how many there are. Two queries."""
    page = {"authority_id": authority_id, "offset": offset, "limit": limit}
    found = [WorkshopView(*row) for row in columns(db, _OF_AUTHORITY, page)]
    return found, columns(db, _COUNT, {"authority_id": authority_id}).scalar_one()


def workshop(db: Db, workshop_id: UUID, authorities: Collection[UUID]) -> WorkshopView:
    """One workshop of one of these authorities. Raises NotFound for any other, as for one that is not there."""
    found = columns(db, _WORKSHOP, {"workshop_id": workshop_id}).one_or_none()
    if found is None or found.authority_id not in authorities:
        raise NotFound("workshop")
    return WorkshopView(*found)


_COUNTED = select(func.count()).where(Attendance.workshop_id == Workshop.id).correlate(Workshop).scalar_subquery()
_WORKSHOPS = select(
    Workshop.id,
    Workshop.authority_id,
    Workshop.title,
    Workshop.on_day,
    Workshop.minutes,
    Workshop.place,
    Workshop.led_by,
    Workshop.recorded_by,
    Workshop.recorded_at,
    Workshop.issued_at,
    _COUNTED,
)
_WORKSHOP = _WORKSHOPS.where(Workshop.id == bindparam("workshop_id"))
_OF_AUTHORITY = (
    _WORKSHOPS.where(Workshop.authority_id == bindparam("authority_id"))
    .order_by(Workshop.on_day.desc(), Workshop.recorded_at.desc(), Workshop.id)
    .offset(bindparam("offset"))
    .limit(bindparam("limit"))
)
_COUNT = select(func.count()).select_from(Workshop).where(Workshop.authority_id == bindparam("authority_id"))


def present(db: Db, workshop_id: UUID) -> list[Present]:
    """Who attended a workshop, in the order in which they were written down."""
    return [
        Present(id, person, bool(settled))
        for id, person, settled in columns(db, _PRESENT, {"workshop_id": workshop_id})
    ]


_PRESENT = (
    select(Attendance.id, Attendance.person_id, Attendance.issued_at.is_not(None))
    .where(Attendance.workshop_id == bindparam("workshop_id"))
    .order_by(Attendance.noted_at, Attendance.id)
)


def attended_by(db: Db, person_ids: Collection[UUID]) -> dict[UUID, list[Attended]]:
    """The workshops each of these people attended, in order of day; those who attended none are left out. One query."""
    found: dict[UUID, list[Attended]] = {}
    for row in columns(db, _ATTENDED_BY, {"person_ids": list(person_ids)}) if person_ids else ():
        found.setdefault(row.person_id, []).append(Attended(*row))
    return found


_ATTENDED_BY = _ATTENDANCES.where(Attendance.person_id.in_(bindparam("person_ids", expanding=True))).order_by(
    Workshop.on_day, Attendance.id
)
