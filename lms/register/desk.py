"""The register team's pages: who stands where, why, and recording what was seen."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role
from lms.register import queries, services
from lms.register.doors import TEAM, known_pa, pages, told
from lms.register.forms import LearningForm, SeenForm, form_for
from lms.register.kinds import Item, LearningNeeded, ListingState, RequirementKind
from lms.register.lines import Line
from lms.register.queries import Judged
from lms.register.records import SAID_BY_THE_PA
from lms.register.texts import LISTING_STATES, item_said

SHOWN_STATES = (ListingState.CHECKING, ListingState.PROVISIONAL, ListingState.LISTED)
MOST_FOUND = 200
"""How many people a search by name looks at; a longer part of the name finds the rest."""


@pages.get("/register/people")
@requires(*TEAM)
def people_list() -> ResponseReturnValue:
    """The authority's PAs, what changes next first, with a filter by state and by name."""
    authority = authority_for(*TEAM)
    search, number = request.args.get("name", "").strip()[:100], page_number()
    state = next((s for s in SHOWN_STATES if s.value == request.args.get("state")), None)
    ids = None
    if search:
        found = people.people_in(unit(), authority, Role.PA, today(), limit=MOST_FOUND, search=search)
        ids = [person.id for person in found]
    standings, total = queries.standings_in(
        unit(), authority, today(), state=state, ids=ids, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )
    names = people.persons(unit(), [one.person_id for one in standings])
    rows = [(names[one.person_id], one) for one in standings if one.person_id in names]
    return render_template(
        "lms/register/people.html",
        page=Page(rows, number, total),
        pagination=pagination,
        state=state,
        search=search,
        authority=authority,
        states=[(each.value, _(LISTING_STATES[each])) for each in SHOWN_STATES],
        state_words={each: _(words) for each, words in LISTING_STATES.items()},
    )


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
    )


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
    return [(item, item_said(item, _)) for item in items]


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
