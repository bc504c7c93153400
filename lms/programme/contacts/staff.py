"""Who of an authority's staff there is, whom a matter concerns, and whether somebody belongs behind the wall."""

from datetime import date
from uuid import UUID

from lms.core.db import Db
from lms.core.words import NotFound
from lms.people import households
from lms.people import queries as people
from lms.people.queries import PersonView
from lms.people.rules import OrganisationKind, Role
from lms.people.viewer import Viewer
from lms.programme.contacts.words import Whom

STAFF_HERE = (
    Role.COORDINATOR,
    Role.ADMIN,
    Role.QUALITY_ASSURER,
    Role.REGISTER_OFFICER,
    Role.REGISTER_MANAGER,
    Role.FUNDING_OFFICER,
)
"""Roles of an authority's own people, of whom one can be a named contact or hear of alerts."""
HOUSEHOLD = (Role.EMPLOYER, Role.REPRESENTATIVE)


def staff_in(db: Db, authority_id: UUID, on: date) -> dict[UUID, PersonView]:
    """An authority's own people on a day, by name. A query for each role."""
    found = {each.id: each for role in STAFF_HERE for each in people.holders_of(db, role, [authority_id], on)}
    return dict(sorted(found.items(), key=lambda item: (item[1].name, item[0])))


def coordinates(db: Db, person_id: UUID, authority_id: UUID, on: date) -> bool:
    """Whether somebody coordinates an authority's training on a day."""
    return people.holds(db, person_id, Role.COORDINATOR, [authority_id], on)


def who(db: Db, authority_id: UUID, whom: Whom, id: UUID, on: date) -> str:
    """The name of a PA or individual employer behind a wall. Raises NotFound for any other."""
    if whom is Whom.PA:
        if not people.holds(db, id, Role.PA, [authority_id], on):
            raise NotFound("person")
        return people.person(db, id).name
    home = people.organisation(db, id)
    if home.kind is not OrganisationKind.INDIVIDUAL_EMPLOYER or home.authority_id != authority_id:
        raise NotFound("employer")
    return home.name


def concerned(db: Db, *, pa_id: UUID, employer_id: UUID) -> frozenset[UUID]:
    """Whom a call-back is about: the PA, and everybody who acts or works in the household, or ever did. One query."""
    return households.ever_in(db, employer_id) | {pa_id}


def about(db: Db, whom: Whom, id: UUID) -> frozenset[UUID]:
    """Whom notes are about: nobody reads those of their own."""
    return frozenset({id}) if whom is Whom.PA else households.ever_in(db, id)


def staff_authorities(viewer: Viewer) -> frozenset[UUID]:
    """The authorities whose own people somebody is one of."""
    return viewer.authorities(*STAFF_HERE)
