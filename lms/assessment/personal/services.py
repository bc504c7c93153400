"""Write sign-offs for one person: recorded by those who stand beside it, looked at again, ended, and reminded of."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from lms.assessment.personal import queries
from lms.assessment.personal.events import (
    PersonalSignOffEnded,
    PersonalSignOffEnding,
    PersonalSignOffLookedAt,
    PersonalSignOffRecorded,
)
from lms.assessment.personal.models import PersonalEnd, PersonalLook, PersonalReminder, PersonalSignOff
from lms.assessment.personal.rules import (
    REMINDERS,
    Days,
    EndedWhy,
    Looked,
    SignerRole,
    State,
    Task,
    Wrong,
    reminder,
    wrong_code,
    wrong_days,
)
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record as record_fact
from lms.core.house import House
from lms.core.spelling import clean_name, clean_text, visible
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people
from lms.people.viewer import Viewer

LONGEST_WORD, LONGEST_KNOWN_BY, LONGEST_PLACE = 1000, 200, 160
MOST_A_DAY = 40
"""Written down about one PA within a day: more than anybody means, and no way to fill a disk."""

AT_ONCE = 200
"""Reminders looked through in one go."""

SAID: dict[Wrong, str] = {
    Wrong.CODE_SHAPE: N_("Use initials or a short code of at most 12 letters and numbers, such as A.Y. or P7."),
    Wrong.CODE_LIKE_A_NAME: N_("This looks like a name. Use initials or a short code, such as A.Y. or P7."),
    Wrong.DAY_TO_COME: N_("Training and watching have to have happened. Choose days up to today."),
    Wrong.WATCHED_BEFORE_TRAINED: N_("The day it was watched is before the day of the training. Check both days."),
    Wrong.OVER_ALREADY: N_("The last day has passed already. Ask for it to be looked at again first."),
    Wrong.TOO_LONG: N_("Choose a last day within three years of the day it was watched."),
}
"""What is said of what is wrong; message ids."""


@dataclass(frozen=True, kw_only=True)
class SignedFor:
    """What a competent person signed a PA off for, as somebody writes it down."""

    employer_id: UUID
    person_code: str
    task: Task
    what: str
    limits: str = ""
    signer_name: str
    signer_role: SignerRole
    signer_organisation: str = ""
    known_by: str
    days: Days


def record(db: Db, *, id: UUID, learner_id: UUID, signed: SignedFor, by: UUID, now: datetime) -> UUID:
    """Write down what a competent person signed a PA off for; returns its id, which is `id`.

    The same `id` with the same content again changes nothing. Raises NotFound for strangers, for the PA, and for a
    household the PA does not work for; refused for a name in place of initials, and for days that cannot be.
    """
    viewer, on = _viewer(db, by, now), london_day(now)
    tie = queries.tie(db, viewer, learner_id, on)
    home = next((each for each in tie.homes if each.id == signed.employer_id), None)
    if home is None or home.wall is None:
        raise NotFound("household")
    signed = _cleaned(signed, on)
    row = _row(
        signed,
        id=id,
        learner_id=learner_id,
        authority_id=home.wall,
        recorded_by=by,
        recorded_as=tie.recorded_as,
        behalf=tie.behalf or home.id,
        recorded_at=now,
    )
    earlier = db.get(PersonalSignOff, id)
    if earlier is not None:
        if any(getattr(earlier, name) != getattr(row, name) for name in _SAME):
            raise Refused(N_("Something was saved from this page before. Open the page anew to add something else."))
        return id
    if _count_since(db, learner_id, now - timedelta(days=1)) >= MOST_A_DAY:
        raise Refused(N_("A great deal was written down about this person today. Go on tomorrow."))
    if add_once(db, row):
        record_fact(db, PersonalSignOffRecorded(about=learner_id, personal_id=id), by=by, now=now, behalf=row.behalf)
    return id


def look_again(
    db: Db, *, id: UUID, personal_id: UUID, looked: Looked, looked_by: str = "", word: str = "", by: UUID, now: datetime
) -> None:
    """Say that the plan changed (nobody relies on it from now), or that somebody competent looked and it fits.

    `id` is the form's once-only number. The PA may say that something changed, and leaves it to others to say it fits.
    Raises NotFound for everybody it is not shown to; refused once it has ended.
    """
    viewer = _viewer(db, by, now)
    found = queries.one(db, viewer, personal_id, london_day(now))
    if db.get(PersonalLook, id) is not None:
        return
    looked_by, word = visible(looked_by).strip()[:LONGEST_KNOWN_BY], clean_text(word, LONGEST_WORD)
    if found.state is State.ENDED:
        raise Refused(N_("This has ended. Write a new one down when somebody competent has signed it off again."))
    if looked is Looked.FITS and found.learner_id == by:
        raise Refused(N_("Somebody else has to say that it still fits."))
    if looked is Looked.FITS and not looked_by:
        raise Refused(N_("Write who looked at it: their name and what they are."))
    row = PersonalLook(id=id, personal_id=personal_id, looked=looked, looked_by=looked_by, word=word, by=by, at=now)
    if add_once(db, row):
        fact = PersonalSignOffLookedAt(about=found.learner_id, personal_id=personal_id, looked=looked)
        record_fact(db, fact, by=by, now=now)


def stop(db: Db, *, personal_id: UUID, word: str, by: UUID, now: datetime) -> None:
    """End one, today being its last day; again changes nothing. The PA cannot take back what another person said.

    Raises NotFound for everybody it is not shown to, and for the PA.
    """
    found = queries.one(db, _viewer(db, by, now), personal_id, london_day(now))
    if found.learner_id == by:
        raise NotFound("sign-off")
    word = clean_text(word, LONGEST_WORD)
    row = PersonalEnd(personal_id=personal_id, why=EndedWhy.STOPPED, last_day=london_day(now), word=word, by=by, at=now)
    _end(db, row, found.learner_id)


def end_with_job(db: Db, which: ColumnElement[bool], *, last: date, now: datetime) -> None:
    """Let all end with the job they were made in, after its last day."""
    rows = db.execute(select(PersonalSignOff.id, PersonalSignOff.learner_id).where(which).order_by(PersonalSignOff.id))
    for personal_id, learner_id in rows.all():
        row = PersonalEnd(personal_id=personal_id, why=EndedWhy.JOB_ENDED, last_day=last, word="", by=None, at=now)
        _end(db, row, learner_id)


def of_job(learner_id: UUID, employer_id: UUID) -> ColumnElement[bool]:
    """The condition for all of one PA in one household."""
    return (PersonalSignOff.learner_id == learner_id) & (PersonalSignOff.employer_id == employer_id)


def remind(house: House, now: datetime) -> int:
    """Remind of what ends in 30 days and in 7; once each. Returns how many. The worker asks each minute."""
    on = london_day(now)
    with house.database.reading() as db:
        due = _due(db, on)
    if not due:
        return 0
    with house.database.writing() as db:
        for personal_id, days in due:
            row = db.get_one(PersonalSignOff, personal_id)
            if add_once(db, PersonalReminder(personal_id=personal_id, days=days, at=now)):
                fact = PersonalSignOffEnding(about=row.learner_id, personal_id=personal_id, days=days)
                record_fact(db, fact, by=None, now=now)
    return len(due)


def _due(db: Db, on: date) -> list[tuple[UUID, int]]:
    """What is to be reminded of today. Two queries, also when nothing is."""
    ended = select(PersonalEnd.personal_id).where(PersonalEnd.personal_id == PersonalSignOff.id)
    soon = PersonalSignOff.valid_until.between(on, on + timedelta(days=max(REMINDERS)))
    sent = select(PersonalReminder.days).where(PersonalReminder.personal_id == PersonalSignOff.id)
    last = sent.where(PersonalReminder.days == min(REMINDERS)).exists()
    rows = db.execute(
        select(PersonalSignOff.id, PersonalSignOff.valid_until, PersonalSignOff.recorded_at)
        .where(soon, ~ended.exists(), ~last)
        .order_by(PersonalSignOff.valid_until, PersonalSignOff.id)
    ).all()
    told: dict[UUID, set[int]] = {}
    for personal_id, days in db.execute(
        select(PersonalReminder.personal_id, PersonalReminder.days)
        .join(PersonalSignOff, PersonalSignOff.id == PersonalReminder.personal_id)
        .where(soon)
    ):
        told.setdefault(personal_id, set()).add(days)
    found = ((id, reminder(until, recorded_on=london_day(at), sent=told.get(id, ()), on=on)) for id, until, at in rows)
    return [(id, days) for id, days in found if days is not None][:AT_ONCE]


def _end(db: Db, row: PersonalEnd, learner_id: UUID) -> None:
    if add_once(db, row):
        fact = PersonalSignOffEnded(about=learner_id, personal_id=row.personal_id, why=row.why, last_day=row.last_day)
        record_fact(db, fact, by=row.by, now=row.at)


def _cleaned(signed: SignedFor, on: date) -> SignedFor:
    code = " ".join(visible(signed.person_code).split()).upper()
    wrong = wrong_code(code) or wrong_days(signed.days, today=on)
    if wrong is not None:
        raise Refused(SAID[wrong])
    what, known_by = clean_text(signed.what, LONGEST_WORD), _line(signed.known_by, LONGEST_KNOWN_BY)
    if not what:
        raise Refused(N_("Write what exactly they may do."))
    if not known_by:
        raise Refused(N_("Write how the person who signed is known, such as a registration number."))
    return replace(
        signed,
        person_code=code,
        what=what,
        known_by=known_by,
        limits=clean_text(signed.limits, LONGEST_WORD),
        signer_name=clean_name(signed.signer_name),
        signer_organisation=_line(signed.signer_organisation, LONGEST_PLACE),
    )


def _line(text: str, longest: int) -> str:
    return clean_text(" ".join(visible(text, keep="\t\n").split()), longest)


_SAID_BY_FORM = (
    "employer_id",
    "person_code",
    "task",
    "what",
    "limits",
    "signer_name",
    "signer_role",
    "signer_organisation",
    "known_by",
)
_SAME = ("learner_id", "employer_id", "person_code", "task", "what", "signer_name", "valid_until", "recorded_by")


def _row(signed: SignedFor, **more: Any) -> PersonalSignOff:
    said = {name: getattr(signed, name) for name in _SAID_BY_FORM}
    return PersonalSignOff(
        **said,
        trained_on=signed.days.trained_on,
        observed_on=signed.days.observed_on,
        valid_until=signed.days.valid_until,
        **more,
    )


def _count_since(db: Db, learner_id: UUID, since: datetime) -> int:
    recent = (PersonalSignOff.learner_id == learner_id) & (PersonalSignOff.recorded_at > since)
    return db.scalar(select(func.count()).select_from(PersonalSignOff).where(recent)) or 0


def _viewer(db: Db, by: UUID, now: datetime) -> Viewer:
    found = people.viewer_of(db, by, london_day(now))
    if found is None:
        raise NotFound("PA")
    return found
