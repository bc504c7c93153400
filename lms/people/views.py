"""Home, one's own account, and joining by invitation."""

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from lms.core.cards import cards_for
from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.saying import say
from lms.core.web.state import house, now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import Refused
from lms.people import invitations, queries, second_factor, services, sessions
from lms.people.forms import ROLE_NAMES, CodeForm, DetailsForm, JoinForm, PasswordForm, ReadingForm
from lms.people.guards import public, signed_in, viewer, viewer_or_none
from lms.people.login import sign_in_browser
from lms.people.reading import AS_MADE

pages = room("people", __name__)

NEW_SECRET = "lms_new_totp"  # noqa: S105  the name of a session key


@pages.get("/")
@public
def home() -> ResponseReturnValue:
    """What to do next, by role; for somebody not signed in, what this is and the way in."""
    someone = viewer_or_none()
    if someone is None:
        return render_template("lms/people/welcome.html")
    cards = sorted(cards_for(unit(), someone, now(), house().card_makers), key=lambda card: card.weight)
    return render_template("lms/people/home.html", cards=cards, say=say)


@pages.route("/account", methods=["GET", "POST"])
@signed_in
def account() -> ResponseReturnValue:
    """One's own details."""
    details = services.details_of(unit(), viewer().person_id)
    form = DetailsForm(data=vars(details))
    if form.validate_on_submit():
        try:
            services.change_details(
                unit(),
                person_id=viewer().person_id,
                name=form.name.data or "",
                language=form.language.data,
                access_needs=form.access_needs.data or "",
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            session["lms_language"] = form.language.data
            flash(_("Your details are saved."), "lms_done")
            return redirect(url_for(".account"))
    return render_template("lms/people/account.html", form=form, details=details)


@pages.route("/account/reading", methods=["GET", "POST"])
@signed_in
def reading() -> ResponseReturnValue:
    """How pages look and sound for the viewer, on every device; the page itself shows the choice."""
    form = ReadingForm(data=vars(viewer().reading))
    if "as_made" in request.form or form.validate_on_submit():
        chosen = AS_MADE if "as_made" in request.form else form.chosen()
        services.change_reading(unit(), person_id=viewer().person_id, reading=chosen)
        unit().commit()
        flash(_("Saved. Every page looks like this from now on, on your other devices too."), "lms_done")
        return redirect(url_for(".reading"))
    return render_template("lms/people/reading.html", form=form)


@pages.route("/account/password", methods=["GET", "POST"])
@signed_in
def password() -> ResponseReturnValue:
    """Choose a new password; every other browser is signed out."""
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            sessions.set_password(
                unit(),
                person_id=viewer().person_id,
                password=form.password.data or "",
                by=viewer().person_id,
                now=now(),
                keep_session=viewer().session,
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Your new password is saved. Every other device is signed out."), "lms_done")
            return redirect(url_for(".account"))
    return render_template("lms/people/password.html", form=form)


@pages.route("/account/second-step", methods=["GET", "POST"])
@signed_in
def second_step() -> ResponseReturnValue:
    """Turn on six digits from an app as a second step of signing in."""
    secret = session.setdefault(NEW_SECRET, second_factor.new_secret())
    form = CodeForm()
    if form.validate_on_submit():
        try:
            second_factor.turn_on(
                unit(), person_id=viewer().person_id, secret=secret, code=form.code.data or "", now=now()
            )
        except Refused as refusal:
            form.code.errors = [say_refusal(refusal)]
        else:
            unit().commit()
            session.pop(NEW_SECRET, None)
            flash(_("The second step is on. You need your phone the next time you sign in."), "lms_done")
            return redirect(url_for(".account"))
    address = second_factor.address(secret, viewer().name)
    return render_template("lms/people/second_step.html", form=form, secret=_in_fours(secret), address=address)


def _in_fours(secret: str) -> str:
    """A long key in groups that can be typed; the app overlooks the gaps."""
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


@pages.route("/invitation/<secret>", methods=["GET", "POST"])
@public
def join(secret: str) -> ResponseReturnValue:
    """Join by an invitation: say who you are and choose a password, or accept as who you are already.

    On a host's site nobody gets an account this way: the host knows its people, and they accept as who they are there.
    """
    try:
        found = invitations.open_invitation(unit(), secret, now=now())
    except Refused as refusal:
        return render_template("lms/people/invitation_over.html", why=say_refusal(refusal)), 410
    organisation = queries.organisation(unit(), found.organisation_id)
    someone = viewer_or_none()
    form = JoinForm(name=found.name, language=found.language)
    here = {"invitation": found, "organisation": organisation, "role_name": ROLE_NAMES[found.role], "form": form}
    if someone is not None:
        return _join_as_viewer(secret, here)
    if not house().standalone:  # the host knows its people: who is nobody to us signs in there first
        return render_template("lms/people/sign_in_first.html", **here)
    if invitations.is_here(unit(), found.email):
        return redirect(url_for("lms.entrance.sign_in", next=request.path))
    if form.validate_on_submit():
        try:
            person_id = invitations.accept(
                unit(),
                secret,
                name=form.name.data or "",
                language=form.language.data,
                password=form.password.data or "",
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            begun = sessions.start(unit(), person_id=person_id, way="invitation", now=now(), on=today())
            unit().commit()
            sign_in_browser(begun, keep=("lms_language",))
            session["lms_language"] = form.language.data
            flash(_("Welcome. Your account is ready."), "lms_done")
            return redirect(url_for(".home"))
    return render_template("lms/people/join.html", **here)


def _join_as_viewer(secret: str, here: dict[str, object]) -> ResponseReturnValue:
    if request.method == "POST":
        try:
            invitations.accept_as(unit(), secret, person_id=viewer().person_id, now=now())
        except Refused as refusal:
            return render_template("lms/people/invitation_over.html", why=say_refusal(refusal)), 409
        unit().commit()
        flash(_("You have joined."), "lms_done")
        return redirect(url_for(".home"))
    return render_template("lms/people/join_as_viewer.html", **here)
