"""The learner's pages of how sure they feel: where to begin, and saying it, a few standards at a time."""

from collections.abc import Collection

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.confidence import queries, services
from lms.assessment.confidence.forms import REASONS, SAYS, part_form
from lms.assessment.confidence.rules import PART, first, parts, units_in
from lms.assessment.confidence.suggesting import stands_in
from lms.assessment.content import Framework, Unit
from lms.assessment.knowledge.places import Places
from lms.assessment.knowledge.queries import standing_of
from lms.assessment.lines.queries import frameworks_for
from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.state import now, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

pages = room("confidence", __name__)


@pages.get("/care-certificate/how-sure")
@requires(Role.PA)
def mine() -> ResponseReturnValue:
    """What one has said so far, and what it suggests to study first."""
    framework = _framework(request.args.get("edition"))
    said = queries.latest(unit(), viewer().person_id, framework)
    return render_template(
        "lms/assessment/confidence/mine.html",
        framework=framework,
        others=[each for each in _standards() if each.code != framework.code],
        said=said,
        earlier=queries.earlier(unit(), viewer().person_id, framework),
        suggested=[
            (framework.unit(each.unit), each)
            for each in first(stands_in(framework, said, standing_of(unit(), viewer().person_id, framework)))
        ]
        if said
        else [],
        parts=[(number, _asked(framework, number)) for number in range(1, parts(len(framework.units)) + 1)],
        next_part=_next_part(framework, said),
        says=SAYS,
        reasons=REASONS,
        places=Places(),
    )


@pages.route("/care-certificate/how-sure/<code>/<int:part>", methods=["GET", "POST"])
@requires(Role.PA)
def part(code: str, part: int) -> ResponseReturnValue:
    """A few standards, each with the four answers; what is left open stays as it was."""
    framework = _framework(code)
    asked = _asked(framework, part)
    said = queries.latest(unit(), viewer().person_id, framework)
    form = part_form(asked)(data={code: str(each.sure) for code, each in said.items()})
    if form.validate_on_submit():
        try:
            kept = services.say(unit(), framework=framework, said=form.said(), by=viewer().person_id, now=now())
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            return _on(framework, part, kept)
    return render_template(
        "lms/assessment/confidence/part.html",
        form=form,
        framework=framework,
        part=part,
        total=parts(len(framework.units)),
        asked=asked,
    )


def _on(framework: Framework, part: int, kept: int) -> ResponseReturnValue:
    """To the next few standards, or after the last ones to what was said."""
    if kept:
        flash(_("Saved. Nobody else sees it unless you choose them."), "lms_on")
    if part < parts(len(framework.units)):
        return redirect(url_for(".part", code=framework.code, part=part + 1))
    return redirect(url_for(".mine", edition=framework.code))


def _standards() -> tuple[Framework, ...]:
    return frameworks_for(unit(), authority_for(Role.PA)).standards()


def _framework(code: str | None) -> Framework:
    """The edition asked for, else the newest. Raises NotFound, also for a framework that is no set of standards."""
    found = [each for each in _standards() if code in (None, "", each.code)]
    if not found:
        raise NotFound("framework")
    return found[0]


def _asked(framework: Framework, part: int) -> list[Unit]:
    codes = units_in(part, tuple(unit.code for unit in framework.units))
    if not codes:
        raise NotFound("part")
    return [framework.unit(code) for code in codes]


def _next_part(framework: Framework, said: Collection[str]) -> int | None:
    """The first few standards of which one has not spoken yet; None when there are none."""
    silent = [number for number, each in enumerate(framework.units) if each.code not in said]
    return silent[0] // PART + 1 if silent else None
