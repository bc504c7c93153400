"""For coordinators and allocated assessors: print for a learner, make their check, and enter what stands on paper."""

from uuid import UUID

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.paper.forms import RecordForm, record_form
from lms.assessment.paper.queries import AtDesk, at_desk
from lms.core.shelves import shelf
from lms.core.web.notes import flash
from lms.core.web.papers import LARGEST_POST, download
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, _n, say_refusal
from lms.core.words import NotFound, Refused
from lms.learning import checks, rules
from lms.learning import queries as learning
from lms.learning.catalogue import Courses, Module
from lms.learning.checks import AttemptView
from lms.learning.paper import prints, queries, services
from lms.learning.paper.forms import NameForm
from lms.learning.paper.rules import initials, same_number
from lms.learning.paper.services import Recorded, Sheet
from lms.learning.paper.views import pdf_answer, wants_check
from lms.people.guards import requires, viewer
from lms.people.rules import Role

pages = room("on_paper", __name__)


@pages.get("/on-paper/<uuid:enrolment_id>")
@requires(Role.COORDINATOR, Role.ASSESSOR)
def learner(enrolment_id: UUID) -> ResponseReturnValue:
    """A learner's modules on paper: what can be printed, made and recorded, and what was."""
    desk = _desk(enrolment_id)
    modules = _courses().modules_of(desk.enrolment.course, desk.enrolment.editions)
    done = learning.studied(unit(), enrolment_id)
    records = queries.records_of(unit(), enrolment_id)
    return render_template(
        "lms/assessment/paper/learner.html",
        desk=desk,
        modules=[(module, rules.state(module, done), wants_check(done, module)) for module in modules if module.ready],
        sheets=queries.open_sheets(unit(), enrolment_id),
        records=records,
        results=queries.results_of(unit(), {each.attempt_id for each in records if each.attempt_id}),
        titles={module.code: module.title for module in modules},
        form=NameForm(name=initials(desk.learner_name)),
    )


@pages.post("/on-paper/<uuid:enrolment_id>/<module>/check")
@requires(Role.COORDINATOR, Role.ASSESSOR)
def make_check(enrolment_id: UUID, module: str) -> ResponseReturnValue:
    """Put a learner's check on paper for them."""
    desk = _desk(enrolment_id)
    _module(desk, module)
    form = NameForm()
    name = form.name.data or initials(desk.learner_name)
    try:
        services.make_sheet(
            unit(),
            enrolment_id=enrolment_id,
            module=module,
            name=name,
            by=viewer().person_id,
            now=now(),
            instead=desk.instead,
        )
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("The check is ready for paper. Print it now."), "lms_done")
    return redirect(url_for(".learner", enrolment_id=enrolment_id))


@pages.get("/on-paper/<uuid:enrolment_id>/<module>/print/<part>")
@requires(Role.COORDINATOR, Role.ASSESSOR)
def workbook(enrolment_id: UUID, module: str, part: str) -> ResponseReturnValue:
    """A learner's module, or their check alone, as a page for the browser to print."""
    book = prints.workbook(_desk(enrolment_id).enrolment, module, part)
    return book.page(url_for(".learner", enrolment_id=enrolment_id))


@pages.route("/on-paper/<uuid:enrolment_id>/<module>/print/<part>.pdf", methods=["GET", "POST"])
@requires(Role.COORDINATOR, Role.ASSESSOR)
def workbook_pdf(enrolment_id: UUID, module: str, part: str) -> ResponseReturnValue:
    """The same as a PDF; posting asks the worker to make it."""
    book = prints.workbook(_desk(enrolment_id).enrolment, module, part)
    return pdf_answer(book, url_for(".learner", enrolment_id=enrolment_id))


@pages.route("/on-paper/<uuid:enrolment_id>/<module>/record", methods=["GET", "POST"])
@requires(Role.COORDINATOR, Role.ASSESSOR)
def record(enrolment_id: UUID, module: str) -> ResponseReturnValue:
    """Enter what stands on a learner's paper."""
    desk = _desk(enrolment_id)
    taught, sheet = _module(desk, module), queries.open_sheets(unit(), enrolment_id).get(module)
    attempt = _attempt(desk, taught, RecordForm().attempt.data, sheet.attempt_id if sheet else None)
    form = record_form(taught, attempt)
    if form.is_submitted():
        came = _record(form, desk, taught, attempt)
        if came is not None:
            unit().commit()
            flash(_said(came, desk.learner_name, sheet=attempt is not None), "lms_done")
            return redirect(url_for(".learner", enrolment_id=enrolment_id))
    done = learning.studied(unit(), enrolment_id)
    return render_template(
        "lms/assessment/paper/record.html",
        form=form,
        desk=desk,
        module=taught,
        attempt=attempt,
        sheet=sheet,
        read=[lesson for lesson in taught.lessons if lesson.code in done.lessons],
        written=taught.activity is not None and taught.activity.code in done.activities,
    )


record.largest_post = LARGEST_POST  # type: ignore[attr-defined]  # a scan is larger than other posts


@pages.get("/on-paper/papers/<uuid:record_id>")
@requires(Role.COORDINATOR, Role.ASSESSOR)
def paper(record_id: UUID) -> Response:
    """The paper that was recorded, for those who may record for its learner today."""
    found = queries.record(unit(), record_id)
    _desk(found.enrolment_id)
    return download(found.paper, "paper")


def _record(form: RecordForm, desk: AtDesk, module: Module, attempt: AttemptView | None) -> Recorded | None:
    """Keep what was entered; None, with what is amiss said in the form, when something is."""
    fine = form.validate()
    answers = form.answers()
    if answers and attempt is not None and not same_number(form.number.data or "", attempt.id):
        form.number.errors = [
            _("This is not the number of the check that is open. Look at the top of the sheet: it may be an older one.")
        ]
    kept = form.take_paper(viewer().person_id)
    if kept is None and not form.paper.errors:
        form.paper.errors = [_("Attach a scan or a photo of the paper.")]
    if not fine or kept is None or form.errors:
        return None
    try:
        return services.record_paper(
            unit(),
            id=form.key(),
            enrolment_id=desk.enrolment.id,
            module=module.code,
            sheet=Sheet(attempt.id if attempt else None, answers, form.lessons.data or [], form.activity.data or ""),
            paper=kept.keep(unit(), now=now()),
            by=viewer().person_id,
            behalf=desk.behalf,
            now=now(),
        )
    except Refused as refusal:
        form.refuse(say_refusal(refusal))
        return None


def _said(came: Recorded, name: str, *, sheet: bool) -> str:
    if came.handed_in:
        return _("Recorded. Every question has an answer, so the check of %(name)s is handed in and marked.", name=name)
    if sheet and came.open_:
        left = _n("%(num)s question has no whole answer yet", "%(num)s questions have no whole answer yet", came.open_)
        return _("Recorded. %(left)s, so the check stays open.", left=left)
    return _("Recorded.")


def _desk(enrolment_id: UUID) -> AtDesk:
    return at_desk(unit(), viewer(), enrolment_id, today())


def _courses() -> Courses:
    return shelf(unit(), Courses)


def _module(desk: AtDesk, code: str) -> Module:
    return _courses().module_in(desk.enrolment.course, code, desk.enrolment.editions.get(code))


def _attempt(desk: AtDesk, module: Module, sent: str | None, open_: UUID | None) -> AttemptView | None:
    """The attempt the page was made for, handed in meanwhile or not; else the open one that is on paper."""
    try:
        wanted = UUID(sent) if sent else open_
    except ValueError:
        wanted = open_
    if wanted is None:
        return None
    attempt = checks.own_attempt(unit(), wanted, desk.enrolment.learner_id)
    if (attempt.enrolment.id, attempt.module.code) != (desk.enrolment.id, module.code):
        raise NotFound("attempt")
    return attempt
