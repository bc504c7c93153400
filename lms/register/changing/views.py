"""Pages about a change of rules: what a draft would do, what is to come, and for a PA what it means for them."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from uuid import UUID

from flask import Response, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from lms.core.cells import in_cell
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import house, now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.learning.titles import titles
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.queries import PersonView
from lms.people.rules import Role
from lms.register import queries as register
from lms.register.authoring import queries as authoring
from lms.register.changing import queries, services
from lms.register.changing.forms import AskForm, DaysForm
from lms.register.changing.knowing import upcoming
from lms.register.changing.queries import LineView, LookView
from lms.register.changing.rules import Effect
from lms.register.content import Edition
from lms.register.doors import TEAM
from lms.register.laid_out import Group, rows_of
from lms.register.texts import LISTING_STATES, Row, tell

pages = room("changing", __name__)

CSV_AT_ONCE = 1000


@pages.route("/register/rules/drafts/<uuid:draft_id>/impact", methods=["GET", "POST"])
@requires(Role.REGISTER_MANAGER)
def preview(draft_id: UUID) -> ResponseReturnValue:
    """What a draft would change for the authority's PAs, worked out by the worker when it is asked for."""
    authorities = viewer().authorities(Role.REGISTER_MANAGER)
    authority_id = authoring.authority_of(unit(), draft_id, authorities)
    draft = authoring.draft(unit(), draft_id, [authority_id])
    form = AskForm()
    if form.validate_on_submit():
        try:
            services.ask(
                unit(),
                once=form.key(),
                draft_id=draft_id,
                authority_id=authority_id,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            return redirect(url_for(".preview", draft_id=draft_id))
    look = queries.newest_of_draft(unit(), draft_id)
    return render_template(
        "lms/register/changing/preview.html",
        form=form,
        draft=draft,
        look=look,
        changed=look is not None and (look.version != draft.version or look.state == "overtaken"),
        **_found(look),
    )


def _found(look: LookView | None) -> dict[str, object]:
    """What a finished look found, a page of the list among it."""
    effect, number = _effect(), page_number()
    if look is None or look.state != "done":
        return {"page": None}
    some = queries.lines(unit(), look.id, effect=effect, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    total = sum(look.many(each) for each in Effect if effect in {None, each})
    return {
        "page": Page(some, number, total),
        "pagination": pagination,
        "effect": effect,
        "effects": _effects(),
        "names": people.persons(unit(), [one.person_id for one in some]),
        "called": _called(look),
        "states": {state: _(words) for state, words in LISTING_STATES.items()},
    }


def _effect() -> Effect | None:
    return next((each for each in Effect if each.value == request.args.get("effect")), None)


def _effects() -> Mapping[Effect, str]:
    return {
        Effect.LOSES: _("Would lose"),
        Effect.GAINS: _("Would gain"),
        Effect.MORE: _("Stay where they are, and more is missing"),
        Effect.LESS: _("Stay where they are, and less is missing"),
    }


def _called(look: LookView) -> Mapping[str, str]:
    """What requirements are called: as the draft has them, and those it takes out as the rules of today do."""
    found: dict[str, str] = {}
    here = register.edition_for(unit(), look.authority_id, today())
    there = _draft_edition(look) or upcoming(unit(), look.authority_id, today()).get((look.edition, look.valid_from))
    for edition in (here, there):
        found |= {code: line.title.text(language()) for code, line in edition.lines.items()} if edition else {}
    return found


def _draft_edition(look: LookView) -> Edition | None:
    if look.draft_id is None:
        return None
    try:
        return authoring.draft_edition(unit(), look.draft_id, look.authority_id)
    except NotFound:
        return None


@pages.get("/register/rules/looks/<uuid:look_id>.csv")
@requires(Role.REGISTER_MANAGER)
def as_csv(look_id: UUID) -> ResponseReturnValue:
    """Everybody a look found, for a spreadsheet."""
    look = queries.look(unit(), look_id, viewer().authorities(Role.REGISTER_MANAGER))
    if look.state != "done":
        raise NotFound("look")
    words = _Words(_effects(), _called(look), {state.value: _(said) for state, said in LISTING_STATES.items()})
    head = [_("Name"), _("What would change"), _("Now"), _("Then"), _("Needed then"), _("No longer needed")]
    answer = Response(stream_with_context(_rows(look.id, head, words)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="rule-change-{look.edition}.csv"'
    return answer


class _Words:
    """A line of the list in words."""

    def __init__(self, effects: Mapping[Effect, str], called: Mapping[str, str], states: Mapping[str, str]) -> None:
        self._effects, self._called, self._states = effects, called, states

    def row(self, one: LineView, someone: PersonView | None) -> list[str]:
        more, fewer = ("; ".join(self._called.get(code, code) for code in codes) for codes in (one.more, one.fewer))
        name = someone.name if someone else ""
        said = [name, self._effects[one.effect], self._states[one.was], self._states[one.will], more, fewer]
        return [in_cell(each) for each in said]


def _rows(look_id: UUID, head: list[str], words: _Words) -> Iterator[str]:
    yield _line(head)
    place = 0
    while True:
        with house().database.reading() as db:
            some = queries.lines(db, look_id, offset=place, limit=CSV_AT_ONCE)
            names = people.persons(db, [one.person_id for one in some])
        yield "".join(_line(words.row(one, names.get(one.person_id))) for one in some)
        place += len(some)
        if len(some) < CSV_AT_ONCE:
            return


def _line(cells: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()


@pages.get("/register/rules/to-come")
@requires(*TEAM)
def to_come() -> ResponseReturnValue:
    """The changes that are published and still to come, when those affected are told, and how many were."""
    authority = authority_for(*TEAM)
    return render_template(
        "lms/register/changing/to_come.html",
        authority=authority,
        changes=queries.changes_to_come(unit(), authority, today()),
        reading=queries.reading_again(unit(), authority),
        may_set=authority in viewer().authorities(Role.REGISTER_MANAGER),
    )


@pages.route("/register/rules/to-come/<uuid:authority_id>/<edition>/<day>", methods=["GET", "POST"])
@requires(Role.REGISTER_MANAGER)
def days(authority_id: UUID, edition: str, day: str) -> ResponseReturnValue:
    """Set how long before a change those affected are told."""
    change = _change(authority_id, edition, _day(day))
    form = DaysForm(days_before=change.days_before)
    if form.validate_on_submit():
        try:
            services.set_days(
                unit(),
                authority_id=authority_id,
                edition=edition,
                valid_from=change.valid_from,
                days_before=form.days_before.data or 0,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved."), "lms_done")
            return redirect(url_for(".to_come", authority=authority_id))
    return render_template("lms/register/changing/days.html", form=form, change=change, authority=authority_id)


def _change(authority_id: UUID, edition: str, valid_from: date) -> queries.ChangeView:
    if authority_id in viewer().authorities(Role.REGISTER_MANAGER):
        for each in queries.changes_to_come(unit(), authority_id, today()):
            if (each.edition, each.valid_from) == (edition, valid_from):
                return each
    raise NotFound("change")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotFound("day") from None


@pages.get("/register/<uuid:authority_id>/changes/<edition>/<day>")
@requires(Role.PA)
def mine(authority_id: UUID, edition: str, day: str) -> ResponseReturnValue:
    """What the rules that are to come say of the PA who looks, as things stand today."""
    valid_from = _day(day)
    if authority_id not in viewer().authorities(Role.PA):
        raise NotFound("authority")
    if (edition, valid_from) not in upcoming(unit(), authority_id, today()):
        return redirect(url_for("lms.register.mine", authority=authority_id))
    person_id = viewer().person_id
    then = register.verdict_of(unit(), person_id, authority_id, valid_from)
    if then is None:
        raise NotFound("rules")
    here = register.verdict_of(unit(), person_id, authority_id, today())
    missing = set(here.verdict.missing) if here else set()
    told = tell(
        then.verdict,
        then.edition,
        say=_,
        language=language(),
        titles=titles(unit(), language()),
        answered=register.circumstances_of(unit(), person_id, authority_id),
    )
    return render_template(
        "lms/register/changing/mine.html",
        authority=people.organisation(unit(), authority_id),
        day_of_change=valid_from,
        new=_group(_("Newly asked of you"), (row for row in told.to_do if row.code not in missing)),
        old=_group(_("Missing already today"), (row for row in told.to_do if row.code in missing)),
        gone=sorted(missing - set(then.verdict.missing)),
        called={code: line.title.text(language()) for code, line in here.edition.lines.items()} if here else {},
        headline=told.headline,
    )


def _group(title: str, rows: Iterable[Row]) -> list[Group]:
    shown = rows_of(rows, {})
    return [Group(title, shown)] if shown else []
