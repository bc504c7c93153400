"""Make the call-backs of an employment, and end them when it ends. Doing either twice changes nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, select

from lms.core.clock import london_day
from lms.core.db import Db, add_once, columns, write_values
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.people.beginnings import Begun
from lms.programme.contacts import rules
from lms.programme.contacts.events import CallBackEnded, CallBackSet
from lms.programme.contacts.models import CallBack, CallBackDay, CallBackSetting
from lms.programme.contacts.staff import coordinates
from lms.programme.contacts.words import CallEnd, Whom


@dataclass(frozen=True)
class Plan:
    """After how many days people are called back, and whether employers are called as well."""

    days: tuple[int, ...] = rules.USUALLY
    employers: bool = True


_NEWEST = (
    select(CallBackSetting.days, CallBackSetting.employers)
    .where(CallBackSetting.authority_id == bindparam("authority_id"))
    .order_by(CallBackSetting.number.desc())
    .limit(1)
)


def plan_of(db: Db, authority_id: UUID) -> Plan:
    """What an authority has set; 28 days for both where it has set nothing. One query."""
    found = columns(db, _NEWEST, {"authority_id": authority_id}).first()
    return Plan(tuple(found.days), found.employers) if found else Plan()


def set_plan(db: Db, *, once: UUID, authority_id: UUID, plan: Plan, by: UUID, now: datetime) -> None:
    """Say after how many days people are called back. Employments that began already follow within minutes.

    Call-backs that were made stay. Refused: no interval, more than six, or one outside 1 to 730 days.
    """
    if not coordinates(db, by, authority_id, london_day(now)):
        raise NotFound("authority")
    days = tuple(sorted(set(plan.days)))
    if not 1 <= len(days) <= rules.MOST_INTERVALS:
        raise Refused(N_("Give one to six numbers of days."))
    if not rules.SHORTEST <= days[0] <= days[-1] <= rules.LONGEST:
        raise Refused(N_("Each number of days has to be between 1 and 730."))
    if Plan(days, plan.employers) == plan_of(db, authority_id):
        return
    row = CallBackSetting(id=once, authority_id=authority_id, days=list(days), employers=plan.employers, by=by, at=now)
    if add_once(db, row):
        db.execute(delete(CallBackDay))
        record(db, CallBackSet(about=by, authority_id=authority_id, setting_id=once), by=by, now=now)


def make(db: Db, begun: Begun, plan: Plan, now: datetime) -> int:
    """Make the call-backs of an employment that are not there yet; how many."""
    rows = list(_rows(begun, plan, now))
    there = _there(db, begun) if rows else set()
    return sum(add_once(db, CallBack(**row)) for row in rows if (row["days"], row["whom"]) not in there)


def make_many(db: Db, begun: Sequence[Begun], plan: Plan, now: datetime) -> None:
    """The same for many employments of one authority that began just now, so that none has a call-back yet.

    Raises sqlalchemy's IntegrityError where one has.
    """
    write_values(db, CallBack, [row for each in begun for row in _rows(each, plan, now)])


def take_back(db: Db, employments: Sequence[tuple[UUID, UUID, date]]) -> None:
    """Delete call-backs of employments (PA, employer, first day) that were never to be and of which nobody called."""
    if employments:
        db.flush()
        db.connection().execute(_GONE, [{"p": pa, "e": employer, "day": since} for pa, employer, since in employments])


_GONE = delete(CallBack).where(
    CallBack.pa_id == bindparam("p"), CallBack.employer_id == bindparam("e"), CallBack.since == bindparam("day")
)


def _rows(begun: Begun, plan: Plan, now: datetime) -> Iterator[dict[str, Any]]:
    today, nation = london_day(now), begun.nation.value
    for days in plan.days:
        due, overdue = _due(begun.since, days, nation)
        if not rules.is_made(due, today):
            continue
        for whom in Whom if plan.employers else (Whom.PA,):
            yield {
                "authority_id": begun.authority_id,
                "pa_id": begun.pa_id,
                "employer_id": begun.employer_id,
                "since": begun.since,
                "days": days,
                "whom": whom,
                "due_on": due,
                "overdue_from": overdue,
                "next_on": due,
                "made_at": now,
            }


@lru_cache(maxsize=2_000)
def _due(since: date, days: int, nation: str) -> tuple[date, date]:
    """The day somebody is called, and the first on which it is overdue: many begin on the same day."""
    due = rules.due_on(since, days, nation)
    return due, rules.overdue_since(due, nation)


def _there(db: Db, begun: Begun) -> set[tuple[int, Whom]]:
    mine = (CallBack.pa_id == begun.pa_id, CallBack.employer_id == begun.employer_id, CallBack.since == begun.since)
    return {(days, whom) for days, whom in db.execute(select(CallBack.days, CallBack.whom).where(*mine))}


def end_with_employment(db: Db, *, pa_id: UUID, employer_id: UUID, until: date, now: datetime) -> None:
    """End the call-backs that an employment's last day leaves without sense; not those of one that begins later."""
    mine = (
        select(CallBack)
        .where(CallBack.pa_id == pa_id, CallBack.employer_id == employer_id, CallBack.ended_at.is_(None))
        .where(CallBack.since <= until)
    )
    today = london_day(now)
    for row in db.scalars(mine.with_for_update().order_by(CallBack.id)):
        if rules.ends_with(due=row.due_on, until=until, today=today):
            close(db, row, CallEnd.EMPLOYMENT_ENDED, by=None, now=now)


def close(db: Db, row: CallBack, how: CallEnd, *, by: UUID | None, now: datetime) -> None:
    """Write down how a call-back ended."""
    row.ended, row.ended_by, row.ended_at = how, by, now
    db.flush()
    fact = CallBackEnded(about=row.pa_id, authority_id=row.authority_id, call_back_id=row.id, whom=row.whom)
    record(db, fact, by=by, now=now, behalf=row.authority_id)


def plans_of(db: Db, authority_ids: Iterable[UUID]) -> dict[UUID, Plan]:
    """The plans of several authorities; a query for each."""
    return {each: plan_of(db, each) for each in set(authority_ids)}
