"""The register team's pages of one PA: why they stand where they do, and recording what was seen."""

from collections.abc import Mapping
from urllib.parse import quote
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
from lms.register.facts import facts_of
from lms.register.forms import LearningForm, SeenForm, form_for
from lms.register.kinds import Item, LearningNeeded, RequirementKind, RequirementState
from lms.register.laid_out import groups_of
from lms.register.lines import Line
from lms.register.listing.labels import COLOURS, STATES
from lms.register.listing.queries import before_of, listing_of
from lms.register.merging.links import LinkView, links_of
from lms.register.queries import Judged
from lms.register.records import SAID_BY_THE_PA
from lms.register.rules import Before
from lms.register.texts import STATES as REQUIREMENT_STATES
from lms.register.texts import item_titled
from lms.register.ways import way


@pages.get("/register/people/<uuid:authority_id>/<uuid:person_id>")
@requires(*TEAM)
def person_page(authority_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """One PA: the same explanation the PA reads, what was recorded, and ways to record more."""
    someone = known_pa(person_id, authority_id)
    listing = listing_of(unit(), person_id, authority_id)
    judged = _judged(person_id, authority_id, before_of(listing))
    recorded = queries.recorded_of(unit(), person_id, authority_id)
    linked = _linked(person_id, authority_id)
    lines, said = judged.edition.lines, told(judged, judged.said)
    return render_template(
        "lms/register/person.html",
        way=way,
        person=someone,
        authority_id=authority_id,
        told=said,
        records=recorded.records,
        titles={code: line.title for code, line in lines.items()},
        names=people.persons(unit(), {*(each.by for each in recorded.records), *linked.values()}),
        groups=groups_of(said, _ways_to_record(lines, authority_id, person_id), _("Record what you saw"), done=True),
        waiting=recorded.waiting,
        not_enough=_(REQUIREMENT_STATES[RequirementState.NOT_MET]),
        listing=listing,
        states={state: _(text) for state, text in STATES.items()},
        colours=COLOURS,
        linked=linked,
    )


def _linked(person_id: UUID, authority_id: UUID) -> dict[LinkView, UUID]:
    """The links of this record with another one that hold, each with the other one."""
    if person_id not in facts_of(unit(), person_id, authority_id).same:
        return {}
    found = (each for each in links_of(unit(), person_id, authority_id) if each.ended_at is None)
    return {each: each.other_id if each.kept_id == person_id else each.kept_id for each in found}


def _ways_to_record(lines: Mapping[str, Line], authority_id: UUID, person_id: UUID) -> dict[str, str]:
    """Where something is recorded for each requirement, by its code; the addresses are put together once a page."""
    same = {"authority_id": authority_id, "person_id": person_id}
    of_checks, of_others = (way(page, **same, code=_ANY) for page in ("lms.checks.record", "lms.register.record"))
    return {
        code: (of_checks if line.kind is RequirementKind.DBS else of_others).replace(_ANY, quote(code, safe=""))
        for code, line in lines.items()
        if line.kind not in SAID_BY_THE_PA
    }


_ANY = "any-code"


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


def _judged(person_id: UUID, authority_id: UUID, before: Before | None = None) -> Judged:
    judged = queries.verdict_of(unit(), person_id, authority_id, today(), before=before)
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
