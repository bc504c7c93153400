"""The page on which it is written how the register team is reached."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.state import now, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import Refused
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.register.reaching import services
from lms.register.reaching.forms import ContactForm
from lms.register.reaching.queries import contact_of
from lms.register.reaching.services import WRITERS

pages = room("reaching", __name__)


@pages.route("/register/contact", methods=["GET", "POST"])
@requires(*WRITERS)
def contact() -> ResponseReturnValue:
    """Write how PAs reach the team, and see it as they do."""
    authority_id = authority_for(*WRITERS)
    form = ContactForm()
    if form.validate_on_submit():
        try:
            services.set_contact(
                unit(),
                once=form.key(),
                authority_id=authority_id,
                contact=form.contact(),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved. PAs see it from now on."), "lms_done")
            return redirect(url_for(".contact", authority=authority_id))
    known = contact_of(unit(), authority_id)
    if request.method == "GET":
        form.begin(known)
    return render_template(
        "lms/register/reaching/contact.html",
        form=form,
        authority=people.organisation(unit(), authority_id),
        known=known,
    )
