"""The coordinator's pages about areas: which there are, and to which one a PA or an employer belongs."""

from collections.abc import Callable
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.pages import back_to
from lms.core.web.rooms import room
from lms.core.web.state import now, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people.areas import queries, services
from lms.people.areas.forms import AreaForm
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

pages = room("areas", __name__)


@pages.route("/desk/areas", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def areas() -> ResponseReturnValue:
    """The areas of the authority with how many belong to each, and a form to add one."""
    here, form = authority_for(Role.COORDINATOR), AreaForm()
    if form.validate_on_submit():
        try:
            services.add_area(
                unit(),
                id=form.key(),
                authority_id=here,
                code=form.code.data or "",
                name=form.name.data or "",
                name_cy=form.name_cy.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The area is added. Open a PA's or an employer's page to say who belongs to it."), "lms_done")
            return redirect(url_for(".areas", authority=here))
    return render_template(
        "lms/people/areas/areas.html",
        authority=here,
        areas=queries.areas_of(unit(), here),
        many=queries.people_in_areas(unit(), here),
        form=form,
    )


@pages.route("/desk/areas/<uuid:area_id>", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def area(area_id: UUID) -> ResponseReturnValue:
    """Call an area otherwise, or close it."""
    here = authority_for(Role.COORDINATOR)
    one = queries.area(unit(), area_id, here)
    form = AreaForm(obj=one)
    if form.validate_on_submit():
        try:
            services.change_area(
                unit(),
                area_id=area_id,
                authority_id=here,
                code=form.code.data or "",
                name=form.name.data or "",
                name_cy=form.name_cy.data or "",
                closed=form.closed.data,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The area is saved."), "lms_done")
            return redirect(url_for(".areas", authority=here))
    return render_template("lms/people/areas/area.html", authority=here, one=one, form=form)


@pages.post("/desk/people/<uuid:person_id>/area")
@requires(Role.COORDINATOR)
def of_person(person_id: UUID) -> ResponseReturnValue:
    """Say to which area a PA belongs."""
    here = authority_for(Role.COORDINATOR)
    return _given(
        lambda area: services.give_areas(
            unit(), authority_id=here, areas={person_id: area}, by=viewer().person_id, now=now()
        ),
        url_for("lms.programme_desk.story", person_id=person_id, authority=here),
    )


@pages.post("/desk/employers/<uuid:employer_id>/area")
@requires(Role.COORDINATOR)
def of_employer(employer_id: UUID) -> ResponseReturnValue:
    """Say to which area an individual employer belongs."""
    here = authority_for(Role.COORDINATOR)
    return _given(
        lambda area: services.give_employer_areas(
            unit(), authority_id=here, areas={employer_id: area}, by=viewer().person_id, now=now()
        ),
        url_for("lms.programme_desk.employer", employer_id=employer_id, authority=here),
    )


def _given(give: Callable[[UUID | None], int], back: str) -> ResponseReturnValue:
    try:
        give(_chosen())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("The area is saved."), "lms_done")
    return back_to(request.form.get("back"), back)


def _chosen() -> UUID | None:
    """The area that was chosen; empty: none. Raises NotFound for what is no area's number."""
    asked = request.form.get("area", "")
    try:
        return UUID(asked) if asked else None
    except ValueError as error:
        raise NotFound("area") from error
