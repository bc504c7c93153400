"""Delete what an authority's years are over for: notes with what they corrected, call-backs, alerts that were closed.

A call-back about which there is an alert is taken from every list and page on its day like all the others, so that
nobody can tell from what is still there that something was raised. What those named for alerts read stays as long as
the alert does: the answers to its question, and whom the call was about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, func, select, update
from sqlalchemy.orm import aliased

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.events import record
from lms.core.house import House
from lms.programme.contacts.models import (
    CallBack,
    CallBackAnswer,
    CallBackTry,
    ContactNote,
    SafeguardingAlert,
    SafeguardingStep,
)
from lms.programme.forgetting import setting
from lms.programme.forgetting.events import ContactsCleared
from lms.programme.forgetting.models import ContactRetention
from lms.programme.forgetting.rules import Years, kept_from

AT_ONCE = 200
_later = aliased(ContactNote)


@dataclass(frozen=True)
class Due:
    """How much would go: notes, each with what it corrected, and call-backs. Of alerts there is no number."""

    notes: int = 0
    call_backs: int = 0


def due(db: Db, authority_id: UUID, years: Years, on: date) -> Due:
    """What would go on a day if these years held."""
    notes = select(func.count()).select_from(ContactNote).where(*_old_notes(authority_id, years, on))
    calls = select(func.count()).select_from(CallBack).where(*_old_calls(authority_id, years, on))
    return Due(
        (db.scalar(notes) or 0) if years.notes else 0,
        (db.scalar(calls) or 0) if years.call_backs else 0,
    )


def sweep(house: House, now: datetime) -> int:
    """Once a day for each authority that set years: delete what is due; how much. Cut off, it goes on the next time."""
    today, done = london_day(now), 0
    with house.database.reading() as db:
        newest = select(func.max(ContactRetention.number)).group_by(ContactRetention.authority_id)
        still = ContactRetention.cleared_on.is_(None) | (ContactRetention.cleared_on < today)
        waiting = list(db.scalars(select(ContactRetention).where(ContactRetention.number.in_(newest), still)))
        held = {row.authority_id: setting.years_of(db, row.authority_id, today) for row in waiting}
    for row in waiting:
        found = _clear(_Turn(house, row.authority_id, held[row.authority_id], row.by, now))
        with house.database.writing() as db:
            db.execute(update(ContactRetention).where(ContactRetention.id == row.id).values(cleared_on=today))
        done += found.notes + found.call_backs
    return done


@dataclass(frozen=True)
class _Turn:
    """What one authority's clearing goes by."""

    house: House
    authority_id: UUID
    years: Years
    set_by: UUID
    now: datetime

    @property
    def today(self) -> date:
        return london_day(self.now)


def _clear(turn: _Turn) -> Due:
    notes, calls = 0, 0
    while turn.years.alerts and _some_alerts(turn):
        pass
    while turn.years.notes and (some := _some_notes(turn)):
        notes += some
    while turn.years.call_backs and (some := _some_calls(turn)):
        calls += some
    return Due(notes, calls)


def _old_notes(authority_id: UUID, years: Years, on: date) -> tuple[ColumnElement[bool], ...]:
    """Notes nobody corrected since, written long enough ago; what such a note corrected is older still."""
    return (
        ContactNote.authority_id == authority_id,
        ContactNote.at < kept_from(years.notes or 0, on),
        ~exists().where(_later.corrects == ContactNote.id),
    )


def _old_calls(authority_id: UUID, years: Years, on: date) -> tuple[ColumnElement[bool], ...]:
    return (
        CallBack.authority_id == authority_id,
        CallBack.ended_at < kept_from(years.call_backs or 0, on),
        CallBack.forgotten_at.is_(None),
    )


def _some_notes(turn: _Turn) -> int:
    """One unit of work: some notes, each with the whole of what it corrected, so that no old wording comes back."""
    with turn.house.database.writing() as db:
        ids = list(
            db.scalars(
                select(ContactNote.id).where(*_old_notes(turn.authority_id, turn.years, turn.today)).limit(AT_ONCE)
            )
        )
        found, every = len(ids), list(ids)
        while ids:
            before = select(ContactNote.corrects).where(ContactNote.id.in_(ids), ContactNote.corrects.is_not(None))
            ids = list(db.scalars(before))
            every += ids
        db.execute(delete(ContactNote).where(ContactNote.id.in_(every)))
        _tell(db, turn, Due(notes=found))
    return found


def _some_calls(turn: _Turn) -> int:
    """One unit of work: some call-backs with tries and answers. What an alert rests on stays, out of sight."""
    with turn.house.database.writing() as db:
        ids = list(
            db.scalars(select(CallBack.id).where(*_old_calls(turn.authority_id, turn.years, turn.today)).limit(AT_ONCE))
        )
        there = (SafeguardingAlert.call_back_id == CallBackAnswer.call_back_id,)
        same = exists().where(*there, SafeguardingAlert.question == CallBackAnswer.question)
        db.execute(delete(CallBackTry).where(CallBackTry.call_back_id.in_(ids)))
        db.execute(delete(CallBackAnswer).where(CallBackAnswer.call_back_id.in_(ids), ~same))
        db.execute(update(CallBack).where(CallBack.id.in_(ids)).values(forgotten_at=turn.now))
        _drop_forgotten(db, ids)
        _tell(db, turn, Due(call_backs=len(ids)))
    return len(ids)


def _some_alerts(turn: _Turn) -> int:
    """One unit of work: some alerts that were closed long enough ago, with their steps. No fact says there were any."""
    with turn.house.database.writing() as db:
        old = SafeguardingAlert.closed_at < kept_from(turn.years.alerts or 0, turn.today)
        wanted = select(SafeguardingAlert).where(SafeguardingAlert.authority_id == turn.authority_id, old)
        rows = list(db.scalars(wanted.limit(AT_ONCE)))
        ids, calls = [row.id for row in rows], list({row.call_back_id for row in rows})
        db.execute(delete(SafeguardingStep).where(SafeguardingStep.alert_id.in_(ids)))
        db.execute(delete(SafeguardingAlert).where(SafeguardingAlert.id.in_(ids)))
        _drop_forgotten(db, calls)
    return len(ids)


def _drop_forgotten(db: Db, call_back_ids: Sequence[UUID]) -> None:
    """Delete call-backs that are out of sight already and about which there is no alert any more."""
    alert = exists().where(SafeguardingAlert.call_back_id == CallBack.id)
    over = CallBack.id.in_(call_back_ids), CallBack.forgotten_at.is_not(None), ~alert
    gone = list(db.scalars(select(CallBack.id).where(*over)))
    db.execute(delete(CallBackAnswer).where(CallBackAnswer.call_back_id.in_(gone)))
    db.execute(delete(CallBack).where(CallBack.id.in_(gone)))


def _tell(db: Db, turn: _Turn, gone: Due) -> None:
    if gone != Due():
        here = turn.authority_id
        fact = ContactsCleared(about=turn.set_by, authority_id=here, notes=gone.notes, call_backs=gone.call_backs)
        record(db, fact, by=None, now=turn.now, behalf=here)
