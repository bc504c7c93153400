"""A PA's pages about the Care Certificate: what they know, line by line, and what has to be seen at work."""

from collections.abc import Sequence
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.confidence.queries import latest
from lms.assessment.confidence.suggesting import least_sure
from lms.assessment.content import Framework, Frameworks
from lms.assessment.crossing.queries import awards_of
from lms.assessment.crossing.saying import held_since
from lms.assessment.knowledge import conversations, looking, prints, queries, services
from lms.assessment.knowledge.doors import pages
from lms.assessment.knowledge.mapping import COURSE
from lms.assessment.knowledge.pieces import pieces_of, said
from lms.assessment.knowledge.places import Places
from lms.assessment.knowledge.practised import practised_of
from lms.assessment.knowledge.shown_pages import conversation_answer, overview_words, unit_words
from lms.assessment.lines.queries import frameworks_for
from lms.core.db import Db
from lms.core.shelves import shelf
from lms.core.web.notes import flash
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import N_, NotFound, Refused
from lms.learning import queries as learning
from lms.learning.catalogue import Courses
from lms.learning.doors import Further, beside, own_study
from lms.learning.rules import next_step
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

__all__ = ["pages"]

OWN = Places()


def further(db: Db, enrolment_id: UUID, module: str | None) -> Sequence[Further]:
    """The way from a unit of the course to the progress log of its standard, and from the course to all of them."""
    enrolment = learning.enrolment(db, enrolment_id)
    if enrolment.course != COURSE:
        return ()
    if module is None:
        return (Further(N_("How far you are with each standard"), "lms.knowledge.overview", {}),)
    newest = frameworks_for(db, enrolment.authority_id).standards()[0]
    taught = queries.taught_of(db, newest).modules
    mine = next((each for each in newest.units if module in taught[each.code][:1]), None)
    if mine is None:
        return ()
    about = {"framework": newest.code, "unit_code": mine.code}
    text = N_("Standard %(number)s point by point: what you have shown, and what is still to be seen at work")
    return (Further(text, "lms.knowledge.unit_log", about, {"number": mine.number}),)


beside.further = further


def own_framework(code: str) -> Framework:
    """An edition as the viewer's authority has it. Raises NotFound for what is no set of standards."""
    return standards_in(own_frameworks(), code)


def own_frameworks() -> Frameworks:
    """Every framework as the viewer's authority has it."""
    return frameworks_for(unit(), authority_for(Role.PA))


def standards_in(frameworks: Frameworks, code: str) -> Framework:
    """A published set of standards by its code. Raises NotFound."""
    found = frameworks.framework(code)
    if not found.is_standards:
        raise NotFound("framework")
    return found


@pages.get("/care-certificate")
@requires(Role.PA)
def overview() -> ResponseReturnValue:
    """What this is and is not, with the button that begins; later, how far one is and the next step."""
    mine = [each for each in learning.enrolments_of(unit(), viewer().person_id) if each.course == COURSE]
    if not mine:
        return render_template(
            "lms/assessment/knowledge/start.html",
            authority=authority_for(Role.PA),
            there=COURSE in shelf(unit(), Courses).courses,
            editions=own_frameworks().standards(),
        )
    frameworks = own_frameworks()
    framework = standards_in(frameworks, request.args.get("edition", "") or frameworks.standards()[0].code)
    study = own_study(mine[0].id)
    own = viewer().person_id
    standing = queries.standing_of(unit(), own, framework, practised=practised_of(unit(), own, framework))
    said_sure = latest(unit(), viewer().person_id, framework)
    return render_template(
        "lms/assessment/knowledge/overview.html",
        study=study,
        step=next_step(study.modules, study.done),
        said_sure=bool(said_sure),
        least_sure=least_sure(framework, said_sure, standing),
        talks=conversations.conversations_of(unit(), viewer().person_id, limit=5),
        awards=awards_of(unit(), viewer().person_id),
        held_since=held_since,
        **overview_words(frameworks, framework, standing, OWN),
    )


@pages.post("/care-certificate/start")
@requires(Role.PA)
def start() -> ResponseReturnValue:
    """Begin: enrol on the course at one's authority. Pressed twice, it is the same course.

    Whoever pressed it on the page of a standard comes back to that page.
    """
    authority = authority_for(Role.PA)
    back = _asked_from()
    try:
        services.start(unit(), learner_id=viewer().person_id, authority_id=authority, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("You have started. Go on whenever you have a few minutes."), "lms_done")
    return redirect(back)


def _asked_from() -> str:
    """The page of the standard that the form names, else the overview. Raises NotFound for a standard that is none."""
    framework, standard = request.form.get("framework", ""), request.form.get("standard", "")
    if not framework:
        return url_for(".overview")
    return OWN.unit(framework, own_framework(framework).unit(standard).code)


@pages.get("/care-certificate/<framework>")
@requires(Role.PA)
def lines(framework: str) -> ResponseReturnValue:
    """Every line of an edition with where it stands."""
    found = own_framework(framework)
    own = viewer().person_id
    standing = queries.standing_of(unit(), own, found, practised=practised_of(unit(), own, found))
    return render_template(
        "lms/assessment/knowledge/lines.html",
        framework=found,
        standing=standing,
        rows=pieces_of(found).page(standing),
        said=said,
        places=OWN,
    )


@pages.get("/care-certificate/<framework>/<unit_code>")
@requires(Role.PA)
def unit_log(framework: str, unit_code: str) -> ResponseReturnValue:
    """The progress log of a standard."""
    found = own_framework(framework)
    progress = _own_progress(found, unit_code)
    mine = [each for each in learning.enrolments_of(unit(), viewer().person_id) if each.course == COURSE]
    study = own_study(mine[0].id) if mine else None
    standard = progress.unit(unit_code)
    taught = standard.modules if standard else ()
    return render_template(
        "lms/assessment/knowledge/unit.html",
        enrolment=mine[0] if mine else None,
        own_practice=_own_practice(progress, unit_code),
        study=study,
        step=next_step([each for each in study.modules if each.code in taught], study.done) if study else None,
        **unit_words(progress, unit_code, OWN, conversations.conversations_of(unit(), viewer().person_id)),
    )


@pages.route("/care-certificate/<framework>/log.pdf", methods=["GET", "POST"])
@requires(Role.PA)
def whole_log_pdf(framework: str) -> ResponseReturnValue:
    """The progress log of every standard as a PDF; posting has it made."""
    return _own_pdf(framework, None)


@pages.route("/care-certificate/<framework>/<unit_code>/log.pdf", methods=["GET", "POST"])
@requires(Role.PA)
def unit_log_pdf(framework: str, unit_code: str) -> ResponseReturnValue:
    """The progress log of one standard as a PDF; posting has it made."""
    return _own_pdf(framework, unit_code)


def _own_practice(progress: queries.KnowledgeProgress, unit_code: str) -> str | None:
    """The learner's own page of the practice of a standard, once they work to it."""
    enrolments = progress.practised.enrolments if progress.practised else {}
    if unit_code not in enrolments:
        return None
    return url_for("lms.assessment.practice_unit", enrolment_id=enrolments[unit_code], unit_code=unit_code)


def _own_progress(framework: Framework, unit_code: str | None) -> queries.KnowledgeProgress:
    own = viewer().person_id
    told = practised_of(unit(), own, framework)
    return queries.progress_of(unit(), own, framework, unit=unit_code, practised=told)


def _own_pdf(framework: str, unit_code: str | None) -> ResponseReturnValue:
    progress = _own_progress(own_framework(framework), unit_code)
    log = prints.log_of(progress, unit_code, learner_id=viewer().person_id, name=viewer().name)
    back = OWN.unit(framework, unit_code) if unit_code else OWN.lines(framework)
    return prints.pdf_answer(log, back)


@pages.get("/care-certificate/conversations/<uuid:conversation_id>")
@requires(Role.PA, Role.ASSESSOR, Role.COORDINATOR)
def conversation_page(conversation_id: UUID) -> ResponseReturnValue:
    """What was said in a conversation: for the learner, and for those who may look at their knowledge."""
    found = conversations.conversation(unit(), conversation_id)
    if found.learner_id == viewer().person_id:
        return conversation_answer(found, OWN, viewer().name)
    tie = looking.look(unit(), viewer(), found.learner_id, today())
    if tie.authority_id != found.authority_id:
        raise NotFound("conversation")
    return conversation_answer(found, Places(found.learner_id, reads=True))
