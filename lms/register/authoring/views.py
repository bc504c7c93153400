"""The pages on which register managers see their rules: every edition, what one says, its file, and taking one back."""

import io
import zipfile
from datetime import date, timedelta
from uuid import UUID

from flask import Response, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.forms import OnceForm
from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role
from lms.register.authoring import queries, services
from lms.register.authoring.asks import CONTACT, KINDS, LEVELS, SIGHTS, VISIBLE, WHEN, WORKFORCES
from lms.register.authoring.writing import as_yaml, data_of
from lms.register.content import Edition
from lms.register.texts import item_said

pages = room("rules", __name__)

TEAM = (Role.REGISTER_MANAGER, Role.REGISTER_OFFICER)
NOTICE_DAYS = 28
"""How far ahead the first day of new rules is proposed: time to look, and to tell those affected."""


@pages.get("/register/rules")
@requires(*TEAM)
def editions() -> ResponseReturnValue:
    """Every edition of an authority's rules, and the drafts somebody is writing."""
    authority = authority_for(*TEAM)
    found = queries.editions(unit(), authority)
    made = queries.published_in(unit(), authority)
    drafts = queries.drafts_of(unit(), authority) if _manages(authority) else []
    return render_template(
        "lms/register/rules/editions.html",
        authority=authority,
        where=people.organisation(unit(), authority),
        rows=[(edition, _standing(edition), _made(edition, made)) for edition in reversed(found)],
        taken_back=[one for one in made if one.withdrawn_at],
        drafts=drafts,
        names=people.persons(unit(), {*(one.by for one in made), *(one.changed_by for one in drafts)}),
        manages=_manages(authority),
        fresh_once=OnceForm().once.data,
    )


@pages.get("/register/rules/<uuid:authority_id>/editions/<edition>")
@requires(*TEAM)
def edition(authority_id: UUID, edition: str) -> ResponseReturnValue:
    """What one edition asks for, in words."""
    found = _edition(authority_id, edition)
    made = _made(found, queries.published_in(unit(), authority_id))
    return render_template(
        "lms/register/rules/edition.html",
        authority_id=authority_id,
        edition=found,
        standing=_standing(found),
        made=made,
        by=people.persons(unit(), [made.by]).get(made.by) if made else None,
        form=OnceForm(),
        manages=_manages(authority_id),
        may_take_back=made is not None and found.file.valid_from > today() and _manages(authority_id),
        **words_of_rules(),
    )


@pages.get("/register/rules/<uuid:authority_id>/editions/<edition>/file")
@requires(*TEAM)
def edition_file(authority_id: UUID, edition: str) -> Response:
    """An edition as a rule file, which `lms check` reads."""
    return as_file(_document(_edition(authority_id, edition)), _name(_edition(authority_id, edition)))


@pages.get("/register/rules/<uuid:authority_id>/editions/<edition>/pack")
@requires(*TEAM)
def edition_pack(authority_id: UUID, edition: str) -> Response:
    """An edition as a pack: a folder that another site can be started with."""
    found = _edition(authority_id, edition)
    return as_pack(_document(found), _name(found))


@pages.post("/register/rules/<uuid:authority_id>/editions/<edition>/draft")
@requires(Role.REGISTER_MANAGER)
def start(authority_id: UUID, edition: str) -> ResponseReturnValue:
    """Begin new rules as a copy of an edition."""
    _mine(authority_id)
    form = OnceForm()
    newest = queries.editions(unit(), authority_id)[-1].file.valid_from
    try:
        draft_id = services.start_draft(
            unit(),
            once=form.key(),
            authority_id=authority_id,
            based_on=edition,
            valid_from=max(today(), newest) + timedelta(days=NOTICE_DAYS),
            by=viewer().person_id,
            now=now(),
        )
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
        return redirect(url_for(".editions", authority=authority_id))
    unit().commit()
    return redirect(url_for(".draft", draft_id=draft_id))


@pages.post("/register/rules/<uuid:authority_id>/editions/<uuid:edition_id>/take-back")
@requires(Role.REGISTER_MANAGER)
def take_back(authority_id: UUID, edition_id: UUID) -> ResponseReturnValue:
    """Take a published edition back before its first day."""
    _mine(authority_id)
    try:
        services.take_back(unit(), edition_id=edition_id, authority_id=authority_id, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("Taken back. The rules before go on."), "lms_done")
    return redirect(url_for(".editions", authority=authority_id))


def words_of_rules() -> dict[str, object]:
    """What the pages that say rules in words need."""
    return {
        "kinds": KINDS,
        "levels": LEVELS,
        "workforces": WORKFORCES,
        "visible": VISIBLE,
        "when": WHEN,
        "contact": CONTACT,
        "sights": SIGHTS,
        "item_said": lambda item: item_said(item, _),
    }


def as_file(document: str, name: str) -> Response:
    """A rule file to keep."""
    answer = Response(document, mimetype="application/yaml")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
    return answer


def as_pack(document: str, name: str) -> Response:
    """The same in the folder a pack has it in, as one archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(f"{name}/register/{name}.yaml"), document)
    answer = Response(packed.getvalue(), mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return answer


def impact_url(draft_id: UUID) -> str | None:
    """Where it is worked out who would gain and who would lose."""
    there = "lms.changing.preview" in current_app.view_functions
    return url_for("lms.changing.preview", draft_id=draft_id) if there else None


def _document(found: Edition) -> str:
    days = {"edition": found.file.edition, "valid_from": found.file.valid_from.isoformat()}
    return as_yaml({**data_of(found), **days})


def _name(found: Edition) -> str:
    return f"{found.file.code.lower()}-{found.file.edition}"


def _edition(authority_id: UUID, name: str) -> Edition:
    """An edition of an authority the viewer works for. NotFound for any other."""
    if authority_id not in viewer().authorities(*TEAM):
        raise NotFound("authority")
    found = next((e for e in queries.editions(unit(), authority_id) if e.file.edition == name), None)
    if found is None:
        raise NotFound("edition")
    return found


def _mine(authority_id: UUID) -> None:
    if not _manages(authority_id):
        raise NotFound("authority")


def _manages(authority_id: UUID) -> bool:
    return authority_id in viewer().authorities(Role.REGISTER_MANAGER)


def _made(found: Edition, made: list[queries.PublishedView]) -> queries.PublishedView | None:
    return next((one for one in made if one.edition == found.file.edition and not one.withdrawn_at), None)


def _standing(found: Edition) -> str:
    """Whether an edition holds today, will, or did."""
    replaced: date | None = found.rules.replaced_on
    if found.file.valid_from > today():
        return "coming"
    return "over" if replaced is not None and replaced <= today() else "holds"
