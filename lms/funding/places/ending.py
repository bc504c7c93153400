"""What the calendar does with places: offers run out, the next in the line is offered one. Twice is harmless."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.funding.places import line
from lms.funding.places.models import PlaceAsk, PlaceRun
from lms.funding.places.words import IN_LINE, PlaceState, Why


def sweep(house: House, now: datetime) -> int:
    """Each course on which an offer ran out, or somebody waits for a place that is free; how many were moved.

    One short unit of work for each course, so that nobody waits for the others.
    """
    with house.database.reading() as db:
        due = _due(db, now)
    moved = 0
    for run_id in due:
        with house.database.writing() as db:
            moved += go_on(db, run_id, now=now)
    return moved


def go_on(db: Db, run_id: UUID, *, now: datetime) -> int:
    """Let offers of one course lapse whose last day is over, and offer what is free; how many were moved."""
    run, on = line.take(db, run_id), london_day(now)
    lapsed = select(PlaceAsk).where(
        PlaceAsk.run_id == run_id, PlaceAsk.state == PlaceState.OFFERED, PlaceAsk.offered_until < on
    )
    rows = db.scalars(lapsed).all()
    for row in rows:
        line.move(db, run, row, PlaceState.LAPSED, by=None, now=now)
    moved = len(rows)
    if run.called_off_at is None and on > run.starts_on:  # nobody waits for a course that has begun
        late = db.scalars(select(PlaceAsk).where(PlaceAsk.run_id == run_id, PlaceAsk.state.in_(IN_LINE))).all()
        for row in late:
            line.move(db, run, row, PlaceState.LEFT, why=Why.TOO_LATE, by=None, now=now)
        return moved + len(late)
    return moved + line.fill(db, run, now=now)


def _due(db: Db, now: datetime) -> list[UUID]:
    """Courses on which something is to be done: offers that ran out, and lines of courses that give places today."""
    on = london_day(now)
    ran_out = select(PlaceAsk.run_id).where(PlaceAsk.state == PlaceState.OFFERED, PlaceAsk.offered_until < on)
    waits = (
        select(PlaceAsk.run_id)
        .join(PlaceRun, PlaceRun.id == PlaceAsk.run_id)
        .where(
            PlaceAsk.state.in_(IN_LINE),
            PlaceRun.called_off_at.is_(None),
            (PlaceRun.starts_on < on)
            | (
                (PlaceAsk.state == PlaceState.WAITING)
                & ((PlaceRun.quota.is_(None)) | (PlaceRun.held < PlaceRun.quota))
                & ((PlaceRun.order == "first_come") | (PlaceRun.closes_on < on))
            ),
        )
    )
    return sorted({*db.scalars(ran_out), *db.scalars(waits)})
