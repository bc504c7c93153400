"""My induction and its modules: where somebody is, and the one next step."""

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from lms.core.shelves import shelf
from lms.core.web.saying import say
from lms.core.web.state import now, unit
from lms.learning import check_views, home, learner_views, lesson_views, media_views, queries, rules, word_views
from lms.learning.audiences import STUDENTS
from lms.learning.catalogue import Courses
from lms.learning.doors import Study, beside, own_study, pages
from lms.learning.editions.views import offer_of
from lms.learning.ending import Ending, ended
from lms.people.guards import requires, viewer

__all__ = ["check_views", "learner_views", "lesson_views", "media_views", "pages", "word_views"]


@pages.get("/learning")
@requires(*STUDENTS)
def my_induction() -> ResponseReturnValue:
    """One's own course; a list when there are several, and whom to ask when there is none."""
    enrolments = queries.enrolments_of(unit(), viewer().person_id)
    if len(enrolments) == 1:
        return _course(own_study(enrolments[0].id))
    found = queries.progress_of(unit(), [viewer().person_id])[viewer().person_id] if enrolments else []
    return render_template("lms/learning/courses.html", found=found, courses=shelf(unit(), Courses))


@pages.get("/learning/<uuid:enrolment_id>")
@requires(*STUDENTS)
def course_page(enrolment_id: UUID) -> ResponseReturnValue:
    """A course: its modules in order, each with where one is in it."""
    return _course(own_study(enrolment_id))


def _course(study: Study) -> ResponseReturnValue:
    step = rules.next_step(study.modules, study.done)
    end = ended(study.modules, study.done) if step is None else None
    return render_template(
        "lms/learning/course.html",
        study=study,
        tasks=home.tasks_of(study.course, study.modules, study.enrolment.id, study.done),
        say=say,
        newer=[module for module in study.modules if offer_of(study, module)],
        step=step,
        end=end,
        follows=beside.follows(unit(), study.enrolment.id) if end and end.how is Ending.ALL else {},
        certificates=beside.certificates(unit(), study.enrolment.id, now()) if end and end.how is Ending.ALL else (),
        further=beside.further(unit(), study.enrolment.id, None),
        others=len(queries.enrolments_of(unit(), viewer().person_id)) > 1,
        finished=sum(
            module.code in study.done.finished or rules.all_prior(module, study.done) for module in study.modules
        ),
    )


@pages.get("/learning/<uuid:enrolment_id>/<module>")
@requires(*STUDENTS)
def module_page(enrolment_id: UUID, module: str) -> ResponseReturnValue:
    """A module: what it is for, what is inside, how long it takes, and what comes next."""
    study = own_study(enrolment_id)
    taught = study.module(module)
    finished = study.done.finished.get(taught.code)
    return render_template(
        "lms/learning/module.html",
        study=study,
        module=taught,
        steps=rules.steps(taught, study.done),
        step=study.next_in(taught),
        on=rules.next_step(study.modules, study.done),
        progress_here=rules.progress(taught, study.done),
        finished=finished,
        follows=beside.follows(unit(), enrolment_id).get(taught.code) if finished else None,
        all_prior=rules.all_prior(taught, study.done),
        standing=study.standing(taught),
        further=beside.further(unit(), enrolment_id, taught.code),
        offer=offer_of(study, taught),
    )
