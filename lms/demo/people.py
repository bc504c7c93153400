"""The people and places of the demonstration."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.files import Files
from lms.demo import cast
from lms.people import invitations, second_factor, services, sessions
from lms.people.rules import OrganisationKind, Role
from lms.people.secrets import hash_password


@dataclass
class Stage:
    """The demonstration while it is built: ids by code or name, and the accounts to write down."""

    db: Db
    now: datetime
    files: Files
    places: dict[str, UUID] = field(default_factory=dict)
    persons: dict[str, UUID] = field(default_factory=dict)
    accounts: list[dict[str, str]] = field(default_factory=list)
    hashed: str = field(default_factory=lambda: hash_password(cast.PASSWORD))

    def ago(self, days: float) -> datetime:
        """A moment so many days before the demonstration was made."""
        return self.now - timedelta(days=days)

    def organisation_of(self, authority: str) -> UUID:
        """The authority behind a code."""
        return self.places[authority]


def add_places(stage: Stage) -> None:
    """Authorities, colleges and support organisations with their agreements, and the households."""
    began = stage.ago(400)
    for authority in cast.AUTHORITIES:
        stage.places[authority.code] = services.add_organisation(
            stage.db,
            kind=OrganisationKind.AUTHORITY,
            name=authority.name,
            name_cy=authority.name_cy,
            code=authority.code,
            nation=authority.nation,
            now=began,
        )
    nations = {authority.code: authority.nation for authority in cast.AUTHORITIES}
    for place in cast.PLACES:
        here = stage.places[place.authority]
        stage.places[place.code] = services.add_organisation(
            stage.db,
            kind=place.kind,
            name=place.name,
            code=place.code,
            nation=nations[place.authority],
            user_led=place.user_led,
            now=began,
        )
        services.make_agreement(
            stage.db, authority_id=here, organisation_id=stage.places[place.code], since=london_day(began)
        )
    for home in cast.HOUSEHOLDS:
        stage.places[home.name] = services.add_organisation(
            stage.db,
            kind=OrganisationKind.INDIVIDUAL_EMPLOYER,
            name=home.name,
            nation=nations[home.authority],
            authority_id=stage.places[home.authority],
            now=began,
        )


def add_people(stage: Stage) -> None:
    """Staff, assessors, employers and those who act for them, each with a password."""
    authority_of = {place.code: place.authority for place in cast.PLACES}
    for member in (*cast.STAFF, *cast.ASSESSORS):
        add(
            stage, member.name, member.role, member.at, authority_of.get(member.at, member.at), language=member.language
        )
    for home in cast.HOUSEHOLDS:
        add(stage, home.name, Role.EMPLOYER, home.name, home.authority, language=home.language)
        if home.representative:
            add(stage, home.representative, Role.REPRESENTATIVE, home.name, home.authority, language=home.language)


def add(
    stage: Stage,
    name: str,
    role: Role,
    place: str,
    authority: str,
    *,
    language: str = "en",
    username: str | None = None,
    days_ago: float = 300,
) -> UUID:
    """One person with a role and a password, noted in the list of accounts."""
    since = stage.ago(days_ago)
    email = None if username else cast.email_of(name, authority)
    person_id = services.add_person(
        stage.db, name=name, email=email, username=username, language=language, by=None, now=since
    )
    services.give_role(
        stage.db, person_id=person_id, organisation_id=stage.places[place], role=role, by=None, now=since
    )
    sessions.set_password(
        stage.db, person_id=person_id, password=cast.PASSWORD, by=person_id, now=since, hashed=stage.hashed
    )
    account = {
        "role": role.value,
        "name": name,
        "email": email or username or "",
        "password": cast.PASSWORD,
        "authority": authority,
    }
    if role is Role.ADMIN:
        account["totp"] = _second_step(stage, person_id, since)
    stage.persons[name] = person_id
    stage.accounts.append(account)
    return person_id


def _second_step(stage: Stage, person_id: UUID, since: datetime) -> str:
    secret = second_factor.new_secret()
    code = second_factor.code_now(secret, since)
    second_factor.turn_on(stage.db, person_id=person_id, secret=secret, code=code, now=since)
    return secret


def invite_some(stage: Stage) -> None:
    """Invitations nobody has used yet; their mails lie in the outbox."""
    for name, authority, employer in cast.INVITED:
        here = stage.places[authority]
        invitations.invite(
            stage.db,
            id=uuid4(),
            name=name,
            email=cast.email_of(name, authority),
            role=Role.PA,
            organisation_id=here,
            authority_id=here,
            employer_id=stage.places[employer] if employer else None,
            course="PAI",
            by=stage.persons["Carol Bennett"],
            now=stage.ago(1),
        )
