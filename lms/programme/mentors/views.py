"""One's own page of mentoring: be a mentor, have one, get in touch, and end it. A newcomer sees nothing of a mentor."""

from collections.abc import Iterable
from uuid import UUID, uuid4

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.state import now, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people.guards import requires, viewer
from lms.people.rules import Role
from lms.people.viewer import Viewer
from lms.programme.mentors import labels, queries, services
from lms.programme.mentors.forms import OfferForm, TouchForm, WishForm
from lms.programme.mentors.services import KINDS, Offer, Wish
from lms.programme.mentors.words import Kind

pages = room("mentors", __name__)
OWN = (Role.PA, Role.EMPLOYER, Role.REPRESENTATIVE)


def places_of(someone: Viewer) -> frozenset[UUID]:
    """The authorities behind whose wall somebody is a PA, an employer, or acts for one."""
    return someone.authorities(*OWN)


def _place() -> UUID:
    """The authority asked for, else the first; another one's id answers 404."""
    asked, mine = request.values.get("authority"), sorted(places_of(viewer()))
    chosen = next((each for each in mine if asked in {None, "", str(each)}), None)
    if chosen is None:
        raise NotFound("authority")
    return chosen


def _kinds(authority: UUID) -> Iterable[Kind]:
    return [kind for kind, roles in KINDS.items() if authority in viewer().authorities(*roles)]


@pages.get("/mentoring")
@requires(*OWN)
def mine() -> ResponseReturnValue:
    """Where one is a mentor and whose details one has; and whether one asked for a mentor."""
    someone, places = viewer(), places_of(viewer())
    return render_template(
        "lms/programme/mentors/mine.html",
        offers=queries.offers_of(unit(), someone.person_id, places),
        newcomers=queries.newcomers_of(unit(), someone.person_id, places),
        requests=queries.requests_of(unit(), someone.person_id, places),
        form=TouchForm(),
        new_number=uuid4,
        labels=labels,
    )


def _to_mine() -> ResponseReturnValue:
    return redirect(url_for(".mine"))


@pages.route("/mentoring/offer", methods=["GET", "POST"])
@requires(*OWN)
def offer() -> ResponseReturnValue:
    """Agree to be a mentor."""
    authority, form = _place(), OfferForm()
    form.narrow(_kinds(authority))
    if form.validate_on_submit():
        said = Offer(
            kind=Kind(form.kind.data),
            language=form.tongue.data,
            area=form.area.data or "",
            for_what=form.for_what.data or "",
            room=int(form.room.data or "1"),
            reach=form.reach(),
        )
        try:
            services.agree(
                unit(),
                said,
                once=form.key(),
                authority_id=authority,
                agreed=form.agreed.data,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Thank you. You are told when somebody new would like to talk with you."), "lms_done")
            return _to_mine()
    elif request.method == "GET":
        form.tongue.data = viewer().language
    return render_template("lms/programme/mentors/offer.html", form=form, labels=labels)


@pages.route("/mentoring/ask", methods=["GET", "POST"])
@requires(*OWN)
def ask() -> ResponseReturnValue:
    """Ask for a mentor, or say yes to a suggestion. What is passed on stands on the page, word by word."""
    authority, form = _place(), WishForm()
    form.narrow(_kinds(authority))
    if form.validate_on_submit():
        said = Wish(
            kind=Kind(form.kind.data),
            language=form.tongue.data,
            area=form.area.data or "",
            near=form.near.data,
            name=form.name.data or "",
            reach=form.reach(),
        )
        try:
            services.ask(
                unit(),
                said,
                once=form.key(),
                authority_id=authority,
                agreed=form.agreed.data,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved. Your coordinator looks for a mentor for you."), "lms_done")
            return _to_mine()
    elif request.method == "GET":
        form.tongue.data, form.name.data = viewer().language, viewer().name
    return render_template("lms/programme/mentors/ask.html", form=form, labels=labels)


@pages.post("/mentoring/offers/<uuid:mentor_id>/stop")
@requires(*OWN)
def stop(mentor_id: UUID) -> ResponseReturnValue:
    """Stop being a mentor."""
    services.withdraw(unit(), mentor_id=mentor_id, by=viewer().person_id, now=now())
    unit().commit()
    flash(_("You are a mentor no more. Thank you for the time you gave."), "lms_done")
    return _to_mine()


@pages.post("/mentoring/requests/<uuid:request_id>/end")
@requires(*OWN)
def take_back(request_id: UUID) -> ResponseReturnValue:
    """Want no mentor any more, or say no to a suggestion."""
    services.take_back(unit(), request_id=request_id, by=viewer().person_id, now=now())
    unit().commit()
    flash(_("It has ended. Your details are shown to no mentor here."), "lms_done")
    return _to_mine()


@pages.post("/mentoring/newcomers/<uuid:match_id>/got-in-touch")
@requires(*OWN)
def got_in_touch(match_id: UUID) -> ResponseReturnValue:
    """The mentor got in touch."""
    form = TouchForm()
    if not form.validate():
        flash(next(iter(form.errors_for_summary()))["text"], "lms_note")
        return _to_mine()
    try:
        services.got_in_touch(
            unit(), once=form.key(), match_id=match_id, minutes=form.number, by=viewer().person_id, now=now()
        )
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("Thank you. It is counted."), "lms_done")
    return _to_mine()


@pages.post("/mentoring/newcomers/<uuid:match_id>/end")
@requires(*OWN)
def end(match_id: UUID) -> ResponseReturnValue:
    """The mentor ends it."""
    services.end_as_mentor(unit(), match_id=match_id, by=viewer().person_id, now=now())
    unit().commit()
    flash(_("It has ended. You are not shown their details any more."), "lms_done")
    return _to_mine()
