"""What a report groups people by: the language they chose, and the kinds of employer they work for on a day."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select

from lms.core.db import Db, columns
from lms.core.i18n import Language
from lms.people.models import Employment, Organisation, Person, RoleHeld
from lms.people.rules import OrganisationKind

_AT_HOME = select(RoleHeld.person_id).where(RoleHeld.organisation_id == bindparam("authority_id", type_=Uuid()))
_LANGUAGES = select(Person.id, Person.language).where(Person.id.in_(_AT_HOME))
_KINDS = (
    select(Employment.pa_id, Organisation.kind)
    .join(Organisation, Organisation.id == Employment.employer_id)
    .where(Employment.pa_id.in_(_AT_HOME), Employment.since <= bindparam("on"))
    .where((Employment.until.is_(None)) | (Employment.until >= bindparam("on")))
    .distinct()
)


def languages_in(db: Db, authority_id: UUID) -> Mapping[UUID, Language]:
    """The language of everybody who has or had a role at an authority. One query."""
    return dict(columns(db, _LANGUAGES, {"authority_id": authority_id}).all())


def employer_kinds_in(db: Db, authority_id: UUID, on: date) -> Mapping[UUID, frozenset[OrganisationKind]]:
    """The kinds of employer that PAs of an authority work for on a day; who works for nobody is left out. One query."""
    found: defaultdict[UUID, set[OrganisationKind]] = defaultdict(set)
    for person_id, kind in columns(db, _KINDS, {"authority_id": authority_id, "on": on}):
        found[person_id].add(kind)
    return {person_id: frozenset(kinds) for person_id, kinds in found.items()}
