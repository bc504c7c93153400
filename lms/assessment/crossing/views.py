"""The pages between the editions: what is new for somebody who holds the older award, and the short way to it."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.crossing.doors import pages
from lms.assessment.crossing.gap import Gap
from lms.assessment.crossing.paths import Path, Stage, ahead_of, gap_of, minutes_of, path_of, way_across
from lms.assessment.crossing.pieces import around, gap_pieces
from lms.assessment.crossing.queries import awards_of
from lms.assessment.crossing.saying import held_since
from lms.assessment.knowledge import services as knowledge
from lms.assessment.knowledge.mapping import COURSE
from lms.assessment.knowledge.places import Places
from lms.assessment.knowledge.queries import Standing, standing_of
from lms.assessment.knowledge.views import own_frameworks
from lms.assessment.shelf.crosswalk import Crosswalk
from lms.core.shelves import shelf
from lms.core.web.notes import flash
from lms.core.web.state import now, unit
from lms.core.web.texts import say_refusal
from lms.core.words import NotFound, Refused
from lms.learning import checks
from lms.learning import queries as learning
from lms.learning import services as learning_services
from lms.learning.catalogue import Courses
from lms.learning.doors import Study, own_study
from lms.learning.rules import NOTHING
from lms.learning.shown.queries import shown_in
from lms.learning.ways import way_into
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

__all__ = ["pages"]

OLDER, NEWER = "cc-2015", "cc-2025"


@pages.get("/care-certificate/2015-to-2025")
@requires(Role.PA)
def between() -> ResponseReturnValue:
    """What is new in 2025 for somebody who holds 2015, standard by standard, and how sure that is."""
    gap = _gap()
    standing = _standing(gap)
    ahead = ahead_of(way_across(gap, shelf(unit(), Courses)), standing)
    return render_template(
        "lms/assessment/crossing/between.html",
        gap=gap,
        rows=gap_pieces(gap).page(standing),
        around=around(gap),
        ahead=len(ahead),
        minutes=minutes_of(ahead),  # which of them somebody has read is asked on the next page
        awards=awards_of(unit(), viewer().person_id),
        held_since=held_since,
        places=Places(),
    )


@pages.get("/care-certificate/2015-to-2025/top-up")
@requires(Role.PA)
def top_up() -> ResponseReturnValue:
    """The short way: for each standard a few lessons, and questions about just what is new."""
    gap, study = _gap(), _study()
    return render_template(
        "lms/assessment/crossing/top_up.html", gap=gap, path=_path(gap, _standing(gap), study), study=study
    )


@pages.post("/care-certificate/2015-to-2025/start")
@requires(Role.PA)
def start() -> ResponseReturnValue:
    """Go the short way; whoever has not begun with the course does so now. Pressed twice, it is the same course."""
    if _study() is not None:
        return redirect(url_for(".top_up"))
    try:
        knowledge.start(unit(), learner_id=viewer().person_id, authority_id=authority_for(Role.PA), now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
        return redirect(url_for(".between"))
    unit().commit()
    return redirect(url_for(".top_up"))


@pages.post("/care-certificate/2015-to-2025/top-up/<module>/check")
@requires(Role.PA)
def check(module: str) -> ResponseReturnValue:
    """Begin a check of just these outcomes, or go on with the one that was begun."""
    gap, study = _gap(), _study()
    stage = _stage(_path(gap, _standing(gap), study), module)
    if study is None or not stage.left:
        raise NotFound("check")
    try:
        attempt = learning_services.start_or_resume_attempt(
            unit(), enrolment_id=study.enrolment.id, module=module, only=stage.left, by=viewer().person_id, now=now()
        )
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
        return redirect(url_for(".top_up"))
    unit().commit()
    endpoint, args = way_into(checks.own_attempt(unit(), attempt, viewer().person_id).open)
    return redirect(url_for(endpoint, **args))


def _stage(path: Path, module: str) -> Stage:
    found = next((each for each in path.ahead if each.module is not None and each.module.code == module), None)
    if found is None:
        raise NotFound("module")
    return found


def _gap() -> Gap:
    return gap_of(own_frameworks(), shelf(unit(), Crosswalk), OLDER, NEWER)


def _standing(gap: Gap) -> Standing:
    return standing_of(unit(), viewer().person_id, gap.newer)


def _study() -> Study | None:
    """One's own course; None while one has not begun."""
    mine = [each.id for each in learning.enrolments_of(unit(), viewer().person_id) if each.course == COURSE]
    return own_study(mine[0]) if mine else None


def _path(gap: Gap, standing: Standing, study: Study | None) -> Path:
    return path_of(
        way_across(gap, shelf(unit(), Courses)),
        standing,
        modules={module.code: module for module in study.modules} if study else {},
        done=study.done if study else NOTHING,
        shown=shown_in(unit(), study.enrolment.id) if study else {},
        nation=study.nation if study else None,
    )
