"""The pages by which somebody is asked, and those that show what was asked and what proves the answer."""

from datetime import datetime
from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.assessment import places
from lms.assessment.knowledge.pieces import code_of
from lms.assessment.links import queries, services
from lms.assessment.links.forms import AskForm, DaysForm
from lms.assessment.links.rules import Asks
from lms.assessment.links.texts import ASKED_AS, COLOURS, STATES
from lms.assessment.queries import signed_off
from lms.assessment.standing import allocated_units
from lms.core import i18n
from lms.core.clock import LONDON
from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.state import house, now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

pages = room("links", __name__)


def _door(enrolment_id: UUID, unit_code: str | None = None) -> tuple[EnrolmentView, Asks]:
    """An enrolment, and in which part the viewer may ask about a unit of it. Raises NotFound for a stranger."""
    enrolment = learning.enrolment(unit(), enrolment_id)
    part = queries.asks_as(unit(), viewer(), enrolment, today=today(), unit=unit_code)
    if part is None:
        raise NotFound("learner")
    return enrolment, part


@pages.route("/asked-by-link/<uuid:enrolment_id>/<unit_code>", methods=["GET", "POST"])
@requires(Role.PA, Role.ASSESSOR, Role.COORDINATOR)
def ask(enrolment_id: UUID, unit_code: str) -> ResponseReturnValue:
    """Ask somebody by a one-time link what they saw."""
    enrolment, part = _door(enrolment_id, unit_code)
    placed = places.unit_of(unit(), enrolment, unit_code)
    learner = people.person(unit(), enrolment.learner_id)
    texts = house().settings.texts
    form = AskForm()
    form.offer(
        [(line.key, f"{code_of(line)}: {line.text.text(language())}") for line in placed.unit.practice],
        queries.candidates(unit(), enrolment, today=today()),
        learner=None if part is Asks.LEARNER else learner.name,
        texts=texts,
    )
    if form.validate_on_submit():
        try:
            services.ask(
                unit(),
                id=form.key(),
                enrolment_id=enrolment_id,
                unit=unit_code,
                lines=form.lines.data or [],
                whom=form.asked(),
                by=viewer().person_id,
                now=now(),
                language=form.language.data,
                texts=texts,
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            name = queries.link(unit(), form.key()).name
            flash(_("%(name)s is asked. You hear when they answer.", name=name), "lms_done")
            return redirect(url_for(".asked", enrolment_id=enrolment_id))
    return render_template(
        "lms/assessment/links/ask.html",
        form=form,
        enrolment=enrolment,
        placed=placed,
        name=learner.name,
        own=part is Asks.LEARNER,
        texts=texts,
        days=queries.days_of(unit(), enrolment.authority_id),
        over=unit_code in signed_off(unit(), enrolment_id) or enrolment.ended,
        unreached=any(one.email is None for one in queries.candidates(unit(), enrolment, today=today())),
    )


@pages.get("/asked-by-link/<uuid:enrolment_id>")
@requires(Role.PA, Role.ASSESSOR, Role.COORDINATOR)
def asked(enrolment_id: UUID) -> ResponseReturnValue:
    """Who was asked about a learner, and where each link stands."""
    enrolment, part = _door(enrolment_id)
    only = allocated_units(unit(), viewer().person_id, enrolment_id, today()) if part is Asks.ASSESSOR else None
    all_units = {placed.unit.code: placed for placed in places.units_of(unit(), enrolment)}
    units = {code: placed for code, placed in all_units.items() if only is None or code in only}
    found = [each for each in queries.links_of(unit(), enrolment_id) if only is None or each.unit in only]
    coordinates = enrolment.authority_id in viewer().authorities(Role.COORDINATOR)
    return render_template(
        "lms/assessment/links/asked.html",
        enrolment=enrolment,
        links=[(each, each.state(now())) for each in found],
        units=units,
        name=people.person(unit(), enrolment.learner_id).name,
        own=part is Asks.LEARNER,
        may_end={each.id for each in found if coordinates or each.asked_by == viewer().person_id},
        may_prove=queries.may_see_proof(unit(), viewer(), enrolment, today=today()),
        with_practice=[placed for placed in units.values() if placed.unit.practice],
        states=STATES,
        colours=COLOURS,
        now=now(),
    )


@pages.post("/asked-by-link/links/<uuid:link_id>/cancel")
@requires(Role.PA, Role.ASSESSOR, Role.COORDINATOR)
def cancel(link_id: UUID) -> ResponseReturnValue:
    """End a link before it is answered."""
    return _change(link_id, services.cancel, _("Cancelled. The link opens nothing any more."))


@pages.post("/asked-by-link/links/<uuid:link_id>/again")
@requires(Role.PA, Role.ASSESSOR, Role.COORDINATOR)
def send_again(link_id: UUID) -> ResponseReturnValue:
    """Send a link once more."""
    return _change(link_id, services.send_again, _("Sent once more."))


def _change(link_id: UUID, change: services.Change, said: str) -> ResponseReturnValue:
    found = queries.link(unit(), link_id)
    try:
        change(unit(), link_id=link_id, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(said, "lms_done")
    return redirect(url_for(".asked", enrolment_id=found.enrolment_id))


@pages.get("/asked-by-link/links/<uuid:link_id>/proof")
@requires(Role.ASSESSOR, Role.COORDINATOR, Role.QUALITY_ASSURER)
def proof(link_id: UUID) -> ResponseReturnValue:
    """Who was asked, what stood before them, what they said, and when."""
    found = queries.link(unit(), link_id)
    enrolment = learning.enrolment(unit(), found.enrolment_id)
    if not queries.may_see_proof(unit(), viewer(), enrolment, today=today(), unit=found.unit):
        raise NotFound("link")
    return render_template(
        "lms/assessment/links/proof.html",
        link=found,
        state=found.state(now()),
        proof=queries.proof(unit(), link_id),
        notes_said=queries.notes_of(unit(), link_id),
        learner=people.person(unit(), found.learner_id),
        asked_by=people.person(unit(), found.asked_by),
        asked_as=ASKED_AS[found.asked_as],
        states=STATES,
        colours=COLOURS,
        sendings=queries.sendings(unit(), link_id),
        moment=_moment,
    )


def _moment(text: str) -> str:
    """A moment of the record as people read it, to the second, by the clocks of the United Kingdom."""
    at = datetime.fromisoformat(text).astimezone(LONDON)
    return _("%(day)s at %(time)s", day=i18n.day(at, language()), time=at.strftime("%H:%M:%S"))


@pages.route("/asked-by-link/days", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def days() -> ResponseReturnValue:
    """How many days links of the authority work."""
    authority = authority_for(Role.COORDINATOR)
    form = DaysForm(days=queries.days_of(unit(), authority))
    if form.validate_on_submit():
        try:
            services.set_days(
                unit(),
                id=form.key(),
                authority_id=authority,
                days=form.days.data or 0,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved. It counts for links that are sent from now on."), "lms_done")
            return redirect(url_for(".days", authority=authority))
    return render_template("lms/assessment/links/days.html", form=form)
