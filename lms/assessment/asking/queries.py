"""Read requests for an assessor, assessors' own profiles, and how each assessor fits a request."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select

from lms.assessment import allocated
from lms.assessment.asking.models import (
    AssessorProfile,
    AssessorRequest,
    AssessorRequestEnd,
    AssessorRequestUnit,
)
from lms.assessment.asking.rules import Day, Fit, Known, Outcome, Profile, Wanted, fit, in_order, listed, still_open
from lms.assessment.competence.queries import competent_in, ties_to
from lms.assessment.knowledge.mapping import COURSE
from lms.assessment.models import Allocation
from lms.assessment.standing import assessors_for
from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.learning import queries as learning
from lms.people import queries as people


@dataclass(frozen=True, kw_only=True)
class RequestView:
    """A request as pages see it; `units` in the order of the framework is the page's business."""

    id: UUID
    learner_id: UUID
    authority_id: UUID
    framework: str
    units: tuple[str, ...]
    place: str
    days: frozenset[Day]
    suits: str
    language: str
    needs: str
    asked_by: UUID
    behalf: UUID | None
    asked_at: datetime
    outcome: Outcome | None = None
    words: str = ""
    ended_at: datetime | None = None


def _requests() -> Select[Any, Any]:
    return select(AssessorRequest, AssessorRequestEnd).outerjoin(
        AssessorRequestEnd, AssessorRequestEnd.request_id == AssessorRequest.id
    )


def request(db: Db, request_id: UUID) -> RequestView:
    """One request. Raises NotFound. Two queries."""
    found = _views(db, _requests().where(AssessorRequest.id == request_id))
    if not found:
        raise NotFound("request")
    return found[0]


def newest_of(db: Db, learner_id: UUID) -> RequestView | None:
    """A learner's last request, open or not. Two queries."""
    wanted = _requests().where(AssessorRequest.learner_id == learner_id).order_by(AssessorRequest.turn.desc()).limit(1)
    return next(iter(_views(db, wanted)), None)


def waiting_in(
    db: Db, authority_id: UUID, *, offset: int = 0, limit: int | None = None
) -> tuple[list[RequestView], int]:
    """The open requests of an authority, who waits longest first, and how many there are. Three queries."""
    wanted = _open().where(AssessorRequest.authority_id == authority_id)
    in_time = wanted.order_by(AssessorRequest.asked_at, AssessorRequest.id).offset(offset).limit(limit)
    return _views(db, in_time), count_waiting(db, [authority_id])


class WaitingRow(NamedTuple):
    """An open request, as much of it as a queue shows."""

    id: UUID
    learner_id: UUID
    authority_id: UUID
    asked_at: datetime


def waiting_rows(db: Db, authority_ids: Collection[UUID], *, limit: int) -> list[WaitingRow]:
    """The open requests of these authorities, who waits longest first. One query."""
    return [WaitingRow(*row) for row in columns(db, _WAITING, {"authority_ids": list(authority_ids), "most": limit})]


def count_waiting(db: Db, authority_ids: Collection[UUID]) -> int:
    """How many requests wait in these authorities."""
    wanted = _open().where(AssessorRequest.authority_id.in_(authority_ids))
    return db.scalar(wanted.with_only_columns(func.count(AssessorRequest.id))) or 0


def _open() -> Select[Any, Any]:
    return _requests().where(AssessorRequestEnd.request_id.is_(None))


_WAITING = (  # put together once: every queue of a coordinator asks it
    _open()
    .with_only_columns(
        AssessorRequest.id, AssessorRequest.learner_id, AssessorRequest.authority_id, AssessorRequest.asked_at
    )
    .where(AssessorRequest.authority_id.in_(bindparam("authority_ids", expanding=True)))
    .order_by(AssessorRequest.asked_at, AssessorRequest.id)
    .limit(bindparam("most"))
)


def _views(db: Db, wanted: Select[Any, Any]) -> list[RequestView]:
    rows = db.execute(wanted).all()
    units: dict[UUID, list[str]] = {row.id: [] for row, _end in rows}
    if rows:
        asked = select(AssessorRequestUnit).where(AssessorRequestUnit.request_id.in_(units))
        for one in db.scalars(asked.order_by(AssessorRequestUnit.unit)):
            units[one.request_id].append(one.unit)
    return [_view(row, end, tuple(units[row.id])) for row, end in rows]


def _view(row: AssessorRequest, end: AssessorRequestEnd | None, units: tuple[str, ...]) -> RequestView:
    return RequestView(
        id=row.id,
        learner_id=row.learner_id,
        authority_id=row.authority_id,
        framework=row.framework,
        units=units,
        place=row.place,
        days=_days(row.days),
        suits=row.suits,
        language=row.language,
        needs=row.needs,
        asked_by=row.asked_by,
        behalf=row.behalf,
        asked_at=row.asked_at,
        outcome=end.outcome if end else None,
        words=end.words if end else "",
        ended_at=end.at if end else None,
    )


def _days(text: str) -> frozenset[Day]:
    return frozenset(Day(day) for day in text.split())


def profile_of(db: Db, person_id: UUID) -> Profile | None:
    """What an assessor said of their own time; None while they said nothing."""
    return profiles_of(db, [person_id]).get(person_id)


def profiles_of(db: Db, person_ids: Collection[UUID]) -> Mapping[UUID, Profile]:
    """The same for several. One query."""
    rows = db.scalars(select(AssessorProfile).where(AssessorProfile.person_id.in_(person_ids)))
    return {
        row.person_id: Profile(
            places=listed(row.places),
            days=_days(row.days),
            languages=listed(row.languages),
            most=row.most,
            away_from=row.away_from,
            away_until=row.away_until,
        )
        for row in rows
    }


def learners_of_each(db: Db, person_ids: Collection[UUID], on: date) -> Mapping[UUID, int]:
    """How many learners each of these people assesses on a day, wherever. One query."""
    rows = db.execute(
        select(Allocation.assessor_id, func.count(Allocation.learner_id.distinct()))
        .where(Allocation.assessor_id.in_(person_ids), people.current(Allocation, on))
        .group_by(Allocation.assessor_id)
    )
    return dict(rows.all())


def given_for(db: Db, asked: RequestView, on: date) -> list[allocated.AllocationView]:
    """Who assesses this learner's standards on a day, the newest first. Four queries."""
    enrolment = course_of(db, asked.learner_id, asked.authority_id)
    return allocated.allocations_of(db, enrolment, on) if enrolment is not None else []


def course_of(db: Db, learner_id: UUID, authority_id: UUID) -> UUID | None:
    """A learner's enrolment on the knowledge course behind a wall, where they have one. One query."""
    mine = learning.enrolments_of(db, learner_id)
    found = (one.id for one in mine if one.course == COURSE and one.authority_id == authority_id)
    return next(found, None)


def still_open_of(asked: RequestView, given: Sequence[allocated.AllocationView]) -> tuple[str, ...]:
    """The asked units that nobody was given for yet."""
    return still_open(asked.units, [one.units for one in given])


def fits(db: Db, asked: RequestView, units: tuple[str, ...], on: date) -> list[Fit]:
    """Every assessor of the learner's authority, in order, with reasons, for these units. Seven queries."""
    found = [one for one in assessors_for(db, asked.authority_id, on) if one.id != asked.learner_id]
    ids = [one.id for one in found]
    wanted = Wanted(units=units, place=asked.place, days=asked.days, language=asked.language)
    profiles, has = profiles_of(db, ids), learners_of_each(db, ids, on)
    can = competent_in(db, ids, asked.authority_id, asked.framework, on)
    ties = ties_to(db, ids, asked.learner_id, on)
    known = (
        Known(
            person_id=one.id,
            name=one.name,
            competent=can[one.id],
            profile=profiles.get(one.id),
            has=has.get(one.id, 0),
            tie=ties.get(one.id),
        )
        for one in found
    )
    return in_order(fit(wanted, one, on=on) for one in known)
