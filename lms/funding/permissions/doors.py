"""The blueprint of permissions, and the doors to a household's and a delegate's own ones."""

from dataclasses import dataclass
from uuid import UUID

from flask import request

from lms.core.web.rooms import room
from lms.core.web.state import today, unit
from lms.core.web.texts import language
from lms.core.words import NotFound
from lms.funding.authoring.queries import schemes_for
from lms.funding.permissions import queries, services
from lms.funding.permissions.forms import Choice, GiveForm, choices_of
from lms.funding.permissions.queries import DESK, PermissionView
from lms.funding.permissions.services import HOUSEHOLD
from lms.funding.vocabulary import SchemeStatus
from lms.people import queries as people
from lms.people.guards import viewer
from lms.people.queries import OrganisationView
from lms.people.rules import Role

pages = room("permissions", __name__)


@dataclass(frozen=True)
class Home:
    """A household, and the authority it lives behind."""

    household: OrganisationView
    authority_id: UUID

    @property
    def id(self) -> UUID:
        """The household's id."""
        return self.household.id


def household(wanted: UUID | None = None) -> Home:
    """The household this page is about: the one asked for by ?household=…, else the viewer's first. Behind a guard.

    Another household's id answers 404, the same as one that does not exist.
    """
    mine = sorted(viewer().organisations(*HOUSEHOLD))
    asked = str(wanted) if wanted else request.args.get("household")
    chosen = next((id for id in mine if asked in (None, "", str(id))), None)
    if chosen is None:
        raise NotFound("household")
    return _home(chosen)


def household_of_desk(employer_id: UUID) -> Home:
    """A household behind the wall of the viewer's desk. NotFound for every other."""
    home = _home(employer_id)
    if home.authority_id not in viewer().authorities(*DESK):
        raise NotFound("household")
    return home


def _home(employer_id: UUID) -> Home:
    found = people.organisation(unit(), employer_id)
    if found.authority_id is None:
        raise NotFound("household")
    return Home(found, found.authority_id)


def own_permission(permission_id: UUID) -> PermissionView:
    """A permission of the viewer's own household. NotFound for every other."""
    return queries.permission(unit(), permission_id, employer_ids=viewer().organisations(*HOUSEHOLD))


def delegated(permission_id: UUID) -> PermissionView:
    """A permission given to an organisation the viewer advises for. NotFound for every other."""
    return queries.permission(unit(), permission_id, delegate_ids=viewer().organisations(Role.ADVISER))


def scheme_titles(authority_id: UUID) -> dict[str, str]:
    """Every scheme's title as this authority has it, in the page's language."""
    found = schemes_for(unit(), authority_id, on=today())
    return {scheme.code: scheme.title.text(language()) for scheme in found.all}


def offer(form: GiveForm, home: Home) -> None:
    """Fill a form with the organisations, the money and the PAs of a household."""
    places = services.delegates_for(unit(), home.authority_id, today())
    workers = people.pas_of(unit(), [home.id], today())
    form.offer(
        choices_of([(place.id, place.called(language())) for place in places]),
        offered_schemes(home.authority_id),
        choices_of([(pa.id, pa.name) for pa in workers]),
    )


def offered_schemes(authority_id: UUID) -> list[Choice]:
    """The money somebody can be let act for today."""
    running = (SchemeStatus.OPEN, SchemeStatus.CLOSING)
    codes = services.delegable(unit(), authority_id, today())
    found = schemes_for(unit(), authority_id, on=today())
    return [
        (scheme.code, scheme.title.text(language()))
        for scheme in found.all
        if scheme.code in codes and scheme.status_on(today()) in running
    ]
