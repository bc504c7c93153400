"""Pages of grids: one learner against every line, a cohort against every standard, and the record as a PDF."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment import places
from lms.assessment.content import Framework, Placed
from lms.assessment.grids import pieces, queries
from lms.assessment.grids.labels import UNIT_SIGNS, UNIT_WORDS, WANTED
from lms.assessment.grids.prints import RecordPrint, pdf_answer
from lms.assessment.grids.queries import Narrowed
from lms.assessment.grids.records import record_of
from lms.assessment.grids.rules import Wanted
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.quality.looking import note_look
from lms.assessment.standing import assessors_for
from lms.core.web.pages import Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import today, unit
from lms.core.web.texts import _, language
from lms.core.words import NotFound
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

pages = room("grids", __name__)

AT_ONCE = 200
"""Learners on a page of a cohort."""

_READERS = (Role.PA, Role.ASSESSOR, Role.COORDINATOR, Role.QUALITY_ASSURER, Role.VERIFIER)


@pages.get("/practice/grid")
@requires(Role.PA)
def own() -> ResponseReturnValue:
    """A PA's own practice, point by point, in every course that has some."""
    mine = [(each, places.units_of(unit(), each)) for each in learning.enrolments_of(unit(), viewer().person_id)]
    grids = queries.learner_grids(unit(), [(each, units) for each, units in mine if units])
    tables = [(grid, pieces.learner_table(grid, _href(grid.enrolment, own=True))) for grid in grids]
    return render_template(
        "lms/assessment/grids/learner.html",
        name="",
        tables=tables,
        back=url_for("lms.assessment.practice"),
        back_to=_("Practice"),
    )


@pages.get("/grid/<uuid:enrolment_id>")
@requires(*_READERS)
def learner(enrolment_id: UUID) -> ResponseReturnValue:
    """One learner against every line of what the viewer may see of them."""
    enrolment, units = _seen(enrolment_id)
    grid = queries.learner_grid(unit(), enrolment, units)
    is_own = enrolment.learner_id == viewer().person_id
    back, back_to = _back(enrolment)
    return render_template(
        "lms/assessment/grids/learner.html",
        name="" if is_own else people.person(unit(), enrolment.learner_id).name,
        tables=[(grid, pieces.learner_table(grid, _href(enrolment, own=is_own)))],
        back=back,
        back_to=back_to,
    )


def _seen(enrolment_id: UUID) -> tuple[EnrolmentView, Sequence[Placed]]:
    """The enrolment, and the units of it the viewer may see; a verifier's look is noted. Raises NotFound."""
    enrolment = learning.enrolment(unit(), enrolment_id)
    units = queries.seen_units(unit(), viewer(), enrolment, today())
    if viewer().has(Role.VERIFIER):
        for placed in units:
            note_look(viewer(), enrolment_id=enrolment_id, unit=placed.unit.code)
    return enrolment, units


def _href(enrolment: EnrolmentView, *, own: bool) -> Callable[[str], str]:
    """Gives the address of a unit's own page, for whoever looks."""
    if own:
        made = url_for("lms.assessment.practice_unit", enrolment_id=enrolment.id, unit_code="UNIT")
    elif viewer().has(Role.COORDINATOR, Role.QUALITY_ASSURER):
        made = url_for("lms.deciding.unit_of_learner", person_id=enrolment.learner_id, unit_code="UNIT")
    elif viewer().has(Role.ASSESSOR):
        made = url_for("lms.assessment.unit_page", enrolment_id=enrolment.id, unit_code="UNIT")
    else:
        made = url_for(".record_pdf", enrolment_id=enrolment.id, unit="UNIT")
    before, after = made.rsplit("UNIT", 1)
    return lambda code: f"{before}{code}{after}"


def _back(enrolment: EnrolmentView) -> tuple[str, str]:
    if enrolment.learner_id == viewer().person_id:
        return url_for("lms.assessment.practice"), _("Practice")
    if viewer().has(Role.ASSESSOR):
        return url_for("lms.assessment.people_i_assess"), _("People I assess")
    if viewer().has(Role.COORDINATOR, Role.QUALITY_ASSURER):
        return url_for(".cohort"), _("Learners and standards")
    return url_for("lms.people.home"), _("Home")


@pages.route("/grid/<uuid:enrolment_id>/record.pdf", methods=["GET", "POST"])
@requires(*_READERS)
def record_pdf(enrolment_id: UUID) -> ResponseReturnValue:
    """The assessment record of a learner, of one unit (?unit=) or of all the viewer may see; posting has it made."""
    enrolment, units = _seen(enrolment_id)
    asked = request.args.get("unit", "")
    chosen = [each for each in units if asked in {"", each.unit.code}]
    if not chosen:
        raise NotFound("unit")
    number = chosen[0].unit.number
    part = ""
    if asked:
        part = _("standard %(number)s", number=number) if number else chosen[0].unit.title.text(language())
    doc = RecordPrint(
        record=record_of(unit(), enrolment, chosen),
        learner_id=enrolment.learner_id,
        name=people.person(unit(), enrolment.learner_id).name,
        on=today(),
        part=part,
    )
    here = url_for(".record_pdf", enrolment_id=enrolment_id, unit=asked or None)
    return pdf_answer(doc, here=here, back=url_for(".learner", enrolment_id=enrolment_id), back_to=_("Every point"))


@pages.get("/cohort")
@requires(Role.COORDINATOR, Role.QUALITY_ASSURER)
def cohort() -> ResponseReturnValue:
    """The learners of an authority against the standards of one edition."""
    authority, number = authority_for(Role.COORDINATOR, Role.QUALITY_ASSURER), page_number()
    known = sorted(
        frameworks_for(unit(), authority).by_edition.values(),
        key=lambda each: (each.is_standards, each.introduced or "", each.code),
        reverse=True,
    )
    editions = queries.editions_used(unit(), authority, known)
    if not editions:
        return render_template("lms/assessment/grids/no_cohort.html")
    framework = _framework(editions)
    narrowed = _narrowed(framework)
    found = queries.cohort(
        unit(), authority, framework, today(), narrowed=narrowed, offset=(number - 1) * AT_ONCE, limit=AT_ONCE
    )
    columns = _columns(framework)
    zero = url_for(".learner", enrolment_id=pieces.NOBODY)
    return render_template(
        "lms/assessment/grids/cohort.html",
        page=Page(found.rows, number, found.total, AT_ONCE),
        pagination=pagination,
        framework=framework,
        editions=editions,
        columns=columns,
        rows=pieces.cohort_rows(framework, found.rows, columns, zero),
        totals=found.totals,
        narrowed=narrowed,
        assessors=assessors_for(unit(), authority, today()),
        wanted=WANTED,
        signs=UNIT_SIGNS,
        states=UNIT_WORDS,
        authority=authority if len(viewer().authorities(Role.COORDINATOR, Role.QUALITY_ASSURER)) > 1 else None,
    )


def _framework(editions: Sequence[Framework]) -> Framework:
    asked = request.args.get("framework", "")
    found = next((each for each in editions if asked in {"", each.code}), None)
    if found is None:
        raise NotFound("framework")
    return found


def _narrowed(framework: Framework) -> Narrowed:
    """What the filters say; what is none of their choices narrows nothing."""
    unit_code, wanted = request.args.get("unit", ""), request.args.get("wanted", "")
    try:
        assessor = UUID(request.args.get("assessor", ""))
    except ValueError:
        assessor = None
    return Narrowed(
        search=request.args.get("name", "").strip()[:100],
        unit=unit_code if any(each.code == unit_code for each in framework.units) else "",
        wanted=Wanted(wanted) if wanted in set(Wanted) else None,
        assessor=assessor,
    )


def _columns(framework: Framework) -> Mapping[str, str]:
    """What stands above each standard's column: its number, or its code where it has none."""
    return {each.code: str(each.number or each.code) for each in framework.units}
