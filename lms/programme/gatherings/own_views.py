"""Pages of those who come: which events there are, one event, signing up, giving a place back, and the code."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.state import now, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import N_, Refused
from lms.people.guards import requires, viewer
from lms.programme.gatherings import attending, labels, placing, queries, rules
from lms.programme.gatherings.attending import Entered
from lms.programme.gatherings.doors import pages
from lms.programme.gatherings.forms import CodeForm, TakeForm
from lms.programme.gatherings.knowing import COMES
from lms.programme.gatherings.plan_views import home_name
from lms.programme.gatherings.queries import Mine
from lms.programme.gatherings.words import Access, Standing

_SAID = {
    Entered.WRONG: N_("This code does not count. Look at the screen again: a new code may be shown."),
    Entered.TOO_OFTEN: N_("You have tried five times. Wait 15 minutes, or tell whoever leads the event."),
    Entered.NO_PLACE: N_("You have no place at this event. Tell whoever leads it that you are there."),
}


@pages.get("/events")
@requires(*COMES)
def mine() -> ResponseReturnValue:
    """Events somebody has a place at, and those they may sign up for."""
    found = queries.for_person(unit(), viewer().person_id, now())
    return render_template(
        "lms/programme/gatherings/mine.html",
        placed=[each for each in found if each.standing],
        others=[each for each in found if not each.standing],
        labels=labels,
        clock_of=rules.clock_of,
    )


def _found(gathering_id: UUID) -> Mine:
    return queries.one_for(unit(), gathering_id, viewer().person_id, now())


@pages.route("/events/<uuid:gathering_id>", methods=["GET", "POST"])
@requires(*COMES)
def event(gathering_id: UUID) -> ResponseReturnValue:
    """One event: where and when, access, and signing up."""
    found, form = _found(gathering_id), TakeForm()
    if form.validate_on_submit():
        try:
            stands = placing.take(
                unit(),
                once=form.key(),
                gathering_id=gathering_id,
                needs=form.needs.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            if stands is Standing.PLACE:
                flash(_("You have a place."), "lms_done")
            else:
                flash(_("It is full. You are on the waiting list, and we tell you when a place is free."), "lms_done")
            return redirect(url_for(".event", gathering_id=gathering_id))
    return render_template(
        "lms/programme/gatherings/event.html",
        mine=found,
        event=found.event,
        form=form,
        home=home_name(found.event) if found.standing is Standing.PLACE else "",
        labels=labels,
        access=[labels.ACCESS[Access(each)] for each in found.event.access],
        clock_of=rules.clock_of,
        ahead=now() < found.event.starts_at and found.event.cancelled_at is None,
        room_open=rules.code_times(found.event.starts_at, found.event.ends_at, now()) is not None
        and found.event.cancelled_at is None,
        Standing=Standing,
    )


@pages.post("/events/<uuid:gathering_id>/give-back")
@requires(*COMES)
def give_back(gathering_id: UUID) -> ResponseReturnValue:
    """Give one's place back, or leave the waiting list."""
    _found(gathering_id)
    someone = viewer().person_id
    try:
        had = placing.give_back(unit(), gathering_id=gathering_id, person_id=someone, by=someone, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
        return redirect(url_for(".event", gathering_id=gathering_id))
    unit().commit()
    if had:
        flash(_("You are off the list. Thank you for telling us."), "lms_done")
    return redirect(url_for(".mine"))


@pages.route("/events/<uuid:gathering_id>/here", methods=["GET", "POST"])
@requires(*COMES)
def here(gathering_id: UUID) -> ResponseReturnValue:
    """Type the code that is shown in the room. A wrong one is counted, so it is committed as well."""
    found, form = _found(gathering_id), CodeForm()
    if form.validate_on_submit():
        try:
            entered = attending.enter(
                unit(), gathering_id=gathering_id, typed=form.code.data or "", by=viewer().person_id, now=now()
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            if entered in _SAID:
                form.code.errors = [_(_SAID[entered])]
            else:
                done = entered is Entered.HERE
                flash(_("Thank you. You are noted.") if done else _("You were noted already."), "lms_done")
                return redirect(url_for(".event", gathering_id=gathering_id))
    return render_template("lms/programme/gatherings/here.html", mine=found, event=found.event, form=form)
