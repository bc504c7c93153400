"""A PA's pages of subsidised places: courses to ask for, where one stands, taking and giving back a place."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.pages import Page, page_number, pagination
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import N_, NotFound, Refused
from lms.funding.places import asking, desk, labels, queries
from lms.funding.places.doors import PAGE_SIZE, pages
from lms.funding.places.forms import AskForm, SureForm
from lms.funding.places.queries import AskView, RunView
from lms.funding.places.rules import may_ask
from lms.funding.places.words import AGAIN, Order, PlaceState
from lms.people.guards import requires, viewer
from lms.people.rules import Role

__all__ = ["desk", "pages"]


@pages.get("/places")
@requires(Role.PA)
def mine() -> ResponseReturnValue:
    """A PA's own places and offers, what waits for an answer first, and the courses there are."""
    asked, number = queries.asks_of(unit(), viewer().person_id), page_number()
    found, total = queries.runs_in(
        unit(), viewer().authorities(Role.PA), today(), offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )
    runs = queries.runs_by_id(unit(), {each.run_id for each in asked}) | {each.id: each for each in found}
    own = [each for each in asked if runs[each.run_id].ends_on >= today() or each.state is PlaceState.ATTENDED]
    own.sort(key=lambda each: _URGENT.index(each.state))
    return render_template(
        "lms/funding/places/mine.html",
        own=own,
        runs=runs,
        page=Page(found, number, total, size=PAGE_SIZE),
        pagination=pagination,
        asked={each.run_id: each for each in asked},
        labels=labels,
        today=today(),
        may_ask=may_ask,
        PlaceState=PlaceState,
    )


@pages.route("/places/<uuid:run_id>", methods=["GET", "POST"])
@requires(Role.PA)
def one(run_id: UUID) -> ResponseReturnValue:
    """One course: what it is, where one stands, and asking for a place."""
    found, form = _run(run_id), AskForm()
    own = queries.ask_on(unit(), run_id, viewer().person_id)
    if form.validate_on_submit():
        try:
            asking.ask(
                unit(),
                once=form.key(),
                run_id=run_id,
                person_id=viewer().person_id,
                need=form.chosen,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("You asked for a place."), "lms_done")
            return redirect(url_for(".one", run_id=run_id))
    return render_template(
        "lms/funding/places/one.html",
        run=found,
        own=own,
        form=form,
        can_ask=(own is None or own.state in AGAIN) and may_ask(found.plain, today()),
        ahead=queries.ahead_of(unit(), found, own) if own and own.state is PlaceState.WAITING else None,
        moves=queries.moves_of(unit(), own.id) if own else [],
        may_leave=own is not None and asking.may_leave(own.state) and today() <= found.starts_on,
        labels=labels,
        standing=None if found.standing.is_fact else N_("an example; ask your council whether it holds"),
        today=today(),
        PlaceState=PlaceState,
        Order=Order,
    )


@pages.post("/places/asks/<uuid:ask_id>/take")
@requires(Role.PA)
def take(ask_id: UUID) -> ResponseReturnValue:
    """Take the place one was offered."""
    own, found = _ask(ask_id)
    try:
        asking.accept(unit(), ask_id=own.id, person_id=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("You have a place. Put the day in your calendar."), "lms_done")
    return redirect(url_for(".one", run_id=found.id))


@pages.post("/places/asks/<uuid:ask_id>/decline")
@requires(Role.PA)
def decline(ask_id: UUID) -> ResponseReturnValue:
    """Say no to the place one was offered."""
    own, found = _ask(ask_id)
    try:
        asking.decline(unit(), ask_id=own.id, person_id=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("Thank you for saying so. The place goes to the next in the line."), "lms_done")
    return redirect(url_for(".one", run_id=found.id))


@pages.route("/places/asks/<uuid:ask_id>/leave", methods=["GET", "POST"])
@requires(Role.PA)
def leave(ask_id: UUID) -> ResponseReturnValue:
    """Leave the line, or give a place back."""
    own, found = _ask(ask_id)
    form = SureForm()
    if form.validate_on_submit():
        try:
            asking.leave(unit(), ask_id=own.id, person_id=viewer().person_id, now=now())
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Done. You can ask again while asking is open."), "lms_done")
            return redirect(url_for(".one", run_id=found.id))
    return render_template("lms/funding/places/leave.html", form=form, run=found, has=own.state is PlaceState.PLACE)


_URGENT = (
    PlaceState.OFFERED,
    PlaceState.ASKED,
    PlaceState.PLACE,
    PlaceState.WAITING,
    PlaceState.ATTENDED,
    PlaceState.CANCELLED,
    PlaceState.LAPSED,
    PlaceState.DECLINED,
    PlaceState.REFUSED,
    PlaceState.LEFT,
    PlaceState.MISSED,
)
"""What stands first on a PA's page."""


def _run(run_id: UUID) -> RunView:
    """A course of a council the PA belongs to, or one they asked for before they left it."""
    try:
        return queries.run(unit(), run_id, within=viewer().authorities(Role.PA))
    except NotFound:
        if queries.ask_on(unit(), run_id, viewer().person_id) is None:
            raise
        return queries.runs_by_id(unit(), [run_id])[run_id]


def _ask(ask_id: UUID) -> tuple[AskView, RunView]:
    """One's own asking and its course. NotFound for anybody else's."""
    own = next((each for each in queries.asks_of(unit(), viewer().person_id) if each.id == ask_id), None)
    if own is None:
        raise NotFound("place")
    return own, queries.runs_by_id(unit(), [own.run_id])[own.run_id]
