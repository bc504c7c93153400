"""Messages of both sides: the list, one contact with what was written, details, blocking and reporting."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.pages import Page, page_number, pagination
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import Refused
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.people.rules import Role
from lms.register.directory import contact_queries, contacts, labels, reports, searching
from lms.register.directory.doors import HOUSEHOLD, own_contact, pages
from lms.register.directory.forms import YES, ButtonForm, DetailsForm, MessageForm, ReportForm, refuse_where
from lms.register.directory.words import Reported, Side, Way

PAGE_SIZE = 30
BOTH = (Role.PA, Role.EMPLOYER, Role.REPRESENTATIVE)


@pages.get("/register/messages")
@requires(*BOTH)
def talks() -> ResponseReturnValue:
    """Everybody one writes with on the register, what came last first."""
    number = page_number()
    part = {"offset": (number - 1) * PAGE_SIZE, "limit": PAGE_SIZE}
    as_pa = request.args.get("as") == "pa" or not viewer().has(*HOUSEHOLD)
    if as_pa:
        found, total = contact_queries.contacts_of_pa(unit(), viewer().person_id, **part)
    else:
        found, total = contact_queries.contacts_of_household(unit(), viewer().organisations(*HOUSEHOLD), **part)
    return render_template(
        "lms/register/directory/talks.html",
        page=Page(found, number, total, size=PAGE_SIZE),
        pagination=pagination,
        as_pa=as_pa,
        both=viewer().has(Role.PA) and viewer().has(*HOUSEHOLD),
        mine=Side.PA if as_pa else Side.EMPLOYER,
        Side=Side,
        Way=Way,
    )


@pages.route("/register/messages/<uuid:contact_id>", methods=["GET", "POST"])
@requires(*BOTH)
def talk(contact_id: UUID) -> ResponseReturnValue:
    """One contact: what was written, and a message to write."""
    found, side = own_contact(contact_id)
    form = MessageForm()
    if form.validate_on_submit():
        try:
            contacts.write(
                unit(),
                once=form.key(),
                contact_id=contact_id,
                side=side,
                text=form.text.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            refuse_where(form, refusal)
        else:
            unit().commit()
            flash(_("Your message is sent."), "lms_done")
            return redirect(url_for(".talk", contact_id=contact_id))
    said = contact_queries.messages_of(unit(), contact_id)
    blocked = contact_queries.blocked_by(unit(), found.pa_id, found.employer_id)
    reachable = side is Side.PA or _reachable(found)
    return render_template(
        "lms/register/directory/talk.html",
        form=form,
        contact=found,
        side=side,
        messages=said,
        names={person.id: person.name for person in people.persons(unit(), _own_side(said, side)).values()},
        details=contact_queries.details_of(unit(), contact_id),
        blocked=blocked,
        reachable=reachable,
        labels=labels,
        Side=Side,
        Way=Way,
    )


@pages.post("/register/messages/<uuid:contact_id>/introduction")
@requires(Role.PA)
def answer_introduction(contact_id: UUID) -> ResponseReturnValue:
    """Say yes or no to an introduction by the register team."""
    own_contact(contact_id)
    agreed = request.form.get("agreed") == YES
    try:
        contacts.answer_introduction(unit(), contact_id=contact_id, pa_id=viewer().person_id, agreed=agreed, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        said = _("They know now, and can write to you.") if agreed else _("They do not learn of you. Thank you.")
        flash(said, "lms_done")
    return redirect(url_for(".talk", contact_id=contact_id))


@pages.route("/register/messages/<uuid:contact_id>/details", methods=["GET", "POST"])
@requires(Role.PA)
def pass_details(contact_id: UUID) -> ResponseReturnValue:
    """The PA passes a telephone number or e-mail address to one household."""
    found, _side = own_contact(contact_id)
    form = DetailsForm()
    if form.validate_on_submit():
        try:
            contacts.pass_details(
                unit(),
                once=form.key(),
                contact_id=contact_id,
                pa_id=viewer().person_id,
                phone=form.phone.data or "",
                email=form.email.data or "",
                passed=True,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("They can see your details now."), "lms_done")
            return redirect(url_for(".talk", contact_id=contact_id))
    return render_template("lms/register/directory/details.html", form=form, contact=found)


@pages.post("/register/messages/<uuid:contact_id>/details/back")
@requires(Role.PA)
def take_details_back(contact_id: UUID) -> ResponseReturnValue:
    """The PA takes contact details back: the household does not see them here any more."""
    own_contact(contact_id)
    form = ButtonForm()
    contacts.pass_details(
        unit(),
        once=form.key(),
        contact_id=contact_id,
        pa_id=viewer().person_id,
        phone="",
        email="",
        passed=False,
        now=now(),
    )
    unit().commit()
    flash(_("They do not see your details here any more. They may have written them down."), "lms_done")
    return redirect(url_for(".talk", contact_id=contact_id))


@pages.post("/register/messages/<uuid:contact_id>/block")
@requires(*BOTH)
def block(contact_id: UUID) -> ResponseReturnValue:
    """Close the messages between the two, or open them again. The other side is not told who did."""
    found, side = own_contact(contact_id)
    form, blocked = ButtonForm(), request.form.get("blocked") == YES
    contacts.block(
        unit(),
        once=form.key(),
        authority_id=found.authority_id,
        pa_id=found.pa_id,
        employer_id=found.employer_id,
        side=side,
        blocked=blocked,
        by=viewer().person_id,
        now=now(),
    )
    unit().commit()
    said = _("Blocked. You do not see each other here any more.") if blocked else _("You can see each other again.")
    flash(said, "lms_done")
    return redirect(url_for(".talk", contact_id=contact_id))


@pages.route("/register/messages/<uuid:contact_id>/report", methods=["GET", "POST"])
@requires(*BOTH)
def report_talk(contact_id: UUID) -> ResponseReturnValue:
    """Tell the register team that something about these messages is wrong. The team can then read them."""
    found, side = own_contact(contact_id)
    form = ReportForm()
    if form.validate_on_submit():
        try:
            reports.report(
                unit(),
                once=form.key(),
                authority_id=found.authority_id,
                kind=Reported.MESSAGES,
                target_id=contact_id,
                reason=form.chosen(),
                word=form.word.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Thank you. Somebody of the register team looks at it."), "lms_done")
            return redirect(url_for(".talk", contact_id=contact_id))
    return render_template(
        "lms/register/directory/report.html",
        form=form,
        back=url_for(".talk", contact_id=contact_id),
        back_text=found.called if side is Side.PA else found.pa_called,
        messages_read=True,
    )


def _reachable(found: contact_queries.ContactView) -> bool:
    """Whether messages of the household reach the PA today."""
    seen = searching.visible_profile(unit(), found.pa_id, found.authority_id, today(), employer_id=found.employer_id)
    return seen is not None


def _own_side(said: list[contact_queries.MessageView], side: Side) -> set[UUID]:
    """Who of one's own side wrote: one household can be two people, who should know whose words are whose."""
    return {message.by for message in said if message.side is side}
