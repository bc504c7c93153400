"""Signing in and out of a standalone PALMS. On a host's site these pages do not exist: the host knows its people."""

from datetime import timedelta
from math import ceil
from uuid import UUID

from flask import Response, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.forms import LmsForm
from lms.core.web.notes import flash
from lms.core.web.pages import own_path
from lms.core.web.rooms import room
from lms.core.web.state import house, now, today, unit
from lms.core.web.texts import SESSION_KEY, _, _n, say_refusal
from lms.core.words import Refused
from lms.people import queries, second_factor, sessions
from lms.people.devices import known_device, remember_device
from lms.people.forms import CodeForm, LinkForm, SignInForm
from lms.people.guards import public, signed_in, viewer, viewer_or_none
from lms.people.login import sign_in_browser, sign_out_browser

pages = room("entrance", __name__)

HALF_IN = "lms_half_in"
"""Session key: who gave the right password and still owes the code. It opens nothing by itself."""


@pages.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Sign in by e-mail address or username, and password or passphrase."""
    if request.method == "GET" and viewer_or_none() is not None:
        return redirect(url_for("lms.people.home"))
    form = SignInForm()
    if form.validate_on_submit():
        identifier, wanted = form.email.data or "", own_path(request.args.get("next"))
        with house().database.writing() as db:
            tried, wait = sessions.begin_try(db, identifier=identifier, place=known_device(identifier), now=now())
        if tried is None:
            return _slow_down(form, wait)
        with house().database.reading() as db:
            found = sessions.account(db, identifier)
        if sessions.fits(found, form.password.data or "") and found.person_id:
            if second_factor.owed(unit(), found.person_id):
                return _ask_for_code(found.person_id, identifier, tried, wanted)
            return _enter(found.person_id, identifier, "password", tried, wanted)
        form.refuse(_("The e-mail address or the password is not right. Try again, or ask for a sign-in link."))
    return render_template("lms/people/sign_in.html", form=form)


@pages.route("/sign-in/code", methods=["GET", "POST"])
@public
def code() -> ResponseReturnValue:
    """The second step for staff: the code from their app."""
    half = session.get(HALF_IN)
    if not half or half["until"] < now().timestamp():
        session.pop(HALF_IN, None)
        return redirect(url_for(".sign_in"))
    form = CodeForm()
    if form.validate_on_submit():
        person_id = UUID(half["person"])
        with house().database.writing() as db:
            place = known_device(half["identifier"])
            tried, wait = sessions.begin_try(db, identifier=f"code:{person_id}", place=place, now=now())
        if tried is None:
            return _slow_down(form, wait, "lms/people/code.html")
        if second_factor.accept(unit(), person_id, form.code.data or "", now=now()):
            return _enter(person_id, half["identifier"], "password and code", tried, half["next"])
        form.code.errors = [_("This code is not right. Wait for the next one in your app and enter that.")]
    return render_template("lms/people/code.html", form=form)


@pages.route("/sign-in/link", methods=["GET", "POST"])
@public
def ask_for_link() -> ResponseReturnValue:
    """Ask for a one-time link by e-mail. The answer is the same whether or not somebody has the address."""
    form = LinkForm()
    if form.validate_on_submit():
        identifier = form.email.data or ""
        with house().database.writing() as db:
            tried, wait = sessions.begin_try(db, identifier=f"link:{identifier}", place="link", now=now())
        if tried is None:
            return _slow_down(form, wait, "lms/people/ask_for_link.html")
        sessions.ask_for_link(unit(), identifier=identifier, now=now())
        unit().commit()
        return render_template("lms/people/link_sent.html", email=identifier)
    return render_template("lms/people/ask_for_link.html", form=form)


@pages.route("/sign-in/link/<secret>", methods=["GET", "POST"])
@public
def use_link(secret: str) -> ResponseReturnValue:
    """Follow a link. Only the button on this page uses it up, so that a mail program looking ahead does not."""
    if request.method == "POST":
        try:
            person_id = sessions.use_link(unit(), secret, now=now())
        except Refused as refusal:
            flash(say_refusal(refusal), "lms_note")
            return redirect(url_for(".ask_for_link"))
        address = queries.person(unit(), person_id).email or ""
        if second_factor.owed(unit(), person_id):
            return _ask_for_code(person_id, address, None, None)
        return _enter(person_id, address, "link", None, None)
    return render_template("lms/people/use_link.html")


@pages.route("/sign-out", methods=["GET", "POST"])
@signed_in
def sign_out() -> ResponseReturnValue:
    """Sign out of this browser, or of every browser at once."""
    if request.method == "POST":
        sessions.sign_out(unit(), viewer=viewer(), now=now(), everywhere=bool(request.form.get("everywhere")))
        unit().commit()
        sign_out_browser()
        flash(_("You are signed out."), "lms_done")
        return redirect(url_for(".sign_in"))
    return render_template("lms/people/sign_out.html")


def _enter(person_id: UUID, identifier: str, way: str, tried: UUID | None, wanted: str | None) -> Response:
    secret = sessions.start(unit(), person_id=person_id, way=way, now=now(), on=today(), tried=tried)
    unit().commit()
    sign_in_browser(secret, keep=(SESSION_KEY,))
    response = make_response(redirect(wanted or url_for("lms.people.home")))
    return remember_device(response, identifier)


def _ask_for_code(person_id: UUID, identifier: str, tried: UUID | None, wanted: str | None) -> Response:
    if tried is not None:
        sessions.password_was_right(unit(), tried)
    unit().commit()
    session[HALF_IN] = {
        "person": str(person_id),
        "identifier": identifier,
        "next": wanted,
        "until": (now() + timedelta(minutes=5)).timestamp(),
    }
    return make_response(redirect(url_for(".code")))


def _slow_down(form: LmsForm, wait: timedelta, page: str = "lms/people/sign_in.html") -> Response:
    minutes = max(1, ceil(wait.total_seconds() / 60))
    form.refuse(
        _n(
            "There were too many tries. Wait %(num)s minute, then try again, or ask for a sign-in link.",
            "There were too many tries. Wait %(num)s minutes, then try again, or ask for a sign-in link.",
            minutes,
        )
    )
    response = make_response(render_template(page, form=form), 429)
    response.headers["Retry-After"] = str(ceil(wait.total_seconds()))
    return response
