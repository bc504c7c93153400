"""Pages of the money of one claim: what came for each line, and what can be written down by hand."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.core.i18n import day as written_day
from lms.core.i18n import money
from lms.core.types import Pence
from lms.core.web.notes import flash
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.funding.claims import money as claim_money
from lms.funding.claims import queries as claims
from lms.funding.claims.money import LineMoney
from lms.funding.claims.queries import LineView
from lms.funding.paying import by_hand, confirming, queries, services, texts
from lms.funding.paying.confirming import TAKES_MONEY
from lms.funding.paying.forms import GiveBackForm, MoneyForm, SettleForm
from lms.funding.paying.matching import Due
from lms.funding.paying.views import DESK, WRITES, pages
from lms.funding.paying.words import Settled
from lms.people.guards import requires, viewer

__all__ = ["pages"]


@dataclass(frozen=True)
class ShownLine:
    """A line, how its money stands, and the doors to what can be done."""

    line: LineView
    due: Due
    over: Pence
    doors: list[tuple[str, str]]


@dataclass(frozen=True)
class Happened:
    """One thing that happened to the money of a claim, in words."""

    text: str
    at: datetime
    by_name: str


@pages.get("/funding/payments/claims/<uuid:claim_id>")
@requires(*DESK)
def of_claim(claim_id: UUID) -> ResponseReturnValue:
    """The money of one claim: each line with what was approved, came, is waited for and was taken back."""
    found = claims.claim(unit(), claim_id, within=viewer().authorities(*DESK))
    lines = claim_money.lines_in_claim(unit(), claim_id)
    due = confirming.dues(unit(), lines)
    over = by_hand.over_of(unit(), list(due.values()))
    by_id = {line.line_id: line for line in lines}
    shown = [
        ShownLine(each, due[each.id], over[each.id], _doors(by_id[each.id], due[each.id], over[each.id]))
        for each in found.lines
    ]
    return render_template(
        "lms/funding/paying/of_claim.html",
        claim=found,
        lines=shown,
        happened=_happened(claim_id),
        may_write=found.authority_id in viewer().authorities(WRITES),
    )


def _doors(line: LineMoney, due: Due, over: Pence) -> list[tuple[str, str]]:
    doors = []
    if line.state in TAKES_MONEY and line.approved_pence:
        doors.append((url_for(".receive", line_id=line.line_id), _("Write down money that came")))
        if due.to_come:
            doors.append((url_for(".settle", line_id=line.line_id, how=Settled.REST_CLOSED.value), _("Close the rest")))
        if over:
            doors.append(
                (url_for(".settle", line_id=line.line_id, how=Settled.KEPT.value), _("Settle what came too much"))
            )
    if due.to_go_back:
        doors.append((url_for(".give_back", line_id=line.line_id), _("Write down money that went back")))
    return doors


def _happened(claim_id: UUID) -> list[Happened]:
    def on(each: queries.PaymentView | queries.RepaymentView) -> str:
        return written_day(each.paid_on, language())

    came = [
        Happened(
            _("%(money)s came on %(day)s.", money=money(each.pence), day=on(each))
            + (" " + _("By the list %(name)s.", name=each.remittance) if each.remittance else "")
            + (f" {each.note}" if each.note else ""),
            each.at,
            each.by_name,
        )
        for each in queries.payments_of(unit(), claim_id)
    ]
    went = [
        Happened(_("%(money)s went back on %(day)s.", money=money(each.pence), day=on(each)), each.at, each.by_name)
        for each in queries.repayments_of(unit(), claim_id)
    ]
    closed = [
        Happened(f"{_(texts.SETTLED[each.how])}, {money(each.pence)}. {each.reason}", each.at, each.by_name)
        for each in queries.differences_of(unit(), claim_id)
    ]
    return sorted([*came, *went, *closed], key=lambda each: each.at, reverse=True)


@pages.route("/funding/payments/lines/<uuid:line_id>/receive", methods=["GET", "POST"])
@requires(WRITES)
def receive(line_id: UUID) -> ResponseReturnValue:
    """Write down money that came for a line, where there is no list from the payer."""
    line, due = _line(line_id)
    form = MoneyForm()
    if form.validate_on_submit():
        try:
            services.receive(
                unit(),
                once=form.key(),
                line_id=line_id,
                within=viewer().authorities(WRITES),
                pence=form.pence,
                paid_on=form.paid_on.data or today(),
                reference=form.reference.data or "",
                note=form.note.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            return _done(line, _("The money is written down."))
    return render_template(
        "lms/funding/paying/money.html",
        form=form,
        line=line,
        title=_("Write down money that came"),
        lead=_("%(money)s is still waited for.", money=money(due.to_come)),
        button=_("Write it down"),
    )


@pages.route("/funding/payments/lines/<uuid:line_id>/give-back", methods=["GET", "POST"])
@requires(WRITES)
def give_back(line_id: UUID) -> ResponseReturnValue:
    """Write down money that went back to the payer after it was taken back."""
    line, due = _line(line_id)
    form = GiveBackForm()
    if form.validate_on_submit():
        try:
            services.give_back(
                unit(),
                once=form.key(),
                line_id=line_id,
                within=viewer().authorities(WRITES),
                pence=form.pence,
                paid_on=form.paid_on.data or today(),
                reference=form.reference.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            return _done(line, _("The money is written down as gone back."))
    return render_template(
        "lms/funding/paying/money.html",
        form=form,
        line=line,
        title=_("Write down money that went back"),
        lead=_("%(money)s was taken back and has not gone back yet.", money=money(due.to_go_back)),
        button=_("Write it down"),
    )


@pages.route("/funding/payments/lines/<uuid:line_id>/settle/<any(rest_closed, kept):how>", methods=["GET", "POST"])
@requires(WRITES)
def settle(line_id: UUID, how: str) -> ResponseReturnValue:
    """Close a difference with a reason: the payer pays no more, or what came too much may be kept."""
    (line, due), form, chosen = _line(line_id), SettleForm(), Settled(how)
    if form.validate_on_submit():
        try:
            services.settle_difference(
                unit(),
                once=form.key(),
                line_id=line_id,
                within=viewer().authorities(WRITES),
                how=chosen,
                reason=form.reason.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            return _done(line, _("The difference is settled."))
    open_ = due.to_come if chosen is Settled.REST_CLOSED else by_hand.over_of(unit(), [due])[line_id]
    lead = (
        _("%(money)s is still waited for. Close it only when the payer said that it pays no more.", money=money(open_))
        if chosen is Settled.REST_CLOSED
        else _(
            "%(money)s came too much. Settle it here when the payer lets you keep it. When it has to go back, write "
            "down on the claim what the payer takes back.",
            money=money(open_),
        )
    )
    return render_template(
        "lms/funding/paying/money.html",
        form=form,
        line=line,
        title=_("Close the rest") if chosen is Settled.REST_CLOSED else _("Settle what came too much"),
        lead=lead,
        button=_("Settle it"),
    )


def _done(line: LineMoney, said: str) -> ResponseReturnValue:
    unit().commit()
    flash(said, "lms_done")
    return redirect(url_for(".of_claim", claim_id=line.claim_id))


def _line(line_id: UUID) -> tuple[LineMoney, Due]:
    line = claim_money.lines_with(unit(), [line_id]).get(line_id)
    if line is None or line.authority_id not in viewer().authorities(WRITES):
        raise NotFound("line")
    return line, confirming.dues(unit(), [line])[line_id]
