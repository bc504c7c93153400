"""The register team's pages: what waits to be read, one of it, reports, settings, search and introductions."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.pages import Page, page_number, pagination
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import households
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role
from lms.register import queries as register
from lms.register.directory import contact_queries, contacts, find, labels, queries, reports, searching, services
from lms.register.directory.doors import TEAM, beside_profile, pages, team_authority
from lms.register.directory.forms import (
    NO,
    YES,
    AnswerReportForm,
    ButtonForm,
    IntroduceForm,
    LookForm,
    SettingsForm,
)
from lms.register.directory.searching import ProfileView
from lms.register.directory.words import Outcome, Reported
from lms.register.kinds import ContactModel, ListingState

MOST = 20
MOST_EMPLOYERS = 500


@pages.route("/register/directory/settings", methods=["GET", "POST"])
@requires(Role.REGISTER_MANAGER)
def settings() -> ResponseReturnValue:
    """Switch the simple register on or off, and choose how people find each other."""
    authority_id = authority_for(Role.REGISTER_MANAGER)
    chosen, edition = queries.setting(unit(), authority_id), register.edition_for(unit(), authority_id, today())
    form = SettingsForm()
    if form.validate_on_submit():
        try:
            services.choose(
                unit(),
                once=form.key(),
                authority_id=authority_id,
                is_on=form.is_on.data == YES,
                contact_model=ContactModel(form.contact_model.data),
                areas=(form.areas.data or "").splitlines(),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved. It holds from now on."), "lms_done")
            return redirect(url_for(".settings", authority=authority_id))
    elif request.method == "GET":
        form.is_on.data = YES if chosen and chosen.is_on else NO
        model = chosen.contact_model if chosen else edition.file.contact_model if edition else None
        form.contact_model.data = model.value if model else None
        form.areas.data = "\n".join(chosen.areas if chosen else ())
    return render_template(
        "lms/register/directory/settings.html",
        form=form,
        authority=people.organisation(unit(), authority_id),
        edition=edition,
        labels=labels,
    )


@pages.route("/register/directory/profiles/<uuid:version_id>", methods=["GET", "POST"])
@requires(*TEAM)
def look_at_profile(version_id: UUID) -> ResponseReturnValue:
    """Read a profile before others do: publish it, or send it back with a reason."""
    found = queries.version(unit(), version_id, viewer().authorities(*TEAM))
    form = LookForm()
    if form.validate_on_submit():
        outcome, reason = form.decided()
        try:
            services.look(
                unit(),
                once=form.key(),
                version_id=version_id,
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
            return redirect(url_for("lms.vacancies.queue", authority=found.authority_id))
    before = queries.own(unit(), found.person_id, found.authority_id).published
    return render_template(
        "lms/register/directory/look.html",
        form=form,
        version=found,
        person=people.person(unit(), found.person_id),
        before=before if before and before.id != found.id else None,
        beside=beside_profile(found.person_id, found.authority_id, provisional=False),
        labels=labels,
        take_off=before is not None and before.id == found.id,
        button=ButtonForm(),
    )


@pages.post("/register/directory/<uuid:authority_id>/<uuid:pa_id>/take-off")
@requires(*TEAM)
def take_off(authority_id: UUID, pa_id: UUID) -> ResponseReturnValue:
    """Take a published profile off; the PA can send a new one."""
    team_authority(authority_id)
    services.take_off(unit(), person_id=pa_id, authority_id=authority_id, by=viewer().person_id, now=now())
    unit().commit()
    flash(_("The profile is off. The PA can send a new one."), "lms_done")
    return redirect(url_for("lms.vacancies.queue", authority=authority_id))


@pages.route("/register/directory/reports/<uuid:authority_id>/<uuid:report_id>", methods=["GET", "POST"])
@requires(*TEAM)
def look_at_report(authority_id: UUID, report_id: UUID) -> ResponseReturnValue:
    """One report with what it is about, and what the team did."""
    team_authority(authority_id)
    found = reports.one(unit(), report_id, authority_id)
    form = AnswerReportForm()
    if form.validate_on_submit():
        try:
            reports.answer(
                unit(),
                report_id=report_id,
                authority_id=authority_id,
                answered=form.chosen(),
                word=form.word.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved. Whoever reported it hears that you looked at it."), "lms_done")
            return redirect(url_for("lms.vacancies.queue", authority=authority_id))
    contact = contact_queries.contact(unit(), found.target_id) if found.kind is Reported.MESSAGES else None
    profile = _reported_profile(found) if found.kind is Reported.PROFILE else None
    ids = {found.by} | ({contact.pa_id} if contact else set()) | ({profile.person_id} if profile else set())
    return render_template(
        "lms/register/directory/look_at_report.html",
        form=form,
        report=found,
        names=people.persons(unit(), ids),
        contact=contact,
        employer=people.organisation(unit(), contact.employer_id) if contact else None,
        messages=contact_queries.messages_of(unit(), contact.id) if contact else [],
        profile=profile,
        labels=labels,
        Reported=Reported,
    )


@pages.get("/register/directory/search")
@requires(*TEAM)
def team_search() -> ResponseReturnValue:
    """The register team searches profiles, where it is the one who introduces people."""
    authority_id = authority_for(*TEAM)
    chosen = _team_matches(authority_id)
    number, wanted = page_number(), find.asked(chosen.areas)
    found, total = searching.search(
        unit(),
        authority_id,
        wanted,
        today(),
        employer_id=None,
        offset=(number - 1) * find.PAGE_SIZE,
        limit=find.PAGE_SIZE,
    )
    return render_template(
        "lms/register/directory/team_search.html",
        authority_id=authority_id,
        page=Page(found, number, total, size=find.PAGE_SIZE),
        names=people.persons(unit(), [each.person_id for each in found]),
        pagination=pagination,
        label=find.provisional_label(authority_id),
        **find.filters(chosen.areas, wanted),
    )


@pages.route("/register/directory/<uuid:authority_id>/<uuid:pa_id>/introduce", methods=["GET", "POST"])
@requires(*TEAM)
def introduce(authority_id: UUID, pa_id: UUID) -> ResponseReturnValue:
    """Ask a PA whether they want to be introduced to an employer."""
    team_authority(authority_id)
    _team_matches(authority_id)
    found = _profile(pa_id, authority_id)
    form = IntroduceForm()
    employers = households.employers_in(unit(), authority_id, limit=MOST_EMPLOYERS)
    form.offer([(str(each.id), each.name) for each in employers])
    if form.validate_on_submit():
        try:
            contacts.introduce(
                unit(),
                once=form.key(),
                pa_id=pa_id,
                employer_id=UUID(form.employer.data),
                authority_id=authority_id,
                called=form.called.data or "",
                text=form.text.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The PA is asked. The employer learns of them once they say yes."), "lms_done")
            return redirect(url_for(".team_search", authority=authority_id))
    return render_template(
        "lms/register/directory/introduce.html",
        form=form,
        found=found,
        authority_id=authority_id,
        beside=beside_profile(pa_id, authority_id, provisional=found.state is ListingState.PROVISIONAL),
        labels=labels,
    )


def _team_matches(authority_id: UUID) -> queries.SettingView:
    chosen = queries.setting(unit(), authority_id)
    if chosen is None or not chosen.is_on or chosen.contact_model is not ContactModel.TEAM_MATCH:
        raise NotFound("search")
    return chosen


def _profile(pa_id: UUID, authority_id: UUID) -> ProfileView:
    found = searching.visible_profile(unit(), pa_id, authority_id, today(), employer_id=None)
    if found is None:
        raise NotFound("profile")
    return found


def _reported_profile(found: reports.ReportView) -> queries.VersionView:
    return queries.version(unit(), found.target_id, [found.authority_id])
