"""The team's pages of places: courses, opening one, who asked, what they showed, and who was there."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.pages import Page, page_number, pagination
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, _n, language, say_refusal
from lms.core.words import Refused
from lms.funding.authoring.queries import schemes_for
from lms.funding.places import attending, labels, opening, proving, queries
from lms.funding.places.doors import PAGE_SIZE, pages
from lms.funding.places.forms import NeedForm, ProofForm, RunForm, SureForm, ThereForm
from lms.funding.places.queries import RunView
from lms.funding.places.rules import Waiter, in_order
from lms.funding.places.words import HOLDS, IN_LINE, TEAM, Need, Order, PlaceState
from lms.funding.texts import STANDINGS
from lms.learning import titles
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer

_THERE = (PlaceState.PLACE, PlaceState.ATTENDED, PlaceState.MISSED)


@pages.get("/places/team")
@requires(*TEAM)
def team() -> ResponseReturnValue:
    """An authority's courses with places: those to come, or those that are over."""
    authority_id, over, number = authority_for(*TEAM), request.args.get("over") == "1", page_number()
    found, total = queries.runs_in(
        unit(), [authority_id], today(), over=over, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )
    return render_template(
        "lms/funding/places/team.html",
        authority=people.organisation(unit(), authority_id),
        over=over,
        page=Page(found, number, total, size=PAGE_SIZE),
        pagination=pagination,
        counts=queries.counts(unit(), [each.id for each in found]),
        PlaceState=PlaceState,
        today=today(),
    )


@pages.route("/places/team/new", methods=["GET", "POST"])
@requires(*TEAM)
def new() -> ResponseReturnValue:
    """Open a course with places under one of the authority's schemes."""
    authority_id = authority_for(*TEAM)
    schemes = opening.place_schemes(unit(), authority_id, today())
    form = RunForm(data={"opens_on": today()})
    named, all_schemes = titles.titles(unit(), language()), schemes_for(unit(), authority_id, on=today())
    code = people.organisation(unit(), authority_id).code
    counted = sorted(
        {
            covered.training
            for scheme in schemes
            if (adopted := all_schemes.adoption(code, scheme.code)) is not None
            for covered in adopted.covers
        }
    )
    form.offer(
        [
            (f"{scheme.code}|{item.code}", f"{item.title.text(language())} ({scheme.title.text(language())})")
            for scheme in schemes
            for item in scheme.items
        ],
        [(each, named.get(each, each)) for each in counted],
    )
    if form.validate_on_submit():
        try:
            opening.open_run(
                unit(),
                once=form.key(),
                authority_id=authority_id,
                wanted=form.wanted(),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The course is open. PAs see it from its first day."), "lms_done")
            return redirect(url_for(".run", run_id=form.key()))
    return render_template(
        "lms/funding/places/new.html",
        form=form,
        authority=people.organisation(unit(), authority_id),
        schemes=schemes,
    )


@pages.get("/places/team/<uuid:run_id>")
@requires(*TEAM)
def run(run_id: UUID) -> ResponseReturnValue:
    """One course: who has a place, who waits and in which order, and who has to show something."""
    found = _own(run_id)
    asks = queries.asks_in(unit(), run_id)
    line = in_order((Waiter(each.id, each.arrived, each.need) for each in asks if each.state in IN_LINE), found.order)
    by_id = {each.id: each for each in asks}
    return render_template(
        "lms/funding/places/run.html",
        run=found,
        line=[by_id[each.ask_id] for each in line],
        holding=[each for each in asks if each.state in HOLDS],
        others=[each for each in asks if each.state not in HOLDS | IN_LINE],
        names=people.persons(unit(), {each.person_id for each in asks}),
        labels=labels,
        standing=None if found.standing.is_fact else STANDINGS[found.standing],
        today=today(),
        PlaceState=PlaceState,
        Order=Order,
    )


@pages.route("/places/team/asks/<uuid:ask_id>", methods=["GET", "POST"])
@requires(*TEAM)
def asked(ask_id: UUID) -> ResponseReturnValue:
    """One PA's asking: what they showed, how much they need it, and what happened."""
    own, found = queries.ask(unit(), ask_id, within=viewer().authorities(*TEAM))
    proof, need = ProofForm(data={"seen_on": today()}), NeedForm(data={"need": own.need.value})
    proof.offer(found.areas)
    form = need if request.form.get("what") == "need" else proof
    if request.method == "POST" and form.validate():
        try:
            _write(form, proof, ask_id)
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved."), "lms_done")
            return redirect(url_for(".run", run_id=found.id))
    names = people.persons(unit(), {own.person_id})
    moves = queries.moves_of(unit(), ask_id)
    return render_template(
        "lms/funding/places/asked.html",
        form=form,
        proof=proof,
        need=need,
        own=own,
        run=found,
        name=names[own.person_id].name,
        proofs=queries.proofs_of(unit(), [own.person_id], found.authority_id, today()).get(own.person_id, []),
        moves=moves,
        movers=people.persons(unit(), {each.by for each in moves if each.by}),
        labels=labels,
        in_line=own.state in IN_LINE,
        Order=Order,
    )


@pages.post("/places/team/asks/<uuid:ask_id>/refuse")
@requires(*TEAM)
def refuse(ask_id: UUID) -> ResponseReturnValue:
    """Somebody works outside the area."""
    _asked, found = queries.ask(unit(), ask_id, within=viewer().authorities(*TEAM))
    try:
        proving.refuse(unit(), ask_id=ask_id, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("Saved. They are told that they can ask again when that changes."), "lms_done")
    return redirect(url_for(".run", run_id=found.id))


@pages.route("/places/team/<uuid:run_id>/there", methods=["GET", "POST"])
@requires(*TEAM)
def there(run_id: UUID) -> ResponseReturnValue:
    """Write down who was there."""
    found, form = _own(run_id), ThereForm()
    asks = [each for each in queries.asks_in(unit(), run_id) if each.state in _THERE]
    names = people.persons(unit(), {each.person_id for each in asks})
    form.offer(
        sorted(((str(each.id), names[each.person_id].name) for each in asks), key=lambda each: each[1].casefold())
    )
    if request.method == "GET":
        form.there.data = [str(each.id) for each in asks if each.state is PlaceState.ATTENDED]
    if form.validate_on_submit():
        try:
            changed = attending.note(
                unit(),
                run_id=run_id,
                there=[UUID(each) for each in form.there.data or ()],
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_n("%(num)s person is written down.", "%(num)s people are written down.", changed), "lms_done")
            return redirect(url_for(".run", run_id=run_id))
    return render_template("lms/funding/places/there.html", form=form, run=found, anybody=bool(asks))


@pages.route("/places/team/<uuid:run_id>/call-off", methods=["GET", "POST"])
@requires(*TEAM)
def call_off(run_id: UUID) -> ResponseReturnValue:
    """Call a course off; everybody who waits or has a place is told."""
    found, form = _own(run_id), SureForm()
    if form.validate_on_submit():
        try:
            opening.call_off(unit(), run_id=run_id, by=viewer().person_id, now=now())
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The course is called off, and everybody is told."), "lms_done")
            return redirect(url_for(".run", run_id=run_id))
    return render_template(
        "lms/funding/places/call_off.html", form=form, run=found, counts=queries.counts(unit(), [run_id])[run_id]
    )


def _write(form: ProofForm | NeedForm, proof: ProofForm, ask_id: UUID) -> None:
    if isinstance(form, NeedForm):
        proving.set_need(unit(), ask_id=ask_id, need=Need(form.need.data), by=viewer().person_id, now=now())
        return
    proving.see(
        unit(),
        once=proof.key(),
        ask_id=ask_id,
        kind=proof.seen,
        area=proof.area.data or "",
        seen_on=proof.seen_on.data or today(),
        lasts_until=proof.lasts_until.data,
        by=viewer().person_id,
        now=now(),
    )


def _own(run_id: UUID) -> RunView:
    return queries.run(unit(), run_id, within=viewer().authorities(*TEAM))
