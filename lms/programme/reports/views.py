"""Pages about reports: those that were made, asking for one, one in full, its files, and what an authority sets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.papers import download
from lms.core.web.state import house, now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.funding.board.sheets import XLSX
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role
from lms.programme.desk import charts
from lms.programme.reports import queries, services
from lms.programme.reports.doors import pages
from lms.programme.reports.forms import ReportForm, SettingForm
from lms.programme.reports.kinds import Made, ReportKind
from lms.programme.reports.models import Report
from lms.programme.reports.showing import ShownTable, shown
from lms.programme.reports.words import ANY, KINDS, MADE, READERS


@dataclass(frozen=True)
class ReportLine:
    """A report in the list."""

    row: Report
    reference: str


def _kinds(authority_id: UUID) -> list[ReportKind]:
    """What the viewer may make and read at an authority."""
    return [kind for kind, roles in READERS.items() if authority_id in viewer().authorities(*roles)]


@pages.route("/desk/reports", methods=["GET", "POST"])
@requires(*ANY)
def reports() -> ResponseReturnValue:
    """The reports of an authority, the newest first, and the form that makes another."""
    here = authority_for(*ANY)
    return _listed(here, ReportForm(), None)


@pages.route("/desk/reports/<uuid:report_id>/correct", methods=["GET", "POST"])
@requires(*ANY)
def correct(report_id: UUID) -> ResponseReturnValue:
    """Make a report that takes the place of this one."""
    old = _own(report_id)
    return _listed(old.authority_id, ReportForm(data={"first": old.first_on, "last": old.last_on}), old)


def _listed(here: UUID, form: ReportForm, old: Report | None) -> ResponseReturnValue:
    kinds = [old.kind] if old else _kinds(here)
    first, last = form.first.data, form.last.data
    form.offer(kinds, today())
    if old and not form.is_submitted():
        form.first.data, form.last.data = first, last
    if form.validate_on_submit():
        try:
            made = services.ask(
                unit(),
                report_id=form.key(),
                authority_id=here,
                kind=ReportKind(form.kind.data),
                first=form.first.data or today(),
                last=form.last.data or today(),
                by=viewer().person_id,
                now=now(),
                replaces_id=old.id if old else None,
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The report has its number. It is being made now."), "lms_done")
            return redirect(url_for(".report", report_id=made))
    number = page_number()
    found, total = queries.reports_in(unit(), here, _kinds(here), offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    code = people.organisation(unit(), here).code or ""
    return render_template(
        "lms/programme/reports/reports.html",
        authority=here,
        form=form,
        old=queries.reference_of(old, code) if old else None,
        page=Page([ReportLine(each, queries.reference_of(each, code)) for each in found], number, total),
        pagination=pagination,
        kinds=KINDS,
        sets=here in viewer().authorities(Role.COORDINATOR),
    )


@pages.get("/desk/reports/<uuid:report_id>")
@requires(*ANY)
def report(report_id: UUID) -> ResponseReturnValue:
    """One report in full, as it was counted."""
    found = _own(report_id)
    newer = queries.corrected_by(unit(), found.id)
    older = queries.report(unit(), found.replaces_id) if found.replaces_id else None
    code = people.organisation(unit(), found.authority_id).code or ""
    tables = shown(found.data, _, exact=True) if found.data else []
    coordinates = found.authority_id in viewer().authorities(Role.COORDINATOR)
    return render_template(
        "lms/programme/reports/report.html",
        found=found,
        name=_(KINDS[found.kind]),
        reference=queries.reference_of(found, code),
        step=_(MADE[found.made]),
        done=found.made is Made.DONE,
        newer=ReportLine(newer, queries.reference_of(newer, code)) if newer else None,
        older=ReportLine(older, queries.reference_of(older, code)) if older else None,
        made_by=people.person(unit(), found.asked_by).name,
        tables=tables,
        chart=chart_of(tables),
        public_id=services.setting_of(unit(), found.authority_id).published_id if coordinates else None,
        may_publish=coordinates and found.kind is ReportKind.PROGRAMME and found.made is Made.DONE,
        counted_on=date.fromisoformat(found.data["counted_on"]) if found.data else None,
    )


def chart_of(tables: Sequence[ShownTable]) -> charts.Series | None:
    """Bars of who began in each month; None where any of it is kept back, since a bar that is missing tells as well."""
    months = next((table for table in tables if table.code == "months"), None)
    if months is None:
        return None
    bars = [(date.fromisoformat(f"{name}-01"), cells[0].value) for name, cells in months.rows[:-1]]
    known = [(month, value) for month, value in bars if value is not None]
    return charts.series(known, None) if known and len(known) == len(bars) else None


@pages.get("/desk/reports/<uuid:report_id>.pdf")
@requires(*ANY)
def report_pdf(report_id: UUID) -> ResponseReturnValue:
    """The PDF that goes out, the same bytes each time."""
    found = _own(report_id)
    if found.pdf is None:
        raise NotFound("PDF")
    return download(found.pdf, _reference(found))


@pages.get("/desk/reports/<uuid:report_id>.xlsx")
@requires(*ANY)
def report_xlsx(report_id: UUID) -> ResponseReturnValue:
    """The spreadsheet that goes out, the same bytes each time."""
    found = _own(report_id)
    if found.xlsx is None:
        raise NotFound("spreadsheet")
    response = Response(house().files.get(found.xlsx), mimetype=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{_reference(found)}.xlsx"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@pages.route("/desk/reports/settings", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def settings() -> ResponseReturnValue:
    """Under how many people numbers are kept back, and how long reports are kept."""
    here = authority_for(Role.COORDINATOR)
    said = services.setting_of(unit(), here)
    form = SettingForm(data={"threshold": said.threshold, "keep_years": said.keep_years})
    if form.validate_on_submit():
        services.set_reports(
            unit(),
            authority_id=here,
            threshold=form.threshold.data or 0,
            keep_years=form.keep_years.data or 0,
            by=viewer().person_id,
            now=now(),
        )
        unit().commit()
        flash(_("Reports you make from now on follow this."), "lms_done")
        return redirect(url_for(".reports", authority=here))
    return render_template("lms/programme/reports/settings.html", form=form, authority=here)


@pages.route("/desk/reports/<uuid:report_id>/publish", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def publish(report_id: UUID) -> ResponseReturnValue:
    """See what the public page would say, then switch it on, or off."""
    found = _own(report_id)
    if found.authority_id not in viewer().authorities(Role.COORDINATOR) or found.kind is not ReportKind.PROGRAMME:
        raise NotFound("report")
    said = services.setting_of(unit(), found.authority_id)
    code = people.organisation(unit(), found.authority_id).code or ""
    if request.method == "POST":
        _publish(found.authority_id, None if "off" in request.form else found.id)
        return redirect(url_for(".report", report_id=found.id))
    if found.made is not Made.DONE:
        raise NotFound("report")
    tables = shown(found.data or {}, _, exact=False, only=PUBLIC_TABLES)
    return render_template(
        "lms/programme/reports/publish.html",
        found=found,
        code=code,
        reference=queries.reference_of(found, code),
        tables=tables,
        on=said.published_id == found.id,
        other=said.published_id not in {None, found.id},
    )


def _publish(authority_id: UUID, wanted: UUID | None) -> None:
    try:
        services.publish(unit(), authority_id=authority_id, report_id=wanted, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
        return
    unit().commit()
    flash(_("Anybody can read these numbers now.") if wanted else _("The public page is gone."), "lms_done")


PUBLIC_TABLES = ("stages", "courses", "months", "areas")
"""What of a report about the programme stands on the public page."""


def _own(report_id: UUID) -> Report:
    """A report the viewer may read. NotFound for another authority's, and for a kind that is not theirs to read."""
    found = queries.report(unit(), report_id)
    if found.authority_id not in viewer().authorities(*READERS[found.kind]):
        raise NotFound("report")
    return found


def _reference(found: Report) -> str:
    return queries.reference_of(found, people.organisation(unit(), found.authority_id).code or "")
