"""The register team's pages of one PA: why they stand where they do, and recording what was seen."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.register import queries, services
from lms.register.doors import TEAM, called, known_pa, pages, told
from lms.register.forms import LearningForm, SeenForm, form_for
from lms.register.kinds import Item, LearningNeeded, RequirementKind
from lms.register.lines import Line
from lms.register.listing.labels import COLOURS, STATES
from lms.register.listing.queries import listing_of
from lms.register.merging.links import links_of
from lms.register.queries import Judged
from lms.register.records import SAID_BY_THE_PA
from lms.register.texts import item_titled


@pages.get("/register/people/<uuid:authority_id>/<uuid:person_id>")
@requires(*TEAM)
def person_page(authority_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """One PA: the same explanation the PA reads, what was recorded, and ways to record more."""
    someone, judged = known_pa(person_id, authority_id), _judged(person_id, authority_id)
    recorded = queries.recorded_of(unit(), person_id, authority_id)
    lines = judged.edition.lines
    return render_template(
        "lms/register/person.html",
        person=someone,
        authority_id=authority_id,
        told=told(judged, queries.circumstances_of(unit(), person_id, authority_id)),
        records=recorded.records,
        titles={code: line.title for code, line in lines.items()},
        names=people.persons(unit(), {each.by for each in recorded.records}),
        links={
            code: url_for(_where(line), authority_id=authority_id, person_id=person_id, code=code)
            for code, line in lines.items()
            if line.kind not in SAID_BY_THE_PA
        },
        waiting=recorded.waiting,
        listing=listing_of(unit(), person_id, authority_id),
        states={state: _(text) for state, text in STATES.items()},
        colours=COLOURS,
        **_linked(person_id, authority_id),
    )


def _linked(person_id: UUID, authority_id: UUID) -> dict[str, Any]:
    """The links of this record with another one that hold, and what those are called."""
    found = [each for each in links_of(unit(), person_id, authority_id) if each.ended_at is None]
    others = people.persons(unit(), {each.other_id if each.kept_id == person_id else each.kept_id for each in found})
    return {"linked": found, "others": others}


@pages.route("/register/people/<uuid:authority_id>/<uuid:person_id>/record/<code>", methods=["GET", "POST"])
@requires(*TEAM)
def record(authority_id: UUID, person_id: UUID, code: str) -> ResponseReturnValue:
    """Record what was seen for a requirement."""
    someone, judged = known_pa(person_id, authority_id), _judged(person_id, authority_id)
    line = judged.edition.lines.get(code)
    if line is None or line.kind in SAID_BY_THE_PA or line.kind is RequirementKind.DBS:
        raise NotFound("requirement")
    form = form_for(line)(seen_on=today())
    if isinstance(form, LearningForm):
        form.offer(_items(judged, code))
    if form.validate_on_submit() and _recorded(form, authority_id, person_id, code):
        flash(_("Recorded: %(title)s.", title=line.title.text(language())), "lms_done")
        return redirect(url_for(".person_page", authority_id=authority_id, person_id=person_id))
    return render_template(
        "lms/register/record.html",
        form=form,
        person=someone,
        line=line,
        authority_id=authority_id,
    )


def _where(line: Line) -> str:
    """Where something is recorded: a certificate of the DBS has a page of its own."""
    return "lms.checks.record" if line.kind is RequirementKind.DBS else ".record"


def _judged(person_id: UUID, authority_id: UUID) -> Judged:
    judged = queries.verdict_of(unit(), person_id, authority_id, today())
    if judged is None:
        raise NotFound("rules")
    return judged


def _items(judged: Judged, code: str) -> list[tuple[Item, str]]:
    """The learning that counts for a requirement, in words."""
    rule = next(r for r in judged.edition.rules.requirements if r.code == code)
    if not isinstance(rule, LearningNeeded):
        return []
    items = dict.fromkeys(item for alternative in rule.alternatives for item in alternative)
    titles = called()
    return [(item, item_titled(item, _, titles)) for item in items]


def _recorded(form: SeenForm, authority_id: UUID, person_id: UUID, code: str) -> bool:
    try:
        services.record_seen(
            unit(),
            once=form.key(),
            person_id=person_id,
            authority_id=authority_id,
            code=code,
            on=form.seen_on.data or today(),
            ends_on=form.last_day(),
            data=form.data_to_keep(),
            by=viewer().person_id,
            now=now(),
        )
    except Refused as refusal:
        form.refuse(say_refusal(refusal))
        return False
    unit().commit()
    return True
