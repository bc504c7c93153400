"""The pages on which a register manager writes rules: a draft, each section of it, and publishing it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import yaml
from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.forms import OnceForm
from lms.core.web.notes import flash
from lms.core.web.state import house, now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.learning.titles import titles as module_titles
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.people.rules import Role
from lms.register.across import codes
from lms.register.authoring import queries, services
from lms.register.authoring.asking import Ask, blame, filled, form_class, written
from lms.register.authoring.asks import KINDS, SIGHTS, TITLES, of_part, of_requirement
from lms.register.authoring.case_asks import STATES, asked_at, deep, flat, of_case
from lms.register.authoring.queries import DraftView
from lms.register.authoring.sections import PARTS, UNSAID, digest, inside, key_of, section, with_section
from lms.register.authoring.services import ChangedMeanwhile
from lms.register.authoring.views import as_file, as_pack, impact_url, pages, words_of_rules
from lms.register.authoring.writing import Mistake, as_yaml, look
from lms.register.cases import Difference, differences
from lms.register.content import Edition
from lms.register.kinds import ListingState, RequirementKind
from lms.register.texts import STATES as STATES_OF_REQUIREMENTS

Data = Mapping[str, Any]
DRAFT = "/register/rules/drafts/<uuid:draft_id>"


@pages.get(DRAFT)
@requires(Role.REGISTER_MANAGER)
def draft(draft_id: UUID) -> ResponseReturnValue:
    """A whole draft: what is still wrong, what it asks for, its worked cases with their answers."""
    one = _draft(draft_id)
    found = queries.look_through(unit(), one)
    return render_template(
        "lms/register/rules/draft.html",
        draft=one,
        authority=people.organisation(unit(), one.authority_id),
        edition=queries.whole(unit(), one)["edition"],
        found=found,
        mistakes=[(mistake.said, _link(one, mistake)) for mistake in found.mistakes],
        disagreeing=_disagreeing(found.edition),
        changed_by=people.persons(unit(), [one.changed_by]).get(one.changed_by),
        cases=[(each, date.fromisoformat(str(each["as_of"]))) for each in one.data.get("cases") or ()],
        parts=[(part, TITLES[part], bool(section(one.data, part))) for part in PARTS],
        impact=impact_url(draft_id),
        form=OnceForm(),
        **words_of_rules(),
    )


@pages.get(f"{DRAFT}/file")
@requires(Role.REGISTER_MANAGER)
def draft_file(draft_id: UUID) -> Response:
    """A draft as a rule file, as far as it is written."""
    one = _draft(draft_id)
    data = queries.whole(unit(), one)
    name = f"{str(data['code']).lower()}-{data['edition']}"
    if request.args.get("as") == "pack":
        return as_pack(as_yaml(data), name)
    return as_file(as_yaml(data), name)


@pages.route(f"{DRAFT}/parts/<part>", methods=["GET", "POST"])
@requires(Role.REGISTER_MANAGER)
def part(draft_id: UUID, part: str) -> ResponseReturnValue:
    """One part of a draft, such as reminders and grace."""
    one = _draft(draft_id)
    if part not in PARTS:
        raise NotFound("section")
    sees = dict.fromkeys([*(one.data.get("employer_sees") or ()), *(one.data.get("employer_never_sees") or ())])
    shown = {**UNSAID.get(part, {}), **section(one.data, part)}
    return _page(one, part, of_part(part, _titles(one), _all_sights(list(sees))), TITLES[part], shown)


@pages.get(f"{DRAFT}/requirements/new")
@requires(Role.REGISTER_MANAGER)
def choose_kind(draft_id: UUID) -> ResponseReturnValue:
    """Choose what sort of thing a new requirement asks for."""
    return render_template("lms/register/rules/kinds.html", draft=_draft(draft_id), kinds=KINDS)


@pages.route(f"{DRAFT}/requirements/new/<kind>", methods=["GET", "POST"])
@requires(Role.REGISTER_MANAGER)
def add_requirement(draft_id: UUID, kind: str) -> ResponseReturnValue:
    """Write a new requirement."""
    one = _draft(draft_id)
    if kind not in set(RequirementKind):
        raise NotFound("kind")
    fresh = {"kind": kind, "mandatory": True, "visible": "none", "waivable": True}
    return _page(one, "requirements/", of_requirement(RequirementKind(kind)), KINDS[RequirementKind(kind)], fresh)


@pages.route(f"{DRAFT}/requirements/<code>", methods=["GET", "POST"])
@requires(Role.REGISTER_MANAGER)
def requirement(draft_id: UUID, code: str) -> ResponseReturnValue:
    """Change a requirement."""
    one = _draft(draft_id)
    if _sent_already(one):
        return redirect(url_for(".draft", draft_id=draft_id))
    there = section(one.data, f"requirements/{code}")
    kind = RequirementKind(there["kind"])
    return _page(one, f"requirements/{code}", of_requirement(kind), KINDS[kind], {"waivable": True, **there})


@pages.route(f"{DRAFT}/cases/new", methods=["GET", "POST"])
@requires(Role.REGISTER_MANAGER)
def add_case(draft_id: UUID) -> ResponseReturnValue:
    """Write a worked case."""
    one = _draft(draft_id)
    fresh: Data = {"as_of": one.data.get("valid_from"), "pa": {}, "expect": {}}
    return _page(one, "cases/", _case_asks(one), _("A worked case"), fresh)


@pages.route(f"{DRAFT}/cases/<case_id>", methods=["GET", "POST"])
@requires(Role.REGISTER_MANAGER)
def case(draft_id: UUID, case_id: str) -> ResponseReturnValue:
    """Change a worked case about a PA."""
    one = _draft(draft_id)
    if _sent_already(one):
        return redirect(url_for(".draft", draft_id=draft_id))
    there = section(one.data, f"cases/{case_id}")
    if "pa" not in there:  # a request to start a check: the law's answer, not the authority's
        raise NotFound("case")
    return _page(one, f"cases/{case_id}", _case_asks(one), _("A worked case"), there)


@pages.post(f"{DRAFT}/<any(remove,up):doing>")
@requires(Role.REGISTER_MANAGER)
def change_list(draft_id: UUID, doing: str) -> ResponseReturnValue:
    """Take a requirement or case out, or move it up."""
    one = _draft(draft_id)
    change = services.remove if doing == "remove" else services.move_up
    try:
        change(
            unit(),
            once=OnceForm().key(),
            draft_id=draft_id,
            authority_id=one.authority_id,
            key=request.form.get("key", "")[:200],
            version=_version(),
            by=viewer().person_id,
            now=now(),
        )
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("Taken out of the draft.") if doing == "remove" else _("Moved up."), "lms_on")
    return redirect(url_for(".draft", draft_id=draft_id))


@pages.route(f"{DRAFT}/throw-away", methods=["GET", "POST"])
@requires(Role.REGISTER_MANAGER)
def throw_away(draft_id: UUID) -> ResponseReturnValue:
    """Ask once, then end a draft without publishing it."""
    if request.method == "POST":
        authority_id = queries.authority_of(unit(), draft_id, viewer().authorities(Role.REGISTER_MANAGER))
        services.throw_away(unit(), draft_id=draft_id, authority_id=authority_id, by=viewer().person_id, now=now())
        unit().commit()
        flash(_("The draft is thrown away."), "lms_done")
        return redirect(url_for(".editions", authority=authority_id))
    return render_template("lms/register/rules/throw_away.html", draft=_draft(draft_id))


@pages.route(f"{DRAFT}/publish", methods=["GET", "POST"])
@requires(Role.REGISTER_MANAGER)
def publish(draft_id: UUID) -> ResponseReturnValue:
    """What publishing means, and publishing."""
    form = OnceForm()
    authority_id = queries.authority_of(unit(), draft_id, viewer().authorities(Role.REGISTER_MANAGER))
    if request.method == "POST":
        try:
            made = services.publish(
                unit(),
                once=form.key(),
                draft_id=draft_id,
                authority_id=authority_id,
                version=_version(),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Published. Edition %(edition)s holds from its first day on.", edition=made.edition), "lms_done")
            return redirect(url_for(".edition", authority_id=authority_id, edition=made.edition))
    one = _draft(draft_id)
    return render_template(
        "lms/register/rules/publish.html",
        draft=one,
        authority=people.organisation(unit(), one.authority_id),
        edition=queries.whole(unit(), one)["edition"],
        found=queries.look_through(unit(), one),
        days=(one.valid_from - today()).days if one.valid_from else 0,
        impact=impact_url(draft_id),
        form=form,
    )


# One section ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _page(one: DraftView, key: str, asks: Sequence[Ask], title: Any, fresh: Data | None = None) -> ResponseReturnValue:
    """The form of one section. `fresh` is what stands in it when nothing, or not all, is written yet."""
    is_case = key.startswith("cases/")
    there = section(one.data, key)
    shown: Data = fresh or there
    known = codes(house().shelves)
    answers = filled(asks, flat(shown) if is_case else shown, known)
    form = form_class(asks)(data=answers)
    was = request.form.get("was", digest(there))[:20]
    theirs: Data | None = None
    if form.validate_on_submit():
        said = written(asks, form, {} if is_case else _kept(shown), known)
        value = None if said is None else deep(said, shown, [ask.name for ask in asks]) if is_case else _weighed(said)
        if value is not None and not _blamed(one, key, asks, form, value):
            try:
                _save(one, key, value, was, form)
            except ChangedMeanwhile as refusal:
                form.refuse(say_refusal(refusal))
                theirs, was = refusal.theirs, digest(refusal.theirs)
            except Refused as refusal:
                form.refuse(say_refusal(refusal))
            else:
                unit().commit()
                flash(_("Saved in the draft."), "lms_done")
                return redirect(url_for(".draft", draft_id=one.id))
    return render_template(
        "lms/register/rules/section.html",
        draft=one,
        key=key,
        title=title,
        form=form,
        was=was,
        theirs=yaml.safe_dump(theirs, allow_unicode=True, sort_keys=False) if theirs else "",
        learning=_learning() if "any_of" in form or "dated" in form else (),
    )


def _save(one: DraftView, key: str, value: Data, was: str, form: OnceForm) -> None:
    services.save_section(
        unit(),
        once=form.key(),
        draft_id=one.id,
        authority_id=one.authority_id,
        key=key,
        value=value,
        was=was,
        by=viewer().person_id,
        now=now(),
    )


def _kept(shown: Data) -> Data:
    """What a section says that no question asks for, the other word for mandatory aside."""
    return {name: value for name, value in shown.items() if name != "recommended"}


def _weighed(said: dict[str, Any]) -> dict[str, Any]:
    """A requirement that is not mandatory is recommended; one that may be waived need not say so."""
    if said.get("mandatory") is False:
        said["recommended"] = True
    if said.get("waivable") is True:
        del said["waivable"]
    return said


def _blamed(one: DraftView, key: str, asks: Sequence[Ask], form: OnceForm, value: Data) -> bool:
    """Whether something is wrong in what was written; each mistake then stands at its field."""
    data = with_section(queries.whole(unit(), one), key, value)
    kind, slash, _name = key.partition("/")
    new = f"{kind}/{value.get('code') or value.get('id')}" if slash else key
    found = [mistake for mistake in look(data, codes(house().shelves)).mistakes if key_of(data, mistake.where) == new]
    for mistake in found:
        where = inside(key, mistake.where)
        blame(asks, form, asked_at(where) if kind == "cases" else where, mistake.said)
    return bool(found)


def _draft(draft_id: UUID) -> DraftView:
    """A draft of an authority the viewer manages the register of. NotFound for any other."""
    return queries.draft(unit(), draft_id, viewer().authorities(Role.REGISTER_MANAGER))


def _sent_already(one: DraftView) -> bool:
    """Whether this very form was saved a moment ago: a double tap, perhaps under a code that was just changed."""
    return request.method == "POST" and one.last_once is not None and request.form.get("once") == str(one.last_once)


def _version() -> int:
    sent = request.form.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0


def _case_asks(one: DraftView) -> Sequence[Ask]:
    return of_case(one.data.get("requirements") or (), _titles(one))


def _titles(one: DraftView) -> dict[str, str]:
    """The requirements of a draft in words, by code."""
    return {each["code"]: f"{each['code']}: {_title(each)}" for each in one.data.get("requirements") or ()}


def _title(each: Data) -> str:
    said = each.get("title") or {}
    if isinstance(said, str):
        return said
    return str((said.get("cy") if language() == "cy" else None) or said.get("en") or "")


def _all_sights(named: list[str]) -> list[str]:
    return list(dict.fromkeys([*named, *SIGHTS]))


def _link(one: DraftView, mistake: Mistake) -> str | None:
    """Where a mistake can be mended."""
    key = key_of(one.data, mistake.where)
    if key is None:
        return None
    kind, slash, name = key.partition("/")
    if not slash:
        return url_for(".part", draft_id=one.id, part=kind)
    if kind == "requirements":
        return url_for(".requirement", draft_id=one.id, code=name)
    return url_for(".case", draft_id=one.id, case_id=name)


def _disagreeing(edition: Edition | None) -> dict[str, list[str]]:
    """By the id of each case that came out otherwise: what was expected, what came, and what the PA in it lacks."""
    found: dict[str, list[str]] = {}
    for case in edition.cases if edition else ():
        different = list(differences(edition.rules, case)) if edition else []
        if edition and different:
            lacking = [f"{f.code} ({_(STATES_OF_REQUIREMENTS[f.state])})" for f in different[0].findings]
            because = [_("Because of: %(what)s.", what=", ".join(lacking))] if lacking else []
            found[case.id] = [*map(_came_out, different), *because]
    return found


def _came_out(one: Difference) -> str:
    wanted, got = _answer(one.wanted), _answer(one.got)
    if one.name == "missing":
        return _("Expected to be missing: %(wanted)s. Came out as missing: %(got)s.", wanted=wanted, got=got)
    if one.name == "recommended_missing":
        return _("Expected as good to have: %(wanted)s. Came out: %(got)s.", wanted=wanted, got=got)
    if one.name == "state":
        return _("Expected: “%(wanted)s”. Came out: “%(got)s”.", wanted=wanted, got=got)
    return _("Expected as %(what)s: %(wanted)s. Came out: %(got)s.", what=one.name, wanted=wanted, got=got)


def _answer(value: object) -> str:
    """An answer of a worked case in words: states as the form of a case calls them, requirements by their codes."""
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or _("nothing")
    return str(STATES.get(str(value), value)) if isinstance(value, ListingState) else str(value)


def _learning() -> list[tuple[str, str]]:
    """Codes that can be written, each with its title where it has one."""
    known = codes(house().shelves)
    called = module_titles(unit(), language())
    shown = [code for kind, several in known.by_kind.items() if kind.value not in _MANY for code in several]
    return [(code, called.get(code, "")) for code in sorted(dict.fromkeys(shown))]


_MANY: Sequence[str] = ("criteria",)
"""Too many to list; a hint says how they are written."""
