"""The settings of an authority: one page that gathers all of them, and those that are made here."""

from flask import Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound as Missing

from lms.core.web.notes import flash
from lms.core.web.saying import say
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import Refused
from lms.people import queries as people
from lms.people.forms import ROLE_NAMES
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role
from lms.programme.authority import gathering, looks, rules
from lms.programme.authority import keeping as kept
from lms.programme.authority.doors import pages
from lms.programme.authority.forms import ColoursForm, NameForm
from lms.programme.authority.rules import Palette
from lms.programme.authority.sheet import sheet_of


@pages.get("/settings")
@requires(Role.ADMIN)
def settings() -> ResponseReturnValue:
    """Every setting of the authority: what it says now, and where it is changed."""
    here = authority_for(Role.ADMIN)
    groups = [
        (group.title, [_line(line) for line in group.lines if line.endpoint in current_app.view_functions])
        for group in gathering.gathered(unit(), here, today())
    ]
    places = people.organisations(unit(), viewer().authorities(Role.ADMIN))
    return render_template(
        "lms/programme/authority/settings.html",
        authority=here,
        authorities=sorted((each.name, str(id)) for id, each in places.items()) if len(places) > 1 else [],
        groups=groups,
        say=say,
    )


def _line(line: gathering.Line) -> tuple[gathering.Line, bool, str]:
    """A setting, whether this viewer may change it, and who else may."""
    return line, *_changed_by(line.endpoint)


def _changed_by(endpoint: str) -> tuple[bool, str]:
    """Whether this viewer may enter a page of settings, and the names of the roles that may."""
    entering: frozenset[Role] = getattr(current_app.view_functions[endpoint], "roles", frozenset())
    names = [str(name) for role, name in ROLE_NAMES.items() if role in entering]
    return viewer().has(*entering), ", ".join(names)


@pages.get("/settings/keeping")
@requires(Role.ADMIN)
def keeping() -> ResponseReturnValue:
    """How long what is kept, for what reason, and where that is set."""
    here = authority_for(Role.ADMIN)
    rows = []
    for each in kept.periods(unit(), here, today()):
        may, names = _changed_by(each.endpoint) if each.endpoint else (False, "")
        rows.append((each, url_for(each.endpoint, authority=here) if may else "", names))
    return render_template("lms/programme/authority/keeping.html", authority=here, periods=rows, say=say)


@pages.route("/settings/name", methods=["GET", "POST"])
@requires(Role.ADMIN)
def name() -> ResponseReturnValue:
    """What the authority is called on pages and in messages from now on."""
    here = authority_for(Role.ADMIN)
    place = people.organisation(unit(), here)
    said = {"name": place.name, "name_cy": place.name_cy or ""}
    form = NameForm(data={**said, "was": said["name"], "was_cy": said["name_cy"]})
    if form.validate_on_submit():
        try:
            looks.rename(
                unit(),
                authority_id=here,
                name=form.name.data or "",
                name_cy=form.name_cy.data or "",
                seen=(form.was.data or "", form.was_cy.data or ""),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
            form.was.data, form.was_cy.data = said["name"], said["name_cy"]
        else:
            unit().commit()
            flash(
                _("Saved. Pages and messages say it from now on; certificates that are issued keep theirs."), "lms_done"
            )
            return redirect(url_for(".settings", authority=here))
    return render_template("lms/programme/authority/name.html", form=form, authority=here, place=place)


@pages.route("/settings/colours", methods=["GET", "POST"])
@requires(Role.ADMIN)
def colours() -> ResponseReturnValue:
    """The colours of the authority's pages: tried on this page first, then saved."""
    here = authority_for(Role.ADMIN)
    worn = looks.worn_by(unit(), here, today())
    form = ColoursForm(data={**worn.palette.__dict__, "seen": str(worn.look)})
    tried: Palette | None = None
    if form.validate_on_submit():
        wanted = Palette(form.header.data or "", form.link.data or "", form.button.data or "")
        if request.form.get("do") == "back":
            wanted = Palette()
        if _judge(form, wanted):
            if request.form.get("do") == "try":
                tried = _spelled(wanted)
            elif _save(form, wanted):
                unit().commit()
                flash(_("Saved. Pages wear these colours from now on."), "lms_done")
                return redirect(url_for(".settings", authority=here))
    return render_template(
        "lms/programme/authority/colours.html", form=form, authority=here, worn=worn, tried=tried, ours=Palette()
    )


def _spelled(palette: Palette) -> Palette:
    """What was typed with each colour as #rrggbb; what is none stays as it is."""
    parts = (palette.header, palette.link, palette.button)
    return Palette(*(rules.spelled(each) or each for each in parts))


def _judge(form: ColoursForm, wanted: Palette) -> bool:
    """Whether the colours do; else each that does not has its sentence beside it."""
    for part in ("header", "link", "button"):
        if rules.spelled(getattr(wanted, part)) is None:
            form[part].errors = [_("Write a colour as # and six letters or numbers, such as #0b5c63.")]
    if form.errors:
        return False
    for weak in rules.weak_parts(_spelled(wanted)):
        form[weak.part].errors = [say_refusal(looks.sentence(weak))]
    return not form.errors


def _save(form: ColoursForm, wanted: Palette) -> bool:
    here = authority_for(Role.ADMIN)
    try:
        looks.set_colours(
            unit(),
            id=form.key(),
            authority_id=here,
            palette=wanted,
            seen=_number(form.seen.data or ""),
            by=viewer().person_id,
            now=now(),
        )
    except Refused as refusal:
        form.refuse(say_refusal(refusal))
        form.seen.data = str(looks.worn_by(unit(), here, today()).look)
        return False
    return True


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


@pages.get("/settings/colours/try.css")
@requires(Role.ADMIN)
def try_on() -> Response:
    """Colours as a style sheet before they are saved: only such as could be saved, and nothing else in it."""
    parts = [rules.spelled(request.args.get(part, "")) for part in ("header", "link", "button")]
    header, link, button = parts
    if header is None or link is None or button is None or rules.weak_parts(Palette(header, link, button)):
        raise Missing
    return Response(sheet_of(Palette(header, link, button)), mimetype="text/css")
