"""One's own certificates, one certificate, and its PDF."""

from datetime import timedelta
from uuid import UUID

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.certification import queries
from lms.certification.follows import what_follows
from lms.certification.printing.pdf import address_of, code_of, file_name
from lms.certification.printing.rendering import MEDIA_TYPE
from lms.certification.queries import CertificateView
from lms.certification.rules import Standing
from lms.certification.waiting import waiting_of
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import house, today, unit
from lms.learning.doors import beside
from lms.people.guards import signed_in, viewer

pages = room("certification", __name__)

beside.follows = what_follows


@pages.get("/certificates")
@signed_in
def mine() -> ResponseReturnValue:
    """One's own certificates. Whoever once was a PA keeps them, so no role is asked for."""
    number, person_id = page_number(), viewer().person_id
    found = queries.every_certificate_of(unit(), person_id, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    page = Page(found, number, queries.count_certificates_of(unit(), person_id))
    return render_template(
        "lms/certification/mine.html",
        page=page,
        pagination=pagination,
        today=today(),
        waiting=waiting_of(unit(), person_id),
    )


@pages.get("/certificates/<uuid:certificate_id>")
@signed_in
def certificate(certificate_id: UUID) -> ResponseReturnValue:
    """One certificate, for its holder, for coordinators of its authority, and for whoever employs the holder today."""
    found = queries.certificate_for(unit(), certificate_id, viewer(), today())
    address = address_of(house().settings.base_url, found.number)
    return render_template(
        "lms/certification/certificate.html",
        own=found.holder_id == viewer().person_id,
        address=address,
        code=code_of(address),
        **_shown(found),
    )


@pages.get("/certificates/<uuid:certificate_id>/pdf")
@signed_in
def pdf(certificate_id: UUID) -> ResponseReturnValue:
    """The PDF of a certificate; while it is not made yet, the page that says so."""
    found = queries.certificate_for(unit(), certificate_id, viewer(), today())
    digest = queries.pdf_digest(unit(), certificate_id)
    if digest is None:
        return redirect(url_for(".certificate", certificate_id=certificate_id))
    response = Response(house().files.get(digest), mimetype=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(found.number)}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _shown(found: CertificateView) -> dict[str, object]:
    return {
        "certificate": found,
        "standing": found.standing(today()),
        "Standing": Standing,
        "last_day": found.lapses_on - timedelta(days=1) if found.lapses_on else None,
    }
