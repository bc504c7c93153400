"""The pages of the crosswalk: where the same matter stands in the induction, both editions and the Welsh framework."""

from flask import render_template
from flask.typing import ResponseReturnValue

from lms.assessment.content import Frameworks
from lms.assessment.crossing.doors import pages
from lms.assessment.crossing.forms import SURE
from lms.assessment.crossing.sheets import Part, Sheets
from lms.assessment.knowledge.mapping import COURSE
from lms.assessment.knowledge.pieces import code_of
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.shelf.crosswalk import Crosswalk
from lms.core.shelves import shelf
from lms.core.web.state import unit
from lms.core.web.texts import _
from lms.learning.catalogue import Courses
from lms.people.guards import signed_in, viewer

INDUCTION = "PAI"


@pages.get("/care-certificate/crosswalk")
@signed_in
def crosswalk() -> ResponseReturnValue:
    """What can be looked up: standards of each edition, modules, sections."""
    sheets = _sheets()
    courses = [sheets.courses.courses[code] for code in (INDUCTION, COURSE) if code in sheets.courses.courses]
    return render_template(
        "lms/assessment/crossing/crosswalk.html",
        standards=sheets.frameworks.standards(),
        courses=[(course, sheets.courses.modules_of(course.code)) for course in courses],
        sections=sheets.frameworks.sections.values(),
    )


@pages.get("/care-certificate/crosswalk/<group>/<page>")
@signed_in
def sheet(group: str, page: str) -> ResponseReturnValue:
    """One standard, module or section, and what speaks to each part of it."""
    return render_template(
        "lms/assessment/crossing/sheet.html", sheet=_sheets().sheet(group, page), sure=SURE, code_of=_code
    )


def _code(part: Part) -> str:
    """What stands before the words of a part: its code, or its number in its framework."""
    if part.line is not None:
        return code_of(part.line)
    if part.number is None:
        return part.code
    if part.ref.framework.startswith("awif"):
        return _("Section %(number)s", number=part.number)
    return _("Standard %(number)s", number=part.number)


def _sheets() -> Sheets:
    return Sheets(_frameworks(), shelf(unit(), Courses), shelf(unit(), Crosswalk))


def _frameworks() -> Frameworks:
    """As one of the viewer's authorities has them; whoever works by agreement reads what is built in."""
    behind = sorted(held.authority_id for held in viewer().roles if held.authority_id)
    return frameworks_for(unit(), behind[0]) if behind else shelf(unit(), Frameworks)
