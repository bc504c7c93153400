"""Pages on which a claim is made ready and sent in: what is in the way, terms, drafts put together, the declaration."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.state import now, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import Refused
from lms.funding.authoring.views import WRITERS
from lms.funding.claims import services
from lms.funding.claims.doors import line_called, own_claim, pages, within
from lms.funding.claims.forms import JustifyForm, SubmitForm
from lms.funding.claims.home import DESK
from lms.funding.claims.queries import ClaimRow, ClaimView
from lms.funding.claims.saying import Said, names_of, say_changes, say_obstacles
from lms.funding.obstacles import ObstacleCode
from lms.people import queries as people
from lms.people.guards import requires, viewer

TERMS_NOT_ACCEPTED = ObstacleCode.TERMS_NOT_ACCEPTED


@dataclass(frozen=True)
class Standing:
    """A claim as it would be sent in now, in words: what is in the way with the lines it is about, what changed."""

    in_the_way: Sequence[tuple[Said, Sequence[str], int]]
    blocked: bool
    changes: Sequence[tuple[str, str, str]]
    digest: str | None
    accepted_by: str | None
    may_accept: bool
    may_confirm: bool
    total: int

    @classmethod
    def of(cls, found: ClaimView) -> Self:
        """Look at everything now."""
        checked = services.check(unit(), found.id, now=now())
        lines = {line.id: line_called(line) for line in found.lines}
        may_accept = services.may_accept_here(unit(), found.id, by=viewer().person_id, now=now())
        # Who may accept the terms does so with the sending: nobody else has to be asked.
        others = tuple(each for each in checked.obstacles if not (may_accept and each.code is TERMS_NOT_ACCEPTED))
        said = say_obstacles(others, _, language())
        accepted = checked.accepted
        return cls(
            in_the_way=[(each, names_of(lines, each), len(each.lines)) for each in said],
            blocked=any(each.blocks for each in others),
            changes=say_changes(checked.changes, _) if checked.digest else [],
            digest=checked.digest,
            accepted_by=people.person(unit(), accepted.by).name if accepted else None,
            may_accept=may_accept,
            may_confirm=found.authority_id in viewer().authorities(*WRITERS),
            total=sum(each.verdict.amount for each in checked.judged),
        )


@pages.route("/funding/claims/<uuid:claim_id>/submit", methods=["GET", "POST"])
@requires(*DESK)
def submit(claim_id: UUID) -> ResponseReturnValue:
    """Send in a claim, with the declaration of whoever may accept the terms."""
    found, form = own_claim(claim_id), SubmitForm()
    standing = Standing.of(found)
    if form.validate_on_submit():
        try:
            sent = services.submit(
                unit(),
                claim_id=claim_id,
                within=within(),
                by=viewer().person_id,
                now=now(),
                once=form.key(),
                accept=bool(form.accept.data),
                version=found.version if not form.version.data else _version(form.version.data),
            )
        except Refused as refusal:
            unit().rollback()
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The claim is sent in."), "lms_done")
            del sent
            return redirect(url_for(".claim", claim_id=claim_id))
    elif not form.is_submitted():
        form.version.data = str(found.version)
    return render_template("lms/funding/claims/submit.html", form=form, claim=found, standing=standing)


def _version(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 9 else 0


@pages.post("/funding/claims/<uuid:claim_id>/accept")
@requires(*DESK)
def accept(claim_id: UUID) -> ResponseReturnValue:
    """Accept the terms for a claim that somebody else will send in."""
    own_claim(claim_id)
    version = _version(request.form.get("version", ""))
    return _done(
        claim_id,
        lambda: services.accept_terms(
            unit(), claim_id=claim_id, within=within(), by=viewer().person_id, now=now(), version=version
        ),
        _("You accepted the terms. The claim can be sent in when nothing else is in the way."),
    )


@pages.post("/funding/claims/<uuid:claim_id>/terms")
@requires(*DESK)
def choose_terms(claim_id: UUID) -> ResponseReturnValue:
    """Take up what the scheme says now, or keep what stood when the draft was opened."""
    own_claim(claim_id)
    return _done(
        claim_id,
        lambda: services.choose_terms(
            unit(),
            claim_id=claim_id,
            within=within(),
            digest=request.form.get("digest", "")[:64],
            take_up=request.form.get("take_up") == "yes",
            by=viewer().person_id,
            now=now(),
        ),
        _("Your choice is kept."),
    )


@pages.route("/funding/claims/<uuid:claim_id>/join", methods=["GET", "POST"])
@requires(*DESK)
def join(claim_id: UUID) -> ResponseReturnValue:
    """Put drafts of the same scheme and claimant together."""
    found = own_claim(claim_id)
    others: list[ClaimRow] = services.joinable(unit(), claim_id, within=within())
    error = ""
    if request.method == "POST":
        asked = set(request.form.getlist("draft"))
        chosen = [row.id for row in others if str(row.id) in asked]
        try:
            came = services.join(
                unit(), into=claim_id, others=chosen, within=within(), by=viewer().person_id, now=now()
            )
        except Refused as refusal:
            unit().rollback()
            error = say_refusal(refusal)
        else:
            unit().commit()
            flash(_("%(count)s lines came into this draft.", count=came), "lms_done")
            return redirect(url_for(".claim", claim_id=claim_id))
    return render_template("lms/funding/claims/join.html", claim=found, others=others, error=error)


@pages.route("/funding/claims/<uuid:claim_id>/why", methods=["GET", "POST"])
@requires(*DESK)
def justify(claim_id: UUID) -> ResponseReturnValue:
    """Say to the payer why."""
    found, form = own_claim(claim_id), JustifyForm()
    if not form.is_submitted():
        form.text.data = found.justification
    if form.validate_on_submit():
        try:
            services.justify(
                unit(),
                claim_id=claim_id,
                within=within(),
                text=form.text.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Your words are kept."), "lms_done")
            return redirect(url_for(".claim", claim_id=claim_id))
    return render_template("lms/funding/claims/why.html", form=form, claim=found)


@pages.post("/funding/claims/<uuid:claim_id>/again")
@requires(*DESK)
def resubmit(claim_id: UUID) -> ResponseReturnValue:
    """Open a new draft after a rejection."""
    found = own_claim(claim_id)
    once = request.form.get("once", "")
    try:
        again = services.resubmit(
            unit(), claim_id=claim_id, once=UUID(once), within=within(), by=viewer().person_id, now=now()
        )
    except (Refused, ValueError) as trouble:
        unit().rollback()
        flash(say_refusal(trouble) if isinstance(trouble, Refused) else _("Open the page anew."), "lms_note")
        return redirect(url_for(".claim", claim_id=found.id))
    unit().commit()
    flash(_("A new draft is open. It follows the rejected claim."), "lms_done")
    return redirect(url_for(".claim", claim_id=again))


def _done(claim_id: UUID, call: object, said: str) -> ResponseReturnValue:
    assert callable(call)
    try:
        call()
    except Refused as refusal:
        unit().rollback()
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(said, "lms_done")
    return redirect(url_for(".claim", claim_id=claim_id))
