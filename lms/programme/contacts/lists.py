"""Read lists: call-backs by where they stand, and alerts for those who may see them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Date, Select, Uuid, and_, bindparam, exists, func, or_, select

from lms.core.db import Db, columns
from lms.people import households
from lms.people import queries as people
from lms.programme.contacts import rules
from lms.programme.contacts.guarding import counting
from lms.programme.contacts.models import CallBack, CallBackAnswer, NamedContact, SafeguardingAlert, SafeguardingStep
from lms.programme.contacts.staff import concerned
from lms.programme.contacts.words import AlertStep, CallEnd, Referral, Standing, Whom


@dataclass(frozen=True)
class CallView:
    """A call-back in a list: who is called, about whom, when, and how it ended."""

    id: UUID
    whom: Whom
    pa: str
    employer: str
    since: date
    days: int
    due_on: date
    next_on: date
    standing: Standing
    ended: CallEnd | None
    ended_at: datetime | None


@dataclass(frozen=True)
class Own:
    """Whoever looks, and the households they act or work in, or ever did: it is left out of their lists."""

    person_id: UUID
    homes: frozenset[UUID]

    def left_out(self) -> list[ColumnElement[bool]]:
        """The conditions."""
        return [CallBack.pa_id != self.person_id, CallBack.employer_id.not_in(self.homes)]


def own(db: Db, person_id: UUID) -> Own:
    """What is somebody's own. One query."""
    return Own(person_id, households.ever_at(db, person_id))


def calls(
    db: Db, authority_id: UUID, standing: Standing, on: date, *, not_of: Own, mine: bool, offset: int, limit: int
) -> tuple[list[CallView], int]:
    """Call-backs of an authority that stand so on a day, the longest waiting first, and how many. Four queries.

    None that are about the viewer. `mine`: only of those whose named contact the viewer is.
    """
    wanted = [CallBack.authority_id == authority_id, _stands(standing, on), *not_of.left_out()]
    if mine:
        wanted.append(is_contact(not_of.person_id))
    total = db.scalar(select(func.count()).select_from(CallBack).where(*wanted)) or 0
    order = CallBack.ended_at.desc() if standing is Standing.DONE else CallBack.due_on
    rows = db.scalars(select(CallBack).where(*wanted).order_by(order, CallBack.id).offset(offset).limit(limit)).all()
    return call_views(db, rows, on), total


def call_views(db: Db, rows: Collection[CallBack], on: date) -> list[CallView]:
    """The rows with names. Two queries."""
    pas = people.persons(db, {row.pa_id for row in rows})
    homes = people.organisations(db, {row.employer_id for row in rows})
    return [
        CallView(
            row.id,
            row.whom,
            pas[row.pa_id].name,
            homes[row.employer_id].name,
            row.since,
            row.days,
            row.due_on,
            row.next_on,
            rules.standing(
                due=row.due_on,
                next_on=row.next_on,
                overdue_from=row.overdue_from,
                ended=row.ended_at is not None,
                today=on,
            ),
            row.ended,
            row.ended_at,
        )
        for row in rows
    ]


def count_waiting(db: Db, authority_ids: Collection[UUID], on: date, *, viewer_id: UUID, mine: bool) -> tuple[int, int]:
    """How many call-backs are due, the overdue ones among them, and how many are overdue. One query.

    None that are about the viewer.
    """
    values = {"authority_ids": list(authority_ids), "on": on, "person_id": viewer_id}
    found = columns(db, _MINE_WAITING if mine else _WAITING, values).one()
    return int(found[0]), int(found[1])


def _stands(standing: Standing, on: date | BindParameter[date]) -> ColumnElement[bool]:
    """The condition of a standing; the same as `rules.standing`, which a test compares."""
    still = CallBack.ended_at.is_(None)
    match standing:
        case Standing.DONE:
            return and_(CallBack.ended_at.is_not(None), CallBack.forgotten_at.is_(None))
        case Standing.OVERDUE:
            return and_(still, CallBack.overdue_from <= on)
        case Standing.DUE:
            return and_(still, CallBack.overdue_from > on, CallBack.next_on <= on)
        case Standing.COMING:
            return and_(still, CallBack.overdue_from > on, CallBack.next_on > on)


def is_contact(person_id: UUID | BindParameter[UUID]) -> ColumnElement[bool]:
    """The condition that somebody is the named contact of whoever is called."""
    of_pa = _newest(NamedContact.pa_id == CallBack.pa_id, person_id)
    of_employer = _newest(NamedContact.employer_id == CallBack.employer_id, person_id)
    return or_(and_(CallBack.whom == Whom.PA, of_pa), and_(CallBack.whom == Whom.EMPLOYER, of_employer))


def _newest(same: ColumnElement[bool], person_id: UUID | BindParameter[UUID]) -> Any:
    here = and_(same, NamedContact.authority_id == CallBack.authority_id)
    newest = select(func.max(NamedContact.number)).where(here).correlate(CallBack).scalar_subquery()
    return exists().where(NamedContact.number == newest, NamedContact.contact_id == person_id).correlate(CallBack)


def _waiting() -> Select[int, int]:
    on: BindParameter[date] = bindparam("on", type_=Date())
    return (
        select(func.count(), func.count().filter(CallBack.overdue_from <= on))
        .select_from(CallBack)
        .where(
            CallBack.authority_id.in_(bindparam("authority_ids", expanding=True)),
            or_(_stands(Standing.DUE, on), _stands(Standing.OVERDUE, on)),
            CallBack.pa_id != bindparam("person_id"),
            CallBack.employer_id.not_in(households.EVER_AT),
        )
    )


# Put together once: every home page of an authority's staff asks it.
_WAITING = _waiting()
_MINE_WAITING = _WAITING.where(is_contact(bindparam("person_id", type_=Uuid())))


@dataclass(frozen=True)
class AlertView:
    """An alert for whoever may see it, or for the one who asked (then without what was done about it)."""

    id: UUID
    authority_id: UUID
    call_back_id: UUID
    raised_by: UUID
    raised_at: datetime
    acknowledged_at: datetime | None
    closed_at: datetime | None
    whom: Whom
    edition: str
    question: str
    option: str
    pa_id: UUID
    employer_id: UUID


@dataclass(frozen=True)
class StepView:
    """What was done about an alert, by whom or to whom, and when."""

    step: AlertStep
    person: str
    referral: Referral | None
    said: str
    at: datetime


def alerts_for(
    db: Db, authority_id: UUID, person_id: UUID, on: date, *, closed: bool, offset: int, limit: int
) -> tuple[list[AlertView], int]:
    """Alerts somebody named may see, and how many: the same as `alerts.seen_by`, which a test compares.

    The open ones oldest first, the closed ones newest first. What concerns the viewer is left out, without a trace.
    """
    mine = next((each for each in counting(db, authority_id, on) if each.person_id == person_id), None)
    if mine is None:
        return [], 0
    took_part = exists().where(
        SafeguardingStep.alert_id == SafeguardingAlert.id, SafeguardingStep.person_id == person_id
    )
    done = SafeguardingAlert.closed_at.is_not(None) if closed else SafeguardingAlert.closed_at.is_(None)
    wanted = (
        select(SafeguardingAlert, CallBack)
        .join(CallBack, CallBack.id == SafeguardingAlert.call_back_id)
        .where(SafeguardingAlert.authority_id == authority_id, done)
        .where(or_(SafeguardingAlert.raised_at >= mine.sees_from, took_part))
        .order_by(SafeguardingAlert.raised_at.desc() if closed else SafeguardingAlert.raised_at, SafeguardingAlert.id)
    )
    # Whom an alert concerns is asked for each household once; there are few alerts.
    seen = []
    for alert, row in db.execute(wanted):
        not_them = concerned(db, pa_id=row.pa_id, employer_id=row.employer_id)
        if person_id not in not_them:
            seen.append(alert_view(alert, row))
    return seen[offset : offset + limit], len(seen)


def alert_view(alert: SafeguardingAlert, row: CallBack) -> AlertView:
    """The alert with its call-back."""
    return AlertView(
        alert.id,
        alert.authority_id,
        alert.call_back_id,
        alert.raised_by,
        alert.raised_at,
        alert.acknowledged_at,
        alert.closed_at,
        row.whom,
        alert.edition,
        alert.question,
        alert.option,
        row.pa_id,
        row.employer_id,
    )


def steps_of(db: Db, alert_id: UUID) -> list[StepView]:
    """Everything that was done about an alert, in its order. Two queries."""
    wanted = select(SafeguardingStep).where(SafeguardingStep.alert_id == alert_id).order_by(SafeguardingStep.number)
    rows = db.scalars(wanted).all()
    names = people.persons(db, {row.person_id for row in rows})
    return [StepView(row.step, names[row.person_id].name, row.referral, row.said, row.at) for row in rows]


def raised_from(db: Db, call_back_id: UUID, asker_id: UUID) -> list[str]:
    """Who got the alerts about what somebody was told in a call-back; nothing of what they do."""
    wanted = (
        select(SafeguardingStep.person_id)
        .join(SafeguardingAlert, SafeguardingAlert.id == SafeguardingStep.alert_id)
        .where(
            SafeguardingAlert.call_back_id == call_back_id,
            _told_by(asker_id),
            SafeguardingStep.step == AlertStep.TOLD,
        )
        .order_by(SafeguardingStep.number)
    )
    ids = list(dict.fromkeys(db.scalars(wanted)))
    names = people.persons(db, ids)
    return [names[id].name for id in ids]


def _told_by(asker_id: UUID) -> ColumnElement[bool]:
    return exists().where(
        CallBackAnswer.call_back_id == SafeguardingAlert.call_back_id,
        CallBackAnswer.question == SafeguardingAlert.question,
        CallBackAnswer.option == SafeguardingAlert.option,
        CallBackAnswer.by == asker_id,
    )


def has_raised(db: Db, call_back_id: UUID, asker_id: UUID) -> bool:
    """Whether there is an alert about what somebody was told in a call-back."""
    mine = (SafeguardingAlert.call_back_id == call_back_id, _told_by(asker_id))
    return db.scalar(select(SafeguardingAlert.id).where(*mine).limit(1)) is not None
