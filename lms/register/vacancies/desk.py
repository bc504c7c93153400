"""The register team's pages: everything of the simple register that waits to be read, and one vacancy."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role
from lms.register.directory import labels, reports
from lms.register.directory import queries as directory
from lms.register.directory.doors import TEAM
from lms.register.directory.forms import ButtonForm, LookForm
from lms.register.directory.words import Outcome
from lms.register.kinds import ContactModel
from lms.register.vacancies import queries, services
from lms.register.vacancies.doors import pages

MOST = 30


@pages.get("/register/directory")
@requires(*TEAM)
def queue() -> ResponseReturnValue:
    """Profiles, vacancies and reports that wait for the register team, the oldest first."""
    authority_id = authority_for(*TEAM)
    profiles, how_many = directory.waiting_profiles(unit(), [authority_id], limit=MOST)
    texts, how_many_texts = queries.waiting(unit(), [authority_id], limit=MOST)
    reported, how_many_reports = reports.open_reports(unit(), [authority_id], limit=MOST)
    chosen = directory.setting(unit(), authority_id)
    return render_template(
        "lms/register/vacancies/queue.html",
        authority=people.organisation(unit(), authority_id),
        setting=chosen,
        profiles=profiles,
        how_many=how_many,
        texts=texts,
        how_many_texts=how_many_texts,
        reports=reported,
        how_many_reports=how_many_reports,
        names=people.persons(unit(), {each.person_id for each in profiles}),
        manages=authority_id in viewer().authorities(Role.REGISTER_MANAGER),
        matches=bool(chosen and chosen.is_on and chosen.contact_model is ContactModel.TEAM_MATCH),
        labels=labels,
    )


@pages.route("/register/directory/vacancies/<uuid:text_id>", methods=["GET", "POST"])
@requires(*TEAM)
def look_at_vacancy(text_id: UUID) -> ResponseReturnValue:
    """Read a vacancy before PAs do: publish it, or send it back with a reason."""
    found = queries.text(unit(), text_id, viewer().authorities(*TEAM))
    form = LookForm()
    if form.validate_on_submit():
        outcome, reason = form.decided()
        try:
            services.look(
                unit(),
                once=form.key(),
                text_id=text_id,
                authority_id=found.authority_id,
                outcome=outcome,
                reason=reason,
                word=form.word.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            published = outcome is Outcome.PUBLISHED
            flash(_("Published.") if published else _("Sent back, with the reason."), "lms_done")
            return redirect(url_for(".queue", authority=found.authority_id))
    whole = queries.vacancy(unit(), found.vacancy_id)
    return render_template(
        "lms/register/vacancies/look.html",
        form=form,
        text=found,
        vacancy=whole,
        open_now=bool(whole and whole.open_on(today())),
        labels=labels,
        button=ButtonForm(),
    )


@pages.get("/register/directory/vacancies/<uuid:vacancy_id>/newest")
@requires(*TEAM)
def reported(vacancy_id: UUID) -> ResponseReturnValue:
    """The text of a vacancy that PAs read, or the newest one; for whoever looks at a report."""
    found = queries.vacancy(unit(), vacancy_id)
    if found is None or found.authority_id not in viewer().authorities(*TEAM):
        raise NotFound("vacancy")
    newest = queries.texts_of(unit(), [vacancy_id]).get(vacancy_id)
    text_id = found.live_id or (newest.id if newest else None)
    if text_id is None:
        raise NotFound("vacancy")
    return redirect(url_for(".look_at_vacancy", text_id=text_id))


@pages.post("/register/directory/vacancies/<uuid:vacancy_id>/take-off")
@requires(*TEAM)
def take_vacancy_off(vacancy_id: UUID) -> ResponseReturnValue:
    """Take a vacancy off: nobody can read or answer it any more."""
    found = queries.vacancy(unit(), vacancy_id)
    if found is None or found.authority_id not in viewer().authorities(*TEAM):
        raise NotFound("vacancy")
    services.end_by_team(
        unit(), vacancy_id=vacancy_id, authority_id=found.authority_id, by=viewer().person_id, now=now()
    )
    unit().commit()
    flash(_("The vacancy is off."), "lms_done")
    return redirect(url_for(".queue", authority=found.authority_id))
