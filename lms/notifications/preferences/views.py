"""Pages: how one is told, one's mobile number, who goes through whom, and no more mail by one click."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.state import house, now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.notifications.preferences import queries, services, unsubscribing
from lms.notifications.preferences.forms import ChoiceForm, CodeForm, MobileForm
from lms.notifications.writing.labels import PURPOSES
from lms.people import queries as people
from lms.people.guards import public, requires, signed_in, viewer
from lms.people.rules import Role

pages = room("preferences", __name__)

HOUSEHOLD = (Role.EMPLOYER, Role.REPRESENTATIVE)


@pages.route("/account/messages", methods=["GET", "POST"])
@signed_in
def mine() -> ResponseReturnValue:
    """How one is told what, and when it is quiet."""
    someone, form = people.person(unit(), viewer().person_id), ChoiceForm()
    chosen = queries.of(unit(), someone)
    if form.validate_on_submit():
        try:
            services.choose(unit(), person_id=someone.id, choice=form.choice(), now=now())
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved. It counts from now on."), "lms_done")
            return redirect(url_for(".mine"))
    elif request.method == "GET":
        form.fill(chosen)
    asked = queries.through(unit(), [someone.id])
    homes = people.organisations(unit(), {employer for _pa, employer in asked})
    return render_template(
        "lms/notifications/preferences/mine.html",
        form=form,
        chosen=chosen,
        email=someone.email,
        texts=house().settings.texts,
        asked=[(homes[home], agreed) for (_pa, home), (wished, agreed) in asked.items() if wished and home in homes],
        household=viewer().has(*HOUSEHOLD),
    )


@pages.route("/account/messages/mobile", methods=["GET", "POST"])
@signed_in
def mobile() -> ResponseReturnValue:
    """Give a mobile number; a code goes to it."""
    if not house().settings.texts:
        raise NotFound("text messages")
    form = MobileForm()
    if form.validate_on_submit():
        try:
            services.ask_for_code(unit(), person_id=viewer().person_id, number=form.number.data or "", now=now())
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            return redirect(url_for(".code"))
    return render_template("lms/notifications/preferences/mobile.html", form=form)


@pages.route("/account/messages/code", methods=["GET", "POST"])
@signed_in
def code() -> ResponseReturnValue:
    """Type in the code."""
    form = CodeForm()
    if form.validate_on_submit():
        try:
            right = services.confirm(unit(), person_id=viewer().person_id, code=form.code.data or "", now=now())
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()  # a wrong code counts as well
            if right:
                flash(_("Your number is confirmed. Now choose what to get as text messages."), "lms_done")
                return redirect(url_for(".mine"))
            form.refuse(_("This is not the code. Look at the message again, or ask for a new one."))
    number = queries.number_asked(unit(), viewer().person_id)
    return render_template("lms/notifications/preferences/code.html", form=form, number=number)


@pages.post("/account/messages/mobile/away")
@signed_in
def no_mobile() -> ResponseReturnValue:
    """Take one's number out."""
    services.forget_mobile(unit(), person_id=viewer().person_id, now=now())
    unit().commit()
    flash(_("Your number is gone. What came as a text message comes by e-mail again."), "lms_done")
    return redirect(url_for(".mine"))


@pages.post("/account/messages/through/<uuid:employer_id>/<any(yes, no):said>")
@requires(Role.PA)
def answer(employer_id: UUID, said: str) -> ResponseReturnValue:
    """A PA says whether messages about work may go through an employer."""
    services.answer(unit(), employer_id=employer_id, pa_id=viewer().person_id, agreed=said == "yes", now=now())
    unit().commit()
    flash(_("Saved. You can change this at any time."), "lms_done")
    return redirect(url_for(".mine"))


@pages.get("/my-pas/messages")
@requires(*HOUSEHOLD)
def my_pas() -> ResponseReturnValue:
    """An employer's PAs, and whether messages about their work should come through the employer."""
    homes = people.organisations(unit(), viewer().organisations(*HOUSEHOLD))
    found = [(homes[id], pa) for id in sorted(homes) for pa in people.pas_of(unit(), [id], today())]
    said = queries.through(unit(), {pa.id for _home, pa in found})
    return render_template("lms/notifications/preferences/my_pas.html", found=found, said=said)


@pages.post("/my-pas/messages/<uuid:employer_id>/<uuid:pa_id>/<any(yes, no):said>")
@requires(*HOUSEHOLD)
def wish(employer_id: UUID, pa_id: UUID, said: str) -> ResponseReturnValue:
    """An employer wishes it, or no longer."""
    if employer_id not in viewer().organisations(*HOUSEHOLD):
        raise NotFound("employer")
    services.wish(unit(), employer_id=employer_id, pa_id=pa_id, wished=said == "yes", by=viewer().person_id, now=now())
    unit().commit()
    flash(_("Saved. Your PA is asked, and decides."), "lms_done")
    return redirect(url_for(".my_pas"))


@pages.route("/no-more-mail/<token>", methods=["GET", "POST"])
@public
def no_more_mail(token: str) -> ResponseReturnValue:
    """One click ends a sort of mail. A mail program posts here by itself; a person sees what they end first."""
    wanted = unsubscribing.read(house().settings, token)
    if request.method == "POST":
        services.no_more_mail(unit(), person_id=wanted.person_id, purpose=wanted.purpose, now=now())
        unit().commit()
    return render_template(
        "lms/notifications/preferences/no_more_mail.html",
        done=request.method == "POST",
        sort=PURPOSES[wanted.purpose],
    )


no_more_mail.own_token = True  # type: ignore[attr-defined]  # the link is the token: RFC 8058 posts without a session
