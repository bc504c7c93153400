"""What is known of many given people at once, as PAs of an authority: for work on many, in two queries however many."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Uuid, bindparam, or_, select

from lms.core.db import Db, columns
from lms.people.models import Invitation, Person, RoleHeld
from lms.people.rules import Role


class KnownPa(NamedTuple):
    """Somebody who is or was a PA of an authority. `closed`: the account is, as that of a record put into another.

    `secret`: they chose a password, or have a passphrase. `pa_now`: they are a PA there on the day asked about;
    `until` is the last day that is written down, None while there is none.
    """

    id: UUID
    name: str
    email: str | None
    username: str | None
    language: str
    secret: bool
    closed: bool
    pa_now: bool
    until: date | None


def known_among(db: Db, authority_id: UUID, ids: Collection[UUID], on: date) -> dict[UUID, KnownPa]:
    """Those of these people who are a PA of an authority, were one or will be; strangers are left out. Two queries."""
    values = {"ids": list(ids), "authority_id": authority_id}
    spells: dict[UUID, list[tuple[date, date | None]]] = {}
    for row in columns(db, _ROLES, values):
        spells.setdefault(row.person_id, []).append((row.since, row.until))
    if not spells:
        return {}
    found = columns(db, _PEOPLE, {"ids": list(spells)})
    return {
        row.id: KnownPa(*row[:5], row[5] is not None, row[6] is not None, *_held(spells[row.id], on)) for row in found
    }


def _held(spells: Collection[tuple[date, date | None]], on: date) -> tuple[bool, date | None]:
    now = any(since <= on and (until is None or until >= on) for since, until in spells)
    lasts = [until for _since, until in spells]
    return now, None if None in lasts else max(each for each in lasts if each)


def answering(db: Db, employer_ids: Collection[UUID], on: date) -> set[UUID]:
    """The employers for whom somebody with an account answers on a day: themself, or who acts for them. One query."""
    if not employer_ids:
        return set()
    return set(columns(db, _ANSWERING, {"ids": list(employer_ids), "on": on}).scalars())


_IDS: Any = bindparam("ids", type_=Uuid(), expanding=True)
_ROLES = select(RoleHeld.person_id, RoleHeld.since, RoleHeld.until).where(
    RoleHeld.person_id.in_(_IDS),
    RoleHeld.organisation_id == bindparam("authority_id", type_=Uuid()),
    RoleHeld.role == Role.PA,
)
_PEOPLE = select(
    Person.id, Person.name, Person.email, Person.username, Person.language, Person.password_hash, Person.closed_at
).where(Person.id.in_(_IDS))
_ANSWERING = (
    select(RoleHeld.organisation_id)
    .join(Person, Person.id == RoleHeld.person_id)
    .where(
        RoleHeld.organisation_id.in_(_IDS),
        RoleHeld.role.in_((Role.EMPLOYER, Role.REPRESENTATIVE)),
        RoleHeld.since <= bindparam("on"),
        or_(RoleHeld.until.is_(None), RoleHeld.until >= bindparam("on")),
        Person.closed_at.is_(None),
    )
    .distinct()
)


def invited_among(db: Db, authority_id: UUID, emails: Collection[str], *, now: datetime) -> set[str]:
    """Those of these e-mail addresses to which an open invitation to be a PA of an authority went. One query."""
    if not emails:
        return set()
    values = {"emails": list(emails), "authority_id": authority_id, "now": now}
    return {email for email in columns(db, _INVITED, values).scalars() if email}


_INVITED = select(Invitation.email).where(
    Invitation.email.in_(bindparam("emails", expanding=True)),
    Invitation.authority_id == bindparam("authority_id", type_=Uuid()),
    Invitation.role == Role.PA,
    Invitation.accepted_at.is_(None),
    Invitation.expires_at > bindparam("now"),
)
