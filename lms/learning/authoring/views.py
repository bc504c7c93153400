"""The authors' desk: modules, questions as their answers show them, keys put right, and what learners report."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from lms.core.web.notes import flash
from lms.core.web.pages import Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import now, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.learning import keys
from lms.learning.authoring import bars, queries, services
from lms.learning.authoring.forms import NoteForm
from lms.learning.catalogue import Module
from lms.learning.doors import courses
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

pages = room("authoring", __name__)

REPORTS_ON_A_PAGE = 25


def module_at(module: str, edition: str) -> Module:
    """A module in just this edition. Raises NotFound."""
    if not courses().has(module, edition):
        raise NotFound("module")
    return courses().edition(module, edition)


def _every_module() -> list[Module]:
    shelf = courses()
    return [module for code in shelf.modules for module in shelf.editions_of(code)]


@pages.get("/content")
@requires(Role.ADMIN)
def content() -> ResponseReturnValue:
    """Every module in every edition, and how many reports are new."""
    _new, waiting = queries.reports(unit(), authority_for(Role.ADMIN), limit=1)
    return render_template("lms/learning/content.html", modules=_every_module(), waiting=waiting)


@pages.get("/content/<module>/<edition>")
@requires(Role.ADMIN)
def content_module(module: str, edition: str) -> ResponseReturnValue:
    """A module's lessons with their ratings and its questions as first answers show them."""
    taught, authority = module_at(module, edition), authority_for(Role.ADMIN)
    return render_template(
        "lms/learning/content_module.html",
        module=taught,
        items=queries.items(unit(), authority, taught),
        ratings=queries.ratings(unit(), authority, module),
        most=queries.MOST_ATTEMPTS,
    )


@pages.get("/content/<module>/<edition>/questions/<question>")
@requires(Role.ADMIN)
def content_question(module: str, edition: str, question: str) -> ResponseReturnValue:
    """One question with its key, what was answered, and every correction of its key."""
    taught, authority = module_at(module, edition), authority_for(Role.ADMIN)
    bank = queries.questions_of(unit(), authority, taught)
    if question not in bank:
        raise NotFound("question")
    item = queries.items(unit(), authority, taught)[question]
    corrections = [
        each for each in keys.corrections_in(unit(), authority, module, edition) if each.question == question
    ]
    return render_template(
        "lms/learning/content_question.html",
        module=taught,
        question=bank[question],
        authored=taught.by_code()[question],
        item=item,
        bars=bars.bars_of(bank[question], item),
        label_of=bars.label_of,
        corrections=corrections,
        people=people.persons(unit(), {each.by for each in corrections}),
    )


@pages.get("/content/reports")
@requires(Role.ADMIN)
def report_list() -> ResponseReturnValue:
    """What learners reported: the new ones, or those dealt with."""
    dealt_with, number = request.args.get("state") == "dealt-with", page_number()
    found, total = queries.reports(
        unit(),
        authority_for(Role.ADMIN),
        dealt_with=dealt_with,
        offset=(number - 1) * REPORTS_ON_A_PAGE,
        limit=REPORTS_ON_A_PAGE,
    )
    return render_template(
        "lms/learning/content_reports.html",
        page=Page(found, number, total, REPORTS_ON_A_PAGE),
        pagination=pagination,
        dealt_with=dealt_with,
    )


@pages.route("/content/reports/<uuid:report_id>", methods=["GET", "POST"])
@requires(Role.ADMIN)
def report_page(report_id: UUID) -> ResponseReturnValue:
    """One report; writing back to the learner deals with it."""
    authority, form = authority_for(Role.ADMIN), NoteForm()
    found = queries.report(unit(), authority, report_id)
    if form.validate_on_submit():
        try:
            services.deal_with(
                unit(),
                report_id=report_id,
                authority_id=authority,
                note=form.note.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            return _done(_("Dealt with. The learner reads your answer where they reported it."))
    taught = courses().modules.get(found.module)
    lesson = next((each for each in taught.lessons if each.code == found.lesson), None) if taught else None
    return render_template("lms/learning/content_report.html", report=found, form=form, module=taught, lesson=lesson)


def _done(sentence: str) -> Response:
    flash(sentence, "lms_done")
    return redirect(url_for(".report_list"))
