"""One page per individual employer: their PAs, who acts for them, what they allowed, training paid, what waits."""

from typing import NamedTuple
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from lms.core.web.pages import addresses
from lms.core.web.state import now, today, unit
from lms.core.web.texts import language
from lms.core.words import NotFound
from lms.funding import texts as money_texts
from lms.funding.claims.queries import Wanted, claims_in
from lms.funding.permissions import queries as permissions
from lms.funding.permissions.texts import ACTIONS
from lms.learning.titles import titles
from lms.people import invitations, members
from lms.people import queries as people
from lms.people.areas import queries as areas
from lms.people.forms import ROLE_NAMES
from lms.people.guards import authority_for, requires, viewer
from lms.people.members import Worker
from lms.people.queries import OrganisationView
from lms.people.rules import OrganisationKind, Role
from lms.programme.contacts import queries as contacts
from lms.programme.contacts.words import Whom
from lms.programme.desk import lists, texts
from lms.programme.desk.doors import pages
from lms.programme.desk.lists import Line
from lms.programme.desk.rules import Who

MONEY = (Role.COORDINATOR, Role.FUNDING_OFFICER)
"""Who sees an authority's training money."""

CLAIMS = 25


class Waits(NamedTuple):
    """What somebody in the household has the next move on."""

    line: Line
    worker: Worker


@pages.get("/desk/employers/<uuid:employer_id>")
@requires(Role.COORDINATOR)
def employer(employer_id: UUID) -> ResponseReturnValue:
    """An individual employer behind this authority's wall. Notes stand on the page of contacts, behind its own door."""
    here = authority_for(Role.COORDINATOR)
    home = _own(employer_id, here)
    workers = members.workers_of(unit(), employer_id)
    there = [each for each in workers if each.works_on(today())]
    money = here in viewer().authorities(*MONEY)
    named = contacts.contact_of(unit(), here, Whom.EMPLOYER, employer_id)
    return render_template(
        "lms/programme/desk/employer.html",
        authority=here,
        employer=home,
        workers=workers,
        there={each.pa_id for each in there},
        members=members.members_from(unit(), employer_id, today()),
        role_names=ROLE_NAMES,
        invited=invitations.waiting_for(unit(), employer_id, now=now()),
        named=named,
        waits=_waits(here, there),
        whys=texts.WHYS,
        titles=titles(unit(), language()),
        claims=claims_in(unit(), [here], wanted=Wanted(claimant=employer_id), limit=CLAIMS) if money else None,
        states=money_texts.STATES,
        permissions=permissions.given_by(unit(), [employer_id]),
        actions=ACTIONS,
        areas=areas.areas_of(unit(), here),
        area_id=areas.area_of_employers(unit(), here, [employer_id]).get(employer_id),
        links=addresses(".story", "person_id", [each.pa_id for each in workers], authority=here),
        on=today(),
    )


def _own(employer_id: UUID, authority_id: UUID) -> OrganisationView:
    home = people.organisation(unit(), employer_id)
    if home.kind is not OrganisationKind.INDIVIDUAL_EMPLOYER or home.authority_id != authority_id:
        raise NotFound("employer")
    return home


def _waits(authority_id: UUID, workers: list[Worker]) -> list[Waits]:
    """What waits for this household, the longest first. A PA with two employers waits for both. One query."""
    known = {each.pa_id: each for each in workers}
    found = lists.of_people(unit(), authority_id, list(known))
    return [Waits(line, known[line.learner_id]) for line in found if line.waits_for is Who.EMPLOYER]
