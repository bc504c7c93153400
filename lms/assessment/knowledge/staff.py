"""The pages of those who may look at a learner's knowledge, and hear what they know: an assessor, a coordinator."""

from uuid import UUID

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from lms.assessment.content import Framework, Frameworks
from lms.assessment.crossing.queries import awards_of
from lms.assessment.crossing.saying import held_since
from lms.assessment.knowledge import conversations, looking, prints, queries, services
from lms.assessment.knowledge.doors import pages
from lms.assessment.knowledge.forms import HearForm
from lms.assessment.knowledge.looking import Look
from lms.assessment.knowledge.pieces import pieces_of, said
from lms.assessment.knowledge.places import Places
from lms.assessment.knowledge.practised import Assessing, Practised, practised_of
from lms.assessment.knowledge.shown_pages import overview_words, unit_words
from lms.assessment.knowledge.views import standards_in
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.reading.rules import As
from lms.assessment.sharing.queries import confidence_shared_with
from lms.core.clock import london_day
from lms.core.markdown import html_of
from lms.core.shelves import shelf
from lms.core.web.notes import flash
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.learning.catalogue import Courses, Module
from lms.learning.queries import EnrolmentView
from lms.learning.shown.queries import shown_in
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.people.rules import Role

__all__ = ["pages"]


class Door:
    """Somebody who may look at a learner's knowledge, and what they see of it. Raises NotFound for everybody else."""

    def __init__(self, person_id: UUID) -> None:
        self.tie: Look = looking.look(unit(), viewer(), person_id, today())
        self.name = people.person(unit(), person_id).name
        self.places = Places(person_id, reads=True)
        self.frameworks: Frameworks = frameworks_for(unit(), self.tie.authority_id)

    def framework(self, code: str) -> Framework:
        """An edition as the learner's authority has it."""
        return standards_in(self.frameworks, code)

    def progress(self, framework: str, unit_code: str | None) -> queries.KnowledgeProgress:
        """What the learner has shown behind this wall; how, of one standard or of all (None)."""
        wall, learner, found = self.tie.authority_id, self.tie.learner_id, self.framework(framework)
        told = self._practised(found)
        return queries.progress_of(unit(), learner, found, authority_id=wall, unit=unit_code, practised=told)

    def standing(self, framework: Framework) -> queries.Standing:
        """The same without how and by whom."""
        wall, told = self.tie.authority_id, self._practised(framework)
        return queries.standing_of(unit(), self.tie.learner_id, framework, authority_id=wall, practised=told)

    def _practised(self, framework: Framework) -> Practised:
        """What is told of practice: to a coordinator all behind this wall, to an assessor what they were given."""
        wall, learner = self.tie.authority_id, self.tie.learner_id
        assesses = wall not in viewer().authorities(Role.COORDINATOR)
        reader = Assessing(viewer().person_id, today()) if assesses else None
        return practised_of(unit(), learner, framework, authority_id=wall, assessor=reader)

    def talks(self) -> list[conversations.ConversationView]:
        """The conversations behind this wall."""
        return conversations.conversations_of(unit(), self.tie.learner_id, authority_id=self.tie.authority_id)


@pages.get("/learners/<uuid:person_id>/care-certificate")
@requires(Role.ASSESSOR, Role.COORDINATOR)
def learners_overview(person_id: UUID) -> ResponseReturnValue:
    """How far a learner's knowledge is, by standard."""
    door = Door(person_id)
    framework = door.framework(request.args.get("edition", "") or door.frameworks.standards()[0].code)
    return render_template(
        "lms/assessment/knowledge/learner.html",
        name=door.name,
        begun=services.enrolment_behind(unit(), person_id, door.tie.authority_id) is not None,
        talks=door.talks()[:5],
        person_id=person_id,
        coordinates=door.tie.capacity is As.COORDINATOR,
        awards=awards_of(unit(), person_id),
        held_since=held_since,
        shares_how_sure=confidence_shared_with(unit(), viewer(), door.tie, today()),
        **overview_words(door.frameworks, framework, door.standing(framework), door.places),
    )


@pages.get("/learners/<uuid:person_id>/care-certificate/<framework>")
@requires(Role.ASSESSOR, Role.COORDINATOR)
def learners_lines(person_id: UUID, framework: str) -> ResponseReturnValue:
    """Every line of an edition with where it stands for a learner."""
    door = Door(person_id)
    found = door.framework(framework)
    standing = door.standing(found)
    return render_template(
        "lms/assessment/knowledge/lines.html",
        name=door.name,
        framework=found,
        standing=standing,
        rows=pieces_of(found).page(standing),
        said=said,
        places=door.places,
    )


@pages.get("/learners/<uuid:person_id>/care-certificate/<framework>/<unit_code>")
@requires(Role.ASSESSOR, Role.COORDINATOR)
def learners_unit_log(person_id: UUID, framework: str, unit_code: str) -> ResponseReturnValue:
    """A learner's progress log of a standard."""
    door = Door(person_id)
    return render_template(
        "lms/assessment/knowledge/unit.html",
        name=door.name,
        person_id=person_id,
        enrolment=None,
        begun=services.enrolment_behind(unit(), person_id, door.tie.authority_id) is not None,
        **unit_words(door.progress(framework, unit_code), unit_code, door.places, door.talks()),
    )


@pages.route("/learners/<uuid:person_id>/care-certificate/<framework>/log.pdf", methods=["GET", "POST"])
@requires(Role.ASSESSOR, Role.COORDINATOR)
def learners_whole_log_pdf(person_id: UUID, framework: str) -> ResponseReturnValue:
    """A learner's whole progress log as a PDF."""
    return _pdf(Door(person_id), framework, None)


@pages.route("/learners/<uuid:person_id>/care-certificate/<framework>/<unit_code>/log.pdf", methods=["GET", "POST"])
@requires(Role.ASSESSOR, Role.COORDINATOR)
def learners_unit_log_pdf(person_id: UUID, framework: str, unit_code: str) -> ResponseReturnValue:
    """A learner's progress log of a standard as a PDF."""
    return _pdf(Door(person_id), framework, unit_code)


def _pdf(door: Door, framework: str, unit_code: str | None) -> ResponseReturnValue:
    log = prints.log_of(door.progress(framework, unit_code), unit_code, learner_id=door.tie.learner_id, name=door.name)
    back = door.places.unit(framework, unit_code) if unit_code else door.places.lines(framework)
    return prints.pdf_answer(log, back)


@pages.route("/learners/<uuid:person_id>/care-certificate/conversation/<module>", methods=["GET", "POST"])
@requires(Role.ASSESSOR, Role.COORDINATOR)
def hear(person_id: UUID, module: str) -> ResponseReturnValue:
    """Note what a learner said they know, and what one makes of it."""
    door = Door(person_id)
    enrolment = services.enrolment_behind(unit(), person_id, door.tie.authority_id)
    if enrolment is None:
        raise NotFound("enrolment")
    taught = shelf(unit(), Courses).module_in(enrolment.course, module, enrolment.editions.get(module))
    form = _form(taught, enrolment, door.name)
    if form.validate_on_submit():
        try:
            services.hear(
                unit(), id=form.key(), learner_id=person_id, heard=form.heard(module), by=viewer().person_id, now=now()
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The conversation is noted. %(name)s can read it.", name=door.name), "lms_done")
            return redirect(door.places.start())
    return render_template(
        "lms/assessment/knowledge/hear.html",
        form=form,
        name=door.name,
        module=taught,
        places=door.places,
        html_of=html_of,
    )


def _form(taught: Module, enrolment: EnrolmentView, name: str) -> HearForm:
    form = HearForm()
    there = shown_in(unit(), enrolment.id)
    first = set(taught.activity.shows) if taught.activity else set()
    asked = services.outcomes_asked(unit(), enrolment, taught.code)
    here = (each for each in taught.outcomes if each.code in asked)
    outcomes = sorted(here, key=lambda each: (each.code in there, each.code not in first))
    form.offer([(each.code, each.text.text(language()), each.code in there) for each in outcomes])
    form.for_learner(name, london_day(enrolment.enrolled_at), today())
    return form
