"""A household's own vacancies: the list, writing one, its answers, and ending it."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.pages import Page, page_number, pagination
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _
from lms.core.words import NotFound, Refused
from lms.people.guards import requires, viewer
from lms.people.rules import Role
from lms.register.directory import contact_queries, labels, searching
from lms.register.directory.doors import Household, household
from lms.register.directory.forms import refuse_where
from lms.register.directory.words import Outcome
from lms.register.vacancies import answering, desk, queries, services
from lms.register.vacancies.doors import END_REASONS, own_vacancy, pages
from lms.register.vacancies.forms import EndForm, VacancyForm
from lms.register.vacancies.rules import OFFERED
from lms.register.vacancies.text import VacancyWords
from lms.register.vacancies.words import EndReason

__all__ = ["answering", "desk", "pages"]

PAGE_SIZE = 20


@pages.get("/vacancies")
@requires(Role.EMPLOYER, Role.REPRESENTATIVE)
def own() -> ResponseReturnValue:
    """The household's vacancies, the newest first, each with how it stands."""
    home, number = _home(), page_number()
    found, total = queries.vacancies_of(unit(), [home.id], offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    ids = [each.id for each in found]
    return render_template(
        "lms/register/vacancies/own.html",
        home=home,
        page=Page(found, number, total, size=PAGE_SIZE),
        pagination=pagination,
        texts=queries.texts_of(unit(), ids),
        counts=queries.answer_counts(unit(), ids),
        today=today(),
        Outcome=Outcome,
    )


@pages.route("/vacancies/new", methods=["GET", "POST"])
@requires(Role.EMPLOYER, Role.REPRESENTATIVE)
def new() -> ResponseReturnValue:
    """Write a vacancy and send it to the register team."""
    home = _home()
    words = VacancyWords(called=viewer().name.split()[0])
    return _write(home, None, words)


@pages.route("/vacancies/<uuid:vacancy_id>/edit", methods=["GET", "POST"])
@requires(Role.EMPLOYER, Role.REPRESENTATIVE)
def edit(vacancy_id: UUID) -> ResponseReturnValue:
    """Change a vacancy; the new text is read by the register team before PAs see it."""
    found = own_vacancy(vacancy_id)
    home = _home_of(found.employer_id)
    newest = queries.texts_of(unit(), [vacancy_id]).get(vacancy_id)
    if found.ended_on is not None or newest is None:
        raise NotFound("vacancy")
    return _write(home, vacancy_id, newest.words)


@pages.get("/vacancies/<uuid:vacancy_id>")
@requires(Role.EMPLOYER, Role.REPRESENTATIVE)
def one(vacancy_id: UUID) -> ResponseReturnValue:
    """One of the household's vacancies: what PAs read, how it stands, and who answered."""
    found = own_vacancy(vacancy_id)
    home = _home_of(found.employer_id)
    answers = queries.answers_to(unit(), vacancy_id)
    contacts = contact_queries.contacts_by_id(unit(), [each.contact_id for each in answers])
    profiles = searching.profiles_of(unit(), [each.pa_id for each in answers], found.authority_id, today())
    return render_template(
        "lms/register/vacancies/one.html",
        home=home,
        vacancy=found,
        text=queries.texts_of(unit(), [vacancy_id]).get(vacancy_id),
        why_ended=END_REASONS.get(queries.end_of(unit(), vacancy_id) or EndReason.CALENDAR) if found.ended_on else None,
        answers=answers,
        contacts=contacts,
        profiles=profiles,
        labels=labels,
        today=today(),
        Outcome=Outcome,
    )


@pages.route("/vacancies/<uuid:vacancy_id>/end", methods=["GET", "POST"])
@requires(Role.EMPLOYER, Role.REPRESENTATIVE)
def end(vacancy_id: UUID) -> ResponseReturnValue:
    """End a vacancy: nobody can answer it any more."""
    found = own_vacancy(vacancy_id)
    form = EndForm()
    if form.validate_on_submit():
        services.end_by_household(
            unit(), vacancy_id=vacancy_id, why=EndReason(form.why.data), by=viewer().person_id, now=now()
        )
        unit().commit()
        flash(_("Your vacancy has ended."), "lms_done")
        return redirect(url_for(".one", vacancy_id=vacancy_id))
    return render_template("lms/register/vacancies/end.html", form=form, vacancy=found)


def _write(home: Household, vacancy_id: UUID | None, words: VacancyWords) -> ResponseReturnValue:
    form = VacancyForm()
    form.offer(home.setting.areas)
    if form.validate_on_submit():
        wanted = vacancy_id or form.key()
        try:
            services.send(
                unit(),
                once=form.key(),  # of a new one, the vacancy's number too: a double tap makes one of both
                vacancy_id=wanted,
                employer_id=home.id,
                authority_id=home.authority.id,
                words=form.written(),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            refuse_where(form, refusal)
        else:
            unit().commit()
            flash(_("Sent. Somebody of the register team reads it before PAs do."), "lms_done")
            return redirect(url_for(".one", vacancy_id=wanted))
    elif request.method == "GET":
        form.begin_with(words)
    return render_template(
        "lms/register/vacancies/write.html", form=form, home=home, labels=labels, vacancy_id=vacancy_id
    )


def _home() -> Household:
    home = household()
    if home.setting.contact_model not in OFFERED:
        raise NotFound("vacancies")
    return home


def _home_of(employer_id: UUID) -> Household:
    """The household of a vacancy, on whatever page somebody of two households came from."""
    home = household(employer_id)
    if home.setting.contact_model not in OFFERED:
        raise NotFound("vacancies")
    return home
