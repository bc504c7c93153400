"""Pages of call-backs: the list, the questions, and what an authority sets."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.forms import OnceForm
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import N_, Refused
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role
from lms.programme.contacts import calling, labels, lists, planning, queries
from lms.programme.contacts.alerts import who_hears
from lms.programme.contacts.calling import Answers, Given
from lms.programme.contacts.forms import PlanForm
from lms.programme.contacts.models import CallBack
from lms.programme.contacts.planning import Plan
from lms.programme.contacts.questions import QuestionSet
from lms.programme.contacts.rules import TRIES
from lms.programme.contacts.staff import STAFF_HERE
from lms.programme.contacts.words import Standing, Whom

pages = room("callbacks", __name__)


@pages.get("/desk/call-backs")
@requires(*STAFF_HERE)
def calls() -> ResponseReturnValue:
    """Call-backs by where they stand; who does not coordinate sees those of people whose contact they are."""
    authority, number = authority_for(*STAFF_HERE), page_number()
    coordinates = authority in viewer().authorities(Role.COORDINATOR)
    asked = request.args.get("state", "")
    mine = not coordinates or request.args.get("mine") == "1"
    not_of = lists.own(unit(), viewer().person_id)
    standing = Standing(asked) if asked in set(Standing) else Standing.DUE
    if not asked and lists.count_waiting(unit(), [authority], today(), viewer_id=viewer().person_id, mine=mine)[1]:
        standing = Standing.OVERDUE
    counts = {}
    rows: list[lists.CallView] = []
    for each in Standing:
        shown = each is standing
        found, counts[each] = lists.calls(
            unit(),
            authority,
            each,
            today(),
            not_of=not_of,
            mine=mine,
            offset=(number - 1) * PAGE_SIZE,
            limit=PAGE_SIZE if shown else 0,
        )
        rows = found if shown else rows
    return render_template(
        "lms/programme/contacts/calls.html",
        authority=authority,
        coordinates=coordinates,
        mine=mine,
        standing=standing,
        counts=counts,
        page=Page(rows, number, counts[standing]),
        pagination=pagination,
        labels=labels,
    )


@pages.route("/desk/call-backs/<uuid:call_back_id>", methods=["GET", "POST"])
@requires(*STAFF_HERE)
def call(call_back_id: UUID) -> ResponseReturnValue:
    """Ask the questions. Whatever is typed is kept with each press of a button, and shown again when it is not."""
    row = calling.opened(unit(), call_back_id, by=viewer().person_id, on=today())
    form, asked = OnceForm(), calling.asked(row)
    typed = _typed(asked)
    if form.validate_on_submit():
        try:
            calling.save(unit(), call_back_id=row.id, answers=typed, by=viewer().person_id, now=now())
            unit().commit()  # first of all: what was said is kept, and an alert is out, whatever is missing
            if "finish" in request.form:
                calling.finish(unit(), call_back_id=row.id, by=viewer().person_id, now=now())
                unit().commit()
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            flash(_("Saved. Thank you for calling.") if "finish" in request.form else _("Saved."), "lms_done")
            return redirect(url_for(".call", call_back_id=row.id))
    return _shown(row, form, asked, typed)


def _shown(row: CallBack, form: OnceForm, asked: QuestionSet, typed: Answers) -> ResponseReturnValue:
    person = row.pa_id if row.whom is Whom.PA else row.employer_id
    contact = queries.contact_of(unit(), row.authority_id, row.whom, person)
    ended_by = people.persons(unit(), [row.ended_by] if row.ended_by else [])
    return render_template(
        "lms/programme/contacts/call.html",
        form=form,
        row=row,
        call=lists.call_views(unit(), [row], today())[0],
        asked=asked,
        given={**calling.answers_of(unit(), row, viewer().person_id), **typed},
        not_said=calling.NOT_SAID,
        hears=bool(who_hears(unit(), row, today())),
        raised=lists.has_raised(unit(), row.id, viewer().person_id),
        told=lists.raised_from(unit(), row.id, viewer().person_id),
        tries=calling.tries_of(unit(), row.id),
        most_tries=len(TRIES) + 1,
        contact=contact,
        ended_by=ended_by.get(row.ended_by) if row.ended_by else None,
        labels=labels,
        coordinates=row.authority_id in viewer().authorities(Role.COORDINATOR),
    )


def _typed(asked: QuestionSet) -> dict[str, Given]:
    """What the form brought; what was left open is not an answer."""
    return {
        question.code: Given(request.form[question.code], request.form.get(f"{question.code}-note", ""))
        for question in asked.questions
        if request.form.get(question.code)
    }


@pages.post("/desk/call-backs/<uuid:call_back_id>/not-reached")
@requires(*STAFF_HERE)
def not_reached(call_back_id: UUID) -> ResponseReturnValue:
    """Nobody answered."""
    form = OnceForm()
    try:
        following = calling.not_reached(
            unit(), once=form.key(), call_back_id=call_back_id, by=viewer().person_id, now=now()
        )
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_(_AGAIN) if following else _(_LAST), "lms_done")
    return redirect(url_for(".call", call_back_id=call_back_id))


_AGAIN = N_("Saved. It comes back to the list for another try.")
_LAST = N_("Saved. That was the last try.")


@pages.post("/desk/call-backs/<uuid:call_back_id>/not-wanted")
@requires(*STAFF_HERE)
def not_wanted(call_back_id: UUID) -> ResponseReturnValue:
    """They did not want to answer."""
    try:
        calling.not_wanted(unit(), call_back_id=call_back_id, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("Saved. Nobody asks them again about this time."), "lms_done")
    return redirect(url_for(".call", call_back_id=call_back_id))


@pages.route("/desk/call-backs/settings", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def settings() -> ResponseReturnValue:
    """After how many days people are called back."""
    authority = authority_for(Role.COORDINATOR)
    form = PlanForm()
    if form.validate_on_submit():
        plan = Plan(form.numbers, employers=form.employers.data)
        try:
            planning.set_plan(
                unit(), once=form.key(), authority_id=authority, plan=plan, by=viewer().person_id, now=now()
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved. Call-backs that are in the list already stay there."), "lms_done")
            return redirect(url_for(".settings", authority=authority))
    elif request.method == "GET":
        known = planning.plan_of(unit(), authority)
        form.days.data, form.employers.data = ", ".join(map(str, known.days)), known.employers
    return render_template("lms/programme/contacts/settings.html", form=form, authority=authority)
