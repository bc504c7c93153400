"""The pages on which an authority chooses how its certificates look: who signs, its logo, its languages."""

from uuid import UUID

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.certification.appearance import queries, services
from lms.certification.appearance.forms import AppearanceForm, EndForm, SignatoryForm
from lms.certification.appearance.rules import MOST_SIGNATORIES, Languages
from lms.certification.appearance.services import STAFF, LogoChange, Named
from lms.core.uploads import PNG
from lms.core.web.notes import flash
from lms.core.web.papers import LARGEST_POST
from lms.core.web.rooms import room
from lms.core.web.state import house, now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer

pages = room("appearance", __name__)


@pages.route("/certificates/appearance", methods=["GET", "POST"])
@requires(*STAFF)
def appearance() -> ResponseReturnValue:
    """How certificates look from now on, and who signs them."""
    authority = authority_for(*STAFF)
    found = queries.appearance_of(unit(), authority, today())
    form = AppearanceForm(data=AppearanceForm.filled(found))
    form.prepare()
    if form.validate_on_submit() and _save(form, authority):
        unit().commit()
        flash(_("Saved. It counts for certificates that are issued from now on."), "lms_done")
        return redirect(url_for(".appearance", authority=authority))
    return render_template(
        "lms/certification/appearance/appearance.html",
        form=form,
        found=found,
        authority=authority,
        set_by=people.persons(unit(), [found.set_by]).get(found.set_by) if found.set_by else None,
        signatories=queries.signatories_of(unit(), authority),
        most=MOST_SIGNATORIES,
        today=today(),
    )


appearance.largest_post = LARGEST_POST  # type: ignore[attr-defined]  # a picture is larger than other posts


def _save(form: AppearanceForm, authority: UUID) -> bool:
    """Save what was chosen; False with an error in the form when it cannot be."""
    paper = form.take_paper(viewer().person_id)
    if form.paper.errors:
        return False
    try:
        services.set_appearance(
            unit(),
            house().files,
            id=form.key(),
            authority_id=authority,
            languages=Languages(form.languages.data),
            logo=LogoChange(
                picture=house().files.get(paper.digest) if paper else None,
                remove=bool(form.remove.data),
                alt=form.alt.data or "",
                alt_cy=form.alt_cy.data or "",
            ),
            by=viewer().person_id,
            now=now(),
        )
    except Refused as refusal:
        form.refuse(say_refusal(refusal))
        return False
    return True


@pages.get("/certificates/appearance/logo")
@requires(*STAFF)
def logo() -> Response:
    """The logo that counts today, as it stands on certificates."""
    found = queries.appearance_of(unit(), authority_for(*STAFF), today())
    if found.logo_sha256 is None:
        raise NotFound("logo")
    response = Response(house().files.get(found.logo_sha256), mimetype=PNG)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@pages.route("/certificates/appearance/signatories/new", methods=["GET", "POST"])
@requires(*STAFF)
def name_signatory() -> ResponseReturnValue:
    """Name somebody who answers for certificates."""
    authority = authority_for(*STAFF)
    form = SignatoryForm(data={"since": today()})
    if form.validate_on_submit():
        assert form.since.data is not None  # the form asked for it
        named = Named(
            name=form.name.data or "",
            role=form.role.data or "",
            role_cy=form.role_cy.data or "",
            organisation=form.organisation.data or "",
            since=form.since.data,
            until=form.until.data,
        )
        try:
            services.name_signatory(
                unit(), id=form.key(), authority_id=authority, named=named, by=viewer().person_id, now=now()
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("%(name)s signs certificates that are issued from that day on.", name=named.name), "lms_done")
            return redirect(url_for(".appearance", authority=authority))
    return render_template("lms/certification/appearance/signatory.html", form=form, authority=authority)


@pages.route("/certificates/appearance/signatories/<uuid:signatory_id>/end", methods=["GET", "POST"])
@requires(*STAFF)
def end_signatory(signatory_id: UUID) -> ResponseReturnValue:
    """Say the last day on which somebody signs."""
    authority, found = _own(signatory_id)
    form = EndForm(data={"until": today()})
    if form.validate_on_submit():
        assert form.until.data is not None  # the form asked for it
        try:
            services.end_signatory(
                unit(),
                signatory_id=signatory_id,
                authority_id=authority,
                until=form.until.data,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved. What %(name)s signed before stays as it is.", name=found.name), "lms_done")
            return redirect(url_for(".appearance", authority=authority))
    return render_template(
        "lms/certification/appearance/end_signatory.html", form=form, authority=authority, found=found
    )


def _own(signatory_id: UUID) -> tuple[UUID, queries.SignatoryView]:
    """One who signs for an authority the viewer looks after. Raises NotFound for any other."""
    for authority in sorted(viewer().authorities(*STAFF)):
        try:
            return authority, queries.signatory(unit(), signatory_id, authority)
        except NotFound:
            continue
    raise NotFound("signatory")
