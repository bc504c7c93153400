"""The pages of coordinators and quality assurers: an authority's assessors, what each may decide on, and the policy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.asking.queries import learners_of_each, profiles_of
from lms.assessment.competence import services
from lms.assessment.competence.forms import CompetenceForm, EndForm, MarkForm, PolicyForm, TrainingForm
from lms.assessment.competence.labels import BASES, EMPLOYERS, MARKS, TRAININGS
from lms.assessment.competence.people import HOUSEHOLD_ROLES, is_known
from lms.assessment.competence.queries import policy_of
from lms.assessment.competence.rules import Employers
from lms.assessment.competence.shown import (
    CompetenceEntry,
    competence_at,
    competence_entries,
    counts_in,
    mark_entries,
    recorded_for,
    training_at,
    training_entries,
)
from lms.assessment.content import Framework, Unit
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.standing import assessors_for
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import households
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.queries import PersonView
from lms.people.rules import Role

pages = room("competence", __name__)

STAFF = (Role.COORDINATOR, Role.QUALITY_ASSURER)
MOST_EMPLOYERS = 50


@pages.get("/assessors/people")
@requires(*STAFF)
def assessors() -> ResponseReturnValue:
    """An authority's assessors, how many standards each may decide on, and how many learners they have."""
    authority, search = authority_for(*STAFF), request.args.get("name", "").strip()[:100]
    found = [one for one in assessors_for(unit(), authority, today()) if search.casefold() in one.name.casefold()]
    number = page_number()
    shown = found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    policy, framework = policy_of(unit(), authority), _framework(authority)
    employers = _employers(authority, search) if policy.employers is not Employers.NO else ()
    ids = [one.id for one in (*shown, *employers)]
    return render_template(
        "lms/assessment/competence/assessors.html",
        page=Page(shown, number, len(found)),
        pagination=pagination,
        search=search,
        authority=authority,
        framework=framework,
        counts=counts_in(unit(), ids, authority, framework.code, today()),
        has=learners_of_each(unit(), ids, today()),
        profiles=profiles_of(unit(), ids),
        employers=employers,
        policy=policy,
        on=today(),
        policy_said=EMPLOYERS[policy.employers],
        may_set=viewer().authorities(Role.COORDINATOR, Role.ADMIN),
    )


def _employers(authority: UUID, search: str) -> Sequence[PersonView]:
    """Employers of an authority and those who act for them, by name: the first fifty, or those a search finds."""
    homes = [home.id for home in households.employers_in(unit(), authority, search=search, limit=MOST_EMPLOYERS)]
    found = {one.id: one for role in HOUSEHOLD_ROLES for one in people.holders_of(unit(), role, homes, today())}
    return sorted(found.values(), key=lambda one: (one.name, one.id))[:MOST_EMPLOYERS]


@dataclass(frozen=True)
class Row:
    """A standard in the grid: what holds, what begins later, and what has ended."""

    unit: Unit
    holds: Sequence[CompetenceEntry]
    later: Sequence[CompetenceEntry]
    over: Sequence[CompetenceEntry]


def rows_of(framework: Framework, entries: Sequence[CompetenceEntry], on: date) -> list[Row]:
    """The grid of one framework."""
    found = []
    for each in framework.units:
        mine = [one for one in entries if (one.framework, one.unit) == (framework.code, each.code)]
        found.append(
            Row(
                each,
                [one for one in mine if one.holds],
                [one for one in mine if not one.holds and one.since > on and not one.ended_by_hand],
                [one for one in mine if not one.holds and (one.since <= on or one.ended_by_hand)],
            )
        )
    return found


@pages.get("/assessors/people/<uuid:person_id>")
@requires(*STAFF)
def assessor(person_id: UUID) -> ResponseReturnValue:
    """One assessor: each standard with what is on record, training, and what was said of them as a whole."""
    someone, authority = _assessor(person_id)
    framework = _framework(authority)
    entries = competence_entries(unit(), person_id, [authority], today())[authority]
    rows = rows_of(framework, entries, today())
    return render_template(
        "lms/assessment/competence/assessor.html",
        someone=someone,
        authority=authority,
        oneself=person_id == viewer().person_id,
        framework=framework,
        frameworks=frameworks_for(unit(), authority).standards(),
        rows=rows,
        held=sum(bool(row.holds) for row in rows),
        trainings=training_entries(unit(), person_id, authority, today()),
        marks=mark_entries(unit(), person_id, authority, today()),
        has=learners_of_each(unit(), [person_id], today()).get(person_id, 0),
        profile=profiles_of(unit(), [person_id]).get(person_id),
        policy=policy_of(unit(), authority),
        bases=BASES,
        training_names=TRAININGS,
        mark_names=MARKS,
        on=today(),
    )


@pages.route("/assessors/people/<uuid:person_id>/add", methods=["GET", "POST"])
@requires(*STAFF)
def add(person_id: UUID) -> ResponseReturnValue:
    """Record several standards at once."""
    someone, authority = _assessor(person_id)
    framework = _framework(authority)
    form = CompetenceForm(since=today())
    form.offer([(each.code, name_of(each)) for each in framework.units])
    if form.validate_on_submit() and form.since.data:
        try:
            services.record_competence(
                unit(),
                id=form.key(),
                person_id=person_id,
                authority_id=authority,
                framework=framework.code,
                units=form.units.data or [],
                basis=form.chosen(),
                words=form.words.data or "",
                since=form.since.data,
                until=form.until.data,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("It is on record what %(name)s may decide on.", name=someone.name), "lms_done")
            return redirect(_page_of(person_id, authority, framework))
    return render_template(
        "lms/assessment/competence/add.html",
        form=form,
        someone=someone,
        framework=framework,
        back=_page_of(person_id, authority, framework),
    )


@pages.route("/assessors/competence/<uuid:competence_id>/end", methods=["GET", "POST"])
@requires(*STAFF)
def end(competence_id: UUID) -> ResponseReturnValue:
    """End what somebody may decide on in one standard; decisions from before stay."""
    row = competence_at(unit(), competence_id)
    if row.authority_id not in viewer().authorities(*STAFF):
        raise NotFound("competence")
    framework = frameworks_for(unit(), row.authority_id).framework(row.framework)
    someone = people.person(unit(), row.person_id)
    back = _page_of(row.person_id, row.authority_id, framework)
    form = EndForm(last_day=today())
    if form.validate_on_submit() and form.last_day.data:
        try:
            services.end_competence(
                unit(),
                competence_id=competence_id,
                last_day=form.last_day.data,
                reason=form.reason.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Ended. Decisions from before stay as they are."), "lms_done")
            return redirect(back)
    what = name_of(framework.unit(row.unit))
    return render_template("lms/assessment/competence/end.html", form=form, someone=someone, what=what, back=back)


@pages.route("/assessors/people/<uuid:person_id>/training", methods=["GET", "POST"])
@requires(*STAFF)
def add_training(person_id: UUID) -> ResponseReturnValue:
    """Record how somebody learned to assess."""
    someone, authority = _assessor(person_id)
    form = TrainingForm()
    if form.validate_on_submit() and form.done_on.data:
        try:
            services.record_training(
                unit(),
                id=form.key(),
                person_id=person_id,
                authority_id=authority,
                kind=form.chosen(),
                words=form.words.data or "",
                done_on=form.done_on.data,
                until=form.until.data,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The training is on record."), "lms_done")
            return redirect(_page_of(person_id, authority))
    return render_template(
        "lms/assessment/competence/training.html", form=form, someone=someone, back=_page_of(person_id, authority)
    )


@pages.route("/assessors/training/<uuid:training_id>/end", methods=["GET", "POST"])
@requires(*STAFF)
def end_training(training_id: UUID) -> ResponseReturnValue:
    """Training that does not count any more."""
    row = training_at(unit(), training_id)
    if row.authority_id not in viewer().authorities(*STAFF):
        raise NotFound("training")
    someone, back = people.person(unit(), row.person_id), _page_of(row.person_id, row.authority_id)
    form = EndForm(last_day=today())
    if form.validate_on_submit() and form.last_day.data:
        try:
            services.end_training(
                unit(),
                training_id=training_id,
                last_day=form.last_day.data,
                reason=form.reason.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Ended. Decisions from before stay as they are."), "lms_done")
            return redirect(back)
    return render_template("lms/assessment/competence/end.html", form=form, someone=someone, what=row.words, back=back)


@pages.route("/assessors/people/<uuid:person_id>/mark", methods=["GET", "POST"])
@requires(*STAFF)
def add_mark(person_id: UUID) -> ResponseReturnValue:
    """Say something of an assessor as a whole: watched, experienced, or that they countersign."""
    someone, authority = _assessor(person_id)
    form = MarkForm()
    if form.validate_on_submit():
        try:
            services.mark(
                unit(),
                id=form.key(),
                person_id=person_id,
                authority_id=authority,
                mark=form.chosen(),
                reason=form.reason.data or "",
                until=form.until.data,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved. %(name)s can read it.", name=someone.name), "lms_done")
            return redirect(_page_of(person_id, authority))
    return render_template(
        "lms/assessment/competence/mark.html", form=form, someone=someone, back=_page_of(person_id, authority)
    )


@pages.post("/assessors/people/<uuid:person_id>/mark/<uuid:mark_id>/end")
@requires(*STAFF)
def end_mark(person_id: UUID, mark_id: UUID) -> ResponseReturnValue:
    """What was said of an assessor as a whole does not hold any more."""
    _someone, authority = _assessor(person_id)
    try:
        services.end_mark(unit(), mark_id=mark_id, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("This does not hold any more."), "lms_done")
    return redirect(_page_of(person_id, authority))


@pages.route("/assessors/policy", methods=["GET", "POST"])
@requires(Role.COORDINATOR, Role.ADMIN)
def policy() -> ResponseReturnValue:
    """Who decides and what is countersigned in an authority."""
    authority = authority_for(Role.COORDINATOR, Role.ADMIN)
    said = policy_of(unit(), authority)
    form = PolicyForm(employers=str(said.employers), first=said.first, training=said.training)
    if form.validate_on_submit():
        try:
            services.set_policy(
                unit(),
                id=form.key(),
                authority_id=authority,
                policy=form.chosen(),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved. It holds for decisions from now on."), "lms_done")
            return redirect(url_for(".policy", authority=authority))
    name = people.organisation(unit(), authority).called(language())
    return render_template("lms/assessment/competence/policy.html", form=form, name=name)


def name_of(each: Unit) -> str:
    """A standard as choices name it."""
    title = each.title.text(language())
    return _("Standard %(number)s: %(title)s", number=each.number, title=title) if each.number else title


def _framework(authority: UUID) -> Framework:
    """The edition asked for, else the newest. Raises NotFound."""
    asked = request.args.get("edition", "")
    standards = frameworks_for(unit(), authority).standards()
    found = next((each for each in standards if asked in {"", each.code}), None)
    if found is None:
        raise NotFound("framework")
    return found


def _assessor(person_id: UUID) -> tuple[PersonView, UUID]:
    """Somebody an authority of the viewer has as assessor or employer, or has on record. Raises NotFound."""
    asked = request.args.get("authority")
    for authority in sorted(viewer().authorities(*STAFF)):
        if asked in {None, "", str(authority)} and (
            is_known(unit(), person_id, authority, today()) or authority in recorded_for(unit(), person_id)
        ):
            return people.person(unit(), person_id), authority
    raise NotFound("assessor")


def _page_of(person_id: UUID, authority: UUID, framework: Framework | None = None) -> str:
    edition = framework.code if framework is not None else None
    return url_for("lms.competence.assessor", person_id=person_id, authority=authority, edition=edition)
