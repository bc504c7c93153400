"""Who is stuck: for whom each PA waits, since when and why, and the one-click reminder."""

from datetime import date
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.i18n import day
from lms.core.web.notes import flash
from lms.core.web.pages import Page, addresses, back_to, page_number, pagination
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import Refused
from lms.learning.titles import titles
from lms.people.areas import queries as areas
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role
from lms.programme.desk import lists, nudging, setting, texts
from lms.programme.desk.doors import pages
from lms.programme.desk.list_views import AT_ONCE
from lms.programme.desk.lists import WAITING, Wanted, Which
from lms.programme.desk.rules import Who, may_nudge_again

AGES = (7, 14, 21, 30, 60, 90)
"""Days the list can be narrowed to."""


@pages.get("/desk/stuck")
@requires(Role.COORDINATOR)
def stuck() -> ResponseReturnValue:
    """Those who have waited too long, the longest first; or everybody who waits for somebody."""
    here, number = authority_for(Role.COORDINATOR), page_number()
    asked = {**request.args, "which": request.args.get("which") or Which.STUCK.value}
    wanted = Wanted.read(asked, today())
    if wanted.which not in WAITING:
        wanted = Wanted.read({**asked, "which": Which.STUCK.value}, today())
    said = setting.setting_of(unit(), here)
    found, total = lists.page_of(
        unit(), here, wanted, said.limits, today(), offset=(number - 1) * AT_ONCE, limit=AT_ONCE
    )
    last = nudging.nudged_on(unit(), [each.enrolment_id for each in found])
    return render_template(
        "lms/programme/desk/stuck.html",
        authority=here,
        wanted=wanted,
        asked=wanted.told(),
        page=Page(found, number, total, AT_ONCE),
        pagination=pagination,
        on=today(),
        titles=titles(unit(), language()),
        who=texts.WHO,
        whys=texts.WHYS,
        ages=AGES,
        areas=areas.areas_of(unit(), here),
        days=said.limits.days,
        last=last,
        may={id: may_nudge_again(on, today()) for id, on in last.items()},
        coordinator=Who.COORDINATOR,
        everybody=Which.UNDER_WAY,
        only_stuck=Which.STUCK,
        links=addresses(".story", "person_id", [each.learner_id for each in found], authority=here),
        nudges=addresses(".nudge", "enrolment_id", [each.enrolment_id for each in found], authority=here),
        back=request.full_path.rstrip("?"),
    )


@pages.post("/desk/stuck/<uuid:enrolment_id>/nudge")
@requires(Role.COORDINATOR)
def nudge(enrolment_id: UUID) -> ResponseReturnValue:
    """Ask whoever has the next move once more."""
    here = authority_for(Role.COORDINATOR)
    try:
        asked = nudging.nudge(unit(), authority_id=here, enrolment_id=enrolment_id, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(_refused(refusal), "lms_note")
    else:
        unit().commit()
        if asked.by_mail:
            flash(_("A reminder is on its way to %(names)s.", names=", ".join(asked.by_mail)), "lms_done")
        if asked.without:
            said = _(
                "%(names)s: no e-mail address is known. They see it when they sign in; please ring or write to them.",
                names=", ".join(asked.without),
            )
            flash(said, "lms_note")
    return back_to(request.form.get("back"), url_for(".stuck", authority=here))


def _refused(refusal: Refused) -> str:
    """The refusal with its day as people write one."""
    values = {
        name: day(value, language()) if isinstance(value, date) else value for name, value in refusal.values.items()
    }
    return say_refusal(Refused(refusal.message, **values))
