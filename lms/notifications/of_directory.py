"""Whom to tell about profiles, messages and vacancies of a simple register. No notice holds what somebody wrote."""

from datetime import datetime
from uuid import UUID

from lms.core import i18n
from lms.core.clock import london_day
from lms.core.db import Db
from lms.notifications import services
from lms.people import queries as people
from lms.people.rules import Role
from lms.register.directory import contact_queries
from lms.register.directory.contact_queries import ContactView
from lms.register.directory.events import (
    AbuseAnswered,
    ContactDetailsPassed,
    IntroductionAnswered,
    MessageWritten,
    ProfileHidden,
    ProfilePublished,
    ProfileSentBack,
)
from lms.register.directory.words import Side, Way
from lms.register.vacancies import queries as vacancies
from lms.register.vacancies.events import VacancyAnswered, VacancyEnded, VacancyPublished, VacancySentBack
from lms.register.vacancies.words import EndReason

_HOUSEHOLD = (Role.EMPLOYER, Role.REPRESENTATIVE)


def tell_of_profile(db: Db, fact: ProfilePublished | ProfileSentBack | ProfileHidden, now: datetime) -> None:
    """The PA hears what became of their profile; not of what they did themselves."""
    if isinstance(fact, ProfileHidden) and fact.why != "by_the_team":
        return
    kinds = {ProfilePublished: "profile_published", ProfileSentBack: "profile_sent_back"}
    _tell(db, kinds.get(type(fact), "profile_taken_off"), fact.about, fact.authority_id, now)


def tell_of_message(db: Db, fact: MessageWritten, now: datetime) -> None:
    """The other side hears of a message, once until it answers. An answer to a vacancy has a notice of its own."""
    found = contact_queries.contact(db, fact.contact_id)
    if found is None or not fact.news:
        return
    if fact.side == Side.TEAM:
        _tell(db, "introduction_asked", found.pa_id, found.authority_id, now, contact=str(found.id))
    elif fact.side == Side.EMPLOYER:
        _tell(db, "directory_message", found.pa_id, found.authority_id, now, contact=str(found.id))
    elif found.way is not Way.VACANCY or len(contact_queries.messages_of(db, found.id)) > 1:
        _tell_household(db, "directory_message", found, now)


def tell_of_introduction(db: Db, fact: IntroductionAnswered, now: datetime) -> None:
    """The household hears once the PA said yes, and never of a no."""
    found = contact_queries.contact(db, fact.contact_id)
    if found is not None and fact.agreed:
        _tell_household(db, "introduction_agreed", found, now)


def tell_of_details(db: Db, fact: ContactDetailsPassed, now: datetime) -> None:
    """The household hears that a PA passed contact details, not that they were taken back."""
    found = contact_queries.contact(db, fact.contact_id)
    if found is not None and fact.passed:
        _tell_household(db, "details_passed", found, now)


def tell_of_vacancy(db: Db, fact: VacancyPublished | VacancySentBack | VacancyEnded, now: datetime) -> None:
    """Whoever posted a vacancy hears that it is published or came back, and when it ended without their doing."""
    if isinstance(fact, VacancyEnded) and fact.why not in {EndReason.CALENDAR, EndReason.TEAM}:
        return
    found = vacancies.vacancy(db, fact.vacancy_id)
    someone = people.person(db, fact.about)
    last = i18n.day(found.ends_on, someone.language) if found and found.ends_on else ""
    kinds = {VacancyPublished: "vacancy_published", VacancySentBack: "vacancy_sent_back"}
    kind = kinds.get(type(fact), "vacancy_ended")
    _tell(db, kind, fact.about, fact.authority_id, now, vacancy=str(fact.vacancy_id), day=last)


def tell_of_vacancy_answer(db: Db, fact: VacancyAnswered, now: datetime) -> None:
    """Everybody of the household hears that a PA answered."""
    found = contact_queries.contact(db, fact.contact_id)
    if found is not None:
        _tell_household(db, "vacancy_answered", found, now, vacancy=str(fact.vacancy_id))


def tell_of_report(db: Db, fact: AbuseAnswered, now: datetime) -> None:
    """Whoever reported something hears that it was looked at."""
    _tell(db, "report_answered", fact.about, fact.authority_id, now)


def _tell_household(db: Db, kind: str, found: ContactView, now: datetime, **values: str) -> None:
    on = london_day(now)
    there = {one.id for role in _HOUSEHOLD for one in people.holders_of(db, role, [found.employer_id], on)}
    for person_id in sorted(there):
        _tell(db, kind, person_id, found.authority_id, now, contact=str(found.id), **values)


def _tell(db: Db, kind: str, person_id: UUID, authority_id: UUID, now: datetime, **values: str) -> None:
    someone = people.person(db, person_id)
    authority = people.organisation(db, authority_id).called(someone.language)
    services.tell_person(db, kind, someone, now, authority=authority, place=str(authority_id), **values)
