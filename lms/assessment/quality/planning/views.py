"""The pages of a plan: where it stands, what it chose and why, what it chose from, and the policy behind it."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.evidence.labels import KIND_NAMES
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.quality import labels
from lms.assessment.quality.doors import pages
from lms.assessment.quality.forms import PolicyForm
from lms.assessment.quality.planning import queries, services
from lms.assessment.quality.planning.lines import lines
from lms.assessment.quality.rules import DEFAULT, Period, Share, Weighed, period_from, period_of
from lms.assessment.quality.samples import queries as samples
from lms.assessment.quality.samples.rules import State
from lms.core.web.notes import flash
from lms.core.web.pages import Page, page_number, pagination
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

__all__ = ["pages"]

SHOWN = 15
"""Samples, and pieces of work, on one page."""


def shared_words() -> dict[str, Any]:
    """What every template about samples finds beside its own."""
    return {
        "sample_states": labels.STATES,
        "sample_stages": labels.STAGES,
        "why_words": labels.WHY,
        "risk_words": labels.RISKS,
        "share_words": labels.SHARES,
        "kind_words": KIND_NAMES,
    }


def places_of(role: Role) -> list[people.OrganisationView]:
    """The authorities somebody looks after in a role, where it is more than one."""
    walls = viewer().authorities(role)
    found = people.organisations(unit(), walls) if len(walls) > 1 else {}
    return sorted(found.values(), key=lambda each: each.name)


@pages.get("/quality")
@requires(Role.QUALITY_ASSURER)
def plan() -> ResponseReturnValue:
    """Where the plan of a quarter stands: each share with its numbers, what was chosen and why, what waits first."""
    authority, period = authority_for(Role.QUALITY_ASSURER), _period()
    number = page_number()
    state = State(request.args["state"]) if request.args.get("state") in set(State) else None
    found, counts = samples.in_plan(unit(), authority, period, state=state, offset=(number - 1) * SHOWN, limit=SHOWN)
    total = counts.get(state, 0) if state else sum(counts.values())
    return render_template(
        "lms/assessment/quality/plan.html",
        plan=queries.plan_of(unit(), authority, period),
        period=period,
        this_period=period_of(today()),
        authority=authority,
        places=places_of(Role.QUALITY_ASSURER),
        page=Page(lines(found), number, total, SHOWN),
        pagination=pagination,
        counts=counts,
        state=state,
        **shared_words(),
    )


def _period() -> Period:
    """The quarter asked for, else the one of today."""
    return period_from(request.args.get("period", "")) or period_of(today())


@pages.get("/quality/work")
@requires(Role.QUALITY_ASSURER)
def work() -> ResponseReturnValue:
    """Everything a plan chooses from in a quarter, to choose by hand."""
    authority, period, number = authority_for(Role.QUALITY_ASSURER), _period(), page_number()
    found, total = queries.work_in(unit(), authority, period, offset=(number - 1) * SHOWN, limit=SHOWN)
    return render_template(
        "lms/assessment/quality/work.html",
        page=Page(found, number, total, SHOWN),
        pagination=pagination,
        period=period,
        authority=authority,
        **shared_words(),
    )


@pages.post("/quality/work/<uuid:work_id>/choose")
@requires(Role.QUALITY_ASSURER)
def choose(work_id: UUID) -> ResponseReturnValue:
    """Choose a piece of work by hand, beside the plan."""
    wall = queries.wall_of(unit(), work_id)
    if wall not in viewer().authorities(Role.QUALITY_ASSURER):
        raise NotFound("work")
    services.choose_by_hand(unit(), work_id=work_id, authority_id=wall, by=viewer().person_id, now=now())
    unit().commit()
    flash(_("Chosen. It stands in the plan."), "lms_done")
    return redirect(url_for(".plan", authority=wall))


@pages.route("/quality/policy", methods=["GET", "POST"])
@requires(Role.QUALITY_ASSURER)
def policy() -> ResponseReturnValue:
    """What the authority asks for, to be changed; and what it asked for before."""
    authority = authority_for(Role.QUALITY_ASSURER)
    counting = queries.policy_of(unit(), authority)
    form = PolicyForm(data=PolicyForm.filled(counting))
    frameworks = [each for each in frameworks_for(unit(), authority).newest.values() if _is_practice(each)]
    form.prepare(frameworks)
    if form.validate_on_submit():
        try:
            services.set_policy(
                unit(),
                id=form.key(),
                authority_id=authority,
                policy=form.wanted(),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved. It counts from now on."), "lms_done")
            return redirect(url_for(".plan", authority=authority))
    before = queries.policies_of(unit(), authority)
    return render_template(
        "lms/assessment/quality/policy.html",
        form=form,
        authority=authority,
        shares=list(Share),
        weights=list(Weighed),
        waiting=labels.WAITING,
        before=before,
        names=people.persons(unit(), {each.set_by for each in before}),
        default=DEFAULT,
        share_words=labels.SHARES,
        weight_words=labels.WEIGHTS,
    )


def _is_practice(framework: Any) -> bool:
    return any(each.practice for each in framework.units)
