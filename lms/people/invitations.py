"""Inviting people by link, and joining by one. Part of the services of this room."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, delete, select, update

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.events import record, whisper
from lms.core.i18n import Language
from lms.core.spelling import clean_email, clean_name
from lms.core.words import N_, NotFound, Refused
from lms.people import agreements, queries, services
from lms.people.events import InvitationAccepted, PersonInvited
from lms.people.models import Invitation, Person
from lms.people.rules import INVITATION_LASTS, ROLES_IN, Role
from lms.people.secrets import digest, new_secret
from lms.people.sessions import set_password

USED = N_("This invitation was used already. Sign in with the password you chose.")


@dataclass(frozen=True)
class InvitationView:
    """An open invitation as the person who follows the link sees it."""

    id: UUID
    name: str
    email: str | None
    language: str
    role: Role
    organisation_id: UUID
    authority_id: UUID
    employer_id: UUID | None
    course: str | None
    invited_by: UUID | None
    expires_at: datetime
    role_since: date | None = None
    role_until: date | None = None


def invite(
    db: Db,
    *,
    name: str,
    email: str | None,
    role: Role,
    organisation_id: UUID,
    authority_id: UUID,
    by: UUID | None,
    now: datetime,
    language: str = "en",
    employer_id: UUID | None = None,
    course: str | None = None,
    id: UUID | None = None,
    role_since: date | None = None,
    role_until: date | None = None,
) -> str | None:
    """Invite somebody; returns the secret for the link, or None when this invitation (same id) was made already.

    `by` is None for an operator at the command line. The secret is not kept and cannot be shown again. `employer_id`
    links a PA to an individual employer on joining, `course` enrols them; `role_since` and `role_until` bound the role.
    Refused when the role cannot be held there.
    Raises NotFound for a place behind another authority's wall.
    """
    if id is not None and db.get(Invitation, id) is not None:
        return None
    place = queries.organisation(db, organisation_id)
    if place.wall not in {None, authority_id}:
        raise NotFound("organisation")
    if role not in ROLES_IN[place.kind]:
        raise Refused(N_("This role cannot be held in this kind of organisation."))
    if employer_id is not None and queries.organisation(db, employer_id).authority_id != authority_id:
        raise NotFound("employer")
    secret = new_secret()
    row = Invitation(
        id=id or uuid4(),
        secret_digest=digest(secret),
        name=clean_name(name),
        email=clean_email(email) if email else None,
        language=Language(language),
        role=role,
        organisation_id=organisation_id,
        authority_id=authority_id,
        employer_id=employer_id,
        course=course,
        role_since=role_since,
        role_until=role_until,
        invited_by=by,
        invited_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    db.add(row)
    db.flush()
    whisper(db, row.id, secret)
    record(db, PersonInvited(about=by or row.id, invitation_id=row.id), by=by, now=now)
    return secret


def open_invitation(db: Db, secret: str, *, now: datetime) -> InvitationView:
    """The invitation behind a link. Raises NotFound for an unknown link, Refused for a used or an old one."""
    row = db.scalar(select(Invitation).where(Invitation.secret_digest == digest(secret)))
    if row is None:
        raise NotFound("invitation")
    if row.accepted_at is not None:
        raise Refused(USED)
    over = row.role_until is not None and row.role_until < london_day(now)
    if row.expires_at <= now or over:
        raise Refused(N_("This invitation is too old. Ask the person who invited you for a new one."))
    _refuse_without_agreement(db, row, now)
    return _view(row)


def _refuse_without_agreement(db: Db, row: Invitation, now: datetime) -> None:
    """Other councils' employers may let the organisation act: only who still works with it brings in an adviser."""
    if row.role is not Role.ADVISER:
        return
    if row.authority_id not in agreements.agreed_with(db, [row.organisation_id], london_day(now)):
        raise Refused(N_("The council that invited you does not work with this organisation any more."))


def invitation(db: Db, invitation_id: UUID) -> InvitationView:
    """An invitation by its id. Raises NotFound."""
    row = db.get(Invitation, invitation_id)
    if row is None:
        raise NotFound("invitation")
    return _view(row)


def names_of(db: Db, ids: Collection[UUID]) -> dict[UUID, str]:
    """Whom these invitations were for, by name. One query."""
    if not ids:
        return {}
    return {
        row.id: row.name for row in db.execute(select(Invitation.id, Invitation.name).where(Invitation.id.in_(ids)))
    }


def waiting_in(db: Db, authority_id: UUID, *, now: datetime, limit: int = 100) -> list[InvitationView]:
    """Invitations of an authority to PAs that nobody has used yet, newest first."""
    to_pas = (Invitation.authority_id == authority_id) & (Invitation.role == Role.PA)
    return _waiting(db, to_pas, now, limit)


def waiting_for(db: Db, organisation_id: UUID, *, now: datetime, limit: int = 100) -> list[InvitationView]:
    """Invitations into an organisation that nobody has used yet, newest first."""
    return _waiting(db, Invitation.organisation_id == organisation_id, now, limit)


def waiting_among(db: Db, ids: Collection[UUID], *, now: datetime, limit: int = 100) -> list[InvitationView]:
    """Of these invitations those that nobody has used yet, newest first."""
    return _waiting(db, Invitation.id.in_(ids), now, limit)


def newest_accepted(db: Db, organisation_id: UUID, role: Role) -> dict[UUID, UUID]:
    """By person, the authority whose invitation into an organisation they used last for a role."""
    rows = db.execute(
        select(Invitation.accepted_by, Invitation.authority_id)
        .where(
            Invitation.organisation_id == organisation_id, Invitation.role == role, Invitation.accepted_by.is_not(None)
        )
        .order_by(Invitation.accepted_at)
    )
    return {person_id: authority_id for person_id, authority_id in rows if person_id}


def _waiting(db: Db, condition: ColumnElement[bool], now: datetime, limit: int) -> list[InvitationView]:
    rows = db.scalars(
        select(Invitation)
        .where(condition, Invitation.accepted_at.is_(None), Invitation.expires_at > now)
        .order_by(Invitation.invited_at.desc())
        .limit(limit)
    )
    return [_view(row) for row in rows]


def accept(db: Db, secret: str, *, name: str, language: str, password: str, now: datetime) -> UUID:
    """Join by an invitation; returns the person. The link works once, also for two who click at the same moment.

    Somebody with the invited e-mail address who is here already gets the role added only by signing in first,
    since a link in somebody else's hands must not change an existing account's password.
    """
    found = open_invitation(db, secret, now=now)
    _use_up(db, found.id, now)
    person_id = services.add_person(db, name=name, email=found.email, language=language, by=None, now=now)
    set_password(db, person_id=person_id, password=password, by=person_id, now=now)
    _join(db, found, person_id, now)
    return person_id


def accept_as(db: Db, secret: str, *, person_id: UUID, now: datetime) -> None:
    """Join by an invitation as somebody who is signed in already. Refused when it was sent to another address."""
    found = open_invitation(db, secret, now=now)
    if found.email and found.email != queries.person(db, person_id).email:
        raise Refused(N_("This invitation was sent to another e-mail address. Sign out, then follow the link again."))
    _use_up(db, found.id, now)
    _join(db, found, person_id, now)


def _use_up(db: Db, invitation_id: UUID, now: datetime) -> None:
    used = (
        update(Invitation)
        .where(Invitation.id == invitation_id, Invitation.accepted_at.is_(None))
        .values(accepted_at=now)
        .returning(Invitation.id)
    )
    if db.execute(used).first() is None:
        raise Refused(USED)


def is_here(db: Db, email: str | None) -> bool:
    """Whether somebody with this e-mail address has an account."""
    return email is not None and db.scalar(select(Person.id).where(Person.email == email)) is not None


def take_back(db: Db, ids: Collection[UUID]) -> None:
    """Delete invitations that were never to be made; one that was used stays."""
    every = list(ids)
    for start in range(0, len(every), 500):
        unused = Invitation.id.in_(every[start : start + 500]), Invitation.accepted_at.is_(None)
        db.execute(delete(Invitation).where(*unused))


def _join(db: Db, found: InvitationView, person_id: UUID, now: datetime) -> None:
    db.execute(update(Invitation).where(Invitation.id == found.id).values(accepted_by=person_id))
    place, role = found.organisation_id, found.role
    _held, last = queries.role_until(db, person_id, role, place, london_day(now))
    since = _begins(found, last, london_day(now))
    if found.role_until is None or since <= found.role_until:  # else they hold it for longer than that anyway
        services.give_role(
            db,
            person_id=person_id,
            organisation_id=place,
            role=role,
            by=found.invited_by,
            now=now,
            since=since,
            until=found.role_until,
        )
    if found.employer_id is not None and found.role is Role.PA:
        services.start_employment(
            db,
            pa_id=person_id,
            employer_id=found.employer_id,
            since=london_day(now),
            by=found.invited_by,
            now=now,
        )
    fact = InvitationAccepted(
        about=person_id,
        invitation_id=found.id,
        authority_id=found.authority_id,
        role=found.role,
        course=found.course,
    )
    record(db, fact, by=person_id, now=now)


def _begins(found: InvitationView, last: date | None, on: date) -> date:
    """The first day of the role of an invitation that is used on a day; `last` is the last day it is held anyway.

    Who is invited anew before their last day is over goes on the day after it.
    """
    first = max(found.role_since or on, on)
    return max(first, last + timedelta(days=1)) if last else first


def _view(row: Invitation) -> InvitationView:
    return InvitationView(
        row.id,
        row.name,
        row.email,
        str(row.language),
        row.role,
        row.organisation_id,
        row.authority_id,
        row.employer_id,
        row.course,
        row.invited_by,
        row.expires_at,
        row.role_since,
        row.role_until,
    )
