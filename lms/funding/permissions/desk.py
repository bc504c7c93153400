"""The desk's pages: permissions behind its wall, and writing down one that an employer gave otherwise."""

from datetime import timedelta
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.pages import Page, page_number, pagination
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import Refused
from lms.funding.permissions import queries, services, texts
from lms.funding.permissions.doors import household_of_desk, offer, pages, scheme_titles
from lms.funding.permissions.forms import WriteDownForm
from lms.funding.permissions.queries import DESK
from lms.funding.permissions.rules import GivenHow
from lms.people import households
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

PAGE_SIZE = 50
USUALLY = timedelta(days=365)


@pages.get("/funding/permissions")
@requires(*DESK)
def behind() -> ResponseReturnValue:
    """Every permission behind the desk's wall, newest first, and the households one can be written down for."""
    authority, number = authority_for(*DESK), page_number()
    total = queries.count_behind(unit(), authority)
    found = queries.behind(unit(), authority, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    search = request.args.get("name", "")[:100]
    return render_template(
        "lms/funding/permissions/behind.html",
        page=Page(found, number, total, size=PAGE_SIZE),
        pagination=pagination,
        counts=queries.count_uses(unit(), [each.id for each in found]),
        households=households.employers_in(unit(), authority, search=search, limit=20) if search else [],
        search=search,
        today=today(),
        texts=texts,
        appoints=authority in viewer().authorities(Role.COORDINATOR),
        authority=authority,
    )


@pages.get("/funding/permissions/<uuid:permission_id>")
@requires(*DESK)
def seen(permission_id: UUID) -> ResponseReturnValue:
    """One permission behind the wall, with its uses."""
    found = queries.permission(unit(), permission_id, authority_ids=viewer().authorities(*DESK))
    return render_template(
        "lms/funding/permissions/seen.html",
        permission=found,
        titles=scheme_titles(found.authority_id),
        uses=queries.uses_of(unit(), [found.id]),
        today=today(),
        texts=texts,
    )


@pages.post("/funding/permissions/<uuid:permission_id>/withdraw")
@requires(*DESK)
def withdraw_for(permission_id: UUID) -> ResponseReturnValue:
    """End a permission at once, because the employer said so."""
    found = queries.permission(unit(), permission_id, authority_ids=viewer().authorities(*DESK))
    services.withdraw(unit(), permission_id=found.id, by=viewer().person_id, now=now())
    unit().commit()
    flash(_("This permission has ended. The employer is told."), "lms_done")
    return redirect(url_for(".seen", permission_id=permission_id))


@pages.route("/funding/permissions/of/<uuid:employer_id>", methods=["GET", "POST"])
@requires(*DESK)
def write_down(employer_id: UUID) -> ResponseReturnValue:
    """Write down a permission that an employer gave on paper, by telephone or face to face."""
    home = household_of_desk(employer_id)
    form = WriteDownForm()
    offer(form, home)
    if form.validate_on_submit():
        try:
            services.give(
                unit(),
                once=form.key(),
                employer_id=home.id,
                delegate_id=UUID(form.delegate.data),
                schemes=form.schemes.data or (),
                workers=form.worker_ids,
                actions=form.allowed,
                ends_on=form.last_day,
                given_how=GivenHow(form.given_how.data),
                note=form.note.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Written down. The employer is told, and can end it at any time."), "lms_done")
            return redirect(url_for(".seen", permission_id=form.key()))
    elif request.method == "GET":
        form.ends_on.data = today() + USUALLY
    return render_template("lms/funding/permissions/write_down.html", form=form, home=home, texts=texts)
