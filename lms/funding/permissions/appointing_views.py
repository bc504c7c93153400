"""A coordinator's pages about advisers: the organisations that work with the authority, and who advises there."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import Refused
from lms.funding.permissions import appointing
from lms.funding.permissions.doors import pages
from lms.funding.permissions.forms import AdviserForm
from lms.funding.permissions.services import delegates_for
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role


@pages.get("/funding/permissions/advisers")
@requires(Role.COORDINATOR)
def advisers() -> ResponseReturnValue:
    """The organisations whose advisers the authority appoints."""
    authority = authority_for(Role.COORDINATOR)
    return render_template(
        "lms/funding/permissions/advisers.html",
        authority=authority,
        places=delegates_for(unit(), authority, today()),
    )


@pages.route("/funding/permissions/advisers/<uuid:organisation_id>", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def advisers_of(organisation_id: UUID) -> ResponseReturnValue:
    """Who advises for one organisation, who is invited; and a form to invite somebody."""
    authority = authority_for(Role.COORDINATOR)
    place, form = appointing.working_here(unit(), authority, organisation_id, today()), AdviserForm()
    if form.validate_on_submit():
        try:
            appointing.invite(
                unit(),
                once=form.key(),
                authority_id=authority,
                organisation_id=organisation_id,
                name=form.name.data or "",
                email=form.email.data or "",
                language=form.language.data,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The invitation to %(name)s is on its way.", name=form.name.data), "lms_done")
            return redirect(_page(organisation_id))
    return render_template(
        "lms/funding/permissions/advisers_of.html",
        form=form,
        authority=authority,
        place=place,
        advisers=appointing.advisers_of(unit(), authority, organisation_id, today()),
        waiting=appointing.waiting(unit(), authority, organisation_id, now()),
    )


@pages.post("/funding/permissions/advisers/<uuid:organisation_id>/<uuid:person_id>/end")
@requires(Role.COORDINATOR)
def end_adviser(organisation_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Somebody's last day as an adviser."""
    try:
        appointing.end(
            unit(),
            authority_id=authority_for(Role.COORDINATOR),
            organisation_id=organisation_id,
            person_id=person_id,
            by=viewer().person_id,
            now=now(),
        )
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("Today is their last day as an adviser."), "lms_done")
    return redirect(_page(organisation_id))


def _page(organisation_id: UUID) -> str:
    return url_for(".advisers_of", organisation_id=organisation_id, authority=request.args.get("authority"))
