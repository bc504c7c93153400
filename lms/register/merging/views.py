"""The register team's pages of PAs who are registered twice: find them, compare, read as one, undo."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role
from lms.register.doors import TEAM, known_pa
from lms.register.listing.labels import STATES
from lms.register.merging import links, looking, services
from lms.register.merging.comparing import Compared, Side
from lms.register.merging.comparing import compare as compared
from lms.register.merging.forms import LIKENESSES, REASONS, UNDO_REASONS, LinkForm, UndoForm
from lms.register.merging.queries import same_as
from lms.register.merging.reasons import LinkReason, UndoReason
from lms.register.team_words import HAS_NOT_APPLIED, RULES_SAY

pages = room("merging", __name__)

LINKS_SHOWN = 50
FOUND_SHOWN = 20


@pages.get("/register/doubles")
@requires(*TEAM)
def doubles() -> ResponseReturnValue:
    """Records that look like the same person, and the links there are and were."""
    authority, number = authority_for(*TEAM), page_number()
    rows, total = links.pairs_in(unit(), authority, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    made = links.links_in(unit(), authority, limit=LINKS_SHOWN)
    ids = {each for row in rows for each in (row.first_id, row.second_id)}
    ids |= {each for row in made for each in (row.kept_id, row.other_id)}
    return render_template(
        "lms/register/merging/doubles.html",
        authority=authority,
        page=Page(rows, number, total),
        pagination=pagination,
        made=made,
        names=people.persons(unit(), ids),
        likenesses=LIKENESSES,
        looked_at=links.looked_at(unit(), authority),
    )


@pages.post("/register/doubles/look")
@requires(*TEAM)
def look() -> ResponseReturnValue:
    """Have the records compared again."""
    authority = next((each for each in viewer().authorities(*TEAM) if str(each) == request.form.get("authority")), None)
    if authority is None:
        raise NotFound("authority")
    looking.ask(unit(), authority_id=authority, now=now())
    unit().commit()
    flash(_("The records are being compared. Open this page again in a minute."), "lms_done")
    return redirect(url_for(".doubles", authority=authority))


@pages.get("/register/people/<uuid:authority_id>/<uuid:person_id>/twice")
@requires(*TEAM)
def find(authority_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Find the other record of a PA by part of a name."""
    someone, search = known_pa(person_id, authority_id), request.args.get("name", "").strip()[:100]
    found = people.people_in(
        unit(), authority_id, Role.PA, today(), limit=FOUND_SHOWN + 1, search=search or someone.name
    )
    others = [each for each in found if each.id != person_id][:FOUND_SHOWN]
    return render_template(
        "lms/register/merging/find.html", person=someone, authority_id=authority_id, search=search, others=others
    )


@pages.route("/register/doubles/<uuid:authority_id>/<uuid:first_id>/<uuid:second_id>", methods=["GET", "POST"])
@requires(*TEAM)
def compare(authority_id: UUID, first_id: UUID, second_id: UUID) -> ResponseReturnValue:
    """Two records side by side, and what reading them as one would do."""
    if first_id == second_id:
        raise NotFound("person")
    for each in (first_id, second_id):
        known_pa(each, authority_id)
    found = compared(unit(), authority_id, first_id, second_id, today())
    form = LinkForm(data={"kept": str(found.better)})
    form.kept.choices = [SelectChoice(str(side.person.id), _named(side)) for side in (found.first, found.second)]
    if form.validate_on_submit() and _linked(form, authority_id, first_id, second_id):
        flash(_("They are read as one person from now on."), "lms_done")
        return redirect(url_for(".link", link_id=form.key()))
    return render_template(
        "lms/register/merging/compare.html",
        form=form,
        authority_id=authority_id,
        found=found,
        linked=second_id in same_as(unit(), [first_id], authority_id).get(first_id, ()),
        stands={side.person.id: _stands(side) for side in (found.first, found.second)},
        rules_say={state: _(text) for state, text in RULES_SAY.items()},
        missing=_missing(found),
    )


@pages.post("/register/doubles/<uuid:authority_id>/<uuid:first_id>/<uuid:second_id>/two")
@requires(*TEAM)
def two(authority_id: UUID, first_id: UUID, second_id: UUID) -> ResponseReturnValue:
    """The two are two people: suggest them no more."""
    for each in (first_id, second_id):
        known_pa(each, authority_id)
    try:
        services.two_people(
            unit(), authority_id=authority_id, first_id=first_id, second_id=second_id, by=viewer().person_id, now=now()
        )
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("They are two people. Nobody is asked about them again."), "lms_done")
    return redirect(url_for(".doubles", authority=authority_id))


@pages.route("/register/doubles/links/<uuid:link_id>", methods=["GET", "POST"])
@requires(*TEAM)
def link(link_id: UUID) -> ResponseReturnValue:
    """One link with its trail, and the way to undo it."""
    found = links.link(unit(), link_id, viewer().authorities(*TEAM))
    form = UndoForm()
    if form.validate_on_submit():
        try:
            services.undo(
                unit(),
                link_id=link_id,
                authority_id=found.authority_id,
                reason=UndoReason(form.reason.data),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Undone. They are two records again."), "lms_done")
            return redirect(url_for(".link", link_id=link_id))
    people_of_it = {found.kept_id, found.other_id, found.linked_by, *([found.ended_by] if found.ended_by else [])}
    return render_template(
        "lms/register/merging/link.html",
        form=form,
        found=found,
        names=people.persons(unit(), people_of_it),
        reason=REASONS[found.reason],
        end_reason=UNDO_REASONS[found.end_reason] if found.end_reason else "",
    )


def _linked(form: LinkForm, authority_id: UUID, first_id: UUID, second_id: UUID) -> bool:
    kept_id = first_id if form.kept.data == str(first_id) else second_id
    try:
        services.link(
            unit(),
            once=form.key(),
            authority_id=authority_id,
            kept_id=kept_id,
            other_id=second_id if kept_id == first_id else first_id,
            reason=LinkReason(form.reason.data),
            by=viewer().person_id,
            now=now(),
        )
    except Refused as refusal:
        form.refuse(say_refusal(refusal))
        return False
    unit().commit()
    return True


def _named(side: Side) -> str:
    """What tells one record from the other."""
    person = side.person
    return f"{person.name} ({person.email or person.username or _('no e-mail address')}): {_stands(side)}"


def _stands(side: Side) -> str:
    return _(STATES[side.listing.state]) if side.listing else _(HAS_NOT_APPLIED)


def _missing(found: Compared) -> list[str]:
    """What would still be missing after a link, by title."""
    if found.after is None or found.edition is None:
        return []
    return [found.edition.title(code, language()) for code in found.after.missing]
