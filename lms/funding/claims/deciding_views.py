"""Pages on which what the payer said is written down, or, where the authority pays, decided."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.i18n import money
from lms.core.web.notes import flash
from lms.core.web.state import now, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import Refused
from lms.funding.claims import services
from lms.funding.claims.doors import line_called, own_claim, pages, within
from lms.funding.claims.forms import ActionForm, LookForm, ReasonForm, RejectForm
from lms.funding.claims.home import DESK
from lms.funding.claims.queries import ClaimView
from lms.funding.claims.services import LineDecision
from lms.funding.money import pence_in
from lms.people.guards import requires, viewer


@dataclass(frozen=True)
class DecidedLine:
    """A line on the page of a decision: what was asked, and what was typed so far."""

    id: UUID
    called: str
    asked: int
    typed: str
    note: str
    error: str


@pages.route("/funding/claims/<uuid:claim_id>/decide", methods=["GET", "POST"])
@requires(*DESK)
def decide(claim_id: UUID) -> ResponseReturnValue:
    """Approve an amount for every line."""
    found = own_claim(claim_id)
    lines, errors = _typed(found), []
    if request.method == "POST":
        errors = [(line.error, f"approved-{line.id}") for line in lines if line.error]
        if not errors:
            decisions = {line.id: LineDecision(pence_in(line.typed) or 0, note=line.note) for line in lines}
            try:
                services.approve(
                    unit(),
                    claim_id=claim_id,
                    within=within(),
                    decisions=decisions,
                    by=viewer().person_id,
                    now=now(),
                )
            except Refused as refusal:
                unit().rollback()
                errors = [(say_refusal(refusal), "")]
            else:
                unit().commit()
                flash(_("The decision is recorded."), "lms_done")
                return redirect(url_for(".claim", claim_id=claim_id))
    return render_template("lms/funding/claims/decide.html", claim=found, lines=lines, errors=errors)


def _typed(found: ClaimView) -> list[DecidedLine]:
    return [
        DecidedLine(
            line.id,
            line_called(line),
            line.payable_pence,
            typed := request.form.get(f"approved-{line.id}", money(line.payable_pence).removeprefix("£"))[:20],
            request.form.get(f"note-{line.id}", "")[:500],
            "" if pence_in(typed) is not None else _("Enter an amount in pounds and pence, such as 40.00."),
        )
        for line in found.lines
    ]


@pages.route("/funding/claims/<uuid:claim_id>/action", methods=["GET", "POST"])
@requires(*DESK)
def ask_action(claim_id: UUID) -> ResponseReturnValue:
    """The payer wants something more."""
    return _with_reason(claim_id, ActionForm(), services.ask_action, _("The claim needs action now."), "action")


@pages.route("/funding/claims/<uuid:claim_id>/reject", methods=["GET", "POST"])
@requires(*DESK)
def reject(claim_id: UUID) -> ResponseReturnValue:
    """The payer refuses the whole claim."""
    return _with_reason(claim_id, RejectForm(), services.reject, _("The claim is rejected."), "reject")


def _with_reason(
    claim_id: UUID, form: ReasonForm, service: Callable[..., None], done: str, page: str
) -> ResponseReturnValue:
    found = own_claim(claim_id)
    if form.validate_on_submit():
        try:
            service(
                unit(),
                claim_id=claim_id,
                within=within(),
                reason=form.reason.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            unit().rollback()
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(done, "lms_done")
            return redirect(url_for(".claim", claim_id=claim_id))
    return render_template("lms/funding/claims/reason.html", form=form, claim=found, page=page)


@pages.route("/funding/claims/<uuid:claim_id>/looks/<uuid:look_id>", methods=["GET", "POST"])
@requires(*DESK)
def look(claim_id: UUID, look_id: UUID) -> ResponseReturnValue:
    """Say what was found when somebody looked at a claim whose certificate fell."""
    found, form = own_claim(claim_id), LookForm()
    if form.validate_on_submit():
        try:
            services.looked(
                unit(),
                look_id=look_id,
                within=within(),
                note_text=form.reason.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("What you found is kept with the claim."), "lms_done")
            return redirect(url_for(".claim", claim_id=claim_id))
    return render_template("lms/funding/claims/reason.html", form=form, claim=found, page="look")
