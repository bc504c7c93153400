"""A learner's pages of study on paper: the workbook of a module, their own check on paper, and what was recorded."""

from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.uploads import PDF
from lms.core.web.notes import flash
from lms.core.web.papers import download
from lms.core.web.rooms import room
from lms.core.web.state import now, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.learning import queries as learning
from lms.learning import rules as rules_of_study
from lms.learning.audiences import STUDENTS
from lms.learning.catalogue import Module
from lms.learning.doors import beside, own_study
from lms.learning.paper import prints, queries, rules, services
from lms.learning.paper.forms import NameForm
from lms.learning.paper.prints import Workbook
from lms.learning.rules import StepKind, Studied
from lms.people.guards import requires, viewer

pages = room("paper", __name__)

beside.papers = queries.records_of_attempt


@pages.route("/learning/<uuid:enrolment_id>/<module>/paper", methods=["GET", "POST"])
@requires(*STUDENTS)
def paper_page(enrolment_id: UUID, module: str) -> ResponseReturnValue:
    """A module on paper: its workbook, one's own check, and what was recorded. Posting makes the check."""
    study = own_study(enrolment_id)
    taught = study.module(module)
    form = NameForm(name=rules.initials(viewer().name))
    if form.validate_on_submit():
        try:
            services.make_sheet(
                unit(),
                enrolment_id=enrolment_id,
                module=module,
                name=form.name.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Your check is ready for paper. Print it now."), "lms_done")
            return redirect(url_for(".paper_page", enrolment_id=enrolment_id, module=module))
    return render_template(
        "lms/learning/paper/paper.html",
        form=form,
        study=study,
        module=taught,
        sheet=queries.open_sheets(unit(), enrolment_id).get(module),
        wants_check=wants_check(study.done, taught),
        records=[each for each in queries.records_of(unit(), enrolment_id) if each.module == module],
    )


def wants_check(done: Studied, module: Module) -> bool:
    """Whether there is a check to put on paper: one that is neither passed, nor only waits to be read, nor known."""
    step = next((each for each in rules_of_study.steps(module, done) if each.kind is StepKind.CHECK), None)
    return step is not None and not (step.done or step.waiting or step.sent_back)


@pages.get("/learning/<uuid:enrolment_id>/<module>/print/<part>")
@requires(*STUDENTS)
def workbook(enrolment_id: UUID, module: str, part: str) -> ResponseReturnValue:
    """One's module, or one's check alone, as a page for the browser to print."""
    return _own_book(enrolment_id, module, part).page(_back(enrolment_id, module))


@pages.route("/learning/<uuid:enrolment_id>/<module>/print/<part>.pdf", methods=["GET", "POST"])
@requires(*STUDENTS)
def workbook_pdf(enrolment_id: UUID, module: str, part: str) -> ResponseReturnValue:
    """The same as a PDF; posting asks the worker to make it."""
    return pdf_answer(_own_book(enrolment_id, module, part), _back(enrolment_id, module))


@pages.get("/learning/papers/<uuid:record_id>")
@requires(*STUDENTS)
def own_paper(record_id: UUID) -> Response:
    """The paper somebody recorded for one."""
    found = queries.record(unit(), record_id)
    if found.learner_id != viewer().person_id:
        raise NotFound("paper")
    return download(found.paper, "paper")


def pdf_answer(book: Workbook, back: str) -> ResponseReturnValue:
    """A PDF that is made, or a page that says how far it is. A POST asks for it to be made."""
    here = url_for(request.endpoint or "", **(request.view_args or {}))
    if request.method == "POST":
        prints.ask(book)
        unit().commit()
        return redirect(here)
    data = prints.pdf(book)
    if data is None:
        said = {"title": book.title, "back": back, "back_to": _("Study on paper")}
        return render_template("lms/core/being_made.html", **said, asked=prints.is_asked(book), here=here)
    response = Response(data, mimetype=PDF)
    name = f"{book.module.code}-{book.sheet.number if book.part == 'check' and book.sheet else 'workbook'}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _own_book(enrolment_id: UUID, module: str, part: str) -> Workbook:
    enrolment = learning.own_enrolment(unit(), enrolment_id, viewer().person_id)
    return prints.workbook(enrolment, module, part)


def _back(enrolment_id: UUID, module: str) -> str:
    return url_for("lms.paper.paper_page", enrolment_id=enrolment_id, module=module)
