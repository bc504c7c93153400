"""Advisers of organisations: an authority that works with one invites them and ends what it gave."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import N_, NotFound, Refused
from lms.funding.permissions.services import delegates_for
from lms.people import agreements, invitations
from lms.people import queries as people
from lms.people import services as people_services
from lms.people.invitations import InvitationView
from lms.people.queries import OrganisationView
from lms.people.rules import Role


@dataclass(frozen=True, kw_only=True)
class AdviserView:
    """An adviser of an organisation; `ours` says that this authority may end it.

    That is so unless another one invited them that still works with the organisation.
    """

    id: UUID
    name: str
    email: str | None
    ours: bool


def working_here(db: Db, authority_id: UUID, organisation_id: UUID, on: date) -> OrganisationView:
    """An organisation whose advisers an authority appoints. NotFound where there is no agreement on that day."""
    for place in delegates_for(db, authority_id, on):
        if place.id == organisation_id:
            return place
    raise NotFound("organisation")


def advisers_of(db: Db, authority_id: UUID, organisation_id: UUID, on: date) -> list[AdviserView]:
    """Who advises for an organisation today, by name. The caller has looked at the agreement."""
    invited_by = invitations.newest_accepted(db, organisation_id, Role.ADVISER)
    others = agreements.agreed_with(db, [organisation_id], on) - {authority_id}
    return [
        AdviserView(
            id=each.id,
            name=each.name,
            email=each.email,
            ours=invited_by.get(each.id, authority_id) not in others,
        )
        for each in people.holders_of(db, Role.ADVISER, [organisation_id], on)
    ]


def waiting(db: Db, authority_id: UUID, organisation_id: UUID, now: datetime) -> list[InvitationView]:
    """Invitations of this authority to advise for an organisation that nobody has used yet, newest first."""
    found = invitations.waiting_for(db, organisation_id, now=now)
    return [each for each in found if each.role is Role.ADVISER and each.authority_id == authority_id]


def invite(
    db: Db,
    *,
    once: UUID,
    authority_id: UUID,
    organisation_id: UUID,
    name: str,
    email: str,
    language: str,
    by: UUID,
    now: datetime,
) -> None:
    """Invite somebody to advise for an organisation that works with the authority; sent twice, it is one invitation.

    The role opens nothing by itself: only what employers let the organisation do. Raises NotFound without an agreement.
    """
    working_here(db, authority_id, organisation_id, london_day(now))
    invitations.invite(
        db,
        id=once,
        name=name,
        email=email,
        role=Role.ADVISER,
        organisation_id=organisation_id,
        authority_id=authority_id,
        language=language,
        by=by,
        now=now,
    )


def end(db: Db, *, authority_id: UUID, organisation_id: UUID, person_id: UUID, by: UUID, now: datetime) -> None:
    """Let today be somebody's last day as an adviser of an organisation; the second time changes nothing.

    Refused where another authority invited them. Raises NotFound for who is no adviser there.
    """
    today = london_day(now)
    working_here(db, authority_id, organisation_id, today)
    found = next((each for each in advisers_of(db, authority_id, organisation_id, today) if each.id == person_id), None)
    if found is None:
        raise NotFound("adviser")
    if not found.ours:
        raise Refused(
            N_("Another council invited this adviser, so only that council can end it. You can end permissions.")
        )
    people_services.end_role(
        db, person_id=person_id, organisation_id=organisation_id, role=Role.ADVISER, by=by, now=now, until=today
    )
