"""The pages on which a scheme is written: a draft, each part of it, its items and worked cases, and publishing it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import Optional

from lms.core.web.fields import DayField
from lms.core.web.forms import OnceForm
from lms.core.web.notes import flash
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, _l, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.funding import texts
from lms.funding.authoring import names, queries, services
from lms.funding.authoring.asking import Ask, blame, filled, form_class, written
from lms.funding.authoring.asks import TITLES, of_item, of_part
from lms.funding.authoring.case_asks import of_case
from lms.funding.authoring.editing import Data, Mistake, as_yaml, at, digest, entry, look, with_values
from lms.funding.authoring.queries import DraftView
from lms.funding.authoring.services import ChangedMeanwhile
from lms.funding.authoring.views import WRITERS, as_download, pages
from lms.funding.content import answer, disagreeing
from lms.funding.scheme import Scheme
from lms.people import queries as people
from lms.people.guards import requires, viewer

DRAFT = "/funding/schemes/drafts/<uuid:draft_id>"
_FRESH: dict[str, Data] = {
    "items": {"kind": "course", "measure": "per_item", "amount_provenance": "illustrative", "evidence": []},
    "cases": {"given": {}, "expect": {"decision": "payable"}},
}


@pages.get(DRAFT)
@requires(*WRITERS)
def draft(draft_id: UUID) -> ResponseReturnValue:
    """A whole draft: what is still wrong, its parts and items, its worked cases with their answers."""
    one = _draft(draft_id)
    found = queries.look_through(unit(), one, on=today())
    return render_template(
        "lms/funding/schemes/draft.html",
        draft=one,
        authority=people.organisation(unit(), one.authority_id),
        edition=queries.whole(unit(), one, on=today())["edition"],
        found=found,
        mistakes=[(mistake.said, _link(one, mistake)) for mistake in found.mistakes],
        cases=_cases(one, found.scheme),
        parts=TITLES,
        measures=names.MEASURES,
        changed_by=people.persons(unit(), [one.changed_by]).get(one.changed_by),
        form=OnceForm(),
    )


@pages.get(f"{DRAFT}/file")
@requires(*WRITERS)
def draft_file(draft_id: UUID) -> Response:
    """A draft as a scheme file, as far as it is written."""
    data = queries.whole(unit(), _draft(draft_id), on=today())
    return as_download(as_yaml(data), f"{data['code']}-{data['edition']}")


@pages.route(f"{DRAFT}/parts/<part>", methods=["GET", "POST"])
@requires(*WRITERS)
def part(draft_id: UUID, part: str) -> ResponseReturnValue:
    """One part of a draft, such as its dates."""
    one = _draft(draft_id)
    if part not in TITLES:
        raise NotFound("part")
    return _page(one, "", of_part(part, one.data), TITLES[part])


@pages.route(f"{DRAFT}/items/new", methods=["GET", "POST"])
@requires(*WRITERS)
def add_item(draft_id: UUID) -> ResponseReturnValue:
    """Write a new item."""
    one = _draft(draft_id)
    return _page(one, "items/", of_item({}, one.data), _("A new item"))


@pages.route(f"{DRAFT}/items/<code>", methods=["GET", "POST"])
@requires(*WRITERS)
def item(draft_id: UUID, code: str) -> ResponseReturnValue:
    """Change an item."""
    one = _draft(draft_id)
    if _sent_already(one):
        return redirect(url_for(".draft", draft_id=draft_id))
    return _page(one, f"items/{code}", of_item(entry(one.data, f"items/{code}"), one.data), code)


@pages.route(f"{DRAFT}/cases/new", methods=["GET", "POST"])
@requires(*WRITERS)
def add_case(draft_id: UUID) -> ResponseReturnValue:
    """Write a new worked case."""
    one = _draft(draft_id)
    return _page(one, "cases/", of_case(one.data), _("A worked case"))


@pages.route(f"{DRAFT}/cases/<case_id>", methods=["GET", "POST"])
@requires(*WRITERS)
def case(draft_id: UUID, case_id: str) -> ResponseReturnValue:
    """Change a worked case."""
    one = _draft(draft_id)
    if _sent_already(one):
        return redirect(url_for(".draft", draft_id=draft_id))
    return _page(one, f"cases/{case_id}", of_case(one.data), _("A worked case"))


@pages.post(f"{DRAFT}/remove")
@requires(*WRITERS)
def remove(draft_id: UUID) -> ResponseReturnValue:
    """Take an item or a case out of a draft."""
    one, form = _draft(draft_id), OnceForm()
    try:
        services.remove(
            unit(),
            once=form.key(),
            draft_id=draft_id,
            authority_id=one.authority_id,
            key=request.form.get("key", ""),
            version=_version(),
            by=viewer().person_id,
            now=now(),
        )
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
    return redirect(url_for(".draft", draft_id=draft_id))


class PublishForm(OnceForm):
    """From which day an edition holds."""

    first = DayField(
        _l("From which day does it hold?"),
        description=_l("Left empty, from today. Claims drafted before keep the terms they began with."),
        validators=[Optional()],
    )


@pages.route(f"{DRAFT}/publish", methods=["GET", "POST"])
@requires(*WRITERS)
def publish(draft_id: UUID) -> ResponseReturnValue:
    """Make a draft an edition that holds from a day."""
    one, form = _draft(draft_id), PublishForm()
    if form.validate_on_submit():
        try:
            done = services.publish(
                unit(),
                once=form.key(),
                draft_id=draft_id,
                authority_id=one.authority_id,
                version=_version(),
                valid_from=form.first.data or today(),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Published. It holds from its first day on."), "lms_done")
            if done.valid_from > today():
                return redirect(url_for(".schemes", authority=one.authority_id))
            return redirect(url_for(".scheme", authority_id=one.authority_id, code=done.scheme))
    whole = queries.whole(unit(), one, on=today())
    found = queries.look_through(unit(), one, on=today())
    return render_template(
        "lms/funding/schemes/publish.html", draft=one, found=found, edition=whole["edition"], form=form
    )


@pages.route(f"{DRAFT}/throw-away", methods=["GET", "POST"])
@requires(*WRITERS)
def throw_away(draft_id: UUID) -> ResponseReturnValue:
    """End a draft without publishing it."""
    one = _draft(draft_id)
    if request.method == "POST":
        services.throw_away(unit(), draft_id=draft_id, authority_id=one.authority_id, by=viewer().person_id, now=now())
        unit().commit()
        flash(_("The draft is gone."), "lms_done")
        return redirect(url_for(".schemes", authority=one.authority_id))
    return render_template("lms/funding/schemes/throw_away.html", draft=one)


def _page(one: DraftView, key: str, asks: Sequence[Ask], title: Any) -> ResponseReturnValue:
    """The page of one place in a draft: what stands there, and what somebody writes."""
    there = entry(one.data, key)
    shown = there or _FRESH.get(key.partition("/")[0], {})
    form = form_class(asks)(data=filled(asks, shown))
    was = digest({ask.path: at(there, ask.path) for ask in asks})
    theirs = None
    if form.validate_on_submit():
        values = _in_their_order(written(asks, form), there)
        if values is not None and not _blamed(one, key, asks, form, values):
            try:
                _save(one, key, values, form)
            except ChangedMeanwhile as meanwhile:
                theirs, was = as_yaml(dict(meanwhile.theirs)), digest(meanwhile.theirs)
                form.refuse(say_refusal(meanwhile))
            except Refused as refusal:
                form.refuse(say_refusal(refusal))
            else:
                unit().commit()
                flash(_("Saved in the draft."), "lms_done")
                return redirect(url_for(".draft", draft_id=one.id))
    return render_template(
        "lms/funding/schemes/place.html",
        draft=one,
        title=title,
        form=form,
        groups={ask.name: ask.group for ask in asks if ask.group},
        was=was,
        theirs=theirs,
    )


def _in_their_order(values: dict[str, Any] | None, there: Data) -> dict[str, Any] | None:
    """What was ticked, in the order in which it stood where it is the same."""
    for path, value in (values or {}).items():
        before = at(there, path)
        if values and isinstance(value, list) and isinstance(before, list) and sorted(value) == sorted(before):
            values[path] = before
    return values


def _save(one: DraftView, key: str, values: Data, form: OnceForm) -> None:
    services.save(
        unit(),
        once=form.key(),
        draft_id=one.id,
        authority_id=one.authority_id,
        key=key,
        values=values,
        was=request.form.get("was", ""),
        by=viewer().person_id,
        now=now(),
    )


def _blamed(one: DraftView, key: str, asks: Sequence[Ask], form: OnceForm, values: Data) -> bool:
    """Whether something is wrong in what was written; each mistake then stands at its field."""
    data = with_values(queries.whole(unit(), one, on=today()), key, values)
    kind, slash, name = key.partition("/")
    place = _place(data, kind, str(values.get("code") or values.get("id") or name)) if slash else None
    paths = tuple(ask.path.split(".")[0] for ask in asks)
    found = False
    for mistake in look(data, [one.code]).mistakes:
        where = mistake.where
        if slash and where[:2] == (kind, place):
            blame(asks, form, where[2:], mistake.said)
            found = True
        elif not slash and where and where[0] in paths:
            blame(asks, form, where, mistake.said)
            found = True
    return found


def _place(data: Data, kind: str, name: str) -> int | None:
    named = [str(each.get("code") or each.get("id")) for each in data.get(kind) or ()]
    return len(named) - 1 - named[::-1].index(name) if name in named else None


def _draft(draft_id: UUID) -> DraftView:
    """A draft of an authority whose schemes the viewer decides on. NotFound for any other."""
    return queries.draft(unit(), draft_id, viewer().authorities(*WRITERS))


def _sent_already(one: DraftView) -> bool:
    """Whether this very form was saved a moment ago: a double tap, perhaps under a code that was just changed."""
    return request.method == "POST" and one.last_once is not None and request.form.get("once") == str(one.last_once)


def _version() -> int:
    sent = request.form.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0


def _link(one: DraftView, mistake: Mistake) -> str | None:
    """Where a mistake can be mended."""
    where = mistake.where
    if not where:
        return None
    if where[0] in {"items", "cases"} and len(where) > 1 and isinstance(where[1], int):
        each = one.data[str(where[0])][where[1]]
        if where[0] == "items":
            return url_for(".item", draft_id=one.id, code=each.get("code"))
        return url_for(".case", draft_id=one.id, case_id=each.get("id"))
    part = next(
        (name for name in TITLES if any(_is_about(a.path, str(where[0])) for a in of_part(name, one.data))), None
    )
    return url_for(".part", draft_id=one.id, part=part) if part else None


def _is_about(path: str, name: str) -> bool:
    return path.split(".", maxsplit=1)[0] == name


def _cases(one: DraftView, scheme: Scheme | None) -> list[dict[str, Any]]:
    """The worked cases of a draft, each with what comes out and how that differs, where they can be run."""
    if scheme is None:
        return [{"id": each.get("id"), "told": None, "wrong": []} for each in one.data.get("cases") or ()]
    wrong = disagreeing(scheme)
    return [
        {
            "id": case.id,
            "told": texts.tell(answer(scheme, case), _, language()),
            "wrong": [said.removeprefix(f"{case.id}: ") for said in wrong if said.startswith(f"{case.id}: ")],
        }
        for case in scheme.cases
    ]
