"""How long records of claims are kept: what is due, what holds them, and clearing them after somebody read the list."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.forms import OnceForm
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import Refused
from lms.funding.authoring.queries import schemes_for
from lms.funding.claims import keeping
from lms.funding.records import labels, queries, services
from lms.funding.records.forms import ConfirmForm, HoldForm
from lms.funding.records.words import KEEPERS, TEAM, ClearingState, HoldReason
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer

pages = room("funding_records", __name__)


@pages.get("/funding/records")
@requires(*TEAM)
def records() -> ResponseReturnValue:
    """What is due to be cleared, what is held and by whom, and what was cleared."""
    authority_id = authority_for(*TEAM)
    due = queries.due_in(unit(), authority_id, today())
    holds = queries.holds_of(unit(), [authority_id], open_only=True)
    clearings = queries.clearings_of(unit(), [authority_id])
    names = people.persons(unit(), {each.by for each in holds} | {each.made_by for each in clearings})
    number = page_number()
    return render_template(
        "lms/funding/records/records.html",
        authority=people.organisation(unit(), authority_id),
        page=Page(due[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, len(due)),
        pagination=pagination,
        ready=sum(each.due(today()) for each in due),
        holds=[each for each in holds if each.holds_on(today())],
        references=keeping.references(unit(), [each.claim_id for each in holds if each.claim_id]),
        clearings=clearings,
        names=names,
        schemes=schemes_for(unit(), authority_id, on=today()).by_code,
        labels=labels,
        may=authority_id in viewer().authorities(*KEEPERS),
        form=OnceForm(),
    )


@pages.route("/funding/records/hold", methods=["GET", "POST"])
@requires(*KEEPERS)
def hold() -> ResponseReturnValue:
    """Keep the records of a claim, or of everything under a scheme, longer."""
    authority_id, form = authority_for(*KEEPERS), HoldForm()
    schemes = schemes_for(unit(), authority_id, on=today())
    form.offer([(each.code, each.title.text(language())) for each in schemes.all])
    if form.validate_on_submit() and _write_hold(form, authority_id):
        unit().commit()
        flash(_("Held. Nothing of it is cleared until you let it go."), "lms_done")
        return redirect(url_for(".records", authority=authority_id))
    return render_template(
        "lms/funding/records/hold.html", form=form, authority=people.organisation(unit(), authority_id)
    )


@pages.post("/funding/records/holds/<uuid:hold_id>/end")
@requires(*KEEPERS)
def let_go(hold_id: UUID) -> ResponseReturnValue:
    """Let records go again."""
    within = viewer().authorities(*KEEPERS)
    found = queries.hold(unit(), hold_id, within=within)
    services.let_go(unit(), hold_id=hold_id, within=within, by=viewer().person_id, now=now())
    unit().commit()
    flash(_("Let go. The scheme's own time counts again."), "lms_done")
    return redirect(url_for(".records", authority=found.authority_id))


@pages.post("/funding/records/clearings")
@requires(*KEEPERS)
def attempt() -> ResponseReturnValue:
    """List what could be cleared today; nothing is cleared by it."""
    authority_id, form = authority_for(*KEEPERS), OnceForm()
    try:
        services.attempt(unit(), once=form.key(), authority_id=authority_id, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
        return redirect(url_for(".records", authority=authority_id))
    unit().commit()
    return redirect(url_for(".clearing", clearing_id=form.key()))


@pages.route("/funding/records/clearings/<uuid:clearing_id>", methods=["GET", "POST"])
@requires(*TEAM)
def clearing(clearing_id: UUID) -> ResponseReturnValue:
    """One clearing: what it lists, what became of it, and having it done."""
    found = queries.clearing(unit(), clearing_id, within=viewer().authorities(*TEAM))
    may, form = found.authority_id in viewer().authorities(*KEEPERS), ConfirmForm()
    if may and form.validate_on_submit():
        try:
            services.confirm(
                unit(),
                clearing_id=clearing_id,
                within=viewer().authorities(*KEEPERS),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The records are being cleared. This page says what became of each."), "lms_done")
            return redirect(url_for(".clearing", clearing_id=clearing_id))
    number = page_number()
    claims, total = queries.claims_of(unit(), clearing_id, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template(
        "lms/funding/records/clearing.html",
        found=found,
        form=form,
        page=Page(claims, number, total),
        pagination=pagination,
        outcomes=queries.outcomes_of(unit(), clearing_id),
        names=people.persons(unit(), {each for each in (found.made_by, found.confirmed_by) if each}),
        labels=labels,
        may=may,
        ClearingState=ClearingState,
    )


@pages.post("/funding/records/clearings/<uuid:clearing_id>/put-aside")
@requires(*KEEPERS)
def put_aside(clearing_id: UUID) -> ResponseReturnValue:
    """Do nothing with a clearing that was only listed."""
    within = viewer().authorities(*KEEPERS)
    found = queries.clearing(unit(), clearing_id, within=within)
    try:
        services.put_aside(unit(), clearing_id=clearing_id, within=within, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("Put aside. Nothing was cleared."), "lms_done")
    return redirect(url_for(".records", authority=found.authority_id))


def _write_hold(form: HoldForm, authority_id: UUID) -> bool:
    """Write down a hold; False, with what is wrong on the form, when it could not be."""
    typed, scheme = (form.reference.data or "").strip(), form.scheme.data or None
    if bool(typed) is bool(scheme):
        form.reference.errors = [_("Enter the reference of a claim, or choose a scheme.")]
        return False
    claim_id = queries.claim_by_reference(unit(), authority_id, typed) if typed else None
    if typed and claim_id is None:
        form.reference.errors = [_("There is no claim with this reference. Look at it again.")]
        return False
    try:
        services.hold(
            unit(),
            once=form.key(),
            authority_id=authority_id,
            claim_id=claim_id,
            scheme=scheme,
            reason=HoldReason(form.reason.data),
            note=form.note.data or "",
            until=form.until.data,
            by=viewer().person_id,
            now=now(),
        )
    except Refused as refusal:
        form.refuse(say_refusal(refusal))
        return False
    return True
