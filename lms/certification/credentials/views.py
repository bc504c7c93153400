"""What machines read without asking who they are (keys, status lists, the picture), and the holder's downloads."""

from uuid import UUID

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from lms.certification import queries as certification
from lms.certification.credentials import lists, pictures, queries, rules, services
from lms.certification.credentials.rules import Form, Mark
from lms.certification.keys import queries as keys
from lms.certification.keys.queries import Purpose
from lms.core.web.rooms import room
from lms.core.web.state import house, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people.guards import public, signed_in, viewer

pages = room("credentials", __name__)

WELL_KNOWN = "/.well-known/palms"
_JSON, _TOKEN = "application/vc", "application/vc+jwt"
_A_DAY = 86_400


@pages.get(f"{WELL_KNOWN}/<uuid:authority_id>/did.json")
@public
def issuer(authority_id: UUID) -> ResponseReturnValue:
    """The document of an issuer: every public key its credentials were ever signed with."""
    from lms.certification.credentials import badges  # noqa: PLC0415  a large library: see there

    found = keys.every(unit(), authority_id, Purpose.CREDENTIAL)
    if not found:
        raise NotFound("issuer")
    name = _name_asked_for(authority_id)
    methods = [(rules.method_of(name, key.fingerprint), key.public_pem) for key in found]
    return _for_machines(badges.text_of(badges.keys_document(name, methods)), "application/did+json", kept=3600)


@pages.get("/credentials/status/<uuid:list_id>/<mark>")
@public
def status(list_id: UUID, mark: str) -> ResponseReturnValue:
    """What a status list says now: JSON with a proof, or a JWT for those who ask for one."""
    if mark not in set(Mark):
        raise NotFound("status list")
    found = queries.published(unit(), list_id, Mark(mark))
    as_token = request.accept_mimetypes.best_match([_JSON, "application/json", "application/ld+json", _TOKEN]) == _TOKEN
    text, media = (found.token, _TOKEN) if as_token else (found.document, _JSON)
    answer = _for_machines(text, media, kept=int(lists.KEPT.total_seconds()))
    answer.vary.add("Accept")
    return answer


@pages.get("/credentials/badge.<form>")
@public
def badge(form: str) -> ResponseReturnValue:
    """The picture credentials name and are carried in."""
    drawn = {"png": pictures.png, "svg": pictures.svg}.get(form)
    if drawn is None:
        raise NotFound("picture")
    return _for_machines(drawn(), Form(form).media_type, kept=_A_DAY)


@pages.get("/certificates/<uuid:certificate_id>/credential.<form>")
@signed_in
def download(certificate_id: UUID, form: str) -> ResponseReturnValue:
    """One's own certificate as a credential, to take away. While it is not made yet, the page that says so."""
    found = certification.certificate(unit(), certificate_id)
    if found.holder_id != viewer().person_id or form not in set(Form):
        raise NotFound("credential")
    try:
        made = services.handed_out(unit(), house(), certificate_id, Form(form))
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
        made = None
    else:
        if made is None:
            flash(_("The badge is still being made. Try again in a minute."), "lms_note")
    if made is None:
        return redirect(url_for("lms.holder.certificate", certificate_id=certificate_id))
    name, data = made
    response = Response(data, mimetype=Form(form).media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _name_asked_for(authority_id: UUID) -> str:
    """The name of the issuer at this site, or an earlier one that is asked for at its own address."""
    now = rules.issuer_of(house().settings.base_url, authority_id)
    asked = rules.issuer_of(request.base_url.partition(WELL_KNOWN)[0], authority_id)
    return asked if asked != now and asked in queries.issuers(unit(), authority_id) else now


def _for_machines(data: str | bytes, media: str, *, kept: int) -> Response:
    """An answer any program may read, also one that runs in the page of another site."""
    answer = Response(data, mimetype=media)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Cache-Control"] = f"public, max-age={kept}"
    answer.add_etag()
    answer.make_conditional(request)
    return answer
