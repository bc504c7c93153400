"""Read a queue: what waits for somebody by every room, in order, with who has it open. And what has waited long."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from lms.assessment.queues import leases
from lms.assessment.queues.makers import WaitsFor, worth_asking
from lms.assessment.queues.models import LongWait, ReminderRound
from lms.assessment.queues.rules import Held, Stage, Waiting, Waits, days_waited, in_order, taken_by_other
from lms.core.db import Db
from lms.people import queries as people
from lms.people.viewer import Viewer


class QueueRow(NamedTuple):
    """A line of the queue. `days` waited; `held` is who has it open now, `mine` whether that is the viewer."""

    waiting: Waiting
    name: str
    days: int
    held: Held | None
    held_by: str
    mine: bool
    taken: bool


@dataclass(frozen=True)
class Queue:
    """A page of what waits for somebody. `kinds` counts the whole list by kind, in the order of the page."""

    rows: Sequence[QueueRow]
    total: int
    kinds: Mapping[Waits, int]


def all_waiting(db: Db, viewer: Viewer, on: date, *, waits: Sequence[WaitsFor]) -> list[Waiting]:
    """Everything that waits for somebody on a day, in order."""
    return in_order((one for make in worth_asking(db, viewer, on, waits) for one in make(db, viewer, on)), on)


def queue(
    db: Db,
    viewer: Viewer,
    on: date,
    *,
    now: datetime,
    waits: Sequence[WaitsFor],
    kind: Waits | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> Queue:
    """A page of it, of one kind or of all; two queries more than the rooms ask."""
    found = all_waiting(db, viewer, on, waits=waits)
    kinds: dict[Waits, int] = {}
    for one in found:
        kinds[one.kind] = kinds.get(one.kind, 0) + 1
    wanted = [one for one in found if kind in {None, one.kind}]
    shown = wanted[offset:][:limit]
    held = leases.held(db, [one.key for one in shown], now=now)
    ids = {one.about for one in shown if one.about} | {each.person for each in held.values()}
    names = people.persons(db, ids)
    rows = []
    for one in shown:
        holder = held.get(one.key)
        rows.append(
            QueueRow(
                waiting=one,
                name=names[one.about].name if one.about else "",
                days=days_waited(one.since, on),
                held=holder,
                held_by=names[holder.person].name if holder else "",
                mine=holder is not None and holder.person == viewer.person_id,
                taken=taken_by_other(holder, person=viewer.person_id, now=now),
            )
        )
    return Queue(rows, len(wanted), {each: kinds[each] for each in Waits if each in kinds})


@dataclass(frozen=True)
class Late:
    """Something that has waited long for somebody, as a coordinator sees it."""

    kind: Waits
    waits_for: str
    about: str
    since: datetime


def late(db: Db, authority_id: UUID, *, offset: int = 0, limit: int | None = None) -> tuple[list[Late], int]:
    """What has waited so long in an authority that its coordinators were told, the longest first. Four queries."""
    last = db.scalar(select(func.max(ReminderRound.on_day)).where(ReminderRound.done_at.is_not(None)))
    here = (LongWait.authority_id == authority_id) & (LongWait.stage == Stage.COORDINATOR)
    still = here & (LongWait.still_on >= last) if last else here
    total = db.scalar(select(func.count()).select_from(LongWait).where(still)) or 0
    rows = db.scalars(
        select(LongWait).where(still).order_by(LongWait.since, LongWait.thing).offset(offset).limit(limit)
    ).all()
    names = people.persons(db, {id for row in rows for id in (row.person_id, row.about) if id})
    found = [
        Late(row.kind, names[row.person_id].name, names[row.about].name if row.about else "", row.since) for row in rows
    ]
    return found, total
