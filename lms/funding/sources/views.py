"""Who pays for somebody's training: the PA's own page, the employer's, the team's, and saying it.

These pages stand above claims and places; the reads and rules beside them do not know either.
"""

from dataclasses import dataclass
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.funding.authoring.queries import schemes_for
from lms.funding.sources import labels, queries, services
from lms.funding.sources.forms import MONEY, SayForm
from lms.funding.sources.queries import Cost, Said
from lms.funding.sources.words import HOUSEHOLD, TEAM, Capacity, CostKind, Source
from lms.funding.vocabulary import SchemeStatus
from lms.learning import queries as learning
from lms.learning import titles
from lms.learning.queries import EnrolmentView
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.people.rules import Role

pages = room("money_sources", __name__)


@dataclass(frozen=True)
class Line:
    """A cost with its title, as pages show it."""

    said: Said
    title: str
    who: str


@pages.get("/training-money")
@requires(Role.PA)
def mine() -> ResponseReturnValue:
    """A PA's own page: who pays for what they learn."""
    return _page(viewer().person_id, learning.enrolments_of(unit(), viewer().person_id))


@pages.get("/training-money/<uuid:learner_id>")
@requires(*TEAM, *HOUSEHOLD)
def of_learner(learner_id: UUID) -> ResponseReturnValue:
    """Who pays for what a PA learns, for their employer and for the team of their authority."""
    running = learning.enrolments_of(unit(), learner_id)
    allowed = [each for each in running if _may(each)]
    if not allowed:
        raise NotFound("person")
    return _page(learner_id, allowed)


@pages.route("/training-money/enrolments/<uuid:enrolment_id>", methods=["GET", "POST"])
@requires(Role.PA, *TEAM, *HOUSEHOLD)
def say(enrolment_id: UUID) -> ResponseReturnValue:
    """Say which money meets a cost."""
    capacity = services.capacity_of(unit(), enrolment_id, viewer().person_id, now())
    enrolment = learning.enrolment(unit(), enrolment_id)
    named = titles.titles(unit(), language())
    training = request.args.get("training", "")
    if training and training not in named:
        raise NotFound("training")
    cost = Cost(enrolment_id, training, _cost_kind())
    before = queries.said_about(unit(), cost)
    form = SayForm(data=_filled(before, cost))
    form.offer(_offered(enrolment.authority_id, capacity))
    if form.validate_on_submit():
        chosen = Cost(enrolment_id, training, CostKind(form.cost_kind.data))
        typed = form.typed()
        try:
            services.say(
                unit(),
                once=form.key(),
                cost=chosen,
                cost_pence=typed.cost,
                shares=typed.shares,
                after=form.after if chosen == cost else _turn(chosen),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved. What was said before stays in the history."), "lms_done")
            own = enrolment.learner_id == viewer().person_id
            return redirect(url_for(".mine") if own else url_for(".of_learner", learner_id=enrolment.learner_id))
    return render_template(
        "lms/funding/sources/say.html",
        form=form,
        course=named.get(enrolment.course, enrolment.course),
        training=named.get(training, ""),
        learner=people.person(unit(), enrolment.learner_id),
        own=capacity is Capacity.PA,
        fixed=[share for share in before.shares if share.from_records] if before else [],
        labels=labels,
    )


@pages.get("/training-money/enrolments/<uuid:enrolment_id>/history")
@requires(Role.PA, *TEAM, *HOUSEHOLD)
def history(enrolment_id: UUID) -> ResponseReturnValue:
    """Everything that was said of an enrolment's costs: who, when, what."""
    services.capacity_of(unit(), enrolment_id, viewer().person_id, now())
    enrolment = learning.enrolment(unit(), enrolment_id)
    return render_template(
        "lms/funding/sources/history.html",
        lines=_lines(queries.history_of(unit(), enrolment_id)),
        learner=people.person(unit(), enrolment.learner_id),
        own=enrolment.learner_id == viewer().person_id,
        labels=labels,
    )


def _page(learner_id: UUID, running: list[EnrolmentView]) -> ResponseReturnValue:
    named = titles.titles(unit(), language())
    lines = _lines(queries.said_of(unit(), [each.id for each in running]))
    return render_template(
        "lms/funding/sources/learner.html",
        learner=people.person(unit(), learner_id),
        own=learner_id == viewer().person_id,
        courses=[(each.id, named.get(each.course, each.course)) for each in running],
        lines={each.id: [line for line in lines if line.said.cost.enrolment_id == each.id] for each in running},
        labels=labels,
    )


def _lines(said: list[Said]) -> list[Line]:
    named = titles.titles(unit(), language())
    names = people.persons(unit(), {each.by for each in said if each.by})
    return [
        Line(
            each,
            named.get(each.cost.training, each.cost.training),
            names[each.by].name if each.by in names else "",
        )
        for each in said
    ]


def _may(enrolment: EnrolmentView) -> bool:
    """Whether the viewer may speak of an enrolment's costs: the team of its authority, or an employer of the PA."""
    if enrolment.authority_id in viewer().authorities(*TEAM):
        return True
    homes = viewer().organisations(*HOUSEHOLD)
    return bool(homes) and people.employer_for(unit(), enrolment.learner_id, homes, today()) is not None


def _offered(authority_id: UUID, capacity: Capacity) -> list[tuple[str, str]]:
    """The sources somebody may name; the team also the schemes that are open."""
    offered = [(source.value, _(labels.SOURCES[source])) for source in MONEY]
    if capacity is Capacity.TEAM:
        schemes = schemes_for(unit(), authority_id, on=today())
        offered += [
            (f"{Source.SCHEME.value}|{each.code}", each.title.text(language()))
            for each in schemes.all
            if each.status is SchemeStatus.OPEN
        ]
    return offered


def _filled(before: Said | None, cost: Cost) -> dict[str, str]:
    """What counts today, for the form."""
    filled = {"cost_kind": cost.cost_kind.value, "turn": str(before.turn if before else 0)}
    if before is None:
        return filled
    said = [share for share in before.shares if not share.from_records]
    if before.cost_pence:
        filled["cost"] = _pounds(before.cost_pence)
    for name, share in zip(("first", "second"), said, strict=False):
        filled[name] = f"{share.source.value}|{share.scheme}" if share.scheme else share.source.value
        filled[f"{name}_pence"] = _pounds(share.pence) if share.pence else ""
    return filled


def _pounds(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02}"


def _cost_kind() -> CostKind:
    try:
        return CostKind(request.args.get("cost", CostKind.COURSE.value))
    except ValueError:
        return CostKind.COURSE


def _turn(cost: Cost) -> int:
    """Somebody who chose another cost on the page has not seen what was said of it: nothing may stand there yet."""
    there = queries.said_about(unit(), cost)
    return 0 if there is None else -1
