"""The lists behind the desk's numbers: filtered, in pages, as files, and saved under a name."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.certification.life.ending import Ending, count_ending, ending
from lms.core.web.forms import OnceForm
from lms.core.web.notes import flash
from lms.core.web.pages import Page, addresses, page_number, pagination
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import N_, Refused
from lms.funding.board import sheets
from lms.learning.titles import titles
from lms.people.areas import queries as areas
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role
from lms.programme.desk import lists, setting, texts
from lms.programme.desk.doors import pages
from lms.programme.desk.files import as_csv, as_xlsx
from lms.programme.desk.lists import AT_A_DAY, WAITING, Wanted, Which
from lms.programme.desk.rules import LAPSES_WITHIN

AT_ONCE = 25
MOST = 20_000
"""Lines in one file."""

LAPSING = "lapsing"
"""What a saved list of certificates that end soon asks for, in place of one of `Which`."""

HEADS = (
    N_("Name"),
    N_("Person identifier"),
    N_("Enrolment identifier"),
    N_("Course"),
    N_("Course code"),
    N_("State"),
    N_("Began on"),
    N_("Completed on"),
    N_("Waits for"),
    N_("Why"),
    N_("Since"),
    N_("Days"),
    N_("Waits for an assessor since"),
    N_("Ready to sign off since"),
    N_("Area"),
    N_("Area code"),
)
"""The columns of a file, in this order; new ones come at the end."""

LAPSING_HEADS = (
    N_("Name"),
    N_("Person identifier"),
    N_("Certificate"),
    N_("Certificate identifier"),
    N_("Title"),
    N_("First day on which it does not count any more"),
)


@pages.get("/desk/learners")
@requires(Role.COORDINATOR)
def learners() -> ResponseReturnValue:
    """The enrolments behind a number."""
    here, wanted, number = authority_for(Role.COORDINATOR), Wanted.read(request.args, today()), page_number()
    limits = setting.setting_of(unit(), here).limits
    found, total = lists.page_of(unit(), here, wanted, limits, today(), offset=(number - 1) * AT_ONCE, limit=AT_ONCE)
    called, there = titles(unit(), language()), areas.areas_of(unit(), here)
    return render_template(
        "lms/programme/desk/learners.html",
        authority=here,
        wanted=wanted,
        asked=wanted.told(),
        page=Page(found, number, total, AT_ONCE),
        pagination=pagination,
        on=today(),
        titles=called,
        areas=there,
        area_names={each.id: each.called(language()) for each in there},
        courses=[(code, called.get(code, code)) for code in lists.courses_in(unit(), here)],
        who=texts.WHO,
        whys=texts.WHYS,
        states=texts.STATES,
        which=Which,
        names=_names(),
        at_a_day=wanted.which in AT_A_DAY,
        waiting=wanted.which in WAITING,
        links=addresses(".story", "person_id", [each.learner_id for each in found], authority=here),
        form=OnceForm(),
    )


def _names() -> dict[Which, str]:
    return {
        Which.WORKING: _("Working towards it"),
        Which.COMPLETED: _("Completed"),
        Which.ASSESSMENT: _("Waiting for assessment"),
        Which.OVERDUE: _("Sign-offs overdue"),
        Which.STUCK: _("Stuck"),
        Which.UNDER_WAY: _("Everybody who waits for somebody"),
    }


@pages.get("/desk/learners.csv")
@requires(Role.COORDINATOR)
def learners_csv() -> ResponseReturnValue:
    """The list as CSV."""
    return as_csv("learners", HEADS, _learners())


@pages.get("/desk/learners.xlsx")
@requires(Role.COORDINATOR)
def learners_xlsx() -> ResponseReturnValue:
    """The same as a spreadsheet."""
    return as_xlsx("learners", HEADS, _learners(), _("Learners"))


def _learners() -> list[list[sheets.Cell]]:
    here, wanted = authority_for(Role.COORDINATOR), Wanted.read(request.args, today())
    limits = setting.setting_of(unit(), here).limits
    found, _total = lists.page_of(unit(), here, wanted, limits, today(), limit=MOST)
    called, on = titles(unit(), language()), today()
    who = {each: _(said) for each, said in texts.WHO.items()}
    whys = {each: _(said) for each, said in texts.WHYS.items()}
    states = {state: _(said) for state, said in texts.STATES.items()}
    there = {each.id: each for each in areas.areas_of(unit(), here)}
    return [
        [
            one.name,
            str(one.learner_id),
            str(one.enrolment_id),
            called.get(one.course, one.course),
            one.course,
            states[one.state],
            one.started_on,
            one.completed_on,
            who[one.waits_for] if one.waits_for else "",
            whys[one.why] if one.why else "",
            one.since,
            one.days(on),
            one.assess_on,
            one.sign_off_on,
            there[one.area_id].called(language()) if one.area_id else "",
            there[one.area_id].code if one.area_id else "",
        ]
        for one in found
    ]


@pages.get("/desk/lapsing")
@requires(Role.COORDINATOR)
def lapsing() -> ResponseReturnValue:
    """Certificates that end within 60 days."""
    here, number = authority_for(Role.COORDINATOR), page_number()
    found = _ending(here, offset=(number - 1) * AT_ONCE, limit=AT_ONCE)
    total = count_ending(unit(), here, today(), _last())
    return render_template(
        "lms/programme/desk/lapsing.html",
        authority=here,
        page=Page(found, number, total, AT_ONCE),
        pagination=pagination,
        days=LAPSES_WITHIN.days,
        links=addresses("lms.life.one", "certificate_id", [each.id for each in found]),
        people=addresses(".story", "person_id", [each.holder_id for each in found], authority=here),
        form=OnceForm(),
    )


@pages.get("/desk/lapsing.csv")
@requires(Role.COORDINATOR)
def lapsing_csv() -> ResponseReturnValue:
    """The list as CSV."""
    return as_csv("lapsing", LAPSING_HEADS, _lapsing())


@pages.get("/desk/lapsing.xlsx")
@requires(Role.COORDINATOR)
def lapsing_xlsx() -> ResponseReturnValue:
    """The same as a spreadsheet."""
    return as_xlsx("lapsing", LAPSING_HEADS, _lapsing(), _("Lapsing soon"))


def _last() -> date:
    return today() + LAPSES_WITHIN


def _ending(here: UUID, *, offset: int = 0, limit: int) -> Sequence[Ending]:
    return ending(unit(), here, today(), _last(), offset=offset, limit=limit)


def _lapsing() -> list[list[sheets.Cell]]:
    found = _ending(authority_for(Role.COORDINATOR), limit=MOST)
    return [
        [each.holder_name, str(each.holder_id), each.number, str(each.id), each.title, each.lapses_on] for each in found
    ]


@pages.post("/desk/views")
@requires(Role.COORDINATOR)
def save_view() -> ResponseReturnValue:
    """Save a list under a name, for oneself."""
    here, form = authority_for(Role.COORDINATOR), OnceForm()
    asked: dict[str, Any] = {"which": LAPSING}
    if request.form.get("which") != LAPSING:
        asked = {**Wanted.read(request.form, today()).told()}
    try:
        setting.save_view(
            unit(),
            id=form.key(),
            person_id=viewer().person_id,
            authority_id=here,
            name=request.form.get("called", ""),
            asked=asked,
            now=now(),
        )
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("This list is saved. You find it on your desk."), "lms_done")
    return redirect(address_of(here, asked))


def address_of(authority_id: UUID, asked: Mapping[str, Any]) -> str:
    """Where a saved list stands."""
    if asked.get("which") == LAPSING:
        return url_for(".lapsing", authority=authority_id)
    return url_for(".learners", authority=authority_id, **asked)


@pages.post("/desk/views/<uuid:view_id>/take-away")
@requires(Role.COORDINATOR)
def drop_view(view_id: UUID) -> ResponseReturnValue:
    """Take one's own saved list away."""
    here = setting.drop_view(unit(), view_id=view_id, person_id=viewer().person_id)
    unit().commit()
    flash(_("The saved list is taken away. The people on it are as they were."), "lms_done")
    return redirect(url_for(".desk", authority=here))
