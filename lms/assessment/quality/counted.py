"""What quality assurance did in a period, for a report: samples chosen and sent back, and appeals, by learner."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from lms.assessment.quality.models import Appeal, Sample, SampleStep
from lms.assessment.quality.samples.rules import State
from lms.core.clock import london_day
from lms.core.db import Db, columns


class Assured(NamedTuple):
    """The learner of each sample chosen, of each sample sent back, and of each appeal, once for each of them."""

    sampled: list[UUID]
    sent_back: list[UUID]
    appealed: list[UUID]


def assured_in(db: Db, authority_id: UUID, first: date, last: date) -> Assured:
    """What was done in a period, all days included. Three queries.

    A sample counts as sent back once, on the day it was sent back first.
    """
    values = {"authority_id": authority_id, "since": _at(first, -1), "until": _at(last, 2)}
    back: dict[UUID, Any] = {}
    for row in columns(db, _SENT_BACK, {"authority_id": authority_id, "until": values["until"]}):
        back.setdefault(row.id, row)
    return Assured(
        _within(columns(db, _SAMPLED, values), first, last),
        _within(back.values(), first, last),
        _within(columns(db, _APPEALED, values), first, last),
    )


def _within(rows: Iterable[Any], first: date, last: date) -> list[UUID]:
    return [row.learner_id for row in rows if first <= london_day(row.at) <= last]


def _at(day: date, by: int) -> datetime:
    """A moment that is surely outside the period; what is too much is left out by its day."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=by)


_SAMPLED: Select[*tuple[Any, ...]] = select(Sample.learner_id, Sample.chosen_at.label("at")).where(
    Sample.authority_id == bindparam("authority_id"), Sample.chosen_at.between(bindparam("since"), bindparam("until"))
)
_SENT_BACK: Select[*tuple[Any, ...]] = (
    select(Sample.id, Sample.learner_id, SampleStep.at)
    .join(Sample, Sample.id == SampleStep.sample_id)
    .where(Sample.authority_id == bindparam("authority_id"), SampleStep.state == State.SENT_BACK)
    .where(SampleStep.at < bindparam("until"))
    .order_by(SampleStep.at)
)
_APPEALED: Select[*tuple[Any, ...]] = select(Appeal.learner_id, Appeal.asked_at.label("at")).where(
    Appeal.authority_id == bindparam("authority_id"), Appeal.asked_at.between(bindparam("since"), bindparam("until"))
)
