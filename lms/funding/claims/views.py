"""Pages about claims: the list, one claim, its lines and costs. Doorways; services and queries decide."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.content import Words
from lms.core.i18n import day, money
from lms.core.web.notes import flash
from lms.core.web.pages import Page, addresses, page_number, pagination
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, _n, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.funding import texts
from lms.funding.authoring.queries import as_confirmed
from lms.funding.claims import deciding_views, listing, queries, sending_views, services, training_views
from lms.funding.claims.deciding import decided_here
from lms.funding.claims.doors import called, own_claim, pages, told, within
from lms.funding.claims.forms import CostForm, QuoteForm, WithdrawForm
from lms.funding.claims.home import DESK
from lms.funding.claims.listing import Listed
from lms.funding.claims.queries import OPEN_STATES, ClaimView, LineView, Wanted
from lms.funding.claims.sending_views import Standing
from lms.funding.labels import MISSING
from lms.funding.reasons import Deadline
from lms.funding.records.queries import cleared_on
from lms.funding.texts import Told
from lms.funding.vocabulary import MOVES, ClaimantKind, ClaimShape, ClaimState, Part
from lms.learning.titles import titles
from lms.people.guards import requires, viewer
from lms.people.rules import Role

__all__ = ["deciding_views", "pages", "sending_views", "training_views"]

LINES = 25
"""Lines that stand on one page of a claim, and claims on one page of the list."""

AGES = (30, 60, 90)
"""For how many days a claim has stood where it stands, as the filter offers it."""


@dataclass(frozen=True)
class ShownLine:
    """A line with its verdict in words; `called` is its training's title, `part` says which part it is."""

    line: LineView
    told: Told
    called: str
    part: str


@dataclass(frozen=True)
class ListedClaim:
    """A claim in the list, with everything in words."""

    reference: str
    address: str
    whose: str
    scheme: Words
    state: str
    amount: str
    missing: str
    last_day: str


@pages.get("/funding/claims")
@requires(*DESK)
def claims() -> ResponseReturnValue:
    """The claims of the viewer's authorities, newest first, narrowed as asked."""
    number, mine = page_number(), within()
    wanted = _wanted(mine)
    counts = queries.count_by_state(unit(), mine)
    narrowed = wanted != Wanted(state=wanted.state)
    total = counts.get(wanted.state, 0) if wanted.state else sum(counts.values())
    if narrowed:
        total = listing.count(unit(), mine, wanted)
    found = listing.page_of(unit(), mine, wanted, offset=(number - 1) * LINES, limit=LINES)
    return render_template(
        "lms/funding/claims.html",
        page=Page(_listed(found), number, total, LINES),
        pagination=pagination,
        state=wanted.state,
        wanted=wanted,
        typed=request.args,
        ages=AGES,
        schemes=listing.schemes_claimed(unit(), mine),
        claimants=listing.claimants_of(unit(), mine),
        states=[(each.value, _(texts.STATES[each]), counts.get(each, 0)) for each in ClaimState],
    )


def _wanted(mine: frozenset[UUID]) -> Wanted:
    """What the list is asked for; what makes no sense does not narrow it."""
    asked = request.args
    text = asked.get("text", "").strip()[:60]
    days = asked.get("age", "")
    return Wanted(
        state=ClaimState(asked["state"]) if asked.get("state") in set(ClaimState) else None,
        scheme=asked.get("scheme", "")[:40] or None,
        claimant=_uuid(asked.get("claimant", "")),
        older_than=now() - timedelta(days=int(days)) if days in {str(age) for age in AGES} else None,
        text=text,
        learners=listing.learners_named(unit(), mine, text, today()) if text else (),
        needs_look=asked.get("look") == "yes",
    )


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed) if typed else None
    except ValueError:
        return None


@pages.get("/funding/claims/<uuid:claim_id>")
@requires(*DESK)
def claim(claim_id: UUID) -> ResponseReturnValue:
    """One claim: what to do next and what is in the way, its lines with their sums, and what happened to it."""
    found, number = own_claim(claim_id), page_number()
    part = found.lines[(number - 1) * LINES : number * LINES]
    moves = [(move, _(texts.STATES[move.went_to])) for move in queries.moves_of(unit(), claim_id)]
    sent = any(
        move.went_to is ClaimState.SUBMITTED for move, _state in moves
    )  # before that there is none of what follows
    decided = found.sums.approved is not None or found.state is ClaimState.REJECTED
    return render_template(
        "lms/funding/claim.html",
        claim=found,
        state=_(texts.STATES[found.state]),
        title=claim_title(found),
        standing=Standing.of(found) if found.state in OPEN_STATES else None,
        page=Page([_shown(found, line) for line in part], number, len(found.lines), LINES),
        pagination=pagination,
        moves=moves,
        submissions=queries.submissions_of(unit(), claim_id) if sent else [],
        decisions=queries.decisions_of(unit(), claim_id) if decided else [],
        looks=queries.looks_of(unit(), claim_id) if sent else [],
        recoveries=queries.recoveries_of(unit(), claim_id) if decided else [],
        once=uuid4(),
        cleared_on=None if found.state in OPEN_STATES else cleared_on(unit(), [claim_id]).get(claim_id),
        related=queries.related(unit(), claim_id, within=within()),
        may_record=found.state in OPEN_STATES,
        may_withdraw=ClaimState.WITHDRAWN in MOVES[found.state],
        application=found.shape is ClaimShape.APPLICATION,
        may_pay_out=_may_pay_out(found),
    )


def _may_pay_out(found: ClaimView) -> bool:
    """Whether the viewer may look where an approved application is paid to."""
    return (
        found.state is ClaimState.APPROVED
        and found.claimant_kind is ClaimantKind.INDIVIDUAL_EMPLOYER
        and found.authority_id in viewer().authorities(Role.FUNDING_OFFICER)
        and decided_here(unit(), found.id)
    )


def claim_title(found: ClaimView) -> str:
    """What the page of a claim or an application is headed with."""
    if found.shape is ClaimShape.APPLICATION:
        return _("Application %(reference)s", reference=found.reference)
    return _("Claim %(reference)s", reference=found.reference)


@pages.get("/funding/claims/<uuid:claim_id>/lines/<uuid:line_id>")
@requires(*DESK)
def line(claim_id: UUID, line_id: UUID) -> ResponseReturnValue:
    """One line of a claim: its answer with reasons and figures, and what is missing."""
    found = own_claim(claim_id)
    return render_template(
        "lms/funding/claims/line.html",
        claim=found,
        shown=_shown(found, _line_of(found, line_id)),
        may_record=found.state in OPEN_STATES,
        may_take_out=found.state in OPEN_STATES and len(found.lines) > 1,
    )


@pages.post("/funding/claims/<uuid:claim_id>/lines/<uuid:line_id>/take-out")
@requires(*DESK)
def take_out(claim_id: UUID, line_id: UUID) -> ResponseReturnValue:
    """Take a line out of a draft."""
    _line_of(own_claim(claim_id), line_id)
    try:
        services.take_line_out(unit(), line_id=line_id, within=within(), by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("The line is taken out."), "lms_done")
    return redirect(url_for(".claim", claim_id=claim_id))


@pages.route("/funding/claims/<uuid:claim_id>/cost", methods=["GET", "POST"])
@pages.route("/funding/claims/<uuid:claim_id>/lines/<uuid:line_id>/cost", methods=["GET", "POST"])
@requires(*DESK)
def cost(claim_id: UUID, line_id: UUID | None = None) -> ResponseReturnValue:
    """Record what a line's training cost; of a claim with one line it need not be named."""
    found = own_claim(claim_id)
    form = QuoteForm() if found.shape is ClaimShape.APPLICATION else CostForm()
    about = _line_of(found, line_id)
    if form.validate_on_submit():
        try:
            services.record_cost(
                unit(),
                cost_id=form.key(),
                line_id=about.id,
                within=within(),
                cost_pence=form.cost_pence,
                paid_on=form.paid_on.data or today() if isinstance(form, CostForm) else None,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The cost is recorded."), "lms_done")
            return redirect(url_for(".claim", claim_id=claim_id))
    return render_template("lms/funding/cost.html", form=form, claim=found, shown=_shown(found, about))


@pages.route("/funding/claims/<uuid:claim_id>/withdraw", methods=["GET", "POST"])
@requires(*DESK)
def withdraw(claim_id: UUID) -> ResponseReturnValue:
    """Withdraw a claim, saying why."""
    found, form = own_claim(claim_id), WithdrawForm()
    if form.validate_on_submit():
        try:
            services.withdraw(
                unit(),
                claim_id=claim_id,
                within=within(),
                reason=form.reason.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The claim is withdrawn."), "lms_done")
            return redirect(url_for(".claim", claim_id=claim_id))
    return render_template("lms/funding/withdraw.html", form=form, claim=found)


def _line_of(found: ClaimView, line_id: UUID | None) -> LineView:
    wanted = line_id or (found.lines[0].id if len(found.lines) == 1 else None)
    about = next((line for line in found.lines if line.id == wanted), None)
    if about is None:
        raise NotFound("line")
    return about


def _shown(found: ClaimView, line: LineView) -> ShownLine:
    verdict = line.verdict
    if found.state in OPEN_STATES:  # what was sent in keeps saying how sure its figures were then
        verdict = as_confirmed(unit(), found.authority_id, verdict, on=today())
    parts = {Part.FIRST: _("First part"), Part.SECOND: _("Second part")}
    return ShownLine(line, told(verdict), called(line.training), parts.get(line.part, ""))


def _listed(found: list[Listed]) -> list[ListedClaim]:
    """The rows of a page in words; what all rows have in common is looked up once."""
    titles_known, tongue = titles(unit(), language()), language()
    links = addresses(".claim", "claim_id", [each.id for each in found])
    states = {state: _(said) for state, said in texts.STATES.items()}
    nothing, none_stated = _("Nothing"), _("None stated")
    return [
        ListedClaim(
            reference=each.reference,
            address=links[each.id],
            whose=_whose(each, titles_known),
            scheme=each.scheme_title,
            state=states[each.state],
            amount=_amount(each) or nothing,
            missing=_missing(each, nothing),
            last_day=_last_day(each, tongue) or none_stated,
        )
        for each in found
    ]


def _whose(each: Listed, titles_known: Mapping[str, str]) -> str:
    who = each.learner_name or _n("%(num)s person", "%(num)s people", each.learners)
    what = titles_known.get(each.training, each.training)
    return f"{who}, {what or _n('%(num)s line', '%(num)s lines', each.lines)}"


def _amount(each: Listed) -> str:
    if each.approved is not None:
        return money(each.approved)
    if each.payable is None:
        return ""
    said = money(each.payable) if each.cost_known else _("up to %(amount)s", amount=money(each.payable))
    return said if each.is_fact else f"{said} ({_('example')})"


def _missing(each: Listed, nothing: str) -> str:
    if each.missing is None:
        return _("See the claim")
    return "; ".join(_(MISSING[code]) for code in each.missing) or nothing


def _last_day(each: Listed, tongue: str) -> str:
    if each.act and each.last_day:
        return texts.deadline(Deadline(each.act, each.last_day), _, tongue)
    return day(each.last_day, tongue) if each.last_day else ""
