"""Alerts: raised with the answer that points to harm, told to who is named, taken by one of them, and closed.

Whoever asks for one that is not theirs gets the same answer as for one that does not exist. Nothing here is logged.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.programme.contacts import rules
from lms.programme.contacts.events import AlertWaits
from lms.programme.contacts.guarding import NamedView, counting
from lms.programme.contacts.models import CallBack, SafeguardingAlert, SafeguardingStep
from lms.programme.contacts.rules import Heard, Next
from lms.programme.contacts.staff import concerned
from lms.programme.contacts.words import AlertStep, Referral

LONGEST_SAID = 2000
TAKEN = frozenset({AlertStep.ACKNOWLEDGED, AlertStep.TAKEN_OVER})


@dataclass(frozen=True)
class About:
    """What an alert is about, for whoever may see it."""

    call_back_id: UUID
    authority_id: UUID
    pa_id: UUID
    employer_id: UUID
    since: date


def who_hears(db: Db, row: CallBack, on: date) -> list[NamedView]:
    """Who is named and not concerned, in their order: never the PA or anybody of the household."""
    not_them = concerned(db, pa_id=row.pa_id, employer_id=row.employer_id)
    return [each for each in counting(db, row.authority_id, on) if each.person_id not in not_them]


def raise_alert(db: Db, row: CallBack, *, edition: str, question: str, option: str, by: UUID, now: datetime) -> bool:
    """Raise an alert of an answer and tell the first who is named; all in the transaction of the answer.

    While one is open for the same answer there is no second one: whoever has it, or heard last, is told that there is
    more to read. False then.
    """
    alert = SafeguardingAlert(
        authority_id=row.authority_id,
        call_back_id=row.id,
        edition=edition,
        question=question,
        option=option,
        raised_by=by,
        raised_at=now,
    )
    if add_once(db, alert):
        pass_on(db, alert, row, now)
        return True
    same = (SafeguardingAlert.question == question, SafeguardingAlert.option == option)
    mine = (SafeguardingAlert.call_back_id == row.id, SafeguardingAlert.closed_at.is_(None))
    there = db.scalar(select(SafeguardingAlert).where(*mine, *same).with_for_update())
    if there is not None:
        _tell_of_more(db, there, row, now)
    return False


def _tell_of_more(db: Db, alert: SafeguardingAlert, row: CallBack, now: datetime) -> None:
    named = [each.person_id for each in who_hears(db, row, london_day(now))]
    steps = _steps(db, alert)
    told = [step.person_id for step in steps if step.step is AlertStep.TOLD and step.person_id in named]
    hears = _has_it(steps, named) or (told[-1] if told else None)
    if hears is None:
        pass_on(db, alert, row, now)
    else:
        _tell(db, alert, Next(hears, AlertStep.REMINDED), now)


def _steps(db: Db, alert: SafeguardingAlert) -> list[SafeguardingStep]:
    mine = select(SafeguardingStep).where(SafeguardingStep.alert_id == alert.id)
    return list(db.scalars(mine.order_by(SafeguardingStep.number)))


def _has_it(steps: Sequence[SafeguardingStep], named: Collection[UUID]) -> UUID | None:
    """Who took it last, of those who are named today."""
    taken = [step.person_id for step in steps if step.step in TAKEN and step.person_id in named]
    return taken[-1] if taken else None


def has_it(db: Db, alert: SafeguardingAlert, row: CallBack, on: date) -> bool:
    """Whether somebody who is named today has an alert."""
    return _has_it(_steps(db, alert), [each.person_id for each in who_hears(db, row, on)]) is not None


def _tell(db: Db, alert: SafeguardingAlert, following: Next, now: datetime) -> None:
    db.add(SafeguardingStep(alert_id=alert.id, step=following.step, person_id=following.person_id, said="", at=now))
    again = following.step is AlertStep.REMINDED
    fact = AlertWaits(about=following.person_id, authority_id=alert.authority_id, again=again)
    record(db, fact, by=None, now=now, behalf=alert.authority_id)
    db.flush()


def pass_on(db: Db, alert: SafeguardingAlert, row: CallBack, now: datetime) -> int:
    """Tell or remind whoever is next by the rules; how many were told. Nothing once somebody who is named has it."""
    named = [each.person_id for each in who_hears(db, row, london_day(now))]
    steps = _steps(db, alert)
    if alert.closed_at is not None or _has_it(steps, named):
        return 0
    heard = [
        Heard(step.person_id, step.step, step.at) for step in steps if step.step in {AlertStep.TOLD, AlertStep.REMINDED}
    ]
    following = rules.escalation(named, heard, now)
    for each in following:
        _tell(db, alert, each, now)
    return len(following)


def acknowledge(db: Db, *, alert_id: UUID, by: UUID, now: datetime) -> bool:
    """Say that one has it; False when somebody has it already. Raises NotFound for whoever may not see it.

    When whoever had it is not named any more, it is taken over.
    """
    alert, row = seen_by(db, alert_id, by, london_day(now), held=True)
    if alert.closed_at is not None or has_it(db, alert, row, london_day(now)):
        return False
    kind = AlertStep.TAKEN_OVER if alert.acknowledged_at else AlertStep.ACKNOWLEDGED
    if not add_once(db, SafeguardingStep(alert_id=alert.id, step=kind, person_id=by, said="", at=now)):
        return False
    alert.acknowledged_at = now
    db.flush()
    return True


def close(db: Db, *, alert_id: UUID, referral: Referral, said: str, by: UUID, now: datetime) -> bool:
    """Close an alert with what was done; False when it was closed already. It counts as taken then, too.

    Refused without a reason when nothing further is done. Raises NotFound for whoever may not see it.
    """
    alert, _row = seen_by(db, alert_id, by, london_day(now), held=True)
    if alert.closed_at is not None:
        return False
    text = clean_text(said, LONGEST_SAID)
    if referral is Referral.NO_FURTHER_ACTION and not text:
        raise Refused(N_("Say why nothing further is done."))
    acknowledge(db, alert_id=alert_id, by=by, now=now)
    step = SafeguardingStep(
        alert_id=alert.id, step=AlertStep.CLOSED, person_id=by, referral=referral, said=text, at=now
    )
    if not add_once(db, step):
        return False
    alert.closed_at = now
    db.flush()
    return True


def seen_by(
    db: Db, alert_id: UUID, person_id: UUID, on: date, *, held: bool = False
) -> tuple[SafeguardingAlert, CallBack]:
    """An alert and its call-back, for somebody named who may see it. Raises NotFound for everybody else.

    Whoever was named after it was raised sees it only once they were told of it: nobody names themselves to read.
    """
    wanted = select(SafeguardingAlert).where(SafeguardingAlert.id == alert_id)
    if held:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    alert = db.scalar(wanted)
    row = db.get(CallBack, alert.call_back_id) if alert is not None else None
    if alert is None or row is None:
        raise NotFound("alert")
    mine = next((each for each in who_hears(db, row, on) if each.person_id == person_id), None)
    if mine is None or (alert.raised_at < mine.sees_from and not _took_part(db, alert_id, person_id)):
        raise NotFound("alert")
    return alert, row


def _took_part(db: Db, alert_id: UUID, person_id: UUID) -> bool:
    """Whether somebody was told of it, or has had it."""
    mine = (SafeguardingStep.alert_id == alert_id, SafeguardingStep.person_id == person_id)
    return db.scalar(select(SafeguardingStep.number).where(*mine).limit(1)) is not None
