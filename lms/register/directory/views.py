"""A PA's own profile: write it, look at it as employers will, send it, show it or hide it."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import Refused
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.people.rules import Role
from lms.register import queries as register
from lms.register.directory import desk, find, labels, queries, services, talks
from lms.register.directory.doors import beside_profile, own_authority, pages
from lms.register.directory.forms import YES, ProfileForm, SendForm, ShownForm, refuse_where
from lms.register.directory.profile import Profile
from lms.register.directory.searching import VISIBLE
from lms.register.kinds import ListingState, RequirementKind
from lms.register.listing import queries as listing

__all__ = ["desk", "find", "pages", "talks"]


@pages.get("/register/<uuid:authority_id>/profile")
@requires(Role.PA)
def profile(authority_id: UUID) -> ResponseReturnValue:
    """One's own profile: where it stands, what employers see, and what to do next."""
    authority, chosen = own_authority(authority_id)
    mine, stands = queries.own(unit(), viewer().person_id, authority_id), _stands(authority_id)
    published, provisional = mine.published, stands is ListingState.PROVISIONAL
    seen = queries.employer_sees(unit(), authority_id, today())
    return render_template(
        "lms/register/directory/profile.html",
        authority=authority,
        setting=chosen,
        mine=mine,
        shown_profile=published.profile.only(seen) if published else None,
        beside=beside_profile(viewer().person_id, authority_id, provisional=provisional) if published else None,
        stands=stands,
        may_answer=not provisional or _may_answer_provisional(authority_id),
        found=bool(published and mine.shown and stands in VISIBLE),
        opened=_opened(authority_id),
        confirms=_confirms(authority_id),
        labels=labels,
        form=ShownForm(),
    )


@pages.route("/register/<uuid:authority_id>/profile/edit", methods=["GET", "POST"])
@requires(Role.PA)
def edit_profile(authority_id: UUID) -> ResponseReturnValue:
    """Write the profile. What is saved stays a draft until it is sent."""
    authority, chosen = own_authority(authority_id)
    mine = queries.own(unit(), viewer().person_id, authority_id)
    form = ProfileForm()
    form.ask_only(queries.employer_sees(unit(), authority_id, today()), chosen.areas)
    if form.validate_on_submit():
        try:
            services.keep_draft(
                unit(),
                person_id=viewer().person_id,
                authority_id=authority_id,
                profile=form.written(),
                saves=form.saves_seen(),
                now=now(),
            )
        except Refused as refusal:
            refuse_where(form, refusal)
        else:
            unit().commit()
            return redirect(url_for(".send_profile", authority_id=authority_id))
    elif request.method == "GET":
        form.begin_with(_last_written(mine), mine.saves)
    return render_template(
        "lms/register/directory/edit.html", form=form, authority=authority, setting=chosen, labels=labels
    )


@pages.route("/register/<uuid:authority_id>/profile/send", methods=["GET", "POST"])
@requires(Role.PA)
def send_profile(authority_id: UUID) -> ResponseReturnValue:
    """Look at the draft as employers will see it, agree, and send it to the register team."""
    authority, chosen = own_authority(authority_id)
    form = SendForm()
    if form.validate_on_submit():
        try:
            services.send(unit(), once=form.key(), person_id=viewer().person_id, authority_id=authority_id, now=now())
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Sent. Somebody of the register team reads it, and you hear from us."), "lms_done")
            return redirect(url_for(".profile", authority_id=authority_id))
    mine = queries.own(unit(), viewer().person_id, authority_id)
    if mine.draft is None:
        return redirect(url_for(".profile", authority_id=authority_id))
    return render_template(
        "lms/register/directory/send.html",
        form=form,
        authority=authority,
        setting=chosen,
        draft=mine.draft,
        beside=beside_profile(viewer().person_id, authority_id, provisional=False),
        labels=labels,
    )


@pages.post("/register/<uuid:authority_id>/profile/shown")
@requires(Role.PA)
def show_profile(authority_id: UUID) -> ResponseReturnValue:
    """Hide the profile at once, or show it again."""
    own_authority(authority_id)
    form, shown = ShownForm(), request.form.get("shown") == YES
    services.show(
        unit(),
        once=form.key(),
        person_id=viewer().person_id,
        authority_id=authority_id,
        shown=shown,
        now=now(),
    )
    unit().commit()
    said = _("Employers can see your profile again.") if shown else _("Your profile is hidden. Nobody finds you now.")
    flash(said, "lms_done")
    return redirect(url_for(".profile", authority_id=authority_id))


def _last_written(mine: queries.OwnView) -> Profile:
    """What to begin with: the draft, else what was sent last, else the first name."""
    if mine.draft is not None:
        return mine.draft
    last = mine.newest or mine.published
    return last.profile if last else Profile(called=viewer().name.split()[0])


def _stands(authority_id: UUID) -> object:
    found = listing.listing_of(unit(), viewer().person_id, authority_id)
    return found.state if found else None


def _may_answer_provisional(authority_id: UUID) -> bool:
    """Whether the rules let a PA answer vacancies while something is still missing."""
    edition = register.edition_for(unit(), authority_id, today())
    return edition is not None and edition.file.provisional.may_apply_for_adverts


def _opened(authority_id: UUID) -> list[tuple[str, object]]:
    """Who opened one's contact details, by name."""
    opened = queries.who_opened(unit(), viewer().person_id, authority_id)
    names = people.organisations(unit(), [employer_id for employer_id, _on in opened])
    return [(names[employer_id].name, on) for employer_id, on in opened if employer_id in names]


def _confirms(authority_id: UUID) -> str | None:
    """The code of the requirement under which the PA says that everything is still right, if there is one."""
    edition = register.edition_for(unit(), authority_id, today())
    lines = edition.lines.values() if edition else ()
    return next((line.code for line in lines if line.kind is RequirementKind.AVAILABILITY), None)
