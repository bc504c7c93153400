"""Tell who gets or loses a role at an authority, and all its other admins: nobody comes to see things unseen."""

from datetime import date, datetime
from uuid import UUID

from lms.core import i18n
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import N_
from lms.notifications import services
from lms.people import invitations
from lms.people import queries as people
from lms.people.queries import PersonView
from lms.people.rules import Role
from lms.programme.authority import roles
from lms.programme.authority.events import StaffInvited, StaffRoleChanged, StaffRoleEndsSoon
from lms.programme.authority.labels import TITLES
from lms.programme.authority.words import RoleStep

_KINDS = {
    RoleStep.GIVEN: "given",
    RoleStep.END_CHANGED: "changed",
    RoleStep.ENDED: "ended",
    RoleStep.TAKEN_BACK: "ended",
}


def tell_of_change(db: Db, fact: StaffRoleChanged, now: datetime) -> None:
    """Tell the holder what changed, and every other admin but the one who did it."""
    by = roles.changed_by(db, fact.change_id)
    kind, done_by = _KINDS[fact.what], people.person(db, by).name
    someone = people.person(db, fact.about)

    def tell(kind: str, whom: PersonView) -> None:
        values = {
            **_values(db, fact.authority_id, fact.role, whom),
            "by": done_by,
            "who": someone.name,
            "since": i18n.day(fact.since, whom.language),
            "until": _until(fact.until, whom.language),
        }
        services.tell_person(db, kind, whom, now, **values)

    tell(f"role_{kind}", someone)
    for admin in _admins(db, fact.authority_id, now, but={by, fact.about}):
        tell(f"role_told_{kind}", admin)


def tell_of_invitation(db: Db, fact: StaffInvited, now: datetime) -> None:
    """Tell the other admins whom one of them invited."""
    who, by = invitations.invitation(db, fact.invitation_id).name, people.person(db, fact.about).name
    for admin in _admins(db, fact.authority_id, now, but={fact.about}):
        values = _values(db, fact.authority_id, fact.role, admin)
        services.tell_person(db, "role_told_invited", admin, now, by=by, who=who, **values)


def tell_of_end(db: Db, fact: StaffRoleEndsSoon, now: datetime) -> None:
    """Tell the holder and every admin that a role ends soon."""
    someone = people.person(db, fact.about)
    for kind, whom in (
        ("role_ends_soon", someone),
        *(("role_told_ends_soon", admin) for admin in _admins(db, fact.authority_id, now, but={fact.about})),
    ):
        values = {**_values(db, fact.authority_id, fact.role, whom), "day": i18n.day(fact.until, whom.language)}
        services.tell_person(db, kind, whom, now, who=someone.name, **values)


def _admins(db: Db, authority_id: UUID, now: datetime, *, but: set[UUID]) -> list[PersonView]:
    every = people.holders_of(db, Role.ADMIN, [authority_id], london_day(now))
    return [each for each in every if each.id not in but]


def _values(db: Db, authority_id: UUID, role: Role, whom: PersonView) -> dict[str, str]:
    return {
        "authority": people.organisation(db, authority_id).called(whom.language),
        "role": i18n.say_in(whom.language)(TITLES[role]),
    }


def _until(until: date | None, language: str) -> str:
    say = i18n.say_in(language)
    return say(N_("until %(day)s")) % {"day": i18n.day(until, language)} if until else say(N_("without an end"))
