"""Read reminders: whom one would reach, who was reminded of late, and what was sent."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select

from lms.core.db import Db, columns
from lms.people import queries as people
from lms.register import lists
from lms.register.lists import Chosen
from lms.register.reasons import Step
from lms.register.reminding.models import BulkReminder, ReminderSent
from lms.register.reminding.rules import QUIET, LeftOut, Who, left_out


@dataclass(frozen=True)
class Preview:
    """Whom a reminder would reach: how many by what comes next for them and by language, and who is left out why.

    `on_page` of them have no e-mail address and read it when they sign in.
    """

    steps: Mapping[Step, int]
    languages: Mapping[str, int]
    on_page: int
    out: Mapping[LeftOut, int]

    @property
    def total(self) -> int:
        """How many are reminded."""
        return sum(self.steps.values())


@dataclass(frozen=True)
class SentView:
    """A reminder to many: how the list was narrowed down, who sent it, how many were to be told and how many are."""

    id: UUID
    authority_id: UUID
    chosen: Mapping[str, Any]
    counted: int
    told: int
    asked_by: UUID
    asked_at: datetime
    done_at: datetime | None


_JUST = select(ReminderSent.person_id, ReminderSent.step).where(
    ReminderSent.authority_id == bindparam("authority_id"),
    ReminderSent.person_id.in_(bindparam("ids", expanding=True)),
    ReminderSent.at > bindparam("since"),
)


def just_reminded(db: Db, authority_id: UUID, ids: Sequence[UUID], now: datetime) -> set[tuple[UUID, str]]:
    """Who of these was reminded of what in the last days. One query."""
    values = {"authority_id": authority_id, "ids": ids, "since": now - QUIET}
    return {(row.person_id, row.step) for row in columns(db, _JUST, values)}


def preview(db: Db, authority_id: UUID, on: date, chosen: Chosen, now: datetime) -> Preview:
    """Whom a reminder would reach now. Three queries for each thousand PAs of the list."""
    steps, languages, out = Counter[Step](), Counter[str](), Counter[LeftOut]()
    on_page = 0
    for rows in lists.every(db, authority_id, on, chosen):
        ids = [row.person_id for row in rows]
        late, known = just_reminded(db, authority_id, ids, now), people.persons(db, ids)
        for row in rows:
            why = left_out(Who(row.person_id, row.next_step), late)
            someone = known.get(row.person_id)
            if why is not None:
                out[why] += 1
            elif row.next_step is not None and someone is not None:
                steps[row.next_step] += 1
                languages[someone.language] += 1
                on_page += someone.email is None
    return Preview(steps, languages, on_page, out)


def sent(db: Db, authority_id: UUID, *, offset: int, limit: int) -> tuple[list[SentView], int]:
    """The reminders an authority sent, the newest first, and how many."""
    wanted = select(BulkReminder).where(BulkReminder.authority_id == authority_id)
    total = db.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = db.scalars(wanted.order_by(BulkReminder.asked_at.desc()).offset(offset).limit(limit)).all()
    told = _told(db, [row.id for row in rows])
    return [_view(row, told.get(row.id, 0)) for row in rows], total


def _told(db: Db, ids: Collection[UUID]) -> dict[UUID, int]:
    wanted = select(ReminderSent.reminder_id, func.count()).where(ReminderSent.reminder_id.in_(ids))
    return dict(columns(db, wanted.group_by(ReminderSent.reminder_id), {}).all())


def _view(row: BulkReminder, told: int) -> SentView:
    return SentView(row.id, row.authority_id, row.chosen, row.counted, told, row.asked_by, row.asked_at, row.done_at)
