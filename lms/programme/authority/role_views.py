"""The pages on which admins look after roles: who holds which, giving one, its last day, and what was done."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import invitations
from lms.people.forms import ROLE_NAMES
from lms.people.guards import authority_for, requires, viewer
from lms.people.holding import Holding
from lms.people.rules import Role
from lms.programme.authority import roles
from lms.programme.authority.doors import pages
from lms.programme.authority.forms import EndForm, EndNowForm, GiveForm
from lms.programme.authority.labels import STEPS
from lms.programme.authority.roles import Wanted
from lms.programme.authority.terms import GIVEN


@pages.get("/settings/roles")
@requires(Role.ADMIN)
def held() -> ResponseReturnValue:
    """Who holds which role today or later, and who is invited to one."""
    here, search = authority_for(Role.ADMIN), request.args.get("name", "").strip()[:100]
    number = page_number()
    found = roles.held(unit(), here, today(), offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE, name=search)
    waiting = [each for each in invitations.waiting_for(unit(), here, now=now()) if each.role in GIVEN]
    return render_template(
        "lms/programme/authority/roles.html",
        authority=here,
        page=Page(found, number, roles.count_held(unit(), here, today(), name=search)),
        pagination=pagination,
        search=search,
        waiting=waiting,
        given=GIVEN,
        names=ROLE_NAMES,
        today=today(),
    )


@pages.get("/settings/roles/changes")
@requires(Role.ADMIN)
def changes() -> ResponseReturnValue:
    """What was done about roles, by whom, when and why."""
    here, number = authority_for(Role.ADMIN), page_number()
    found = roles.changes(unit(), here, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template(
        "lms/programme/authority/changes.html",
        authority=here,
        page=Page(found, number, roles.count_changes(unit(), here)),
        pagination=pagination,
        names=ROLE_NAMES,
        steps=STEPS,
    )


@pages.route("/settings/roles/give", methods=["GET", "POST"])
@requires(Role.ADMIN)
def give() -> ResponseReturnValue:
    """Give somebody a role for a time."""
    here = authority_for(Role.ADMIN)
    form = GiveForm(data={"since": today()} if request.method == "GET" else None)
    form.offer()
    if form.validate_on_submit():
        assert form.since.data is not None  # the form asked for it
        wanted = Wanted(
            name=form.name.data or "",
            email=form.email.data or "",
            role=Role(form.role.data),
            since=form.since.data,
            until=form.until.data,
            reason=form.reason.data or "",
        )
        try:
            roles.give(unit(), once=form.key(), authority_id=here, wanted=wanted, by=viewer().person_id, now=now())
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            said = _("Saved. Somebody who is not here yet has got an invitation; the other administrators are told.")
            flash(said, "lms_done")
            return redirect(url_for(".held", authority=here))
    return render_template("lms/programme/authority/give.html", form=form, authority=here)


@pages.route("/settings/roles/<uuid:role_id>", methods=["GET", "POST"])
@requires(Role.ADMIN)
def change_end(role_id: UUID) -> ResponseReturnValue:
    """Give a role another last day."""
    here, row = _one(role_id)
    form = EndForm(data={"until": row.until, "seen": roles.spelled(row.until)} if request.method == "GET" else None)
    if form.validate_on_submit():
        try:
            roles.change_end(
                unit(),
                once=form.key(),
                authority_id=here,
                role_id=role_id,
                until=form.until.data,
                seen=form.seen.data or "",
                reason=form.reason.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
            form.seen.data = roles.spelled(row.until)
        else:
            unit().commit()
            flash(_("Saved. %(name)s and the other administrators are told.", name=row.name), "lms_done")
            return redirect(url_for(".held", authority=here))
    return render_template(
        "lms/programme/authority/change_end.html", form=form, authority=here, row=row, names=ROLE_NAMES
    )


@pages.route("/settings/roles/<uuid:role_id>/end", methods=["GET", "POST"])
@requires(Role.ADMIN)
def end_now(role_id: UUID) -> ResponseReturnValue:
    """End a role at once."""
    here, row = _one(role_id)
    form = EndNowForm()
    if form.validate_on_submit():
        try:
            roles.end_now(
                unit(),
                once=form.key(),
                authority_id=here,
                role_id=role_id,
                reason=form.reason.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Ended. %(name)s and the other administrators are told.", name=row.name), "lms_done")
            own = row.person_id == viewer().person_id and row.role is Role.ADMIN
            return redirect(url_for("lms.people.home") if own else url_for(".held", authority=here))
    return render_template(
        "lms/programme/authority/end_now.html",
        form=form,
        authority=here,
        row=row,
        names=ROLE_NAMES,
        begun=row.since <= today(),
    )


def _one(role_id: UUID) -> tuple[UUID, Holding]:
    """A role at an authority the viewer looks after. Raises NotFound for any other."""
    for here in sorted(viewer().authorities(Role.ADMIN)):
        try:
            return here, roles.one(unit(), here, role_id)
        except NotFound:
            continue
    raise NotFound("role")
