"""The organisations that work with an authority, and one page for each: agreements, assessors and advisers."""

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from lms.assessment.competence import queries as competence
from lms.core.web.state import today, unit
from lms.core.words import NotFound
from lms.people import agreements, members
from lms.people import queries as people
from lms.people.guards import authority_for, requires
from lms.people.rules import Role
from lms.programme.desk.doors import pages
from lms.programme.desk.texts import KINDS


@pages.get("/desk/organisations")
@requires(Role.COORDINATOR)
def organisations() -> ResponseReturnValue:
    """The organisations that work, worked or will work with this authority."""
    here = authority_for(Role.COORDINATOR)
    found = agreements.with_authority(unit(), here)
    known = people.organisations(unit(), set(found))
    return render_template(
        "lms/programme/desk/organisations.html",
        authority=here,
        found=sorted(known.values(), key=lambda each: each.name),
        spans=found,
        kinds=KINDS,
        on=today(),
    )


@pages.get("/desk/organisations/<uuid:organisation_id>")
@requires(Role.COORDINATOR)
def organisation(organisation_id: UUID) -> ResponseReturnValue:
    """One organisation that has, had or will have an agreement with this authority; any other answers 404."""
    here = authority_for(Role.COORDINATOR)
    spans = agreements.with_authority(unit(), here).get(organisation_id)
    if spans is None:
        raise NotFound("organisation")
    found = members.members_from(unit(), organisation_id, today())
    assessors = [each for each in found if each.role is Role.ASSESSOR]
    return render_template(
        "lms/programme/desk/organisation.html",
        authority=here,
        organisation=people.organisation(unit(), organisation_id),
        spans=spans,
        kinds=KINDS,
        assessors=assessors,
        accepted=competence.holds_until(unit(), {each.person_id for each in assessors}, here, today()),
        advisers=[each for each in found if each.role is Role.ADVISER],
        on=today(),
    )
