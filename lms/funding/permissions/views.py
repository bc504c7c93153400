"""An employer's own pages: who may act for them, what was done, giving and withdrawing a permission."""

from datetime import timedelta
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import Refused
from lms.funding.permissions import appointing_views, delegate, desk, queries, services, texts
from lms.funding.permissions.doors import Home, household, offer, own_permission, pages, scheme_titles
from lms.funding.permissions.forms import GiveForm
from lms.funding.permissions.rules import GivenHow
from lms.funding.permissions.services import HOUSEHOLD
from lms.people.guards import requires, viewer

__all__ = ["appointing_views", "delegate", "desk", "pages"]

USUALLY = timedelta(days=365)
"""What a new permission proposes: a year."""


@pages.get("/training-permissions")
@requires(*HOUSEHOLD)
def own() -> ResponseReturnValue:
    """Who may act for a household, and what they did last."""
    home = household()
    found = queries.given_by(unit(), [home.id])
    return render_template(
        "lms/funding/permissions/own.html",
        home=home,
        permissions=found,
        counts=queries.count_uses(unit(), [each.id for each in found]),
        titles=scheme_titles(home.authority_id),
        uses=queries.uses_of(unit(), [each.id for each in found], limit=20),
        today=today(),
        texts=texts,
    )


@pages.route("/training-permissions/new", methods=["GET", "POST"])
@requires(*HOUSEHOLD)
def give() -> ResponseReturnValue:
    """Let somebody act."""
    home = household()
    form = GiveForm()
    offer(form, home)
    if form.validate_on_submit():
        try:
            _give(form, home)
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved. They may act for you from now on. You can end this at any time."), "lms_done")
            return redirect(url_for(".one", permission_id=form.key()))
    elif request.method == "GET":
        form.ends_on.data = today() + USUALLY
    return render_template("lms/funding/permissions/give.html", form=form, home=home, texts=texts)


def _give(form: GiveForm, home: Home) -> None:
    services.give(
        unit(),
        once=form.key(),
        employer_id=home.id,
        delegate_id=UUID(form.delegate.data),
        schemes=form.schemes.data or (),
        workers=form.worker_ids,
        actions=form.allowed,
        ends_on=form.last_day,
        given_how=GivenHow.IN_PALMS,
        by=viewer().person_id,
        now=now(),
    )


@pages.get("/training-permissions/<uuid:permission_id>")
@requires(*HOUSEHOLD)
def one(permission_id: UUID) -> ResponseReturnValue:
    """One permission: what is allowed, what never is, and everything that was done under it."""
    found = own_permission(permission_id)
    return render_template(
        "lms/funding/permissions/one.html",
        permission=found,
        titles=scheme_titles(found.authority_id),
        uses=queries.uses_of(unit(), [found.id]),
        today=today(),
        texts=texts,
    )


@pages.post("/training-permissions/<uuid:permission_id>/withdraw")
@requires(*HOUSEHOLD)
def withdraw(permission_id: UUID) -> ResponseReturnValue:
    """End a permission at once."""
    found = own_permission(permission_id)
    services.withdraw(unit(), permission_id=found.id, by=viewer().person_id, now=now())
    unit().commit()
    flash(_("This permission has ended. %(name)s can do nothing more under it.", name=found.delegate_name), "lms_done")
    return redirect(url_for(".one", permission_id=permission_id))
