"""The coordinator's pages about individual employers: who they are, who acts for them, and inviting both."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import households, invitations, queries, services
from lms.people.forms import ROLE_NAMES, EmployerForm, RepresentativeForm
from lms.people.guards import authority_for, requires, viewer
from lms.people.queries import OrganisationView
from lms.people.rules import OrganisationKind, Role

pages = room("employers", __name__)


@pages.get("/employers")
@requires(Role.COORDINATOR)
def employers() -> ResponseReturnValue:
    """The individual employers of the authority, by name."""
    authority, search = authority_for(Role.COORDINATOR), request.args.get("name", "").strip()[:100]
    number = page_number()
    found = households.employers_in(unit(), authority, search=search, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    total = households.count_employers_in(unit(), authority, search=search)
    return render_template(
        "lms/people/employers.html", page=Page(found, number, total), pagination=pagination, search=search
    )


@pages.route("/employers/invite", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def invite() -> ResponseReturnValue:
    """Add an individual employer and invite them."""
    form = EmployerForm()
    if form.validate_on_submit():
        try:
            services.add_employer(
                unit(),
                id=form.key(),
                name=form.name.data or "",
                authority_id=authority_for(Role.COORDINATOR),
                now=now(),
            )
            _invite(form, queries.organisation(unit(), form.key()), Role.EMPLOYER)
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The invitation to %(name)s is on its way.", name=form.name.data), "lms_done")
            return redirect(url_for(".employer", employer_id=form.key()))
    return render_template("lms/people/invite_employer.html", form=form)


@pages.route("/employers/<uuid:employer_id>", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def employer(employer_id: UUID) -> ResponseReturnValue:
    """One employer: their PAs, who acts for them, and inviting somebody who shall."""
    home = _own(employer_id)
    form = RepresentativeForm()
    if form.validate_on_submit():
        try:
            _invite(form, home, Role.REPRESENTATIVE)
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The invitation to %(name)s is on its way.", name=form.name.data), "lms_done")
            return redirect(url_for(".employer", employer_id=employer_id))
    return render_template(
        "lms/people/employer.html",
        form=form,
        employer=home,
        pas=queries.pas_of(unit(), [employer_id], today()),
        members=households.members_of(unit(), employer_id, today()),
        role_names=ROLE_NAMES,
        waiting=invitations.waiting_for(unit(), employer_id, now=now()),
    )


def _invite(form: EmployerForm | RepresentativeForm, home: OrganisationView, role: Role) -> None:
    invitations.invite(
        unit(),
        id=form.key(),
        name=form.name.data or "",
        email=form.email.data,
        role=role,
        organisation_id=home.id,
        authority_id=home.wall or authority_for(Role.COORDINATOR),
        language=form.language.data,
        by=viewer().person_id,
        now=now(),
    )


def _own(employer_id: UUID) -> OrganisationView:
    """An individual employer of an authority this viewer coordinates; anybody else's answers 404."""
    found = queries.organisation(unit(), employer_id)
    mine = found.authority_id in viewer().authorities(Role.COORDINATOR)
    if found.kind is not OrganisationKind.INDIVIDUAL_EMPLOYER or not mine:
        raise NotFound("employer")
    return found
