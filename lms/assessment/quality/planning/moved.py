"""Takes in decisions that no plan was ever told of: those made before there were plans, which an upgrade moved here.

Work for a plan is written when something is decided or signed off. What was decided before has no such moment, so the
worker looks for it: in this quarter, and in every quarter an authority has a plan for. Older quarters nobody planned
stay as they are. It looks once for each quarter in a worker's life, since an upgrade starts the worker anew.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, union

from lms.assessment import places
from lms.assessment.deciding.models import Decision
from lms.assessment.quality.models import SamplingPlan, SamplingWork
from lms.assessment.quality.planning.queries import policy_of
from lms.assessment.quality.planning.work import refresh
from lms.assessment.quality.rules import Period, period_from, period_of
from lms.assessment.signing.models import SignOff, SignOffWithdrawal
from lms.core.clock import LONDON, london_day
from lms.core.db import Db
from lms.core.house import House
from lms.learning import queries as learning

AT_ONCE = 200
"""Learners' units taken in at one go: a second or two of the worker's time."""


def take_in_moved(house: House, now: datetime) -> int:
    """Write the work of decisions that no plan was told of; returns of how many units. Again is harmless."""
    this = period_of(london_day(now))
    place = ("quality.moved", this.code)
    if place in house.known:
        return 0
    with house.database.reading() as db:
        found = list(_missing(db, this))[:AT_ONCE]
    for authority_id, enrolment_id, unit, period in found:
        with house.database.writing() as db:
            places.hold(db, learning.enrolment(db, enrolment_id), unit, now=now)
            policy = policy_of(db, authority_id)
            refresh(db, enrolment_id=enrolment_id, unit=unit, policy=policy, now=now, period=period)
    if len(found) < AT_ONCE:
        house.known[place] = True
    return len(found)


def _missing(db: Db, this: Period) -> Iterator[tuple[UUID, UUID, str, Period]]:
    """Authority, enrolment, unit and quarter of what was decided or signed off and is in no plan's work."""
    yield from _in(db, this, Decision.authority_id.is_not(None))
    planned = select(SamplingPlan.authority_id, SamplingPlan.period).where(SamplingPlan.period != this.code)
    for authority_id, code in db.execute(planned).all():
        period = period_from(code)
        if period is not None:
            yield from _in(db, period, Decision.authority_id == authority_id)


def _in(db: Db, period: Period, where: ColumnElement[bool]) -> Iterator[tuple[UUID, UUID, str, Period]]:
    known = select(SamplingWork.id).where(
        SamplingWork.enrolment_id == Decision.enrolment_id,
        SamplingWork.unit == Decision.unit,
        SamplingWork.assessor_id == Decision.by,
        SamplingWork.period == period.code,
    )
    wanted = select(Decision.authority_id, Decision.enrolment_id, Decision.unit).where(where, ~known.exists())
    decided = wanted.where(*_within(Decision.at, period))
    signed = (
        wanted.join(SignOff, (SignOff.enrolment_id == Decision.enrolment_id) & (SignOff.unit == Decision.unit))
        .outerjoin(SignOffWithdrawal, SignOffWithdrawal.sign_off_id == SignOff.id)
        .where(SignOffWithdrawal.sign_off_id.is_(None), *_within(SignOff.at, period))
    )
    found = union(decided, signed).subquery()
    for row in db.execute(select(found).order_by(found.c.enrolment_id, found.c.unit).limit(AT_ONCE)):
        yield row.authority_id, row.enrolment_id, row.unit, period


def _within(at: Any, period: Period) -> tuple[ColumnElement[bool], ...]:
    return at >= _midnight(period.first), at < _midnight(period.next.first)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=LONDON)
