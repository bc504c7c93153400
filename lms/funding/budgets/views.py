"""Pages of budgets: the pots of an authority, one pot with its charts and tables, money put in and taken out."""

from uuid import UUID

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.certification.bulk.sheets import sheet
from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import Refused
from lms.funding.authoring.queries import schemes_for
from lms.funding.budgets import charts, queries, services, texts
from lms.funding.budgets.forms import ChangeForm, OpenForm
from lms.funding.budgets.queries import Outlook, PotView
from lms.funding.budgets.rules import ENOUGH, Point, Standing
from lms.funding.vocabulary import SchemeStatus
from lms.learning.titles import titles
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

DESK = (Role.COORDINATOR, Role.FUNDING_OFFICER)
WRITES = Role.FUNDING_OFFICER

pages = room("budgets", __name__)


@pages.get("/funding/budgets")
@requires(*DESK)
def budgets() -> ResponseReturnValue:
    """The pots of an authority: what each has, what is spoken for, what is left; and what runs out."""
    authority = authority_for(*DESK)
    found = queries.pots(unit(), authority, on=today())
    whole = Standing()
    for each in found:
        whole = whole.and_(each.standing)
    return render_template(
        "lms/funding/budgets/budgets.html",
        authority=authority,
        pots=found,
        whole=whole,
        left=sum(each.standing.left for each in found),
        committed=sum(each.standing.committed for each in found),
        alerts=queries.alerts_in(unit(), [authority]),
        texts=texts,
        titles={each.scheme: each.title for each in found},
        may_write=authority in viewer().authorities(WRITES),
    )


@pages.get("/funding/budgets/pots.csv")
@requires(*DESK)
def as_sheet() -> Response:
    """The pots of an authority for a spreadsheet."""
    authority = authority_for(*DESK)
    heads = [
        _("Scheme"),
        _("Year"),
        _("Organisation"),
        _("Allocated"),
        _("Drafts, at most"),
        _("Waiting for a decision"),
        _("Approved, still to come"),
        _("Paid, less taken back"),
        _("Spoken for"),
        _("Left"),
    ]
    rows = [
        [
            each.scheme,
            each.year,
            each.organisation or "",
            *(
                _pounds(pence)
                for pence in (
                    each.standing.allocated,
                    each.standing.drafts,
                    each.standing.waiting,
                    each.standing.owed,
                    each.standing.spent,
                    each.standing.committed,
                    each.standing.left,
                )
            ),
        ]
        for each in queries.pots(unit(), authority, on=today())
    ]
    response = Response(sheet(heads, rows), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="budgets-{today().isoformat()}.csv"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _pounds(pence: int) -> str:
    return f"{'-' if pence < 0 else ''}{abs(pence) // 100}.{abs(pence) % 100:02}"


@pages.route("/funding/budgets/new", methods=["GET", "POST"])
@requires(WRITES)
def open_pot() -> ResponseReturnValue:
    """Open a pot for a scheme, for one organisation or for all."""
    authority, form = authority_for(WRITES), OpenForm()
    schemes = [
        (each.code, f"{each.title.text(language())} ({each.code})")
        for each in schemes_for(unit(), authority, on=today()).all
        if each.claim_year and each.status_on(today()) in {SchemeStatus.OPEN, SchemeStatus.CLOSING}
    ]
    form.offer(schemes, queries.claimants_in(unit(), authority))
    if form.validate_on_submit():
        try:
            pot_id = services.open_pot(
                unit(),
                once=form.key(),
                authority_id=authority,
                scheme=form.scheme.data or "",
                organisation_id=form.organisation_id,
                pence=form.pence,
                reason=form.reason.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The pot is open."), "lms_done")
            return redirect(url_for(".pot", pot_id=pot_id))
    return render_template("lms/funding/budgets/open.html", form=form, authority=authority)


@pages.get("/funding/budgets/<uuid:pot_id>")
@requires(*DESK)
def pot(pot_id: UUID) -> ResponseReturnValue:
    """One pot: how it stands, what it will probably come to, both charts with their tables, and every change."""
    found = _own(pot_id, *DESK)
    outlook = queries.outlook(unit(), found, now())
    points = queries.by_month(unit(), found, on=today())
    stages = _stages(found, outlook)
    return render_template(
        "lms/funding/budgets/pot.html",
        pot=found,
        outlook=outlook,
        points=points,
        chart=_burn_down(found, outlook, points),
        pipeline=charts.pipeline(stages),
        changes=queries.changes_of(unit(), pot_id),
        trainings=titles(unit(), language()),
        enough=ENOUGH,
        may_write=found.authority_id in viewer().authorities(WRITES),
    )


def _burn_down(found: PotView, outlook: Outlook, points: list[Point]) -> charts.BurnDown | None:
    if found.first_on is None or found.last_on is None:
        return None
    has = found.standing.allocated
    known = [charts.At(point.on, has - point.committed, has - point.spent) for point in points]
    ends_at = has - outlook.forecast.total
    return charts.burn_down(has, found.first_on, found.last_on, known, today=today(), ends_at=ends_at)


def _stages(found: PotView, outlook: Outlook) -> list[tuple[str, int]]:
    stands = found.standing
    return [
        (_("People on the way, at most"), sum(each.people * each.each for each in outlook.under_way)),
        (_("Certificate there, no claim yet, at most"), outlook.could_claim),
        (_("Drafts, at most"), stands.drafts),
        (_("Sent in, waiting for a decision"), stands.waiting),
        (_("Approved, still to come"), stands.owed),
        (_("Paid, less taken back"), stands.spent),
    ]


@pages.route("/funding/budgets/<uuid:pot_id>/change", methods=["GET", "POST"])
@requires(WRITES)
def change(pot_id: UUID) -> ResponseReturnValue:
    """Put money into a pot, or take some out, with the reason."""
    found, form = _own(pot_id, WRITES), ChangeForm()
    if form.validate_on_submit():
        try:
            services.change_pot(
                unit(),
                once=form.key(),
                pot_id=pot_id,
                within=viewer().authorities(WRITES),
                pence=form.change,
                reason=form.reason.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The pot is changed."), "lms_done")
            return redirect(url_for(".pot", pot_id=pot_id))
    return render_template("lms/funding/budgets/change.html", form=form, pot=found)


@pages.post("/funding/budgets/alerts/<uuid:alert_id>/put-away")
@requires(*DESK)
def put_away(alert_id: UUID) -> ResponseReturnValue:
    """Put an alert away: somebody has seen to it."""
    services.put_away(unit(), alert_id=alert_id, within=viewer().authorities(*DESK), by=viewer().person_id, now=now())
    unit().commit()
    return redirect(url_for(".budgets"))


def _own(pot_id: UUID, *roles: Role) -> PotView:
    return queries.pot(unit(), pot_id, viewer().authorities(*roles), on=today())
