"""The same pages read-only, for coordinators and quality assurers; and a coordinator begins with the standards."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.deciding import pagewords
from lms.assessment.deciding.beginning import begin_form, begin_hints, begin_standards, editions_for
from lms.assessment.deciding.shown import Practice, practice_of
from lms.assessment.deciding.views import pages
from lms.assessment.quality.queries import waits_for_sample
from lms.core.web.notes import flash
from lms.core.web.state import today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.learning import queries as learning
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.people.rules import Role

__all__ = ["pages"]


@dataclass(frozen=True)
class Shelf:
    """Everything about one learner's practice behind the walls that are open to the viewer."""

    person_id: UUID
    name: str
    authority_id: UUID
    practices: Sequence[Practice]

    @classmethod
    def of(cls, person_id: UUID, *, history: bool = False) -> "Shelf":
        """Raises NotFound for strangers and for the learner."""
        walls = sorted(viewer().authorities(Role.COORDINATOR, Role.QUALITY_ASSURER))
        here = [each for each in walls if people.holds(unit(), person_id, Role.PA, [each], today())]
        if not here or person_id == viewer().person_id:
            raise NotFound("learner")
        enrolments = [each for each in learning.enrolments_of(unit(), person_id) if each.authority_id in here]
        found = [practice_of(unit(), each, history=history) for each in enrolments]
        name = people.person(unit(), person_id).name
        return cls(person_id, name, here[0], [each for each in found if each.stands])

    @property
    def may_begin(self) -> bool:
        """Whether a coordinator may begin with the standards for this learner."""
        coordinates = self.authority_id in viewer().authorities(Role.COORDINATOR)
        begun = any(practice.standards for practice in self.practices)
        return coordinates and not begun and bool(editions_for(self.authority_id))

    def practice_with(self, unit_code: str) -> Practice:
        """The one with a unit. Raises NotFound."""
        found = next((each for each in self.practices if unit_code in each.stands), None)
        if found is None:
            raise NotFound("unit")
        return found


@pages.get("/learners/<uuid:person_id>/practice")
@requires(Role.COORDINATOR, Role.QUALITY_ASSURER)
def of_learner(person_id: UUID) -> ResponseReturnValue:
    """A learner's practice, to be read: every unit, where it stands, and the latest evidence."""
    found = Shelf.of(person_id)
    coordinates = viewer().has(Role.COORDINATOR)
    back = url_for("lms.desk.person_page", person_id=person_id) if coordinates else url_for("lms.people.home")
    return render_template(
        "lms/assessment/deciding/reads.html",
        person_id=person_id,
        name=found.name,
        practices=found.practices,
        may_begin=found.may_begin,
        href=lambda code: url_for(".unit_of_learner", person_id=person_id, unit_code=code),
        back=back,
        back_text=found.name if coordinates else _("Home"),
        **pagewords.words(),
    )


@pages.get("/learners/<uuid:person_id>/practice/<unit_code>")
@requires(Role.COORDINATOR, Role.QUALITY_ASSURER)
def unit_of_learner(person_id: UUID, unit_code: str) -> ResponseReturnValue:
    """One unit of a learner, to be read: line by line with every decision, evidence and sign-off."""
    found = Shelf.of(person_id, history=True)
    practice = found.practice_with(unit_code)
    return render_template(
        "lms/assessment/deciding/unit.html",
        name=found.name,
        practice=practice,
        stand=practice.unit(unit_code),
        part="reads",
        may_withdraw=True,
        waits_since=waits_for_sample(unit(), practice.enrolment.id, unit_code),
        link=lambda piece: url_for("lms.evidence.piece", evidence_id=piece.id),
        back=url_for(".of_learner", person_id=person_id),
        back_text=found.name,
        **pagewords.words(),
    )


@pages.route("/learners/<uuid:person_id>/practice/begin", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def begin_for(person_id: UUID) -> ResponseReturnValue:
    """A coordinator begins with practice in the standards for a learner."""
    walls = sorted(viewer().authorities(Role.COORDINATOR))
    authority = next((each for each in walls if people.holds(unit(), person_id, Role.PA, [each], today())), None)
    if authority is None or person_id == viewer().person_id:
        raise NotFound("learner")
    editions = editions_for(authority)
    if not editions:
        raise NotFound("standards")
    form = begin_form(editions)
    back = url_for(".of_learner", person_id=person_id)
    if form.validate_on_submit():
        try:
            begin_standards(person_id, authority, form.framework.data)
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Practice in the standards has begun."), "lms_done")
            return redirect(back)
    name = people.person(unit(), person_id).name
    return render_template(
        "lms/assessment/deciding/begin.html",
        form=form,
        hints=begin_hints(editions),
        name=name,
        back=back,
        back_text=name,
    )
