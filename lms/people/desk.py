"""The coordinator's pages about people: who is here, inviting, employers, and access without e-mail."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.clock import london_day
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import households, invitations, queries, services, sessions
from lms.people.forms import EmploymentForm, InvitePaForm, as_id
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role
from lms.people.secrets import new_passphrase

pages = room("desk", __name__)

COURSE = "PAI"
"""The course a PA is invited to; other courses come with their own invitations."""


@pages.get("/people")
@requires(Role.COORDINATOR)
def people() -> ResponseReturnValue:
    """The PAs of the authority, and invitations nobody has used yet."""
    authority, search = authority_for(Role.COORDINATOR), request.args.get("name", "").strip()[:100]
    number = page_number()
    total = queries.count_people_in(unit(), authority, Role.PA, today(), search=search)
    found = queries.people_in(
        unit(), authority, Role.PA, today(), offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE, search=search
    )
    return render_template(
        "lms/people/people.html",
        page=Page(found, number, total),
        pagination=pagination,
        search=search,
        authority=authority,
        waiting=invitations.waiting_in(unit(), authority, now=now()),
    )


@pages.route("/people/invite", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def invite() -> ResponseReturnValue:
    """Invite a PA by e-mail, or add one who has no e-mail with a username and a passphrase."""
    authority = authority_for(Role.COORDINATOR)
    form = InvitePaForm()
    form.offer([(str(e.id), e.name) for e in households.employers_in(unit(), authority)])
    if form.validate_on_submit():
        try:
            if not form.email.data:
                return _add_without_email(form, authority)
            invitations.invite(
                unit(),
                id=form.key(),
                name=form.name.data or "",
                email=form.email.data,
                role=Role.PA,
                organisation_id=authority,
                authority_id=authority,
                employer_id=as_id(form.employer.data),
                course=COURSE,
                language=form.language.data,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The invitation to %(name)s is on its way.", name=form.name.data), "lms_done")
            return redirect(url_for(".people"))
    return render_template("lms/people/invite.html", form=form)


def _add_without_email(form: InvitePaForm, authority: UUID) -> ResponseReturnValue:
    username, passphrase = services.free_username(unit(), form.name.data or ""), new_passphrase()
    person_id = services.add_pa(
        unit(),
        id=form.key(),
        name=form.name.data or "",
        username=username,
        language=form.language.data,
        authority_id=authority,
        employer_id=as_id(form.employer.data),
        course=COURSE,
        by=viewer().person_id,
        now=now(),
    )
    sessions.set_password(unit(), person_id=person_id, password=passphrase, by=viewer().person_id, now=now())
    unit().commit()
    return render_template("lms/people/passphrase.html", name=form.name.data, username=username, passphrase=passphrase)


@pages.route("/people/<uuid:person_id>", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def person_page(person_id: UUID) -> ResponseReturnValue:
    """One PA: who they are, whom they work for."""
    someone, authorities = _own_pa(person_id), _authorities_of(person_id)
    form = EmploymentForm(since=today())
    form.offer([(str(e.id), e.name) for authority in authorities for e in households.employers_in(unit(), authority)])
    if form.validate_on_submit():
        employer_id = as_id(form.employer.data)
        if employer_id is None or queries.organisation(unit(), employer_id).authority_id not in authorities:
            raise NotFound("employer")
        try:
            services.start_employment(
                unit(),
                pa_id=person_id,
                employer_id=employer_id,
                since=form.since.data or london_day(now()),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The employer is added."), "lms_done")
            return redirect(url_for(".person_page", person_id=person_id))
    return render_template(
        "lms/people/person.html",
        person=someone,
        details=services.details_of(unit(), person_id),
        employments=households.employments_of(unit(), person_id, authorities),
        today=today(),
        form=form,
    )


@pages.post("/people/<uuid:person_id>/employers/<uuid:employer_id>/end")
@requires(Role.COORDINATOR)
def end_employment(person_id: UUID, employer_id: UUID) -> ResponseReturnValue:
    """The PA stops working for an employer today; what the employer saw before stays recorded."""
    _own_pa(person_id)
    if queries.organisation(unit(), employer_id).authority_id not in _authorities_of(person_id):
        raise NotFound("employer")
    services.end_employment(
        unit(), pa_id=person_id, employer_id=employer_id, until=today(), by=viewer().person_id, now=now()
    )
    unit().commit()
    flash(_("Today is the last day with this employer."), "lms_done")
    return redirect(url_for(".person_page", person_id=person_id))


@pages.post("/people/<uuid:person_id>/passphrase")
@requires(Role.COORDINATOR)
def new_passphrase_for(person_id: UUID) -> ResponseReturnValue:
    """A new passphrase for somebody without e-mail, shown once. Whoever has e-mail gets a link instead.

    Not for somebody who is more than a PA: whoever reads the passphrase could go in as all that they are.
    """
    someone = _own_pa(person_id)
    if someone.email is not None or someone.username is None:
        raise NotFound("username")
    if not queries.is_only_a_pa(unit(), person_id, today()):
        flash(
            _("%(name)s has other roles as well, so you cannot make a passphrase for them.", name=someone.name),
            "lms_note",
        )
        return redirect(url_for(".person_page", person_id=person_id))
    passphrase = new_passphrase()
    sessions.set_password(unit(), person_id=person_id, password=passphrase, by=viewer().person_id, now=now())
    unit().commit()
    return render_template(
        "lms/people/passphrase.html", name=someone.name, username=someone.username, passphrase=passphrase
    )


def _own_pa(person_id: UUID) -> queries.PersonView:
    """A PA of an authority this viewer coordinates; anybody else's PA answers 404."""
    if not queries.holds(unit(), person_id, Role.PA, viewer().authorities(Role.COORDINATOR), today()):
        raise NotFound("person")
    return queries.person(unit(), person_id)


def _authorities_of(person_id: UUID) -> list[UUID]:
    """The authorities that know somebody as a PA and that this viewer coordinates: employers elsewhere stay unseen."""
    ours = viewer().authorities(Role.COORDINATOR)
    return [authority.id for authority in queries.authorities_of(unit(), person_id, today()) if authority.id in ours]
