"""The register team's pages of the code of conduct: what holds, who accepted it; managers write and publish."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role
from lms.register import queries
from lms.register.conduct import known, services
from lms.register.conduct.doors import pages
from lms.register.conduct.forms import DraftForm, NewVersionForm, PublishForm
from lms.register.conduct.known import DraftView
from lms.register.conduct.queries import holding_on
from lms.register.doors import TEAM
from lms.register.kinds import ListingState

MANAGER = Role.REGISTER_MANAGER

OFFERED = timedelta(days=28)
"""How long from now the day is that is offered for a new version: until then it can still be taken back."""


@pages.get("/register/conduct")
@requires(*TEAM)
def overview() -> ResponseReturnValue:
    """The version that holds, what is being written, what is to come, and what was."""
    authority = authority_for(*TEAM)
    every = known.known(unit(), authority)
    return render_template(
        "lms/register/conduct/overview.html",
        authority=authority,
        now_holds=holding_on(every, today()),
        coming=[each for each in every if each.from_day > today()],
        earlier=[each for each in reversed(every) if each.from_day <= today()][1:],
        written={each.version: each for each in known.written(unit(), authority)},
        accepted=known.accepted_by_version(unit(), authority),
        manages=authority in viewer().authorities(MANAGER),
    )


@pages.get("/register/conduct/<uuid:authority_id>/accepted/<version>")
@requires(*TEAM)
def who_accepted(authority_id: UUID, version: str) -> ResponseReturnValue:
    """Who accepted a version, and when."""
    if authority_id not in viewer().authorities(*TEAM):
        raise NotFound("authority")
    found = next((each for each in known.known(unit(), authority_id) if each.version == version), None)
    if found is None:
        raise NotFound("code of conduct")
    number = page_number()
    rows, total = known.who_accepted(unit(), authority_id, version, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    names = people.persons(unit(), [person_id for person_id, _on in rows])
    return render_template(
        "lms/register/conduct/accepted.html",
        authority=authority_id,
        found=found,
        page=Page([(names[one], on) for one, on in rows if one in names], number, total),
        pagination=pagination,
    )


@pages.route("/register/conduct/new", methods=["GET", "POST"])
@requires(MANAGER)
def begin() -> ResponseReturnValue:
    """Name a new version; it begins with the words of the newest there is."""
    authority = authority_for(MANAGER)
    form = NewVersionForm()
    if form.validate_on_submit():
        try:
            services.begin(
                unit(),
                once=form.key(),
                authority_id=authority,
                version=(form.version.data or "").strip(),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            return redirect(url_for(".draft", version_id=form.key()))
    return render_template("lms/register/conduct/new.html", form=form, authority=authority)


@pages.route("/register/conduct/<uuid:version_id>", methods=["GET", "POST"])
@requires(MANAGER)
def draft(version_id: UUID) -> ResponseReturnValue:
    """Write a version. Nobody sees it before it is published."""
    authority, found = _draft(version_id)
    form = DraftForm(data=DraftForm.filled(found.commitments, **_filled(found)))
    if form.validate_on_submit() and _saved(form, found, authority):
        flash(_("Saved."), "lms_done")
        on_to = ".publish" if "publish" in request.form else ".draft"
        return redirect(url_for(on_to, version_id=version_id))
    form.room_for_more()
    form.label()
    return render_template(
        "lms/register/conduct/draft.html",
        form=form,
        authority=authority,
        found=found,
        revision=request.form.get("revision", found.revision),
        writer=people.persons(unit(), [found.written_by]).get(found.written_by),
    )


@pages.route("/register/conduct/<uuid:version_id>/publish", methods=["GET", "POST"])
@requires(MANAGER)
def publish(version_id: UUID) -> ResponseReturnValue:
    """Read a draft as PAs will, see whom it concerns, and say from which day it holds."""
    authority, found = known.written_one(unit(), version_id, viewer().authorities(MANAGER))
    if found.from_day is not None and request.method == "GET":
        raise NotFound("draft")
    form = PublishForm(data={"from_day": today() + OFFERED})
    if form.validate_on_submit() and _published(form, found, authority):
        flash(_("Published."), "lms_done")
        return redirect(url_for(".overview", authority=authority))
    standing = queries.count_by_state(unit(), [authority], today())
    return render_template(
        "lms/register/conduct/publish.html",
        form=form,
        authority=authority,
        found=found,
        welsh=_welsh(authority),
        listed=standing.get(ListingState.LISTED, 0),
    )


@pages.post("/register/conduct/<uuid:version_id>/take-back")
@requires(MANAGER)
def take_back(version_id: UUID) -> ResponseReturnValue:
    """Make a version that has not come yet a draft again."""
    authority, _found = known.written_one(unit(), version_id, viewer().authorities(MANAGER))
    try:
        services.take_back(unit(), version_id=version_id, authority_id=authority, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("Taken back. It is a draft again."), "lms_done")
    return redirect(url_for(".overview", authority=authority))


@pages.post("/register/conduct/<uuid:version_id>/discard")
@requires(MANAGER)
def discard(version_id: UUID) -> ResponseReturnValue:
    """Throw a draft away."""
    authority = request.form.get("authority", "")
    chosen = next((each for each in viewer().authorities(MANAGER) if str(each) == authority), None)
    if chosen is None:
        raise NotFound("authority")
    services.discard(unit(), draft_id=version_id, authority_id=chosen)
    unit().commit()
    flash(_("The draft is gone."), "lms_done")
    return redirect(url_for(".overview", authority=chosen))


def _draft(version_id: UUID) -> tuple[UUID, DraftView]:
    authority, found = known.written_one(unit(), version_id, viewer().authorities(MANAGER))
    if found.from_day is not None and request.method == "GET":
        raise NotFound("draft")
    return authority, found


def _filled(found: DraftView) -> dict[str, Any]:
    return {
        "version": found.version,
        "news_en": found.news.en if found.news else "",
        "news_cy": (found.news.cy or "") if found.news else "",
        "reaccept_days": found.reaccept_days,
    }


def _saved(form: DraftForm, found: DraftView, authority: UUID) -> bool:
    try:
        services.save(
            unit(),
            draft_id=found.id,
            authority_id=authority,
            revision=_revision(),
            version=(form.version.data or "").strip(),
            commitments=form.written(),
            news=form.news(),
            reaccept_days=form.reaccept_days.data or 0,
            by=viewer().person_id,
            now=now(),
        )
    except Refused as refusal:
        form.refuse(say_refusal(refusal))
        return False
    unit().commit()
    return True


def _published(form: PublishForm, found: DraftView, authority: UUID) -> bool:
    assert form.from_day.data is not None  # the form asked for it
    try:
        services.publish(
            unit(),
            draft_id=found.id,
            authority_id=authority,
            revision=_revision(),
            from_day=form.from_day.data,
            welsh=_welsh(authority),
            by=viewer().person_id,
            now=now(),
        )
    except Refused as refusal:
        form.refuse(say_refusal(refusal))
        return False
    unit().commit()
    return True


def _revision() -> int:
    sent = request.form.get("revision", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 8 else 0


def _welsh(authority: UUID) -> bool:
    """Whether the authority's rules let nothing be published without Welsh."""
    edition = queries.edition_for(unit(), authority, today())
    return bool(edition and edition.file.welsh and edition.file.welsh.welsh_text_required_to_publish_pages)
