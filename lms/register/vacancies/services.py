"""Write vacancies: send one, publish it or send it back, answer it, end it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.register import queries as register
from lms.register.directory import contacts
from lms.register.directory import queries as directory
from lms.register.directory import services as profiles
from lms.register.directory.queries import SettingView
from lms.register.directory.words import BackReason, Outcome
from lms.register.vacancies import queries
from lms.register.vacancies.events import (
    VacancyAnswered,
    VacancyEnded,
    VacancyPublished,
    VacancySent,
    VacancySentBack,
)
from lms.register.vacancies.models import Vacancy, VacancyAnswer, VacancyEnd, VacancyLook, VacancyText
from lms.register.vacancies.rules import OFFERED, USUAL_DAYS, Stop, last_day
from lms.register.vacancies.text import VacancyWords, cleaned_words
from lms.register.vacancies.words import EndReason

MOST_OPEN = 5
"""Vacancies one household can have open or waiting at a time."""


def send(
    db: Db,
    *,
    once: UUID,
    vacancy_id: UUID,
    employer_id: UUID,
    authority_id: UUID,
    words: VacancyWords,
    by: UUID,
    now: datetime,
) -> None:
    """Send a vacancy to the register team: a new one, or the text of one that was sent back or is open, anew.

    What PAs read stays as it is until the new text is published. Refused when it gives away an address, a way to be
    reached or anybody's health.
    """
    contacts.household_of(db, employer_id, authority_id, by, now)
    chosen = offered(db, authority_id)
    cleaned = cleaned_words(words, chosen.areas)
    row = db.get(Vacancy, vacancy_id, with_for_update=True)
    if row is None:
        _refuse_too_many(db, employer_id)
        row = Vacancy(id=vacancy_id, authority_id=authority_id, employer_id=employer_id, posted_by=by, posted_at=now)
        add_once(db, row)
        row = db.get_one(Vacancy, vacancy_id, with_for_update=True)
    if (row.employer_id, row.authority_id) != (employer_id, authority_id):
        raise NotFound("vacancy")
    if db.scalar(select(VacancyText.id).where(VacancyText.id == once, VacancyText.vacancy_id == vacancy_id)):
        return
    if row.ended_on is not None:
        raise Refused(N_("This vacancy has ended. Post a new one."))
    db.execute(update(VacancyText).where(VacancyText.vacancy_id == vacancy_id).values(waits=False))
    text = VacancyText(id=once, vacancy_id=vacancy_id, data=cleaned.data(), by=by, sent_at=now)
    if not add_once(db, text):
        raise Refused(N_("This was sent before. Open the page anew."))
    fact = VacancySent(about=row.posted_by, authority_id=authority_id, vacancy_id=vacancy_id, text_id=once)
    record(db, fact, by=by, now=now, behalf=employer_id)


def look(
    db: Db,
    *,
    once: UUID,
    text_id: UUID,
    authority_id: UUID,
    outcome: Outcome,
    reason: BackReason | None,
    word: str,
    by: UUID,
    now: datetime,
) -> None:
    """Publish a vacancy that waits up to its last day, or send it back with a reason; `word` is for the household.

    A text that was open already keeps its last day. Raises NotFound for another authority's; refused when somebody
    else was first, and for a household one acts for oneself.
    """
    wanted = (
        select(VacancyText)
        .join(Vacancy, Vacancy.id == VacancyText.vacancy_id)
        .where(VacancyText.id == text_id, Vacancy.authority_id == authority_id)
    )
    text = db.scalar(wanted.with_for_update())
    if text is None or not profiles.in_team(db, by, authority_id, now):
        raise NotFound("vacancy")
    row = db.get_one(Vacancy, text.vacancy_id, with_for_update=True)
    if by in {text.by, row.posted_by}:
        raise Refused(N_("This is your own vacancy. Somebody else has to read it."))
    if (outcome is Outcome.SENT_BACK) is not (reason is not None):
        raise Refused(N_("Choose why you send it back, so that it can be mended."))
    done = db.get(VacancyLook, text_id)
    if done is not None and done.id == once:
        return
    if done is not None or not text.waits or row.ended_on is not None:
        raise Refused(N_("Somebody has read this one already, or it has changed since. Go back to the list."))
    said = clean_text(word, profiles.LONGEST_WORD)
    looked = VacancyLook(text_id=text_id, id=once, outcome=outcome, reason=reason, word=said, by=by, at=now)
    if not add_once(db, looked):
        raise Refused(N_("Something was saved from this page before. Open the page anew."))
    text.waits = False
    if reason is not None:
        db.flush()
        back = VacancySentBack(about=row.posted_by, authority_id=authority_id, vacancy_id=row.id, reason=reason.value)
        record(db, back, by=by, now=now, behalf=authority_id)
        return
    row.live_id, row.ends_on = text.id, row.ends_on or last_day(london_day(now), _expires_days(db, authority_id, now))
    db.flush()
    fact = VacancyPublished(about=row.posted_by, authority_id=authority_id, vacancy_id=row.id)
    record(db, fact, by=by, now=now, behalf=authority_id)


def answer(db: Db, *, once: UUID, vacancy_id: UUID, pa_id: UUID, text: str, now: datetime) -> UUID:
    """A PA answers a vacancy with a few words; returns the contact in which both write from now on.

    Raises NotFound for a vacancy of an authority that does not know the PA. Refused with the reason when the PA may
    not answer yet, and the second time.
    """
    row = db.get(Vacancy, vacancy_id, with_for_update=True)
    today = london_day(now)
    if row is None or not register.knows(db, row.authority_id, pa_id, today):
        raise NotFound("vacancy")
    offered(db, row.authority_id)
    there = db.get(VacancyAnswer, once)
    if there is not None and (there.vacancy_id, there.pa_id) == (vacancy_id, pa_id):
        return there.contact_id
    found = queries.vacancy(db, vacancy_id)
    if found is None or found.words is None:
        raise NotFound("vacancy")
    why = queries.stops(db, found, pa_id, today)
    if why is Stop.BLOCKED:
        raise NotFound("vacancy")
    if why is not None:
        raise Refused(WHY[why])
    if queries.answered(db, vacancy_id, pa_id) is not None:
        raise Refused(N_("You have answered this vacancy. Go on in your messages."))
    contact_id = contacts.open_by_answer(
        db,
        once=once,
        pa_id=pa_id,
        employer_id=row.employer_id,
        authority_id=row.authority_id,
        called=found.words.called,
        pa_called=directory.called(db, pa_id, row.authority_id),
        text=text,
        now=now,
    )
    if not add_once(db, VacancyAnswer(id=once, vacancy_id=vacancy_id, pa_id=pa_id, contact_id=contact_id, at=now)):
        raise Refused(N_("You have answered this vacancy. Go on in your messages."))
    fact = VacancyAnswered(about=pa_id, authority_id=row.authority_id, vacancy_id=vacancy_id, contact_id=contact_id)
    record(db, fact, by=pa_id, now=now, behalf=row.authority_id)
    return contact_id


def end(db: Db, *, vacancy_id: UUID, why: EndReason, by: UUID | None, now: datetime) -> None:
    """End a vacancy: whoever calls has looked who may. The second time changes nothing."""
    row = db.get(Vacancy, vacancy_id, with_for_update=True)
    if row is None:
        raise NotFound("vacancy")
    if not add_once(db, VacancyEnd(vacancy_id=vacancy_id, why=why, by=by, at=now)):
        return
    row.ended_on = london_day(now)
    db.execute(update(VacancyText).where(VacancyText.vacancy_id == vacancy_id).values(waits=False))
    fact = VacancyEnded(about=row.posted_by, authority_id=row.authority_id, vacancy_id=vacancy_id, why=why.value)
    record(db, fact, by=by, now=now, behalf=row.authority_id)


def end_by_household(db: Db, *, vacancy_id: UUID, why: EndReason, by: UUID, now: datetime) -> None:
    """The household has found somebody, or needs nobody any more."""
    row = db.get(Vacancy, vacancy_id)
    if row is None or why not in {EndReason.FILLED, EndReason.NOT_NEEDED}:
        raise NotFound("vacancy")
    contacts.household_of(db, row.employer_id, row.authority_id, by, now)
    end(db, vacancy_id=vacancy_id, why=why, by=by, now=now)


def end_by_team(db: Db, *, vacancy_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> None:
    """The register team takes a vacancy off."""
    row = db.get(Vacancy, vacancy_id)
    if row is None or row.authority_id != authority_id or not profiles.in_team(db, by, authority_id, now):
        raise NotFound("vacancy")
    end(db, vacancy_id=vacancy_id, why=EndReason.TEAM, by=by, now=now)


def offered(db: Db, authority_id: UUID) -> SettingView:
    """The authority's choice, where employers post vacancies. Raises NotFound elsewhere."""
    chosen = directory.setting(db, authority_id)
    if chosen is None or not chosen.is_on or chosen.contact_model not in OFFERED:
        raise NotFound("vacancies")
    return chosen


def _expires_days(db: Db, authority_id: UUID, now: datetime) -> int:
    edition = register.edition_for(db, authority_id, london_day(now))
    adverts = edition.file.adverts if edition else None
    return adverts.expires_days if adverts else USUAL_DAYS


def _refuse_too_many(db: Db, employer_id: UUID) -> None:
    open_now = (
        select(func.count()).select_from(Vacancy).where(Vacancy.employer_id == employer_id, Vacancy.ended_on.is_(None))
    )
    if (db.scalar(open_now) or 0) >= MOST_OPEN:
        raise Refused(N_("You have %(most)s vacancies already. End one of them first."), most=MOST_OPEN)


WHY = {
    Stop.OVER: N_("This vacancy has ended."),
    Stop.NOT_ACCREDITED: N_("You can answer vacancies once nothing is missing. See what is still to do."),
    Stop.NOT_ON_REGISTER: N_("You can answer vacancies when you are on the register. See what is still to do."),
    Stop.NO_PROFILE: N_("Employers read your profile with your answer. Write it first, or show it again."),
}
"""What is said of what stops a PA; message ids."""
