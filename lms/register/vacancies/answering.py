"""A PA's pages: vacancies of one's own authority, one of them, answering and reporting it."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.pages import Page, page_number, pagination
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people.guards import requires, viewer
from lms.people.rules import Role
from lms.register.directory import labels, reports
from lms.register.directory import queries as directory
from lms.register.directory.doors import own_authority
from lms.register.directory.forms import ReportForm, refuse_where
from lms.register.directory.words import Reported
from lms.register.vacancies import queries, services
from lms.register.vacancies.doors import STOPS, pages
from lms.register.vacancies.forms import AnswerForm
from lms.register.vacancies.queries import VacancyView
from lms.register.vacancies.rules import OFFERED, Stop

PAGE_SIZE = 20


@pages.get("/register/<uuid:authority_id>/vacancies")
@requires(Role.PA)
def vacancies(authority_id: UUID) -> ResponseReturnValue:
    """The vacancies a PA can read today, the newest first."""
    authority = _offered(authority_id)
    number = page_number()
    found, total = queries.open_vacancies(
        unit(), authority_id, viewer().person_id, today(), offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )
    return render_template(
        "lms/register/vacancies/list.html",
        authority=authority,
        page=Page(found, number, total, size=PAGE_SIZE),
        pagination=pagination,
        labels=labels,
    )


@pages.route("/register/<uuid:authority_id>/vacancies/<uuid:vacancy_id>", methods=["GET", "POST"])
@requires(Role.PA)
def vacancy(authority_id: UUID, vacancy_id: UUID) -> ResponseReturnValue:
    """One vacancy, and answering it."""
    authority, found = _offered(authority_id), _read(authority_id, vacancy_id)
    why = queries.stops(unit(), found, viewer().person_id, today())
    mine = queries.answered(unit(), vacancy_id, viewer().person_id)
    if why is Stop.BLOCKED or (why is Stop.OVER and mine is None):
        raise NotFound("vacancy")
    form = AnswerForm()
    if form.validate_on_submit():
        try:
            contact_id = services.answer(
                unit(),
                once=form.key(),
                vacancy_id=vacancy_id,
                pa_id=viewer().person_id,
                text=form.text.data or "",
                now=now(),
            )
        except Refused as refusal:
            refuse_where(form, refusal)
        else:
            unit().commit()
            flash(_("Your answer is sent, and your profile with it."), "lms_done")
            return redirect(url_for("lms.directory.talk", contact_id=contact_id))
    return render_template(
        "lms/register/vacancies/read.html",
        form=form,
        authority=authority,
        vacancy=found,
        stop=why,
        stop_said=_(STOPS[why]) if why else "",
        mine=mine,
        called=directory.called(unit(), viewer().person_id, authority_id),
        labels=labels,
        Stop=Stop,
    )


@pages.route("/register/<uuid:authority_id>/vacancies/<uuid:vacancy_id>/report", methods=["GET", "POST"])
@requires(Role.PA)
def report_vacancy(authority_id: UUID, vacancy_id: UUID) -> ResponseReturnValue:
    """Tell the register team that something about a vacancy is wrong."""
    _offered(authority_id)
    found = _read(authority_id, vacancy_id)
    form = ReportForm()
    if form.validate_on_submit():
        try:
            reports.report(
                unit(),
                once=form.key(),
                authority_id=authority_id,
                kind=Reported.VACANCY,
                target_id=vacancy_id,
                reason=form.chosen(),
                word=form.word.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Thank you. Somebody of the register team looks at it."), "lms_done")
            return redirect(url_for(".vacancies", authority_id=authority_id))
    back = url_for(".vacancy", authority_id=authority_id, vacancy_id=vacancy_id)
    assert found.words is not None
    return render_template("lms/register/directory/report.html", form=form, back=back, back_text=found.words.title)


def _offered(authority_id: UUID) -> object:
    authority, chosen = own_authority(authority_id)
    if chosen.contact_model not in OFFERED:
        raise NotFound("vacancies")
    return authority


def _read(authority_id: UUID, vacancy_id: UUID) -> VacancyView:
    """A vacancy that was published there. NotFound for every other."""
    found = queries.vacancy(unit(), vacancy_id)
    if found is None or found.authority_id != authority_id or found.words is None:
        raise NotFound("vacancy")
    return found
