"""The pages on which many PAs are reminded at once: who would be told what, and what was sent."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.i18n import LANGUAGE_NAMES, Language, say_in
from lms.core.web.forms import OnceForm
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import N_, Refused
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.register.doors import TEAM
from lms.register.lists import Chosen
from lms.register.reminding import queries, services
from lms.register.reminding.rules import LeftOut
from lms.register.team_words import NEXT
from lms.register.texts import step_said

pages = room("reminding", __name__)

OUT = {
    LeftOut.NOTHING_TO_DO: N_("Nothing is left for them to do: %(number)s."),
    LeftOut.FOR_THE_TEAM: N_("What comes next is yours to do, not theirs: %(number)s."),
    LeftOut.JUST_REMINDED: N_("Reminded of the same in the last 14 days: %(number)s."),
}


@pages.route("/register/reminders/new", methods=["GET", "POST"])
@requires(*TEAM)
def preview() -> ResponseReturnValue:
    """Whom a reminder would reach and what it says, before it is sent."""
    authority, chosen = authority_for(*TEAM), Chosen.read(request.args)
    form = OnceForm()
    if form.validate_on_submit():
        try:
            services.send(
                unit(), once=form.key(), authority_id=authority, chosen=chosen, by=viewer().person_id, now=now()
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Reminders are on their way."), "lms_done")
            return redirect(url_for(".sent", authority=authority))
    found = queries.preview(unit(), authority, today(), chosen, now())
    return render_template(
        "lms/register/reminding/preview.html",
        form=form,
        authority=authority,
        told=chosen.told(),
        found=found,
        steps=[(_(NEXT[step]), count) for step, count in found.steps.items()],
        out=[_(OUT[why], number=count) for why, count in found.out.items()],
        tongues=[(LANGUAGE_NAMES[Language(tongue)], count) for tongue, count in found.languages.items()],
        samples=_samples(found),
    )


@pages.get("/register/reminders")
@requires(*TEAM)
def sent() -> ResponseReturnValue:
    """What was sent, by whom, and how far it is."""
    authority, number = authority_for(*TEAM), page_number()
    rows, total = queries.sent(unit(), authority, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template(
        "lms/register/reminding/sent.html",
        authority=authority,
        page=Page(rows, number, total),
        pagination=pagination,
        names=people.persons(unit(), {row.asked_by for row in rows}),
    )


def _samples(found: queries.Preview) -> list[tuple[str, str]]:
    """What a PA reads, for the step most have before them, in each language somebody on the list reads."""
    if not found.steps:
        return []
    step = max(found.steps, key=lambda each: found.steps[each])
    return [(tongue, step_said(step, say_in(tongue))) for tongue in found.languages]
