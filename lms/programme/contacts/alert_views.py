"""Pages of alerts, for those who are named; and the page on which they are named."""

from datetime import datetime
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.clock import LONDON
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.programme.contacts import alerts, calling, guarding, labels, lists
from lms.programme.contacts.forms import CloseForm, NamePersonForm
from lms.programme.contacts.guarding import NAMERS
from lms.programme.contacts.questions import editions
from lms.programme.contacts.staff import STAFF_HERE, staff_in
from lms.programme.contacts.words import Referral

pages = room("safeguarding", __name__)


@pages.get("/desk/alerts")
@requires(*STAFF_HERE)
def listed() -> ResponseReturnValue:
    """The alerts one may see. For who is not named there is no such page."""
    authority = _named_at()
    named = guarding.counting(unit(), authority, today())
    if viewer().person_id not in {each.person_id for each in named}:
        raise NotFound("alerts")
    closed, number = request.args.get("state") == "closed", page_number()
    found, total = lists.alerts_for(
        unit(),
        authority,
        viewer().person_id,
        today(),
        closed=closed,
        offset=(number - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
    )
    return render_template(
        "lms/programme/contacts/alerts.html",
        authority=authority,
        closed=closed,
        page=Page(found, number, total),
        pagination=pagination,
        named=named,
        pas=people.persons(unit(), {each.pa_id for each in found}),
        homes=people.organisations(unit(), {each.employer_id for each in found}),
        time=_time,
    )


def _named_at() -> UUID:
    """The authority asked for, else the first in which one is named."""
    if request.args.get("authority"):
        return authority_for(*STAFF_HERE)
    mine = viewer().authorities(*STAFF_HERE).intersection(guarding.named_for(unit(), viewer().person_id, today()))
    if not mine:
        raise NotFound("alerts")
    return min(mine)


@pages.route("/desk/alerts/<uuid:alert_id>", methods=["GET", "POST"])
@requires(*STAFF_HERE)
def one(alert_id: UUID) -> ResponseReturnValue:
    """One alert: what was said, who has it, and closing it."""
    alert, row = alerts.seen_by(unit(), alert_id, viewer().person_id, today())
    form = CloseForm()
    if form.validate_on_submit():
        try:
            closed = alerts.close(
                unit(),
                alert_id=alert_id,
                referral=Referral(form.referral.data),
                said=form.said.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The alert is closed.") if closed else _("It was closed already."), "lms_done")
            return redirect(url_for(".one", alert_id=alert_id))
    shown = lists.alert_view(alert, row)
    asked = editions()[shown.whom, shown.edition]
    answers = calling.answers_to(unit(), row.id, shown.question)
    names = people.persons(unit(), {shown.pa_id, shown.raised_by, *(each.by for each in answers)})
    return render_template(
        "lms/programme/contacts/alert.html",
        form=form,
        alert=shown,
        asked=asked,
        question=asked.question(shown.question),
        answers=answers,
        names=names,
        has_it=alerts.has_it(unit(), alert, row, today()),
        not_said=calling.NOT_SAID,
        steps=lists.steps_of(unit(), alert_id),
        pa=names[shown.pa_id],
        asker=names[shown.raised_by],
        home=people.organisation(unit(), shown.employer_id),
        labels=labels,
        time=_time,
    )


def _time(moment: datetime) -> str:
    """The time of day in the United Kingdom: hours count here."""
    return f"{moment.astimezone(LONDON):%H:%M}"


@pages.post("/desk/alerts/<uuid:alert_id>/have-it")
@requires(*STAFF_HERE)
def have_it(alert_id: UUID) -> ResponseReturnValue:
    """Say that one has it."""
    taken = alerts.acknowledge(unit(), alert_id=alert_id, by=viewer().person_id, now=now())
    unit().commit()
    flash(
        _("You have it. Nobody else is asked.") if taken else _("Somebody has it already. See who below."), "lms_done"
    )
    return redirect(url_for(".one", alert_id=alert_id))


@pages.route("/desk/safeguarding", methods=["GET", "POST"])
@requires(*NAMERS)
def named() -> ResponseReturnValue:
    """Who hears of alerts, in their order."""
    authority = authority_for(*NAMERS)
    form = NamePersonForm()
    form.offer([(str(each.id), each.name) for each in staff_in(unit(), authority, today()).values()])
    if form.validate_on_submit():
        assert form.since.data is not None
        try:
            guarding.name(
                unit(),
                once=form.key(),
                authority_id=authority,
                person_id=UUID(form.person.data),
                since=form.since.data,
                until=form.until.data,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved. They are told that they are named."), "lms_done")
            return redirect(url_for(".named", authority=authority))
    elif request.method == "GET":
        form.since.data = today()
    return render_template(
        "lms/programme/contacts/named.html",
        form=form,
        authority=authority,
        named=guarding.named_in(unit(), authority, today()),
    )


@pages.post("/desk/safeguarding/<uuid:named_id>/end")
@requires(*NAMERS)
def end(named_id: UUID) -> ResponseReturnValue:
    """Take somebody out."""
    authority = authority_for(*NAMERS)
    try:
        guarding.end(unit(), authority_id=authority, named_id=named_id, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("They hear of no alerts any more."), "lms_done")
    return redirect(url_for(".named", authority=authority))
