"""Pages of remittances: take a payer's file in, look at it beside the claims, decide, confirm it whole."""

from collections.abc import Sequence
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.certification.bulk.sheets import sheet
from lms.core.i18n import day as written_day
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import house, now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.funding.paying import confirming, listing, reading, services, texts
from lms.funding.paying.forms import LARGEST_POST, ColumnsForm, DecideForm, UploadForm
from lms.funding.paying.listing import RemittanceView
from lms.funding.paying.matching import Matched
from lms.funding.paying.words import Choice, Finding
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

DESK = (Role.COORDINATOR, Role.FUNDING_OFFICER)
WRITES = Role.FUNDING_OFFICER

pages = room("payments", __name__)


@pages.get("/funding/payments")
@requires(*DESK)
def remittances() -> ResponseReturnValue:
    """An authority's remittances, newest first; those that wait to be confirmed say so."""
    authority, number = authority_for(*DESK), page_number()
    found, total = listing.remittances_in(unit(), authority, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template(
        "lms/funding/paying/remittances.html",
        page=Page(found, number, total),
        pagination=pagination,
        authority=authority,
        may_write=authority in viewer().authorities(WRITES),
    )


@pages.route("/funding/payments/new", methods=["GET", "POST"])
@requires(WRITES)
def upload() -> ResponseReturnValue:
    """Choose a payer's file; nothing of it counts by that."""
    authority, form = authority_for(WRITES), UploadForm()
    chosen = form.chosen() if form.validate_on_submit() else None
    if chosen is not None:
        try:
            remittance_id = services.upload(
                unit(),
                house().files,
                once=form.key(),
                authority_id=authority,
                data=chosen.stream.read(reading.LARGEST + 1),
                name=chosen.filename or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            return redirect(url_for(".remittance", remittance_id=remittance_id))
    return render_template("lms/funding/paying/upload.html", form=form, authority=authority)


upload.largest_post = LARGEST_POST  # type: ignore[attr-defined]  # read before each request


@pages.route("/funding/payments/<uuid:remittance_id>/columns", methods=["GET", "POST"])
@requires(WRITES)
def columns(remittance_id: UUID) -> ResponseReturnValue:
    """Say which column says what; PALMS remembers it for files with the same headings."""
    found = _own(remittance_id, WRITES)
    table = reading.read(house().files.get(found.sha256))
    guessed = found.columns or reading.guessed(table.headings)
    form = ColumnsForm(data={column.value: heading for column, heading in guessed.items()})
    form.offer(table.headings)
    if form.validate_on_submit():
        try:
            services.map_columns(
                unit(),
                house().files,
                remittance_id=remittance_id,
                within=viewer().authorities(WRITES),
                columns=form.columns,
                day_order=form.order,
                paid_on=form.paid_on.data,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            return redirect(url_for(".remittance", remittance_id=remittance_id))
    return render_template(
        "lms/funding/paying/columns.html", form=form, remittance=found, table=table, first=table.rows[:3]
    )


@pages.get("/funding/payments/<uuid:remittance_id>")
@requires(*DESK)
def remittance(remittance_id: UUID) -> ResponseReturnValue:
    """A remittance beside the claims: what agrees, what differs, what would be written down."""
    found = _own(remittance_id, *DESK)
    if not found.columns and found.open:
        if found.authority_id not in viewer().authorities(WRITES):
            raise NotFound("remittance")
        return redirect(url_for(".columns", remittance_id=remittance_id))
    if not found.open:
        return _over(found)
    looked, number, only = confirming.look(unit(), remittance_id, found.authority_id), page_number(), _only()
    rows = [each for each in looked.matched if only is None or each.finding is only]
    return render_template(
        "lms/funding/paying/remittance.html",
        remittance=found,
        looked=looked,
        page=Page(rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, len(rows)),
        pagination=pagination,
        only=only,
        texts=texts,
        kinds=[each for each in Finding if looked.tally.rows.get(each)],
        decisions=listing.decisions_of(unit(), remittance_id),
        typed=listing.typed_in(unit(), remittance_id),
        may_write=found.authority_id in viewer().authorities(WRITES),
    )


def _over(found: RemittanceView) -> ResponseReturnValue:
    number = page_number()
    rows = listing.rows_in(unit(), found.id, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template(
        "lms/funding/paying/confirmed.html",
        remittance=found,
        page=Page(rows, number, found.rows),
        pagination=pagination,
        texts=texts,
        decisions=listing.decisions_of(unit(), found.id),
    )


@pages.route("/funding/payments/<uuid:remittance_id>/rows/<int:number>", methods=["GET", "POST"])
@requires(WRITES)
def row(remittance_id: UUID, number: int) -> ResponseReturnValue:
    """One row: what it says, what PALMS knows, and what shall happen to it."""
    found = _own(remittance_id, WRITES)
    looked = confirming.look(unit(), remittance_id, found.authority_id)
    each = next((each for each in looked.matched if each.row.number == number), None)
    if each is None or not found.open:
        raise NotFound("row")
    form = DecideForm()
    form.offer(each.may)
    if form.validate_on_submit():
        try:
            services.decide(
                unit(),
                remittance_id=remittance_id,
                number=number,
                within=viewer().authorities(WRITES),
                choice=Choice(form.choice.data),
                reason=form.reason.data or "",
                situation=form.situation.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Row %(number)s is decided.", number=number), "lms_done")
            return redirect(url_for(".remittance", remittance_id=remittance_id))
    form.situation.data = each.situation
    return render_template(
        "lms/funding/paying/row.html",
        form=form,
        remittance=found,
        each=each,
        texts=texts,
        decision=listing.decisions_of(unit(), remittance_id).get(number),
        typed=listing.typed_in(unit(), remittance_id).get(number),
    )


@pages.post("/funding/payments/<uuid:remittance_id>/<any(confirm, drop):doing>")
@requires(WRITES)
def finish(remittance_id: UUID, doing: str) -> ResponseReturnValue:
    """Write it all down, or put the file away."""
    found, within = _own(remittance_id, WRITES), viewer().authorities(WRITES)
    try:
        if doing == "drop":
            services.drop(unit(), remittance_id=remittance_id, within=within, now=now())
        else:
            seen = request.form.get("seen", "")
            services.confirm(
                unit(), remittance_id=remittance_id, within=within, seen=seen, by=viewer().person_id, now=now()
            )
    except Refused as refusal:
        unit().rollback()
        flash(say_refusal(refusal), "lms_note")
        return redirect(url_for(".remittance", remittance_id=remittance_id))
    unit().commit()
    if doing == "drop":
        flash(_("The file is put away. Nothing of it was written down."), "lms_done")
        return redirect(url_for(".remittances", authority=found.authority_id))
    flash(_("All of it is written down."), "lms_done")
    return redirect(url_for(".remittance", remittance_id=remittance_id))


@pages.get("/funding/payments/<uuid:remittance_id>/rows.csv")
@requires(*DESK)
def as_sheet(remittance_id: UUID) -> Response:
    """The rows with what each comes to now, for a spreadsheet or a letter to the payer; formulas are made harmless."""
    found = _own(remittance_id, *DESK)
    looked = confirming.look(unit(), remittance_id, found.authority_id)
    heads = [_("Row"), _("Claim reference"), _("Amount"), _("Paid on"), _("Payment"), _("Comes to"), _("What happens")]
    response = Response(sheet(heads, [_line(each) for each in looked.matched]), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="remittance-{today().isoformat()}.csv"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _line(each: Matched) -> Sequence[str]:
    pence = each.row.pence
    return [
        str(each.row.number),
        each.row.reference,
        "" if pence is None else f"{'-' if pence < 0 else ''}{abs(pence) // 100}.{abs(pence) % 100:02}",
        written_day(each.row.paid_on, language()) if each.row.paid_on else "",
        each.row.payment,
        _(texts.FINDINGS[each.finding][0]),
        _(texts.HAPPENS[each.choice]) if each.choice else _("Waits for a decision"),
    ]


def _own(remittance_id: UUID, *roles: Role) -> RemittanceView:
    return listing.remittance(unit(), remittance_id, viewer().authorities(*roles))


def _only() -> Finding | None:
    asked = request.args.get("only", "")
    return Finding(asked) if asked in set(Finding) else None
