"""Pages about claims: the list, one claim, what could pay for a training. Doorways; services and queries decide."""

from dataclasses import dataclass
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.funding import queries, services, texts
from lms.funding.forms import CostForm, WithdrawForm
from lms.funding.home import DESK
from lms.funding.queries import OPEN_STATES, ClaimView, SchemeVerdict
from lms.funding.reasons import Verdict
from lms.funding.texts import Brief, Told
from lms.funding.trainings import Choice, Training, choices_for, training_of
from lms.funding.vocabulary import MOVES, ClaimState, SchemeStatus
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.people.rules import Role

pages = room("funding", __name__)


@dataclass(frozen=True)
class ClaimLine:
    """A claim with its verdict in words."""

    claim: ClaimView
    told: Told
    state: str


@dataclass(frozen=True)
class ListedLine:
    """A claim in the list, with what the list says of its verdict."""

    claim: ClaimView
    told: Brief
    state: str


@dataclass(frozen=True)
class SchemeLine:
    """A scheme's answer in words, what may help to change it, and the claim it led to."""

    found: SchemeVerdict
    told: Told
    hint: str
    claim_id: UUID | None


@pages.get("/funding/claims")
@requires(*DESK)
def claims() -> ResponseReturnValue:
    """The claims of the viewer's authorities, newest first; narrowed to one state when one is asked for."""
    state, number = _asked_state(), page_number()
    within = viewer().authorities(*DESK)
    counts = queries.count_by_state(unit(), within)
    total = sum(counts.values()) if state is None else counts.get(state, 0)
    found = queries.claims_in(unit(), within, state=state, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template(
        "lms/funding/claims.html",
        page=Page([_listed(claim) for claim in found], number, total),
        pagination=pagination,
        state=state,
        states=[(each.value, _(texts.STATES[each]), counts.get(each, 0)) for each in ClaimState],
    )


@pages.get("/funding/claims/<uuid:claim_id>")
@requires(*DESK)
def claim(claim_id: UUID) -> ResponseReturnValue:
    """One claim: the verdict with its reasons and figures, what is missing, and what happened to it."""
    found = _own(claim_id)
    moves = [(move, _(texts.STATES[move.went_to])) for move in queries.moves_of(unit(), claim_id)]
    return render_template(
        "lms/funding/claim.html",
        line=_line(found),
        moves=moves,
        may_record=found.state in OPEN_STATES,
        may_withdraw=ClaimState.WITHDRAWN in MOVES[found.state],
    )


@pages.route("/funding/claims/<uuid:claim_id>/cost", methods=["GET", "POST"])
@requires(*DESK)
def cost(claim_id: UUID) -> ResponseReturnValue:
    """Record what the training cost."""
    found, form = _own(claim_id), CostForm()
    if form.validate_on_submit():
        try:
            services.record_cost(
                unit(),
                cost_id=form.key(),
                claim_id=claim_id,
                within=viewer().authorities(*DESK),
                cost_pence=form.cost_pence,
                paid_on=form.paid_on.data or today(),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The cost is recorded."), "lms_done")
            return redirect(url_for(".claim", claim_id=claim_id))
    return render_template("lms/funding/cost.html", form=form, line=_line(found))


@pages.route("/funding/claims/<uuid:claim_id>/withdraw", methods=["GET", "POST"])
@requires(*DESK)
def withdraw(claim_id: UUID) -> ResponseReturnValue:
    """Withdraw a claim, saying why."""
    found, form = _own(claim_id), WithdrawForm()
    if form.validate_on_submit():
        try:
            services.withdraw(
                unit(),
                claim_id=claim_id,
                within=viewer().authorities(*DESK),
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
    return render_template("lms/funding/withdraw.html", form=form, line=_line(found))


@pages.get("/funding/people/<uuid:learner_id>")
@requires(*DESK)
def training(learner_id: UUID) -> ResponseReturnValue:
    """What could pay for one of a learner's trainings: every scheme's answer with its reasons."""
    choices = _own_choices(learner_id)
    chosen = _chosen(choices, request.args.get("training"))
    lines = _schemes(_about(chosen)) if chosen else []
    return render_template(
        "lms/funding/training.html",
        learner=people.person(unit(), learner_id),
        choices=choices,
        chosen=chosen,
        could=[line for line in lines if line.found.verdict.claimable],
        could_not=[line for line in lines if not line.found.verdict.claimable and not _over(line)],
        over=[line for line in lines if not line.found.verdict.claimable and _over(line)],
    )


@pages.post("/funding/people/<uuid:learner_id>/claims")
@requires(*DESK)
def open_claim(learner_id: UUID) -> ResponseReturnValue:
    """Open a draft where none opened by itself, such as under a scheme that was added after the certificate."""
    chosen = _chosen(_own_choices(learner_id), request.form.get("training", ""))
    if chosen is None:
        raise NotFound("training")
    about, wanted = _about(chosen), request.form.get("scheme")
    found = next((f for f in queries.verdicts_for(unit(), about, on=today()) if f.scheme.code == wanted), None)
    if found is None:
        raise NotFound("scheme")
    try:
        services.open_draft(unit(), training=about, found=found, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
        return redirect(url_for(".training", learner_id=learner_id, training=chosen.code))
    unit().commit()
    opened = queries.claims_for(unit(), learner_id, chosen.code, within=viewer().authorities(*DESK))
    flash(_("A draft claim is open."), "lms_done")
    return redirect(url_for(".claim", claim_id=opened[found.scheme.code, found.asked.item]))


def _own_choices(learner_id: UUID) -> list[Choice]:
    """The trainings of a learner of these authorities; anybody else's learner answers 404."""
    within = viewer().authorities(*DESK)
    if not people.holds(unit(), learner_id, Role.PA, within, today()):
        raise NotFound("person")
    return choices_for(unit(), learner_id, within)


def _chosen(choices: list[Choice], asked: str | None) -> Choice | None:
    if asked is None:
        return choices[0] if choices else None
    found = next((choice for choice in choices if choice.code == asked), None)
    if found is None:
        raise NotFound("training")
    return found


def _about(chosen: Choice) -> Training:
    return training_of(
        unit(),
        chosen.enrolment_id,
        chosen.code,
        completed_on=chosen.completed_on,
        certificate_id=chosen.certificate_id,
        on=today(),
    )


def _schemes(about: Training) -> list[SchemeLine]:
    opened = queries.claims_for(unit(), about.learner_id, about.code, within=viewer().authorities(*DESK))
    return [
        SchemeLine(
            found,
            _told(found.verdict),
            texts.hint(found.scheme, found.verdict, _),
            opened.get((found.scheme.code, found.asked.item)),
        )
        for found in queries.verdicts_for(unit(), about, on=today())
    ]


def _over(line: SchemeLine) -> bool:
    return line.found.scheme.status in {SchemeStatus.CLOSED, SchemeStatus.WITHDRAWN}


def _own(claim_id: UUID) -> ClaimView:
    return queries.claim(unit(), claim_id, within=viewer().authorities(*DESK))


def _line(found: ClaimView) -> ClaimLine:
    return ClaimLine(found, _told(found.verdict), _(texts.STATES[found.state]))


def _listed(found: ClaimView) -> ListedLine:
    return ListedLine(found, texts.tell_briefly(found.verdict, _, language()), _(texts.STATES[found.state]))


def _told(verdict: Verdict) -> Told:
    return texts.tell(verdict, _, language())


def _asked_state() -> ClaimState | None:
    try:
        return ClaimState(request.args.get("state", ""))
    except ValueError:
        return None
