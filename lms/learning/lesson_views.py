"""Reading a lesson and writing for an activity."""

from uuid import UUID, uuid4

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from lms.core.markdown import html_of
from lms.core.web.notes import flash
from lms.core.web.state import now, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.learning import bookmarks, services
from lms.learning.activity_texts import activity_text
from lms.learning.audiences import STUDENTS
from lms.learning.catalogue import Module
from lms.learning.doors import Study, beside, courses, own_study, pages
from lms.learning.forms import ActivityForm
from lms.learning.shelf import sections
from lms.learning.word_views import lesson_body
from lms.people.guards import requires, viewer


@pages.route("/learning/<uuid:enrolment_id>/<module>/lessons/<lesson>", methods=["GET", "POST"])
@requires(*STUDENTS)
def lesson_page(enrolment_id: UUID, module: str, lesson: str) -> ResponseReturnValue:
    """Read a lesson; say that it is finished, and go on to what comes next."""
    if request.method == "POST":
        return _finish_lesson(enrolment_id, module, lesson)
    study = own_study(enrolment_id)
    taught = study.module(module)
    found = taught.lesson(lesson)
    home = courses().home_of(taught, found)
    return render_template(
        "lms/learning/lesson.html",
        study=study,
        module=taught,
        lesson=found,
        number=taught.lessons.index(found) + 1,
        text=found.in_(language()),
        done=lesson in study.done.lessons,
        reached=study.done.reached_in(taught, found),
        step=study.next_in(taught),
        home=home,
        body=lesson_body(home, found.in_(language())),
        html_of=html_of,
        sections=sections,
        reports=beside.reports(unit(), viewer().person_id, lesson),
        once=uuid4(),
    )


@pages.post("/learning/<uuid:enrolment_id>/<module>/lessons/<lesson>/place")
@requires(*STUDENTS)
def keep_place(enrolment_id: UUID, module: str, lesson: str) -> ResponseReturnValue:
    """Keep the section that was reached, for the page's script: 204, also when there was nothing to keep."""
    section = request.form.get("section", "", type=str)
    if not (section.isascii() and section.isdigit() and len(section) < 4):
        raise NotFound("section")
    bookmarks.keep_place(
        unit(),
        enrolment_id=enrolment_id,
        module=module,
        lesson=lesson,
        section=int(section),
        by=viewer().person_id,
        now=now(),
    )
    unit().commit()
    return "", 204


def _finish_lesson(enrolment_id: UUID, module: str, lesson: str) -> Response:
    try:
        services.study_lesson(
            unit(), enrolment_id=enrolment_id, lesson=lesson, module=module, by=viewer().person_id, now=now()
        )
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
        return redirect(url_for(".lesson_page", enrolment_id=enrolment_id, module=module, lesson=lesson))
    unit().commit()
    return on_from(enrolment_id, module, _("Lesson done."))


def on_from(enrolment_id: UUID, module: str, done: str) -> Response:
    """To the next step of a module, or to its page when all of its learning is done; with a word about it.

    `done` says what was done just now. It stands above the next step and leaves the focus to whoever goes on reading.
    """
    study = own_study(enrolment_id)
    taught = study.module(module)
    step = study.next_in(taught)
    if step is not None:
        title = step.title.text(language()) if step.title else _("Knowledge check")
        coming = _("Next: %(title)s.", title=title)
        flash(f"{done} {coming}", "lms_on")
        return redirect(study.url(step))
    if study.waits(taught):
        flash(_("You have done your part of this module. Somebody has still to read what you wrote."), "lms_done")
    else:
        flash(_("You have done all the learning of this module. Well done."), "lms_done")
    return redirect(url_for(".module_page", enrolment_id=enrolment_id, module=module))


@pages.route("/learning/<uuid:enrolment_id>/<module>/activity", methods=["GET", "POST"])
@requires(*STUDENTS)
def activity_page(enrolment_id: UUID, module: str) -> ResponseReturnValue:
    """Write about one's own practice; save for later as often as wanted, or say that it is finished."""
    study = own_study(enrolment_id)
    taught = study.module(module)
    if taught.activity is None:
        raise NotFound("activity")
    kept = activity_text(unit(), enrolment_id, taught.activity.code)
    form = ActivityForm(text=kept.text if kept else "")
    if form.validate_on_submit():
        try:
            saved = _save(study, taught, taught.activity.code, form)
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            return saved
    return render_template(
        "lms/learning/activity.html",
        study=study,
        module=taught,
        activity=taught.activity,
        kept=kept,
        piece=beside.activity(unit(), enrolment_id, taught.activity.code),
        form=form,
        html_of=html_of,
    )


def _save(study: Study, module: Module, activity: str, form: ActivityForm) -> Response:
    finished = "finished" in request.form
    # A text finished before anybody could read it here is handed over as it is: that needs a saving of its own.
    unread = finished and beside.activity(unit(), study.enrolment.id, activity) is None
    services.write_activity(
        unit(),
        enrolment_id=study.enrolment.id,
        activity=activity,
        text=form.text.data or "",
        finished=finished,
        by=viewer().person_id,
        now=now(),
        given_id=uuid4() if unread else None,
    )
    if finished:
        return on_from(study.enrolment.id, module.code, _("Your activity is saved."))
    flash(_("Your writing is saved. You can leave and come back."), "lms_done")
    return redirect(url_for(".activity_page", enrolment_id=study.enrolment.id, module=module.code))
