"""Write people: persons, organisations, roles, employment and agreements."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID, uuid4

from sqlalchemy import Select, select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.i18n import Language
from lms.core.spelling import clean_email, clean_name, clean_text, clean_username
from lms.core.words import N_, NotFound, Refused
from lms.people import queries
from lms.people.events import (
    EmploymentEnded,
    EmploymentStarted,
    InvitationAccepted,
    NameChanged,
    PersonAdded,
    RoleEnded,
    RoleGiven,
)
from lms.people.models import Agreement, Employment, Organisation, Person, RoleHeld
from lms.people.reading import Reading
from lms.people.rules import ROLES_IN, Nation, OrganisationKind, Role


def add_person(
    db: Db,
    *,
    name: str,
    by: UUID | None,
    now: datetime,
    email: str | None = None,
    username: str | None = None,
    language: str = "en",
    id: UUID | None = None,
) -> UUID:
    """Add a person with an e-mail address, a username, or both. Refused when either is taken or none is given."""
    if not email and not username:
        raise Refused(N_("Give an e-mail address, or a username for people without e-mail."))
    row = Person(
        id=id or uuid4(),
        name=clean_name(name),
        email=clean_email(email) if email else None,
        username=clean_username(username) if username else None,
        language=Language(language),
        created_at=now,
    )
    if not add_once(db, row):
        raise Refused(N_("Somebody with this e-mail address or username is here already."))
    record(db, PersonAdded(about=row.id), by=by or row.id, now=now)
    return row.id


def add_organisation(
    db: Db,
    *,
    kind: OrganisationKind,
    name: str,
    nation: Nation,
    now: datetime,
    code: str | None = None,
    name_cy: str | None = None,
    authority_id: UUID | None = None,
    user_led: bool = False,
) -> UUID:
    """Add an organisation. An individual employer needs the authority behind whose wall it lives."""
    if kind is OrganisationKind.INDIVIDUAL_EMPLOYER and authority_id is None:
        raise Refused(N_("An individual employer needs an authority."))
    row = Organisation(
        id=uuid4(),
        kind=kind,
        name=clean_name(name),
        name_cy=name_cy,
        nation=nation,
        code=code,
        authority_id=authority_id,
        user_led=user_led,
        created_at=now,
    )
    if not add_once(db, row):
        raise Refused(N_("An organisation with this code is here already."))
    return row.id


def add_employer(db: Db, *, id: UUID, name: str, authority_id: UUID, now: datetime) -> None:
    """Add an individual employer behind an authority's wall; the same id a second time changes nothing."""
    row = Organisation(
        id=id,
        kind=OrganisationKind.INDIVIDUAL_EMPLOYER,
        name=clean_name(name),
        nation=queries.organisation(db, authority_id).nation,
        authority_id=authority_id,
        created_at=now,
    )
    if not add_once(db, row) and queries.organisation(db, id).authority_id != authority_id:
        raise NotFound("employer")


def give_role(
    db: Db,
    *,
    person_id: UUID,
    organisation_id: UUID,
    role: Role,
    by: UUID | None,
    now: datetime,
    since: date | None = None,
    until: date | None = None,
) -> None:
    """Give a role in an organisation from a day (today by default); holding it already changes nothing."""
    place = queries.organisation(db, organisation_id)
    if role not in ROLES_IN[place.kind]:
        raise Refused(N_("This role cannot be held in this kind of organisation."))
    start = since or london_day(now)
    if until is not None and until < start:
        raise Refused(N_("The last day has to be on or after the first day."))
    if queries.holds(db, person_id, role, [organisation_id], start):
        return
    row = RoleHeld(person_id=person_id, organisation_id=organisation_id, role=role, since=start, until=until)
    if add_once(db, row):
        fact = RoleGiven(about=person_id, organisation_id=organisation_id, role=role, since=start)
        record(db, fact, by=by, now=now)


def end_role(
    db: Db, *, person_id: UUID, organisation_id: UUID, role: Role, by: UUID, now: datetime, until: date
) -> None:
    """Let a role end on a day; from the next day on it opens nothing. Raises NotFound when it is not held.

    Ending it again on that day or later changes nothing.
    """
    row = _held(
        db,
        select(RoleHeld).where(
            RoleHeld.person_id == person_id,
            RoleHeld.organisation_id == organisation_id,
            RoleHeld.role == role,
            queries.current(RoleHeld, london_day(now)),
        ),
    )
    last = _end(row, until)
    if last is None:
        return
    record(
        db,
        RoleEnded(about=person_id, organisation_id=organisation_id, role=role, until=last),
        by=by,
        now=now,
    )


def start_employment(db: Db, *, pa_id: UUID, employer_id: UUID, since: date, by: UUID | None, now: datetime) -> None:
    """Link a PA and one of their individual employers from a day; the same link twice changes nothing."""
    if queries.organisation(db, employer_id).kind is not OrganisationKind.INDIVIDUAL_EMPLOYER:
        raise Refused(N_("Only an individual employer can employ a PA here."))
    if queries.employer_for(db, pa_id, [employer_id], since) is not None:
        return
    if add_once(db, Employment(pa_id=pa_id, employer_id=employer_id, since=since)):
        record(db, EmploymentStarted(about=pa_id, employer_id=employer_id, since=since), by=by, now=now)


def end_employment(db: Db, *, pa_id: UUID, employer_id: UUID, until: date, by: UUID, now: datetime) -> None:
    """Let the link between a PA and an individual employer end on a day. Raises NotFound when there is none.

    Ending it again on that day or later changes nothing.
    """
    row = _held(
        db,
        select(Employment).where(
            Employment.pa_id == pa_id,
            Employment.employer_id == employer_id,
            queries.current(Employment, london_day(now)),
        ),
    )
    last = _end(row, until)
    if last is None:
        return
    record(db, EmploymentEnded(about=pa_id, employer_id=employer_id, until=last), by=by, now=now)


Period = TypeVar("Period", RoleHeld, Employment)


def _held(db: Db, wanted: Select[Period]) -> Period:
    """The row asked for, as it is now, held until the end of this unit of work. Raises NotFound."""
    row = db.scalar(wanted.with_for_update().execution_options(populate_existing=True))
    if row is None:
        raise NotFound("period")
    return row


def _end(row: Period, until: date) -> date | None:
    """Write the last day of a period down; returns it, or None when it ends by then already."""
    if row.until is not None and row.until <= until:
        return None
    row.until = last = max(until, row.since)
    return last


def make_agreement(
    db: Db, *, authority_id: UUID, organisation_id: UUID, since: date, until: date | None = None
) -> None:
    """Let an organisation work with an authority's people for a period; the same agreement twice changes nothing."""
    add_once(db, Agreement(authority_id=authority_id, organisation_id=organisation_id, since=since, until=until))


def change_details(db: Db, *, person_id: UUID, name: str, language: str, access_needs: str, now: datetime) -> None:
    """Change what people say about themselves. Nothing that was issued before changes with it."""
    row = db.get_one(Person, person_id)
    called, row.name = row.name, clean_name(name)
    row.language = Language(language)
    row.access_needs = clean_text(access_needs, 2000)
    db.flush()
    if row.name != called:
        record(db, NameChanged(about=person_id), by=person_id, now=now)


def change_reading(db: Db, *, person_id: UUID, reading: Reading) -> None:
    """Keep how somebody likes pages to look and to be read out. It is no fact about anybody, so no event says it."""
    row = db.get_one(Person, person_id)
    row.text_size, row.spacing, row.contrast = reading.text_size, reading.spacing, reading.contrast
    row.motion, row.voice_speed = reading.motion, reading.voice_speed
    db.flush()


@dataclass(frozen=True)
class Details:
    """What people say about themselves."""

    name: str
    email: str | None
    username: str | None
    language: str
    access_needs: str


def details_of(db: Db, person_id: UUID) -> Details:
    """Somebody's own details. Raises NotFound."""
    row = db.get(Person, person_id)
    if row is None:
        raise NotFound("person")
    return Details(row.name, row.email, row.username, str(row.language), row.access_needs)


def free_username(db: Db, name: str) -> str:
    """A username made from a name that nobody has yet, such as mair.pritchard or mair.pritchard2."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = ".".join(re.findall(r"[a-z0-9]+", letters))[:36] or "pa"
    stem = stem if len(stem) > 2 else f"{stem}.pa"
    taken = set(db.scalars(select(Person.username).where(Person.username.startswith(stem, autoescape=True))))
    return stem if stem not in taken else next(n for i in range(2, 9999) if (n := f"{stem}{i}") not in taken)


def add_pa(
    db: Db,
    *,
    id: UUID,
    name: str,
    username: str,
    language: str,
    authority_id: UUID,
    employer_id: UUID | None,
    course: str | None,
    by: UUID,
    now: datetime,
) -> UUID:
    """Add a PA who has no e-mail address, with everything an invitation would have given; once for each id."""
    if db.get(Person, id) is not None:
        raise Refused(N_("This person is added already. You find them in the list of people."))
    add_person(db, id=id, name=name, username=username, language=language, by=by, now=now)
    give_role(db, person_id=id, organisation_id=authority_id, role=Role.PA, by=by, now=now)
    if employer_id is not None:
        if queries.organisation(db, employer_id).authority_id != authority_id:
            raise NotFound("employer")
        start_employment(db, pa_id=id, employer_id=employer_id, since=london_day(now), by=by, now=now)
    fact = InvitationAccepted(about=id, invitation_id=id, authority_id=authority_id, role=Role.PA, course=course)
    record(db, fact, by=by, now=now)
    return id
