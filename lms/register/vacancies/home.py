"""What the simple register puts on home pages; nothing at all where it is off."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from lms.core.cards import Card
from lms.core.db import Db
from lms.core.words import N_
from lms.people.rules import Role
from lms.people.viewer import Viewer
from lms.register.directory import contact_queries, reports
from lms.register.directory import queries as directory
from lms.register.directory.queries import SettingView
from lms.register.directory.words import Outcome
from lms.register.kinds import ContactModel
from lms.register.vacancies import queries

On = Mapping[UUID, SettingView]
TEAM = (Role.REGISTER_OFFICER, Role.REGISTER_MANAGER)
HOUSEHOLD = (Role.EMPLOYER, Role.REPRESENTATIVE)


def cards(db: Db, viewer: Viewer, _now: datetime) -> list[Card]:
    """Cards of the simple register: one query to see where it is on, and at most three more for each part one has."""
    on = directory.settings_of(db, viewer.authorities(Role.PA, *HOUSEHOLD, *TEAM))
    if not on:
        return []
    return [*_messages(db, viewer), *_own_profile(db, viewer, on), *_household(viewer, on), *_team(db, viewer, on)]


def _messages(db: Db, viewer: Viewer) -> Iterator[Card]:
    if not viewer.has(Role.PA, *HOUSEHOLD):
        return
    waiting = contact_queries.waiting_for(
        db,
        pa_id=viewer.person_id if viewer.has(Role.PA) else None,
        employer_ids=viewer.organisations(*HOUSEHOLD),
    )
    if waiting:
        yield Card(
            weight=8,
            title=N_("Somebody on the register waits for your answer"),
            body=N_("Messages that wait: %(number)s."),
            values={"number": waiting},
            action=N_("Read your messages"),
            endpoint="lms.directory.talks",
        )


def _own_profile(db: Db, viewer: Viewer, on: On) -> Iterator[Card]:
    mine = [authority for authority in viewer.authorities(Role.PA) if authority in on]
    if not mine:
        return
    sent = directory.newest_of(db, viewer.person_id, mine)
    for authority in mine:
        newest = sent.get(authority)
        if newest is None:
            yield Card(
                weight=46,
                title=N_("Write your profile for employers"),
                body=N_("Say what you are good at and when you can work. Nobody sees it before you send it."),
                action=N_("Begin your profile"),
                endpoint="lms.directory.profile",
                args={"authority_id": authority},
            )
        elif newest.outcome is Outcome.SENT_BACK:
            yield Card(
                weight=12,
                title=N_("Your profile came back"),
                body=N_("Somebody read it and asks you to change something."),
                action=N_("See what to change"),
                endpoint="lms.directory.profile",
                args={"authority_id": authority},
            )
        else:
            yield Card(
                weight=62,
                title=N_("Your profile for employers"),
                body=N_("See what employers see, change it or hide it."),
                action=N_("Open your profile"),
                endpoint="lms.directory.profile",
                args={"authority_id": authority},
            )


def _household(viewer: Viewer, on: On) -> Iterator[Card]:
    for held in viewer.roles:
        chosen = on.get(held.authority_id) if held.role in HOUSEHOLD and held.authority_id else None
        if chosen is None:
            continue
        posts = chosen.contact_model is ContactModel.ADVERT_REPLY
        yield Card(
            weight=52,
            title=N_("Your vacancies") if posts else N_("Find a PA"),
            body=N_("Say what you look for, and PAs answer. Nobody sees your address.")
            if posts
            else N_("See how you can find a PA on the register of your council."),
            action=N_("See your vacancies") if posts else N_("Find a PA"),
            endpoint="lms.vacancies.own" if posts else "lms.directory.find",
            args={"household": held.organisation_id},
        )


def _team(db: Db, viewer: Viewer, on: On) -> Iterator[Card]:
    mine = [authority for authority in viewer.authorities(*TEAM) if authority in on]
    if not mine:
        return
    _profiles, profiles = directory.waiting_profiles(db, mine, limit=0)
    _texts, texts = queries.waiting(db, mine, limit=0)
    _reports, open_reports = reports.open_reports(db, mine, limit=0)
    if profiles + texts + open_reports:
        yield Card(
            weight=9 if open_reports else 16,
            title=N_("Profiles, vacancies and reports to read"),
            body=N_("Profiles: %(profiles)s. Vacancies: %(texts)s. Reports: %(reports)s."),
            values={"profiles": profiles, "texts": texts, "reports": open_reports},
            action=N_("Read what waits"),
            endpoint="lms.vacancies.queue",
        )
