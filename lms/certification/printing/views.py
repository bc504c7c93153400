"""What certificates of an authority would look like: every kind, with an invented holder, on screen and on paper."""

from flask import Response, abort, redirect, render_template, url_for
from flask import request as asked
from flask.typing import ResponseReturnValue

from lms.certification.appearance.queries import Appearance, appearance_of
from lms.certification.content import CertificateDesign, CertificateDesigns
from lms.certification.printing import aside, specimens
from lms.certification.printing.designs import Face
from lms.certification.printing.pdf import address_of
from lms.core.content import Words
from lms.core.shelves import shelf
from lms.core.uploads import PDF
from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.state import close_unit, house, now, today, unit
from lms.core.web.texts import _
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

pages = room("keys", __name__)

STAFF = (Role.COORDINATOR, Role.ADMIN)


@pages.get("/certificates/kinds")
@requires(*STAFF)
def kinds() -> ResponseReturnValue:
    """Every kind of certificate there is."""
    found = sorted(shelf(unit(), CertificateDesigns).by_kind.values(), key=lambda each: each.kind)
    return render_template("lms/certification/printing/kinds.html", kinds=found, authority=authority_for(*STAFF))


@pages.get("/certificates/kinds/<kind>")
@requires(*STAFF)
def kind(kind: str) -> ResponseReturnValue:
    """What a certificate of a kind says, with an invented holder. 404 for a kind that is not there."""
    design, face, _look = _example(kind)
    return render_template(
        "lms/certification/printing/kind.html", design=design, face=face, authority=authority_for(*STAFF)
    )


@pages.get("/certificates/kinds/<kind>/pdf")
@requires(*STAFF)
def preview(kind: str) -> ResponseReturnValue:
    """The same on paper, not sealed. 404 for a kind that is not there; its page says why while it cannot be had."""
    design, face, look = _example(kind)
    logo = house().files.get(look.logo_sha256) if look.logo_sha256 else None
    html, address = specimens.page_of(design, face), address_of(house().settings.base_url, face.number)
    close_unit()  # nobody waits for us while it is printed
    try:
        data = aside.printed(html, address=address, title=face.title, language=face.language, at=now(), logo=logo)
    except (aside.Busy, aside.NotPrinted) as trouble:
        flash(_(aside.BUSY if isinstance(trouble, aside.Busy) else aside.FAILED), "lms_note")
        return redirect(url_for(".kind", kind=kind, authority=asked.args.get("authority")))
    response = Response(data, mimetype=PDF)
    response.headers["Content-Disposition"] = f'attachment; filename="{design.kind}-example.pdf"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _example(kind: str) -> tuple[CertificateDesign, Face, Appearance]:
    """A kind as the authority would issue it today, to somebody who does not exist."""
    found = shelf(unit(), CertificateDesigns).by_kind.get(kind)
    if found is None:
        abort(404)
    authority = people.organisation(unit(), authority_for(*STAFF))
    look = appearance_of(unit(), authority.id, today())
    languages = found.languages(look.languages.wanted(viewer().language))
    face = specimens.face_of(
        found,
        languages=languages,
        on=today(),
        authority=Words(en=authority.called("en"), cy=authority.called("cy")),
        signatories=[
            {"name": each.name, "role": each.called(languages[0]), "organisation": each.organisation}
            for each in look.signatories
        ],
        logo_alt=look.alt(languages[0]) if look.logo_sha256 else "",
    )
    return found, face, look
